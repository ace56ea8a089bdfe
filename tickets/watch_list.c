/* watch_list - see watch_list.h. */
#include "watch_list.h"

#include <jansson.h>
#include <string.h>

#include "json_text.h"
#include "str.h"
#include "topic.h"
#include "watch.h"
#include "worktime_rules.h"

#define PACK_BYTES 1000
/* Where somebody of the office has to do something: as watch_counts counts them. What waits for its writer does not
 * stand still. */
#define STILL_STATES "submitted,accepted,assigned,handling,objected,in_review,submitted_up"

static const struct { const char *code, *name; } tabs[] = {
	[WATCH_LATE] = { "late", "已超期" }, [WATCH_SOON] = { "soon", "快到期" }, [WATCH_STILL] = { "still", "没有进展" },
	[WATCH_REOPENED] = { "reopened", "重新办理" }, [WATCH_REPEATING] = { "repeated", "反复反映" },
	[WATCH_LED] = { "leader", "领导批示" }, [WATCH_PUSHED] = { "pressed", "已督促" },
};

/* Where a letter lies, as a set of desks. */
static const struct { const char *code, *text, *desks; } stages[] = {
	{ "register", "受理、分办", "registrar,lapsed" }, { "writer", "等写信人补充", "writer" },
	{ "sign", "待签收", "liaison" }, { "handle", "办理中", "handler,asks" }, { "dept", "部门审核", "dept" },
	{ "office", "主管单位审核", "office" }, { "superior", "上级审核", "superior" }, { "suspended", "中止", "suspended" },
};
static const char *const lights[][2] = { { "warn", "预警" }, { "yellow", "黄牌" }, { "red", "红牌" } };

const char *watch_tab_code(enum watch_tab tab)
{
	return tabs[tab].code;
}

const char *watch_tab_name(enum watch_tab tab)
{
	return tabs[tab].name;
}

enum watch_tab watch_tab_from(const char *code)
{
	int i = 0;

	while (i < WATCH_TAB__MAX && !str_eq(tabs[i].code, code))
		i++;
	return (enum watch_tab)i;
}

bool watch_light_at(size_t i, const char **ret_code, const char **ret_text)
{
	if (i >= sizeof lights / sizeof lights[0])
		return false;
	*ret_code = lights[i][0];
	*ret_text = lights[i][1];
	return true;
}

bool watch_stage_at(size_t i, const char **ret_code, const char **ret_text)
{
	if (i >= sizeof stages / sizeof stages[0])
		return false;
	*ret_code = stages[i].code;
	*ret_text = stages[i].text;
	return true;
}

/* --- which letters --- */

/* n working days before (negative) or after a day. */
static int32_t workday(const struct worktime *wt, int32_t day, int n)
{
	if (n >= 0)
		return calendar_add(wt->cal, day, n, NULL);
	while (n < 0)
		n += calendar_is_workday(wt->cal, --day);
	return day;
}

int32_t watch_still_day(const struct worktime *wt, int32_t today)
{
	return workday(wt, today, -WATCH_STILL_DAYS);
}

int32_t watch_soon_day(const struct worktime *wt, int32_t today)
{
	return worktime_soon_day(wt, today);
}

/* Days due that have this light: the same rule by which the pages colour a letter (sla_light). */
static void narrow_light(const struct worktime *wt, const struct watch_view *v, struct watch_query *ask)
{
	const struct light_rule *rule = light_pick(wt->lights, wt->n_lights, "reply", v->type, v->unit, v->today);
	struct sla_thresholds at = rule != NULL ? rule->at : (struct sla_thresholds){ 2, 2 };
	int32_t yellow = workday(wt, v->today, -at.yellow), low = DESK_DAY_FIRST, high = DESK_DAY_LAST;

	/* Due on day d, a letter is late by the working days after d up to today. */
	while (sla_left(wt->cal, v->today, yellow - 1) >= -at.yellow)
		yellow--;
	if (str_eq(v->light, "warn")) {
		low = v->today;
		high = workday(wt, v->today, at.warn);
	} else if (str_eq(v->light, "yellow")) {
		low = yellow;
		high = v->today - 1;
	} else if (str_eq(v->light, "red")) {
		high = yellow - 1;
	}
	ask->due_from = low > ask->due_from ? low : ask->due_from;
	ask->due_to = high < ask->due_to ? high : ask->due_to;
}

static const char *desks_of(const struct watch_view *v)
{
	for (size_t i = 0; i < sizeof stages / sizeof stages[0]; i++) {
		if (str_eq(v->stage, stages[i].code))
			return stages[i].desks;
	}
	return DESK_ALL_DESKS;
}

struct watch_query watch_query_of(const struct worktime *wt, const struct watch_view *v, int limit)
{
	struct watch_query ask = { .tab = v->tab, .unit = v->unit, .officer = v->officer, .type = v->type,
		.desks = desks_of(v), .pressed = v->pressed, .due_from = DESK_DAY_FIRST, .due_to = DESK_DAY_LAST,
		.received_to = v->age > 0 ? v->today - v->age : DESK_DAY_LAST, .still_to = watch_still_day(wt, v->today),
		.after_day = v->after_day, .after_id = v->after_id, .limit = limit };

