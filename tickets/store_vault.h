/* store_vault - what minsheng-vaultd asks the database: who asks, about which letter, and the sealed bytes. */
#ifndef STORE_VAULT_H
#define STORE_VAULT_H

#include "access.h"
#include "db.h"

struct vault_session { struct actor actor; int64_t created_at, seen_at; };

/* ERR_NOTFOUND when there is no such session, or its officer is disabled. */
int store_vault_session(struct db *db, struct arena *a, const unsigned char id_hash[32],
                        struct vault_session *ret) MUST_CHECK;
/* The letter's main unit, 0 for none. ERR_NOTFOUND. */
int store_vault_unit(struct db *db, struct arena *a, int64_t ticket_id, int64_t *ret_unit_id) MUST_CHECK;
/* Whether this officer must keep away from the letter. */
int store_vault_recused(struct db *db, struct arena *a, int64_t ticket_id, const struct actor *who,
                        bool *ret) MUST_CHECK;
/* The letter of a notice to its writer that is being sent under that lease. ERR_NOTFOUND: no such notice, lease
 * or time. */
int store_vault_lease(struct db *db, struct arena *a, int64_t outbox_id, const unsigned char lease[16], int64_t now,
                      int64_t *ret_ticket_id) MUST_CHECK;
/* ERR_NOTFOUND when the letter has no contact. */
int store_vault_contact(struct db *db, struct arena *a, int64_t ticket_id, struct db_blob *ret_sealed) MUST_CHECK;

struct reveal { int64_t ticket_id, officer_id, outbox_id; const char *reason; };

/* Commits the row that says who is about to see what. For an officer at most `most` in the time since `since`:
 * ERR_SLOWDOWN. *ret_before (for an officer): how many there were already. */
int store_vault_reveal(struct db *db, struct arena *a, const struct reveal *rev, int64_t now, int64_t since,
                       int64_t most, int64_t *ret_before) MUST_CHECK;

/* Commits the row that says that texts (their hash) are about to be compared with the contact; the same texts have
 * one row. At most `most` others of this letter in an hour: ERR_SLOWDOWN. */
int store_vault_match(struct db *db, struct arena *a, int64_t ticket_id, struct db_blob texts_sha256, int64_t now,
                      int64_t most) MUST_CHECK;

#endif
