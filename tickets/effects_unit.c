/* effects_unit - see effects_parts.h: which unit has the letter. */
#include "effects_parts.h"

#include "queries.h"

int effect_takes_letters(struct change *c, int64_t unit_id, const char **ret_name)
{
	struct q_recusal_count recused = { .n = 0 };
	struct q_unit_name u;
	int r = q_unit_name(c->db, c->a, unit_id, &u);

	if (r == ERR_NOTFOUND)
		return err_say(ERR_INVALID, "没有这个单位");
	if (r == 0 && !u.takes_letters)
		return err_say(ERR_INVALID, "“%s”不承办来信，请选择其他单位", u.name);
	if (r == 0)
		r = q_recusal_count(c->db, c->a, c->t.id, unit_id, 0, &recused);
	if (r == 0 && recused.n)
		return err_say(ERR_INVALID, "“%s”与这封信有利害关系，应当回避，请选择其他单位", u.name);
	if (r == 0)
		*ret_name = u.name;
	return r;
}

/* Named before: as the main unit, or as another co-handling one. */
static bool is_named(const struct act *act, int i)
{
	bool named = act->co_units[i] == act->unit_id;

	for (int k = 0; k < i; k++)
		named = named || act->co_units[k] == act->co_units[i];
	return named;
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
			r = q_assignment_add(c->db, c->t.id, c->act->co_units[i], "co", c->t.round, c->now, NULL);
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
