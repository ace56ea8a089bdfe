/* open311_ask - what a list of requests is asked by: times, services, status, page. Mistakes go into o->errors. */
#include <string.h>

#include "clock.h"
#include "open311.h"
#include "text.h"

#define DAY_S ((int64_t)24 * 3600)
#define TIME_FIRST ((int64_t)-25567 * DAY_S)      /* 1900-01-01 */
#define TIME_LAST ((int64_t)84371 * DAY_S)        /* 2201-01-01 */
#define PAGE_USUAL 100                            /* of who names a page but no size */

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

/* Both bounds, at most O311_SPAN_DAYS apart; of one alone the other follows, and of none it is the last days, whole
 * ones, so that the same question has the same answer all day. */
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
	} else if (from != TIME_NONE) {
		to = from + span;
	} else if (to != TIME_NONE) {
		from = to - span;
	} else {
		from = clock_day_start(clock_day(o->p->now) - O311_SPAN_DAYS);
		to = clock_day_start(clock_day(o->p->now) + 1) - 1;
	}
	*ret_from = from > TIME_FIRST ? from : TIME_FIRST;
	*ret_to = to < TIME_LAST ? to : TIME_LAST;
}

static void read_times(struct o311 *o, struct o311_ask *ask)
{
	const struct form *f = o->p->form;
	bool changed = form_given(f, "updated_after") || form_given(f, "updated_before");

	if (changed)
		read_span(o, "updated_after", "updated_before", &ask->since, &ask->until);
	ask->by_change = changed && !form_given(f, "start_date") && !form_given(f, "end_date");
	if (!ask->by_change)
		read_span(o, "start_date", "end_date", &ask->from, &ask->to);
}

/* --- the rest of what is asked --- */

char **o311_pieces(struct arena *a, const char *s, size_t *ret_n)
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

static void read_types(struct o311 *o, struct o311_ask *ask)
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
	all = o311_pieces(o->p->a, asked, &n);
	for (size_t i = 0; i < n; i++) {
		if (states_type_from(all[i]) == TYPE__MAX)
			o311_fail(o, 404, "service_code", arena_printf(o->p->a, "没有“%s”这个服务", all[i]));
		else
			str_addf(&list, "%s%s", list.len > 0 ? "," : "", all[i]);
	}
	ask->types = list.s;
}

static void read_status(struct o311 *o, struct o311_ask *ask)
{
	const char *asked = form_text(o->p->form, "status");
	char **all;
	size_t n;

	if (asked == NULL)
		return;
	ask->open = ask->done = false;
	all = o311_pieces(o->p->a, asked, &n);
	for (size_t i = 0; i < n; i++) {
		if (strcmp(all[i], "open") == 0)
			ask->open = true;
		else if (strcmp(all[i], "closed") == 0)
			ask->done = true;
		else
			o311_fail(o, 400, "status", "应是 open 或者 closed");
	}
}

/* Where the page before ended, as o311_cursor() wrote it. */
static void read_cursor(struct o311 *o, struct o311_ask *ask)
{
	const char *cursor = form_text(o->p->form, "cursor"), *dash = cursor != NULL ? strchr(cursor, '-') : NULL;
	long long key = 0, id = 0;

	ask->before_key = INT64_MAX;
	ask->before_id = INT64_MAX;
	if (cursor == NULL)
		return;
	if (dash == NULL || str_to_int(arena_strndup(o->p->a, cursor, (size_t)(dash - cursor)), 0, TIME_LAST, &key) != 0
			|| str_to_int(dash + 1, 1, INT64_MAX, &id) != 0) {
		o311_fail(o, 400, "cursor", "翻页标记不对，请从第一页开始");
		err_clear();
		return;
	}
	ask->before_key = key;
	ask->before_id = id;
	ask->page = 1;
	ask->resumed = true;
}

const char *o311_cursor(struct arena *a, int64_t key, int64_t id)
{
	return arena_printf(a, "%lld-%lld", (long long)key, (long long)id);
}

static struct o311_ask ask_of(struct o311 *o, int64_t size)
{
	const struct form *f = o->p->form;
	struct o311_ask ask = { .page = form_int(f, "page", 1), .size = form_int(f, "page_size", size),
		.numbered = form_given(f, "page_size") || form_given(f, "page"), .since = TIME_FIRST, .until = TIME_LAST,
		.open = true, .done = true };

	read_types(o, &ask);
	read_cursor(o, &ask);
	return ask;
}

struct o311_ask o311_ask_requests(struct o311 *o)
{
	struct o311_ask ask = ask_of(o, form_given(o->p->form, "page") ? PAGE_USUAL : O311_LIST_MAX);

	read_status(o, &ask);
	read_times(o, &ask);
	return ask;
}

struct o311_ask o311_ask_updates(struct o311 *o)
{
	struct o311_ask ask = ask_of(o, PAGE_USUAL);

	ask.by_change = true;
	read_span(o, "start_date", "end_date", &ask.since, &ask.until);
	return ask;
}

struct o311_ask o311_ask_latest(struct arena *a)
{
	return (struct o311_ask){ .since = TIME_FIRST, .until = TIME_LAST, .by_change = true, .open = true, .done = true,
		.page = 1, .size = 1, .types = all_types(a), .before_key = INT64_MAX, .before_id = INT64_MAX };
}
