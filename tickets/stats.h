/* stats - the numbers, and how a letter contributes to them.
 *
 * stats_of() says, purely, what one letter adds to which figure on which day. A change of a letter appends the
 * difference between before and after as deltas (stats_changed, in its transaction); slad folds deltas into days; and
 * stats_recount() computes all of it again from the letters. Definitions: domain 6.7, and STATS_MEASURES below, which
 * the pages print.
 *
 * measure, Chinese, definition, day it falls on */
#ifndef STATS_H
#define STATS_H

#include "ticket.h"

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
	M(satisfied, "满意数", "评价为很满意、满意、基本满意")

enum stats_measure {
#define M(code, zh, definition) STATS_##code,
	STATS_MEASURES(M)
#undef M
	STATS__MAX
};

struct stats_row {
	int32_t day;
	int64_t unit_id;
	enum ticket_type type;
	enum stats_measure measure;
	int bucket;                  /* replied: working days taken, 0-999; else 0 */
	int n;
};

#define STATS_ROWS_MAX 16
/* What a letter adds; returns the number of rows. state TICKET_NONE adds nothing. Pure. The day an answer is due is
 * that of the first answer: ticket.due_on in the first round, and once a later round has given due_on another
 * meaning, ticket.first_due_on, which follows extensions until the first answer and then stays. An invalid letter
 * counts as invalid and as nothing else; a refused, merged or withdrawn one never falls due. */
size_t stats_of(const struct ticket *t, struct stats_row ret[STATS_ROWS_MAX]);
/* Sorts rows and adds up those that differ in n alone; rows that come to nothing go. Returns how many stay. Pure. */
size_t stats_merge(struct stats_row *rows, size_t n);
/* Appends rows as deltas; inside the transaction of the change. */
int stats_append(struct db *db, const struct stats_row *rows, size_t n) MUST_CHECK;
/* Appends the difference as deltas; inside the transaction of the change. */
int stats_changed(struct db *db, const struct ticket *before, const struct ticket *after) MUST_CHECK;
/* Folds up to 5,000 deltas into days, in one transaction; *ret_n: how many. For slad. */
int stats_fold(struct db *db, struct arena *a, size_t *ret_n) MUST_CHECK;
/* Computes every figure again from the letters and compares: *ret_wrong figures differ, listed in o, one a line. While
 * letters are being changed, a change that falls between its two readings may show; said twice, it is wrong. */
int stats_recount(struct db *db, struct arena *a, struct str *o, int64_t *ret_wrong) MUST_CHECK;

/* The figures of one line: a year, a unit, a type, or all. */
struct stats_line {
	int64_t key;                 /* year or unit id or type */
	const char *name;
	int64_t n[STATS__MAX];
	int64_t *hist;               /* replied by working days, hist_n buckets */
	size_t hist_n;
};
struct stats {
	int32_t from, to;
	struct stats_line all;
	struct stats_line *years, *units, *types;
	size_t years_n, units_n, types_n;
};
/* from, to: days, both in. unit_id 0: all units (then years, units and types are filled; else only years). */
int stats_load(struct db *db, struct arena *a, int32_t from, int32_t to, int64_t unit_id, struct stats *ret) MUST_CHECK;
/* The p-quantile (0.5 = median) of working days: the smallest d such that at least p of the answers took d or less;
 * -1 when there are none. Averages in tenths, rounded half up; -1 when there are none. */
int stats_quantile(const struct stats_line *line, double p);
int64_t stats_mean_tenths(const struct stats_line *line);
/* on_time / due in hundredths of a percent, rounded half up; -1 when nothing fell due. */
int64_t stats_on_time_rate(const struct stats_line *line);
const char *stats_measure_code(enum stats_measure m);
/* The measure of a code; STATS__MAX when there is none. */
enum stats_measure stats_measure_from(const char *code);
const char *stats_measure_name(enum stats_measure m);
const char *stats_measure_definition(enum stats_measure m);

#endif