	if (v->tab == WATCH_LATE)
		ask.due_to = v->today - 1;
	if (v->tab == WATCH_SOON) {
		ask.due_from = v->today;
		ask.due_to = watch_soon_day(wt, v->today);
	}
	topic_range(v->topic, &ask.topic_from, &ask.topic_to);
	narrow_light(wt, v, &ask);
	return ask;
}

/* What the queries take. */
struct reading {
	const struct desk_reader *by;
	const struct watch_query *ask;
	const int64_t *unit, *officer, *pressed;
	int64_t level;
	int32_t from;                /* the first day due of the page */
	int limit;                   /* one more, to know whether there is another page */
};

/* --- one query each --- */

/* What is late or due soon, whoever pressed. */
static int load_clocked(const struct reading *x, struct q_list_open **ret, size_t *ret_n)
{
	const struct watch_query *w = x->ask;
	struct desk_query ask = desk_query_all(x->by->who);

	ask.unit = x->unit;
	ask.type = w->type;
	ask.desks = w->desks;
	ask.states = DESK_CLOCKED;
	ask.handler = w->officer;
	ask.received_to = w->received_to;
	ask.topic_from = w->topic_from;
	ask.topic_to = w->topic_to;
	ask.due_from = w->due_from;
	ask.due_to = w->due_to;
	ask.after_due = w->after_day;
	ask.after_id = w->after_id;
	ask.limit = x->limit;
	return desk_list_load(x->by, &ask, ret, ret_n);
}

static int load_unpressed(const struct reading *x, struct q_list_open **ret, size_t *ret_n)
{
	const struct watch_query *w = x->ask;
	const struct actor *who = x->by->who;

	_Static_assert(sizeof(struct q_watch_unpressed) == sizeof(struct q_list_open), "watch_unpressed: same columns");
	return q_watch_unpressed(x->by->db, x->by->a, x->unit, w->desks, DESK_CLOCKED, w->type, DESK_DAY_FIRST,
		w->received_to, w->topic_from, w->topic_to, x->officer, who->unit_id, who->officer_id, x->from, w->due_to,
		x->from, w->after_id, x->limit, (void *)ret, ret_n);
}

/* By the index of letters that have a sign. mask, round, level: which ones. */
static int load_marked(const struct reading *x, bool clocked, struct q_list_open **ret, size_t *ret_n)
{
	static const struct { int mask, round, level; } which[WATCH_TAB__MAX] = {
		[WATCH_LATE] = { 0, INT16_MAX, 1 }, [WATCH_SOON] = { 0, INT16_MAX, 1 }, [WATCH_REOPENED] = { 0, 2, UINT8_MAX },
		[WATCH_REPEATING] = { WATCH_REPEATED, INT16_MAX, UINT8_MAX },
		[WATCH_LED] = { WATCH_LEADER, INT16_MAX, UINT8_MAX },
		[WATCH_PUSHED] = { 0, INT16_MAX, 1 },
	};
	const struct watch_query *w = x->ask;
	const struct actor *who = x->by->who;

	_Static_assert(sizeof(struct q_watch_marked) == sizeof(struct q_list_open), "watch_marked: same columns");
	return q_watch_marked(x->by->db, x->by->a, which[w->tab].mask, which[w->tab].round, which[w->tab].level, x->pressed,
		x->unit, w->desks, clocked ? DESK_CLOCKED : DESK_OPEN, w->type, DESK_DAY_FIRST, w->received_to,
		w->topic_from, w->topic_to, x->officer, who->unit_id, who->officer_id, x->from, w->due_to, x->from, w->after_id,
		x->limit, (void *)ret, ret_n);
}

static int load_still(const struct reading *x, struct q_list_open **ret, size_t *ret_n)
{
	const struct watch_query *w = x->ask;
	const struct actor *who = x->by->who;
	int32_t since = w->after_id > 0 ? w->after_day : DESK_DAY_FIRST;

	_Static_assert(sizeof(struct q_watch_still) == sizeof(struct q_list_open), "watch_still: same columns");
	return q_watch_still(x->by->db, x->by->a, x->pressed, x->unit, w->desks, STILL_STATES, w->type,
		DESK_DAY_FIRST, w->received_to, w->topic_from, w->topic_to, x->officer, w->due_from, w->due_to, who->unit_id,
		who->officer_id, since,
		w->still_to, since, w->after_id, x->limit, (void *)ret, ret_n);
}

static int load(const struct reading *x, struct q_list_open **ret, size_t *ret_n)
{
	const struct watch_query *w = x->ask;
	bool clocked = w->tab == WATCH_LATE || w->tab == WATCH_SOON;

	if (w->due_from > w->due_to)
		return 0;
	if (w->tab == WATCH_STILL)
		return load_still(x, ret, ret_n);
	if (clocked && w->pressed < 0)
		return load_clocked(x, ret, ret_n);
	if (clocked && w->pressed == 0)
		return load_unpressed(x, ret, ret_n);
	return load_marked(x, clocked, ret, ret_n);
}

