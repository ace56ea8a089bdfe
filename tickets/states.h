/* states - the life of a letter as a pure function over states.tbl.
 *
 * states_decide() answers: may this actor do this to a letter of which these facts hold, where does it lead and what
 * happens to the clocks? It reads no database and no clock; ticket.c gathers the facts and carries out the answer. */
#ifndef STATES_H
#define STATES_H

#include <stdbool.h>
#include <stdint.h>

#include "access.h"
#include "err.h"
#include "str.h"

enum ticket_state {
#define STATE(name, code, office, writer, open) TICKET_##name,
#include "states.tbl"
	TICKET__MAX,
	TICKET_NONE = TICKET__MAX
};
enum pub_state {
#define PUB(name, code, zh) PUB_##name,
#include "states.tbl"
	PUB__MAX
};
enum timer_kind {
#define TIMER(name, code, zh) TIMER_##name,
#include "states.tbl"
	TIMER__MAX
};
enum action {
#define ACTION(name, code, button, told, needs) ACT_##name,
#include "states.tbl"
	ACT__MAX
};
enum ticket_type {
#define TYPE(name, code, zh, letter, levels, up, two) TYPE_##name,
#include "types.tbl"
	TYPE__MAX
};

enum {
	NEEDS_NOTHING = 0, NEEDS_TEXT = 1, NEEDS_REASON = 2, NEEDS_UNIT = 4, NEEDS_MASTER = 8, NEEDS_DATE = 16,
	NEEDS_DAYS = 32, NEEDS_REPLY = 64, NEEDS_GRADE = 128, NEEDS_EDITION = 256,
	NEEDS_PARTY = 512, NEEDS_WHICH = 1024, NEEDS_OFFICER = 1 << 16
};
enum { TOLD_WRITER = 1, TOLD_UNIT = 2, TOLD_OFFICE = 4, TOLD_HANDLER = 8 };
#define STATES_TEXT_MAX 3000     /* characters of a note, reason or question */
#define STATES_CO_UNITS_MAX 8

/* What the supervision order of a letter waits for. */
enum order_state { ORDER_NONE, ORDER_ISSUED, ORDER_RECEIVED, ORDER_ANSWERED, ORDER_RETURNED };

/* What is true of a letter now. */
struct facts {
	int64_t ticket_id;
	enum ticket_state state;
	enum pub_state pub;
	enum ticket_type type;
	int64_t version;
	int round;
	int64_t unit_id;             /* main unit, 0: none */
	bool co;                     /* a co-handling unit is the actor's */
	bool supplement_asked, supplement_lapsed;
	int proposal;                /* enum action of the first of two persons; -1: none */
	int64_t proposal_by;
	bool two_needed;             /* it was of a type that takes two persons to refuse, before that was changed */
	int32_t instructed_on;       /* by which a leader wants it answered in this round; DAY_NONE: no day was named */
	bool unit_objected, objection_window_open;
	int64_t holding_author;      /* of the holding reply that waits for approval; 0: none */
	int extension_days;          /* of the open request; 0: none */
	int reply_amount, reply_max, reply_allowance;  /* of the running reply clock, days */
	char reply_unit;             /* of those days: 'W', 'D' */
	bool reply_late;
	bool petition;               /* by its nature (信访事项) */
	bool simulated;              /* a question of the system itself: its answer is never published */
	int64_t reply_author;        /* of the reply in review */
	int level;                   /* review levels it has passed */
	bool promise_open, feedback_open;
	enum order_state order;
	bool nudged, half_over;      /* in this round; of the time for the answer */
	int follow_ups;
	bool rated, rate_window_open;
	bool publish_ok;
	int64_t edition_author;
	bool edited;                 /* the actor has edited an edition, written an answer, or handles the letter */
	bool was_published;
	bool co_unsigned, co_unanswered; /* what the actor's unit, helping, has not done yet */
	int64_t extension_by;        /* who asked for the extension that is open */
	int64_t added_author, added_last; /* of the addition to an answer in review, and of the last approved one */
	int added_level;
	bool passed, passed_added;   /* the actor has passed what is in review at an earlier level */
	bool accepted;               /* it has an acceptance date */
	bool ex_officio;             /* goes on without its writer, who withdrew it */
	bool recused;                /* the actor must keep away from this letter */
	int recusals;                /* that stand */
	bool main_recused;           /* of the main unit: it answered, and is given no second round */
};

