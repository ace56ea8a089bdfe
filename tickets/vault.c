/* vault - see vault.h. */
#include "vault.h"

#include <sodium.h>
#include <string.h>

#include "log.h"
#include "redact.h"
#include "seal.h"
#include "session_rule.h"
#include "store_vault.h"
#include "text.h"

#define REASON_MIN 2
#define REASON_MAX 100
#define REASON_COLUMN 200    /* reveal.reason, characters */

static bool from_hex(unsigned char *out, size_t n, const char *hex)
{
	size_t got = 0;

	return strlen(hex) == 2 * n && sodium_hex2bin(out, n, hex, 2 * n, NULL, &got, NULL) == 0 && got == n;
}

/* A list of texts, none of them longer than what is looked at. */
static bool read_texts(struct arena *a, const json_t *list, struct vault_ask *ret)
{
	const json_t *one;
	size_t i;

	if (json_array_size(list) == 0 || json_array_size(list) > VAULT_TEXTS_MAX)
		return false;
	json_array_foreach(list, i, one) {
		const char *text = json_string_value(one);

		if (text == NULL)
			return false;
		ret->texts[ret->n_texts++] = arena_strdup(a, text);
	}
	return true;
}

int vault_parse(struct arena *a, const char *line, size_t n, struct vault_ask *ret)
{
	json_t *o = json_loadb(line, n, JSON_REJECT_DUPLICATES, NULL);
	const char *op = "", *key = "", *reason = "";
	json_int_t ticket = 0, outbox = 0;
	const json_t *texts = NULL;
	bool ok = false;

	*ret = (struct vault_ask){ .reason = "" };
	if (json_unpack(o, "{s:s, s:I, s:s, s:s !}", "op", &op, "ticket_id", &ticket, "session", &key, "reason",
	                &reason) == 0) {
		ret->op = VAULT_VIEW;
		ok = strcmp(op, "view") == 0 && from_hex(ret->session, sizeof ret->session, key);
		ret->reason = arena_strdup(a, reason);
	} else if (json_unpack(o, "{s:s, s:I, s:I, s:s !}", "op", &op, "ticket_id", &ticket, "outbox_id", &outbox,
	                       "lease", &key) == 0) {
		ret->op = VAULT_NOTIFY;
		ok = strcmp(op, "notify") == 0 && outbox > 0 && from_hex(ret->lease, sizeof ret->lease, key);
	} else if (json_unpack(o, "{s:s, s:I, s:o !}", "op", &op, "ticket_id", &ticket, "texts", &texts) == 0) {
		ret->op = VAULT_MATCH;
		ok = strcmp(op, "match") == 0 && read_texts(a, texts, ret);
	}
	ret->ticket_id = ticket;
	ret->outbox_id = outbox;
	json_decref(o);
	return ok && ticket > 0 ? 0 : err_set(ERR_BADREQ, "not a request to the vault");
}

static int clean_reason(struct arena *a, const char *typed, const char **ret)
{
	int r = text_clean_line(a, typed, REASON_MAX, ret);

	if (r == 0 && (text_graphemes(*ret) < REASON_MIN || text_characters(*ret, strlen(*ret)) > REASON_COLUMN))
		r = ERR_INVALID;
	return r == 0 ? 0 : err_set(ERR_INVALID, "a reason has %d to %d characters", REASON_MIN, REASON_MAX);
}

static int may_view(struct db *db, struct arena *a, struct vault_ask *ask, int64_t now)
{
	struct vault_session s;
	bool recused = true;
	int64_t unit_id;
	int r = store_vault_session(db, a, ask->session, &s);

	if (r == ERR_NOTFOUND || (r == 0 && session_has_ended(s.created_at, s.seen_at, now)))
		return err_set(ERR_DENIED, "no such session, or it has ended");
	if (r < 0)
		return r;
	ask->officer_id = s.actor.officer_id;
	r = clean_reason(a, ask->reason, &ask->reason);
	if (r == 0)
		r = store_vault_unit(db, a, ask->ticket_id, &unit_id);
	if (r == 0)
		r = store_vault_recused(db, a, ask->ticket_id, &s.actor, &recused);
	if (r == 0 && (recused || !access_may_on(&s.actor, CAP_REVEAL, unit_id, false)))
		r = err_set(ERR_DENIED, "not an officer who may see the contact of this letter");
	return r;
}

