/* inspect - what an inspection looks at, as live facts, and how far each is from its limit.
 *
 * Every veto and deduction that this system can see is a fact: since when, how much, in words. The steps at
 * which its light changes and somebody is told are data (alarm_rule, schema 0055, with their sources). The desk
 * shows facts with their lights (fcgi/inspect.c), slad raises alarms at the steps (alarm.h); both from here, so
 * that they agree. Facts of letters (veto, site_error, clearing) are shown only: letters have clocks of their
 * own (timers.h). */
#ifndef INSPECT_H
#define INSPECT_H

#include "db.h"
#include "worktime.h"

/* kind, Chinese. Order: as shown. */
#define INSPECT_KINDS(K)                                                                                             \
	K(veto, "最早的未答复信件") K(freshness, "公开答复的更新") K(home, "首页的更新") K(site_error, "网站找错")       \
	K(clearing, "待公开的答复") K(stuck, "没有触发的时限") K(probe_week, "网站可用性")                              \
	K(probe_down, "正在打不开的页面")                                                                             \
	K(footer, "页脚信息") K(simulated, "模拟提问") K(known_until, "工作日历") K(incident_first, "安全事件首报")     \
	K(incident_full, "安全事件续报")

enum inspect_kind {
#define K(code, zh) INSPECT_##code,
	INSPECT_KINDS(K)
#undef K
	INSPECT__MAX
};

/* GREEN: no step reached. NONE: nothing to measure. */
enum inspect_level { INSPECT_NONE, INSPECT_GREEN, INSPECT_NOTICE, INSPECT_WARN, INSPECT_LATE };

struct inspect_rule {
	int64_t id;
	enum inspect_kind kind;
	enum inspect_level level;
	int amount;
	char unit;                   /* D days, W working days, M months, H hours, P percent, N how many */
	const char *roles;           /* separated by commas; "" nobody */
	bool wakes;
};

struct inspect_fact {
	enum inspect_kind kind;
	const char *subject;         /* which of several: an incident's number, the code of an address; "" */
	const char *episode;         /* which turn of it; an alarm of one turn is fired once */
	const char *words;           /* 最近一次公开答复是 9月1日，已有 29 天 */
	int64_t since;               /* when its clock began; TIME_NONE: nothing runs, all is well */
	int64_t value;               /* P in hundredths of a percent, N */
};

#define INSPECT_FACTS_MAX 200

/* The steps in force on a day. */
int inspect_rules(struct db *db, struct arena *a, int32_t day, struct inspect_rule **ret, size_t *ret_n) MUST_CHECK;
/* All facts but those of letters; each kind has at least one. At most INSPECT_FACTS_MAX. Seven queries. */
int inspect_facts(struct db *db, struct arena *a, const struct worktime *wt, int64_t now, struct inspect_fact **ret,
                  size_t *ret_n) MUST_CHECK;

/* The moment at which a fact reaches a step: counted days end with the day, so 30 days since 1 September are
 * over on 1 October at 0:00. Of P and N: its beginning when the value is there, else TIME_NONE. TIME_NONE when
 * nothing runs. Pure. */
int64_t inspect_due(const struct calendar *cal, const struct inspect_rule *rule, const struct inspect_fact *f);
/* The highest step reached by now. *ret_next (may be NULL): when the next one is, TIME_NONE: never by itself.
 * Pure. */
enum inspect_level inspect_level_of(const struct calendar *cal, const struct inspect_rule *rules, size_t n,
                                    const struct inspect_fact *f, int64_t now, int64_t *ret_next);

/* Whether a kind is one of letters: shown, and told by their own clocks. */
bool inspect_of_letters(enum inspect_kind kind);
const char *inspect_kind_code(enum inspect_kind kind);
const char *inspect_kind_name(enum inspect_kind kind);
/* 正常, 预警, 黄牌, 红牌; 没有数据. */
const char *inspect_level_name(enum inspect_level level);
/* Of alarm_rule.level; INSPECT_NONE when it is none. */
enum inspect_level inspect_level_from(const char *code);
/* INSPECT__MAX when there is none of that code. */
enum inspect_kind inspect_kind_from(const char *code);

#endif
