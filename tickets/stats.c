/* stats - see stats.h. What a letter adds, and how deltas become days and sums of days. stats_check.c compares them
 * with the letters, stats_load.c reads them. */
#include "stats.h"

#include <stdlib.h>
#include <string.h>

#include "clock.h"
#include "queries.h"

#define BUCKET_MAX 999
#define FOLD_TEXT ((size_t)1 << 20)

struct named { const char *code, *zh, *definition; };

static const struct named measures[] = {
#define M(code, zh, definition) { #code, zh, definition },
	STATS_MEASURES(M)
#undef M
};

static const struct named rates[] = {
#define R(code, zh, definition, part, whole) { #code, zh, definition },
	STATS_RATES(R)
#undef R
};

/* What is neither counted nor a share. */
static const struct named derived[] = {
	{ "overdue_open", "逾期未办", "答复期限落在本期、在统计截止日以前，到现在还没有答复的来信" },
	{ "median_workdays", "办理工作日中位数", "至少一半答复所用的工作日不超过此数，取最小的；工作日从受理次日算到答复当日" },
	{ "p90_workdays", "办理工作日第九十百分位数", "至少九成答复所用的工作日不超过此数，取最小的" },
	{ "mean_workdays", "平均办理工作日", "答复所用工作日的算术平均，四舍五入到十分之一" },
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

const char *stats_rate_code(enum stats_rate r)
{
	return rates[r].code;
}

const char *stats_rate_name(enum stats_rate r)
{
	return rates[r].zh;
}

const char *stats_rate_definition(enum stats_rate r)
{
	return rates[r].definition;
}

bool stats_derived_at(size_t i, const char **ret_code, const char **ret_name, const char **ret_definition)
{
	if (i >= sizeof derived / sizeof derived[0])
		return false;
	*ret_code = derived[i].code;
	*ret_name = derived[i].zh;
	*ret_definition = derived[i].definition;
	return true;
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
		.topic_id = o->t->topic_id, .measure = measure, .bucket = bucket, .n = 1 };
}

static int32_t first_due(const struct ticket *t)
{
	return t->round == 1 && t->due_on != DAY_NONE ? t->due_on : t->first_due_on;
}

static bool never_answered(enum ticket_state s)
{
	return s == TICKET_REFUSED || s == TICKET_MERGED || s == TICKET_WITHDRAWN;
}

/* A result by its position in reasons.tbl, from 1; 0: none. */
static int result_no(const char *result)
{
	const char *code, *text, *path;

	for (size_t i = 0; result && states_reason_at("result", i, &code, &text, &path); i++) {
		if (strcmp(code, result) == 0)
			return (int)i + 1;
	}
	return 0;
}

static void add_reply(struct adding *o)
{
	const struct ticket *t = o->t;
	int32_t day = clock_day(t->replied_at);
	int workdays = t->reply_workdays < 0 ? 0 : t->reply_workdays, result = result_no(t->result_code);

	add(o, day, STATS_replied, workdays > BUCKET_MAX ? BUCKET_MAX : workdays);
	if (t->pub == PUB_PUBLISHED || t->pub == PUB_CORRECTED)
		add(o, day, STATS_published, 0);
	if (t->grade > 0)
		add(o, day, STATS_rated, t->grade);
	if (t->grade >= 3)
		add(o, day, STATS_satisfied, 0);
	if (t->marks & TICKET_SENT_BACK)
		add(o, day, STATS_sent_back, 0);
	if (t->marks & TICKET_REWORKED)
		add(o, day, STATS_reworked, 0);
	if (result > 0)
		add(o, day, STATS_result, result);
	if (str_eq(t->result_code, "solved"))
		add(o, day, STATS_solved, 0);
}

static void add_due(struct adding *o)
{
	const struct ticket *t = o->t;
	int32_t due = first_due(t);

	if (t->accepted_at == TIME_NONE || due == DAY_NONE || never_answered(t->state))
		return;
	add(o, due, STATS_due, 0);
	if (t->replied_at != TIME_NONE)
		add(o, due, clock_day(t->replied_at) <= due ? STATS_on_time : STATS_late, 0);
	if (t->marks & TICKET_EXTENDED)
		add(o, due, STATS_extended, 0);
}

static void add_accepted(struct adding *o)
{
	int32_t day = clock_day(o->t->accepted_at);

	add(o, day, STATS_accepted, 0);
	if (o->t->marks & TICKET_RETURNED)
		add(o, day, STATS_returned, 0);
}

size_t stats_of(const struct ticket *t, struct stats_row ret[STATS_ROWS_MAX])
{
	struct adding o = { .t = t, .rows = ret };

	if (t->state == TICKET_NONE || t->simulated)
		return 0;
	if (t->state == TICKET_INVALID) {
		add(&o, t->received_on, STATS_invalid, 0);
		return o.n;
	}
	add(&o, t->received_on, STATS_received, 0);
	if (never_answered(t->state))
		add(&o, t->received_on, t->state == TICKET_REFUSED ? STATS_refused
		    : t->state == TICKET_MERGED ? STATS_merged : STATS_withdrawn, 0);
	if (t->accepted_at != TIME_NONE)
		add_accepted(&o);
	if ((t->state == TICKET_CLOSED || t->state == TICKET_ARCHIVED) && t->closed_at != TIME_NONE)
		add(&o, clock_day(t->closed_at), STATS_closed, 0);
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
	ORDER(a->topic_id, b->topic_id);
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
		r = q_delta_add(db, rows[i].day, rows[i].unit_id, states_type_code(rows[i].type), rows[i].topic_id,
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

const char *stats_rows_text(struct arena *a, const struct stats_row *rows, size_t n)
{
	struct str o;

	str_init(&o, a, FOLD_TEXT);
	for (size_t i = 0; i < n; i++)
		str_addf(&o, "%c[\"%s\",%lld,%d,%lld,\"%s\",%d,%d]", i ? ',' : '[', clock_fmt_day(a, rows[i].day),
		         (long long)rows[i].unit_id, (int)rows[i].type + 1, (long long)rows[i].topic_id,
		         stats_measure_code(rows[i].measure), rows[i].bucket, rows[i].n);
	str_addc(&o, ']');
	must(!o.over);
	return o.s;
}

static int fold(struct db *db, void *arg)
{
	struct folding *f = arg;
	struct q_delta_take *deltas;
	struct q_stat_lock lock;
	struct stats_row *rows;
	const char *text;
	size_t n;
	int r = q_stat_lock(db, f->a, &lock);

	if (r == 0)
		r = q_delta_take(db, f->a, STATS_FOLD_MAX, &deltas, &f->n);
	if (r < 0)
		return r;
	rows = arena_array(f->a, f->n + 1, sizeof *rows);
	for (size_t i = 0; i < f->n; i++)
		rows[i] = (struct stats_row){ deltas[i].day, deltas[i].unit_id, states_type_from(deltas[i].type),
			deltas[i].topic_id, stats_measure_from(deltas[i].measure), (int)deltas[i].bucket, (int)deltas[i].n };
	n = stats_merge(rows, f->n);
	if (n == 0)
		return 0;
	text = stats_rows_text(f->a, rows, n);
	r = q_stat_fold(db, text, NULL);
	return r < 0 ? r : q_cell_fold(db, text, NULL);
}

int stats_fold(struct db *db, struct arena *a, size_t *ret_n)
{
	struct folding f = { .a = a };
	int r = db_tx(db, fold, &f);

	if (r == 0)
		*ret_n = f.n;
	return r;
}
