/* score_card - see score.h: measuring units, adjusting, signing, publishing. */
#include <string.h>

#include "clock.h"
#include "org_inner.h"
#include "score.h"
#include "stats.h"
#include "str.h"

/* Lines as JSON: a unit and an indicator need fewer than 120 bytes. */
#define LINES_MAX ((size_t)SCORE_UNITS_MAX * SCORE_INDICATORS_MAX * 120)

/* What was counted of one unit. */
struct counted { int64_t part, whole; };
struct measured {
	int64_t unit_id;
	struct counted of[SCORE__MAX];
};

struct card_job {
	const struct org *o;
	int64_t id, plan_id, version, which;
	const char *text;
	int32_t from, to;
	const struct score_adjust *adjust;
	/* while it is computed */
	struct measured *units;
	size_t n_units;
	struct q_plan_indicators *indicators;
	size_t n_indicators;
	struct q_plan_tiers *tiers;
	size_t n_tiers;
	struct q_adjust_sums *sums;
	size_t n_sums;
	int64_t *weight, *points;    /* by unit, of what was measured */
};

/* --- measuring --- */

static struct measured *unit_of(const struct card_job *w, int64_t id)
{
	for (size_t i = 0; i < w->n_units; i++) {
		if (w->units[i].unit_id == id)
			return &w->units[i];
	}
	return NULL;
}

static int load_units(struct db *db, struct card_job *w)
{
	struct q_unit_all *rows;
	size_t n;
	int r = q_unit_all(db, w->o->a, &rows, &n);

	if (r < 0)
		return r;
	w->units = arena_array(w->o->a, n + 1, sizeof *w->units);
	for (size_t i = 0; i < n; i++) {
		if (rows[i].takes_letters && rows[i].active)
			w->units[w->n_units++] = (struct measured){ .unit_id = rows[i].id };
	}
	return w->n_units <= SCORE_UNITS_MAX ? 0 : err_set(ERR_TOOBIG, "%zu units", w->n_units);
}

static void from_line(struct measured *u, const struct stats_line *line)
{
	/* Each measure that is a rate of the statistics, by the same name there. */
	static const struct { enum score_measure m; enum stats_measure part, whole; } rates[] = {
		{ SCORE_on_time, STATS_on_time, STATS_due }, { SCORE_satisfied, STATS_satisfied, STATS_rated },
		{ SCORE_rated, STATS_rated, STATS_replied }, { SCORE_published, STATS_published, STATS_replied },
		{ SCORE_solved, STATS_solved, STATS_result }, { SCORE_extended, STATS_extended, STATS_due },
		{ SCORE_returned, STATS_returned, STATS_accepted }, { SCORE_sent_back, STATS_sent_back, STATS_replied },
		{ SCORE_rework, STATS_reworked, STATS_replied },
	};
	int64_t days = 0;

	for (size_t i = 0; i < sizeof rates / sizeof rates[0]; i++)
		u->of[rates[i].m] = (struct counted){ line->n[rates[i].part], line->n[rates[i].whole] };
	for (size_t d = 0; d < line->hist_n; d++)
		days += (int64_t)d * line->hist[d];
	u->of[SCORE_days] = (struct counted){ days, line->n[STATS_replied] };
}

/* Letters that fall due later are not late: a card of a running period counts up to yesterday's due days. */
static int load_stats(struct db *db, struct card_job *w, const struct q_card_lock *c)
{
	int32_t today = clock_day(clock_now());
	struct measured *u;
	struct stats s;
	int r = stats_load(db, w->o->a, c->from_on, c->to_on < today ? c->to_on : today, 0, &s);

	for (size_t i = 0; r == 0 && i < s.units.n; i++) {
		u = unit_of(w, s.units.of[i].key);
		if (u)
			from_line(u, &s.units.of[i]);
	}
	return r;
}

