/* stats_load - reads the figures of a period into lines, and what is worked out from a line. See stats.h.
 *
 * What is asked for is cut into pieces: whole years and whole months come from sums of days, what is left over at the
 * ends from days. Each piece has a tag that says what it is added to. When one kind of filter is given, days come from
 * stat_day; a topic with another filter, or a lower topic, has no sums, and everything comes from there. */
#include "stats.h"

#include <stdlib.h>
#include <string.h>

#include "clock.h"
#include "queries_read.h"

#define TEXT_MAX_BYTES ((size_t)256 << 10)

/* What a piece is added to. From TAG_MONTH on the server adds up all groups (stats.sql, stat_cells). */
enum { TAG_NOW, TAG_BEFORE, TAG_TODAY, TAG_MONTH = 100, TAG_YEAR = 1000 };
enum { GRAIN_DAY, GRAIN_MONTH, GRAIN_YEAR };
enum { BY_ALL, BY_UNIT, BY_TYPE, BY_TOPIC, BY_LEAF };
enum { FLT_BOTH = BY_LEAF }; /* as a filter: a unit and a type */

struct loading {
	struct db *db;
	struct arena *a;
	const struct stats_ask *ask;
	struct stats_report *r;
	struct q_topic_all *topics;
	size_t topics_n;
	int64_t top_id;              /* upper topic asked for, or of the one asked for */
	int flt;                     /* BY_…: the one filter that sums know; -1: there are none for what is asked */
	int64_t flt_key;
	struct str pieces, days, fresh;
	int32_t cut;                 /* nothing after this day */
	int32_t first;               /* nothing before it, when days are read */
};

/* --- lines --- */

static void widen(struct arena *a, struct stats_line *line, int64_t bucket)
{
	size_t need = (size_t)bucket + 1;
	int64_t *wider;

	if (need <= line->hist_n)
		return;
	if (need < 32)
		need = 32;
	wider = arena_array(a, need, sizeof *wider);
	for (size_t i = 0; i < line->hist_n; i++)
		wider[i] = line->hist[i];
	line->hist = wider;
	line->hist_n = need;
}

struct figure { enum stats_measure measure; int64_t bucket, n; };

static void add(struct arena *a, struct stats_line *line, const struct figure *f)
{
	line->n[f->measure] += f->n;
	if (f->measure == STATS_replied) {
		widen(a, line, f->bucket);
		line->hist[f->bucket] += f->n;
	} else if (f->measure == STATS_rated && f->bucket < STATS_GRADES) {
		line->grades[f->bucket] += f->n;
	} else if (f->measure == STATS_result && f->bucket < STATS_RESULTS) {
		line->results[f->bucket] += f->n;
	}
}

/* The line of a key, made when there is none; sorted by key. Figures come sorted: it is the last one, or a new last. */
static struct stats_line *line_of(struct arena *a, struct stats_lines *lines, int64_t key)
{
	size_t i = lines->n;

	while (i > 0 && lines->of[i - 1].key > key)
		i--;
	if (i > 0 && lines->of[i - 1].key == key)
		return &lines->of[i - 1];
	if ((lines->n & (lines->n - 1)) == 0) {
		struct stats_line *more = arena_array(a, lines->n ? lines->n * 2 : 1, sizeof *more);

		if (lines->n)
			memcpy(more, lines->of, lines->n * sizeof *more);
		lines->of = more;
	}
	memmove(&lines->of[i + 1], &lines->of[i], (lines->n - i) * sizeof *lines->of);
	lines->of[i] = (struct stats_line){ .key = key };
	lines->n++;
	return &lines->of[i];
}

static void add_today(struct stats_line *line, const struct figure *f)
{
	if (f->measure == STATS_due)
		line->due_today += f->n;
	if (f->measure == STATS_on_time || f->measure == STATS_late)
		line->due_today -= f->n;
}

static struct stats_lines *list_by(struct stats *s, int by)
{
	return by == BY_UNIT ? &s->units : by == BY_TYPE ? &s->types : by == BY_TOPIC ? &s->topics : &s->leaves;
}

/* Under its group; under "all" as well when this group is the one that is added up. */
static void put(struct loading *w, int64_t tag, int by, int64_t key, const struct figure *f, bool to_all)
{
	struct stats *s = tag == TAG_BEFORE ? &w->r->before : &w->r->now;

	must(f->measure < STATS__MAX && f->bucket >= 0);
	if (tag >= TAG_YEAR) {
		if (to_all)
			add(w->a, line_of(w->a, &s->years, tag - TAG_YEAR), f);
	} else if (tag >= TAG_MONTH) {
		if (to_all)
			add(w->a, &w->r->months[tag - TAG_MONTH], f);
	} else if (tag == TAG_TODAY) {
		add_today(line_of(w->a, list_by(s, by), key), f);
		if (to_all)
			add_today(&s->all, f);
	} else {
		add(w->a, line_of(w->a, list_by(s, by), key), f);
		if (to_all)
			add(w->a, &s->all, f);
	}
}