/* A reviewer's words at one place of an answer. */
struct act_comment { int paragraph; const char *quote, *words; };

/* What somebody wants to do. Texts NULL when absent; they must be clean (text.h). */
struct act {
	enum action action;
	int64_t version;             /* the version it is based on; 0: whatever it is */
	const char *text;            /* for the writer or the unit: question, opinion, instruction */
	const char *note;            /* for the office only */
	const char *reason;          /* a code of reasons.tbl; retype: of types.tbl */
	int64_t unit_id;             /* assign, uphold: main unit; object: suggested unit; recuse: who keeps away;
	                                invite_co: who shall help */
	int64_t co_units[STATES_CO_UNITS_MAX];
	int n_co_units;
	int64_t officer_id;          /* allot, hand_over: the new handler; recuse: who keeps away */
	int64_t which;               /* lift_recusal: id of the recusal */
	int64_t leaver_id;           /* hand_over: whose letters are handed over */
	int64_t master_id;
	bool master_open;
	int days;                    /* working days */
	int32_t on;                  /* a date: holding, suspension, promise, superior's deadline */
	const char *reply;           /* body of a final or holding reply */
	const char *result;          /* result_code */
	const struct act_comment *comments; /* return_reply, superior_return: at places of the answer */
	size_t n_comments;
	const int64_t *draft_version; /* submit_reply: of the draft it replaces, 0: none; NULL: any */
	int grade;                   /* 5 … 1 */
	const char *solved;          /* yes, partly, no */
	const char *ed_title, *ed_body, *ed_reply;
	const char *seen;            /* approving, publishing: SHA-256 in hex of the bytes on the screen; NULL: not said */
};

/* Where it leads. */
struct move {
	enum ticket_state to;
	enum pub_state pub_to;
	uint32_t stops, starts, pauses, resumes;   /* sets of 1 << TIMER_* */
	uint32_t reruns;             /* stopped clocks that run again from their true starts */
	unsigned told;
};

/* 0 and *ret; or ERR_STATE (not possible now), ERR_DENIED (not by this actor, or not by this person),
 * ERR_INVALID (something is missing or out of range), each with a sentence for the user (err_text). */
int states_decide(const struct facts *f, const struct actor *who, const struct act *act, struct move *ret) MUST_CHECK;
/* The actions this actor is offered now, in table order; returns how many (at most ACT__MAX). */
size_t states_offered(const struct facts *f, const struct actor *who, enum action *ret);
/* Why an action cannot be done now, for a greyed button: a sentence, or NULL when it can or is not the actor's. */
const char *states_why_not(const struct facts *f, const struct actor *who, enum action action);

const char *states_code(enum ticket_state s);          /* TICKET_NONE: "" */
const char *states_office(enum ticket_state s);
const char *states_writer(enum ticket_state s);
bool states_open(enum ticket_state s);
const char *states_pub_code(enum pub_state s);
const char *states_pub_name(enum pub_state s);
const char *states_timer_code(enum timer_kind k);
const char *states_timer_name(enum timer_kind k);
const char *states_action_code(enum action a);
const char *states_action_button(enum action a);
const char *states_action_told(enum action a);
unsigned states_action_needs(enum action a);
const char *states_type_code(enum ticket_type t);
const char *states_type_name(enum ticket_type t);
const char *states_type_letter(enum ticket_type t);
int states_type_levels(enum ticket_type t);
bool states_type_up(enum ticket_type t);    /* its answers go to the superior */
bool states_type_two(enum ticket_type t);   /* refusing it takes two persons */
/* The code's value; __MAX of its enum when there is none. */
enum ticket_state states_from(const char *code);
enum pub_state states_pub_from(const char *code);
enum timer_kind states_timer_from(const char *code);
enum action states_action_from(const char *code);
enum ticket_type states_type_from(const char *code);
/* Reasons and results (reasons.tbl): the Chinese for a code, or NULL; the i-th of a kind, false past the end.
 * kinds: "refuse" "ask" "withhold" "suspend" "result" "reopen" */
const char *states_reason(const char *kind, const char *code);
bool states_reason_at(const char *kind, size_t i, const char **ret_code, const char **ret_text, const char **ret_path);

/* The table as text, or as a Graphviz drawing. */
void states_print(struct str *o, bool dot);

#endif
