/* rule_add - new rows of lights and of the ladder: read as people write them, checked, added. Rows are never edited.
 * Used by the pages of rules. What rows mean: ladder.h. */
#ifndef RULE_ADD_H
#define RULE_ADD_H

#include "db.h"
#include "ladder.h"
#include "worktime.h"

#define RULE_DAYS_MAX 365

/* A rule as somebody wants it; scope.id is not used. */
struct rule_new {
	struct rule_scope scope;
	const char *grounds;
	int64_t officer_id;
	int64_t now;
};

/* Takes a piece, or a number up to RULE_DAYS_MAX, off the front of *s, with blanks before it; false when it is not
 * there. */
bool rule_take(const char **s, const char *piece);
bool rule_take_number(const char **s, int *ret);
/* Steps, one a line: "到期前 2 个工作日：承办人、部门联络员", "到期当日：分管领导", "超期 5 个工作日：列入通报", "开始后第 45 天：督办员".
 * *ret: at most LADDER_STEPS_MAX. ERR_INVALID says which line is wrong and how it should be. Pure. */
int rule_read_steps(struct arena *a, const char *text, struct ladder_step **ret, size_t *ret_n) MUST_CHECK;
/* The same steps as lines again. */
const char *rule_write_steps(struct arena *a, const struct ladder_step *steps, size_t n);
/* What is wrong with the days of a rule, as a sentence; NULL: nothing. Pure. */
const char *rule_wrong(const struct rule_new *rule, int32_t today);

/* How the lights of open letters would change if a rule held today: by the light that a letter has for its answer. */
struct rule_lights {
	int64_t letters;             /* to which it would apply */
	int64_t change[SLA_RED + 1][SLA_RED + 1]; /* from … to …: how many */
	int64_t changed;
	bool more;                   /* counting ended before all were seen */
};
int rule_lights_if(struct db *db, struct arena *a, const struct worktime *wt, const struct rule_scope *scope,
	struct sla_thresholds at, int32_t today, struct rule_lights *ret) MUST_CHECK;
/* Clocks of such a scope that run, and how many of them began in the last 30 days; up to RULE_COUNT_MAX. */
#define RULE_COUNT_MAX 100000
int rule_clocks(struct db *db, struct arena *a, const struct rule_scope *scope, int32_t today, int64_t *ret_running,
	int64_t *ret_begun) MUST_CHECK;

int rule_add_ladder(struct db *db, struct arena *a, const struct rule_new *rule, ladder_audience late_to,
                    const struct ladder_step *steps, size_t n) MUST_CHECK;
int rule_add_light(struct db *db, const struct rule_new *rule, struct sla_thresholds at, bool warned_red) MUST_CHECK;

#endif
