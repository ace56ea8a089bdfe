/* effects_recusal - see effects_parts.h: who must keep away from a letter, and what that ends. */
#include "effects_parts.h"

#include "queries.h"

static int add(struct change *c, int64_t unit_id, int64_t officer_id, const char *name)
{
	struct q_recusal_count stands;
	int r = q_recusal_count(c->db, c->a, c->t.id, unit_id, officer_id, &stands);

	if (r == 0 && stands.n)
		return err_say(ERR_INVALID, "“%s”已经标记回避", name);
	return r < 0 ? r : q_recusal_add(c->db, c->t.id, unit_id, officer_id, effect_officer(c), c->now,
	                                       effect_text(c), NULL);
}

/* The letter is on its way to another unit: nothing of the former one goes along. */
int effect_take_away(struct change *c)
{
	int r = q_objection_decide(c->db, "upheld", c->t.id, NULL);

	if (r == 0)
		r = effect_drop_requests(c);
	if (r == 0)
		r = q_suspension_end(c->db, c->now, c->t.id, NULL);
	if (r == 0)
		r = q_reply_void(c->db, c->t.id, NULL);
	if (r == 0)
		r = q_assignment_end(c->db, c->now, c->t.id, NULL);
	c->t.unit_id = c->t.handler_id = 0;
	return r;
}

static int release(struct change *c)
{
	c->public_note = "原承办单位与这件事有关，已经回避，登记人员重新确定由哪个单位办理";
	return effect_take_away(c);
}

/* The offices of the mailbox take no letters; of them it is persons who keep away, or nobody could lift it. */
static int recuse_unit(struct change *c)
{
	struct q_unit_name u;
	int64_t id = c->act->unit_id;
	bool main = id == c->t.unit_id;
	int r = q_unit_name(c->db, c->a, id, &u);

	if (r == ERR_NOTFOUND)
		return err_say(ERR_INVALID, "没有这个单位");
	if (r == 0 && !u.takes_letters)
		return err_say(ERR_INVALID, "“%s”不承办来信，请填写要回避的人的账号", u.name);
	if (r == 0)
		r = add(c, id, 0, u.name);
	if (r < 0)
		return r;
	effect_remark(c, arena_printf(c->a, "%s：%s", u.name, effect_text(c)));
	if (main && c->move.to == TICKET_ACCEPTED)
		return release(c);
	if (main && (r = q_reply_void(c->db, c->t.id, NULL)) < 0)
		return r;
	/* A unit that helped has its clock stopped. */
	if (!main) {
		c->only_unit = id;
		c->move.stops |= 1u << TIMER_OPINION;
	}
	return q_assignment_end_unit(c->db, c->now, c->t.id, id, NULL);
}

/* What this person wrote and nobody approved, asked for or handles ends. */
static int recuse_officer(struct change *c)
{
	struct q_officer_name o;
	int64_t id = c->act->officer_id;
	int r = q_officer_name(c->db, c->a, id, &o);

	if (r == ERR_NOTFOUND)
		return err_say(ERR_INVALID, "没有这个账号，请核对");
	if (r == 0)
		r = add(c, 0, id, o.name);
	if (r == 0)
		r = q_reply_void_author(c->db, c->t.id, id, NULL);
	if (r == 0 && c->facts.proposal >= 0 && c->facts.proposal_by == id)
		r = q_proposal_drop(c->db, c->t.id, NULL);
	if (r < 0)
		return r;
	if (c->t.handler_id == id)
		c->t.handler_id = 0;
	effect_remark(c, c->act->unit_id ? arena_printf(c->a, "%s　%s", o.name, c->office_note)
	                                 : arena_printf(c->a, "%s：%s", o.name, effect_text(c)));
	return 0;
}

int effect_recuse(struct change *c)
{
	int r = c->act->unit_id ? recuse_unit(c) : 0;

	return r < 0 || !c->act->officer_id ? r : recuse_officer(c);
}

int effect_lift_recusal(struct change *c)
{
	struct q_recusal_of *rows;
	int64_t n = 0;
	size_t rows_n;
	int r = q_recusal_of(c->db, c->a, c->t.id, &rows, &rows_n);

	for (size_t i = 0; r == 0 && i < rows_n; i++) {
		const char *name = rows[i].officer_name ? rows[i].officer_name : rows[i].unit_name;

		if (rows[i].id == c->act->which)
			effect_remark(c, arena_printf(c->a, "%s：%s", name, effect_text(c)));
	}
	if (r == 0)
		r = q_recusal_lift(c->db, c->now, effect_officer(c), c->act->which, c->t.id, &n);
	return r == 0 && n == 0 ? err_say(ERR_INVALID, "没有这一项回避，或已经解除") : r;
}
