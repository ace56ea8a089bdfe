/* alarm - see alarm.h. */
#include "alarm.h"

#include <stdlib.h>

#include "clock.h"
#include "inspect.h"
#include "log.h"
#include "queries.h"
#include "str.h"
#include "worktime.h"

/* A step that was reached and has perhaps not been fired. */
struct due {
	const struct inspect_rule *rule;
	const struct inspect_fact *fact;
	int64_t at;
};

struct firing {
	struct arena *a;
	struct due due;
	int64_t now, tell_at;
	bool fired;
};

int64_t alarm_office_moment(const struct calendar *cal, const struct office_hours *hours, int64_t now)
{
	int32_t day = clock_day(now);
	int minute = clock_second_of_day(now) / 60;

	if (calendar_is_workday(cal, day) && minute <= hours->close_min) {
		if (minute >= hours->open_min)
			return now;
	} else {
		day = calendar_add(cal, day, 1, NULL);
	}
	return clock_day_start(day) + 60ll * hours->open_min;
}

/* It was over and is there again, in the same turn: the fact is open once more, and who was spared the first notice is
 * told after all. */
static int fire_again(struct db *db, const struct firing *w)
{
	const struct inspect_rule *rule = w->due.rule;
	const struct inspect_fact *f = w->due.fact;
	struct q_alarm_of row;
	size_t n = 0;
	char **roles;
	int64_t affected = 0;
	int r = q_alarm_reopen(db, rule->id, f->subject, f->episode, &affected);

	if (r < 0 || affected == 0)
		return r;
	r = q_alarm_of(db, w->a, rule->id, f->subject, f->episode, &row);
	roles = str_split(w->a, arena_strdup(w->a, rule->roles), ',', &n);
	for (size_t i = 0; r == 0 && i < n; i++) {
		if (roles[i][0] != '\0')
			r = q_alarm_tell_after_all(db, roles[i], w->tell_at, w->now, row.id, row.id, roles[i], NULL);
	}
	return r;
}

static int fire(struct db *db, void *arg)
{
	struct firing *w = arg;
	const struct inspect_rule *rule = w->due.rule;
	const struct inspect_fact *f = w->due.fact;
	size_t n = 0;
	char **roles;
	int64_t id;
	int r = q_alarm_add(db, rule->id, f->subject, f->episode, f->words, w->due.at, w->now, &id);

	w->fired = r == 0 && id != 0;
	if (r == 0 && id == 0)
		return fire_again(db, w);
	if (r < 0)
		return r;
	roles = str_split(w->a, arena_strdup(w->a, rule->roles), ',', &n);
	for (size_t i = 0; r == 0 && i < n; i++) {
		if (roles[i][0] != '\0')
			r = q_alarm_tell(db, id, roles[i], w->tell_at, w->now, NULL);
	}
	return r;
}

static int by_moment(const void *x, const void *y)
{
	const struct due *a = x, *b = y;

	return a->at < b->at ? -1 : a->at > b->at ? 1 : a->rule->amount - b->rule->amount;
}

/* Steps of letters are their own clocks' business; so are steps that nobody is told of. */
static bool has_step(const struct inspect_rule *rule, const struct inspect_fact *f)
{
	return rule->kind == f->kind && rule->roles[0] != '\0';
}

static const struct q_alarm_open *find_open(const struct q_alarm_open *open, size_t n, const struct due *d)
{
	for (size_t i = 0; i < n; i++) {
		if (open[i].rule_id == d->rule->id && str_eq(open[i].subject, d->fact->subject) &&
		    str_eq(open[i].episode, d->fact->episode))
			return &open[i];
	}
	return NULL;
}

struct state {
	struct db *db;
	struct arena *a;
	int64_t now;
	const struct worktime *wt;
	struct inspect_rule *rules;
	struct inspect_fact *facts;
	struct q_alarm_open *open;
	size_t rules_n, facts_n, open_n;
	struct due *due;
	size_t due_n;
};

static int load(struct state *s)
{
	int r = worktime_get(s->db, &s->wt);

	if (r == 0)
		r = inspect_rules(s->db, s->a, clock_day(s->now), &s->rules, &s->rules_n);
	if (r == 0)
		r = inspect_facts(s->db, s->a, s->wt, s->now, &s->facts, &s->facts_n);
	return r < 0 ? r : q_alarm_open(s->db, s->a, &s->open, &s->open_n);
}

static void collect(struct state *s)
{
	s->due = arena_array(s->a, s->facts_n * s->rules_n + 1, sizeof *s->due);
	for (size_t f = 0; f < s->facts_n; f++) {
		for (size_t i = 0; i < s->rules_n; i++) {
			int64_t at = has_step(&s->rules[i], &s->facts[f]) ? inspect_due(s->wt->cal, &s->rules[i], &s->facts[f])
			                                                  : TIME_NONE;

			if (at != TIME_NONE && at <= s->now)
				s->due[s->due_n++] = (struct due){ &s->rules[i], &s->facts[f], at };
		}
	}
	qsort(s->due, s->due_n, sizeof *s->due, by_moment);
}

static int fire_all(struct state *s, size_t *done)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < s->due_n; i++) {
		struct firing w = { .a = s->a, .due = s->due[i], .now = s->now, .tell_at = s->now };

		if (find_open(s->open, s->open_n, &s->due[i]) != NULL)
			continue;
		if (!w.due.rule->wakes)
			w.tell_at = alarm_office_moment(s->wt->cal, &s->wt->hours, s->now);
		r = db_tx(s->db, fire, &w);
		if (r < 0 || !w.fired)
			continue;
		++*done;
		log_event(LOG_WARN, "alarm", "kind=%s subject=\"%s\" amount=%d%c", inspect_kind_code(w.due.rule->kind),
		          w.due.fact->subject, w.due.rule->amount, w.due.rule->unit);
	}
	return r;
}

static bool still_due(const struct state *s, const struct q_alarm_open *row)
{
	for (size_t i = 0; i < s->due_n; i++) {
		if (find_open(row, 1, &s->due[i]) != NULL)
			return true;
	}
	return false;
}

int alarm_run(struct db *db, struct arena *a, int64_t now, size_t *done)
{
	struct state s = { .db = db, .a = a, .now = now };
	int r = load(&s);

	if (r < 0)
		return r;
	collect(&s);
	r = fire_all(&s, done);
	for (size_t i = 0; r == 0 && i < s.open_n; i++) {
		if (!still_due(&s, &s.open[i]))
			r = q_alarm_clear(db, now, s.open[i].id, NULL);
	}
	return r;
}
