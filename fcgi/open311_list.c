/* open311_list - published letters as service requests: by time, by number, one; and their answers as updates.
 *
 * First the ids and the sizes of all that is asked for, at most O311_LIST_MAX; then the texts of as many as one answer
 * holds. Who named no page_size gets the first that fit and the way to the next (Link); who named one gets exactly
 * that, or is told to ask for less. */
#include <string.h>

#include "clock.h"
#include "open311.h"
#include "public.h"
#include "sla.h"
#include "text.h"
#include "worktime.h"

#define DAY_S ((int64_t)24 * 3600)
#define TIME_FIRST ((int64_t)-25567 * DAY_S)      /* 1900-01-01 */
#define TIME_LAST ((int64_t)84371 * DAY_S)        /* 2201-01-01 */
#define BYTES_MAX ((size_t)1400 * 1024)           /* of an answer, what is around the texts included */
#define BYTES_AROUND ((size_t)1000)               /* names and short members of one request */
#define PAGE_USUAL 100                            /* of who names a page but no size */

struct ask {
	int64_t from, to;            /* received */
	int64_t since, until;        /* changed */
	bool by_change;              /* nothing but the time of the change was asked for */
	const char *types;           /* codes by commas */
	bool open, done;
	int64_t page, size;
	bool sized;                  /* the size is the caller's */
};

/* --- times --- */

/* A W3C date and time; a day alone is that day of the city. A plus sign that came unencoded is a blank by now. */
static int read_time(struct arena *a, const char *s, bool end_of_day, int64_t *ret)
{
	char *t = arena_strdup(a, s), *blank, *point;
	int32_t day;

	if (clock_parse_day(t, &day) == 0) {
		*ret = clock_day_start(day) + (end_of_day ? DAY_S - 1 : 0);
		return 0;
	}
	blank = strlen(t) > 11 ? strchr(t + 11, ' ') : NULL;
	if (blank != NULL)
		*blank = '+';
	point = strchr(t, '.');
	if (point != NULL) {
		size_t digits = strspn(point + 1, "0123456789");

		memmove(point, point + 1 + digits, strlen(point + 1 + digits) + 1);
	}
	return clock_parse(t, ret);
}

static void read_bound(struct o311 *o, const char *name, bool end_of_day, int64_t *ret)
{
	const char *s = form_text(o->p->form, name);

	*ret = TIME_NONE;
	if (s != NULL && read_time(o->p->a, s, end_of_day, ret) != 0)
		o311_fail(o, 400, name, "应是带时区的时间，如 2026-09-29T00:00:00Z");
}

/* Both bounds, at most O311_SPAN_DAYS apart; of one alone the other follows, and of none it is the last days. */
static void read_span(struct o311 *o, const char *first, const char *last, int64_t *ret_from, int64_t *ret_to)
{
	const int64_t span = O311_SPAN_DAYS * DAY_S;
	int64_t from, to;

	read_bound(o, first, false, &from);
	read_bound(o, last, true, &to);
	if (from != TIME_NONE && to != TIME_NONE) {
		if (from > to)
			o311_fail(o, 400, last, arena_printf(o->p->a, "不能早于 %s", first));
		else if (to - from > span + DAY_S)
			o311_fail(o, 400, last, arena_printf(o->p->a, "离 %s 不能超过 %d 天", first, O311_SPAN_DAYS));
	} else if (from == TIME_NONE) {
		to = to != TIME_NONE ? to : o->p->now;
		from = to - span;
	} else {
		to = from + span;
	}
	*ret_from = from > TIME_FIRST ? from : TIME_FIRST;
	*ret_to = to < TIME_LAST ? to : TIME_LAST;
}

static void read_times(struct o311 *o, struct ask *ask)
{
	const struct form *f = o->p->form;
	bool changed = form_given(f, "updated_after") || form_given(f, "updated_before");

	ask->since = TIME_FIRST;
	ask->until = TIME_LAST;
	if (changed)
		read_span(o, "updated_after", "updated_before", &ask->since, &ask->until);
	ask->by_change = changed && !form_given(f, "start_date") && !form_given(f, "end_date");
	if (!ask->by_change)
		read_span(o, "start_date", "end_date", &ask->from, &ask->to);
}

/* --- the rest of what is asked --- */

/* The pieces of a list by commas, without blanks around them and empty ones. */
static char **pieces(struct arena *a, const char *s, size_t *ret_n)
{
	char **all = str_split(a, arena_strdup(a, s), ',', ret_n);
	size_t kept = 0;

	for (size_t i = 0; i < *ret_n; i++) {
		char *one = all[i] + strspn(all[i], " ");
		size_t n = strlen(one);

		while (n > 0 && one[n - 1] == ' ')
			one[--n] = '\0';
		if (n > 0)
			all[kept++] = one;
	}
	*ret_n = kept;
	return all;
}

static const char *all_types(struct arena *a)
{
	struct str list;

	str_init(&list, a, 1000);
	for (int i = 0; i < TYPE__MAX; i++)
		str_addf(&list, "%s%s", i > 0 ? "," : "", states_type_code((enum ticket_type)i));
	return list.s;
}

