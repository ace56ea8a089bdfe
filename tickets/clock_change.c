/* clock_change - see clock_change.h. What a change is, how it is drawn up and put into force; clock_move.c moves the
 * clocks. */
#include "clock_change.h"

#include <jansson.h>
#include <string.h>

#include "clock.h"
#include "clock_move.h"
#include "queries.h"
#include "timers.h"
#include "timers_fire.h"

#define TURN_MS 150
#define TERM_DAYS_MAX 730
#define TERM_MONTHS_MAX 24

struct span { int32_t from, to; };

static void drop_json(json_t **root)
{
	json_decref(*root);
}

static int basis(struct db *db, struct arena *a, const char **ret)
{
	struct q_worktime_version v;
	int r = q_worktime_version(db, a, &v);

	if (r == 0)
		*ret = arena_printf(a, "%lld-%lld", (long long)v.calendar_id, (long long)v.policy_id);
	return r;
}

static int add(struct db *db, struct arena *a, const struct clock_by *by, const char *kind, const char *title,
	const char *body,
               bool open_too, struct span span, int64_t *ret_id)
{
	const char *on = "";
	int r = basis(db, a, &on);

	return r < 0 ? r : q_change_add(db, kind, title, by->reason, body, open_too, span.from, span.to, on, by->officer_id,
	                                clock_now(), ret_id);
}

/* --- notices --- */

/* Whether the database already says exactly this about the year. */
static int is_in_force(struct db *db, struct arena *a, const struct calendar_file *f, bool *ret)
{
	struct q_calendar_days_of *days;
	struct q_calendar_year_of year;
	size_t n;
	int r = q_calendar_year_of(db, a, f->year, &year);

	*ret = false;
	if (r == ERR_NOTFOUND)
		return 0;
	if (r < 0 || (r = q_calendar_days_of(db, a, f->year, year.version_id, &days, &n)) < 0)
		return r;
	if (n != f->n_days || year.provisional != f->provisional)
		return 0;
	for (size_t i = 0; i < n; i++) {
		if (days[i].day != f->days[i].day || str_eq(days[i].kind, "off") != f->days[i].off ||
		    !str_eq(days[i].name, f->days[i].name))
			return 0;
	}
	*ret = true;
	return 0;
}

/* Only those that say something new, in order. Of two for one year the later holds. */
static int only_new(struct db *db, struct arena *a, const struct calendar_file *files, size_t n,
	struct calendar_file *ret,
                    size_t *ret_n)
{
	int r = 0;

	*ret_n = 0;
	for (size_t i = 0; r == 0 && i < n; i++) {
		bool same, again = false;

		for (size_t k = i + 1; k < n; k++)
			again |= files[k].year == files[i].year;
		r = is_in_force(db, a, &files[i], &same);
		if (r == 0 && !same && !again)
			ret[(*ret_n)++] = files[i];
	}
	return r;
}

/* The days from the December before the first of these years to the end of the last one that count otherwise now. */
static struct span difference(const struct calendar *was, const struct calendar *is,
	const struct calendar_file *files, size_t n)
{
	struct span span = { INT32_MAX, 0 };
	int first = files[0].year, last = files[0].year;

	for (size_t i = 1; i < n; i++) {
		first = files[i].year < first ? files[i].year : first;
		last = files[i].year > last ? files[i].year : last;
	}
	for (int32_t day = clock_day_of(first - 1, 12, 1); day <= clock_day_of(last, 12, 31); day++) {
		if (calendar_is_workday(was, day) == calendar_is_workday(is, day) &&
		    calendar_is_provisional(was, day) == calendar_is_provisional(is, day))
			continue;
		span.from = day < span.from ? day : span.from;
		span.to = day;
	}
	return span.to ? span : (struct span){ clock_day_of(first, 1, 1), clock_day_of(first, 1, 1) };
}

static const char *title_of(struct arena *a, const struct calendar_file *files, size_t n)
{
	if (n == 1)
		return arena_printf(a, "%d年放假安排%s", files[0].year, files[0].provisional ? "（暂定）" : "");
	return arena_printf(a, "%d年等 %zu 年的放假安排", files[0].year, n);
}

