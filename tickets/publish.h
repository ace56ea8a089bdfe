/* publish - the public edition: made from letter and answer, decided by a second person, bound to its bytes.
 *
 * A row reaches the public table only with an approval of an edition of the same hash: the database refuses
 * anything else (foreign key and check in sql/schema/0008_public.sql). Editing makes a new edition, which has no
 * approval yet. */
#ifndef PUBLISH_H
#define PUBLISH_H

#include "redact.h"
#include "ticket.h"

/* The text without what is surely personal (redact_public()); a first net, people look. For letters that come
 * without a vault. */
const char *publish_mask(struct arena *a, const char *text, enum redact_voice voice);
/* What stands before something that was added to an answer ("supplementary", "correction"). */
const char *publish_added_heading(struct arena *a, const char *kind, int32_t day);
/* What stands in the place of a letter that is left out. */
const char *publish_summary_body(bool publish_ok);

/* The edition of a letter that has just been answered; where it names its writer the vault says (vault_known()). */
int publish_first_edition(struct change *c, const char *reply) MUST_CHECK;
/* Another edition, by who makes the change; body "": the letter is left out, and it says so. */
int publish_edit(struct change *c, const char *title, const char *body, const char *reply) MUST_CHECK;
/* The last edition with an addition to the answer (kind "supplementary" or "correction"), to be reviewed anew. Until
 * then nothing is public: what stood there is not the approved text any more. Sets c->t.pub. */
int publish_add(struct change *c, const char *kind, const char *body) MUST_CHECK;
/* form "full" or "summary"; NULL: withheld. Records the review with the hash of what was looked at. ERR_CONFLICT
 * when that is not the hash that act->seen names. */
int publish_decide(struct change *c, const char *form) MUST_CHECK;
/* Back to who edits, with words. */
int publish_return(struct change *c) MUST_CHECK;
int publish_put(struct change *c) MUST_CHECK;
int publish_remove(struct change *c) MUST_CHECK;
/* SHA-256 of title 0x1f body 0x1f reply. */
struct db_blob publish_hash(struct arena *a, const char *title, const char *body, const char *reply);

#endif
