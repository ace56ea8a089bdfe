/* desk_watch_list - see desk_watch_list.h. */
#include "desk_watch_list.h"

#include <string.h>

#include "clock.h"
#include "watch.h"
#include "worktime_rules.h"

static const struct { const char *code, *name, *order, *empty; } tabs[] = {
	[WATCH_LATE] = { "late", "已超期", "超期最久的在前", "没有超期的信件。" },
	[WATCH_SOON] = { "soon", "快到期", "最早到期的在前", "两个工作日内没有到期的信件。" },
	[WATCH_STILL] = { "still", "没有进展", "停得最久的在前", "没有停着不动的信件：在办的都在三个工作日内有过进展。" },
	[WATCH_REOPENED] = { "reopened", "重新办理", "最早到期的在前", "没有重新办理的信件。" },
	[WATCH_REPEATING] = { "repeated", "反复反映", "最早到期的在前", "没有反复反映的信件。" },
	[WATCH_LED] = { "leader", "领导批示", "最早到期的在前", "没有领导批示、还没有答复的信件。" },
	[WATCH_PUSHED] = { "pressed", "已督促", "最早到期的在前", "没有督促过、还没有答复的信件。" },
};

/* Where a letter lies, as a set of desks. */
static const struct { const char *code, *text, *desks; } stages[] = {
	{ "register", "受理、分办", "registrar,lapsed" }, { "writer", "等写信人补充", "writer" },
	{ "sign", "待签收", "liaison" }, { "handle", "办理中", "handler,asks" }, { "dept", "部门审核", "dept" },
	{ "office", "主管单位审核", "office" }, { "superior", "上级审核", "superior" }, { "suspended", "中止", "suspended" },
};
static const char *const lights[][2] = { { "warn", "预警" }, { "yellow", "黄牌" }, { "red", "红牌" } };
static const char *const presses[] = { "没有督促过", "已提醒", "已催办", "已督办", "已通报" };
static const int ages[] = { 5, 10, 20, 30, 60 };

static const struct field watch_fields[] = {
	{ "tab", FIELD_TOKEN, .max = 16 },
	{ "unit", FIELD_INT, .min = 1, .max = INT32_MAX },
	{ "officer", FIELD_INT, .min = 1, .max = INT32_MAX },
	{ "type", FIELD_TOKEN, .max = 24 },
	{ "light", FIELD_TOKEN, .max = 16 },
	{ "stage", FIELD_TOKEN, .max = 16 },
	{ "pressed", FIELD_TOKEN, .max = 4 },
	{ "age", FIELD_INT, .min = 1, .max = 1000 },
	{ "after", FIELD_TOKEN, .max = 40 },
};
const struct form_def form_watch = { watch_fields, ARRAY_LEN(watch_fields) };

/* --- the view --- */

static const char *one_of(const char *code, size_t n, const char *(*at)(size_t i))
{
	for (size_t i = 0; code != NULL && i < n; i++) {
		if (strcmp(at(i), code) == 0)
			return at(i);
	}
	return NULL;
}

static const char *light_at(size_t i)
{
	return lights[i][0];
}

static const char *stage_at(size_t i)
{
	return stages[i].code;
}

void watch_view_read(const struct page *p, struct watch_view *v)
{
	const char *type = form_text(p->form, "type"), *pressed = form_text(p->form, "pressed");
	const char *tab = form_text(p->form, "tab");
	long long level = 0;

	*v = (struct watch_view){ .tab = WATCH_LATE, .unit = form_int(p->form, "unit", 0),
		.officer = form_int(p->form, "officer", 0), .age = (int)form_int(p->form, "age", 0), .pressed = -1,
		.light = one_of(form_text(p->form, "light"), ARRAY_LEN(lights), light_at),
		.stage = one_of(form_text(p->form, "stage"), ARRAY_LEN(stages), stage_at) };
	for (int i = 0; i < WATCH_TAB__MAX; i++) {
		if (str_eq(tab, tabs[i].code))
			v->tab = (enum watch_tab)i;
	}
	if (type != NULL && states_type_from(type) < TYPE__MAX)
		v->type = type;
	if (pressed != NULL && str_to_int(pressed, 0, (long long)ARRAY_LEN(presses) - 1, &level) == 0)
		v->pressed = (int)level;
	desk_read_after(p, &v->after_day, &v->after_id);
}

