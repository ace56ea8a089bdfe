/* inspect_cockpit - /inspect: every veto and deduction as a live number, with its light, the list behind it and
 * what to do. */
#include <stdlib.h>

#include "clock.h"
#include "inspect_page.h"
#include "views/inspect.h"
#include "worktime.h"

#define ALARM_DAYS 30
#define ALARMS 100

/* What each kind rests on, what to do about it, and where. */
static const struct { const char *ground, *todo, *path, *text; } about[INSPECT__MAX] = {
	[INSPECT_veto] = { "19 号单项否决：有效信件三个月没有答复", "请督办承办单位先作答复；确属无效的，由登记员和督办员判定。",
		"/inspect/letters?kind=veto", "逐封查看" },
	[INSPECT_freshness] = { "19 号扣分：两个月没有新公开的答复", "请公开审查员和发布员公开已答复的信件。",
		"/inspect/letters?kind=clearing", "待公开的答复" },
	[INSPECT_home] = { "19 号单项否决：首页两周没有更新", "首页显示最新公开的答复，公开一件就更新。",
		"/inspect/letters?kind=clearing", "待公开的答复" },
	[INSPECT_site_error] = { "武汉市政府网站管理办法第三十五条：两个工作日提出答复意见", "请承办单位当天提出意见，报上级审核。",
		"/inspect/letters?kind=site_error", "逐件查看" },
	[INSPECT_clearing] = { "政府信息公开条例第二十六条：二十个工作日", "请公开审查员作出决定，发布员发布。",
		"/inspect/letters?kind=clearing", "逐件查看" },
	[INSPECT_stuck] = { "触发不了的时限不会提醒任何人", "请督办员按到期日人工提醒，请系统管理员按列出的原因处理。",
		"/inspect/clocks", "逐个查看" },
	[INSPECT_probe_week] = { "19 号单项否决：一周内打不开达到 5%", "请系统管理员查明原因；恢复后比例会逐日下降。",
		"/inspect/patrol", "拨测记录" },
	[INSPECT_probe_down] = { "打开超过 15 秒算打不开", "请系统管理员马上查看；确是事故的，值班员登记安全事件。",
		"/inspect/patrol", "拨测记录" },
	[INSPECT_footer] = { "19 号扣分：页脚缺少规定的信息", "请系统管理员在设置里补齐。", "/inspect/patrol", "缺少哪些" },
	[INSPECT_simulated] = { "19 号扣分：简单问题五个工作日没有答复", "到第 5 个工作日前请以督办名义过问，不说明是模拟。",
		"/inspect/simulated", "每周的提问" },
	[INSPECT_known_until] = { "没有放假安排的日期只能暂定", "请系统管理员在国务院办公厅公布放假安排后导入。",
		"/rules/calendar", "工作日历" },
	[INSPECT_incident_first] = { "国家网络安全事件报告管理办法：4 小时", "请值班员立即报告，报告后登记。",
		"/inspect/incidents", "安全事件" },
	[INSPECT_incident_full] = { "发现后 24 小时内书面报告", "请值班员写书面报告，报送后登记。", "/inspect/incidents",
		"安全事件" },
};

struct gathering {
	struct page *p;
	const struct worktime *wt;
	int32_t today;
	struct inspect_rule *rules;
	size_t rules_n;
	struct inspect_row *rows;
	enum inspect_level *levels;
	size_t n;
	int lights[INSPECT_LATE + 1];
};

/* Its clocks count hours. */
static bool is_incident(enum inspect_kind kind)
{
	return kind == INSPECT_incident_first || kind == INSPECT_incident_full;
}