static void read_types(struct o311 *o, struct ask *ask)
{
	const char *asked = form_text(o->p->form, "service_code");
	struct str list;
	char **all;
	size_t n;

	if (asked == NULL) {
		ask->types = all_types(o->p->a);
		return;
	}
	str_init(&list, o->p->a, 1000);
	all = pieces(o->p->a, asked, &n);
	for (size_t i = 0; i < n; i++) {
		if (states_type_from(all[i]) == TYPE__MAX)
			o311_fail(o, 404, "service_code", arena_printf(o->p->a, "没有“%s”这个服务", all[i]));
		else
			str_addf(&list, "%s%s", list.len > 0 ? "," : "", all[i]);
	}
	ask->types = list.s;
}

static void read_status(struct o311 *o, struct ask *ask)
{
	const char *asked = form_text(o->p->form, "status");
	char **all;
	size_t n;

	ask->open = ask->done = asked == NULL;
	if (asked == NULL)
		return;
	all = pieces(o->p->a, asked, &n);
	for (size_t i = 0; i < n; i++) {
		if (strcmp(all[i], "open") == 0)
			ask->open = true;
		else if (strcmp(all[i], "closed") == 0)
			ask->done = true;
		else
			o311_fail(o, 400, "status", "应是 open 或者 closed");
	}
}

static struct ask read_ask(struct o311 *o)
{
	const struct form *f = o->p->form;
	struct ask ask = { .page = form_int(f, "page", 1), .sized = form_given(f, "page_size") || form_given(f, "page") };

	ask.size = form_int(f, "page_size", form_given(f, "page") ? PAGE_USUAL : O311_LIST_MAX);
	read_types(o, &ask);
	read_status(o, &ask);
	read_times(o, &ask);
	return ask;
}

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

struct found { const struct q_o311_requested *rows; size_t n; };

_Static_assert(sizeof(struct q_o311_requested) == sizeof(struct q_o311_changed)
	&& sizeof(struct q_o311_requested) == sizeof(struct q_o311_numbered), "the same columns");

