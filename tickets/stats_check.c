/* stats_check - the figures compared with the letters, and made to agree with them. See stats.h.
 *
 * Everything is read in one snapshot, so that a letter changed meanwhile shows on neither side; and since figures are
 * sums of differences, the differences found can be added whatever has happened since. */
#include "stats.h"

#include <string.h>

#include "clock.h"
#include "queries.h"

#define LETTERS_A_PAGE 1000

/* Rows that grow; merged before they do. */
struct pile {
	struct arena *a;
	struct stats_row *rows;
	size_t n, cap;
};

struct checking {
	struct arena *tmp;
	struct pile pile;
	int64_t cells_wrong;
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
		int r = q_ticket_page_all(db, tmp, after, LETTERS_A_PAGE, &page, &n);

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
	} while (n == LETTERS_A_PAGE);
	return 0;
}

/* Calls fn for each month of which there are figures. */
static int each_month(struct db *db, struct arena *tmp, void *arg,
                      int (*fn)(struct db *db, struct arena *tmp, int32_t from, int32_t to, void *arg))
{
	struct q_stat_span span;
	int year, month, day;
	int32_t from, to;
	int r = q_stat_span(db, tmp, &span);

	if (r < 0 || span.from_on == DAY_NONE)
		return r;
	for (from = span.from_on; r == 0 && from <= span.to_on; from = to + 1) {
		clock_civil(from, &year, &month, &day);
		from -= day - 1;
		to = clock_day_of(year + month / 12, month % 12 + 1, 1) - 1;
		r = fn(db, tmp, from, to, arg);
		arena_reset(tmp);
	}
	return r;
}

/* Less what is recorded. */
static int pile_month(struct db *db, struct arena *tmp, int32_t from, int32_t to, void *arg)
{
	struct q_stat_raw *raw;
	size_t n;
	int r = q_stat_raw(db, tmp, from, to, from, to, &raw, &n);

	for (size_t i = 0; r == 0 && i < n; i++) {
		struct stats_row row = { raw[i].day, raw[i].unit_id, states_type_from(raw[i].type), raw[i].topic_id,
			stats_measure_from(raw[i].measure), (int)raw[i].bucket, (int)-raw[i].n };

		pile_add(arg, &row);
	}
	return r;
}

static int count_month(struct db *db, struct arena *tmp, int32_t from, int32_t to, void *arg)
{
	struct q_cell_wrong wrong;
	int r = q_cell_wrong(db, tmp, from, to, from, to, &wrong);

	if (r == 0)
		*(int64_t *)arg += wrong.n;
	return r;
}

static int compare(struct db *db, void *arg)
{
	struct checking *w = arg;
	struct q_cell_wrong_years years;
	int r = pile_letters(db, w->tmp, &w->pile);
	if (r == 0)
		r = each_month(db, w->tmp, &w->pile, pile_month);
	if (r == 0)
		r = each_month(db, w->tmp, &w->cells_wrong, count_month);
	if (r == 0)
		r = q_cell_wrong_years(db, w->tmp, &years);
	if (r == 0) {
		w->cells_wrong += years.n;
		w->pile.n = stats_merge(w->pile.rows, w->pile.n);
	}
	return r;
}

int stats_recount(struct db *db, struct arena *a, struct str *o, int64_t *ret_wrong)
{
	struct arena *tmp = arena_new((size_t)512 << 20), *big = arena_new((size_t)2 << 30);
	struct checking w = { .tmp = tmp, .pile = { .a = big } };
	int r = db_read_tx(db, compare, &w);

	for (size_t i = 0; r == 0 && i < w.pile.n; i++) {
		const struct stats_row *row = &w.pile.rows[i];

		str_addf(o, "%s unit=%lld type=%s topic=%lld %s bucket=%d: %+d missing\n", clock_fmt_day(a, row->day),
		         (long long)row->unit_id, states_type_code(row->type), (long long)row->topic_id,
		         stats_measure_code(row->measure), row->bucket, row->n);
	}
	if (r == 0 && w.cells_wrong)
		str_addf(o, "sums of days: %lld wrong\n", (long long)w.cells_wrong);
	if (r == 0)
		*ret_wrong = (int64_t)w.pile.n + w.cells_wrong;
	arena_free(tmp);
	arena_free(big);
	return r;
}