int clock_change_notices(struct db *db, struct arena *a, const struct clock_by *by,
	const struct calendar_file *files, size_t n,
                         int64_t *ret_id)
{
	struct calendar_file *news = arena_array(a, n + 1, sizeof *news);
	const struct worktime *wt;
	struct worktime then;
	size_t n_news;
	int r = only_new(db, a, files, n, news, &n_news);

	if (r < 0)
		return r;
	if (n_news == 0)
		return err_say(ERR_STATE, "这份安排和现在执行的完全一样，没有需要改的");
	if ((r = worktime_get(db, &wt)) < 0 || (r = worktime_as_if(db, a, news, n_news, NULL, &then)) < 0)
		return r;
	return add(db, a, by, "calendar", title_of(a, news, n_news), calendar_file_json(a, news, n_news), true,
	           difference(wt->cal, then.cal, news, n_news), ret_id);
}

int clock_change_files(struct arena *a, const struct q_change_get *change, struct calendar_file **ret, size_t *ret_n)
{
	return calendar_file_parse(a, "change", change->body, strlen(change->body), ret, ret_n);
}

/* --- terms --- */

static int amount_max(char unit)
{
	return unit == 'M' ? TERM_MONTHS_MAX : TERM_DAYS_MAX;
}

const char *clock_term_wrong(const struct clock_term *term, bool open_too, int32_t today, const char **ret_field)
{
	const struct sla_policy *p = &term->p;
	const struct { bool wrong; const char *field, *words; } checks[] = {
		{ p->amount < 1 || p->amount > amount_max(p->unit), "amount", "时限要在 1 和 730 天（24 个月）之间" },
		{ p->max_amount != 0 && p->max_amount < p->amount, "max", "最长时限不能短于时限；不能延期的请填 0" },
		{ p->allowance != 0 && p->allowance > p->max_amount, "allowance", "承办单位自己能延到的时限，不能超过最长时限" },
		{ p->valid_from < today, "from", "生效日期不能早于今天：已经开始计时的信不改旧账" },
		{ p->valid_to != DAY_NONE && p->valid_to < p->valid_from, "to", "截止日期不能早于生效日期" },
		{ open_too && p->valid_from != today, "from", "要让在办的信也照新时限走，生效日期请填今天" },
		{ term->grounds[0] == '\0', "grounds", "请写明依据，市民和承办单位都会看到" },
	};

	for (size_t i = 0; i < sizeof checks / sizeof checks[0]; i++) {
		if (checks[i].wrong) {
			*ret_field = checks[i].field;
			return checks[i].words;
		}
	}
	return NULL;
}

const char *clock_timer_name(const char *timer)
{
	static const struct { const char *code, *name; } more[] = {
		{ "rework", "重新办理的答复时限" }, { "follow_up", "追问的答复时限" }, { "objection", "异议期" },
		{ "petition", "信访事项的答复时限" },
	};
	enum timer_kind kind = states_timer_from(timer);

	for (size_t i = 0; i < sizeof more / sizeof more[0]; i++) {
		if (str_eq(more[i].code, timer))
			return more[i].name;
	}
	return kind < TIMER__MAX ? states_timer_name(kind) : timer;
}

const char *clock_term_name(struct arena *a, const struct sla_policy *p, const char *unit)
{
	enum ticket_type type = p->type ? states_type_from(p->type) : TYPE__MAX;

	return arena_printf(a, "%s%s%s%s%s", type < TYPE__MAX ? states_type_name(type) : "", type < TYPE__MAX ? "的" : "",
	                    clock_timer_name(p->timer), unit ? "：" : "", unit ? unit : "");
}

static const char *term_title(struct arena *a, const struct clock_term *t, const char *unit)
{
	return arena_printf(a, "%s %d %s", clock_term_name(a, &t->p, unit), t->p.amount,
	                    t->p.unit == 'W' ? "个工作日" : t->p.unit == 'M' ? "个月" : "天");
}

static const char *dump(struct arena *a, json_t *root)
{
	__attribute__((cleanup(drop_json))) json_t *owned = root;
	size_t n = json_dumpb(owned, NULL, 0, JSON_COMPACT);
	char *text = arena_alloc(a, n + 1);

	must(json_dumpb(owned, text, n, JSON_COMPACT) == n);
	return text;
}