/* How many of them one answer holds; at least one. */
static size_t that_fit(const struct found *found, size_t most)
{
	size_t bytes = 0, n = 0;

	for (; n < found->n && n < most; n++) {
		bytes += (size_t)found->rows[n].bytes + BYTES_AROUND;
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
		str_addf(&ids, "%s%lld", i > 0 ? "," : "[", (long long)found->rows[i].id);
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

static int find(struct page *p, const struct ask *ask, struct found *ret)
{
	int64_t skip = (ask->page - 1) * ask->size;
	int32_t from, to;
	struct q_o311_changed *changed;
	struct q_o311_requested *rows;
	int rc;

	if (ask->by_change) {
		rc = q_o311_changed(p->db, p->a, ask->since, ask->until, ask->types, ask->done, ask->open, ask->size + 1, skip,
			&changed, &ret->n);
		ret->rows = rc == 0 ? (struct q_o311_requested *)(void *)changed : NULL;
		return rc;
	}
	/* What is public of the time of receipt is its day. */
	from = clock_day(ask->from - 1) + 1;
	to = clock_day(ask->to);
	rc = q_o311_requested(p->db, p->a, from, to, ask->since, ask->until, ask->types, ask->done, ask->open,
		ask->size + 1, skip, &rows, &ret->n);
	ret->rows = rc == 0 ? rows : NULL;
	return rc;
}

/* The same question for the page after this one. */
static void link_next(struct o311 *o, const struct ask *ask, size_t shown)
{
	static const char *const kept[] = { "service_code", "start_date", "end_date", "updated_after", "updated_before",
		"status", "extensions" };
	struct arena *a = o->p->a;
	struct str url;

	str_init(&url, a, REQUEST_QUERY_MAX * 3);
	str_addf(&url, "%s%s", conf.public_url, o->p->req->path);
	for (size_t i = 0; i < ARRAY_LEN(kept); i++)
		view_query_add(&url, kept[i], form_raw(o->p->form, kept[i]));
	view_query_add(&url, "page", arena_printf(a, "%lld", (long long)ask->page + 1));
	view_query_add(&url, "page_size", arena_printf(a, "%zu", shown));
	if (!url.over)
		reply_header(o->p->reply, "Link", arena_printf(a, "<%s>; rel=\"next\"", url.s));
}

/* How many are shown, and the way to the rest; an error when the caller's own pages are too large for an answer. */
static size_t fits_asked(struct o311 *o, const struct ask *ask, const struct found *found)
{
	size_t n = that_fit(found, (size_t)ask->size);

	if (ask->sized && n < found->n && n < (size_t)ask->size)
		o311_fail(o, 400, "page_size", arena_printf(o->p->a, "这些来信太长，一次放不下；请用 %zu 或者更小的数", n));
	else if (n < found->n)
		link_next(o, ask, n);
	return n;
}

static int reply_list(struct o311 *o, const char *name, json_t *list)
{
	reply_public_fresh(o->p->reply);
	return o311_reply(o->p->reply, o->form, 200, name, list);
}

/* --- requests.xml --- */

/* Asked for by numbers, which override everything else. What is not public is not there. */
static int by_numbers(struct o311 *o, const char *asked)
{
	struct q_o311_numbered *rows = NULL;
	struct found found = { 0 };
	json_t *numbers = json_array(), *list;
	struct str text;
	size_t n;
	char **all = pieces(o->p->a, asked, &n);
	int rc;

	for (size_t i = 0; i < n && i < O311_NUMBERS_MAX; i++)
		json_array_append_new(numbers, json_string(all[i]));
	str_init(&text, o->p->a, REQUEST_QUERY_MAX * 4);
	str_add(&text, o311_sample(o->p->a, O311_JSON, "", numbers));
	json_decref(numbers);
	if (n > O311_NUMBERS_MAX) {
		o311_fail(o, 400, "service_request_id", arena_printf(o->p->a, "一次最多 %d 个", O311_NUMBERS_MAX));
		return o311_refuse(o);
	}
	rc = q_o311_numbered(o->p->db, o->p->a, text.s, &rows, &found.n);
	found.rows = (struct q_o311_requested *)(void *)rows;
	if (rc == 0)
		rc = load_list(o->p, &found, that_fit(&found, O311_NUMBERS_MAX), form_bool(o->p->form, "extensions"), &list);
	return rc != 0 ? rc : reply_list(o, "service_requests", list);
}

/* What was asked for and fits into one answer; where o->errors is set afterwards, it is to be refused. */
static int find_page(struct o311 *o, const struct ask *ask, struct found *found, size_t *ret_n)
{
	int rc = o->errors == NULL ? find(o->p, ask, found) : 0;

	if (rc == 0 && o->errors == NULL)
		*ret_n = fits_asked(o, ask, found);
	return rc;
}

int o311_requests(struct o311 *o)
{
	const char *numbers = form_text(o->p->form, "service_request_id");
	struct found found = { 0 };
	struct ask ask;
	json_t *list;
	size_t n = 0;
	int rc;

	if (numbers != NULL)
		return by_numbers(o, numbers);
	ask = read_ask(o);
	rc = find_page(o, &ask, &found, &n);
	if (o->errors != NULL)
		return o311_refuse(o);
	if (rc == 0)
		rc = load_list(o->p, &found, n, form_bool(o->p->form, "extensions"), &list);
	return rc != 0 ? rc : reply_list(o, "service_requests", list);
}

static int load_one(struct page *p, const char *number, bool extended, json_t **ret)
{
	struct q_o311_numbered *rows = NULL;
	struct found found = { 0 };
	json_t *one = json_pack("[s]", number);
	const char *text = one != NULL ? o311_sample(p->a, O311_JSON, "", one) : "[]";
	int rc;

	json_decref(one);
	rc = q_o311_numbered(p->db, p->a, text, &rows, &found.n);
	found.rows = (struct q_o311_requested *)(void *)rows;
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
	struct ask ask = { .since = TIME_FIRST, .until = TIME_LAST, .by_change = true, .open = true, .done = true,
		.page = 1, .size = 1, .types = all_types(p->a) };
	struct found found = { 0 };
	int rc = find(p, &ask, &found);

	return rc != 0 ? rc : load_list(p, &found, found.n > 0 ? 1 : 0, false, ret);
}

/* --- servicerequestupdates.xml, as FixMyStreet polls it --- */

static json_t *update_of(struct arena *a, const struct q_o311_rows *r)
{
	json_t *o = json_pack("{s:s, s:s, s:s, s:o, s:o, s:n}", "update_id",
		arena_printf(a, "%lld", (long long)r->edition_id), "service_request_id", r->no, "status",
		is_done(r->state) ? "closed" : "open", "updated_datetime", o311_time(a, r->published_at), "description",
		o311_text(a, r->reply), "media_url");

	must(o != NULL);
	return o;
}

int o311_updates(struct o311 *o)
{
	const struct form *f = o->p->form;
	struct ask ask = { .by_change = true, .open = true, .done = true, .page = form_int(f, "page", 1),
		.size = form_int(f, "page_size", PAGE_USUAL), .sized = form_given(f, "page_size") };
	struct q_o311_rows *rows = NULL;
	struct found found = { 0 };
	json_t *list;
	size_t n = 0;
	int rc;

	read_types(o, &ask);
	read_span(o, "start_date", "end_date", &ask.since, &ask.until);
	rc = find_page(o, &ask, &found, &n);
	if (o->errors != NULL)
		return o311_refuse(o);
	if (rc == 0)
		rc = load_rows(o->p, &found, n, &rows, &n);
	if (rc != 0)
		return rc;
	list = json_array();
	for (size_t i = 0; i < n; i++)
		json_array_append_new(list, update_of(o->p->a, &rows[i]));
	return reply_list(o, "service_request_updates", list);
}
