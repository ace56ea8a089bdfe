/* inspect - see inspect.h. */
#include "inspect.h"

#include <string.h>

#include "clock.h"
#include "queries.h"
#include "str.h"

#define WEEK_S (7 * 86400ll)
#define MIN_VISITS 20        /* below this a share of failures says nothing */

static const char *const kind_codes[] = {
#define K(code, zh) #code,
	INSPECT_KINDS(K)
#undef K
};
static const char *const kind_names[] = {
#define K(code, zh) zh,
	INSPECT_KINDS(K)
#undef K
};

const char *inspect_kind_code(enum inspect_kind kind)
{
	return kind_codes[kind];
}

const char *inspect_kind_name(enum inspect_kind kind)
{
	return kind_names[kind];
}

enum inspect_kind inspect_kind_from(const char *code)
{
	int i = 0;

	while (i < INSPECT__MAX && strcmp(kind_codes[i], code) != 0)
		i++;
	return (enum inspect_kind)i;
}

bool inspect_of_letters(enum inspect_kind kind)
{
	return kind == INSPECT_veto || kind == INSPECT_site_error || kind == INSPECT_clearing;
}

const char *inspect_level_name(enum inspect_level level)
{
	static const char *const names[] = { "没有数据", "正常", "预警", "黄牌", "红牌" };

	return names[level];
}

enum inspect_level inspect_level_from(const char *code)
{
	return str_eq(code, "notice") ? INSPECT_NOTICE : str_eq(code, "warn") ? INSPECT_WARN
	     : str_eq(code, "late") ? INSPECT_LATE : INSPECT_NONE;
}

/* --- steps --- */

int inspect_rules(struct db *db, struct arena *a, int32_t day, struct inspect_rule **ret, size_t *ret_n)
{
	struct q_alarm_rules *rows;
	size_t n;
	int r = q_alarm_rules(db, a, day, &rows, &n);

	*ret_n = 0;
	if (r < 0)
		return r;
	*ret = arena_array(a, n + 1, sizeof **ret);
	for (size_t i = 0; i < n; i++) {
		enum inspect_kind kind = inspect_kind_from(rows[i].kind);

		if (kind < INSPECT__MAX)
			(*ret)[(*ret_n)++] = (struct inspect_rule){ rows[i].id, kind, inspect_level_from(rows[i].level),
				(int)rows[i].amount, rows[i].unit[0], rows[i].roles, rows[i].wakes };
	}
	return 0;
}

static int32_t months_later(int32_t day, int months)
{
	int y, m, d, last;

	clock_civil(day, &y, &m, &d);
	m += months;
	y += (m - 1) / 12;
	m = (m - 1) % 12 + 1;
	/* The last day of that month is the day before the next one begins. */
	clock_civil(clock_day_of(m == 12 ? y + 1 : y, m == 12 ? 1 : m + 1, 1) - 1, &(int){ 0 }, &(int){ 0 }, &last);
	return clock_day_of(y, m, d < last ? d : last);
}

int64_t inspect_due(const struct calendar *cal, const struct inspect_rule *rule, const struct inspect_fact *f)
{
	int32_t day;

	if (f->since == TIME_NONE)
		return TIME_NONE;
	day = clock_day(f->since);
	switch (rule->unit) {
	case 'D':
		/* The calendar's end lies ahead: so many days before the first day that it does not know. */
		return clock_day_start(f->kind == INSPECT_known_until ? day + 1 - rule->amount : day + rule->amount);
	case 'M':
		return clock_day_start(months_later(day, rule->amount));
	case 'W':
		day = calendar_add(cal, day, rule->amount, NULL);
		return day == DAY_NONE ? TIME_NONE : clock_day_start(day + 1);
	case 'H':
		return f->since + rule->amount * 3600ll;
	case 'P':
		return f->value >= rule->amount * 100ll ? f->since : TIME_NONE;
	default:
		return f->value >= rule->amount ? f->since : TIME_NONE;
	}
}

enum inspect_level inspect_level_of(const struct calendar *cal, const struct inspect_rule *rules, size_t n,
                                    const struct inspect_fact *f, int64_t now, int64_t *ret_next)
{
	enum inspect_level level = INSPECT_GREEN;
	int64_t next = TIME_NONE;

	for (size_t i = 0; i < n; i++) {
		int64_t at = rules[i].kind == f->kind ? inspect_due(cal, &rules[i], f) : TIME_NONE;

		if (at == TIME_NONE)
			continue;
		if (at <= now)
			level = rules[i].level > level ? rules[i].level : level;
		else if (next == TIME_NONE || at < next)
			next = at;
	}
	if (ret_next)
		*ret_next = next;
	return level;
}

