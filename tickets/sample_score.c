/* sample_score - see sample.h: filling in the sheet of one letter, and sheets. */
#include <string.h>

#include "clock.h"
#include "org_inner.h"
#include "sample.h"
#include "ticket.h"

int sample_points(const struct sample_item *items, const struct sample_mark *marks, size_t n, int pass_points,
                  bool *ret_passed)
{
	bool fatal = false;
	int sum = 0;

	for (size_t i = 0; i < n; i++) {
		sum += marks[i].points;
		fatal = fatal || (items[i].fatal && marks[i].points == 0);
	}
	*ret_passed = !fatal && sum >= pass_points;
	return sum;
}

struct scoring {
	const struct org *o;
	const struct sample_score *s;
	int64_t id;
	struct q_sample_letter_of l;
	int points;
	bool passed;
};

/* What is taken off has a reason, beside the item or in the words of the whole. */
static int mark_ok(const struct sample_mark *m, const struct q_sheet_items *item, const char *words)
{
	if (m->item_id != item->id || m->points < 0 || m->points > item->points)
		return err_say(ERR_INVALID, "“%s”是 0 到 %lld 分", item->name, (long long)item->points);
	if (m->points < item->points && !*m->words && !*words)
		return err_say(ERR_INVALID, "“%s”扣了分，请写明为什么", item->name);
	return 0;
}

/* What failed has a way of being put right, and words for the unit. */
static int result_ok(const struct scoring *w)
{
	if (!w->passed && w->s->redo == SAMPLE_REDO_NONE)
		return err_say(ERR_INVALID, "这件不合格（%d 分），请选择怎样整改", w->points);
	if (!w->passed && !*w->s->words)
		return err_say(ERR_INVALID, "这件不合格，请写明问题和整改要求，承办单位会看到");
	return 0;
}

/* The sheet's items against the marks: one for each, in order. */
static int add_up(struct db *db, struct scoring *w)
{
	struct sample_item items[SAMPLE_ITEMS_MAX];
	struct q_sheet_items *rows;
	struct q_sheet_of sheet;
	size_t n;
	int r = q_sheet_items(db, w->o->a, w->l.sheet_id, &rows, &n);

	if (r == 0)
		r = q_sheet_of(db, w->o->a, w->l.sheet_id, &sheet);
	if (r < 0)
		return r;
	if (n > SAMPLE_ITEMS_MAX || n != w->s->n)
		return err_set(ERR_INVALID, "%zu marks for %zu items", w->s->n, n);
	for (size_t i = 0; r == 0 && i < n; i++) {
		r = mark_ok(&w->s->marks[i], &rows[i], w->s->words);
		items[i] = (struct sample_item){ rows[i].id, (int)rows[i].points, rows[i].fatal };
	}
	if (r < 0)
		return r;
	w->points = sample_points(items, w->s->marks, n, (int)sheet.pass_points, &w->passed);
	return result_ok(w);
}

/* Nobody scores what is the own unit's, what must be kept away from, or what the person wrote or passed. */
static int is_apart(struct db *db, struct scoring *w, struct facts *ret)
{
	const struct actor *who = w->o->who;
	struct q_sample_took_part part;
	struct ticket t;
	int r = ticket_facts(db, w->o->a, w->l.ticket_id, who, &t, ret);

	if (r < 0 || !who)
		return r;
	if (ret->recused)
		return err_set(ERR_NOTFOUND, "keeps away from this letter");
	if (who->unit_id == w->l.unit_id)
		return err_say(ERR_DENIED, "这是您本单位答复的信件，请由其他人评分");
	r = q_sample_took_part(db, w->o->a, w->l.ticket_id, who->officer_id, w->l.ticket_id, who->officer_id, &part);
	if (r == 0 && part.took_part)
		return err_say(ERR_DENIED, "这件答复是您起草或审核的，请由其他人评分");
	return r;
}

/* What was found once is scored again when it has been put right; what passed stays. */
static int is_due(struct scoring *w, const struct facts *f)
{
	const struct q_sample_letter_of *l = &w->l;
	bool answered = f->state == TICKET_REPLIED || f->state == TICKET_CLOSED || f->state == TICKET_ARCHIVED;

	if (strcmp(l->sample_state, "closed") == 0)
		return err_say(ERR_STATE, "这次抽查已经结束");
	if (l->turn == 0)
		return 0;
	if (l->passed && *l->passed)
		return err_say(ERR_STATE, "这件已经合格");
	if (str_eq(l->redo, "reopen") && !(answered && l->redo_round && f->round >= *l->redo_round))
		return err_say(ERR_STATE, "还没有重新答复，答复以后再评");
	return 0;
}