static const char *term_json(struct arena *a, const struct clock_term *t)
{
	const struct sla_policy *p = &t->p;
	const char unit[] = { p->unit, '\0' };

	return dump(a, json_pack("{s:s, s:s?, s:I, s:i, s:s, s:i, s:i, s:i, s:i, s:s}", "timer", p->timer, "type", p->type,
	                         "unit_id", (json_int_t)p->unit_id, "amount", p->amount, "unit", unit, "max", p->max_amount,
	                         "allowance", p->allowance, "from", (int)p->valid_from, "to",
	                         (int)p->valid_to, "grounds", t->grounds));
}

static int read_term(struct arena *a, const char *body, struct clock_term *ret)
{
	__attribute__((cleanup(drop_json))) json_t *root = json_loads(body, 0, NULL);
	const char *timer, *type = NULL, *unit, *grounds;
	struct sla_policy p = { .id = INT64_MAX };
	json_int_t unit_id;
	int from, to;

	if (json_unpack(root, "{s:s, s?s, s:I, s:i, s:s, s:i, s:i, s:i, s:i, s:s}", "timer", &timer, "type", &type,
		"unit_id",
	                &unit_id, "amount", &p.amount, "unit", &unit, "max", &p.max_amount, "allowance", &p.allowance,
	                "from", &from, "to", &to, "grounds", &grounds) != 0)
		return err_set(ERR_BUG, "clock_change: the body is no term");
	p.timer = arena_strdup(a, timer);
	p.type = type ? arena_strdup(a, type) : NULL;
	p.unit_id = unit_id;
	p.unit = unit[0];
	p.valid_from = from;
	p.valid_to = to;
	*ret = (struct clock_term){ p, arena_strdup(a, grounds) };
	return 0;
}

int clock_change_term_of(struct arena *a, const struct q_change_get *change, struct clock_term *ret)
{
	return read_term(a, change->body, ret);
}

static int name_of_unit(struct db *db, struct arena *a, int64_t id, const char **ret)
{
	struct q_unit_name row;
	int r = q_unit_name(db, a, id, &row);

	if (r == 0)
		*ret = row.name;
	return r == ERR_NOTFOUND ? err_say(ERR_INVALID, "没有这个单位") : r;
}

/* A term of a name that there is, for a type and unit that there are. */
static int check_term(struct db *db, struct arena *a, const struct clock_term *t, const char **ret_unit)
{
	const struct worktime *wt;
	bool known = false;
	int r = worktime_get(db, &wt);

	if (r < 0)
		return r;
	for (size_t i = 0; i < wt->n_policies; i++)
		known |= str_eq(wt->policies[i].timer, t->p.timer);
	if (!known || (t->p.type && states_type_from(t->p.type) == TYPE__MAX))
		return err_say(ERR_INVALID, "没有这种时限");
	*ret_unit = NULL;
	return t->p.unit_id ? name_of_unit(db, a, t->p.unit_id, ret_unit) : 0;
}

int clock_change_term(struct db *db, struct arena *a, const struct clock_by *by, const struct clock_term *term,
	bool open_too,
                      int64_t *ret_id)
{
	const char *field, *unit, *wrong = clock_term_wrong(term, open_too, clock_day(clock_now()), &field);
	struct span always = { clock_day_of(CALENDAR_FIRST_YEAR, 1, 1), clock_day_of(CALENDAR_LAST_YEAR, 12, 31) };
	int r;

	if (wrong)
		return err_say(ERR_INVALID, "%s", wrong);
	if ((r = check_term(db, a, term, &unit)) < 0)
		return r;
	return add(db, a, by, "policy", term_title(a, term, unit), term_json(a, term), open_too, always, ret_id);
}

/* --- going through the clocks --- */

struct turn {
	struct arena *a;
	int64_t id, now;
	const char *state;
	size_t letters;
	bool more;
};