/* --- cutting the time into pieces --- */

static void comma(struct str *o)
{
	str_addc(o, o->len ? ',' : '[');
}

static void add_range(struct str *o, struct arena *a, int tag, int32_t from, int32_t to)
{
	if (from > to)
		return;
	comma(o);
	str_addf(o, "[%d,\"%s\",\"%s\"]", tag, clock_fmt_day(a, from), clock_fmt_day(a, to));
}

static void add_piece(struct loading *w, int tag, int grain, int32_t first)
{
	static const int groups[][4] = { [BY_ALL] = { BY_UNIT, BY_TYPE, BY_TOPIC }, [BY_UNIT] = { BY_TYPE, BY_TOPIC },
		                             [BY_TYPE] = { BY_UNIT, BY_TOPIC }, [BY_TOPIC] = { BY_UNIT, BY_TYPE, BY_LEAF },
		                             [FLT_BOTH] = { BY_TOPIC } };
	/* Years and months are of all groups: one kind of sum is enough. */
	int first_only = tag >= TAG_MONTH;
	const int *g = groups[w->flt];
	int from = w->flt == BY_ALL && first_only ? 1 : 0;

	for (int i = from; i < 4 && g[i]; i++) {
		comma(&w->pieces);
		str_addf(&w->pieces, "[%d,%d,\"%s\",%lld]", tag, 100 * w->flt + 10 * g[i] + grain, clock_fmt_day(w->a, first),
		         (long long)w->flt_key);
		if (first_only)
			break;
	}
}

/* Each of these days as it was counted, or (sign -1) taken out of a sum that has it. */
static void list_days(struct loading *w, int tag, int32_t from, int32_t to, int sign)
{
	for (int32_t day = from > w->first ? from : w->first; day <= to; day++) {
		comma(&w->days);
		str_addf(&w->days, "[%d,\"%s\",%d]", tag, clock_fmt_day(w->a, day), sign);
	}
}

/* Days that are no whole month. */
static void add_days(struct loading *w, int tag, int32_t from, int32_t to)
{
	if (w->flt != BY_ALL) {
		list_days(w, tag, from, to, 1);
		return;
	}
	for (int32_t day = from; day <= to; day++)
		add_piece(w, tag, GRAIN_DAY, day);
}

static int32_t month_end(int32_t day)
{
	int year, month, d;

	clock_civil(day, &year, &month, &d);
	return clock_day_of(year + month / 12, month % 12 + 1, 1) - 1;
}

/* The largest piece that begins with this day and does not end after `to`; its last day. */
static int32_t cut_one(struct loading *w, int tag, int32_t from, int32_t to)
{
	int32_t end = month_end(from);
	int year, month, day;

	clock_civil(from, &year, &month, &day);
	if (day == 1 && month == 1 && clock_day_of(year, 12, 31) <= to) {
		add_piece(w, tag, GRAIN_YEAR, from);
		return clock_day_of(year, 12, 31);
	}
	if (day == 1 && end <= to) {
		add_piece(w, tag, GRAIN_MONTH, from);
		return end;
	}
	if (day == 1 && w->flt != BY_ALL && end - to < to - from) {
		/* Fewer days to take out of the month than to look up; of the one under way, what falls due later is little. */
		add_piece(w, tag, GRAIN_MONTH, from);
		list_days(w, tag, to + 1, end, -1);
		return end;
	}
	end = end < to ? end : to;
	add_days(w, tag, from, end);
	return end;
}

/* from … to as whole years, whole months and days. */
static void cut(struct loading *w, int tag, int32_t from, int32_t to)
{
	if (to > w->cut)
		to = w->cut;
	add_range(&w->fresh, w->a, tag, from, to);
	if (w->flt < 0)
		list_days(w, tag, from, to, 1);
	while (w->flt >= 0 && from <= to)
		from = cut_one(w, tag, from, to) + 1;
}

int32_t stats_year_before(int32_t day)
{
	int year, month, d;
	int32_t last;

	clock_civil(day, &year, &month, &d);
	last = month_end(clock_day_of(year - 1, month, 1));
	if (day == month_end(day))
		return last;
	return clock_day_of(year - 1, month, 1) + d - 1 < last ? clock_day_of(year - 1, month, 1) + d - 1 : last;
}