/* Who does not plan simulated questions is not shown which letters they are: neither by a mark, nor by a list that has
 * one letter more than its count. */
static int leave_out(const struct desk_reader *by, const struct watch_query *ask, struct q_list_open *rows, size_t *n)
{
	struct q_simulated_open *simulated = NULL;
	size_t simulated_n = 0, kept = 0;
	bool all = !ask->counted && access_may(by->who, CAP_INSPECT);
	int rc = all || *n == 0 ? 0 : q_simulated_open(by->db, by->a, &simulated, &simulated_n);

	for (size_t i = 0; rc == 0 && simulated_n > 0 && i < *n; i++) {
		bool is = false;

		for (size_t k = 0; k < simulated_n && !is; k++)
			is = simulated[k].ticket_id == rows[i].id;
		if (!is)
			rows[kept++] = rows[i];
	}
	if (rc == 0 && simulated_n > 0)
		*n = kept;
	return rc;
}

int watch_list_load(const struct desk_reader *by, const struct watch_query *ask, struct q_list_open **ret,
	size_t *ret_n, const struct q_list_open **ret_next)
{
	struct reading x = { .by = by, .ask = ask, .unit = ask->unit > 0 ? &ask->unit : NULL, .level = ask->pressed,
		.officer = ask->officer > 0 ? &ask->officer : NULL, .limit = ask->limit + 1 };
	struct q_list_open *last;
	int rc;

	*ret = NULL;
	*ret_n = 0;
	*ret_next = NULL;
	x.pressed = ask->pressed >= 0 ? &x.level : NULL;
	x.from = ask->after_id > 0 && ask->after_day > ask->due_from ? ask->after_day : ask->due_from;
	rc = load(&x, ret, ret_n);
	if (rc != 0)
		return rc;
	if (*ret_n > (size_t)ask->limit) {
		*ret_n = (size_t)ask->limit;
		last = ARENA_NEW(by->a, struct q_list_open);
		*last = (*ret)[*ret_n - 1];
		*ret_next = last;
	}
	return leave_out(by, ask, *ret, ret_n);
}

/* --- as text --- */

#define PACKED "{s:s, s:I, s:I, s:s, s:s, s:i, s:i, s:i, s:i, s:i, s:i, s:i}"

const char *watch_list_pack(struct arena *a, const struct watch_query *w)
{
	json_t *o = json_pack(PACKED, "tab", tabs[w->tab].code, "unit", (json_int_t)w->unit, "officer",
		(json_int_t)w->officer, "type", w->type != NULL ? w->type : "", "desks", w->desks, "pressed", w->pressed,
		"received_to", (int)w->received_to, "due_from", (int)w->due_from, "due_to", (int)w->due_to, "still_to",
		(int)w->still_to, "topic_from", (int)w->topic_from, "topic_to", (int)w->topic_to);
	struct str out;

	must(o != NULL);
	str_init(&out, a, PACK_BYTES);
	json_text_add(&out, o, JSON_COMPACT | JSON_SORT_KEYS);
	json_decref(o);
	return out.s;
}

static bool are_days(const int *days, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (days[i] < DESK_DAY_FIRST || days[i] > DESK_DAY_LAST)
			return false;
	}
	return true;
}

static bool are_topics(int from, int to)
{
	return from >= 0 && to >= 0 && from <= TOPIC_LAST && to <= TOPIC_LAST;
}

int watch_list_unpack(struct arena *a, const char *text, struct watch_query *ret)
{
	json_t *o = json_loads(text, 0, NULL);
	const char *tab = "", *type = "", *desks = "";
	json_int_t unit = 0, officer = 0;
	int pressed = 0, received_to = 0, due_from = 0, due_to = 0, still_to = 0, topic_from = 0, topic_to = 0;
	bool ok = json_unpack(o, PACKED, "tab", &tab, "unit", &unit, "officer", &officer, "type", &type, "desks", &desks,
		"pressed", &pressed, "received_to", &received_to, "due_from", &due_from, "due_to", &due_to, "still_to",
		&still_to, "topic_from", &topic_from, "topic_to", &topic_to) == 0 && watch_tab_from(tab) < WATCH_TAB__MAX
		&& unit >= 0 && officer >= 0 && are_days((const int[]){ received_to, due_from, due_to, still_to }, 4)
		&& are_topics(topic_from, topic_to);

	if (ok)
		*ret = (struct watch_query){ .tab = watch_tab_from(tab), .unit = unit, .officer = officer,
			.type = type[0] != '\0' ? arena_strdup(a, type) : NULL, .desks = arena_strdup(a, desks), .pressed = pressed,
			.received_to = received_to, .due_from = due_from, .due_to = due_to, .still_to = still_to,
			.topic_from = topic_from, .topic_to = topic_to };
	json_decref(o);
	return ok ? 0 : err_set(ERR_INVALID, "params of a list of supervision");
}
