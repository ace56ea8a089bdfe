/* seal - contact data and query codes: sealing without being able to open, hashing without keeping.
 *
 * seal_contact() needs only the vault's public key (secret file vault_pk). Query codes are 60 bits derived from
 * the submission's key and the letter's number with receipt_key; only a keyed hash is stored, under the same
 * secret, which is not in the database: a copy of the database gives no code away and no code can be tried
 * against it.
 * Keys are read once, at their first use, and stay in the process. */
#ifndef SEAL_H
#define SEAL_H

#include "db.h"

/* {"name","phone","email"} sealed to the vault; filled up with blanks, so that its length tells nothing. Empty strings
 * are left out. ERR_DOWN when there is no public key, ERR_TOOBIG when the column could not hold it. */
int seal_contact(struct arena *a, const char *name, const char *phone, const char *email, struct db_blob *ret_key_id,
                 struct db_blob *ret_sealed) MUST_CHECK;
/* For vaultd: opens it with the secret key; the JSON text in the arena, to be wiped by the caller. ERR_INVALID when it
 * cannot be opened, ERR_DOWN when there is no secret key. */
int seal_open(struct arena *a, struct db_blob sealed, const char **ret_json) MUST_CHECK;
/* Makes vault_pk and vault_sk in a folder, 0600; keeps existing ones. ERR_INVALID when one of the two is there without
 * the other, or does not belong to it. */
int seal_keygen(const char *secrets_dir) MUST_CHECK;

/* "ABCD-EFGH-JKMN" for (scope, key, number). ERR_DOWN when there is no receipt_key. */
int seal_code(struct arena *a, const char *scope, const char *key, const char *no, const char **ret_code) MUST_CHECK;
/* The 32 bytes stored for a code (normalised: upper case, no dashes and blanks, O→0, I and L→1). Whatever was
 * typed has a hash; what is no code has one that nothing stored equals. */
int seal_code_hash(struct arena *a, const char *no, const char *code, struct db_blob *ret_hash) MUST_CHECK;
/* The 32 bytes by which two letters of one (normalised) telephone number are known as such: a keyed hash under the
 * secret contact_key, which is not in the database. It answers equality alone. ERR_DOWN when there is no such
 * secret. */
int seal_phone_key(struct arena *a, const char *phone, struct db_blob *ret_key) MUST_CHECK;
/* A keyed hash of the parts, 32 bytes, under receipt_key. The first part names the purpose. */
int seal_keyed(struct arena *a, const char *const *parts, size_t n, struct db_blob *ret) MUST_CHECK;
/* A code of n characters out of the first bytes of a hash, in groups of four: "ABCD-EFGH-JKMN". At most 24. */
const char *seal_groups(struct arena *a, struct db_blob hash, int n);
/* A code as typed → as it was given out, without dashes. */
const char *seal_typed(struct arena *a, const char *code);
/* SHA-256 of the parts, each followed by 0x1f but the last. */
struct db_blob seal_sha256(struct arena *a, const char *const *parts, size_t n);

#endif
