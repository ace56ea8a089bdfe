/* org_handover - see org.h. Everything somebody leaves behind passes to colleagues.
 *
 * One letter is one transaction with its own row of history, so that a run that was killed has lost nothing: what is
 * left is asked for again each time. */
#include <string.h>

#include "clock.h"
#include "org_inner.h"
#include "ticket.h"

static int check_receivers(const struct org *o, const struct q_officer_lock *leaver, const struct org_handover *h)
{
	struct q_unit_handler row;
	int r = 0;

	if (h->n_to == 0)
		return err_say(ERR_INVALID, "请选择接手的同事");
	for (size_t i = 0; r == 0 && i < h->n_to; i++) {
		if (h->to[i] == leaver->id)
			return err_say(ERR_INVALID, "不能移交给本人");
		r = q_unit_handler(o->db, o->a, h->to[i], leaver->unit_id, 0, &row);
		if (r == ERR_NOTFOUND)
			return err_say(ERR_INVALID, "接手的人要是同一单位的在职承办人");
	}
	return r;
}

/* To the colleague whose turn it is, or the next one who is not kept from this letter. */
static int hand_over_one(const struct org *o, const struct q_handover_list *letter, int64_t from,
                         const struct org_handover *h, size_t turn)
{
	struct act act = { .action = ACT_HAND_OVER, .leaver_id = from, .on = DAY_NONE };
	int r = ERR_INVALID;

	for (size_t i = 0; r == ERR_INVALID && i < h->n_to; i++) {
		act.officer_id = h->to[(turn + i) % h->n_to];
		r = ticket_apply(o->db, o->a, letter->id, o->who, &act, NULL);
	}
	if (r == ERR_INVALID)
		return err_say(r, "%s：所选的同事都要回避或者不是承办人，请再选一位", letter->no);
	/* Gone on meanwhile, or handed over by somebody else who does the same: not left behind any more. */
	return r == ERR_STATE ? 0 : r;
}

struct standing {
	const struct org *o;
	const struct q_officer_lock *leaver;
	const struct org_handover *h;
};

/* Each run writes down what it did itself: how many there were before is only what the page says. */
static int note_run(const struct standing *w, size_t passed)
{
	if (w->h->done == 0 && passed == 0)
		return 0;
	return org_note(w->o, "handover", w->leaver->id, w->leaver->unit_id,
	                arena_printf(w->o->a, "%s的 %zu 封信件、%zu 项代理，移交给 %zu 位同事", w->leaver->name, w->h->done, passed,
	                             w->h->n_to), NULL);
}

/* Whom somebody stands in for gets the first of the colleagues who is free then; never the one who hands over: nobody
 * takes over another's roles by the own hand. */
static int pass_one(const struct standing *w, const struct q_absence_of *row)
{
	struct q_absence_in *busy;
	size_t n;

	for (size_t i = 0; i < w->h->n_to; i++) {
		int64_t to = w->h->to[i];
		bool free_then = to != row->officer_id && to != org_by(w->o);
		int r = q_absence_in(w->o->db, w->o->a, row->to_on, row->from_on, to, to, &busy, &n);

		if (r < 0)
			return r;
		for (size_t k = 0; k < n; k++)
			free_then = free_then && busy[k].officer_id != to;
		if (free_then)
			return q_absence_pass(w->o->db, to, row->id, NULL);
	}
	return err_say(ERR_STATE, "%s在 %s 至 %s 由%s代理，接手的同事都不能代理（那时不在，或者就是您自己），请先给%s换代理人", row->name,
	               clock_fmt_day(w->o->a, row->from_on), clock_fmt_day(w->o->a, row->to_on), w->leaver->name,
	               row->name);
}

static int finish(struct db *db, void *arg)
{
	const struct standing *w = arg;
	struct q_absence_of *rows;
	size_t n, passed = 0;
	int r = q_absence_of(db, w->o->a, clock_day(clock_now()), w->leaver->id, w->leaver->id, &rows, &n);

	for (size_t i = 0; r == 0 && i < n; i++) {
		if (rows[i].stand_in_id != w->leaver->id)
			continue;
		r = pass_one(w, &rows[i]);
		passed++;
	}
	return r < 0 ? r : note_run(w, passed);
}

static int left_by(const struct org *o, int64_t id, struct q_handover_list **ret, size_t *ret_n)
{
	return q_handover_list(o->db, o->a, id, id, id, o->who->unit_id, o->who->officer_id, ORG_HANDOVER_LIST, ret, ret_n);
}

int org_handover(const struct org *o, const char *login, struct org_handover *h, int64_t budget_ms)
{
	int64_t until = clock_mono_ms() + budget_ms;
	struct q_handover_list *rows;
	struct q_officer_lock leaver;
	struct standing w = { .o = o, .leaver = &leaver, .h = h };
	size_t n, i = 0;
	int r = q_officer_lock(o->db, o->a, login, &leaver);

	must(o->who != NULL);

	h->done = h->left = 0;
	if (r < 0 || (r = org_may(o, CAP_HAND_OVER, leaver.unit_id)) < 0 || (r = check_receivers(o, &leaver, h)) < 0 ||
	    (r = left_by(o, leaver.id, &rows, &n)) < 0)
		return r;
	for (; r == 0 && i < n && clock_mono_ms() < until; i++) {
		r = hand_over_one(o, &rows[i], leaver.id, h, h->done_before + i);
		h->done += r == 0;
	}
	if (r < 0 || (r = left_by(o, leaver.id, &rows, &h->left)) < 0)
		return r;
	return h->left > 0 ? note_run(&w, 0) : db_tx(o->db, finish, &w);
}