static int load_course(struct db *db, struct card_job *w, int64_t from_at, int64_t to_at)
{
	struct q_score_ordered *ordered;
	struct q_sample_results *samples;
	struct measured *u;
	size_t n;
	int r = q_score_ordered(db, w->o->a, from_at, to_at, &ordered, &n);

	for (size_t i = 0; r == 0 && i < n; i++) {
		if ((u = unit_of(w, ordered[i].unit_id)) != NULL)
			u->of[SCORE_ordered] = (struct counted){ ordered[i].n, 0 };
	}
	if (r == 0)
		r = q_sample_results(db, w->o->a, from_at, to_at, &samples, &n);
	for (size_t i = 0; r == 0 && i < n; i++) {
		if ((u = unit_of(w, samples[i].unit_id)) != NULL) {
			u->of[SCORE_sample_pass] = (struct counted){ samples[i].passed, samples[i].scored };
			u->of[SCORE_sample_points] = (struct counted){ samples[i].points, samples[i].scored };
		}
	}
	return r;
}

/* --- lines and totals --- */

static void add_line(struct card_job *w, size_t at, const struct q_plan_indicators *i, struct str *o)
{
	enum score_measure m = score_measure_from(i->measure);
	enum score_kind kind = m < SCORE__MAX ? score_measure_kind(m) : SCORE_KIND_RATE;
	struct counted c = m < SCORE__MAX ? w->units[at].of[m] : (struct counted){ 0, 0 };
	int64_t cases = kind == SCORE_KIND_COUNT ? INT64_MAX : c.whole, value, points;

	if (i->weight == 0)
		return;
	str_addf(o, "%s{\"u\":%lld,\"i\":%lld,\"p\":%lld,\"w\":%lld", o->len > 1 ? "," : "",
	         (long long)w->units[at].unit_id,
	         (long long)i->id, (long long)c.part, (long long)c.whole);
	value = kind == SCORE_KIND_MANUAL ? -1 : score_value(kind, c.part, c.whole);
	if (kind == SCORE_KIND_MANUAL || (value >= 0 && cases >= i->min_cases)) {
		points = kind == SCORE_KIND_MANUAL ? i->weight * 100 : score_points(value, i->weight, i->full_at, i->zero_at);
		w->weight[at] += i->weight;
		w->points[at] += points;
		if (value >= 0)
			str_addf(o, ",\"v\":%lld", (long long)value);
		str_addf(o, ",\"n\":%lld", (long long)points);
	}
	str_addc(o, '}');
}

static int put_lines(struct db *db, struct card_job *w)
{
	struct str o;

	w->weight = arena_array(w->o->a, w->n_units + 1, sizeof *w->weight);
	w->points = arena_array(w->o->a, w->n_units + 1, sizeof *w->points);
	str_init(&o, w->o->a, LINES_MAX);
	str_addc(&o, '[');
	for (size_t u = 0; u < w->n_units; u++) {
		for (size_t i = 0; i < w->n_indicators; i++)
			add_line(w, u, &w->indicators[i], &o);
	}
	str_addc(&o, ']');
	return o.over ? err_set(ERR_TOOBIG, "lines of the card") : q_line_put(db, w->id, o.s, NULL);
}

/* The name stands as it was then; names hold no quotes (text_clean_line keeps them, so they are escaped). */
static void add_json_text(struct str *o, const char *s)
{
	str_addc(o, '"');
	for (; *s; s++) {
		if (*s == '"' || *s == '\\')
			str_addc(o, '\\');
		str_addc(o, *s);
	}
	str_addc(o, '"');
}

static const char *tier_of(const struct card_job *w, int64_t total)
{
	for (size_t i = 0; i < w->n_tiers; i++) {
		if (total >= w->tiers[i].from_points * 100)
			return w->tiers[i].name;
	}
	return "";
}

static void add_total(const struct card_job *w, size_t at, struct str *o)
{
	int64_t computed = score_total(w->points[at], w->weight[at]), adjusted = 0;

	for (size_t i = 0; i < w->n_sums; i++)
		adjusted += w->sums[i].unit_id == w->units[at].unit_id ? w->sums[i].points : 0;
	str_addf(o, "%s{\"u\":%lld,\"a\":%lld", o->len > 1 ? "," : "", (long long)w->units[at].unit_id,
	         (long long)adjusted);
	if (computed >= 0) {
		int64_t total = score_adjusted(computed, adjusted);

		str_addf(o, ",\"c\":%lld,\"t\":%lld,\"n\":", (long long)computed, (long long)total);
		add_json_text(o, tier_of(w, total));
	}
	str_addc(o, '}');
}