static void cut_months(struct loading *w)
{
	int year, month, day;

	clock_civil(w->r->now.to, &year, &month, &day);
	for (int i = 0; i < STATS_MONTHS; i++) {
		int at = year * 12 + month - 1 - (STATS_MONTHS - 1 - i);
		int32_t first = clock_day_of(at / 12, at % 12 + 1, 1);
		int32_t last = month_end(first);

		w->r->months[i] = (struct stats_line){ .key = first };
		/* The month under way is compared with as much of the same month a year ago. */
		if (last > w->r->now.to)
			last = w->r->now.to;
		if (i == STATS_MONTHS - 13 && last > w->r->before.to)
			last = w->r->before.to;
		cut(w, TAG_MONTH + i, first, last);
	}
	w->r->months_n = STATS_MONTHS;
}

static void cut_years(struct loading *w)
{
	int first, last, month, day;

	clock_civil(w->r->now.from, &first, &month, &day);
	clock_civil(w->r->now.to, &last, &month, &day);
	for (int y = first; y <= last; y++) {
		int32_t from = clock_day_of(y, 1, 1), to = clock_day_of(y, 12, 31);

		cut(w, TAG_YEAR + y, from > w->r->now.from ? from : w->r->now.from, to < w->r->now.to ? to : w->r->now.to);
	}
}

static void cut_all(struct loading *w)
{
	const struct stats_ask *ask = w->ask;
	int32_t today = ask->today;

	cut(w, TAG_NOW, w->r->now.from, w->r->now.to);
	if (ask->want_before)
		cut(w, TAG_BEFORE, w->r->before.from, w->r->before.to);
	if (w->r->now.from <= today && today <= w->r->now.to)
		cut(w, TAG_TODAY, today, today);
	if (ask->want_months)
		cut_months(w);
	if (ask->want_years)
		cut_years(w);
}

/* --- reading --- */

static int64_t upper(const struct loading *w, int64_t topic_id)
{
	for (size_t i = 0; i < w->topics_n; i++) {
		if (w->topics[i].id == topic_id)
			return w->topics[i].parent_id ? w->topics[i].parent_id : topic_id;
	}
	return topic_id;
}

/* A row that has everything goes under each of its groups. */
static void spread(struct loading *w, int64_t tag, int64_t unit_id, const char *type, int64_t topic_id,
                   const struct figure *f)
{
	put(w, tag, BY_UNIT, unit_id, f, false);
	put(w, tag, BY_TYPE, states_type_from(type), f, true);
	put(w, tag, BY_TOPIC, upper(w, topic_id), f, false);
	if (w->ask->topic_id)
		put(w, tag, BY_LEAF, topic_id, f, false);
}

/* The position of a type in its ENUM is one more than the type. */
static int64_t key_of(int by, int64_t key)
{
	return by == BY_TYPE ? key - 1 : key;
}

static void put_cell(struct loading *w, const struct q_stat_cells *row)
{
	struct figure f = { stats_measure_from(row->measure), row->bucket, row->n };
	int by = (int)(row->lens / 10 % 10);
	/* The sum over types is that over everything; of one type, the sum over units; of both, the sum over topics. */
	bool whole = row->tag >= TAG_MONTH || by == (w->flt == BY_TYPE ? BY_UNIT : w->flt == FLT_BOTH ? BY_TOPIC : BY_TYPE);

	put(w, row->tag, by, key_of(by, row->grp_key), &f, whole);
	if (!whole || row->tag >= TAG_MONTH)
		return;
	/* Who asks for one unit, type or topic reads its own line too. */
	if (w->flt == FLT_BOTH || w->flt == BY_UNIT)
		put(w, row->tag, BY_UNIT, w->ask->unit_id, &f, false);
	if (w->flt == FLT_BOTH || w->flt == BY_TYPE)
		put(w, row->tag, BY_TYPE, w->ask->type, &f, false);
	if (w->flt == BY_TOPIC)
		put(w, row->tag, BY_TOPIC, w->ask->topic_id, &f, false);
}

static int read_cells(struct loading *w)
{
	struct q_stat_cells *rows;
	size_t n;
	int r;

	if (w->pieces.len == 0)
		return 0;
	str_addc(&w->pieces, ']');
	r = q_stat_cells(w->db, w->a, w->pieces.s, &rows, &n);
	for (size_t i = 0; r == 0 && i < n; i++)
		put_cell(w, &rows[i]);
	return r;
}

