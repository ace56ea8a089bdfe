/* desk_watch_list - see desk_watch_list.h. */
#include "desk_watch_list.h"

#include <string.h>

#include "clock.h"

/* In which order a list comes, and what it says when it is empty. */
static const struct { const char *order, *empty; } tabs[] = {
	[WATCH_LATE] = { "超期最久的在前", "没有超期的信件。" },
	[WATCH_SOON] = { "最早到期的在前", "两个工作日内没有到期的信件。" },
	[WATCH_STILL] = { "停得最久的在前", "没有停着不动的信件：在办的都在三个工作日内有过进展。" },
	[WATCH_REOPENED] = { "最早到期的在前", "没有重新办理的信件。" },
	[WATCH_REPEATING] = { "最早到期的在前", "没有反复反映的信件。" },
	[WATCH_LED] = { "最早到期的在前", "没有领导批示、还没有答复的信件。" },
	[WATCH_PUSHED] = { "最早到期的在前", "没有督促过、还没有答复的信件。" },
};

/* Codes and texts of a choice, one after the other. */
typedef bool choice_at(size_t i, const char **ret_code, const char **ret_text);

static const char *const presses[] = { "没有督促过", "已提醒", "已催办", "已督办", "已通报" };
/* More than any of the lists of choices has. */
#define CHOICES_MAX 32
_Static_assert(TYPE__MAX < CHOICES_MAX, "types are among the choices");
static const int ages[] = { 5, 10, 20, 30, 60 };

static const struct field watch_fields[] = {
	{ "tab", FIELD_TOKEN, .max = 16 },
	{ "unit", FIELD_INT, .min = 1, .max = INT32_MAX },
	{ "officer", FIELD_INT, .min = 1, .max = INT32_MAX },
	{ "type", FIELD_TOKEN, .max = 24 },
	{ "topic", FIELD_INT, .min = 0, .max = TOPIC_LAST },
	{ "light", FIELD_TOKEN, .max = 16 },
	{ "stage", FIELD_TOKEN, .max = 16 },
	{ "pressed", FIELD_TOKEN, .max = 4 },
	{ "age", FIELD_INT, .min = 1, .max = 1000 },
	{ "after", FIELD_TOKEN, .max = 40 },
};
const struct form_def form_watch = { watch_fields, ARRAY_LEN(watch_fields) };

/* --- the view --- */

static const char *one_of(const char *code, choice_at *at)
{
	const char *is, *text;

	for (size_t i = 0; code != NULL && at(i, &is, &text); i++) {
		if (strcmp(is, code) == 0)
			return is;
	}
	return NULL;
}

struct watch_view watch_view_all(const struct page *p, enum watch_tab tab)
{
	return (struct watch_view){ .tab = tab, .topic = TOPIC_ALL, .pressed = -1, .today = clock_day(p->now) };
}

void watch_view_read(const struct page *p, struct watch_view *v)
{
	const char *type = form_text(p->form, "type"), *pressed = form_text(p->form, "pressed");
	const char *tab = form_text(p->form, "tab");
	long long level = 0;

	*v = watch_view_all(p, tab != NULL ? watch_tab_from(tab) : WATCH_LATE);
	v->unit = form_int(p->form, "unit", 0);
	v->officer = form_int(p->form, "officer", 0);
	v->topic = form_int(p->form, "topic", TOPIC_ALL);
	v->age = (int)form_int(p->form, "age", 0);
	v->light = one_of(form_text(p->form, "light"), watch_light_at);
	v->stage = one_of(form_text(p->form, "stage"), watch_stage_at);
	if (v->tab == WATCH_TAB__MAX)
		v->tab = WATCH_LATE;
	if (type != NULL && states_type_from(type) < TYPE__MAX)
		v->type = type;
	if (pressed != NULL && str_to_int(pressed, 0, (long long)ARRAY_LEN(presses) - 1, &level) == 0)
		v->pressed = (int)level;
	desk_read_after(p, &v->after_day, &v->after_id);
}

bool watch_view_filtered(const struct watch_view *v)
{
	return v->unit > 0 || v->officer > 0 || v->type != NULL || v->light != NULL || v->stage != NULL || v->pressed >= 0
		|| v->topic != TOPIC_ALL || v->age > 0;
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
	view_query_add(&o, "tab", watch_tab_code(v->tab));
	add_number(&o, a, "unit", v->unit);
	add_number(&o, a, "officer", v->officer);
	view_query_add(&o, "type", v->type);
	view_query_add(&o, "topic", v->topic != TOPIC_ALL ? arena_printf(a, "%lld", (long long)v->topic) : NULL);
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

const char *watch_press_text(int pressed)
{
	return presses[pressed];
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

static size_t choose_codes(choice_at *at, const char *chosen, struct choice *list)
{
	size_t n = 0;

	for (; at(n, &list[n].code, &list[n].text); n++)
		list[n].chosen = str_eq(chosen, list[n].code);
	return n;
}

void watch_choices(struct arena *a, const struct watch_view *v, const char *which, const struct choice **ret,
	size_t *ret_n)
{
	struct choice *list = arena_array(a, CHOICES_MAX, sizeof(*list));
	size_t n;

	if (strcmp(which, "type") == 0)
		n = choose_types(v, list);
	else if (strcmp(which, "stage") == 0)
		n = choose_codes(watch_stage_at, v->stage, list);
	else if (strcmp(which, "light") == 0)
		n = choose_codes(watch_light_at, v->light, list);
	else
		n = choose_numbers(a, v, strcmp(which, "age") == 0, list);
	*ret = list;
	*ret_n = n;
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