static const char *next_words(const struct gathering *g, const struct inspect_fact *f, enum inspect_level level,
	int64_t next)
{
	struct inspect_fact then = *f;
	enum inspect_level to;
	const char *when;

	if (next == TIME_NONE)
		return "";
	to = inspect_level_of(g->wt->cal, g->rules, g->rules_n, &then, next, NULL);
	if (to <= level)
		return "";
	when = is_incident(f->kind) ? show_moment(g->p->a, next, g->today) : show_day(g->p->a, clock_day(next), g->today);
	return arena_printf(g->p->a, "%s转为%s", when, inspect_level_name(to));
}

static void add_row(struct gathering *g, const struct inspect_fact *f)
{
	int64_t next = TIME_NONE;
	enum inspect_level level = inspect_level_of(g->wt->cal, g->rules, g->rules_n, f, g->p->now, &next);
	const char *path = about[f->kind].path;

	if (is_incident(f->kind) && f->subject[0] != '\0')
		path = arena_printf(g->p->a, "/inspect/incidents/%s", f->subject);
	g->levels[g->n] = level;
	g->lights[level]++;
	g->rows[g->n++] = (struct inspect_row){ .name = inspect_kind_name(f->kind), .css = inspect_css(level),
		.light = inspect_level_name(level), .now = f->words, .next = next_words(g, f, level, next),
		.limit = inspect_limit(g->p->a, g->rules, g->rules_n, f->kind), .ground = about[f->kind].ground,
		.todo = level == INSPECT_GREEN ? "" : about[f->kind].todo, .url = { path }, .url_text = about[f->kind].text };
}

static const struct q_inspect_oldest *find(const struct q_inspect_oldest *rows, size_t n, enum inspect_kind kind)
{
	for (size_t i = 0; i < n; i++) {
		if (str_eq(rows[i].kind, inspect_kind_code(kind)))
			return &rows[i];
	}
	return NULL;
}

/* Of letters: the one that has waited longest. */
static int add_letters(struct gathering *g)
{
	static const enum inspect_kind kinds[] = { INSPECT_veto, INSPECT_site_error, INSPECT_clearing };
	static const char *const none[] = { "没有等待答复的信件", "没有未答复的网站找错", "没有待公开的答复" };
	struct page *p = g->p;
	int64_t unit = page_actor(p)->unit_id, me = page_actor(p)->officer_id;
	struct q_inspect_oldest *rows = NULL;
	size_t n = 0;
	int rc = q_inspect_oldest(p->db, p->a, unit, me, unit, me, unit, me, &rows, &n);

	for (size_t i = 0; rc == 0 && i < ARRAY_LEN(kinds); i++) {
		const struct q_inspect_oldest *row = find(rows, n, kinds[i]);
		struct inspect_fact f = { .kind = kinds[i], .subject = "", .episode = "", .words = none[i],
			.since = TIME_NONE };

		if (row != NULL) {
			f.since = clock_day_start(row->since);
			f.words = kinds[i] == INSPECT_veto
				? arena_printf(p->a, "%s，%s收到，已等 %d 天", row->no, show_day(p->a, row->since, g->today),
					g->today - row->since)
				: arena_printf(p->a, "最早的是 %s，从%s起，已过 %d 个工作日", row->no, show_day(p->a, row->since, g->today),
					calendar_between(g->wt->cal, row->since, g->today));
		}
		add_row(g, &f);
	}
	return rc;
}

/* Who does not plan the simulated questions does not see them. */
static int add_facts(struct gathering *g)
{
	bool simulated = access_may(page_actor(g->p), CAP_INSPECT);
	struct inspect_fact *facts = NULL;
	size_t n = 0;
	int rc = inspect_facts(g->p->db, g->p->a, g->wt, g->p->now, &facts, &n);

	for (size_t i = 0; rc == 0 && i < n; i++) {
		if (facts[i].kind != INSPECT_simulated || simulated)
			add_row(g, &facts[i]);
	}
	return rc;
}

struct order { enum inspect_level level; size_t i; };

static int worse_first(const void *x, const void *y)
{
	const struct order *a = x, *b = y;

	return a->level != b->level ? (int)b->level - (int)a->level : a->i < b->i ? -1 : 1;
}

