/* open_filter - see open_filter.h. */
#include "open_filter.h"

#include <string.h>

#include "clock.h"
#include "public.h"
#include "text.h"
#include "topic.h"

#define PAIRS_MAX 260 /* of a title */
#define CURSOR_MAX 40
#define QUERY_MAX 60

const char *const open_results[] = {
#define REASON(kind, code, zh, path) REASON_##kind(code)
#define REASON_refuse(code)
#define REASON_ask(code)
#define REASON_withhold(code)
#define REASON_suspend(code)
#define REASON_reopen(code)
#define REASON_result(code) #code,
#include "reasons.tbl"
	NULL
};
static const char *const orders[] = { "date", "match", NULL };
static const struct field open_fields[] = {
	{ "q", FIELD_LINE, .label = "关键词", .max = QUERY_MAX },
	{ "type", FIELD_CHOICE, .label = "类型", .choices = public_types },
	{ "unit", FIELD_TOKEN, .label = "单位", .max = 40 },
	{ "topic", FIELD_TOKEN, .label = "主题", .max = 24 },
	{ "place", FIELD_TOKEN, .label = "地点", .max = 24 },
	{ "result", FIELD_CHOICE, .label = "办理结果", .choices = open_results },
	{ "year", FIELD_INT, .label = "年份", .min = 1900, .max = 2200 },
	{ "month", FIELD_INT, .label = "月份", .min = 1, .max = 12 },
	{ "from", FIELD_DATE, .label = "开始日期" },
	{ "to", FIELD_DATE, .label = "结束日期" },
	{ "sort", FIELD_CHOICE, .label = "排序", .choices = orders },
	{ "cursor", FIELD_TOKEN, .label = "翻页标记", .max = CURSOR_MAX },
	{ "after", FIELD_TOKEN, .label = "翻页标记", .max = CURSOR_MAX },
	{ "skip", FIELD_INT, .label = "已经看过的封数", .min = 0, .max = OPEN_LIMIT_MAX },
	{ "limit", FIELD_INT, .label = "每页条数", .min = 1, .max = OPEN_LIMIT_MAX },
};
const struct form_def form_open = { open_fields, ARRAY_LEN(open_fields) };

/* --- pure --- */

const char *open_cursor(struct arena *a, int32_t replied_on, int64_t id)
{
	int year, month, day;

	clock_civil(replied_on, &year, &month, &day);
	return arena_printf(a, "%04d%02d%02d-%lld", year, month, day, (long long)id);
}

int open_cursor_read(const char *s, int32_t *ret_replied_on, int64_t *ret_id)
{
	char iso[] = "YYYY-MM-DD";
	long long id = 0;

	if (strlen(s) < 10 || strspn(s, "0123456789") != 8 || s[8] != '-' || s[9] < '1' || s[9] > '9'
			|| str_to_int(s + 9, 1, INT64_MAX, &id) != 0)
		return err_set(ERR_INVALID, "cursor of another shape");
	memcpy(iso, s, 4);
	memcpy(iso + 5, s + 4, 2);
	memcpy(iso + 8, s + 6, 2);
	if (clock_parse_day(iso, ret_replied_on) != 0)
		return err_set(ERR_INVALID, "cursor of a day that does not exist");
	*ret_id = id;
	return 0;
}

void open_words(struct arena *a, const char *q, const char *ret[OPEN_WORDS])
{
	size_t n = 0;

	for (int i = 0; i < OPEN_WORDS; i++)
		ret[i] = NULL;
	while (*q == ' ')
		q++;
	for (; *q != '\0' && n < OPEN_WORDS; n++) {
		size_t len = n + 1 < OPEN_WORDS ? strcspn(q, " ") : strlen(q);

		ret[n] = arena_strndup(a, q, len);
		q += len;
		while (*q == ' ')
			q++;
	}
}