/* Upper and lower ones: "100,101,102"; "" for all. */
static const char *topic_ids(struct loading *w)
{
	struct str o;

	str_init(&o, w->a, 4096);
	for (size_t i = 0; w->ask->topic_id && i < w->topics_n; i++) {
		if (w->topics[i].id == w->ask->topic_id || w->topics[i].parent_id == w->ask->topic_id)
			str_addf(&o, "%s%lld", o.len ? "," : "", (long long)w->topics[i].id);
	}
	return o.len ? o.s : w->ask->topic_id ? "-1" : "";
}

/* By the index that reads least: of one unit, of one topic, of the days. The three have the same columns. */
static int read_days(struct loading *w)
{
	const struct stats_ask *ask = w->ask;
	const char *type = ask->type == TYPE__MAX ? NULL : states_type_code(ask->type), *topics = topic_ids(w);
	struct q_stat_unit_days *of_unit = NULL;
	struct q_stat_topic_days *of_topic = NULL;
	struct q_stat_days *rows = NULL;
	size_t n = 0;
	int r;

	_Static_assert(sizeof *rows == sizeof *of_unit && sizeof *rows == sizeof *of_topic, "the same columns");
	if (w->days.len == 0)
		return 0;
	str_addc(&w->days, ']');
	if (ask->unit_id) {
		r = q_stat_unit_days(w->db, w->a, w->days.s, ask->unit_id, type, type, topics, topics, &of_unit, &n);
		rows = (struct q_stat_days *)(void *)of_unit;
	} else if (ask->topic_id) {
		r = q_stat_topic_days(w->db, w->a, w->days.s, arena_printf(w->a, "[%s]", topics), type, type, &of_topic, &n);
		rows = (struct q_stat_days *)(void *)of_topic;
	} else {
		r = q_stat_days(w->db, w->a, w->days.s, type, type, &rows, &n);
	}
	for (size_t i = 0; r == 0 && i < n; i++)
		spread(w, rows[i].tag, rows[i].unit_id, rows[i].type, rows[i].topic_id,
		       &(struct figure){ stats_measure_from(rows[i].measure), rows[i].bucket, rows[i].n });
	return r;
}

static int read_fresh(struct loading *w)
{
	const struct stats_ask *ask = w->ask;
	const char *type = ask->type == TYPE__MAX ? NULL : states_type_code(ask->type), *topics = topic_ids(w);
	const int64_t *unit = ask->unit_id ? &ask->unit_id : NULL;
	struct q_stat_fresh *rows;
	size_t n;
	int r;

	if (w->fresh.len == 0)
		return 0;
	str_addc(&w->fresh, ']');
	r = q_stat_fresh(w->db, w->a, w->fresh.s, unit, unit, type, type, topics, topics, &rows, &n);
	for (size_t i = 0; r == 0 && i < n; i++)
		spread(w, rows[i].tag, rows[i].unit_id, rows[i].type, rows[i].topic_id,
		       &(struct figure){ stats_measure_from(rows[i].measure), rows[i].bucket, rows[i].n });
	return r;
}

/* --- names --- */

static bool is_nothing(const struct stats_line *line)
{
	for (int m = 0; m < STATS__MAX; m++) {
		if (line->n[m])
			return false;
	}
	return true;
}

static void drop_empty(struct stats_lines *lines)
{
	size_t kept = 0;

	for (size_t i = 0; i < lines->n; i++) {
		if (!is_nothing(&lines->of[i]))
			lines->of[kept++] = lines->of[i];
	}
	lines->n = kept;
}

static void name_units(struct stats_lines *lines, const struct q_unit_all *units, size_t n)
{
	for (size_t i = 0; i < lines->n; i++) {
		lines->of[i].name = "尚未分办";
		for (size_t k = 0; k < n; k++) {
			if (units[k].id == lines->of[i].key) {
				lines->of[i].name = units[k].name;
				lines->of[i].code = units[k].code;
			}
		}
	}
}

static void name_topics(const struct loading *w, struct stats_lines *lines)
{
	for (size_t i = 0; i < lines->n; i++) {
		lines->of[i].name = "尚未归类";
		for (size_t k = 0; k < w->topics_n; k++) {
			if (w->topics[k].id == lines->of[i].key) {
				lines->of[i].name = w->topics[k].name;
				lines->of[i].code = w->topics[k].code;
			}
		}
	}
}

