/* public_open - the disclosure listing, and what was answered but is not published. */
#include <string.h>

#include "clock.h"
#include "figures.h"
#include "open_facets.h"
#include "open_filter.h"
#include "open_withheld.h"
#include "public.h"
#include "search.h"
#include "text.h"
#include "ticket.h"
#include "views/open_list.h"
#include "views/open_withheld.h"

#define PAGE_ROWS 20
#define EXTRACT_CHARS 60
#define HIDDEN 8
#define GREETING_BYTES 240
#define MARKS 20                      /* of one line */

/* --- the listing --- */

/* What was chosen by links goes along with the form; days that are typed take the place of a year. */
static void add_hidden(struct page *p, struct view_open_list *v, const struct open_filter *f)
{
	struct open_hidden *list = arena_array(p->a, HIDDEN, sizeof(*list));
	const struct open_hidden all[] = { { "type", f->type }, { "topic", f->topic }, { "unit", f->unit },
		{ "place", f->place }, { "result", f->result },
		{ "year", f->year != 0 ? arena_printf(p->a, "%d", f->year) : NULL },
		{ "month", f->month != 0 ? arena_printf(p->a, "%d", f->month) : NULL } };
	size_t n = 0;

	for (size_t i = 0; i < ARRAY_LEN(all); i++) {
		if (all[i].value != NULL)
			list[n++] = all[i];
	}
	v->hidden = list;
	v->hidden_n = n;
}

/* 共 1,204 封; 找到 12 封; 找到 200 封以上. */
static const char *found_words(struct arena *a, bool filtered, int64_t n, bool more)
{
	if (n < 0)
		return "找到的答复，接上一页";
	if (n == 0 && more)
		return "还没有找到";
	return arena_printf(a, "%s %s 封%s", filtered ? "找到" : "共", figure_count(a, n), more ? "以上" : "");
}

static int add_found(struct page *p, struct view_open_list *v, const struct open_filter *f,
	const struct open_found *found)
{
	bool more = false;
	int64_t n = found->count;
	int rc = f->q[0] == '\0' ? open_count(p, f, &n, &more) : 0;

	if (rc != 0)
		return rc;
	if (n > SEARCH_COUNT_MAX && f->q[0] != '\0') {
		n = SEARCH_COUNT_MAX;
		more = true;
	}
	if (n < 0 && f->first && f->skip == 0) {
		n = (int64_t)v->list.rows_n;
		more = v->older.s != NULL;
	}
	v->found = found_words(p->a, v->filtered, n, more);
	return 0;
}

/* What was not looked through, and what to do about it. */
static void add_slow(struct page *p, struct view_open_list *v, const struct open_found *found)
{
	if (!found->slow)
		return;
	v->slow = found->down_on == DAY_NONE ? "有些来信还在编入查找目录，这一次只比较了其中较新的；请过几分钟再查，或者按日期查。"
		: arena_printf(p->a, "有些来信还在编入查找目录，这一次查到 %s的答复为止；点“更早的答复”接着往前查。",
			public_day(p->a, found->down_on));
}

static const char *const changes[] = { [SEARCH_WITHOUT] = "去掉", [SEARCH_APART] = "分开写成",
	[SEARCH_PART] = "只查" };

/* Ways to ask that would find something. */
static int add_offers(struct page *p, struct view_open_list *v, const struct open_filter *f)
{
	struct open_offer *list = arena_array(p->a, SEARCH_OFFERS, sizeof(*list));
	struct search_ask ask = open_ask(p, f);
	struct search_offer offers[SEARCH_OFFERS];
	struct open_filter g = *f;
	size_t n;
	int rc = search_offers(p->db, p->a, &ask, offers, &n);

	for (size_t i = 0; rc == 0 && i < n; i++) {
		g.q = offers[i].q;
		list[i] = (struct open_offer){ { open_filter_path(p->a, "/open", &g, NULL) },
			arena_printf(p->a, "%s“%s”", changes[offers[i].change],
				offers[i].without != NULL ? offers[i].without : offers[i].q),
			offers[i].count > SEARCH_COUNT_MAX ? arena_printf(p->a, "%d 封以上", SEARCH_COUNT_MAX)
				: arena_printf(p->a, "约 %lld 封", (long long)offers[i].count) };
	}
	v->offers = list;
	v->offers_n = rc == 0 ? n : 0;
	return rc;
}

static void add_words(struct page *p, struct view_open_list *v, const struct open_filter *f)
{
	struct open_filter g = *f;

	v->q = f->q;
	v->from = f->year == 0 && f->from != OPEN_DAY_FIRST ? clock_fmt_day(p->a, f->from) : "";
	v->to = f->year == 0 && f->to != OPEN_DAY_LAST ? clock_fmt_day(p->a, f->to) : "";
	v->dated = v->from[0] != '\0' || v->to[0] != '\0';
	v->filtered = open_filtered(f);
	v->by_match = f->by_match;
	if (f->q[0] == '\0')
		return;
	g.skip = 0;
	g.by_match = false;
	v->by_date_url.s = open_filter_path(p->a, "/open", &g, NULL);
	g.by_match = true;
	v->by_match_url.s = open_filter_path(p->a, "/open", &g, NULL);
}