/* --- facts --- */

struct gathering {
	struct db *db;
	struct arena *a;
	const struct worktime *wt;
	int64_t now;
	int32_t today;
	struct inspect_fact *facts;
	size_t n;
};

static void add(struct gathering *g, enum inspect_kind kind, const char *subject, const char *episode, int64_t since,
                int64_t value, const char *words)
{
	if (g->n < INSPECT_FACTS_MAX)
		g->facts[g->n++] = (struct inspect_fact){ kind, subject, episode, words, since, value };
}

/* The last publication; where there is none, the first letter: a mailbox that never published is not fresh. */
static int add_freshness(struct gathering *g)
{
	struct q_inspect_published last;
	struct q_inspect_first_letter first;
	int32_t day;
	const char *words;
	int r = q_inspect_published(g->db, g->a, &last);

	if (r < 0)
		return r;
	if (last.at != TIME_NONE) {
		day = clock_day(last.at);
		words = arena_printf(g->a, "最近一次公开答复是%s，已有 %d 天", clock_fmt_day_zh(g->a, day, g->today), g->today - day);
	} else {
		if ((r = q_inspect_first_letter(g->db, g->a, &first)) < 0)
			return r;
		day = first.received_on;
		words = day == DAY_NONE ? "还没有收到过来信"
		                        : arena_printf(g->a, "还没有公开过答复，第一封来信是%s", clock_fmt_day_zh(g->a, day, g->today));
	}
	for (int i = 0; i < 2; i++)
		add(g, i ? INSPECT_home : INSPECT_freshness, "", clock_fmt_day(g->a, day),
		    day == DAY_NONE ? TIME_NONE : clock_day_start(day), 0, words);
	return 0;
}

/* 11月22日（星期日）12:11 */
static const char *moment_zh(const struct gathering *g, int64_t at)
{
	int second = clock_second_of_day(at);

	return arena_printf(g->a, "%s%02d:%02d", clock_fmt_day_zh(g->a, clock_day(at), g->today), second / 3600,
	                    second / 60 % 60);
}

/* What lasts is told once a week: its turn is named by the Monday. */
static const char *week_of(const struct gathering *g)
{
	return clock_fmt_day(g->a, g->today - clock_weekday(g->today) + 1);
}

/* One turn lasts until a visit goes well, also when it began before the week that is counted. */
static void add_down(struct gathering *g, const struct q_patrol_week *t)
{
	const char *turn = t->well_at != TIME_NONE ? clock_fmt_iso(g->a, t->well_at) : "";

	if (!t->active || t->failed_run == 0)
		return;
	add(g, INSPECT_probe_down, t->code, turn, t->failing_since, t->failed_run,
	    arena_printf(g->a, "%s（%s）从%s起打不开，已连续 %lld 次", t->name, t->path, moment_zh(g, t->failing_since),
	                 (long long)t->failed_run));
}

/* What is lacking somewhere, and on which pages: one lack of all of them is one thing to put right. */
static void add_feet(struct gathering *g, const struct q_patrol_week *rows, size_t n, bool seen)
{
	const char *lack = NULL;
	int64_t pages = 0;
	struct str names;

	str_init(&names, g->a, 600);
	for (size_t i = 0; i < n; i++) {
		if (!rows[i].active || rows[i].foot_missing == NULL || rows[i].foot_missing[0] == '\0')
			continue;
		str_addf(&names, "%s%s", pages ? "、" : "", rows[i].name);
		/* The longest one names the most. */
		if (lack == NULL || strlen(rows[i].foot_missing) > strlen(lack))
			lack = rows[i].foot_missing;
		pages++;
	}
	if (lack == NULL)
		add(g, INSPECT_footer, "", "", TIME_NONE, 0, seen ? "各页页脚齐全" : "还没有拨测记录");
	else
		add(g, INSPECT_footer, "", week_of(g), g->now, pages,
		    arena_printf(g->a, "%lld 个页面的页脚缺少%s（%s）", (long long)pages, lack, names.s));
}