static int put_totals(struct db *db, struct card_job *w)
{
	struct str o;

	str_init(&o, w->o->a, LINES_MAX);
	str_addc(&o, '[');
	for (size_t u = 0; u < w->n_units; u++)
		add_total(w, u, &o);
	str_addc(&o, ']');
	return o.over ? err_set(ERR_TOOBIG, "totals of the card") : q_total_put(db, w->id, o.s, NULL);
}

/* Inside the transaction that holds the card. */
static int compute(struct db *db, struct card_job *w, const struct q_card_lock *c)
{
	struct arena *a = w->o->a;
	int r = load_units(db, w);

	if (r == 0)
		r = load_stats(db, w, c);
	if (r == 0)
		r = load_course(db, w, clock_day_start(c->from_on), clock_day_start(c->to_on + 1));
	if (r == 0)
		r = q_plan_indicators(db, a, c->plan_id, &w->indicators, &w->n_indicators);
	if (r == 0)
		r = q_plan_tiers(db, a, c->plan_id, &w->tiers, &w->n_tiers);
	if (r == 0)
		r = q_adjust_sums(db, a, w->id, &w->sums, &w->n_sums);
	if (r == 0)
		r = put_lines(db, w);
	if (r == 0)
		r = put_totals(db, w);
	return r < 0 ? r : q_card_computed(db, clock_now(), w->id, NULL);
}

static int lock_open(struct db *db, struct card_job *w, struct q_card_lock *ret)
{
	int r = q_card_lock(db, w->o->a, w->id, ret);

	/* The transaction may run again. */
	w->n_units = 0;
	if (r == 0 && strcmp(ret->state, "open") != 0)
		return err_say(ERR_STATE, "考核结果已经签发，不能再改");
	return r;
}

/* --- cards --- */

static int add_card(struct db *db, void *arg)
{
	struct card_job *w = arg;
	struct q_card_lock c;
	struct q_plan_of p;
	int r = q_plan_of(db, w->o->a, w->plan_id, &p);

	if (r < 0)
		return r;
	if (strcmp(p.state, "in_force") != 0 || w->from < p.from_on || (p.to_on != DAY_NONE && w->to > p.to_on))
		return err_say(ERR_INVALID, "考核期要在方案施行的时间以内");
	r = q_card_add(db, w->plan_id, w->text, w->from, w->to, org_by(w->o), clock_now(), &w->id);
	if (r == ERR_DUP)
		return err_say(ERR_DUP, "同一方案、同一考核期已经有评分");
	if (r == 0)
		r = lock_open(db, w, &c);
	return r < 0 ? r : compute(db, w, &c);
}

int score_card_add(const struct org *o, int64_t plan_id, const char *title, int32_t from, int32_t to, int64_t *ret_id)
{
	struct card_job w = { .o = o, .plan_id = plan_id, .text = title, .from = from, .to = to };
	int r = org_may(o, CAP_SCORE, 0);

	if (r < 0)
		return r;
	if (from > to || to - from >= SCORE_SPAN_MAX)
		return err_say(ERR_INVALID, "考核期从早到晚，不超过 %d 天", SCORE_SPAN_MAX);
	if (from > clock_day(clock_now()))
		return err_say(ERR_INVALID, "考核期还没有开始");
	r = db_tx(o->db, add_card, &w);
	if (r == 0)
		*ret_id = w.id;
	return r;
}

static int compute_again(struct db *db, void *arg)
{
	struct card_job *w = arg;
	struct q_card_lock c;
	int r = lock_open(db, w, &c);

	return r < 0 ? r : compute(db, w, &c);
}

int score_compute(const struct org *o, int64_t card_id)
{
	struct card_job w = { .o = o, .id = card_id };
	int r = org_may(o, CAP_SCORE, 0);

	return r < 0 ? r : db_tx(o->db, compute_again, &w);
}

/* --- adjustments --- */