static void add_pages(struct page *p, struct view_open_list *v, const struct open_filter *f,
	const struct open_found *found)
{
	struct open_filter g = *f;
	const char *path;

	if (f->by_match && found->next_skip > 0) {
		g.skip = found->next_skip;
		v->older.s = open_filter_path(p->a, "/open", &g, NULL);
	}
	if (found->older != NULL)
		v->older.s = open_filter_path(p->a, "/open", &g, found->older);
	g.skip = 0;
	path = open_filter_path(p->a, "/open", &g, NULL);
	if (!f->first || f->skip > 0)
		v->first.s = path;
	if (found->newer != NULL)
		v->newer.s = arena_printf(p->a, "%s%cafter=%s", path, strchr(path, '?') != NULL ? '&' : '?', found->newer);
}

static struct safe_html marked(struct arena *a, const struct search_words *words, const char *text)
{
	struct search_span *spans;
	size_t n = search_marks(a, words, text, MARKS, &spans);
	struct view_span *list = arena_array(a, n + 1, sizeof(*list));

	for (size_t i = 0; i < n; i++)
		list[i] = (struct view_span){ spans[i].from, spans[i].to };
	return view_spans(a, text, list, n);
}

/* Found by words: where they stand, in the answer or else in the letter. */
static int add_hits(struct page *p, const struct open_found *found, const struct search_words *words,
	struct open_row **ret, size_t *ret_n)
{
	struct q_pub_full_page *rows;
	int rc = open_full_of(p, found, &rows, ret_n);

	*ret = arena_array(p->a, *ret_n + 1, sizeof(**ret));
	for (size_t i = 0; rc == 0 && i < *ret_n; i++) {
		const struct q_pub_full_page *r = &rows[i];
		const struct q_pub_page row = { .id = r->id, .no = r->no, .type = r->type, .title = r->title,
			.unit_name = r->unit_name, .accepted_on = r->accepted_on, .replied_on = r->replied_on,
			.workdays = r->workdays, .result_code = r->result_code, .state = r->state };
		const char *snippet = search_snippet(p->a, words, r->reply, EXTRACT_CHARS);

		if (snippet[0] == '\0')
			snippet = search_snippet(p->a, words, r->body, EXTRACT_CHARS);
		if (snippet[0] == '\0')
			snippet = text_cut(p->a, r->reply, EXTRACT_CHARS);
		(*ret)[i] = public_open_row(p->a, &row, "");
		(*ret)[i].title = marked(p->a, words, r->title);
		(*ret)[i].extract = marked(p->a, words, snippet);
	}
	return rc;
}

/* An answer begins with a greeting and what it is about, which is the title once more: what it says stands below. */
static const char *substance(const char *reply)
{
	const char *line = strchr(reply, '\n');

	return line != NULL && line - reply < GREETING_BYTES && line[1] != '\0' ? line + 1 : reply;
}

static int add_listed(struct page *p, const struct open_found *found, struct open_row **ret, size_t *ret_n)
{
	struct q_pub_page *rows;
	int rc = open_rows_of(p, found, &rows, ret_n);

	*ret = arena_array(p->a, *ret_n + 1, sizeof(**ret));
	for (size_t i = 0; rc == 0 && i < *ret_n; i++) {
		(*ret)[i] = public_open_row(p->a, &rows[i], "");
		(*ret)[i].extract = view_spans(p->a, text_cut(p->a, substance(rows[i].extract), EXTRACT_CHARS), NULL, 0);
	}
	return rc;
}

static int add_rows(struct page *p, struct view_open_list *v, const struct open_filter *f, struct open_found *found)
{
	struct search_words words;
	struct open_row *list;
	size_t n = 0;
	int rc = open_find(p, f, PAGE_ROWS, found);

	search_words(p->a, f->q, &words);
	if (rc == 0)
		rc = words.n > 0 ? add_hits(p, found, &words, &list, &n) : add_listed(p, found, &list, &n);
	if (rc != 0)
		return rc;
	v->list = (struct part_open_rows){ list, n, f->by_match ? "公开答复，最相关的在前" : "公开答复，按答复日期从新到旧" };
	add_pages(p, v, f, found);
	return 0;
}

/* A letter's whole number leads straight to it. ERR_NOTFOUND: q is no number, or of a letter that is not published. */
static int go_to_number(struct page *p, const char *q)
{
	struct q_pub_id_of row;
	const char *no;
	int rc;

	if (!ticket_number_ok(p->a, q, &no))
		return ERR_NOTFOUND;
	rc = q_pub_id_of(p->db, p->a, no, &row);
	err_clear();
	return rc != 0 ? rc : reply_redirect(p->reply, arena_printf(p->a, "/open/%lld", (long long)row.id));
}

