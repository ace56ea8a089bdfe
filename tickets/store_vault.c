/* store_vault - see store_vault.h. */
#include "store_vault.h"

#include <string.h>

#include "clock.h"
#include "queries.h"

static uint32_t roles_of(const char *text)
{
	uint32_t set = 0;

	while (*text != '\0') {
		size_t n = strcspn(text, " ");

		for (int i = 0; i < ROLE_CITIZEN; i++) {
			const char *code = access_role_code((enum role)i);

			if (strlen(code) == n && strncmp(code, text, n) == 0)
				set |= 1u << i;
		}
		text += n + (text[n] == ' ');
	}
	return set;
}

int store_vault_session(struct db *db, struct arena *a, const unsigned char id_hash[32], struct vault_session *ret)
{
	struct q_vault_session row;
	uint32_t own;
	int r = q_vault_session(db, a, clock_day(clock_now()), (struct db_blob){ id_hash, 32 }, &row);

	if (r < 0)
		return r;
	own = roles_of(row.roles);
	*ret = (struct vault_session){ .created_at = row.created_at, .seen_at = row.seen_at,
		.actor = { .officer_id = row.officer_id, .unit_id = row.unit_id, .name = "",
		           /* As everywhere: nothing is lent to administrators. */
		           .roles = own & access_admin_roles() ? own : own | roles_of(row.lent) } };
	return 0;
}

int store_vault_unit(struct db *db, struct arena *a, int64_t ticket_id, int64_t *ret_unit_id)
{
	struct q_vault_ticket row;
	int r = q_vault_ticket(db, a, ticket_id, &row);

	if (r == 0)
		*ret_unit_id = row.unit_id;
	return r;
}

int store_vault_recused(struct db *db, struct arena *a, int64_t ticket_id, const struct actor *who, bool *ret)
{
	struct q_recusal_count row;
	int r = q_recusal_count(db, a, ticket_id, who->unit_id, who->officer_id, &row);

	*ret = r < 0 || row.n > 0;
	return r;
}

int store_vault_lease(struct db *db, struct arena *a, int64_t outbox_id, const unsigned char lease[16], int64_t now,
                      int64_t *ret_ticket_id)
{
	struct q_vault_lease row;
	int r = q_vault_lease(db, a, outbox_id, (struct db_blob){ lease, 16 }, now, &row);

	if (r == 0)
		*ret_ticket_id = row.ticket_id;
	return r;
}

int store_vault_contact(struct db *db, struct arena *a, int64_t ticket_id, struct db_blob *ret_sealed)
{
	struct q_contact_get row;
	int r = q_contact_get(db, a, ticket_id, &row);

	if (r == 0)
		*ret_sealed = row.sealed;
	return r;
}

struct revealing {
	struct arena *a;
	const struct reveal *rev;
	int64_t now, since, most, before;
};

static int reveal(struct db *db, void *arg)
{
	struct revealing *w = arg;
	const struct reveal *rev = w->rev;
	struct q_vault_views views = { 0 };
	int64_t id;
	int r = 0;

	if (rev->officer_id != 0)
		r = q_vault_views(db, w->a, rev->officer_id, w->since, &views);
	if (r < 0)
		return r;
	w->before = views.n;
	if (rev->officer_id != 0 && views.n >= w->most)
		return err_set(ERR_SLOWDOWN, "officer %lld has looked at %lld contacts", (long long)rev->officer_id,
		               (long long)views.n);
	return q_reveal_add(db, rev->ticket_id, rev->officer_id != 0 ? "view" : "notify", rev->officer_id,
	                    rev->outbox_id, rev->reason, w->now, &id);
}

int store_vault_reveal(struct db *db, struct arena *a, const struct reveal *rev, int64_t now, int64_t since,
                       int64_t most, int64_t *ret_before)
{
	struct revealing w = { .a = a, .rev = rev, .now = now, .since = since, .most = most };
	int r = db_tx(db, reveal, &w);

	*ret_before = w.before;
	return r;
}

int store_vault_match(struct db *db, struct arena *a, int64_t ticket_id, struct db_blob texts_sha256, int64_t now,
                      int64_t most)
{
	struct q_contact_matches row;
	int r = q_contact_matches(db, a, texts_sha256, ticket_id, now - 3600, &row);

	if (r < 0 || row.same)
		return r;
	if (row.n >= most)
		return err_set(ERR_SLOWDOWN, "the contact of letter %lld was compared %lld times", (long long)ticket_id,
		               (long long)row.n);
	r = q_contact_match_add(db, ticket_id, texts_sha256, now, NULL);
	return r == ERR_DUP ? 0 : r; /* another one was faster: it is on record */
}