const char *open_filter_path(struct arena *a, const char *path, const struct open_filter *f, const char *cursor)
{
	struct str o;

	str_init(&o, a, REQUEST_QUERY_MAX);
	str_add(&o, path);
	view_query_add(&o, "q", f->q);
	view_query_add(&o, "type", f->type);
	view_query_add(&o, "unit", f->unit);
	view_query_add(&o, "topic", f->topic);
	view_query_add(&o, "place", f->place);
	view_query_add(&o, "result", f->result);
	if (f->year != 0) {
		view_query_add(&o, "year", arena_printf(a, "%d", f->year));
		if (f->month != 0)
			view_query_add(&o, "month", arena_printf(a, "%d", f->month));
	} else {
		if (f->from != OPEN_DAY_FIRST)
			view_query_add(&o, "from", clock_fmt_day(a, f->from));
		if (f->to != OPEN_DAY_LAST)
			view_query_add(&o, "to", clock_fmt_day(a, f->to));
	}
	view_query_add(&o, "sort", f->by_match ? "match" : NULL);
	if (f->skip != 0)
		view_query_add(&o, "skip", arena_printf(a, "%d", f->skip));
	if (f->limit != 0)
		view_query_add(&o, "limit", arena_printf(a, "%d", f->limit));
	view_query_add(&o, "cursor", cursor);
	return o.s;
}

/* The pairs of neighbouring characters of s as numbers; returns how many. */
static size_t pairs(const char *s, uint64_t ret[PAIRS_MAX])
{
	uint64_t last = 0;
	size_t n = 0;

	for (bool first = true; *s != '\0' && n < PAIRS_MAX; first = false) {
		size_t len = text_step(s);
		uint32_t c = 0;

		memcpy(&c, s, len < sizeof(c) ? len : sizeof(c));
		if (!first)
			ret[n++] = last << 32 | c;
		last = c;
		s += len;
	}
	return n;
}

int open_alike(const char *a, const char *b)
{
	uint64_t of_a[PAIRS_MAX], of_b[PAIRS_MAX];
	size_t na = pairs(a, of_a), nb = pairs(b, of_b), both = 0;

	for (size_t i = 0; i < na; i++) {
		for (size_t k = 0; k < nb; k++) {
			if (of_a[i] == of_b[k]) {
				both++;
				break;
			}
		}
	}
	return na + nb > 0 ? (int)(200 * both / (na + nb)) : 0;
}

bool open_filtered(const struct open_filter *f)
{
	return f->type != NULL || f->unit != NULL || f->topic != NULL || f->place != NULL || f->result != NULL
		|| f->year != 0 || f->from != OPEN_DAY_FIRST || f->to != OPEN_DAY_LAST || f->q[0] != '\0';
}

int open_lens(const struct open_filter *f)
{
	if (f->q[0] != '\0' || (f->year == 0 && (f->from != OPEN_DAY_FIRST || f->to != OPEN_DAY_LAST)))
		return -1;
	return (f->type != NULL ? OPEN_TYPE : 0) | (f->unit != NULL ? OPEN_UNIT : 0) | (f->topic != NULL ? OPEN_TOPIC : 0)
		| (f->place != NULL ? OPEN_PLACE : 0) | (f->result != NULL ? OPEN_RESULT : 0)
		| (f->year != 0 ? OPEN_PERIOD : 0);
}

bool open_lens_counted(const struct open_filter *f, int lens)
{
	int on = __builtin_popcount((unsigned)lens);
	bool fine = f->topic_id != NULL || f->month != 0;

	return open_lens(f) >= 0 && (on < 3 || (on == 3 && !fine));
}

/* --- from the query --- */

static void read_time(const struct form *form, struct open_filter *f)
{
	f->from = form_day(form, "from") != DAY_NONE ? form_day(form, "from") : OPEN_DAY_FIRST;
	f->to = form_day(form, "to") != DAY_NONE ? form_day(form, "to") : OPEN_DAY_LAST;
	if (form_day(form, "from") != DAY_NONE || form_day(form, "to") != DAY_NONE)
		return;
	f->year = (int)form_int(form, "year", 0);
	if (f->year == 0)
		return;
	f->month = (int)form_int(form, "month", 0);
	f->from = clock_day_of(f->year, f->month != 0 ? f->month : 1, 1);
	if (f->month == 0 || f->month == 12)
		f->to = clock_day_of(f->year, 12, 31);
	else
		f->to = clock_day_of(f->year, f->month + 1, 1) - 1;
}

