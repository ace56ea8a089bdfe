/* score - see score.h: what is pure, and plans. Cards are score_card.c. */
#include "score.h"

#include <string.h>

#include "clock.h"
#include "org_inner.h"

static const struct { const char *code, *zh, *what; enum score_kind kind; } measures[] = {
#define M(code, zh, kind, what) { #code, zh, what, SCORE_KIND_##kind },
	SCORE_MEASURES(M)
#undef M
};

const char *score_measure_code(enum score_measure m)
{
	return measures[m].code;
}

const char *score_measure_name(enum score_measure m)
{
	return measures[m].zh;
}

const char *score_measure_what(enum score_measure m)
{
	return measures[m].what;
}

enum score_kind score_measure_kind(enum score_measure m)
{
	return measures[m].kind;
}

enum score_measure score_measure_from(const char *code)
{
	for (int m = 0; m < SCORE__MAX; m++) {
		if (str_eq(measures[m].code, code))
			return (enum score_measure)m;
	}
	return SCORE__MAX;
}

const char *score_points_text(struct arena *a, int64_t hundredths)
{
	int64_t n = hundredths < 0 ? -hundredths : hundredths;
	const char *sign = hundredths < 0 ? "-" : "";

	if (n % 100 == 0)
		return arena_printf(a, "%s%lld", sign, (long long)(n / 100));
	if (n % 10 == 0)
		return arena_printf(a, "%s%lld.%lld", sign, (long long)(n / 100), (long long)(n % 100 / 10));
	return arena_printf(a, "%s%lld.%02lld", sign, (long long)(n / 100), (long long)(n % 100));
}

const char *score_tier_text(struct arena *a, const char *name, int64_t from, int64_t better)
{
	if (from == 0 && better > 0)
		return arena_printf(a, "%s %lld 分以下", name, (long long)better);
	return arena_printf(a, "%s %lld 分及以上", name, (long long)from);
}

const char *score_value_text(struct arena *a, enum score_measure m, const int64_t *value)
{
	const char *text = value ? score_points_text(a, *value) : "—";

	if (!value)
		return text;
	if (m == SCORE_days)
		return arena_printf(a, "%s 个工作日", text);
	switch (measures[m].kind) {
	case SCORE_KIND_RATE:
		return arena_printf(a, "%s%%", text);
	case SCORE_KIND_MEAN:
		return arena_printf(a, "%s 分", text);
	default:
		return arena_printf(a, "%s 次", text);
	}
}

int score_number(const char *s, int64_t *ret)
{
	const char *digits = s + (*s == '-' || *s == '+');
	size_t whole = strspn(digits, "0123456789");
	const char *rest = digits + whole;
	size_t after = *rest == '.' ? strspn(rest + 1, "0123456789") : 0;
	int64_t n = 0;

	if (whole == 0 || whole > 6 || after > 2 || strlen(rest) != after + (after > 0))
		return -1;
	for (size_t i = 0; i < whole; i++)
		n = n * 10 + (digits[i] - '0');
	for (size_t i = 0; i < 2; i++)
		n = n * 10 + (i < after ? rest[1 + i] - '0' : 0);
	*ret = *s == '-' ? -n : n;
	return 0;
}

/* part × 10^4 stays far from the ends of 64 bits: figures are counts of letters and days. */
int64_t score_value(enum score_kind kind, int64_t part, int64_t whole)
{
	int64_t scale = kind == SCORE_KIND_RATE ? 10000 : 100;

	if (kind == SCORE_KIND_COUNT)
		return part * scale;
	return whole > 0 ? (2 * part * scale + whole) / (2 * whole) : -1;
}

int64_t score_points(int64_t value, int64_t weight, int64_t full_at, int64_t zero_at)
{
	int64_t span = full_at > zero_at ? full_at - zero_at : zero_at - full_at;
	int64_t got = full_at > zero_at ? value - zero_at : zero_at - value;

	if (got <= 0)
		return 0;
	if (got >= span)
		return weight * 100;
	return (2 * weight * 100 * got + span) / (2 * span);
}

int64_t score_total(int64_t points, int64_t weight)
{
	return weight > 0 ? (2 * points * 100 + weight) / (2 * weight) : -1;
}

int64_t score_adjusted(int64_t computed, int64_t adjusted)
{
	int64_t sum = computed + adjusted;

	return sum < 0 ? 0 : sum > 10000 ? 10000 : sum;
}

