/* draft - see draft.h. */
#include "draft.h"

#include "clock.h"
#include "queries.h"

int draft_get(struct db *db, struct arena *a, int64_t ticket_id, int round, struct draft *ret)
{
	struct q_reply_draft_of row;
	int r = q_reply_draft_of(db, a, ticket_id, round, &row);

	*ret = (struct draft){ .body = "", .on = DAY_NONE };
	if (r == ERR_NOTFOUND)
		return 0;
	if (r == 0)
		*ret = (struct draft){ .id = row.id, .version = row.version, .body = row.body, .result = row.result_code,
		                       .on = row.next_on };
	return r;
}

struct saving {
	struct arena *a;
	int64_t ticket_id;
	const struct actor *who;
	const char *body, *result;
	int32_t on;
	int64_t version;
};

static int save(struct db *db, void *arg)
{
	struct saving *w = arg;
	struct q_ticket_lock t;
	struct draft d;
	int64_t n, id, now = clock_now();
	int r = q_ticket_lock(db, w->a, w->ticket_id, &t);

	if (r < 0 || (r = draft_get(db, w->a, w->ticket_id, (int)t.round, &d)) < 0)
		return r;
	if (!access_may_on(w->who, CAP_DRAFT, t.unit_id, false))
		return err_set(ERR_DENIED, "draft of another unit");
	if (!str_eq(t.state, "handling"))
		return err_say(ERR_STATE, "这封信现在不能起草答复");
	if (d.version != w->version)
		return err_set(ERR_CONFLICT, "draft is at version %lld", (long long)d.version);
	if (!d.id)
		return q_reply_add(db, w->ticket_id, t.round, "final", "draft", t.unit_id, w->who->officer_id, w->body,
		                   w->result, w->on, now, TIME_NONE, &id);
	r = q_reply_draft_save(db, t.unit_id, w->who->officer_id, w->body, w->result, w->on, now, d.id, d.version, &n);
	return r == 0 && n == 0 ? err_set(ERR_CONFLICT, "draft changed") : r;
}

int draft_save(struct db *db, struct arena *a, int64_t ticket_id, const struct actor *who, const char *body,
               const char *result,
               int32_t on, int64_t version, int64_t *ret_version)
{
	struct saving w = { a, ticket_id, who, body, result, on, version };
	int r;

	if (result && *result && !states_reason("result", result))
		return err_say(ERR_INVALID, "请选择办理结果");
	if (result && !*result)
		w.result = NULL;
	r = db_tx(db, save, &w);
	if (r == 0)
		*ret_version = version + 1;
	return r;
}
