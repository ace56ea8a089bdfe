/* stats - see stats.h. What a letter adds, how deltas become days, and the check of both. stats_load.c reads them. */
#include "stats.h"

#include <stdlib.h>
#include <string.h>

#include "clock.h"
#include "queries.h"

#define FOLD_MAX 5000
#define RECOUNT_LETTERS 1000
#define BUCKET_MAX 999

static const struct { const char *code, *zh, *definition; } measures[] = {
#define M(code, zh, definition) { #code, zh, definition },
	STATS_MEASURES(M)
#undef M
};

const char *stats_measure_code(enum stats_measure m)
{
	return measures[m].code;
}

const char *stats_measure_name(enum stats_measure m)
{
	return measures[m].zh;
}

const char *stats_measure_definition(enum stats_measure m)
{
	return measures[m].definition;
}

enum stats_measure stats_measure_from(const char *code)
{
	for (int m = 0; m < STATS__MAX; m++) {
		if (str_eq(measures[m].code, code))
			return (enum stats_measure)m;
	}
	return STATS__MAX;
}

/* --- what one letter adds --- */

struct adding {
	const struct ticket *t;
	struct stats_row *rows;
	size_t n;
};

static void add(struct adding *o, int32_t day, enum stats_measure measure, int bucket)
{
	must(o->n < STATS_ROWS_MAX);
	o->rows[o->n++] = (struct stats_row){ .day = day, .unit_id = o->t->unit_id, .type = o->t->type,
		.measure = measure, .bucket = bucket, .n = 1 };
}

static int32_t first_due(const struct ticket *t)
{
	return t->round == 1 && t->due_on != DAY_NONE ? t->due_on : t->first_due_on;
}

static bool never_answered(enum ticket_state s)
{
	return s == TICKET_REFUSED || s == TICKET_MERGED || s == TICKET_WITHDRAWN;
}

static void add_reply(struct adding *o)
{
	const struct ticket *t = o->t;
	int32_t day = clock_day(t->replied_at);
	int workdays = t->reply_workdays < 0 ? 0 : t->reply_workdays;

	add(o, day, STATS_replied, workdays > BUCKET_MAX ? BUCKET_MAX : workdays);
	if (t->pub == PUB_PUBLISHED || t->pub == PUB_CORRECTED)
		add(o, day, STATS_published, 0);
	if (t->grade > 0)
		add(o, day, STATS_rated, 0);
	if (t->grade >= 3)
		add(o, day, STATS_satisfied, 0);
}

static void add_due(struct adding *o)
{
	const struct ticket *t = o->t;
	int32_t due = first_due(t);

	if (t->accepted_at == TIME_NONE || due == DAY_NONE || never_answered(t->state))
		return;
	add(o, due, STATS_due, 0);
	if (t->replied_at != TIME_NONE && clock_day(t->replied_at) <= due)
		add(o, due, STATS_on_time, 0);
}

size_t stats_of(const struct ticket *t, struct stats_row ret[STATS_ROWS_MAX])
{
	struct adding o = { .t = t, .rows = ret };

	if (t->state == TICKET_NONE)
		return 0;
	if (t->state == TICKET_INVALID) {
		add(&o, t->received_on, STATS_invalid, 0);
		return o.n;
	}
	add(&o, t->received_on, STATS_received, 0);
	if (t->state == TICKET_REFUSED)
		add(&o, t->received_on, STATS_refused, 0);
	if (t->state == TICKET_MERGED)
		add(&o, t->received_on, STATS_merged, 0);
	if (t->state == TICKET_WITHDRAWN)
		add(&o, t->received_on, STATS_withdrawn, 0);
	if (t->accepted_at != TIME_NONE)
		add(&o, clock_day(t->accepted_at), STATS_accepted, 0);
	add_due(&o);
	if (t->replied_at != TIME_NONE)
		add_reply(&o);
	return o.n;
}

/* --- rows --- */

#define ORDER(x, y) if ((x) != (y)) return (x) < (y) ? -1 : 1

static int by_key(const void *x, const void *y)
{
	const struct stats_row *a = x, *b = y;

	ORDER(a->day, b->day);
	ORDER(a->unit_id, b->unit_id);
	ORDER(a->type, b->type);
	ORDER(a->measure, b->measure);
	ORDER(a->bucket, b->bucket);
	return 0;
}

size_t stats_merge(struct stats_row *rows, size_t n)
{
	size_t kept = 0;

	if (n > 1)
		qsort(rows, n, sizeof *rows, by_key);
	for (size_t i = 0; i < n;) {
		struct stats_row sum = rows[i];

		for (i++; i < n && by_key(&sum, &rows[i]) == 0; i++)
			sum.n += rows[i].n;
		if (sum.n)
			rows[kept++] = sum;
	}
	return kept;
}

int stats_append(struct db *db, const struct stats_row *rows, size_t n)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < n; i++)
		r = q_delta_add(db, rows[i].day, rows[i].unit_id, states_type_code(rows[i].type),
		                stats_measure_code(rows[i].measure), rows[i].bucket, rows[i].n, NULL);
	return r;
}