bool watch_view_filtered(const struct watch_view *v)
{
	return v->unit > 0 || v->officer > 0 || v->type != NULL || v->light != NULL || v->stage != NULL || v->pressed >= 0
		|| v->age > 0;
}

static void add_number(struct str *o, struct arena *a, const char *name, int64_t n)
{
	if (n > 0)
		view_query_add(o, name, arena_printf(a, "%lld", (long long)n));
}

struct url watch_view_url(struct arena *a, const struct watch_view *v, const struct q_list_open *after)
{
	struct str o;

	str_init(&o, a, 600);
	str_add(&o, "/watch");
	view_query_add(&o, "tab", tabs[v->tab].code);
	add_number(&o, a, "unit", v->unit);
	add_number(&o, a, "officer", v->officer);
	view_query_add(&o, "type", v->type);
	view_query_add(&o, "light", v->light);
	view_query_add(&o, "stage", v->stage);
	view_query_add(&o, "pressed", v->pressed >= 0 ? arena_printf(a, "%d", v->pressed) : NULL);
	add_number(&o, a, "age", v->age);
	if (after != NULL)
		view_query_add(&o, "after", arena_printf(a, "%d-%lld", (int)after->sort_due, (long long)after->id));
	return (struct url){ o.s };
}

const char *watch_view_text(struct arena *a, const struct watch_view *v)
{
	return watch_view_url(a, v, NULL).s + strlen("/watch?");
}

const char *watch_tab_name(enum watch_tab tab)
{
	return tabs[tab].name;
}

const char *watch_tab_code(enum watch_tab tab)
{
	return tabs[tab].code;
}

const char *watch_tab_order(enum watch_tab tab)
{
	return tabs[tab].order;
}

const char *watch_tab_empty(enum watch_tab tab)
{
	return tabs[tab].empty;
}

/* --- the choices --- */

static size_t choose_types(const struct watch_view *v, struct choice *list)
{
	for (int i = 0; i < TYPE__MAX; i++) {
		list[i].code = states_type_code((enum ticket_type)i);
		list[i].text = states_type_name((enum ticket_type)i);
		list[i].chosen = str_eq(v->type, list[i].code);
	}
	return TYPE__MAX;
}

static size_t choose_numbers(struct arena *a, const struct watch_view *v, bool is_age, struct choice *list)
{
	size_t n = is_age ? ARRAY_LEN(ages) : ARRAY_LEN(presses);

	for (size_t i = 0; i < n; i++) {
		int value = is_age ? ages[i] : (int)i;

		list[i].code = arena_printf(a, "%d", value);
		list[i].text = is_age ? arena_printf(a, "收到 %d 天以上", value) : presses[i];
		list[i].chosen = value == (is_age ? v->age : v->pressed);
	}
	return n;
}

void watch_choices(struct arena *a, const struct watch_view *v, const char *which, const struct choice **ret,
	size_t *ret_n)
{
	struct choice *list = arena_array(a, TYPE__MAX + ARRAY_LEN(stages) + ARRAY_LEN(presses), sizeof(*list));
	size_t n = 0;

	if (strcmp(which, "type") == 0) {
		n = choose_types(v, list);
	} else if (strcmp(which, "stage") == 0) {
		for (; n < ARRAY_LEN(stages); n++)
			list[n] = (struct choice){ .code = stages[n].code, .text = stages[n].text,
				.chosen = str_eq(v->stage, stages[n].code) };
	} else if (strcmp(which, "light") == 0) {
		for (; n < ARRAY_LEN(lights); n++)
			list[n] = (struct choice){ .code = lights[n][0], .text = lights[n][1],
				.chosen = str_eq(v->light, lights[n][0]) };
	} else {
		n = choose_numbers(a, v, strcmp(which, "age") == 0, list);
	}
	*ret = list;
	*ret_n = n;
}

