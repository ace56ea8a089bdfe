/* stats_load - reads the figures of a period into lines, and what is worked out from a line. See stats.h. */
#include "stats.h"

#include "queries_read.h"

/* One figure of one line, whatever list it came from. */
struct figure {
	int64_t key;
	const char *name;
	const char *measure;
	int64_t bucket, n;
};

static void widen(struct arena *a, struct stats_line *line, int64_t bucket)
{
	size_t need = (size_t)bucket + 1;
	int64_t *wider;

	if (need <= line->hist_n)
		return;
	wider = arena_array(a, need, sizeof *wider);
	for (size_t i = 0; i < line->hist_n; i++)
		wider[i] = line->hist[i];
	line->hist = wider;
	line->hist_n = need;
}

static void add(struct arena *a, struct stats_line *line, const struct figure *f)
{
	enum stats_measure m = stats_measure_from(f->measure);

	must(m < STATS__MAX && f->bucket >= 0);
	line->n[m] += f->n;
	if (m != STATS_replied)
		return;
	widen(a, line, f->bucket);
	line->hist[f->bucket] += f->n;
}

/* The line of a key; figures come sorted by it, so it is the last one or a new one. */
static struct stats_line *line_of(struct stats_line *lines, size_t *n, const struct figure *f)
{
	if (*n == 0 || lines[*n - 1].key != f->key)
		lines[(*n)++] = (struct stats_line){ .key = f->key, .name = f->name };
	return &lines[*n - 1];
}

static int load_years(struct db *db, struct arena *a, int64_t unit_id, struct stats *s)
{
	const int64_t *unit = unit_id ? &unit_id : NULL;
	struct q_stat_year *rows;
	size_t n;
	int r = q_stat_year(db, a, s->from, s->to, unit, unit, s->from, s->to, unit, unit, &rows, &n);

	if (r < 0)
		return r;
	s->years = arena_array(a, n + 1, sizeof *s->years);
	for (size_t i = 0; i < n; i++) {
		struct figure f = { rows[i].year, "", rows[i].measure, rows[i].bucket, rows[i].n };
		struct stats_line *line = line_of(s->years, &s->years_n, &f);

		if (!*line->name)
			line->name = arena_printf(a, "%lld", (long long)f.key);
		add(a, line, &f);
		add(a, &s->all, &f);
	}
	return 0;
}

static int load_units(struct db *db, struct arena *a, struct stats *s)
{
	struct q_stat_by_unit *rows;
	size_t n;
	int r = q_stat_by_unit(db, a, s->from, s->to, s->from, s->to, &rows, &n);

	if (r < 0)
		return r;
	s->units = arena_array(a, n + 1, sizeof *s->units);
	for (size_t i = 0; i < n; i++) {
		struct figure f = { rows[i].unit_id, rows[i].unit_name ? rows[i].unit_name : "尚未分办", rows[i].measure,
			rows[i].bucket, rows[i].n };

		add(a, line_of(s->units, &s->units_n, &f), &f);
	}
	return 0;
}

static int load_types(struct db *db, struct arena *a, struct stats *s)
{
	struct q_stat_by_type *rows;
	size_t n;
	int r = q_stat_by_type(db, a, s->from, s->to, s->from, s->to, &rows, &n);

	if (r < 0)
		return r;
	s->types = arena_array(a, n + 1, sizeof *s->types);
	for (size_t i = 0; i < n; i++) {
		enum ticket_type t = states_type_from(rows[i].type);
		struct figure f = { t, states_type_name(t), rows[i].measure, rows[i].bucket, rows[i].n };

		add(a, line_of(s->types, &s->types_n, &f), &f);
	}
	return 0;
}

int stats_load(struct db *db, struct arena *a, int32_t from, int32_t to, int64_t unit_id, struct stats *ret)
{
	struct stats s = { .from = from, .to = to, .all = { .name = "合计" } };
	int r = load_years(db, a, unit_id, &s);

	if (r == 0 && unit_id == 0)
		r = load_units(db, a, &s);
	if (r == 0 && unit_id == 0)
		r = load_types(db, a, &s);
	if (r == 0)
		*ret = s;
	return r;
}

int stats_quantile(const struct stats_line *line, double p)
{
	int64_t all = 0, seen = 0;

	for (size_t d = 0; d < line->hist_n; d++)
		all += line->hist[d];
	/* The small term keeps 0.9 of 30 at 27: the product is not always exact. */
	for (size_t d = 0; all > 0 && d < line->hist_n; d++) {
		seen += line->hist[d];
		if ((double)seen >= p * (double)all - 1e-6 && seen > 0)
			return (int)d;
	}
	return -1;
}

int64_t stats_mean_tenths(const struct stats_line *line)
{
	int64_t all = 0, sum = 0;

	for (size_t d = 0; d < line->hist_n; d++) {
		all += line->hist[d];
		sum += (int64_t)d * line->hist[d];
	}
	return all > 0 ? (sum * 20 + all) / (2 * all) : -1;
}

int64_t stats_on_time_rate(const struct stats_line *line)
{
	int64_t due = line->n[STATS_due];

	return due > 0 ? (line->n[STATS_on_time] * 20000 + due) / (2 * due) : -1;
}
