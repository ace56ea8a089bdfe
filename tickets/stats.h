/* stats - the numbers, and how a letter contributes to them.
 *
 * stats_of() says, purely, what one letter adds to which figure on which day. A change of a letter appends the
 * difference between before and after as deltas (stats_changed, in its transaction); slad folds deltas into days and
 * into sums of days (schema 0061, what pages read); stats_recount() computes all of it again from the letters, and
 * stats_repair() makes it so. Definitions: domain 6.7, and STATS_MEASURES and STATS_RATES below, which pages print.
 * tests/bench/stats.py measures this against adding up the letters themselves.
 *
 * measure, Chinese, definition with the day it falls on */
#ifndef STATS_H
#define STATS_H

#include "ticket.h"

/* One more whenever stats_of() counts differently or other sums are kept: `minshengctl migrate` then works recorded
 * figures out again. */
#define STATS_DEFINITION 3

#define STATS_MEASURES(M)                                                                                            \
	M(received, "收件数", "有效来信，按有效收到日计")                                                             \
	M(accepted, "受理数", "已受理的来信，按受理日计")                                                             \
	M(refused, "不予受理", "按有效收到日计")                                                                       \
	M(merged, "并办件", "与另一封来信合并办理，按有效收到日计")                                                   \
	M(withdrawn, "撤回", "写信人撤回，按有效收到日计")                                                             \
	M(invalid, "无效件", "经两人判定无效，不计入收件数，按有效收到日计")                                         \
	M(due, "应答复数", "答复期限落在本期的来信")                                                                   \
	M(on_time, "按期答复数", "答复期限落在本期、并在期限当日及以前答复的来信")                                   \
	M(replied, "答复数", "首次正式答复，按答复日计")                                                               \
	M(published, "公开答复数", "已公开的答复，按答复日计")                                                         \
	M(rated, "已评价数", "写信人作出评价的答复，按答复日计")                                                       \
	M(satisfied, "满意数", "评价为很满意、满意、基本满意，按答复日计")                                             \
	M(late, "逾期答复数", "答复期限落在本期、过了期限才答复的来信")                                               \
	M(closed, "办结数", "已办结的来信，按办结日计；答复后在评价期满或写信人满意时办结")                           \
	M(extended, "延期件", "答复期限落在本期、期限经批准延长过的来信")                                             \
	M(returned, "退回改派件", "承办单位提出异议、改由其他单位办理的来信，按受理日计，算在最后承办的单位")         \
	M(sent_back, "审核退回件", "答复在审核时被退回修改过的来信，按答复日计")                                     \
	M(reworked, "重新办理件", "答复以后又决定重新办理的来信，按首次答复日计")                                     \
	M(result, "已填办理结果", "答复时填写了办理结果的来信，按答复日计")                                           \
	M(solved, "已解决数", "办理结果为“已解决”的来信，按答复日计")

/* What is worked out from measures, as part of whole in percent: code, Chinese, definition, part, whole */
#define STATS_RATES(R)                                                                                               \
	R(on_time_rate, "按期答复率", "按期答复数占应答复数的百分比", on_time, due)                                    \
	R(satisfaction, "满意率", "满意数占已评价数的百分比；没有评价的不算满意，也不算不满意", satisfied, rated)      \
	R(rated_share, "参评率", "已评价数占答复数的百分比", rated, replied)                                          \
	R(publish_rate, "公开率", "公开答复数占答复数的百分比", published, replied)                                   \
	R(solved_rate, "解决率", "已解决数占已填办理结果的百分比", solved, result)                                    \
	R(extended_rate, "延期率", "延期件占应答复数的百分比", extended, due)                                         \
	R(return_rate, "退回率", "退回改派件占受理数的百分比", returned, accepted)                                    \
	R(sent_back_rate, "审核退回率", "审核退回件占答复数的百分比", sent_back, replied)                             \
	R(rework_rate, "重办率", "重新办理件占答复数的百分比", reworked, replied)

enum stats_measure {
#define M(code, zh, definition) STATS_##code,
	STATS_MEASURES(M)
#undef M
	STATS__MAX
};

enum stats_rate {
#define R(code, zh, definition, part, whole) STATS_##code,
	STATS_RATES(R)
#undef R
	STATS_RATE__MAX
};

struct stats_row {
	int32_t day;
	int64_t unit_id;
	enum ticket_type type;
	int64_t topic_id;            /* 0: none */
	enum stats_measure measure;
	int bucket;                  /* replied: working days taken, 0-999; rated: the grade; result: which, from 1; or 0 */
	int n;
};

#define STATS_ROWS_MAX 20
/* What a letter adds; returns the number of rows. TICKET_NONE and a simulated one add nothing. Pure. The day an answer
 * is due is that of the first answer: ticket.due_on in the first round, and once a later round has given due_on another
 * meaning, ticket.first_due_on, which follows extensions until the first answer and then stays. An invalid letter
 * counts as invalid and as nothing else; a refused, merged or withdrawn one never falls due. */