/* --- plans --- */

struct plan_job {
	const struct org *o;
	int64_t id;
	const char *name;
	const struct score_plan *plan;
	const struct score_indicator *indicator;
	const char *to;              /* state */
	int32_t day;
	const char *words;
};

static int copy_plan(struct db *db, void *arg)
{
	struct plan_job *w = arg;
	struct q_plan_of from;
	int64_t id, by = org_by(w->o);
	int r = q_plan_of(db, w->o->a, w->id, &from);

	if (r == 0)
		r = q_plan_copy(db, w->name, by, clock_now(), by, clock_now(), w->id, &id);
	if (r == 0)
		r = q_plan_copy_indicators(db, id, w->id, NULL);
	if (r == 0)
		r = q_plan_copy_tiers(db, id, w->id, NULL);
	w->id = r == 0 ? id : w->id;
	return r;
}

int score_plan_copy(const struct org *o, int64_t from_id, const char *name, int64_t *ret_id)
{
	struct plan_job w = { .o = o, .id = from_id, .name = name };
	int r = org_may(o, CAP_SCORE, 0);

	if (r == 0)
		r = db_tx(o->db, copy_plan, &w);
	if (r == 0)
		*ret_id = w.id;
	return r;
}

static int lock_draft(struct db *db, const struct plan_job *w, struct q_plan_lock *ret)
{
	int r = q_plan_lock(db, w->o->a, w->id, ret);

	if (r == 0 && strcmp(ret->state, "draft") != 0)
		return err_say(ERR_STATE, "方案不在起草阶段，不能修改；征求意见的可以先转回起草，施行的请复制成新方案");
	return r;
}

static int tiers_ok(const struct score_plan *p)
{
	if (p->n_tiers == 0 || p->tiers[p->n_tiers - 1].from_points != 0)
		return err_say(ERR_INVALID, "最后一个等次从 0 分算起");
	for (size_t i = 0; i < p->n_tiers; i++) {
		if (p->tiers[i].from_points < 0 || p->tiers[i].from_points > 100 ||
		    (i > 0 && p->tiers[i].from_points >= p->tiers[i - 1].from_points))
			return err_say(ERR_INVALID, "等次的分数从高到低，在 0 到 100 之间");
	}
	return 0;
}

static int save_plan(struct db *db, void *arg)
{
	struct plan_job *w = arg;
	struct q_plan_lock p;
	int r = lock_draft(db, w, &p);

	if (r == 0 && p.version != w->plan->version)
		return err_say(ERR_CONFLICT, "别人刚刚修改了这个方案，您填的内容还在，请核对");
	for (size_t i = 0; r == 0 && i < w->plan->n_tiers; i++)
		r = q_tier_put(db, w->plan->tiers[i].from_points, w->plan->tiers[i].name, w->id, (int64_t)i + 1, NULL);
	return r < 0 ? r : q_plan_change(db, w->plan->name, w->plan->words, org_by(w->o), clock_now(), w->id, NULL);
}

int score_plan_save(const struct org *o, int64_t id, const struct score_plan *p)
{
	struct plan_job w = { .o = o, .id = id, .plan = p };
	int r = org_may(o, CAP_SCORE, 0);

	if (r == 0)
		r = tiers_ok(p);
	return r < 0 ? r : db_tx(o->db, save_plan, &w);
}

static int save_indicator(struct db *db, void *arg)
{
	struct plan_job *w = arg;
	const struct score_indicator *i = w->indicator;
	const char *measure = score_measure_code(i->measure);
	struct q_plan_indicators *rows;
	struct q_plan_lock p;
	int64_t changed = 1;
	size_t n;
	int r = lock_draft(db, w, &p);

	if (r == 0)
		r = q_plan_indicators(db, w->o->a, w->id, &rows, &n);
	if (r < 0)
		return r;
	if (i->id == 0 && n >= SCORE_INDICATORS_MAX)
		return err_say(ERR_INVALID, "一个方案最多 %d 项指标", SCORE_INDICATORS_MAX);
	if (i->id == 0)
		r = q_indicator_add(db, w->id, i->name, i->weight, measure, i->full_at, i->zero_at, i->min_cases, i->how, w->id,
		                    NULL);
	else
		r = q_indicator_change(db, i->name, i->weight, measure, i->full_at, i->zero_at, i->min_cases, i->how, i->id,
		                       w->id,
		                       &changed);
	return r < 0 ? r : q_plan_touch(db, org_by(w->o), clock_now(), w->id, NULL);
}

