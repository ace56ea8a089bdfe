/* triage - what the registrar's one screen does in one go, each part of it through ticket_apply(). */
#ifndef TRIAGE_H
#define TRIAGE_H

#include "ticket.h"

/* Accepts a submitted letter and assigns it (assign: ACT_ASSIGN with its unit): two rows of the history, one
 * transaction, so that a letter is never accepted without being assigned by it. Errors as ticket_apply(). */
int triage_accept_and_assign(struct db *db, struct arena *a, int64_t ticket_id, const struct actor *who,
                             const struct act *assign) MUST_CHECK;

/* What the writer of a refused letter reads: the reason, the lawful path (reasons.tbl), and the registrar's own words
 * (NULL or "" for none). NULL when there is no such reason. */
const char *triage_refusal(struct arena *a, const char *reason, const char *words);

/* Who asks for the letters of a number may do so this often within an hour. */
#define TRIAGE_LOOKUPS 120
#define TRIAGE_CALLER_ROWS 20
struct q_caller_letters;
/* The newest letters from a (normalised) telephone number, but for those to keep away from; that somebody looked, and
 * how many there were, is recorded. ERR_SLOWDOWN: too often; ERR_DOWN: there is no key for the index (seal.h). */
int triage_caller(struct db *db, struct arena *a, const struct actor *who, const char *phone,
                  struct q_caller_letters **ret, size_t *ret_n) MUST_CHECK;

/* How alike two titles are, 0 … 100: Dice's coefficient of their pairs of characters. Pure. */
int triage_likeness(struct arena *a, const char *one, const char *other);

#endif
