/* ticket - the letter, and the only way its state changes.
 *
 * ticket_apply() locks the letter, asks states_decide(), and writes the change, its history row, the clocks, the outbox
 * rows and the statistics deltas in one transaction. Everything that happens to a letter goes through it: pages, the
 * API, minshengctl, slad. What an action does besides (effects.c) is one function an action.
 * Source of the rules: domain section 6. */
#ifndef TICKET_H
#define TICKET_H

#include "db.h"
#include "states.h"
#include "worktime.h"

/* The row of a letter. 0: none for ids and grade; TIME_NONE, DAY_NONE, NULL as ever. */
struct ticket {
	int64_t id;
	const char *no;
	enum ticket_type type;
	enum ticket_state state;
	enum pub_state pub;
	int64_t version;
	int round;
	int64_t unit_id, handler_id;
	bool publish_ok;
	int64_t received_at;
	int32_t received_on;
	int64_t accepted_at;
	int32_t due_on;
	bool due_provisional;
	int32_t first_due_on;
	int64_t replied_at;
	int reply_workdays;          /* -1: not answered */
	int64_t closed_at;
	const char *result_code, *reason_code;
	int64_t master_id;
	int grade;
	int64_t topic_id;            /* what it is about; 0: not said */
	bool simulated;              /* a question of the system itself: in no statistics, never public */
	unsigned marks;              /* TICKET_EXTENDED … */
};

/* What has happened to a letter once; history says when. Bits of ticket.marks. */
#define TICKET_EXTENDED 1u       /* its answer's term was extended */
#define TICKET_RETURNED 2u       /* a unit objected, and it went to another one */
#define TICKET_SENT_BACK 4u      /* a reviewer sent its answer back */
#define TICKET_REWORKED 8u       /* handled once more after it had been answered */
#define TICKET_PETITION 16u      /* by its nature a petition (信访事项): its answer has the terms of those */
#define TICKET_TWO 32u           /* was of a type whose refusal takes two persons, before that was changed */

struct timer {
	int64_t id;
	enum timer_kind kind;
	int round;
	bool paused;
	int64_t policy_id;
	int32_t start_on;
	int amount;
	char unit;
	int32_t due_on;
	bool provisional;
	int64_t next_at;
	bool next_is_breach;
	int64_t breached_at;
	int64_t unit_id;             /* whose clock it is; 0: of the letter as a whole */
	int64_t ladder_id;           /* the steps it began with; 0: those in force when it began */
};

/* A change while it is being made: what effects.c and timers.c work on. */
struct change {
	struct db *db;
	struct arena *a;
	const struct worktime *wt;
	int64_t now;
	int32_t today;
	const struct actor *who;
	const struct act *act;
	struct facts facts;
	struct move move;
	struct ticket before, t;     /* t is written back */
	struct timer *timers;        /* open ones, before the change */
	size_t n_timers;
	int64_t only_unit;           /* of the clocks that units have of their own, this one's only; 0: all */
	int64_t new_co[STATES_CO_UNITS_MAX]; /* units that begin to help */
	int n_new_co;
	const char *public_note, *reason;
	const char *office_note;     /* instead of act->text, for the office only */
};

/* Applies act to the letter. *ret (may be NULL): the letter after it, in the arena.
 * ERR_NOTFOUND; ERR_CONFLICT when act->version is not the letter's; the errors of states_decide(); ERR_DB,
 * ERR_UNSURE. */
int ticket_apply(struct db *db, struct arena *a, int64_t ticket_id, const struct actor *who, const struct act *act,
                 struct ticket *ret) MUST_CHECK;
/* The letter and the facts about it for an actor, without a lock: for showing and for buttons. */
int ticket_facts(struct db *db, struct arena *a, int64_t ticket_id, const struct actor *who, struct ticket *ret_t,
                 struct facts *ret_f) MUST_CHECK;
/* The id of a number. ERR_NOTFOUND. */
int ticket_id(struct db *db, struct arena *a, const char *no, int64_t *ret_id) MUST_CHECK;

/* For intake.c and import.c: writes the first history row, the clocks, outbox and deltas of a letter just inserted.
 * c->t, c->who, c->act, c->move, c->now, c->wt are filled; c->before is zero with state TICKET_NONE. */
int ticket_begin(struct change *c) MUST_CHECK;
/* From the generated row (same columns as ticket_lock). */
struct q_ticket_lock;
void ticket_from_row(const struct q_ticket_lock *row, struct ticket *ret);

/* "MS-T-20261121-483920-7": prefix, letter of the type, day, six random digits, check digit (Luhn over the digits). */
const char *ticket_number(struct arena *a, enum ticket_type type, int32_t day, uint32_t serial);
/* True when the form and check digit are right; *ret is then the number as it is written above, whatever was typed: any
 * width and case, blanks, dashes of any kind or none. Otherwise *ret is what was typed, folded. */
bool ticket_number_ok(struct arena *a, const char *typed, const char **ret);

#endif
