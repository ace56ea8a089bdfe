/* publish - the public edition: made from letter and answer, decided by a second person, bound to its bytes.
 *
 * A row reaches the public table only with an approval of an edition of the same hash: the database refuses
 * anything else (foreign key and check in sql/schema/0008_public.sql). Editing makes a new edition, which has no
 * approval yet. */
#ifndef PUBLISH_H
#define PUBLISH_H

#include "ticket.h"

/* Masks what looks like a mobile, identity, card or telephone number, half or full width, with blanks and dashes
 * inside.
 * official: an office's own words, where land lines and short numbers stay: they are how to reach it. A first net; the
 * reviewer looks. */
const char *publish_mask(struct arena *a, const char *text, bool official);

/* The edition of a letter that has just been answered. */
int publish_first_edition(struct change *c, const char *reply) MUST_CHECK;
int publish_edit(struct change *c, const char *title, const char *body, const char *reply) MUST_CHECK;
/* The last edition with an addition to the answer (kind "supplementary" or "correction"), to be reviewed anew. Until
 * then nothing is public: what stood there is not the approved text any more. Sets c->t.pub. */
int publish_add(struct change *c, const char *kind, const char *body) MUST_CHECK;
/* form "full" or "summary"; NULL: withheld. Records the review with the hash of what was looked at. */
int publish_decide(struct change *c, const char *form) MUST_CHECK;
int publish_put(struct change *c) MUST_CHECK;
int publish_remove(struct change *c) MUST_CHECK;
/* SHA-256 of title 0x1f body 0x1f reply. */
struct db_blob publish_hash(struct arena *a, const char *title, const char *body, const char *reply);

#endif
