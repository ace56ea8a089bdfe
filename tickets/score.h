/* score - the scorecard of 100 points: what units are measured by, as data; computed, adjusted by people, signed,
 * published.
 *
 * A plan has indicators whose weights sum to 100 and tiers; only a draft changes, and it can be published for comment
 * before it
 * is put in force. A card scores all units that take letters over a time by a plan in force: each line holds what was
 * counted (part of whole), the value, the points. Where there are fewer cases than the plan asks for, nothing is
 * concluded:
 * the weight goes to the other indicators. Adjustments are points with a reason and a person; taken back, never
 * deleted.
 * Signing (another person) freezes the card (triggers). There are tiers and no ranks (国办函〔2025〕66号).
 * Rules: 湘潭市政府网站管理办法 第三十至三十二条, 武汉市政府网站管理办法 第三十四条. */
#ifndef SCORE_H
#define SCORE_H

#include "org.h"

/* measure, Chinese, kind, what it counts */
#define SCORE_MEASURES(M)                                                                                            \
	M(on_time, "按期答复率", RATE, "答复期限落在考核期的来信中，在期限当日及以前答复的比例")                        \
	M(satisfied, "满意率", RATE, "已评价的答复中，很满意、满意、基本满意的比例")                                    \
	M(rated, "参评率", RATE, "考核期的答复中，写信人评价了的比例")                                                  \
	M(published, "公开率", RATE, "考核期的答复中，已向社会公开的比例")                                              \
	M(days, "平均办理工作日", MEAN, "从受理到首次答复所用工作日的平均数")                                          \
	M(solved, "解决率", RATE, "考核期的答复中填写了办理结果的，结果为已解决的比例")                              \
	M(extended, "延期率", RATE, "答复期限落在考核期的来信中，期限延长过的比例")                                    \
	M(returned, "退回率", RATE, "考核期受理的来信中，单位提出异议、改由其他单位办理的比例")                        \
	M(sent_back, "审核退回率", RATE, "考核期的答复中，审核时被退回修改过的比例")                                    \
	M(rework, "重办率", RATE, "考核期首次答复的来信中，后来又重新办理的比例")                                      \
	M(sample_pass, "抽查合格率", RATE, "考核期内公布的抽查中，第一次评分就合格的比例")                              \
	M(sample_points, "抽查平均分", MEAN, "考核期内公布的抽查中，第一次评分的平均分")                                \
	M(ordered, "督办和通报次数", COUNT, "考核期内被督办、通报的次数")                                              \
	M(manual, "由人扣分", MANUAL, "不由系统计算：满分起，由督办人员写明理由扣分")

enum score_measure {
#define M(code, zh, kind, what) SCORE_##code,
	SCORE_MEASURES(M)
#undef M
	SCORE__MAX
};
/* RATE: hundredths of a percent; MEAN and COUNT: hundredths; MANUAL: nothing. */
enum score_kind { SCORE_KIND_RATE, SCORE_KIND_MEAN, SCORE_KIND_COUNT, SCORE_KIND_MANUAL };
const char *score_measure_code(enum score_measure m);
const char *score_measure_name(enum score_measure m);
const char *score_measure_what(enum score_measure m);
enum score_kind score_measure_kind(enum score_measure m);
/* SCORE__MAX when there is none of that code. */
enum score_measure score_measure_from(const char *code);
/* 96.30%, 5.20 个工作日, 3 次 …; "—" when there is no value. */
const char *score_value_text(struct arena *a, enum score_measure m, const int64_t *value);
/* Hundredths as a number: 9630 → "96.3". */
const char *score_points_text(struct arena *a, int64_t hundredths);
/* A tier in words: "合格 60 分及以上"; the last, from 0 points, by where the better one begins: "需要改进 60 分以下".
 * better: points the next better tier begins at; 0 when there is none. */
const char *score_tier_text(struct arena *a, const char *name, int64_t from, int64_t better);

/* "-2", "0.5", "+1.25" as hundredths, up to six digits before the point and two after it: 0 and *ret, else -1. */
int score_number(const char *s, int64_t *ret);

