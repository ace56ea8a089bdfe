/* effects_unit - see effects_parts.h: which unit has the letter. */
#include "effects_parts.h"

#include "outbox.h"
#include "queries.h"
#include "timers.h"

int effect_unit_recused(struct change *c, int64_t unit_id, enum effect_recused *ret)
{
	struct q_recusal_count recused = { .n = 0 };
	struct q_recusal_under under = { .n = 0 };
	int r = q_recusal_count(c->db, c->a, c->t.id, unit_id, 0, &recused);

	if (r == 0 && !recused.n)
		r = q_recusal_under(c->db, c->a, c->t.id, unit_id, &under);
	*ret = recused.n ? EFFECT_RECUSED : under.n ? EFFECT_RECUSED_UNDER : EFFECT_NOT_RECUSED;
	return r;
}

int effect_takes_letters(struct change *c, int64_t unit_id, const char **ret_name)
{
	enum effect_recused recused;
	struct q_unit_name u;
	int r = q_unit_name(c->db, c->a, unit_id, &u);

	if (r == ERR_NOTFOUND)
		return err_say(ERR_INVALID, "没有这个单位");
	if (r == 0 && !u.takes_letters)
		return err_say(ERR_INVALID, "“%s”不承办来信，请选择其他单位", u.name);
	if (r == 0)
		r = effect_unit_recused(c, unit_id, &recused);
	if (r < 0)
		return r;
	if (recused == EFFECT_RECUSED)
		return err_say(ERR_INVALID, "“%s”与这封信有利害关系，应当回避，请选择其他单位", u.name);
	if (recused == EFFECT_RECUSED_UNDER)
		return err_say(ERR_INVALID, "“%s”应当回避并入这封信的另一封来信，请选择其他单位，或者先取消并办", u.name);
	*ret_name = u.name;
	return 0;
}

/* Named before: as the main unit, or as another co-handling one. */
static bool is_named(const struct act *act, int i)
{
	bool named = act->co_units[i] == act->unit_id;

	for (int k = 0; k < i; k++)
		named = named || act->co_units[k] == act->co_units[i];
	return named;
}

/* One more unit helps: it is told, and its clock starts. */
static int add_co(struct change *c, int64_t unit_id)
{
	int r = q_assignment_add(c->db, c->t.id, unit_id, "co", c->t.round, c->now, NULL);

	must(c->n_new_co < STATES_CO_UNITS_MAX);
	c->new_co[c->n_new_co++] = unit_id;
	return r < 0 ? r : outbox_tell(c->db, c->t.id, "co_assign", TOLD_UNIT, unit_id, c->now);
}

static int add_units(struct change *c)
{
	int r = q_assignment_add(c->db, c->t.id, c->act->unit_id, "main", c->t.round, c->now, NULL);
	const char *name;

	for (int i = 0; r == 0 && i < c->act->n_co_units; i++) {
		if (is_named(c->act, i))
			continue;
		r = effect_takes_letters(c, c->act->co_units[i], &name);
		if (r == 0)
			r = add_co(c, c->act->co_units[i]);
	}
	return r;
}

/* Writer and office read where the letter went. */
static int name_unit(struct change *c)
{
	return effect_takes_letters(c, c->act->unit_id, &c->public_note);
}

int effect_assign(struct change *c)
{
	int r = name_unit(c);

	c->t.unit_id = c->act->unit_id;
	return r < 0 ? r : add_units(c);
}

int effect_sign(struct change *c)
{
	return q_assignment_sign(c->db, c->now, effect_officer(c), c->t.id, NULL);
}

int effect_object(struct change *c)
{
	return q_objection_add(c->db, c->t.id, c->t.unit_id, c->act->unit_id, effect_text(c), c->now, NULL);
}

int effect_uphold(struct change *c)
{
	int r = q_objection_decide(c->db, "upheld", c->t.id, NULL);

	if (r == 0)
		r = effect_drop_requests(c);
	if (r == 0)
		r = q_assignment_end(c->db, c->now, c->t.id, NULL);
	if (r == 0)
		r = name_unit(c);
	c->t.unit_id = c->act->unit_id;
	c->t.handler_id = 0;
	return r < 0 ? r : add_units(c);
}

int effect_reject_objection(struct change *c)
{
	int r = q_objection_decide(c->db, "rejected", c->t.id, NULL);

	return r < 0 ? r : q_assignment_sign(c->db, c->now, effect_officer(c), c->t.id, NULL);
}

int effect_recall(struct change *c)
{
	int r = q_assignment_end(c->db, c->now, c->t.id, NULL);

	c->t.unit_id = c->t.handler_id = 0;
	return r;
}

int effect_co_sign(struct change *c)
{
	return q_co_sign(c->db, c->now, effect_officer(c), c->t.id, c->who->unit_id, NULL);
}

/* Who says something has signed, too. */
int effect_co_opinion(struct change *c)
{
	int r = effect_co_sign(c);

	c->only_unit = c->who->unit_id;
	return r < 0 ? r : q_co_opinion(c->db, effect_text(c), effect_officer(c), c->now, c->t.id, c->who->unit_id, NULL);
}

/* A unit that has said what it had to say may be asked again. */
int effect_invite_co(struct change *c)
{
	int64_t id = c->act->unit_id;
	struct q_co_waiting waiting;
	const char *name;
	int r = effect_takes_letters(c, id, &name);

	if (r == 0 && id == c->t.unit_id)
		return err_say(ERR_INVALID, "“%s”就是主办单位", name);
	if (r == 0)
		r = q_co_waiting(c->db, c->a, c->t.id, id, &waiting);
	if (r == 0 && waiting.n)
		return err_say(ERR_INVALID, "“%s”已经在协办，正在等它的意见", name);
	if (r == 0)
		r = q_assignment_end_unit(c->db, c->now, c->t.id, id, NULL);
	if (r < 0)
		return r;
	effect_remark(c, arena_printf(c->a, "%s：%s", name, effect_text(c)));
	c->only_unit = id;
	return add_co(c, id);
}