/* --- the rows --- */

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
static void narrow_light(const struct worktime *wt, const struct watch_view *v, int32_t today, int32_t *from,
	int32_t *to)
{
	const struct light_rule *rule = light_pick(wt->lights, wt->n_lights, "reply", v->type, v->unit, today);
	struct sla_thresholds at = rule != NULL ? rule->at : (struct sla_thresholds){ 2, 2 };
	int32_t yellow = workday(wt, today, -at.yellow);
	int32_t low = DESK_DAY_FIRST, high = DESK_DAY_LAST;

	/* Due on day d, a letter is late by the working days after d up to today. */
	while (sla_left(wt->cal, today, yellow - 1) >= -at.yellow)
		yellow--;
	if (str_eq(v->light, "warn")) {
		low = today;
		high = workday(wt, today, at.warn);
	} else if (str_eq(v->light, "yellow")) {
		low = yellow;
		high = today - 1;
	} else if (str_eq(v->light, "red")) {
		high = yellow - 1;
	}
	*from = low > *from ? low : *from;
	*to = high < *to ? high : *to;
}

static const char *desks_of(const struct watch_view *v)
{
	for (size_t i = 0; i < ARRAY_LEN(stages); i++) {
		if (str_eq(v->stage, stages[i].code))
			return stages[i].desks;
	}
	return DESK_ALL_DESKS;
}

struct narrow {
	int32_t due_from, due_to, received_to;
	const int64_t *unit, *officer, *pressed;
	int64_t level;
};

static void narrow(const struct worktime *wt, const struct watch_view *v, int32_t today, struct narrow *ret)
{
	*ret = (struct narrow){ .due_from = DESK_DAY_FIRST, .due_to = DESK_DAY_LAST,
		.received_to = v->age > 0 ? today - v->age : DESK_DAY_LAST, .level = v->pressed,
		.unit = v->unit > 0 ? &v->unit : NULL, .officer = v->officer > 0 ? &v->officer : NULL };
	if (v->pressed >= 0)
		ret->pressed = &ret->level;
	if (v->tab == WATCH_LATE)
		ret->due_to = today - 1;
	if (v->tab == WATCH_SOON) {
		ret->due_from = today;
		ret->due_to = watch_soon_day(wt, today);
	}
	narrow_light(wt, v, today, &ret->due_from, &ret->due_to);
}

/* What is late or due soon, whoever pressed. */
static int load_clocked(struct page *p, const struct watch_view *v, const struct narrow *n, struct q_list_open **ret,
	size_t *ret_n)
{
	struct desk_reader by = desk_reader(p);
	struct desk_query ask = desk_query_all(page_actor(p));

	ask.unit = n->unit;
	ask.type = v->type;
	ask.desks = desks_of(v);
	ask.states = DESK_CLOCKED;
	ask.handler = v->officer;
	ask.received_to = n->received_to;
	ask.due_from = n->due_from;
	ask.due_to = n->due_to;
	ask.after_due = v->after_day;
	ask.after_id = v->after_id;
	ask.limit = DESK_ROWS + 1;
	return desk_list_load(&by, &ask, ret, ret_n);
}

static int load_unpressed(struct page *p, const struct watch_view *v, const struct narrow *n, struct q_list_open **ret,
	size_t *ret_n)
{
	const struct actor *who = page_actor(p);
	int32_t from = v->after_id > 0 && v->after_day > n->due_from ? v->after_day : n->due_from;

	_Static_assert(sizeof(struct q_watch_unpressed) == sizeof(struct q_list_open), "watch_unpressed: same columns");
	return q_watch_unpressed(p->db, p->a, n->unit, desks_of(v), DESK_CLOCKED, v->type, DESK_DAY_FIRST, n->received_to,
		n->officer, who->unit_id, who->officer_id, from, n->due_to, from, v->after_id, DESK_ROWS + 1,
		(void *)ret, ret_n);
}

