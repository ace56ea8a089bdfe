/* vault - what minsheng-vaultd decides: is this request to open a contact a proper one?
 *
 * It believes nothing but the database and its own key: for a view it finds the session by its hash, applies the
 * desk's time limits (session_rule.h) and asks access.h; for a notice it checks that the outbox row is being sent
 * under that lease; for a match it tells places in the asker's own texts, so many an hour. The reveal row is
 * committed before anything is opened. vaultd.c does the talking. */
#ifndef VAULT_H
#define VAULT_H

#include <jansson.h>

#include "db.h"

/* A question holds up to six texts (title, letter, reply; of a letter and its edition), an answer no text but a
 * contact. */
#define VAULT_LINE_MAX ((size_t)512 << 10)
#define VAULT_ANSWER_MAX 4096
#define VAULT_TEXTS_MAX 6
#define VAULT_SPANS_MAX 100
#define VAULT_VIEWS_AN_HOUR 30
#define VAULT_VIEWS_ALARM 10
/* Different texts compared with one letter's contact: enough for who edits, little for who guesses. */
#define VAULT_MATCHES_AN_HOUR 60

enum vault_op { VAULT_VIEW = 1, VAULT_NOTIFY = 2, VAULT_MATCH = 4 };

struct vault_ask {
	enum vault_op op;
	int64_t ticket_id, outbox_id;
	unsigned char session[32], lease[16];
	const char *reason;
	const char *texts[VAULT_TEXTS_MAX];
	size_t n_texts;
	int64_t officer_id;          /* found by vault_open(), for the log */
};

/* {"op":"view","ticket_id":1,"session":"hex","reason":"…"} or
 * {"op":"notify","ticket_id":1,"outbox_id":2,"lease":"hex"} or
 * {"op":"match","ticket_id":1,"texts":["…"]}. ERR_BADREQ for anything else. */
int vault_parse(struct arena *a, const char *line, size_t n, struct vault_ask *ret) MUST_CHECK;
/* *ret: an object with those of "name", "phone" and "email" that may be told (no name for a notice); vault_wipe() it.
 * ERR_DENIED, ERR_NOTFOUND, ERR_INVALID, ERR_SLOWDOWN, ERR_DOWN, ERR_DB, ERR_UNSURE.
 * For a match: {"spans":[[text, from, to, form]]}, places where a text names the writer (redact_known()) and nothing of
 * who that is; the comparison is on record before anything is opened. A letter without a contact has no such places. */
int vault_open(struct db *db, struct arena *a, struct vault_ask *ask, int64_t now, json_t **ret) MUST_CHECK;
/* Overwrites the texts of an object and lets go of it. */
void vault_wipe(json_t *o);

#endif
