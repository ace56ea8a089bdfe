/* store_paper - files made on request: ordered at the desk, made by minsheng-paperd, fetched from the desk.
 *
 * Several paperds share the orders through SKIP LOCKED and a lease; whoever dies while making lets the lease run out,
 * and the order is taken again. What was ordered by a person holds what that person may read when it is made. */
#ifndef STORE_PAPER_H
#define STORE_PAPER_H

#include "access.h"
#include "db.h"

/* Orders of one person that are not made yet. */
#define PAPER_OPEN_MAX 5
#define PAPER_PARAMS_MAX 4000  /* bytes, as the column */
#define PAPER_TITLE_MAX 100    /* characters; a longer one is cut */

enum paper_kind {
#define PAPER(name, code, ending, cap, zh) PAPER_##name,
#include "papers.tbl"
	PAPER__MAX
};
struct paper_row { const char *code, *ending, *zh; enum cap cap; };
/* The table of kinds. */
extern const struct paper_row paper_rows[PAPER__MAX];
/* PAPER__MAX when there is none of that code. */
enum paper_kind paper_kind_from(const char *code);
/* application/… of a file's ending. */
const char *paper_mime(enum paper_kind kind);

struct paper_wish {
	enum paper_kind kind;
	const char *title, *params;
	int64_t asked_by, now;
};
/* Orders a file; one that is ordered already and not made yet is the same order. ERR_SLOWDOWN with a sentence when the
 * person has PAPER_OPEN_MAX in work, ERR_TOOBIG for longer params. */
int store_paper_ask(struct db *db, struct arena *a, const struct paper_wish *wish, int64_t *ret_id) MUST_CHECK;
/* For the record: somebody fetches it. Before the file leaves. */
int store_paper_taken(struct db *db, int64_t id, int64_t officer_id, int64_t now) MUST_CHECK;

/* --- for paperd --- */

struct paper_order {
	int64_t id, asked_by, asked_at;
	enum paper_kind kind;        /* PAPER__MAX: of a version to come */
	const char *title, *params;
	int64_t tries;               /* this one included */
	unsigned char lease[16];
};
struct paper_person { const char *login, *unit; struct actor actor; };
struct paper_made { const char *file_name; int64_t rows, size_bytes; unsigned char sha256[32]; int32_t keep_until; };

/* The one that has waited longest, leased until lease_until. ERR_NOTFOUND when there is nothing to make. */
int store_paper_take(struct db *db, struct arena *a, int64_t now, int64_t lease_until,
                     struct paper_order *ret) MUST_CHECK;
/* So many rows are written; the lease goes on until lease_until. ERR_CONFLICT, here and below, when it has passed to
 * another paperd: the file is no longer wanted. */
int store_paper_progress(struct db *db, const struct paper_order *o, int64_t rows, int64_t lease_until) MUST_CHECK;
int store_paper_done(struct db *db, const struct paper_order *o, const struct paper_made *made, int64_t now) MUST_CHECK;
/* why: a sentence for the person. */
int store_paper_failed(struct db *db, const struct paper_order *o, const char *why, int64_t now) MUST_CHECK;
/* Back in the queue until next_at. */
int store_paper_later(struct db *db, const struct paper_order *o, int64_t next_at) MUST_CHECK;
/* Who ordered it, with the rights of today. ERR_DENIED when that person has none any more. */
int store_paper_person(struct db *db, struct arena *a, int64_t officer_id, int32_t today,
                       struct paper_person *ret) MUST_CHECK;
/* A list has left the house. */
int store_paper_log(struct db *db, const struct paper_order *o, int64_t rows, int64_t now) MUST_CHECK;
int store_paper_gone(struct db *db, int64_t id) MUST_CHECK;

#endif