static const struct inspect_row *sorted(const struct gathering *g)
{
	struct order *order = arena_array(g->p->a, g->n + 1, sizeof(*order));
	struct inspect_row *rows = arena_array(g->p->a, g->n + 1, sizeof(*rows));

	for (size_t i = 0; i < g->n; i++)
		order[i] = (struct order){ g->levels[i], i };
	qsort(order, g->n, sizeof(*order), worse_first);
	for (size_t i = 0; i < g->n; i++)
		rows[i] = g->rows[order[i].i];
	return rows;
}

static const char *summary_of(const struct gathering *g)
{
	struct str o;

	str_init(&o, g->p->a, 200);
	for (int level = INSPECT_LATE; level > INSPECT_GREEN; level--) {
		if (g->lights[level] > 0)
			str_addf(&o, "%s%d 项%s", o.len > 0 ? "、" : "", g->lights[level],
				inspect_level_name((enum inspect_level)level));
	}
	str_add(&o, o.len > 0 ? "，其余正常。" : "各项指标都正常。");
	return o.s;
}

static int load_alarms(struct page *p, struct view_inspect *v)
{
	bool simulated = access_may(page_actor(p), CAP_INSPECT);
	int32_t today = clock_day(p->now);
	struct q_alarm_recent *rows = NULL;
	struct inspect_alarm *list;
	size_t n = 0;
	int rc = q_alarm_recent(p->db, p->a, p->now - ALARM_DAYS * 86400ll, ALARMS, &rows, &n);

	if (rc != 0)
		return rc;
	list = arena_array(p->a, n + 1, sizeof(*list));
	for (size_t i = 0; i < n; i++) {
		enum inspect_kind kind = inspect_kind_from(rows[i].kind);
		enum inspect_level level = inspect_level_from(rows[i].level);

		if (kind == INSPECT__MAX || (kind == INSPECT_simulated && !simulated))
			continue;
		list[v->alarms_n++] = (struct inspect_alarm){ inspect_kind_name(kind), inspect_css(level),
			inspect_level_name(level), rows[i].words, show_moment(p->a, rows[i].due_at, today),
			rows[i].at - rows[i].due_at > 3600 ? show_moment(p->a, rows[i].at, today) : "",
			rows[i].cleared_at == TIME_NONE ? "还没有解除"
				: arena_printf(p->a, "%s解除", show_moment(p->a, rows[i].cleared_at, today)) };
	}
	v->alarms = list;
	return 0;
}

int inspect_show(struct page *p)
{
	struct view_inspect v = { 0 };
	struct gathering g = { .p = p, .today = clock_day(p->now),
		.rows = arena_array(p->a, INSPECT_FACTS_MAX + INSPECT__MAX, sizeof(*g.rows)),
		.levels = arena_array(p->a, INSPECT_FACTS_MAX + INSPECT__MAX, sizeof(*g.levels)) };
	int rc = worktime_get(p->db, &g.wt);

	if (rc == 0)
		rc = inspect_rules(p->db, p->a, g.today, &g.rules, &g.rules_n);
	if (rc == 0)
		rc = add_letters(&g);
	if (rc == 0)
		rc = add_facts(&g);
	if (rc == 0)
		rc = load_alarms(p, &v);
	if (rc != 0)
		return rc;
	v.rows = sorted(&g);
	v.rows_n = g.n;
	v.summary = summary_of(&g);
	v.cutoff = arena_printf(p->a, "截至 %s。依据：国办秘函〔2019〕19号（以下称 19 号）和各项时限规定。",
		show_moment(p->a, p->now, g.today));
	v.nav = tabs(p, TABS_WATCH);
	v.tabs = tabs(p, TABS_INSPECT);
	v.frame = page_titled(p, "检查指标");
	view_inspect(&p->reply->body, &v);
	return 0;
}
