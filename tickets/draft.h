/* draft - keeping a reply while it is being written. Not a change of the letter's state. */
#ifndef DRAFT_H
#define DRAFT_H

#include "ticket.h"

struct draft {
	int64_t id;                  /* 0: nothing written yet */
	int64_t version;             /* to send back when saving */
	const char *body, *result;   /* "" and NULL when nothing */
	int32_t on;
};

/* The draft of the letter's present round. */
int draft_get(struct db *db, struct arena *a, int64_t ticket_id, int round, struct draft *ret) MUST_CHECK;
/* Saves it. version: the one it is based on, 0 for a first one. ERR_CONFLICT when somebody saved since (nothing is
 * lost: draft_get() has theirs, the caller still has its own); ERR_DENIED, ERR_STATE. *ret_version: the new one. */
int draft_save(struct db *db, struct arena *a, int64_t ticket_id, const struct actor *who, const char *body,
               const char *result,
               int32_t on, int64_t version, int64_t *ret_version) MUST_CHECK;

#endif