/* Where the page begins; `after` goes before `cursor`. */
static void read_cursor(struct form *form, bool strict, struct open_filter *f)
{
	const char *after = form_text(form, "after"), *cursor = after != NULL ? after : form_text(form, "cursor");

	f->before_on = OPEN_DAY_LAST;
	f->before_id = INT64_MAX;
	f->first = true;
	f->skip = f->by_match ? (int)form_int(form, "skip", 0) : 0;
	if (after != NULL && strict)
		form_fail(form, "after", "请用 cursor 从新到旧读取");
	if (cursor == NULL || f->by_match)
		return;
	if (open_cursor_read(cursor, &f->before_on, &f->before_id) == 0) {
		f->first = false;
		f->newer = after != NULL;
	} else {
		form_fail(form, after != NULL ? "after" : "cursor", "翻页标记不对，请从第一页开始");
	}
	err_clear();
}

static int read_unit(struct page *p, struct open_filter *f)
{
	const char *code = form_text(p->form, "unit");
	struct q_unit_all *unit;
	int rc;

	if (code == NULL)
		return 0;
	unit = ARENA_NEW(p->a, struct q_unit_all);
	rc = public_unit(p, code, unit);
	if (rc == ERR_NOTFOUND) {
		form_fail(p->form, "unit", "没有这个单位");
		err_clear();
		return 0;
	}
	f->unit = code;
	f->unit_id = &unit->id;
	return rc;
}

static int read_topic(struct page *p, struct open_filter *f)
{
	const char *code = form_text(p->form, "topic");
	const struct q_topic_all *topics;
	int64_t *ids;
	size_t n;
	int rc;

	if (code == NULL)
		return 0;
	rc = topic_list(p->db, &topics, &n);
	for (size_t i = 0; rc == 0 && i < n; i++) {
		if (!str_eq(topics[i].code, code))
			continue;
		ids = arena_array(p->a, 2, sizeof(*ids));
		ids[0] = topics[i].parent_id > 0 ? topics[i].parent_id : topics[i].id;
		ids[1] = topics[i].id;
		f->topic = code;
		f->topic_top = &ids[0];
		f->topic_id = topics[i].parent_id > 0 ? &ids[1] : NULL;
		return 0;
	}
	if (rc == 0)
		form_fail(p->form, "topic", "没有这个主题");
	return rc;
}

static int read_place(struct page *p, struct open_filter *f)
{
	const char *code = form_text(p->form, "place");
	struct q_place_all *places;
	size_t n;
	int rc;

	if (code == NULL)
		return 0;
	rc = q_place_all(p->db, p->a, &places, &n);
	for (size_t i = 0; rc == 0 && i < n; i++) {
		if (!str_eq(places[i].code, code))
			continue;
		f->place = code;
		f->place_id = &places[i].id;
		return 0;
	}
	if (rc == 0)
		form_fail(p->form, "place", "没有这个地点");
	return rc;
}

int open_filter_read(struct page *p, bool strict, struct open_filter *ret)
{
	const char *q = form_text(p->form, "q");
	int rc;

	*ret = (struct open_filter){ .type = form_text(p->form, "type"), .result = form_text(p->form, "result"),
		.q = q != NULL ? q : "" };
	ret->limit = (int)form_int(p->form, "limit", 0);
	ret->by_match = ret->q[0] != '\0' && str_eq(form_text(p->form, "sort"), "match");
	read_time(p->form, ret);
	read_cursor(p->form, strict, ret);
	rc = read_unit(p, ret);
	if (rc == 0)
		rc = read_topic(p, ret);
	if (rc == 0)
		rc = read_place(p, ret);
	if (rc == 0 && strict && !form_ok(p->form))
		return err_set(ERR_INVALID, "query of the listing");
	return rc;
}