static int may_notify(struct db *db, struct arena *a, struct vault_ask *ask, int64_t now)
{
	int64_t ticket_id = 0;
	int r = store_vault_lease(db, a, ask->outbox_id, ask->lease, now, &ticket_id);

	ask->reason = "notice";
	if (r == ERR_NOTFOUND || (r == 0 && ticket_id != ask->ticket_id))
		return err_set(ERR_DENIED, "no notice for this letter is being sent under that lease");
	return r;
}

void vault_wipe(json_t *o)
{
	const char *key;
	json_t *v;

	json_object_foreach(o, key, v) {
		if (json_is_string(v))
			sodium_memzero((void *)json_string_value(v), json_string_length(v));
	}
	json_decref(o);
}

static int unseal(struct arena *a, struct db_blob sealed, enum vault_op op, json_t **ret)
{
	const char *text = NULL, *name = "", *phone = "", *email = "";
	size_t n = sealed.n;
	json_t *o;
	int r = seal_open(a, sealed, &text);

	if (r < 0)
		return r;
	n = strlen(text);
	o = json_loadb(text, n, 0, NULL);
	sodium_memzero((void *)text, n);
	if (json_unpack(o, "{s?s, s?s, s?s}", "name", &name, "phone", &phone, "email", &email) != 0)
		r = err_set(ERR_INVALID, "sealed contact is not an object of texts");
	else
		*ret = json_pack("{s:s, s:s, s:s}", "name", op == VAULT_NOTIFY ? "" : name, "phone", phone, "email",
		                 email);
	vault_wipe(o);
	return r;
}

/* --- comparing --- */

static int form_of(const struct redact_span *span)
{
	int form = 0;

	while (form + 1 < REDACT_OWN__MAX && redact_known_forms[form].why != span->why)
		form++;
	return form;
}

static void add_places(struct arena *a, const struct vault_ask *ask, const struct redact_who *who, json_t *list)
{
	for (size_t i = 0; i < ask->n_texts; i++) {
		struct redact_span *spans;
		size_t n = redact_known(a, ask->texts[i], who, &spans);

		for (size_t k = 0; k < n && json_array_size(list) < VAULT_SPANS_MAX; k++)
			json_array_append_new(list, json_pack("[i, I, I, i]", (int)i, (json_int_t)spans[k].from,
				(json_int_t)spans[k].to, form_of(&spans[k])));
	}
}

static int match(struct db *db, struct arena *a, const struct vault_ask *ask, int64_t now, json_t **ret)
{
	struct redact_who who = { "", "", "" };
	struct db_blob sealed, sha = seal_sha256(a, ask->texts, ask->n_texts);
	json_t *contact = NULL, *list = NULL;
	int r = store_vault_contact(db, a, ask->ticket_id, &sealed);

	if (r == ERR_NOTFOUND) {
		*ret = json_pack("{s:[]}", "spans");
		return 0;
	}
	if (r == 0)
		r = store_vault_match(db, a, ask->ticket_id, sha, now, VAULT_MATCHES_AN_HOUR);
	if (r == 0)
		r = unseal(a, sealed, ask->op, &contact);
	if (r < 0)
		return r;
	json_unpack(contact, "{s:s, s:s, s:s}", "name", &who.name, "phone", &who.phone, "email", &who.email);
	list = json_array();
	add_places(a, ask, &who, list);
	vault_wipe(contact);
	*ret = json_pack("{s:o}", "spans", list);
	return 0;
}

int vault_open(struct db *db, struct arena *a, struct vault_ask *ask, int64_t now, json_t **ret)
{
	struct reveal rev;
	struct db_blob sealed;
	int64_t before = 0;
	int r;

	if (ask->op == VAULT_MATCH)
		return match(db, a, ask, now, ret);
	r = ask->op == VAULT_VIEW ? may_view(db, a, ask, now) : may_notify(db, a, ask, now);

	if (r == 0)
		r = store_vault_contact(db, a, ask->ticket_id, &sealed);
	if (r < 0)
		return r;
	rev = (struct reveal){ ask->ticket_id, ask->officer_id, ask->outbox_id, ask->reason };
	r = store_vault_reveal(db, a, &rev, now, now - 3600, VAULT_VIEWS_AN_HOUR, &before);
	if (ask->op == VAULT_VIEW && before + 1 >= VAULT_VIEWS_ALARM)
		log_event(LOG_WARN, "many_reveals", "officer=#%lld in_an_hour=%lld", (long long)ask->officer_id,
		          (long long)before + 1);
	return r < 0 ? r : unseal(a, sealed, ask->op, ret);
}
