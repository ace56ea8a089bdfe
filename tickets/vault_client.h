/* vault_client - asking minsheng-vaultd for one contact.
 *
 * The vault decides itself: for a view it looks up the session and asks access.h; for a notice it checks that
 * the outbox row is leased under that token. It writes the reveal row before it opens anything. */
#ifndef VAULT_CLIENT_H
#define VAULT_CLIENT_H

#include "db.h"
#include "redact.h"

struct contact { const char *name, *phone, *email; };   /* "" when absent */

/* For an officer. session_hash: 32 bytes; reason 2-100 characters. ERR_DENIED, ERR_NOTFOUND, ERR_INVALID, ERR_DOWN. */
int vault_view(struct arena *a, int64_t ticket_id, const unsigned char session_hash[32], const char *reason,
               struct contact *ret) MUST_CHECK;
/* For notifyd. lease: 16 bytes of outbox.lease. */
int vault_notify(struct arena *a, int64_t ticket_id, int64_t outbox_id, const unsigned char lease[16],
                 struct contact *ret) MUST_CHECK;

/* Where texts name the writer of a letter: of each of the n texts (at most 6) a list of spans in order; what the
 * name is stays in the vault, and that it was compared is on record. ERR_TOOBIG: the texts are longer than the
 * vault takes. */
struct known { struct redact_span *spans; size_t n; };
int vault_known(struct arena *a, int64_t ticket_id, const char *const *texts, size_t n, struct known *ret) MUST_CHECK;

#endif
