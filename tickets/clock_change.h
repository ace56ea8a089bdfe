/* clock_change - a change of the calendar or of a term, from its draft to the last clock it moves.
 *
 * A draft (a year's notice, or a new row of the table of terms) is looked at first: which open clocks would move,
 * one row of clock_move each. Applied, it is in force at once for all that begins; the clocks that run are moved in
 * batches by slad, each with an event that names the change, writers told of a new day for their answer and units
 * once for all their letters. Both go on where they were after whatever was killed. One change is applied at a time.
 * A term is pinned to its clock: it moves only when the change says so (open_too), and what a person fixed (a
 * promise, a leader's day) never moves. Used by the pages of rules, by slad and by minshengctl. Source: domain 5.1,
 * 6.6, 7 (item 5). */
#ifndef CLOCK_CHANGE_H
#define CLOCK_CHANGE_H

#include "calendar_file.h"
#include "db.h"
#include "worktime.h"

#define CLOCK_REASON_MAX 80      /* characters of a reason, and of the grounds of a term */

struct q_change_get;

/* A term as somebody wants it. id is not used. */
struct clock_term {
	struct sla_policy p;
	const char *grounds;
};

/* Who changes something and why. officer_id 0: minshengctl. */
struct clock_by {
	int64_t officer_id;
	const char *reason;
};

/* Draws up a change of the calendar and gives its id. ERR_STATE with a sentence when the notices say what is in force
 * already; ERR_INVALID. */
int clock_change_notices(struct db *db, struct arena *a, const struct clock_by *by,
	const struct calendar_file *files, size_t n,
                         int64_t *ret_id) MUST_CHECK;
/* Draws up a new term. open_too: clocks that run already follow it; then it begins today. ERR_INVALID with a
 * sentence. */
int clock_change_term(struct db *db, struct arena *a, const struct clock_by *by, const struct clock_term *term,
	bool open_too,
                      int64_t *ret_id) MUST_CHECK;
/* What is wrong with a term, as a sentence; NULL: nothing. *ret_field: the field of the form. Pure. */
const char *clock_term_wrong(const struct clock_term *term, bool open_too, int32_t today, const char **ret_field);

/* Looks at the clocks for about ms milliseconds; slad goes on with the rest. */
int clock_change_look(struct db *db, struct arena *a, int64_t id, int64_t ms) MUST_CHECK;
/* Puts it into force. ERR_STATE: it has not been looked at to the end, was applied or dropped, another one is being
 * applied, or calendar or terms are no longer those it was looked at with: each with its sentence. */
int clock_change_apply(struct db *db, struct arena *a, int64_t id, int64_t officer_id) MUST_CHECK;
/* Drops a draft with its preview. ERR_STATE when it is in force. */
int clock_change_drop(struct db *db, struct arena *a, int64_t id) MUST_CHECK;
/* For slad: a batch of whatever is being looked at or applied; *done: how many letters were gone through. */
int clock_change_step(struct db *db, struct arena *a, int64_t now, size_t *done) MUST_CHECK;

/* The notices or the term of a change, read from its body. */
int clock_change_files(struct arena *a, const struct q_change_get *change, struct calendar_file **ret,
	size_t *ret_n) MUST_CHECK;
int clock_change_term_of(struct arena *a, const struct q_change_get *change, struct clock_term *ret) MUST_CHECK;
/* "答复时限" of a code of sla_policy.timer. */
const char *clock_timer_name(const char *timer);
/* "投诉的答复时限"; type and unit may be NULL. */
const char *clock_term_name(struct arena *a, const struct sla_policy *p, const char *unit);

#endif
