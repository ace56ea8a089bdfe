/* draft - see draft.h. */
#include "draft.h"

#include "clock.h"
#include "diff.h"
#include "queries.h"

/* Automatic saves within this time of the first one are one version. */
#define ONE_VERSION_S 120

static const struct { const char *code, *name; } events[DRAFT__MAX] = {
	[DRAFT_AUTO] = { "auto", "自动保存" }, [DRAFT_SAVE] = { "save", "保存" }, [DRAFT_RESTORE] = { "restore", "恢复旧稿" },
	[DRAFT_SUBMIT] = { "submit", "提交审核" }, [DRAFT_RETURN] = { "return", "退回" }, [DRAFT_ASIDE] = { "aside", "冲突时另存" },
};

enum draft_event draft_event_from(const char *code)
{
	int e = 0;

	while (e < DRAFT__MAX && !str_eq(events[e].code, code))
		e++;
	return (enum draft_event)e;
}

const char *draft_event_name(enum draft_event e)
{
	return e < DRAFT__MAX ? events[e].name : "";
}

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

/* --- versions --- */

static void count(struct arena *a, const char *before, const char *after, int64_t *ret_added, int64_t *ret_removed)
{
	size_t n, added, removed;
	const struct diff_piece *p = diff_texts(a, before, after, &n);

	diff_count(p, n, &added, &removed);
	*ret_added = (int64_t)added;
	*ret_removed = (int64_t)removed;
}

int draft_record(struct db *db, struct arena *a, int64_t reply_id, int64_t version, enum draft_event event,
                 int64_t officer_id, const struct draft_text *text, const char *note)
{
	struct q_reply_version_tail *last;
	int64_t added, removed, id, now = clock_now();
	size_t n;
	bool again;
	int r = q_reply_version_tail(db, a, reply_id, &last, &n);

	if (r < 0)
		return r;
	again = event == DRAFT_AUTO && n > 0 && str_eq(last[0].event, "auto") && last[0].author_id == officer_id &&
	        now - last[0].began_at < ONE_VERSION_S;
	count(a, n > (again ? 1 : 0) ? last[again ? 1 : 0].body : "", text->body, &added, &removed);
	if (again)
		return q_reply_version_again(db, version, now, text->body, text->result, text->on, added, removed, last[0].id,
		                             NULL);
	return q_reply_version_add(db, reply_id, version, events[event].code, officer_id, now, now, text->body,
	                           text->result, text->on, note, added, removed, &id);
}

/* --- saving --- */

struct saving {
	struct arena *a;
	int64_t ticket_id;
	const struct actor *who;
	struct draft_text text;
	enum draft_event event;
	int64_t version, saved;
	const char *done;
};

/* The letter, locked, and its draft, for somebody who may write it. */
static int lock(struct db *db, struct saving *w, struct q_ticket_lock *ret_t, struct draft *ret_d)
{
	struct q_recusal_count recused = { .n = 0 };
	int r = q_ticket_lock(db, w->a, w->ticket_id, ret_t);

	if (r == 0)
		r = q_recusal_count(db, w->a, w->ticket_id, w->who->unit_id, w->who->officer_id, &recused);
	if (r == 0 && (recused.n || !access_may_on(w->who, CAP_DRAFT, ret_t->unit_id, false)))
		r = err_set(ERR_DENIED, "draft of another unit");
	return r < 0 ? r : draft_get(db, w->a, w->ticket_id, (int)ret_t->round, ret_d);
}

static bool same(const struct draft *d, const struct draft_text *t)
{
	return d->id != 0 && str_eq(d->body, t->body) && str_eq(d->result, t->result) && d->on == t->on;
}

static int put(struct db *db, struct saving *w, const struct q_ticket_lock *t, struct draft *d)
{
	const struct draft_text *x = &w->text;
	int64_t n, now = clock_now();
	int r;

	if (!d->id)
		return q_reply_add(db, w->ticket_id, t->round, "final", "draft", t->unit_id, w->who->officer_id, x->body,
		                   x->result, x->on, now, TIME_NONE, &d->id);
	r = q_reply_draft_save(db, t->unit_id, w->who->officer_id, x->body, x->result, x->on, now, d->id, d->version, &n);
	return r == 0 && n == 0 ? err_set(ERR_CONFLICT, "draft changed") : r;
}

