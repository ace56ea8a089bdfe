/* effects_merge - see effects_parts.h: letters that go together, part again, or go on without their writer. */
#include "effects_parts.h"

#include "clock.h"
#include "outbox.h"
#include "queries.h"
#include "timers.h"
#include "watch.h"

/* A letter merged under this one goes along: its writer is told where, and its history says so. */
static int bring_along(struct change *c, int64_t id, const char *master_no)
{
	const char *note = arena_printf(c->a, "与来信 %s 合并办理", master_no);
	struct q_ticket_lock t;
	int64_t n = 0, history;
	int r = q_ticket_lock(c->db, c->a, id, &t);

	if (r == 0)
		r = q_ticket_repoint(c->db, c->act->master_id, id, t.version, &n);
	if (r == 0 && n == 1)
		r = q_history_add(c->db, id, t.version + 1, c->now, "officer", effect_officer(c), c->who->unit_id,
		                  states_action_code(ACT_MERGE), t.state, t.state, t.round, NULL, NULL, note, 0, &history);
	return r < 0 || n == 0 ? r : outbox_tell(c->db, id, states_action_code(ACT_MERGE), TOLD_WRITER, 0, c->now);
}

/* The answer of the other letter goes to this one's writer, too, and to those of the letters under it: not from a unit
 * that must keep away from one of them. */
static int check_unit(struct change *c, int64_t unit_id)
{
	enum effect_recused recused = EFFECT_NOT_RECUSED;
	int r = unit_id ? effect_unit_recused(c, unit_id, &recused) : 0;

	return r == 0 && recused ? err_say(ERR_INVALID, "主件由应当回避这封信的单位办理，不能并入") : r;
}

int effect_merge(struct change *c)
{
	struct q_ticket_lock master;
	struct q_merged_under *rows;
	size_t n = 0;
	int r = q_ticket_lock(c->db, c->a, c->act->master_id, &master);

	if (r < 0)
		return r;
	/* It may have been answered or withdrawn since states.c was asked: only now it cannot change any more. */
	if (!states_open(states_from(master.state)))
		return err_say(ERR_INVALID, "主件不存在、已办结，或就是这封信本身");
	if ((r = check_unit(c, master.unit_id)) < 0)
		return r;
	c->t.master_id = c->act->master_id;
	c->public_note = arena_printf(c->a, "与来信 %s 合并办理", master.no);
	r = effect_sign_on(c, c->act->master_id, WATCH_MERGED);
	if (r == 0)
		r = timers_inherit(c, c->act->master_id, c->t.due_on);
	c->t.due_on = DAY_NONE;
	if (r == 0)
		r = q_merged_under(c->db, c->a, c->t.id, &rows, &n);
	for (size_t i = 0; r == 0 && i < n; i++)
		r = bring_along(c, rows[i].id, master.no);
	return r;
}

/* Its clocks run again from their true starts, also when the other letter has been answered meanwhile; that one keeps
 * its day. What was merged under this letter and went along stays where it is. */
int effect_unmerge(struct change *c)
{
	struct q_ticket_peek master;
	int r = q_ticket_peek(c->db, c->a, c->t.master_id, &master);

	if (r < 0)
		return r;
	c->public_note = master.replied_at == TIME_NONE
		? arena_printf(c->a, "不再与来信 %s 合并办理，恢复单独办理", master.no)
		: arena_printf(c->a, "不再与来信 %s 合并办理；那封信已经答复，您的来信另行办理、另行答复", master.no);
	effect_remark(c, effect_text(c));
	c->t.master_id = 0;
	if (c->move.to == TICKET_SUBMITTED)
		c->t.due_on = worktime_promise(c->wt, c->t.type, c->t.received_on, &c->t.due_provisional);
	return 0;
}

int effect_continue(struct change *c)
{
	if (c->t.accepted_at == TIME_NONE)
		c->t.accepted_at = c->now;
	return effect_take_away(c);
}