/* --- repairing --- */

struct span { int32_t from, to; };

static int make_cells(struct db *db, void *arg)
{
	const struct span *m = arg;
	struct arena *tmp = arena_new(1 << 20);
	struct q_stat_lock lock;
	int r = q_stat_lock(db, tmp, &lock);

	if (r == 0)
		r = q_cell_clear(db, m->from, m->to, NULL);
	if (r == 0)
		r = q_cell_make(db, m->from, m->to, NULL);
	arena_free(tmp);
	return r;
}

static int make_month(struct db *db, struct arena *tmp, int32_t from, int32_t to, void *arg)
{
	struct span m = { from, to };

	(void)tmp;
	(void)arg;
	return db_tx(db, make_cells, &m);
}

static int make_years(struct db *db, void *arg)
{
	struct arena *tmp = arg;
	struct q_stat_lock lock;
	int r = q_stat_lock(db, tmp, &lock);

	if (r == 0)
		r = q_cell_clear_years(db, NULL);
	return r < 0 ? r : q_cell_make_years(db, NULL);
}

/* Differences go straight into the days: a million letters would be many millions of deltas. */
struct adding { struct arena *a; const struct stats_row *rows; size_t n; };

static int add_days(struct db *db, void *arg)
{
	const struct adding *w = arg;
	struct q_stat_lock lock;
	int r = q_stat_lock(db, w->a, &lock);

	return r < 0 ? r : q_stat_fold(db, stats_rows_text(w->a, w->rows, w->n), NULL);
}

static int add_all(struct db *db, struct arena *tmp, const struct pile *p)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < p->n; i += STATS_FOLD_MAX) {
		struct adding w = { tmp, p->rows + i, p->n - i < STATS_FOLD_MAX ? p->n - i : STATS_FOLD_MAX };

		r = db_tx(db, add_days, &w);
		arena_reset(tmp);
	}
	return r;
}

int stats_repair(struct db *db, struct arena *a, int64_t *ret_n)
{
	struct arena *tmp = arena_new((size_t)512 << 20), *big = arena_new((size_t)2 << 30);
	struct checking w = { .tmp = tmp, .pile = { .a = big } };
	int r = db_read_tx(db, compare, &w);

	(void)a;
	if (r == 0)
		r = add_all(db, tmp, &w.pile);
	if (r == 0 && w.pile.n + (size_t)w.cells_wrong > 0)
		r = each_month(db, tmp, NULL, make_month);
	if (r == 0 && w.pile.n + (size_t)w.cells_wrong > 0)
		r = db_tx(db, make_years, tmp);
	if (r == 0)
		*ret_n = (int64_t)w.pile.n + w.cells_wrong;
	arena_free(tmp);
	arena_free(big);
	return r;
}

int stats_upgrade(struct db *db, struct arena *a, struct str *o)
{
	struct q_stat_lock made;
	int64_t n = 0;
	int r = q_stat_lock(db, a, &made);

	if (r < 0 || made.definition >= STATS_DEFINITION)
		return r;
	r = stats_repair(db, a, &n);
	if (r == 0)
		r = q_stat_made_set(db, STATS_DEFINITION, NULL);
	if (r == 0)
		str_addf(o, "statistics: %lld figures worked out again\n", (long long)n);
	return r;
}

/* --- questions of the system --- */

struct marking { struct arena *a; int64_t id; };

static int mark(struct db *db, void *arg)
{
	const struct marking *w = arg;
	struct q_ticket_lock row;
	struct ticket before, t;
	int r = q_ticket_lock(db, w->a, w->id, &row);

	if (r < 0 || row.simulated)
		return r;
	ticket_from_row(&row, &before);
	t = before;
	t.simulated = true;
	r = q_ticket_simulated_set(db, w->id, NULL);
	return r < 0 ? r : stats_changed(db, &before, &t);
}

int stats_simulated(struct db *db, struct arena *a, int64_t ticket_id)
{
	struct marking w = { a, ticket_id };

	return db_tx(db, mark, &w);
}
