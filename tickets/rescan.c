/* rescan - see rescan.h. */
#include "rescan.h"

#include <string.h>

#include "clock.h"
#include "edition.h"
#include "log.h"
#include "queries.h"
#include "vault_client.h"

/* A turn of slad is short (chore.h). */
#define BATCH 100
#define TURN_MS 150

int rescan_start(struct db *db, int64_t officer_id)
{
	int64_t id;
	int r = q_rescan_add(db, REDACT_RULES, officer_id, clock_now(), &id);

	return r == ERR_DUP ? err_say(ERR_STATE, "已经有一次扫描正在进行") : r;
}

int rescan_keep(struct db *db, int64_t find_id, int64_t officer_id)
{
	return q_rescan_find_keep(db, officer_id, clock_now(), find_id, NULL);
}

/* What was found in a letter. */
struct looked {
	const struct q_rescan_batch *row;
	struct { enum edition_field field; struct redact_span span; } *finds;
	size_t n;
	bool compared;
};

struct turn {
	struct arena *a;
	const struct q_rescan_running *running;
	struct looked *list;
	size_t n, finds, letters, uncompared;
	int64_t at_pub;
	bool over;
};

static void add_finds(struct looked *l, enum edition_field field, const struct redact_span *spans, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (spans[i].hint)
			continue;
		l->finds[l->n].field = field;
		l->finds[l->n++].span = spans[i];
	}
}

/* vault: whether it is worth asking it; false once it has not answered. */
static struct looked look_at(struct arena *a, const struct q_rescan_batch *row, bool *vault)
{
	const char *texts[EDITION__FIELDS] = { row->title, row->body, row->reply };
	struct redact_span *spans[EDITION__FIELDS];
	struct known own[EDITION__FIELDS] = { { NULL, 0 } };
	struct looked l = { .row = row };
	size_t n[EDITION__FIELDS], all = 0;

	l.compared = *vault && vault_known(a, row->ticket_id, texts, EDITION__FIELDS, own) == 0;
	if (!l.compared)
		memset(own, 0, sizeof own);
	*vault = l.compared;
	err_clear();
	for (int f = 0; f < EDITION__FIELDS; f++) {
		size_t found = redact_public(a, texts[f], edition_voice((enum edition_field)f), &spans[f]);

		n[f] = redact_merge(a, own[f].spans, own[f].n, spans[f], found, &spans[f]);
		all += n[f];
	}
	l.finds = arena_array(a, all + 1, sizeof *l.finds);
	for (int f = 0; f < EDITION__FIELDS; f++)
		add_finds(&l, (enum edition_field)f, spans[f], n[f]);
	return l;
}

static int put(struct db *db, const struct turn *w, const struct looked *l)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < l->n; i++) {
		r = q_rescan_find_add(db, w->running->id, l->row->ticket_id, l->row->edition_id,
			edition_field_code(l->finds[i].field), (int64_t)l->finds[i].span.from, (int64_t)l->finds[i].span.to,
			redact_code(l->finds[i].span.kind), l->finds[i].span.why, NULL);
		r = r == ERR_DUP ? 0 : r; /* found before */
	}
	return r;
}

/* Unless another slad was faster. */
static int put_all(struct db *db, void *arg)
{
	struct turn *w = arg;
	struct q_rescan_take taken;
	int r = q_rescan_take(db, w->a, w->running->id, w->running->at_pub, &taken);

	if (r == ERR_NOTFOUND)
		return 0;
	for (size_t i = 0; r == 0 && i < w->n; i++)
		r = put(db, w, &w->list[i]);
	if (r == 0)
		r = q_rescan_went(db, w->at_pub, (int64_t)w->n, (int64_t)w->letters, (int64_t)w->finds, (int64_t)w->uncompared,
			w->running->id, NULL);
	return r == 0 && w->over ? q_rescan_end(db, clock_now(), w->running->id, NULL) : r;
}

static int batch(struct db *db, struct arena *a, const struct q_rescan_running *running, size_t *done)
{
	struct turn w = { .a = a, .running = running, .at_pub = running->at_pub };
	int64_t until = clock_mono_ms() + TURN_MS;
	struct q_rescan_batch *rows = NULL;
	bool vault = true;
	size_t n = 0;
	int r = q_rescan_batch(db, a, running->at_pub, running->last_pub, BATCH, &rows, &n);

	if (r < 0)
		return r;
	w.list = arena_array(a, n + 1, sizeof *w.list);
	while (w.n < n && (w.n == 0 || clock_mono_ms() < until)) {
		struct looked *l = &w.list[w.n];

		*l = look_at(a, &rows[w.n], &vault);
		w.at_pub = rows[w.n++].id;
		w.finds += l->n;
		w.letters += l->n > 0;
		w.uncompared += !l->compared;
	}
	w.over = w.n == n && n < BATCH;
	*done = w.n;
	r = db_tx(db, put_all, &w);
	if (r == 0 && w.over)
		log_event(LOG_INFO, "rescan", "id=%lld done=yes", (long long)running->id);
	return r;
}

int rescan_step(struct db *db, struct arena *a, int64_t now, size_t *done)
{
	struct q_rescan_running running;
	struct q_rescan_newest newest;
	int r = q_rescan_running(db, a, &running);

	(void)now;
	if (r == 0)
		return batch(db, a, &running, done);
	if (r != ERR_NOTFOUND)
		return r;
	r = q_rescan_newest(db, a, &newest);
	if (r < 0 || newest.rules >= REDACT_RULES)
		return r;
	r = rescan_start(db, 0);
	return r == ERR_STATE ? 0 : r;
}