size_t stats_of(const struct ticket *t, struct stats_row ret[STATS_ROWS_MAX]);
/* Sorts rows and adds up those that differ in n alone; rows that come to nothing go. Returns how many stay. Pure. */
size_t stats_merge(struct stats_row *rows, size_t n);
/* Appends rows as deltas; inside the transaction of the change. */
int stats_append(struct db *db, const struct stats_row *rows, size_t n) MUST_CHECK;
/* Appends the difference as deltas; inside the transaction of the change. */
int stats_changed(struct db *db, const struct ticket *before, const struct ticket *after) MUST_CHECK;
#define STATS_FOLD_MAX 5000
/* Rows as q_stat_fold and q_cell_fold read them (JSON; a type by its position in the ENUM); n up to STATS_FOLD_MAX. */
const char *stats_rows_text(struct arena *a, const struct stats_row *rows, size_t n);
/* Folds up to STATS_FOLD_MAX deltas into days and sums, in one transaction; *ret_n: how many. For slad. */
int stats_fold(struct db *db, struct arena *a, size_t *ret_n) MUST_CHECK;
/* Computes every figure again from the letters, and the sums of days from the days, and compares: *ret_wrong figures
 * differ, listed in o, one a line. Both readings are of one moment (a snapshot). */
int stats_recount(struct db *db, struct arena *a, struct str *o, int64_t *ret_wrong) MUST_CHECK;
/* Makes the figures what the letters say: what differs is added to the days, the sums are made anew. *ret_n: figures
 * that differed. Letters may be changed meanwhile; killed, it is run again. */
int stats_repair(struct db *db, struct arena *a, int64_t *ret_n) MUST_CHECK;
/* stats_repair() when the recorded figures follow older definitions than STATS_DEFINITION; for migrate. */
int stats_upgrade(struct db *db, struct arena *a, struct str *o) MUST_CHECK;
/* Marks a letter as a question of the system itself: it leaves all figures. Once; again does nothing. */
int stats_simulated(struct db *db, struct arena *a, int64_t ticket_id) MUST_CHECK;

/* --- reading --- */

#define STATS_GRADES 6           /* grades 1-5 */
#define STATS_RESULTS 16         /* results by their position in reasons.tbl, from 1 */

/* The figures of one line: a year, a month, a unit, a type, a topic, or all. */
struct stats_line {
	int64_t key;                 /* year, first day of the month, unit id, enum ticket_type, topic id; 0: none */
	const char *name, *code;     /* code of a unit, type or topic; NULL: there is none */
	int64_t n[STATS__MAX];
	int64_t due_today;           /* of `due`: due on the last day of the period, which is today, and not answered yet */
	int64_t grades[STATS_GRADES], results[STATS_RESULTS];
	int64_t *hist;               /* replied by working days, hist_n buckets */
	size_t hist_n;
};
struct stats_lines { struct stats_line *of; size_t n; };
/* The figures of a period. Lists whose key is asked for (units, when one unit was) have that one line at most. */
struct stats {
	int32_t from, to;
	struct stats_line all;
	struct stats_lines years, units, types, topics, leaves;
};

#define STATS_MONTHS 24
/* What is asked for. 0 / TYPE__MAX / false as "no". */
struct stats_ask {
	int32_t from, to;            /* days, both in */
	int32_t today;               /* what falls due later is not late yet; `to` may lie beyond, it is cut */
	int64_t unit_id;
	enum ticket_type type;       /* TYPE__MAX: all */
	int64_t topic_id;            /* of the upper level (its lower ones are in it) or of the lower */
	bool want_before;            /* the same days a year earlier too */
	bool want_years;             /* by year */
	bool want_months;            /* the 12 months up to that of `to`, and the 12 before them */
};
struct stats_report {
	struct stats now, before;    /* before: 29 February becomes 28 */
	struct stats_line months[STATS_MONTHS]; /* oldest first; the last one ends with `to` if that is in it */
	size_t months_n;
};
/* Everything at once, in at most six queries. Lists are sorted by key; lines that came to nothing are left out.
 * In the arena. Where unit and type, or topic and another, are both given, it reads days instead of sums. */
int stats_report(struct db *db, struct arena *a, const struct stats_ask *ask, struct stats_report *ret) MUST_CHECK;
/* from, to: days, both in, nothing beyond today. unit_id 0: all units. Years, units, types and topics. */
int stats_load(struct db *db, struct arena *a, int32_t from, int32_t to, int64_t unit_id, struct stats *ret) MUST_CHECK;
/* The same days a year earlier; 29 February becomes 28. A month's last day stays a month's last day. */
int32_t stats_year_before(int32_t day);
/* The line of a key; NULL when there is none. */
const struct stats_line *stats_find(const struct stats_lines *lines, int64_t key);

/* --- what is worked out from a line --- */

/* The p-quantile (0.5 = median) of working days: the smallest d such that at least p of the answers took d or less;
 * -1 when there are none. Averages in tenths, rounded half up; -1 when there are none. */
int stats_quantile(const struct stats_line *line, double p);
int64_t stats_mean_tenths(const struct stats_line *line);
/* In hundredths of a percent, rounded half up; -1 when the whole is nothing. */
int64_t stats_rate(const struct stats_line *line, enum stats_rate rate);
int64_t stats_on_time_rate(const struct stats_line *line);
/* 逾期未办: fell due before today in the period, and is not answered. */
int64_t stats_overdue_open(const struct stats_line *line);

const char *stats_measure_code(enum stats_measure m);
/* The measure of a code; STATS__MAX when there is none. */
enum stats_measure stats_measure_from(const char *code);
const char *stats_measure_name(enum stats_measure m);
const char *stats_measure_definition(enum stats_measure m);
const char *stats_rate_code(enum stats_rate r);
const char *stats_rate_name(enum stats_rate r);
const char *stats_rate_definition(enum stats_rate r);
/* What else is worked out: the i-th of "overdue_open", "median_workdays", "p90_workdays", "mean_workdays"; false past
 * the end. */
bool stats_derived_at(size_t i, const char **ret_code, const char **ret_name, const char **ret_definition);

#endif
