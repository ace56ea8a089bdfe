/* store_paper - see store_paper.h. */
#include "store_paper.h"

#include <sodium.h>
#include <string.h>

#include "clock.h"
#include "queries.h"
#include "store_people.h"
#include "str.h"
#include "text.h"

const struct paper_row paper_rows[PAPER__MAX] = {
#define PAPER(name, code, ending, cap, zh) [PAPER_##name] = { #code, #ending, zh, CAP_##cap },
#include "papers.tbl"
};

enum paper_kind paper_kind_from(const char *code)
{
	int k = 0;

	while (k < PAPER__MAX && !str_eq(paper_rows[k].code, code))
		k++;
	return (enum paper_kind)k;
}

const char *paper_mime(enum paper_kind kind)
{
	return strcmp(paper_rows[kind].ending, "pdf") == 0 ? "application/pdf"
		: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
}

/* --- ordering --- */

struct asking {
	struct arena *a;
	const struct paper_wish *wish;
	unsigned char key[32];
	int64_t id;
};

static int ask(struct db *db, void *arg)
{
	struct asking *k = arg;
	const struct paper_wish *w = k->wish;
	struct db_blob key = { k->key, sizeof k->key };
	struct q_paper_open open;
	struct q_paper_open_n count;
	int r = q_paper_open(db, k->a, w->asked_by, key, &open);

	if (r == 0)
		k->id = open.id;
	if (r != ERR_NOTFOUND)
		return r;
	r = q_paper_open_n(db, k->a, w->asked_by, &count);
	if (r == 0 && count.n >= PAPER_OPEN_MAX)
		return err_say(ERR_SLOWDOWN, "您有 %d 个文件还在制作，请等做好一个再要下一个", PAPER_OPEN_MAX);
	if (r == 0)
		r = q_paper_add(db, paper_rows[w->kind].code, text_cut(k->a, w->title, PAPER_TITLE_MAX), w->params, w->asked_by,
		                w->now, key, w->now, &k->id);
	/* Asked twice at the same moment: the other one is the order. */
	return r == ERR_DUP ? ERR_RETRY : r;
}

int store_paper_ask(struct db *db, struct arena *a, const struct paper_wish *wish, int64_t *ret_id)
{
	struct asking k = { .a = a, .wish = wish };
	const char *all = arena_printf(a, "%s %s", paper_rows[wish->kind].code, wish->params);
	int r;

	if (strlen(wish->params) > PAPER_PARAMS_MAX)
		return err_set(ERR_TOOBIG, "%zu bytes of params", strlen(wish->params));
	crypto_hash_sha256(k.key, (const unsigned char *)all, strlen(all));
	r = db_tx(db, ask, &k);
	if (r == 0)
		*ret_id = k.id;
	return r;
}

int store_paper_taken(struct db *db, int64_t id, int64_t officer_id, int64_t now)
{
	return q_paper_taken_add(db, id, officer_id, now, NULL);
}

/* --- making --- */

struct taking {
	struct arena *a;
	int64_t now, lease_until;
	struct paper_order *order;
};

static struct db_blob lease_of(const struct paper_order *o)
{
	return (struct db_blob){ o->lease, sizeof o->lease };
}

static int take(struct db *db, void *arg)
{
	const struct taking *w = arg;
	struct paper_order *o = w->order;
	struct q_paper_take row;
	int r = q_paper_take(db, w->a, w->now, &row);

	if (r < 0)
		return r;
	*o = (struct paper_order){ .id = row.id, .asked_by = row.asked_by, .asked_at = row.asked_at,
		.kind = paper_kind_from(row.kind), .title = row.title, .params = row.params, .tries = row.tries + 1 };
	randombytes_buf(o->lease, sizeof o->lease);
	return q_paper_lease(db, lease_of(o), w->lease_until, o->id, NULL);
}

int store_paper_take(struct db *db, struct arena *a, int64_t now, int64_t lease_until, struct paper_order *ret)
{
	struct taking w = { a, now, lease_until, ret };

	return db_tx(db, take, &w);
}

static int fenced(int r, int64_t affected, const struct paper_order *o)
{
	if (r == 0 && affected != 1)
		return err_set(ERR_CONFLICT, "paper %lld: the lease has passed to another", (long long)o->id);
	return r;
}

int store_paper_progress(struct db *db, const struct paper_order *o, int64_t rows, int64_t lease_until)
{
	int64_t affected = 0;
	int r = q_paper_progress(db, rows, lease_until, o->id, lease_of(o), &affected);

	return fenced(r, affected, o);
}

int store_paper_done(struct db *db, const struct paper_order *o, const struct paper_made *made, int64_t now)
{
	struct db_blob sha256 = { made->sha256, sizeof made->sha256 };
	int64_t affected = 0;
	int r = q_paper_done(db, made->rows, made->file_name, made->size_bytes, sha256, now, made->keep_until, o->id,
	                     lease_of(o), &affected);

	return fenced(r, affected, o);
}

int store_paper_failed(struct db *db, const struct paper_order *o, const char *why, int64_t now)
{
	int64_t affected = 0;
	int r = q_paper_failed(db, why, now, o->id, lease_of(o), &affected);

	return fenced(r, affected, o);
}

int store_paper_later(struct db *db, const struct paper_order *o, int64_t next_at)
{
	int64_t affected = 0;
	int r = q_paper_later(db, next_at, o->id, lease_of(o), &affected);

	return fenced(r, affected, o);
}

int store_paper_person(struct db *db, struct arena *a, int64_t officer_id, int32_t today, struct paper_person *ret)
{
	struct q_paper_person row;
	int r = q_paper_person(db, a, today, officer_id, &row);

	if (r == 0 && !row.active)
		return err_set(ERR_DENIED, "officer %lld is disabled", (long long)officer_id);
	if (r == 0)
		*ret = (struct paper_person){ row.login, row.unit_name,
			store_actor_of(a, officer_id, row.unit_id, row.name, row.roles, row.lent) };
	return r;
}

int store_paper_log(struct db *db, const struct paper_order *o, int64_t rows, int64_t now)
{
	return q_paper_log(db, o->asked_by, now, o->params, rows, NULL);
}

int store_paper_gone(struct db *db, int64_t id)
{
	return q_paper_gone(db, id, NULL);
}