static void name_lines(struct loading *w, struct stats *s, const struct q_unit_all *units, size_t n)
{
	struct stats_lines *lists[] = { &s->years, &s->units, &s->types, &s->topics, &s->leaves };

	for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++)
		drop_empty(lists[i]);
	for (size_t i = 0; i < s->years.n; i++)
		s->years.of[i].name = arena_printf(w->a, "%lld", (long long)s->years.of[i].key);
	for (size_t i = 0; i < s->types.n; i++) {
		s->types.of[i].name = states_type_name((enum ticket_type)s->types.of[i].key);
		s->types.of[i].code = states_type_code((enum ticket_type)s->types.of[i].key);
	}
	name_units(&s->units, units, n);
	name_topics(w, &s->topics);
	name_topics(w, &s->leaves);
	s->all.name = "合计";
}

/* --- all of it --- */

static void choose_sums(struct loading *w)
{
	const struct stats_ask *ask = w->ask;
	bool unit = ask->unit_id != 0, type = ask->type != TYPE__MAX, topic = ask->topic_id != 0;

	w->top_id = upper(w, ask->topic_id);
	/* Sums are of upper topics. */
	if (topic) {
		w->flt = unit || type || w->top_id != ask->topic_id ? -1 : BY_TOPIC;
		w->flt_key = ask->topic_id;
	} else if (unit) {
		w->flt = type ? FLT_BOTH : BY_UNIT;
		w->flt_key = type ? 8 * ask->unit_id + ask->type + 1 : ask->unit_id;
	} else if (type) {
		w->flt = BY_TYPE;
		w->flt_key = (int64_t)ask->type + 1;
	}
}

/* Before the first day there is nothing to look up day by day. */
static int find_first(struct loading *w)
{
	struct q_stat_first first;
	int r = q_stat_first(w->db, w->a, &first);

	w->first = r < 0 || first.day == DAY_NONE ? w->cut : first.day;
	return r;
}

int stats_report(struct db *db, struct arena *a, const struct stats_ask *ask, struct stats_report *ret)
{
	struct loading w = { .db = db, .a = a, .ask = ask, .r = ret, .cut = ask->today, .first = INT32_MIN };
	struct q_unit_all *units;
	size_t units_n;
	int r = q_topic_all(db, a, &w.topics, &w.topics_n);

	if (r == 0)
		r = q_unit_all(db, a, &units, &units_n);
	if (r < 0)
		return r;
	*ret = (struct stats_report){ .now = { .from = ask->from, .to = ask->to < ask->today ? ask->to : ask->today } };
	ret->before.from = stats_year_before(ret->now.from);
	ret->before.to = stats_year_before(ret->now.to);
	str_init(&w.pieces, a, TEXT_MAX_BYTES);
	str_init(&w.days, a, TEXT_MAX_BYTES);
	str_init(&w.fresh, a, TEXT_MAX_BYTES);
	choose_sums(&w);
	if (w.flt < 0 && (r = find_first(&w)) < 0)
		return r;
	cut_all(&w);
	if (w.pieces.over || w.days.over || w.fresh.over)
		return err_set(ERR_TOOBIG, "figures of too many years at once");
	if ((r = read_cells(&w)) < 0 || (r = read_days(&w)) < 0 || (r = read_fresh(&w)) < 0)
		return r;
	name_lines(&w, &ret->now, units, units_n);
	name_lines(&w, &ret->before, units, units_n);
	return 0;
}

int stats_load(struct db *db, struct arena *a, int32_t from, int32_t to, int64_t unit_id, struct stats *ret)
{
	struct stats_ask ask = { .from = from, .to = to, .today = clock_day(clock_now()), .unit_id = unit_id,
		.type = TYPE__MAX, .want_years = true };
	struct stats_report *r = ARENA_NEW(a, struct stats_report);
	int rc = stats_report(db, a, &ask, r);

	if (rc == 0)
		*ret = r->now;
	return rc;
}

const struct stats_line *stats_find(const struct stats_lines *lines, int64_t key)
{
	for (size_t i = 0; i < lines->n; i++) {
		if (lines->of[i].key == key)
			return &lines->of[i];
	}
	return NULL;
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

int64_t stats_rate(const struct stats_line *line, enum stats_rate rate)
{
	static const struct { enum stats_measure part, whole; } of[] = {
#define R(code, zh, definition, part, whole) { STATS_##part, STATS_##whole },
		STATS_RATES(R)
#undef R
	};
	int64_t part = line->n[of[rate].part], whole = line->n[of[rate].whole];

	return whole > 0 ? (part * 20000 + whole) / (2 * whole) : -1;
}

int64_t stats_on_time_rate(const struct stats_line *line)
{
	return stats_rate(line, STATS_on_time_rate);
}

int64_t stats_overdue_open(const struct stats_line *line)
{
	return line->n[STATS_due] - line->n[STATS_on_time] - line->n[STATS_late] - line->due_today;
}
