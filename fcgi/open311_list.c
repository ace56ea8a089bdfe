/* open311_list - published letters as service requests: by time, by number, one; and their answers as updates. What is
 * asked: open311_ask.c.
 *
 * First the ids and the sizes of all that is asked for, at most O311_LIST_MAX; then the texts of as many as one answer
 * holds. Who named no page_size gets the first that fit and the way to the next (Link); who counts pages gets exactly
 * as many as that, or is told to ask for less. */
#include <string.h>

#include "clock.h"
#include "open311.h"
#include "open_filter.h"
#include "public.h"
#include "seal.h"
#include "sla.h"
#include "text.h"
#include "worktime.h"

#define BYTES_MAX ((size_t)1400 * 1024)           /* of an answer, what is around the texts included */
#define BYTES_AROUND ((size_t)1000)               /* names and short members of one request */
#define UPDATE_ID_BYTES 16

/* --- one request --- */

static json_t *words_of(struct arena *a, const char *title, const char *body)
{
	const char *all = body[0] != '\0' ? arena_printf(a, "%s\n\n%s", title, body) : title;

	return o311_text(a, text_cut(a, all, O311_TEXT_MAX - 1));
}

/* The end of the day by which an answer was due by the term in force, or null. */
static json_t *expected(struct arena *a, const struct worktime *wt, const struct q_o311_rows *r)
{
	const struct sla_policy *policy = worktime_policy(wt, "reply", states_type_from(r->type), 0, r->accepted_on);
	struct sla_due due;

	if (policy == NULL)
		return json_null();
	if (sla_due(wt->cal, r->accepted_on, (struct sla_term){ policy->amount, policy->unit }, NULL, 0, &due) != 0) {
		err_clear();
		return json_null();
	}
	return o311_time(a, due.at - 1);
}

static bool is_done(const char *state)
{
	enum ticket_state s = states_from(state);

	return s == TICKET_REPLIED || s == TICKET_CLOSED || s == TICKET_ARCHIVED;
}

static json_t *note(struct arena *a, int64_t at, const char *type, const char *words)
{
	return json_pack("{s:o, s:s, s:s}", "datetime", o311_time(a, at), "type", type, "description", words);
}

/* What happened, as far as it is public. */
static json_t *notes_of(struct arena *a, const struct q_o311_rows *r)
{
	return json_pack("[o, o, o, o]", note(a, clock_day_start(r->received_on), "received", "收到来信"),
		note(a, clock_day_start(r->accepted_on), "accepted", "受理"),
		note(a, clock_day_start(r->replied_on), "replied", arena_printf(a, "%s答复", r->unit_name)),
		note(a, r->published_at, "published", "公开"));
}

static void add_extensions(struct arena *a, const struct q_o311_rows *r, json_t *o)
{
	json_t *more = json_pack("{s:o, s:o, s:s, s:s, s:i, s:o, s:o, s:o, s:s}", "title", o311_text(a, r->title), "topic",
		o311_text(a, r->topic), "accepted_on", clock_fmt_day(a, r->accepted_on), "replied_on",
		clock_fmt_day(a, r->replied_on), "workdays", (int)r->workdays, "helped_by", o311_text(a, r->helpers),
		"result", o311_text(a, r->result_code), "result_name", o311_text(a, public_result(r->result_code)),
		"link", public_open_link(a, r->id));

	must(more != NULL);
	json_object_set_new(o, "extended_attributes", more);
	json_object_set_new(o, "notes", notes_of(a, r));
}

static json_t *request_of(struct arena *a, const struct worktime *wt, const struct q_o311_rows *r, bool extended)
{
	json_t *o = json_object();

	json_object_set_new(o, "service_request_id", json_string(r->no));
	json_object_set_new(o, "status", json_string(is_done(r->state) ? "closed" : "open"));
	json_object_set_new(o, "status_notes", o311_text(a, r->reply));
	json_object_set_new(o, "service_name", json_string(public_type_name(r->type)));
	json_object_set_new(o, "service_code", json_string(r->type));
	json_object_set_new(o, "description", words_of(a, r->title, r->body));
	json_object_set_new(o, "agency_responsible", o311_text(a, r->unit_name));
	json_object_set_new(o, "service_notice", o311_text(a, public_result(r->result_code)));
	json_object_set_new(o, "requested_datetime", o311_time(a, clock_day_start(r->received_on)));
	json_object_set_new(o, "updated_datetime", o311_time(a, r->published_at));
	json_object_set_new(o, "expected_datetime", expected(a, wt, r));
	json_object_set_new(o, "address", o311_text(a, r->place));
	json_object_set_new(o, "address_id", json_null());
	json_object_set_new(o, "zipcode", json_null());
	json_object_set_new(o, "lat", json_null());
	json_object_set_new(o, "long", json_null());
	json_object_set_new(o, "media_url", json_null());
	if (extended)
		add_extensions(a, r, o);
	return o;
}