/* As if the change were in force. */
static int plan_preview(struct db *db, struct arena *a, const struct q_change_take *c, struct clock_plan *ret)
{
	struct worktime *then = ARENA_NEW(a, struct worktime);
	bool policy = str_eq(c->kind, "policy");
	struct calendar_file *files = NULL;
	struct clock_term term;
	size_t n = 0;
	int r;

	if (policy)
		r = read_term(a, c->body, &term);
	else
		r = calendar_file_parse(a, "change", c->body, strlen(c->body), &files, &n);
	if (r == 0)
		r = worktime_as_if(db, a, files, n, policy ? &term.p : NULL, then);
	ret->wt = then;
	if (r == 0 && policy)
		ret->term = &then->policies[then->n_policies - 1];
	return r;
}

/* What clocks are counted by. */
static int make_plan(struct db *db, struct arena *a, const struct q_change_take *c, struct clock_plan *ret)
{
	int r;

	*ret = (struct clock_plan){ .from = c->span_from, .to = c->span_to };
	if (str_eq(c->state, "looking"))
		return plan_preview(db, a, c, ret);
	if ((r = worktime_get(db, &ret->wt)) < 0 || !str_eq(c->kind, "policy"))
		return r;
	for (size_t i = 0; i < ret->wt->n_policies; i++) {
		if (ret->wt->policies[i].id == c->policy_id)
			ret->term = &ret->wt->policies[i];
	}
	return ret->term ? 0 : err_set(ERR_BUG, "change %lld has no term", (long long)c->id);
}

/* A term for new letters only moves nothing. */
static bool moves_nothing(const struct q_change_take *c)
{
	return str_eq(c->kind, "policy") && !c->open_too;
}

static int end_at_once(struct db *db, const struct q_change_take *c, int64_t now)
{
	if (str_eq(c->state, "looking"))
		return q_change_looked(db, "ready", c->last_ticket, 0, 0, 0, c->id, NULL);
	return q_change_done(db, "done", now, c->id, NULL);
}

static int one_batch(struct db *db, void *arg)
{
	struct turn *t = arg;
	struct clock_plan plan;
	struct q_change_take c;
	size_t letters = 0;
	int r = q_change_take(db, t->a, t->id, t->state, &c);

	t->more = r == 0;
	t->letters = 0;
	if (r < 0)
		return r == ERR_NOTFOUND ? 0 : r;
	if (moves_nothing(&c)) {
		t->letters = 1;
		return end_at_once(db, &c, t->now);
	}
	if ((r = make_plan(db, t->a, &c, &plan)) < 0)
		return r;
	if (str_eq(t->state, "looking"))
		r = clock_move_look(db, t->a, &plan, &c, &letters);
	else
		r = clock_move_apply(db, t->a, &plan, &c, t->now, &letters);
	t->letters = letters;
	return r;
}

/* Batches of one change until it is at its end or the time is over. */
static int batches(struct db *db, int64_t id, const char *state, int64_t ms, size_t *ret_letters)
{
	int64_t end = clock_mono_ms() + ms;
	bool more = true;
	int r = 0;

	while (r == 0 && more) {
		struct turn t = { .a = arena_new((size_t)64 << 20), .id = id, .now = clock_now(), .state = state };

		r = db_tx(db, one_batch, &t);
		*ret_letters += t.letters;
		more = t.more && clock_mono_ms() < end;
		arena_free(t.a);
	}
	return r;
}

int clock_change_look(struct db *db, struct arena *a, int64_t id, int64_t ms)
{
	size_t letters = 0;

	(void)a;
	return batches(db, id, "looking", ms, &letters);
}

/* What is due fires before its day moves: who was late by the old day was late. */
static int fire_first(struct db *db, struct arena *a, int64_t now, size_t *done)
{
	struct fired f;
	int r = timers_fire(db, a, now, TIMERS_FIRE_MAX, &f);

	*done = f.clocks;
	return r;
}

int clock_change_step(struct db *db, struct arena *a, int64_t now, size_t *done)
{
	struct q_change_at_work *list;
	size_t n;
	int r = q_change_at_work(db, a, &list, &n);

	for (size_t i = 0; r == 0 && *done == 0 && i < n; i++) {
		if (str_eq(list[i].state, "applying"))
			r = fire_first(db, a, now, done);
	}
	for (size_t i = 0; r == 0 && *done == 0 && i < n; i++)
		r = batches(db, list[i].id, str_eq(list[i].state, "looking") ? "looking" : "applying", TURN_MS, done);
	return r;
}

/* --- putting into force --- */

