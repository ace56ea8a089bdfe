/* simulation - see simulation.h. */
#include "simulation.h"

#include <sodium.h>

#include "clock.h"
#include "log.h"
#include "queries.h"
#include "seal.h"
#include "ticket.h"
#include "worktime.h"

#define AGAIN_S 600
#define KEY_BYTES 16
#define LAST_MINUTES 30      /* before the office closes nobody writes who wants it counted today */

static int32_t monday_of(int32_t day)
{
	return day - (clock_weekday(day) - 1);
}

int64_t simulation_moment(const struct calendar *cal, const struct office_hours *hours, int64_t now, uint32_t day_draw,
                          uint32_t minute_draw)
{
	int32_t today = clock_day(now), days[7], day;
	int minute_now = clock_second_of_day(now) / 60, last = hours->close_min - LAST_MINUTES, from;
	uint32_t n = 0;

	for (int32_t d = today; d < monday_of(today) + 7; d++) {
		if (calendar_is_workday(cal, d) && (d > today || minute_now + 1 < last))
			days[n++] = d;
	}
	if (n == 0 || last <= hours->open_min)
		return TIME_NONE;
	day = days[day_draw % n];
	from = day == today && minute_now + 1 > hours->open_min ? minute_now + 1 : hours->open_min;
	return clock_day_start(day) + 60ll * (from + (int)(minute_draw % (uint32_t)(last - from)));
}

/* --- planning and handing in --- */

int simulation_plan(struct db *db, struct arena *a, int64_t now)
{
	const struct worktime *wt;
	struct q_simulation_on on;
	struct q_simulation_in_week planned;
	struct q_simulation_pick question;
	int32_t week = monday_of(clock_day(now));
	unsigned char bytes[KEY_BYTES];
	char key[2 * KEY_BYTES + 1];
	const char *parts[] = { "api", key };
	int64_t at;
	int r = q_simulation_on(db, a, &on);

	if (r < 0 || !on.is_on)
		return r == ERR_NOTFOUND ? 0 : r;
	if ((r = q_simulation_in_week(db, a, week, &planned)) < 0 || planned.n > 0 || (r = worktime_get(db, &wt)) < 0)
		return r;
	at = simulation_moment(wt->cal, &wt->hours, now, randombytes_random(), randombytes_random());
	if (at == TIME_NONE)
		return 0;
	r = q_simulation_pick(db, a, &question);
	if (r < 0)
		return r == ERR_NOTFOUND ? 0 : r;
	randombytes_buf(bytes, sizeof bytes);
	sodium_bin2hex(key, sizeof key, bytes, sizeof bytes);
	return q_simulation_plan(db, week, question.id, at, at, key, seal_sha256(a, parts, 2), NULL);
}

struct taking {
	struct arena *a;
	int64_t now;
	struct q_simulation_due row;
	bool missed;
};

static int take(struct db *db, void *arg)
{
	struct taking *w = arg;
	int r = q_simulation_due(db, w->a, w->now, &w->row);

	if (r < 0)
		return r;
	w->missed = clock_day(w->now) >= w->row.week_on + 7;
	return w->missed ? q_simulation_missed(db, w->row.id, NULL)
	                 : q_simulation_later(db, w->now + AGAIN_S, "", w->row.id, NULL);
}

int simulation_take(struct db *db, struct arena *a, int64_t now, struct simulation *ret)
{
	struct taking w = { .a = a, .now = now };
	int r = db_tx(db, take, &w);

	if (r < 0)
		return r;
	if (w.missed) {
		log_event(LOG_WARN, "simulation_missed", "simulation=%lld tries=%lld", (long long)w.row.id,
		          (long long)w.row.tries);
		return err_set(ERR_NOTFOUND, "its week is over");
	}
	*ret = (struct simulation){ w.row.id,    w.row.send_key, w.row.type, w.row.title,
		                    w.row.body,  w.row.name,     w.row.email };
	return 0;
}

int simulation_filed(struct db *db, int64_t id, const char *no, const char *query_code, int64_t now)
{
	return q_simulation_filed(db, no, query_code, now, id, NULL);
}

int simulation_failed(struct db *db, int64_t id, const char *why, int64_t now)
{
	return q_simulation_later(db, now + AGAIN_S, why, id, NULL);
}

/* --- the desk --- */

static int allowed(const struct actor *who)
{
	return access_may(who, CAP_INSPECT) ? 0 : err_set(ERR_DENIED, "simulated questions are not for this role");
}

int simulation_switch(struct db *db, const struct actor *who, bool on, int64_t now)
{
	int r = allowed(who);

	return r < 0 ? r : q_simulation_switch_add(db, on, &who->officer_id, now, NULL);
}

int simulation_question_add(struct db *db, const struct actor *who, const struct simulated_question *q, int64_t now)
{
	int64_t id;
	int r = allowed(who);

	return r < 0 ? r : q_simulated_question_add(db, q->type, q->title, q->body, q->name, q->email,
	                                            &who->officer_id, now, &id);
}

int simulation_question_set(struct db *db, const struct actor *who, int64_t id, bool active)
{
	int r = allowed(who);

	return r < 0 ? r : q_simulated_question_active(db, active, id, NULL);
}

struct ending {
	struct arena *a;
	const struct actor *who;
	int64_t id, now;
};

static int end(struct db *db, void *arg)
{
	struct ending *w = arg;
	const struct act act = { .action = ACT_WITHDRAW, .on = DAY_NONE };
	struct q_simulation_one row;
	struct q_ticket_id_of ticket;
	int r = q_simulation_one(db, w->a, w->id, &row);

	if (r == 0 && (row.no == NULL || row.ended_at != TIME_NONE))
		r = err_say(ERR_STATE, "这封模拟信件还没有提交，或者已经收回");
	if (r == 0)
		r = q_ticket_id_of(db, w->a, row.no, &ticket);
	if (r == 0)
		r = ticket_apply(db, w->a, ticket.id, &ACTOR_CITIZEN, &act, NULL);
	return r < 0 ? r : q_simulation_end(db, w->now, w->who->officer_id, w->id, NULL);
}

int simulation_end(struct db *db, struct arena *a, const struct actor *who, int64_t id, int64_t now)
{
	struct ending w = { a, who, id, now };
	int r = allowed(who);

	return r < 0 ? r : db_tx(db, end, &w);
}
