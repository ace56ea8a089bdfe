/* rescan - everything published, looked at again: when the rules for personal data have become better, or somebody
 * asks.
 *
 * One runs at a time. slad goes from letter to letter in batches and remembers where it is, so it goes on after
 * whatever was killed; a letter may be looked at twice, what is found in it stands once. What is sure is listed
 * (hints were looked at when the edition was approved) until somebody takes the letter down, edits it, or says
 * that it may stay (fcgi/desk_rescan.c). The bytes of an edition never change: who has decided about one place has
 * decided. */
#ifndef RESCAN_H
#define RESCAN_H

#include "db.h"

/* Begins one. officer_id 0: the operator, or slad itself. ERR_STATE with a sentence: one is running. */
int rescan_start(struct db *db, int64_t officer_id) MUST_CHECK;
/* For slad: begins one when the rules are newer than the last (REDACT_RULES), and does a batch of what runs.
 * *done: letters looked at. */
int rescan_step(struct db *db, struct arena *a, int64_t now, size_t *done) MUST_CHECK;
/* What was found may stay. Once said it stays said. */
int rescan_keep(struct db *db, int64_t find_id, int64_t officer_id) MUST_CHECK;

#endif