static int save(struct db *db, void *arg)
{
	struct saving *w = arg;
	struct q_ticket_lock t;
	struct draft d;
	int r = lock(db, w, &t, &d);

	if (r < 0)
		return r;
	if (!str_eq(t.state, "handling"))
		return err_say(ERR_STATE, "这封信现在不能起草答复，您写的内容已另存在“历次稿件”里");
	if (d.version != w->version)
		return err_set(ERR_CONFLICT, "draft is at version %lld", (long long)d.version);
	w->saved = d.version;
	if (same(&d, &w->text) || (!d.id && w->text.body[0] == '\0' && w->text.result == NULL))
		return 0;
	w->saved = d.version + 1;
	r = put(db, w, &t, &d);
	return r < 0 ? r : draft_record(db, w->a, d.id, w->saved, w->event, w->who->officer_id, &w->text, "");
}

static int set_aside(struct db *db, void *arg)
{
	struct saving *w = arg;
	struct q_reply_version_aside last;
	struct q_ticket_lock t;
	struct draft d;
	int64_t id, added, removed, now = clock_now();
	int r = lock(db, w, &t, &d);

	if (r < 0 || d.id == 0 || w->text.body[0] == '\0' || str_eq(d.body, w->text.body))
		return r;
	count(w->a, d.body, w->text.body, &added, &removed);
	r = q_reply_version_aside(db, w->a, d.id, w->who->officer_id, &last);
	if (r == 0 && str_eq(last.body, w->text.body))
		return 0;
	if (r == 0 && now - last.began_at < ONE_VERSION_S)
		return q_reply_version_again(db, d.version, now, w->text.body, w->text.result, w->text.on, added, removed,
		                             last.id, NULL);
	if (r < 0 && r != ERR_NOTFOUND)
		return r;
	return q_reply_version_add(db, d.id, d.version, "aside", w->who->officer_id, now, now, w->text.body, w->text.result,
	                           w->text.on, "", added, removed, &id);
}

static struct saving saving_of(struct arena *a, int64_t ticket_id, const struct actor *who,
                               const struct draft_text *text)
{
	struct saving w = { .a = a, .ticket_id = ticket_id, .who = who, .text = *text };

	if (w.text.result != NULL && w.text.result[0] == '\0')
		w.text.result = NULL;
	return w;
}

int draft_aside(struct db *db, struct arena *a, int64_t ticket_id, const struct actor *who,
                const struct draft_text *text)
{
	struct saving w = saving_of(a, ticket_id, who, text);

	return db_tx(db, set_aside, &w);
}

int draft_save(struct db *db, struct arena *a, int64_t ticket_id, const struct actor *who,
               const struct draft_text *text, enum draft_event event, int64_t version, int64_t *ret_version)
{
	struct saving w = saving_of(a, ticket_id, who, text);
	int r, aside;

	if (w.text.result != NULL && !states_reason("result", w.text.result))
		return err_say(ERR_INVALID, "请选择办理结果");
	w.event = event;
	w.version = version;
	r = db_tx(db, save, &w);
	if (r == ERR_CONFLICT || r == ERR_STATE) {
		aside = db_tx(db, set_aside, &w);
		return aside < 0 ? aside : r;
	}
	if (r == 0)
		*ret_version = w.saved;
	return r;
}

/* --- the reviewer's words at places --- */

static int tick(struct db *db, void *arg)
{
	struct saving *w = arg;
	struct q_ticket_lock t;
	struct draft d;
	int r = lock(db, w, &t, &d);

	if (r < 0 || d.id == 0 || !str_eq(t.state, "handling"))
		return r;
	return q_review_comments_tick(db, w->done, clock_now(), w->done, w->who->officer_id, d.id, NULL);
}

int draft_tick(struct db *db, struct arena *a, int64_t ticket_id, const struct actor *who, const char *done)
{
	struct saving w = { .a = a, .ticket_id = ticket_id, .who = who, .done = done };

	return db_tx(db, tick, &w);
}

int draft_present(struct db *db, int64_t ticket_id, int64_t officer_id, bool reviews)
{
	return q_presence_put(db, ticket_id, officer_id, reviews ? "review" : "draft", clock_now(), NULL);
}