/* --- from ids to an answer --- */

/* One that was found; key: what it is sorted by, its day or the time of its change. */
struct hit { int64_t id, bytes, key; };
struct found { struct hit *hits; size_t n; };

static struct found found_of(struct arena *a, size_t n)
{
	return (struct found){ arena_array(a, n + 1, sizeof(struct hit)), n };
}

/* How many of them one answer holds; at least one. */
static size_t that_fit(const struct found *found, size_t most)
{
	size_t bytes = 0, n = 0;

	for (; n < found->n && n < most; n++) {
		bytes += (size_t)found->hits[n].bytes + BYTES_AROUND;
		if (n > 0 && bytes > BYTES_MAX)
			break;
	}
	return n;
}

static int load_rows(struct page *p, const struct found *found, size_t n, struct q_o311_rows **ret, size_t *ret_n)
{
	struct str ids;

	*ret_n = 0;
	if (n == 0)
		return 0;
	str_init(&ids, p->a, 32 * 1024);
	for (size_t i = 0; i < n; i++)
		str_addf(&ids, "%s%lld", i > 0 ? "," : "[", (long long)found->hits[i].id);
	str_addc(&ids, ']');
	must(!ids.over);
	return q_o311_rows(p->db, p->a, ids.s, ret, ret_n);
}

static int load_list(struct page *p, const struct found *found, size_t n, bool extended, json_t **ret)
{
	const struct worktime *wt;
	struct q_o311_rows *rows = NULL;
	size_t rows_n = 0;
	int rc = worktime_get(p->db, &wt);

	if (rc == 0)
		rc = load_rows(p, found, n, &rows, &rows_n);
	if (rc != 0)
		return rc;
	*ret = json_array();
	for (size_t i = 0; i < rows_n; i++)
		json_array_append_new(*ret, request_of(p->a, wt, &rows[i], extended));
	return 0;
}

/* The last change first. */
static int find_changed(struct page *p, const struct o311_ask *ask, int64_t skip, struct found *ret)
{
	int64_t until = ask->until < ask->before_key ? ask->until : ask->before_key;
	struct q_o311_changed *rows = NULL;
	size_t n = 0;
	int rc = q_o311_changed(p->db, p->a, ask->since, until, until, ask->before_id, ask->types, ask->done, ask->open,
		ask->size + 1, skip, &rows, &n);

	*ret = found_of(p->a, n);
	for (size_t i = 0; i < n; i++)
		ret->hits[i] = (struct hit){ rows[i].id, rows[i].bytes, rows[i].published_at };
	return rc;
}

/* The last day of receipt first: what is public of that time is its day. */
static int find_received(struct page *p, const struct o311_ask *ask, int64_t skip, struct found *ret)
{
	int32_t from = clock_day(ask->from - 1) + 1, to = clock_day(ask->to);
	struct q_o311_requested *rows = NULL;
	size_t n = 0;
	int rc;

	if (ask->before_key < to)
		to = (int32_t)ask->before_key;
	rc = q_o311_requested(p->db, p->a, from, to, to, ask->before_id, ask->since, ask->until, ask->types, ask->done,
		ask->open, ask->size + 1, skip, &rows, &n);
	*ret = found_of(p->a, n);
	for (size_t i = 0; i < n; i++)
		ret->hits[i] = (struct hit){ rows[i].id, rows[i].bytes, rows[i].received_on };
	return rc;
}

static int find(struct page *p, const struct o311_ask *ask, struct found *ret)
{
	int64_t skip = (ask->page - 1) * ask->size;

	return ask->by_change ? find_changed(p, ask, skip, ret) : find_received(p, ask, skip, ret);
}