/* Too many search at this moment: the page without a list, with what was typed. */
static int say_busy(struct page *p, struct view_open_list *v)
{
	v->busy = arena_strdup(p->a, err_text(ERR_BUSY));
	v->found = "";
	err_clear();
	reply_status(p->reply, err_http(ERR_BUSY));
	reply_header(p->reply, "Retry-After", "5");
	return 0;
}

static int fill(struct page *p, struct view_open_list *v, const struct open_filter *f)
{
	struct open_found found;
	int rc = add_rows(p, v, f, &found);

	add_words(p, v, f);
	add_hidden(p, v, f);
	if (rc == ERR_BUSY)
		return say_busy(p, v);
	if (rc == 0)
		rc = add_found(p, v, f, &found);
	if (rc != 0)
		return rc;
	add_slow(p, v, &found);
	return f->first && found.whole && v->list.rows_n == 0 && v->older.s == NULL ? add_offers(p, v, f) : 0;
}

int open_list_show(struct page *p)
{
	struct view_open_list v = { .frame = page_titled(p, "公开答复"), .slow = "", .busy = "" };
	struct open_filter f;
	int rc = open_filter_read(p, false, &f);

	if (rc == 0 && f.q[0] != '\0' && go_to_number(p, f.q) == 0)
		return 0;
	f.limit = 0;
	f.counted = f.first && f.skip == 0;
	if (rc == 0)
		rc = open_facets(p, &f, &v);
	if (rc == 0)
		rc = fill(p, &v, &f);
	if (rc != 0)
		return rc;
	f.skip = 0;
	f.by_match = false;
	v.atom.s = open_filter_path(p->a, "/open.atom", &f, NULL);
	v.csv.s = open_filter_path(p->a, "/open.csv", &f, NULL);
	v.json.s = open_filter_path(p->a, "/open.json", &f, NULL);
	reply_public_fresh(p->reply);
	view_open_list(&p->reply->body, &v);
	return 0;
}

/* --- answered and not published --- */

static const struct field withheld_fields[] = {
	{ "cursor", FIELD_TOKEN, .label = "翻页标记", .max = 40 },
};
const struct form_def form_withheld = { withheld_fields, ARRAY_LEN(withheld_fields) };

static const char *reason_words(const char *code)
{
	const char *words = code != NULL ? states_reason("withhold", code) : NULL;

	return words != NULL ? words : states_reason("withhold", "law");
}

static int add_reasons(struct page *p, struct view_open_withheld *v)
{
	struct q_withheld_reasons *rows;
	struct withheld_reason *list;
	int64_t all = 0;
	size_t n;
	int rc = q_withheld_reasons(p->db, p->a, &rows, &n);

	if (rc != 0)
		return rc;
	list = arena_array(p->a, n + 1, sizeof(*list));
	for (size_t i = 0; i < n; i++) {
		list[i] = (struct withheld_reason){ reason_words(rows[i].reason_code), figure_count(p->a, rows[i].n) };
		all += rows[i].n;
	}
	v->reasons = list;
	v->reasons_n = n;
	v->found = arena_printf(p->a, "共 %s 封", figure_count(p->a, all));
	return 0;
}

static int add_withheld(struct page *p, struct view_open_withheld *v)
{
	struct open_withheld found;
	struct withheld_row *list;
	int rc = open_withheld(p, form_text(p->form, "cursor"), PAGE_ROWS, &found);

	if (rc == ERR_INVALID) {
		err_clear();
		rc = open_withheld(p, NULL, PAGE_ROWS, &found);
	}
	if (rc != 0)
		return rc;
	if (found.next != NULL)
		v->older.s = arena_printf(p->a, "/open/withheld?cursor=%s", found.next);
	if (!found.first)
		v->first.s = "/open/withheld";
	list = arena_array(p->a, found.n + 1, sizeof(*list));
	for (size_t i = 0; i < found.n; i++) {
		const struct q_withheld_page *row = &found.rows[i];

		list[i] = (struct withheld_row){ public_type_name(row->type), row->unit_name,
			clock_fmt_day(p->a, row->accepted_on), clock_fmt_day(p->a, row->replied_on),
			public_workdays(p->a, row->workdays), reason_words(row->reason_code) };
	}
	v->rows = list;
	v->rows_n = found.n;
	return 0;
}

int open_withheld_show(struct page *p)
{
	struct view_open_withheld v = { .frame = page_titled(p, "依法不公开的来信") };
	int rc = add_reasons(p, &v);

	if (rc == 0)
		rc = add_withheld(p, &v);
	if (rc != 0)
		return rc;
	reply_public_fresh(p->reply);
	view_open_withheld(&p->reply->body, &v);
	return 0;
}