static int belongs(struct db *db, const struct card_job *w, const struct q_card_lock *c)
{
	struct q_plan_indicators *rows;
	struct q_card_totals *totals;
	const struct score_adjust *x = w->adjust;
	bool unit = false, indicator = x->indicator_id == 0;
	size_t n;
	int r = q_card_totals(db, w->o->a, w->id, &totals, &n);

	for (size_t i = 0; r == 0 && i < n; i++)
		unit = unit || totals[i].unit_id == x->unit_id;
	if (r == 0)
		r = q_plan_indicators(db, w->o->a, c->plan_id, &rows, &n);
	for (size_t i = 0; r == 0 && i < n; i++)
		indicator = indicator || (rows[i].id == x->indicator_id && rows[i].weight > 0);
	if (r == 0 && (!unit || !indicator))
		return err_say(ERR_INVALID, "请选择要调整的单位和指标");
	return r;
}

static int adjust(struct db *db, void *arg)
{
	struct card_job *w = arg;
	const struct score_adjust *x = w->adjust;
	struct q_card_lock c;
	int r = lock_open(db, w, &c);

	if (r == 0)
		r = belongs(db, w, &c);
	if (r == 0)
		r = q_adjust_add(db, w->id, x->unit_id, x->indicator_id ? &x->indicator_id : NULL, x->points, x->reason,
		                 x->evidence, org_by(w->o), clock_now(), NULL);
	return r < 0 ? r : compute(db, w, &c);
}

int score_adjust(const struct org *o, int64_t card_id, const struct score_adjust *a)
{
	struct card_job w = { .o = o, .id = card_id, .adjust = a };
	int r = org_may(o, CAP_SCORE, 0);

	if (r < 0)
		return r;
	if (a->points == 0 || a->points > 10000 || a->points < -10000)
		return err_say(ERR_INVALID, "加减的分数在 -100 到 100 之间，不能是 0");
	return db_tx(o->db, adjust, &w);
}

static int undo(struct db *db, void *arg)
{
	struct card_job *w = arg;
	struct q_card_lock c;
	int64_t changed = 0;
	int r = lock_open(db, w, &c);

	if (r == 0)
		r = q_adjust_undo(db, org_by(w->o), clock_now(), w->text, w->which, w->id, &changed);
	if (r == 0 && changed == 0)
		return err_say(ERR_STATE, "这次调整已经撤销");
	return r < 0 ? r : compute(db, w, &c);
}

int score_adjust_undo(const struct org *o, int64_t card_id, int64_t adjust_id, const char *why)
{
	struct card_job w = { .o = o, .id = card_id, .which = adjust_id, .text = why };
	int r = org_may(o, CAP_SCORE, 0);

	return r < 0 ? r : db_tx(o->db, undo, &w);
}

/* --- the end --- */

static int sign(struct db *db, void *arg)
{
	struct card_job *w = arg;
	struct q_adjust_by by = { .yes = false };
	struct q_card_lock c;
	int r = lock_open(db, w, &c);

	if (r == 0 && c.version != w->version)
		return err_say(ERR_CONFLICT, "评分刚刚有变化，请核对以后再签发");
	if (r == 0 && c.to_on >= clock_day(clock_now()))
		return err_say(ERR_STATE, "考核期还没有结束，不能签发");
	if (r == 0)
		r = q_adjust_by(db, w->o->a, w->id, org_by(w->o), &by);
	if (r == 0 && by.yes)
		return err_say(ERR_DENIED, "您调整过其中的分数，请由其他人签发");
	return r < 0 ? r : q_card_sign(db, org_by(w->o), clock_now(), w->text, w->id, NULL);
}

int score_sign(const struct org *o, int64_t card_id, int64_t version, const char *words)
{
	struct card_job w = { .o = o, .id = card_id, .version = version, .text = words ? words : "" };
	int r = org_may(o, CAP_SIGN_SCORE, 0);

	return r < 0 ? r : db_tx(o->db, sign, &w);
}

static int publish(struct db *db, void *arg)
{
	struct card_job *w = arg;
	struct q_card_lock c;
	int r = q_card_lock(db, w->o->a, w->id, &c);

	if (r == 0 && strcmp(c.state, "signed") != 0)
		return err_say(ERR_STATE, "签发以后才能公布，只公布一次");
	return r < 0 ? r : q_card_publish(db, org_by(w->o), clock_now(), w->id, NULL);
}

int score_publish(const struct org *o, int64_t card_id)
{
	struct card_job w = { .o = o, .id = card_id };
	int r = org_may(o, CAP_SCORE, 0);

	return r < 0 ? r : db_tx(o->db, publish, &w);
}