/* At most O311_NUMBERS_MAX, a list in JSON; what is not public is not found. */
static int find_numbered(struct page *p, json_t *numbers, struct found *ret)
{
	struct str text;
	struct q_o311_numbered *rows = NULL;
	size_t n = 0;
	int rc;

	str_init(&text, p->a, REQUEST_QUERY_MAX * 4);
	str_add(&text, o311_sample(p->a, O311_JSON, "", numbers));
	rc = q_o311_numbered(p->db, p->a, text.s, &rows, &n);
	*ret = found_of(p->a, n);
	for (size_t i = 0; i < n; i++)
		ret->hits[i] = (struct hit){ .id = rows[i].id, .bytes = rows[i].bytes };
	return rc;
}

/* The same question for what comes after the last one shown: by its place, so that what is published meanwhile moves
 * nothing, and deep pages cost no more than the first. */
static void link_next(struct o311 *o, const struct hit *last)
{
	static const char *const kept[] = { "service_code", "start_date", "end_date", "updated_after", "updated_before",
		"status", "extensions", "page_size" };
	struct arena *a = o->p->a;
	struct str url;

	str_init(&url, a, REQUEST_QUERY_MAX * 3);
	str_addf(&url, "%s%s", conf.public_url, o->p->req->path);
	for (size_t i = 0; i < ARRAY_LEN(kept); i++)
		view_query_add(&url, kept[i], form_raw(o->p->form, kept[i]));
	view_query_add(&url, "cursor", o311_cursor(a, last->key, last->id));
	if (!url.over)
		reply_header(o->p->reply, "Link", arena_printf(a, "<%s>; rel=\"next\"", url.s));
}

/* How many are shown, and the way to the rest. Who counts pages alone would miss what one does not hold: an error. */
static size_t fits_asked(struct o311 *o, const struct o311_ask *ask, const struct found *found)
{
	size_t n = that_fit(found, (size_t)ask->size);

	if (ask->numbered && !ask->resumed && n < found->n && n < (size_t)ask->size)
		o311_fail(o, 400, "page_size", arena_printf(o->p->a, "这些来信太长，一次放不下；请用 %zu 或者更小的数", n));
	else if (n > 0 && n < found->n)
		link_next(o, &found->hits[n - 1]);
	return n;
}

static int reply_list(struct o311 *o, const char *name, json_t *list)
{
	reply_public_fresh(o->p->reply);
	return o311_reply(o->p->reply, o->form, 200, name, list);
}

/* Named by the last change of anything public, of a term or of the calendar, and by the days that the question means
 * today: programs ask every few minutes, and mostly nothing has happened. */
static int unchanged(struct o311 *o, const struct o311_ask *ask, bool *ret)
{
	const struct worktime *wt;
	int rc = worktime_get(o->p->db, &wt);

	return rc != 0 ? rc : open_unchanged_since(o->p, arena_printf(o->p->a, "%lld %lld %lld %lld %s",
		(long long)ask->from, (long long)ask->to, (long long)ask->since, (long long)ask->until, wt->version), ret);
}

/* What was asked for and fits into one answer. ret_n 0 and *ret_same: the reader has it. Where o->errors is set
 * afterwards, it is to be refused. */
static int find_page(struct o311 *o, const struct o311_ask *ask, struct found *found, size_t *ret_n, bool *ret_same)
{
	int rc = o->errors == NULL ? unchanged(o, ask, ret_same) : 0;

	*ret_n = 0;
	if (rc != 0 || o->errors != NULL || *ret_same)
		return rc;
	rc = find(o->p, ask, found);
	if (rc == 0)
		*ret_n = fits_asked(o, ask, found);
	if (o->errors != NULL) {
		/* An error has no tag: with it, the next answer would be 304. */
		reply_reset(o->p->reply);
		o311_everybody(o->p->reply);
	}
	return rc;
}

/* --- requests.xml --- */

