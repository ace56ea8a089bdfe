/* simulation - the weekly simulated question, as an inspector would ask it (国办秘函〔2019〕19号: a simple question is
 * answered within 5 working days).
 *
 * Planned for a drawn moment of the office hours and handed in over the public interface by minsheng-patrold. By
 * the hash of its idempotency key intake.c knows the letter as simulated: it is in no statistics and never
 * public, and nothing else tells it from others. Which ones they are stands in the table simulation alone, for
 * who has CAP_INSPECT. A plan is one row a week, a key is one letter: several patrols, or one that died half
 * way, do no harm. */
#ifndef SIMULATION_H
#define SIMULATION_H

#include "access.h"
#include "calendar.h"
#include "db.h"

/* A moment after now of the office hours of a working day of now's week (Monday to Sunday): which day and which
 * minute by the two draws. TIME_NONE when no such moment is left. Pure. */
int64_t simulation_moment(const struct calendar *cal, const struct office_hours *hours, int64_t now, uint32_t day_draw,
                          uint32_t minute_draw);

/* --- minsheng-patrold --- */

/* Plans this week's question when questions are switched on and there is none yet. */
int simulation_plan(struct db *db, struct arena *a, int64_t now) MUST_CHECK;

struct simulation {
	int64_t id;
	const char *key, *type, *title, *body, *name, *email;
};
/* One that is due, set to be tried again in 10 minutes should the caller die. ERR_NOTFOUND when none is; what
 * could not be handed in until its week was over is marked as missed and not returned. */
int simulation_take(struct db *db, struct arena *a, int64_t now, struct simulation *ret) MUST_CHECK;
int simulation_filed(struct db *db, int64_t id, const char *no, const char *query_code, int64_t now) MUST_CHECK;
/* It could not be handed in: why, for who looks. */
int simulation_failed(struct db *db, int64_t id, const char *why, int64_t now) MUST_CHECK;

/* --- the desk; ERR_DENIED without CAP_INSPECT --- */

struct simulated_question {
	const char *type, *title, *body, *name, *email;
};
int simulation_switch(struct db *db, const struct actor *who, bool on, int64_t now) MUST_CHECK;
/* Texts as in a letter (intake.h). */
int simulation_question_add(struct db *db, const struct actor *who, const struct simulated_question *q,
                            int64_t now) MUST_CHECK;
int simulation_question_set(struct db *db, const struct actor *who, int64_t id, bool active) MUST_CHECK;
/* Takes an unanswered one back, as its writer would: the letter is withdrawn. ERR_STATE when it is answered or
 * over. */
int simulation_end(struct db *db, struct arena *a, const struct actor *who, int64_t id, int64_t now) MUST_CHECK;

#endif