/* By the index of letters that have a sign. mask, round, level: which ones. */
static int load_marked(struct page *p, const struct watch_view *v, const struct narrow *n, struct q_list_open **ret,
	size_t *ret_n)
{
	static const struct { int mask, round, level; } which[WATCH_TAB__MAX] = {
		[WATCH_LATE] = { 0, INT16_MAX, 1 }, [WATCH_SOON] = { 0, INT16_MAX, 1 }, [WATCH_REOPENED] = { 0, 2, UINT8_MAX },
		[WATCH_REPEATING] = { WATCH_REPEATED, INT16_MAX, UINT8_MAX },
		[WATCH_LED] = { WATCH_LEADER, INT16_MAX, UINT8_MAX },
		[WATCH_PUSHED] = { 0, INT16_MAX, 1 },
	};
	const struct actor *who = page_actor(p);
	int32_t from = v->after_id > 0 && v->after_day > n->due_from ? v->after_day : n->due_from;

	_Static_assert(sizeof(struct q_watch_marked) == sizeof(struct q_list_open), "watch_marked: same columns");
	return q_watch_marked(p->db, p->a, which[v->tab].mask, which[v->tab].round, which[v->tab].level, n->pressed,
		n->unit,
		desks_of(v), v->tab == WATCH_LATE || v->tab == WATCH_SOON ? DESK_CLOCKED : DESK_OPEN, v->type, DESK_DAY_FIRST,
		n->received_to, n->officer, who->unit_id, who->officer_id, from, n->due_to, from, v->after_id, DESK_ROWS + 1,
		(void *)ret, ret_n);
}

static int load_still(struct page *p, const struct worktime *wt, const struct watch_view *v, const struct narrow *n,
	struct q_list_open **ret, size_t *ret_n)
{
	const struct actor *who = page_actor(p);
	int32_t from = v->after_id > 0 ? v->after_day : DESK_DAY_FIRST;

	_Static_assert(sizeof(struct q_watch_still) == sizeof(struct q_list_open), "watch_still: same columns");
	return q_watch_still(p->db, p->a, n->pressed, n->unit, desks_of(v), DESK_CLOCKED ",submitted_up", v->type,
		DESK_DAY_FIRST,
		n->received_to, n->officer, n->due_from, n->due_to, who->unit_id, who->officer_id, from,
		watch_still_day(wt, clock_day(p->now)), from, v->after_id, DESK_ROWS + 1, (void *)ret, ret_n);
}

int watch_list_load(struct page *p, const struct worktime *wt, const struct watch_view *v, struct q_list_open **ret,
	size_t *ret_n)
{
	struct narrow n;

	narrow(wt, v, clock_day(p->now), &n);
	*ret = NULL;
	*ret_n = 0;
	if (n.due_from > n.due_to)
		return 0;
	if (v->tab == WATCH_STILL)
		return load_still(p, wt, v, &n, ret, ret_n);
	if ((v->tab == WATCH_LATE || v->tab == WATCH_SOON) && v->pressed < 0)
		return load_clocked(p, v, &n, ret, ret_n);
	if ((v->tab == WATCH_LATE || v->tab == WATCH_SOON) && v->pressed == 0)
		return load_unpressed(p, v, &n, ret, ret_n);
	return load_marked(p, v, &n, ret, ret_n);
}

int watch_counts(struct page *p, const struct worktime *wt, int64_t unit, struct q_watch_counts *ret)
{
	const int64_t *only = unit > 0 ? &unit : NULL;
	int32_t today = clock_day(p->now), soon = watch_soon_day(wt, today), still = watch_still_day(wt, today);
	struct q_watch_counts_kept kept;
	int rc = q_watch_counts(p->db, p->a, today, only, today, soon, only, still, only, only, ret);

	if (rc == 0)
		rc = q_watch_counts_kept(p->db, p->a, today, today, soon, still, page_actor(p)->unit_id,
			page_actor(p)->officer_id, only, &kept);
	if (rc != 0)
		return rc;
	/* Of what is counted to its end; a thousand is only “as many, or more”. */
	ret->late -= ret->late < WATCH_COUNT_MAX ? kept.late : 0;
	ret->soon -= ret->soon < WATCH_COUNT_MAX ? kept.soon : 0;
	ret->still -= ret->still < WATCH_COUNT_MAX ? kept.still : 0;
	ret->reopened -= kept.reopened;
	ret->repeated -= kept.repeated;
	ret->leader -= kept.leader;
	ret->pressed -= kept.pressed;
	return 0;
}
