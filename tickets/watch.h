/* watch - what supervisors keep: numbers of orders and circulars, the circular with its entries, talks with units.
 *
 * Orders themselves are steps of a letter (states.tbl: supervise, receive_order, feedback, accept_feedback,
 * return_feedback; effects_watch.c). Source: 武汉市政府网站管理办法 art. 36, domain 6.4 and 6.6. */
#ifndef WATCH_H
#define WATCH_H

#include <stdint.h>

#include "access.h"
#include "arena.h"
#include "db.h"

/* A report may be asked for so many days ahead at most. */
#define WATCH_ORDER_DAYS_MAX 90
/* Characters of what is said in a circular of one letter, or of one unit. */
#define WATCH_WORDS_MAX 500
/* Letters in one circular; so many of them because the ladder listed them: there is room for what a person chooses. */
#define WATCH_ENTRIES_MAX 300
#define WATCH_LADDER_MAX 200
/* Working days for a self-criticism. */
#define WATCH_CRITIC_DAYS 5

/* Signs on a letter (column signs). */
enum { WATCH_NUDGED = 1, WATCH_ASKED = 2, WATCH_MERGED = 4, WATCH_SAME = 8, WATCH_LEADER = 16 };
#define WATCH_REPEATED (WATCH_NUDGED | WATCH_ASKED | WATCH_MERGED | WATCH_SAME)
/* Another letter of the same number within so many days is a repetition. */
#define WATCH_SAME_DAYS 90

enum watch_kind { WATCH_ORDER, WATCH_CIRCULAR };

/* The next number of that kind and year; in the transaction that uses it, so that none is missing. */
int watch_number(struct db *db, struct arena *a, enum watch_kind kind, int year, int64_t *ret_seq) MUST_CHECK;
/* 督〔2026〕12号, 通报〔2026〕3号. */
const char *watch_no_text(struct arena *a, enum watch_kind kind, int64_t year, int64_t seq);

/* A letter for the next circular; told to its unit already. Nothing when it waits for one: its words are added. */
int watch_circular_put(struct db *db, int64_t ticket_id, int64_t unit_id, int64_t officer_id, const char *words,
	int64_t now)
	MUST_CHECK;

/* Begins a draft with everything that waits; *ret_id: the draft, the one there is when there is one already.
 * ERR_STATE when nothing waits. */
int watch_circular_begin(struct db *db, struct arena *a, const struct actor *who, int64_t *ret_id) MUST_CHECK;

/* What is said of one unit. */
struct watch_words { int64_t unit_id; const char *words; };
struct watch_draft {
	int64_t id, version;         /* the version it is based on */
	const char *title, *intro, *closing;
	const struct watch_words *units;
	size_t units_n;
	const int64_t *drops;        /* entries that are taken out */
	size_t drops_n;
};
/* Saves a draft. ERR_CONFLICT when somebody else saved it meanwhile, ERR_STATE when it is issued. */
int watch_circular_save(struct db *db, struct arena *a, const struct actor *who,
	const struct watch_draft *d) MUST_CHECK;
/* Issues it: gives it its number, freezes what it says of each letter, and finds who stands in two consecutive ones.
 * The letters are told afterwards (watch_circular_tell). ERR_CONFLICT, ERR_STATE as above, or when it has no entry. */
int watch_circular_issue(struct db *db, struct arena *a, const struct actor *who,
	const struct watch_draft *d) MUST_CHECK;
/* Open letters of an issued circular that were not told yet get their step `circularise`, WATCH_TELL_MAX at once; a
 * transaction a letter, so that it can be called again. Left out are those that this person must keep away from. */
#define WATCH_TELL_MAX 50
int watch_circular_tell(struct db *db, struct arena *a, const struct actor *who, int64_t id) MUST_CHECK;
/* What is still to be told: by this person, and only by another supervisor. */
struct watch_untold { int64_t own, others; };
int watch_circular_untold(struct db *db, struct arena *a, const struct actor *who, int64_t id,
	struct watch_untold *ret) MUST_CHECK;

/* A unit's self-criticism, once; ERR_STATE when none is asked of it. */
int watch_criticise(struct db *db, const struct actor *who, int64_t circular_id, const char *words) MUST_CHECK;
/* A supervisor has taken it. */
int watch_criticism_taken(struct db *db, const struct actor *who, int64_t circular_id, int64_t unit_id) MUST_CHECK;

struct watch_talk {
	int64_t unit_id;
	int32_t held_on;
	const char *person, *about, *words;
	const char *promise;         /* "" */
	int32_t promise_on;          /* DAY_NONE */
	const char *letter;          /* number of a letter; NULL */
	const char *key;             /* of the form: sent twice is one record */
};
/* Writes down a talk. ERR_INVALID: a day to come, or a letter that is not there. */
int watch_talk(struct db *db, struct arena *a, const struct actor *who, const struct watch_talk *talk) MUST_CHECK;

#endif