static int add_visits(struct gathering *g)
{
	struct q_patrol_week *rows;
	int64_t visits = 0, failed = 0, share;
	size_t n, before;
	int r = q_patrol_week(g->db, g->a, g->now - 86400, g->now - WEEK_S, g->now, g->now - WEEK_S, &rows, &n);

	if (r < 0)
		return r;
	before = g->n;
	for (size_t i = 0; i < n; i++) {
		visits += rows[i].visits;
		failed += rows[i].failed;
		add_down(g, &rows[i]);
	}
	if (g->n == before)
		add(g, INSPECT_probe_down, "", "", TIME_NONE, 0, visits ? "都能打开" : "还没有拨测记录");
	add_feet(g, rows, n, visits > 0);
	share = visits ? (failed * 10000 + visits / 2) / visits : 0;
	add(g, INSPECT_probe_week, "", week_of(g), visits >= MIN_VISITS && failed ? g->now : TIME_NONE, share,
	    visits ? arena_printf(g->a, "最近 7 天访问 %lld 次，失败 %lld 次（%lld.%02lld%%）%s", (long long)visits,
	                          (long long)failed, (long long)(share / 100), (long long)(share % 100),
	                          visits < MIN_VISITS ? "，次数还少，不判断" : "") : "还没有拨测记录");
	return 0;
}

static int add_simulated(struct gathering *g)
{
	struct q_simulation_waiting *rows;
	size_t n;
	int r = q_simulation_waiting(g->db, g->a, &rows, &n);

	for (size_t i = 0; r == 0 && i < n; i++)
		add(g, INSPECT_simulated, rows[i].no, "", clock_day_start(rows[i].received_on), 0,
		    arena_printf(g->a, "模拟信件 %s，%s收到，已过 %d 个工作日，还没有答复", rows[i].no,
		                 clock_fmt_day_zh(g->a, rows[i].received_on, g->today),
		                 calendar_between(g->wt->cal, rows[i].received_on, g->today)));
	if (r == 0 && n == 0)
		add(g, INSPECT_simulated, "", "", TIME_NONE, 0, "没有等待答复的模拟信件");
	return r;
}

/* A clock that cannot be fired warns nobody: that must not stay in a log. */
static int add_stuck(struct gathering *g)
{
	struct q_inspect_stuck row;
	int r = q_inspect_stuck(g->db, g->a, &row);

	if (r < 0)
		return r;
	if (row.n == 0)
		add(g, INSPECT_stuck, "", "", TIME_NONE, 0, "所有时限都按时触发");
	else
		add(g, INSPECT_stuck, "", clock_fmt_iso(g->a, row.since), row.since, row.n,
		    arena_printf(g->a, "%lld 个时限没能触发，最早的从%s起", (long long)row.n, moment_zh(g, row.since)));
	return 0;
}

static void add_known_until(struct gathering *g)
{
	int32_t day = calendar_known_until(g->wt->cal);

	add(g, INSPECT_known_until, "", clock_fmt_day(g->a, day), day == DAY_NONE ? TIME_NONE : clock_day_start(day), 0,
	    day == DAY_NONE ? "还没有放假安排" : arena_printf(g->a, "放假安排到%s，此后的日期都是暂定",
	                                                clock_fmt_day_zh(g->a, day, g->today)));
}

static int add_incidents(struct gathering *g)
{
	struct q_incident_running *rows;
	size_t n, before = g->n;
	int r = q_incident_running(g->db, g->a, &rows, &n);

	for (size_t i = 0; r == 0 && i < n; i++) {
		const char *found = moment_zh(g, rows[i].found_at);

		if (rows[i].first_at == TIME_NONE)
			add(g, INSPECT_incident_first, rows[i].no, "", rows[i].found_at, 0,
			    arena_printf(g->a, "安全事件 %s，%s发现，还没有首报", rows[i].no, found));
		if (rows[i].full_at == TIME_NONE)
			add(g, INSPECT_incident_full, rows[i].no, "", rows[i].found_at, 0,
			    arena_printf(g->a, "安全事件 %s，%s发现，还没有书面报告", rows[i].no, found));
	}
	if (r == 0 && g->n == before)
		add(g, INSPECT_incident_first, "", "", TIME_NONE, 0, "没有未报告的安全事件");
	return r;
}

int inspect_facts(struct db *db, struct arena *a, const struct worktime *wt, int64_t now, struct inspect_fact **ret,
                  size_t *ret_n)
{
	struct gathering g = { .db = db, .a = a, .wt = wt, .now = now, .today = clock_day(now),
		               .facts = arena_array(a, INSPECT_FACTS_MAX, sizeof(struct inspect_fact)) };
	int r = add_freshness(&g);

	if (r == 0)
		r = add_visits(&g);
	if (r == 0)
		r = add_simulated(&g);
	if (r == 0)
		r = add_incidents(&g);
	if (r == 0)
		r = add_stuck(&g);
	if (r < 0)
		return r;
	add_known_until(&g);
	*ret = g.facts;
	*ret_n = g.n;
	return 0;
}
