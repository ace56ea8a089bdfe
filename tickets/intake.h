/* intake - accepting a letter: check, number, seal, store, start the clocks; once, whatever happens on the way.
 *
 * Everything is one transaction. The idempotency key makes a repeated submission answer with the same receipt; the
 * query code is derived from key and number with a secret that is not in the database, so that nothing needs to be
 * kept to answer again. When the connection is lost during COMMIT the outcome is looked up by the key. */
#ifndef INTAKE_H
#define INTAKE_H

#include "ticket.h"

#define INTAKE_TITLE_MIN 5
#define INTAKE_TITLE_MAX 60      /* graphemes */
#define INTAKE_BODY_MIN 10
#define INTAKE_BODY_MAX 3000
#define INTAKE_LINE_MAX 60       /* demand, place */
#define INTAKE_NAME_MAX 30
#define INTAKE_CODE_CHARS 12

/* Texts are clean (text.h), NULL or "" when absent. */
struct intake {
	enum ticket_type type;
	const char *channel;         /* a code of ticket.channel: web, api, hotline … */
	const char *title, *body, *demand, *place;
	int64_t wanted_unit_id;      /* 0: not sure */
	int64_t about_unit_id;       /* the one it complains about, which must keep away; 0: none */
	bool publish_ok;
	const char *name, *phone, *email;  /* phone and email normalised */
	const char *key_scope;       /* "form", "api", "open311", "ctl": keys of different doors do not meet */
	const char *key;             /* 1-100 bytes */
	const char *external_system, *external_no;   /* transfers; of any letter that has one elsewhere */
	int32_t external_due_on;     /* DAY_NONE: none */

	/* Of letters that an officer takes down: */
	int64_t received_at;         /* when it reached the office; 0: now */
	const char *answer_by;       /* contact, code, counter, post, superior; NULL: contact */
	const struct act *at_once;   /* ACT_ANSWER_AT_ONCE with the answer given there and then; NULL: none */
};
/* A letter that lay about for longer is not taken down but looked into. */
#define INTAKE_DAYS_BACK 30

struct receipt {
	int64_t ticket_id;
	const char *no;
	const char *query_code;      /* "ABCD-EFGH-JKMN" */
	int32_t due_on;              /* an answer comes by then */
	bool provisional;
	bool repeated;               /* this key had been used before: the same letter */
};

/* Stores the letter. ERR_INVALID (which field: err_text), ERR_REUSED: the key was used for another text; ERR_DUP: there
 * is a letter of that external number; ERR_FULL: the disk is nearly full; ERR_DB, ERR_UNSURE. 0 means committed and
 * flushed. who: ACTOR_CITIZEN, ACTOR_API or an officer; what an officer hands in is noted as registered, and the answer
 * given at once (states.tbl) goes into review in the same transaction. */
int intake_submit(struct db *db, struct arena *a, const struct actor *who, const struct intake *in,
                  struct receipt *ret) MUST_CHECK;
/* A letter handed down by a superior: accepted at once, due by the earlier of policy and superior's date. The same
 * (external_system, external_no) again answers with the same letter. */
int intake_transfer(struct db *db, struct arena *a, const struct actor *who, const struct intake *in,
                    struct receipt *ret) MUST_CHECK;

/* Checks number and query code as typed (case, blanks, dashes, full width do not matter). from: the address that asks.
 * On this connection the letter can be read from now on, and no other (views track_, sql/schema/0090).
 * ERR_NOTFOUND alike for an unknown number and a wrong code; ERR_SLOWDOWN, alike too, after 5 wrong tries of a number
 * from one network, or 50 from anywhere, for an hour. */
int intake_find(struct db *db, struct arena *a, const char *no, const char *code, const char *from,
                int64_t *ret_ticket_id) MUST_CHECK;
/* The number of the letter that this very submission of a citizen has already made. ERR_NOTFOUND: none. */
int intake_done(struct db *db, struct arena *a, const struct intake *in, const char **ret_no) MUST_CHECK;
/* ERR_FULL when the disk is nearly full: then nothing new is taken. */
int intake_room(void) MUST_CHECK;

#endif
