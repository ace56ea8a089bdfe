/* demo_scores - see demo_scores.h. */
#include "demo_scores.h"

#include <string.h>

#include "clock.h"
#include "demo_fields.h"
#include "queries.h"
#include "sample.h"
#include "score.h"

#define DAY_S 86400ll
#define LETTERS_MAX 500

static const struct actor *officer(const struct demo *d, enum role role)
{
	for (size_t i = 0; i < d->n_officers; i++) {
		if (d->officers[i].who.roles & 1u << role)
			return &d->officers[i].who;
	}
	return NULL;
}

/* Every letter gets all points, but the first: its words say what it lacks. What the scorer must keep away from stays.
 * */
static int score_letters(const struct org *o, int64_t sample_id, const char *words)
{
	struct q_sample_letters *rows;
	struct q_sample_letter_of l;
	struct q_sheet_items *items;
	size_t n, items_n;
	bool passed;
	int r = q_sample_letters(o->db, o->a, sample_id, NULL, NULL, o->who->unit_id, o->who->officer_id, 0, "all", "all",
	                         LETTERS_MAX, &rows, &n);

	for (size_t i = 0; r == 0 && i < n; i++) {
		struct sample_score s = { .turn = 0, .words = i ? "" : words, .redo = i ? SAMPLE_REDO_NONE
			: SAMPLE_REDO_CORRECT };

		if ((r = q_sample_letter_of(o->db, o->a, rows[i].id, &l)) < 0 ||
		    (r = q_sheet_items(o->db, o->a, l.sheet_id, &items, &items_n)) < 0)
			return r;
		for (size_t k = 0; k < items_n; k++)
			s.marks[s.n++] = (struct sample_mark){ items[k].id, i == 0 && k == 0 ? 0 : (int)items[k].points, "" };
		r = sample_score(o, rows[i].id, &s, &passed);
	}
	return r;
}

static int add_sample(struct demo *d, const json_t *json)
{
	struct demo_fields f = demo_fields_open(d->a, json, "ago days factor_source factor words summary rectify");
	int64_t ago = demo_fields_int(&f, "ago", 2);
	int32_t today = clock_day(d->time.now), draw_on = today - (int32_t)ago;
	const char *factor = demo_fields_line(&f, "factor", 60), *words = demo_fields_line(&f, "words", SAMPLE_WORDS_MAX);
	const char *summary = demo_fields_line(&f, "summary", SAMPLE_SUMMARY_MAX);
	struct sample_plan plan = { .draw_on = draw_on, .to = draw_on - 1, .unit_percent = 30, .letter_percent = 30,
		.letters_min = 2,
		.factor_source = demo_fields_line(&f, "factor_source", 60) };
	const struct org o = { d->db, d->a, officer(d, ROLE_SUPERVISOR) };
	int month, day, r = f.r;
	int64_t id;

	plan.from = plan.to - (int32_t)demo_fields_int(&f, "days", 60);
	clock_civil(today, &plan.year, &month, &day);
	plan.quarter = (month + 2) / 3;
	clock_fix(d->time.now - (ago + 1) * DAY_S);
	if (r == 0)
		r = sample_announce(&o, &plan, &id);
	clock_fix(d->time.now - ago * DAY_S);
	if (r == 0)
		r = sample_draw(&o, id, factor);
	if (r == 0 && *words)
		r = score_letters(&o, id, words);
	if (r == 0 && *summary)
		r = sample_publish(&o, id, summary, today + (int32_t)demo_fields_int(&f, "rectify", 10));
	return f.r < 0 ? f.r : r;
}

/* The shipped plan in force, a card by it, signed and published; and its copy as a draft. */
static int add_score(struct demo *d, const json_t *json)
{
	struct demo_fields f = demo_fields_open(d->a, json, "plan copy since title days open");
	const struct org o = { d->db, d->a, officer(d, ROLE_SUPERVISOR) }, signer = { d->db, d->a, officer(d,
	                                                                                                   ROLE_LEADER) };
	const char *copy = demo_fields_need(&f, "copy", 30), *title = demo_fields_need(&f, "title", 30);
	const char *open = demo_fields_need(&f, "open", 30);
	int64_t plan = demo_fields_int(&f, "plan", 1), id;
	int32_t today = clock_day(d->time.now), to = today - 1, from = to - (int32_t)demo_fields_int(&f, "days", 60);
	struct q_card_lock c;
	int r = f.r;

	if (r == 0)
		r = score_plan_copy(&o, plan, copy, &id);
	if (r == 0)
		r = score_plan_enforce(&o, plan, today - (int32_t)demo_fields_int(&f, "since", 200), NULL);
	if (r == 0)
		r = score_card_add(&o, plan, title, from, to, &id);
	if (r == 0)
		r = q_card_lock(d->db, d->a, id, &c);
	if (r == 0)
		r = score_sign(&signer, id, c.version, "");
	if (r == 0)
		r = score_publish(&o, id);
	return r < 0 ? r : score_card_add(&o, plan, open, from - 1, to, &id);
}

int demo_scores(struct demo *d, const json_t *samples, const json_t *scores)
{
	const json_t *o;
	size_t i;
	int r = 0;

	json_array_foreach(samples, i, o) {
		if ((r = add_sample(d, o)) < 0)
			return err_set(ERR_INVALID, "city.json: sample %zu: %s", i + 1, arena_strdup(d->a, err_text(r)));
	}
	clock_fix(d->time.now);
	json_array_foreach(scores, i, o) {
		if ((r = add_score(d, o)) < 0)
			return err_set(ERR_INVALID, "city.json: score %zu: %s", i + 1, arena_strdup(d->a, err_text(r)));
	}
	return 0;
}
