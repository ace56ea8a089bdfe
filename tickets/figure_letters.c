/* figure_letters - see figure_letters.h. */
#include "figure_letters.h"

#include <jansson.h>

#include "clock.h"
#include "json_text.h"
#include "str.h"

#define PACK_BYTES 4000
#define DAY_AFTER_ALL clock_day_of(2300, 1, 1)

/* What the queries take. */
struct reading {
	const struct desk_reader *by;
	const struct figure_letters *ask;
	const int64_t *unit;
	int32_t before_on;
	figure_letter_row *rows;
	size_t n;
};

#define SAME(query) _Static_assert(sizeof(struct q_##query) == sizeof(figure_letter_row), #query ": same columns")
SAME(letters_accepted);
SAME(letters_due);
SAME(letters_replied);
SAME(letters_closed);

/* Who, where, and the last row shown: the same for all. */
#define FROM(x) (x)->by->db, (x)->by->a, (x)->ask->from, (x)->ask->to
#define FILTERS(x) (x)->unit, (x)->unit, (x)->ask->type, (x)->ask->type, (x)->ask->topics, (x)->ask->topics, \
	(x)->by->who->unit_id, (x)->by->who->officer_id
#define PAGE_DOWN(x) (x)->before_on, (x)->before_on, (x)->ask->before_id, (x)->ask->limit, (void *)&(x)->rows, &(x)->n

static int load_received(struct reading *x)
{
	return q_letters_received(FROM(x), x->ask->measure, FILTERS(x), PAGE_DOWN(x));
}

static int load_accepted(struct reading *x)
{
	return q_letters_accepted(FROM(x), x->ask->measure, FILTERS(x), PAGE_DOWN(x));
}

static int load_due(struct reading *x)
{
	return q_letters_due(FROM(x), x->ask->measure, x->ask->today, FILTERS(x), PAGE_DOWN(x));
}

static int load_replied(struct reading *x)
{
	return q_letters_replied(FROM(x), x->ask->measure, FILTERS(x), PAGE_DOWN(x));
}

static int load_closed(struct reading *x)
{
	return q_letters_closed(FROM(x), FILTERS(x), PAGE_DOWN(x));
}

static const struct { const char *measure, *day; int (*load)(struct reading *x); } lists[] = {
	{ "received", "收到", load_received }, { "refused", "收到", load_received }, { "merged", "收到", load_received },
	{ "withdrawn", "收到", load_received }, { "invalid", "收到", load_received },
	{ "accepted", "受理", load_accepted }, { "returned", "受理", load_accepted },
	{ "due", "答复期限", load_due }, { "on_time", "答复期限", load_due }, { "late", "答复期限", load_due },
	{ "extended", "答复期限", load_due }, { "overdue_open", "答复期限", load_due },
	{ "replied", "答复", load_replied }, { "published", "答复", load_replied }, { "rated", "答复", load_replied },
	{ "satisfied", "答复", load_replied }, { "sent_back", "答复", load_replied }, { "reworked", "答复", load_replied },
	{ "result", "答复", load_replied }, { "solved", "答复", load_replied },
	{ "closed", "办结", load_closed },
};
#define LISTS_N (sizeof lists / sizeof lists[0])

static size_t list_of(const char *measure)
{
	size_t i = 0;

	while (i < LISTS_N && !str_eq(lists[i].measure, measure))
		i++;
	return i;
}

const char *figure_letters_day(const char *measure)
{
	size_t i = list_of(measure);

	return i < LISTS_N ? lists[i].day : NULL;
}

int figure_letters_load(const struct desk_reader *by, const struct figure_letters *ask, figure_letter_row **ret,
	size_t *ret_n)
{
	struct reading x = { .by = by, .ask = ask, .unit = ask->unit != 0 ? &ask->unit : NULL,
		.before_on = ask->before_id > 0 ? ask->before_on : DAY_AFTER_ALL };
	size_t i = list_of(ask->measure);
	int rc = i < LISTS_N ? lists[i].load(&x) : err_set(ERR_INVALID, "no list of measure %s", ask->measure);

	*ret = x.rows;
	*ret_n = x.n;
	return rc;
}

/* --- as text --- */

#define PACKED "{s:s, s:i, s:i, s:i, s:I, s:s, s:s}"

const char *figure_letters_pack(struct arena *a, const struct figure_letters *w)
{
	json_t *o = json_pack(PACKED, "measure", w->measure, "from", (int)w->from, "to", (int)w->to, "today",
		(int)w->today, "unit", (json_int_t)w->unit, "type", w->type != NULL ? w->type : "", "topics", w->topics);
	struct str out;

	must(o != NULL);
	str_init(&out, a, PACK_BYTES);
	json_text_add(&out, o, JSON_COMPACT | JSON_SORT_KEYS);
	json_decref(o);
	return out.s;
}

int figure_letters_unpack(struct arena *a, const char *text, struct figure_letters *ret)
{
	json_t *o = json_loads(text, 0, NULL);
	const char *measure = "", *type = "", *topics = "";
	int from = 0, to = 0, today = 0;
	json_int_t unit = 0;
	bool ok = json_unpack(o, PACKED, "measure", &measure, "from", &from, "to", &to, "today", &today, "unit", &unit,
		"type", &type, "topics", &topics) == 0 && figure_letters_day(measure) != NULL && unit >= 0
		&& from >= DESK_DAY_FIRST && to <= DESK_DAY_LAST && today >= DESK_DAY_FIRST && today <= DESK_DAY_LAST;

	if (ok)
		*ret = (struct figure_letters){ .measure = arena_strdup(a, measure), .from = from, .to = to, .today = today,
			.unit = unit, .type = type[0] != '\0' ? arena_strdup(a, type) : NULL, .topics = arena_strdup(a, topics) };
	json_decref(o);
	return ok ? 0 : err_set(ERR_INVALID, "params of the letters behind a figure");
}