/* Asked for by numbers, which override everything else. What is not public is not there. */
static int by_numbers(struct o311 *o, const char *asked)
{
	struct found found = { 0 };
	json_t *numbers = json_array(), *list;
	size_t n;
	char **all = o311_pieces(o->p->a, asked, &n);
	int rc;

	for (size_t i = 0; i < n && i < O311_NUMBERS_MAX; i++)
		json_array_append_new(numbers, json_string(all[i]));
	if (n > O311_NUMBERS_MAX) {
		json_decref(numbers);
		o311_fail(o, 400, "service_request_id", arena_printf(o->p->a, "一次最多 %d 个", O311_NUMBERS_MAX));
		return o311_refuse(o);
	}
	rc = find_numbered(o->p, numbers, &found);
	json_decref(numbers);
	if (rc == 0)
		rc = load_list(o->p, &found, that_fit(&found, O311_NUMBERS_MAX), form_bool(o->p->form, "extensions"), &list);
	return rc != 0 ? rc : reply_list(o, "service_requests", list);
}

int o311_requests(struct o311 *o)
{
	const char *numbers = form_text(o->p->form, "service_request_id");
	struct found found = { 0 };
	struct o311_ask ask;
	json_t *list;
	bool same = false;
	size_t n;
	int rc;

	if (numbers != NULL)
		return by_numbers(o, numbers);
	ask = o311_ask_requests(o);
	rc = find_page(o, &ask, &found, &n, &same);
	if (o->errors != NULL)
		return o311_refuse(o);
	if (rc == 0 && !same)
		rc = load_list(o->p, &found, n, form_bool(o->p->form, "extensions"), &list);
	return rc != 0 || same ? rc : reply_list(o, "service_requests", list);
}

static int load_one(struct page *p, const char *number, bool extended, json_t **ret)
{
	struct found found = { 0 };
	json_t *one = json_pack("[s]", number);
	int rc = one != NULL ? find_numbered(p, one, &found) : 0;

	json_decref(one);
	if (rc == 0 && found.n == 0)
		rc = err_say(ERR_NOTFOUND, "service_request_id: 没有这个编号的公开来信；还没有公开的，凭编号和查询码查询");
	return rc != 0 ? rc : load_list(p, &found, 1, extended, ret);
}

int o311_request(struct o311 *o, const char *number)
{
	json_t *list;
	int rc = load_one(o->p, number, form_bool(o->p->form, "extensions"), &list);

	return rc != 0 ? rc : reply_list(o, "service_requests", list);
}

int o311_latest(struct page *p, json_t **ret)
{
	struct o311_ask ask = o311_ask_latest(p->a);
	struct found found = { 0 };
	int rc = find(p, &ask, &found);

	return rc != 0 ? rc : load_list(p, &found, found.n > 0 ? 1 : 0, false, ret);
}

/* --- servicerequestupdates.xml, as FixMyStreet polls it --- */

/* Says which edition it is and not how many there were before: what is not published is nobody's to count. */
static int update_id(struct arena *a, const struct q_o311_rows *r, const char **ret)
{
	const char *edition = arena_printf(a, "%lld", (long long)r->edition_id);
	const char *const parts[] = { "minsheng open311 update 1", r->no, edition };
	struct db_blob id;
	int rc = seal_keyed(a, parts, ARRAY_LEN(parts), &id);

	if (rc == 0)
		*ret = str_hex(a, id.p, UPDATE_ID_BYTES);
	return rc;
}

static int add_update(struct arena *a, const struct q_o311_rows *r, json_t *list)
{
	const char *id;
	json_t *o;
	int rc = update_id(a, r, &id);

	if (rc != 0)
		return rc;
	o = json_pack("{s:s, s:s, s:s, s:o, s:o, s:n}", "update_id", id, "service_request_id", r->no, "status",
		is_done(r->state) ? "closed" : "open", "updated_datetime", o311_time(a, r->published_at), "description",
		o311_text(a, r->reply), "media_url");
	must(o != NULL);
	json_array_append_new(list, o);
	return 0;
}

int o311_updates(struct o311 *o)
{
	struct o311_ask ask = o311_ask_updates(o);
	struct q_o311_rows *rows = NULL;
	struct found found = { 0 };
	json_t *list;
	bool same = false;
	size_t n;
	int rc = find_page(o, &ask, &found, &n, &same);

	if (o->errors != NULL)
		return o311_refuse(o);
	if (rc == 0)
		rc = load_rows(o->p, &found, n, &rows, &n);
	if (rc != 0 || same)
		return rc;
	list = json_array();
	for (size_t i = 0; rc == 0 && i < n; i++)
		rc = add_update(o->p->a, &rows[i], list);
	if (rc == 0)
		return reply_list(o, "service_request_updates", list);
	json_decref(list);
	return rc;
}