static int reopen(struct db *db, struct scoring *w)
{
	const struct act act = { .action = ACT_REOPEN, .reason = "sampled", .text = w->s->words, .on = DAY_NONE };
	const struct actor *who = w->o->who ? w->o->who : &ACTOR_SYSTEM;

	return ticket_apply(db, w->o->a, w->l.ticket_id, who, &act, NULL);
}

static int write_check(struct db *db, struct scoring *w)
{
	const struct sample_score *s = w->s;
	int64_t check_id;
	int r = q_sample_check_add(db, w->id, w->l.turn + 1, w->l.round, w->points, w->passed, s->words, org_by(w->o),
	                           clock_now(), &check_id);

	for (size_t i = 0; r == 0 && i < s->n; i++)
		r = q_sample_mark_add(db, check_id, s->marks[i].item_id, s->marks[i].points, s->marks[i].words, NULL);
	return r == ERR_DUP ? err_set(ERR_CONFLICT, "scored by another") : r;
}

static int write_result(struct db *db, struct scoring *w)
{
	bool again = !w->passed && w->s->redo == SAMPLE_REDO_REOPEN;
	const char *redo = w->passed ? NULL : again ? "reopen" : "correct";
	int64_t round = w->l.round + 1;
	int r = again ? reopen(db, w) : 0;

	if (r < 0)
		return r;
	if (w->l.turn == 0)
		return q_sample_letter_first(db, w->passed, w->passed, w->points, redo, again ? &round : NULL, w->id, NULL);
	return q_sample_letter_again(db, w->passed, redo, again ? &round : NULL, w->id, NULL);
}

static int score(struct db *db, void *arg)
{
	struct scoring *w = arg;
	struct q_sample_letter_lock locked;
	struct facts f;
	int r = q_sample_letter_lock(db, w->o->a, w->id, &locked);

	if (r == 0)
		r = q_sample_letter_of(db, w->o->a, w->id, &w->l);
	if (r == 0)
		r = is_apart(db, w, &f);
	if (r < 0)
		return r;
	if (locked.turn != w->s->turn)
		return err_say(ERR_CONFLICT, "别人刚刚评了这一件，您填的内容还在，请核对");
	r = is_due(w, &f);
	if (r == 0)
		r = add_up(db, w);
	if (r == 0)
		r = write_check(db, w);
	return r < 0 ? r : write_result(db, w);
}

int sample_score(const struct org *o, int64_t letter_id, const struct sample_score *s, bool *ret_passed)
{
	struct scoring w = { .o = o, .s = s, .id = letter_id };
	int r = org_may(o, CAP_SAMPLE, 0);

	if (r == 0)
		r = db_tx(o->db, score, &w);
	if (r == 0)
		*ret_passed = w.passed;
	return r;
}

/* --- sheets --- */

struct new_sheet { const struct org *o; const struct sample_sheet *sheet; };

static int add_sheet(struct db *db, void *arg)
{
	const struct new_sheet *w = arg;
	const struct sample_sheet *s = w->sheet;
	int64_t id;
	int r = q_sheet_add(db, s->name, s->pass_points, org_by(w->o), clock_now(), &id);

	for (size_t i = 0; r == 0 && i < s->n; i++)
		r = q_sheet_item_add(db, id, (int64_t)i + 1, s->items[i].name, s->items[i].points, s->items[i].fatal,
		                     s->items[i].help, NULL);
	return r;
}

int sample_sheet_add(const struct org *o, const struct sample_sheet *sheet)
{
	struct new_sheet w = { o, sheet };
	int sum = 0, r = org_may(o, CAP_SAMPLE, 0);

	if (r < 0)
		return r;
	for (size_t i = 0; i < sheet->n; i++)
		sum += sheet->items[i].points;
	if (sheet->n < 3)
		return err_say(ERR_INVALID, "评分表至少要有三项");
	if (sum != 100)
		return err_say(ERR_INVALID, "各项分值合计 %d 分，应当是 100 分", sum);
	return db_tx(o->db, add_sheet, &w);
}