struct applying {
	struct arena *a;
	int64_t id, officer_id;
};

static int add_notices(struct db *db, const struct q_change_get *c, const struct calendar_file *files, size_t n,
	int64_t *ret_version)
{
	int64_t version = 0;
	int r = 0;

	for (size_t i = 0; r == 0 && i < n; i++) {
		const struct calendar_file *f = &files[i];

		if ((r = q_calendar_version_add(db, clock_now(), c->title, c->id, &version)) == 0)
			r = q_calendar_year_add(db, f->year, version, f->provisional, f->source, NULL);
		for (size_t k = 0; r == 0 && k < f->n_days; k++)
			r = q_calendar_day_add(db, f->days[k].day, f->year, version, f->days[k].off ? "off" : "workday",
				f->days[k].name,
			                       NULL);
	}
	*ret_version = version;
	return r;
}

static int add_term(struct db *db, int64_t change_id, const struct clock_term *t, int64_t *ret_id)
{
	const char unit[] = { t->p.unit, '\0' };

	return q_policy_add(db, t->p.timer, t->p.type, t->p.unit_id, t->p.amount, unit, t->p.max_amount, t->p.allowance,
	                    t->p.valid_from, t->p.valid_to, t->grounds, change_id, ret_id);
}

static int put_into_force(struct db *db, struct arena *a, const struct q_change_get *c, int64_t *ret_policy,
	int64_t *ret_version)
{
	struct calendar_file *files;
	struct clock_term term;
	size_t n;
	int r;

	if (str_eq(c->kind, "policy")) {
		r = clock_change_term_of(a, c, &term);
		return r < 0 ? r : add_term(db, c->id, &term, ret_policy);
	}
	r = clock_change_files(a, c, &files, &n);
	return r < 0 ? r : add_notices(db, c, files, n, ret_version);
}

static int may_apply(struct db *db, struct arena *a, const struct q_change_get *c)
{
	struct q_change_hold *held;
	bool ready = false, busy = false;
	const char *on = "";
	size_t n;
	int r = q_change_hold(db, a, &held, &n);

	for (size_t i = 0; r == 0 && i < n; i++) {
		ready |= held[i].id == c->id && str_eq(held[i].state, "ready");
		busy |= str_eq(held[i].state, "applying");
	}
	if (r < 0 || (r = basis(db, a, &on)) < 0)
		return r;
	if (!ready)
		return err_say(ERR_STATE, "这次调整已经执行、作废，或者还没有算完，请看下面现在的情况");
	if (busy)
		return err_say(ERR_STATE, "另一次调整正在执行，请等它完成以后再执行这一次");
	if (!str_eq(on, c->basis))
		return err_say(ERR_STATE, "算好以后，放假安排或者时限又有了变化，这份预览已经不准，请重新提交");
	return 0;
}

static int apply(struct db *db, void *arg)
{
	struct applying *w = arg;
	int64_t policy = 0, version = 0;
	struct q_change_get c;
	int r = q_change_get(db, w->a, w->id, &c);

	if (r < 0 || (r = may_apply(db, w->a, &c)) < 0 || (r = put_into_force(db, w->a, &c, &policy, &version)) < 0)
		return r;
	return q_change_begin(db, w->officer_id, clock_now(), policy, version, w->id, NULL);
}

int clock_change_apply(struct db *db, struct arena *a, int64_t id, int64_t officer_id)
{
	struct applying w = { a, id, officer_id };

	return db_tx(db, apply, &w);
}

static int drop(struct db *db, void *arg)
{
	struct applying *w = arg;
	struct q_change_take c;
	int r = q_change_take(db, w->a, w->id, "ready", &c);

	if (r == ERR_NOTFOUND)
		r = q_change_take(db, w->a, w->id, "looking", &c);
	if (r == ERR_NOTFOUND)
		return err_say(ERR_STATE, "这次调整已经执行或者作废了");
	if (r == 0)
		r = q_change_forget(db, w->id, NULL);
	return r < 0 ? r : q_change_done(db, "dropped", clock_now(), w->id, NULL);
}

int clock_change_drop(struct db *db, struct arena *a, int64_t id)
{
	struct applying w = { .a = a, .id = id };

	return db_tx(db, drop, &w);
}
