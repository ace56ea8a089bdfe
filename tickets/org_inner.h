/* org_inner - what the files of org share. */
#ifndef ORG_INNER_H
#define ORG_INNER_H

#include "org.h"
#include "queries.h"

/* The trail: whom and which unit it concerns (0: none), and what changed, in words. reason may be NULL. */
int org_note(const struct org *o, const char *kind, int64_t officer_id, int64_t unit_id, const char *what,
             const char *reason) MUST_CHECK;
/* 0, or ERR_DENIED: the capability, on a person or unit of unit_id. */
int org_may(const struct org *o, enum cap cap, int64_t unit_id) MUST_CHECK;
int64_t org_by(const struct org *o);

#endif