int score_indicator_save(const struct org *o, int64_t plan_id, const struct score_indicator *i)
{
	struct plan_job w = { .o = o, .id = plan_id, .indicator = i };
	int r = org_may(o, CAP_SCORE, 0);

	if (r < 0)
		return r;
	if (i->full_at == i->zero_at)
		return err_say(ERR_INVALID, "得满分和得零分的数值不能一样");
	return db_tx(o->db, save_indicator, &w);
}

static int is_whole(struct db *db, const struct plan_job *w)
{
	struct q_plan_indicators *rows;
	int64_t sum = 0;
	size_t n;
	int r = q_plan_indicators(db, w->o->a, w->id, &rows, &n);

	for (size_t i = 0; r == 0 && i < n; i++)
		sum += rows[i].weight;
	if (r == 0 && sum != 100)
		return err_say(ERR_STATE, "各项指标的分值合计 %lld 分，应当是 100 分", (long long)sum);
	return r;
}

static bool may_go(const char *from, const char *to)
{
	static const struct { const char *from, *to; } ways[] = {
		{ "draft", "comment" }, { "comment", "draft" }, { "draft", "in_force" }, { "comment", "in_force" },
			{ "in_force", "ended" },
	};

	for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
		if (strcmp(ways[i].from, from) == 0 && strcmp(ways[i].to, to) == 0)
			return true;
	}
	return false;
}

/* What each step asks for besides. */
static int step_ok(struct db *db, const struct plan_job *w, const struct q_plan_of *p)
{
	bool force = strcmp(w->to, "in_force") == 0;
	int r = force || strcmp(w->to, "comment") == 0 ? is_whole(db, w) : 0;

	if (r < 0)
		return r;
	if (strcmp(w->to, "ended") == 0 && w->day < p->from_on)
		return err_say(ERR_INVALID, "结束日期不能早于开始日期");
	if (!force || p->comment_until == DAY_NONE)
		return 0;
	if (p->comment_until >= clock_day(clock_now()))
		return err_say(ERR_STATE, "征求意见到 %s 才结束", clock_fmt_day(w->o->a, p->comment_until));
	return *w->words ? 0 : err_say(ERR_INVALID, "征求过意见，请写明意见的采纳情况");
}

static int change_state(struct db *db, void *arg)
{
	struct plan_job *w = arg;
	bool force = strcmp(w->to, "in_force") == 0, end = strcmp(w->to, "ended") == 0;
	bool comment = strcmp(w->to, "comment") == 0;
	struct q_plan_lock locked;
	struct q_plan_of p;
	int r = q_plan_lock(db, w->o->a, w->id, &locked);

	if (r == 0)
		r = q_plan_of(db, w->o->a, w->id, &p);
	if (r == 0 && !may_go(p.state, w->to))
		return err_say(ERR_STATE, "方案已经进入别的阶段，请刷新后再看");
	if (r == 0)
		r = step_ok(db, w, &p);
	if (r < 0)
		return r;
	return q_plan_state(db, w->to, comment ? w->day : p.comment_until, force ? w->words : p.comment_words,
	                    force ? w->day : p.from_on, end ? w->day : p.to_on, org_by(w->o), clock_now(), w->id, NULL);
}

static int go(const struct org *o, int64_t id, const char *to, int32_t day, const char *words)
{
	struct plan_job w = { .o = o, .id = id, .to = to, .day = day, .words = words ? words : "" };
	int r = org_may(o, CAP_SCORE, 0);

	return r < 0 ? r : db_tx(o->db, change_state, &w);
}

int score_plan_comment(const struct org *o, int64_t id, int32_t until)
{
	if (until < clock_day(clock_now()) + SCORE_COMMENT_DAYS)
		return err_say(ERR_INVALID, "征求意见至少 %d 天", SCORE_COMMENT_DAYS);
	return go(o, id, "comment", until, NULL);
}

int score_plan_revise(const struct org *o, int64_t id)
{
	return go(o, id, "draft", DAY_NONE, NULL);
}

int score_plan_enforce(const struct org *o, int64_t id, int32_t from, const char *words)
{
	return go(o, id, "in_force", from, words);
}

int score_plan_end(const struct org *o, int64_t id, int32_t to)
{
	return go(o, id, "ended", to, NULL);
}