#define SCORE_INDICATORS_MAX 20
#define SCORE_TIERS_MAX 6
#define SCORE_UNITS_MAX 2000
#define SCORE_REASON_MAX 300
#define SCORE_COMMENT_DAYS 7         /* least time for comments */
#define SCORE_SPAN_MAX 366

/* --- pure --- */

/* Hundredths; -1 when whole is 0 (COUNT: never). Rounded half up. */
int64_t score_value(enum score_kind kind, int64_t part, int64_t whole);
/* What a value earns of weight, in hundredths: all at full_at and beyond, nothing at zero_at and beyond, in proportion
 * between; rounded half up. */
int64_t score_points(int64_t value, int64_t weight, int64_t full_at, int64_t zero_at);
/* points earned of the weights measured, as hundredths of 100; -1 when no weight was measured. */
int64_t score_total(int64_t points, int64_t weight);
/* With adjustments; never below 0 or above 100 points. */
int64_t score_adjusted(int64_t computed, int64_t adjusted);

/* --- plans (CAP_SCORE) --- */

/* A draft like plan from_id. ERR_NOTFOUND. */
int score_plan_copy(const struct org *o, int64_t from_id, const char *name, int64_t *ret_id) MUST_CHECK;
struct score_tier { int from_points; const char *name; };
struct score_plan {
	int64_t version;             /* as the person saw it */
	const char *name, *words;
	struct score_tier tiers[SCORE_TIERS_MAX];   /* best first; the last begins at 0 */
	size_t n_tiers;
};
/* Of a draft. ERR_CONFLICT, ERR_STATE, ERR_INVALID. */
int score_plan_save(const struct org *o, int64_t id, const struct score_plan *p) MUST_CHECK;
struct score_indicator {
	int64_t id;                  /* 0: a new one */
	const char *name, *how;
	enum score_measure measure;
	int weight;                  /* 0: no longer used */
	int64_t full_at, zero_at;    /* hundredths */
	int min_cases;
};
int score_indicator_save(const struct org *o, int64_t plan_id, const struct score_indicator *i) MUST_CHECK;
/* draft → comment (until a day at least SCORE_COMMENT_DAYS from now) → draft again, or in force; draft → in force. The
 * weights must sum to 100. words: what came of the comments, needed after them. */
int score_plan_comment(const struct org *o, int64_t id, int32_t until) MUST_CHECK;
int score_plan_revise(const struct org *o, int64_t id) MUST_CHECK;
int score_plan_enforce(const struct org *o, int64_t id, int32_t from, const char *words) MUST_CHECK;
int score_plan_end(const struct org *o, int64_t id, int32_t to) MUST_CHECK;

/* --- cards --- */

/* By a plan in force; ERR_INVALID, ERR_DUP when there is one of that time. Computes it too (CAP_SCORE). */
int score_card_add(const struct org *o, int64_t plan_id, const char *title, int32_t from, int32_t to,
                   int64_t *ret_id) MUST_CHECK;
/* Measures again; until it is signed. */
int score_compute(const struct org *o, int64_t card_id) MUST_CHECK;
struct score_adjust {
	int64_t unit_id, indicator_id;   /* indicator 0: of the whole */
	int64_t points;                  /* hundredths, not 0, at most 100 points either way */
	const char *reason, *evidence;
};
int score_adjust(const struct org *o, int64_t card_id, const struct score_adjust *a) MUST_CHECK;
int score_adjust_undo(const struct org *o, int64_t card_id, int64_t adjust_id, const char *why) MUST_CHECK;
/* CAP_SIGN_SCORE; not by who adjusted it; after its last day. version: what the person saw, else ERR_CONFLICT. */
int score_sign(const struct org *o, int64_t card_id, int64_t version, const char *words) MUST_CHECK;
/* For the citizens' site; CAP_SCORE, after signing. */
int score_publish(const struct org *o, int64_t card_id) MUST_CHECK;

#endif
