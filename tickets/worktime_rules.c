/* worktime_rules - the rules of lights and ladders out of the database, for worktime.c; and which of them applies. */
#include "worktime_rules.h"

#include "clock.h"
#include "queries.h"

static const char *keep(struct arena *to, const char *s)
{
	return s ? arena_strdup(to, s) : NULL;
}

static int load_lights(struct db *db, struct arena *tmp, struct arena *to, struct worktime *wt)
{
	struct q_light_rules *rows;
	struct light_rule *list;
	int r = q_light_rules(db, tmp, &rows, &wt->n_lights);

	if (r < 0)
		return r;
	list = arena_array(to, wt->n_lights + 1, sizeof *list);
	for (size_t i = 0; i < wt->n_lights; i++) {
		list[i] = (struct light_rule){ .scope = { rows[i].id, keep(to, rows[i].timer), keep(to, rows[i].business_type),
			rows[i].unit_id, rows[i].valid_from, rows[i].valid_to }, .warned_red = rows[i].warned_red,
			.at = { (int)rows[i].warn_amount, (int)rows[i].yellow_amount } };
	}
	wt->lights = list;
	return 0;
}

/* The steps of a ladder: rows come ladder by ladder, as the ladders do. *at: where its rows begin, then where they
 * end. */
static void take_steps(struct arena *to, struct ladder *l, const struct q_ladder_steps *rows, size_t n, size_t *at)
{
	struct ladder_step *steps;
	size_t first = *at;

	while (*at < n && rows[*at].ladder_id == l->scope.id)
		++*at;
	l->n_steps = *at - first;
	steps = arena_array(to, l->n_steps + 1, sizeof *steps);
	for (size_t i = 0; i < l->n_steps; i++) {
		const struct q_ladder_steps *row = &rows[first + i];

		steps[i] = (struct ladder_step){ .id = row->id, .from_start = str_eq(row->anchor, "start"),
			.amount = (int)row->amount, .unit = row->amount_unit[0], .to = ladder_audience_from(row->audience) };
	}
	l->steps = steps;
}

int worktime_rules_load(struct db *db, struct arena *tmp, struct arena *to, struct worktime *wt)
{
	struct q_ladders *rows;
	struct q_ladder_steps *steps;
	struct ladder *list;
	size_t n_steps, at = 0;
	int r = load_lights(db, tmp, to, wt);

	if (r < 0 || (r = q_ladders(db, tmp, &rows, &wt->n_ladders)) < 0 ||
	    (r = q_ladder_steps(db, tmp, &steps, &n_steps)) < 0)
		return r;
	list = arena_array(to, wt->n_ladders + 1, sizeof *list);
	for (size_t i = 0; i < wt->n_ladders; i++) {
		list[i] = (struct ladder){ .scope = { rows[i].id, keep(to, rows[i].timer), keep(to, rows[i].business_type),
			rows[i].unit_id, rows[i].valid_from, rows[i].valid_to },
			.late_to = ladder_audience_from(rows[i].late_audience) };
		take_steps(to, &list[i], steps, n_steps, &at);
	}
	wt->ladders = list;
	return 0;
}

const struct ladder *worktime_ladder(const struct worktime *wt, const char *timer, enum ticket_type type,
                                     int64_t unit_id, int32_t day)
{
	return ladder_pick(wt->ladders, wt->n_ladders, timer, type < TYPE__MAX ? states_type_code(type) : NULL, unit_id,
	                   day);
}

const struct ladder *worktime_ladder_of(const struct worktime *wt, int64_t id)
{
	for (size_t i = 0; i < wt->n_ladders; i++) {
		if (wt->ladders[i].scope.id == id)
			return &wt->ladders[i];
	}
	return NULL;
}

const struct light_rule *worktime_light(const struct worktime *wt, const char *timer, enum ticket_type type,
                                        int64_t unit_id, int32_t day)
{
	static const struct light_rule usual = { .at = { .warn = 2, .yellow = 2 } };
	const struct light_rule *rule = light_pick(wt->lights, wt->n_lights, timer,
	                                           type < TYPE__MAX ? states_type_code(type) : NULL, unit_id, day);

	return rule ? rule : &usual;
}

int32_t worktime_soon_day(const struct worktime *wt, int32_t today)
{
	int32_t day = calendar_add(wt->cal, today, worktime_light(wt, "reply", TYPE__MAX, 0, today)->at.warn, NULL);

	return day == DAY_NONE ? today : day;
}

int64_t worktime_opening(const struct worktime *wt, int64_t at)
{
	int32_t day = clock_day(at);
	int second = clock_second_of_day(at);
	bool works = calendar_is_workday(wt->cal, day);

	if (works && second >= wt->hours.open_min * 60 && second <= wt->hours.close_min * 60)
		return at;
	if (!works || second > wt->hours.close_min * 60)
		day = calendar_add(wt->cal, day, 1, NULL);
	return day == DAY_NONE ? at : clock_day_start(day) + wt->hours.open_min * 60;
}