int stats_changed(struct db *db, const struct ticket *before, const struct ticket *after)
{
	struct stats_row rows[2 * STATS_ROWS_MAX];
	size_t n = stats_of(before, rows);

	for (size_t i = 0; i < n; i++)
		rows[i].n = -1;
	n += stats_of(after, rows + n);
	return stats_append(db, rows, stats_merge(rows, n));
}

/* --- from deltas to days --- */

struct folding {
	struct arena *a;
	size_t n;
};

static int fold(struct db *db, void *arg)
{
	struct folding *f = arg;
	struct q_delta_take *deltas;
	struct stats_row *rows;
	size_t n;
	int r = q_delta_take(db, f->a, FOLD_MAX, &deltas, &f->n);

	if (r < 0)
		return r;
	rows = arena_array(f->a, f->n + 1, sizeof *rows);
	for (size_t i = 0; i < f->n; i++)
		rows[i] = (struct stats_row){ deltas[i].day, deltas[i].unit_id, states_type_from(deltas[i].type),
			stats_measure_from(deltas[i].measure), (int)deltas[i].bucket, (int)deltas[i].n };
	n = stats_merge(rows, f->n);
	for (size_t i = 0; r == 0 && i < n; i++)
		r = q_stat_fold(db, rows[i].day, rows[i].unit_id, states_type_code(rows[i].type),
		                stats_measure_code(rows[i].measure), rows[i].bucket, rows[i].n, NULL);
	return r;
}

int stats_fold(struct db *db, struct arena *a, size_t *ret_n)
{
	struct folding f = { .a = a };
	int r = db_tx(db, fold, &f);

	if (r == 0)
		*ret_n = f.n;
	return r;
}

/* --- the check --- */

/* Rows that grow; merged before they do. */
struct pile {
	struct arena *a;
	struct stats_row *rows;
	size_t n, cap;
};

static void pile_add(struct pile *p, const struct stats_row *row)
{
	if (p->n == p->cap) {
		p->n = stats_merge(p->rows, p->n);
		if (p->n * 2 >= p->cap) {
			struct stats_row *grown = arena_array(p->a, p->cap = p->cap ? p->cap * 2 : 4096, sizeof *grown);

			if (p->n)
				memcpy(grown, p->rows, p->n * sizeof *grown);
			p->rows = grown;
		}
	}
	p->rows[p->n++] = *row;
}

/* What the letters say. */
static int pile_letters(struct db *db, struct arena *tmp, struct pile *p)
{
	struct stats_row rows[STATS_ROWS_MAX];
	struct q_ticket_page_all *page;
	struct q_ticket_lock row;
	struct ticket t;
	size_t n;
	int64_t after = 0;

	_Static_assert(sizeof *page == sizeof row, "ticket_page_all and ticket_lock have the same columns");
	do {
		int r = q_ticket_page_all(db, tmp, after, RECOUNT_LETTERS, &page, &n);

		if (r < 0)
			return r;
		for (size_t i = 0; i < n; i++) {
			memcpy(&row, &page[i], sizeof row);
			ticket_from_row(&row, &t);
			for (size_t k = 0, m = stats_of(&t, rows); k < m; k++)
				pile_add(p, &rows[k]);
			after = page[i].id;
		}
		arena_reset(tmp);
	} while (n == RECOUNT_LETTERS);
	return 0;
}

/* Less what is recorded. */
static int pile_recorded(struct db *db, struct arena *tmp, struct pile *p)
{
	struct q_stat_raw *raw;
	size_t n;
	int r = q_stat_raw(db, tmp, &raw, &n);

	for (size_t i = 0; r == 0 && i < n; i++) {
		struct stats_row row = { raw[i].day, raw[i].unit_id, states_type_from(raw[i].type),
			stats_measure_from(raw[i].measure), (int)raw[i].bucket, (int)-raw[i].n };

		pile_add(p, &row);
	}
	return r;
}

int stats_recount(struct db *db, struct arena *a, struct str *o, int64_t *ret_wrong)
{
	struct arena *tmp = arena_new((size_t)512 << 20), *big = arena_new((size_t)2 << 30);
	struct pile p = { .a = big };
	int r = pile_letters(db, tmp, &p);

	if (r == 0)
		r = pile_recorded(db, tmp, &p);
	if (r == 0) {
		p.n = stats_merge(p.rows, p.n);
		for (size_t i = 0; i < p.n; i++) {
			const struct stats_row *row = &p.rows[i];

			str_addf(o, "%s unit=%lld type=%s %s bucket=%d: %+d missing\n", clock_fmt_day(a, row->day),
			         (long long)row->unit_id, states_type_code(row->type), stats_measure_code(row->measure),
			         row->bucket, row->n);
		}
		*ret_wrong = (int64_t)p.n;
	}
	arena_free(tmp);
	arena_free(big);
	return r;
}
