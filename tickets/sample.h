/* sample - the quarterly sample of answers: announced, drawn, scored, put right, published.
 *
 * An announced sample fixes what can be drawn (answers first given within a time), the shares, the sheet and the day;
 * its
 * secret's hash is public from then on. sample_draw() takes the secret and the public number of that day for the seed
 * and
 * picks units and letters as draw.h says; what was drawn cannot be drawn again (trigger). Each letter is scored on the
 * sheet;
 * a failed one is put right by reopening it (ticket_apply) or by an addition to its answer, and scored again. Results,
 * and
 * later what became of the failed ones, are published on the citizens' site.
 * Rule: 武汉市政府网站管理办法 第三十三条 (once a quarter, at least 30 %, results and rectification published).
 * Who asks needs CAP_SAMPLE; nobody scores a letter of the own unit, or one to keep away from. */
#ifndef SAMPLE_H
#define SAMPLE_H

#include "org.h"

#define SAMPLE_ITEMS_MAX 12
#define SAMPLE_DAYS_MAX 366          /* of the time from which answers are drawn */
#define SAMPLE_LETTERS_MIN_MAX 100
#define SAMPLE_WORDS_MAX 500         /* graphemes of an opinion */
#define SAMPLE_SUMMARY_MAX 1000
#define SAMPLE_BATCHES_MAX 20        /* in a quarter */

struct sample_plan {
	int year, quarter;
	int32_t from, to, draw_on;   /* from <= to < draw_on; draw_on after today */
	int unit_percent, letter_percent;   /* DRAW_PERCENT_MIN … 100 */
	int letters_min;             /* of each unit drawn, when it has as many; 1 … SAMPLE_LETTERS_MIN_MAX */
	const char *factor_source;   /* where the day's public number will be read; "" none */
};
/* *ret_id: the new sample. ERR_INVALID with a sentence. */
int sample_announce(const struct org *o, const struct sample_plan *plan, int64_t *ret_id) MUST_CHECK;
/* On or after its day, once. factor: the public number; "" exactly when none was announced. ERR_STATE when it is too
 * early, was drawn, or there is nothing to draw from; ERR_INVALID for the factor. */
int sample_draw(const struct org *o, int64_t id, const char *factor) MUST_CHECK;
/* Only before the draw; the announcement stays to be seen with the reason. */
int sample_cancel(const struct org *o, int64_t id, const char *reason) MUST_CHECK;

struct sample_mark { int64_t item_id; int points; const char *words; };
enum sample_redo { SAMPLE_REDO_NONE, SAMPLE_REDO_REOPEN, SAMPLE_REDO_CORRECT };
struct sample_score {
	int turn;                    /* as the person saw it: how often it had been scored */
	struct sample_mark marks[SAMPLE_ITEMS_MAX];
	size_t n;
	const char *words;
	enum sample_redo redo;       /* of one that fails */
};
/* What a filled sheet comes to: pure. False in *ret_passed below pass_points or with nothing in a fatal item. */
struct sample_item { int64_t id; int points; bool fatal; };
int sample_points(const struct sample_item *items, const struct sample_mark *marks, size_t n, int pass_points,
                  bool *ret_passed);
/* Fills in the sheet of one letter. *ret_passed. ERR_CONFLICT when somebody else was faster; ERR_STATE when it is not
 * to be scored (now); ERR_DENIED for a letter of the own unit; ERR_INVALID for points out of range or no way of putting
 * right; the errors of reopening. */
int sample_score(const struct org *o, int64_t letter_id, const struct sample_score *s, bool *ret_passed) MUST_CHECK;

/* When every letter is scored. rectify_by: DAY_NONE when nothing failed, else a day after today. */
int sample_publish(const struct org *o, int64_t id, const char *summary, int32_t rectify_by) MUST_CHECK;
/* What became of the failed ones; published too. ERR_STATE while failed ones are not put right and it is before
 * rectify_by. */
int sample_close(const struct org *o, int64_t id, const char *outcome) MUST_CHECK;

/* A new sheet: items by their order, points sum to 100. It holds for samples announced from now on. */
struct sample_sheet {
	const char *name;
	int pass_points;
	struct { const char *name, *help; int points; bool fatal; } items[SAMPLE_ITEMS_MAX];
	size_t n;
};
int sample_sheet_add(const struct org *o, const struct sample_sheet *sheet) MUST_CHECK;

/* Draws again from what was recorded and compares with what was drawn; and the list of letters with its hash.
 * *ret_wrong:
 * how many lines differ, written to o. For minshengctl. */
int sample_verify(struct db *db, struct arena *a, int64_t id, struct str *o, int64_t *ret_wrong) MUST_CHECK;

/* 2026年第三季度, 2026年第三季度（第 2 批）. */
const char *sample_name(struct arena *a, int64_t year, int64_t quarter, int64_t batch);

#endif
