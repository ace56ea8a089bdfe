/* states - see states.h. */
#include "states_guards.h"
#include "states_why.h"

#include <string.h>

#include "clock.h"

#define ALL UINT32_MAX
#define T(kind) (1u << TIMER_##kind)
/* In the column of what goes on: not paused but stopped before. */
#define R(kind) (1u << (TIMER_##kind + RERUN_SHIFT))
#define RERUN_SHIFT 16
_Static_assert(TIMER__MAX <= RERUN_SHIFT, "too many clocks for one column");
#define W TOLD_WRITER
#define U TOLD_UNIT
#define O TOLD_OFFICE
#define H TOLD_HANDLER

enum { FROM_ANY = 100, FROM_ANY_OPEN, TO_SAME };

static const struct {
	const char *code, *button, *told;
	unsigned needs;
} actions[] = {
#define ACTION(name, code, button, told, needs) { #code, button, told, needs },
#include "states.tbl"
};
static const struct {
	const char *code, *office, *writer;
	bool open;
} states[] = {
#define STATE(name, code, office, writer, open) { #code, office, writer, open },
#include "states.tbl"
};
static const struct { const char *code, *name; } pubs[] = {
#define PUB(name, code, zh) { #code, zh },
#include "states.tbl"
};
static const struct { const char *code, *name; } timers[] = {
#define TIMER(name, code, zh) { #code, zh },
#include "states.tbl"
};
static const struct {
	const char *code, *name, *letter;
	int levels;
	bool up, two;
} types[] = {
#define TYPE(name, code, zh, letter, levels, up, two) { #code, zh, letter, levels, up, two },
#include "types.tbl"
};
static const struct { const char *kind, *code, *text, *path; } reasons[] = {
#define REASON(kind, code, text, path) { #kind, #code, text, path },
#include "reasons.tbl"
};

struct step {
	int from;
	enum action action;
	int to;
	const char *guard_name;
	guard_fn *guard;
	uint32_t stops, starts, pauses, resumes;
	unsigned told;
};

/* The words of the table that are no states. */
enum { TICKET_ANY = FROM_ANY, TICKET_ANY_OPEN = FROM_ANY_OPEN, TICKET_SAME = TO_SAME };

static const struct step steps[] = {
#define STEP(from, action, to, guard, stops, starts, pauses, resumes, told)                                           \
	{ (int)TICKET_##from, ACT_##action, (int)TICKET_##to, #guard, guard_##guard, stops, starts, pauses, resumes, told },
#include "states.tbl"
};
static const struct step pub_steps[] = {
#define PUBSTEP(from, action, to, guard, stops, told)                                                                 \
	{ (int)PUB_##from, ACT_##action, (int)PUB_##to, #guard, guard_##guard, stops, 0, 0, 0, told },
#include "states.tbl"
};
#define STEPS_N (sizeof steps / sizeof steps[0])
#define PUB_STEPS_N (sizeof pub_steps / sizeof pub_steps[0])

static bool from_fits(const struct step *s, const struct facts *f)
{
	if (s->from == FROM_ANY)
		return f->state != TICKET_NONE;
	if (s->from == FROM_ANY_OPEN)
		return f->state != TICKET_NONE && states[f->state].open;
	return s->from == (int)f->state;
}

/* The first row that fits and whose guard holds; else NULL, and *ret_near the last that fits. */
static const struct step *find(const struct facts *f, const struct actor *who, enum action action,
                               const struct act *act, const struct step **ret_near)
{
	*ret_near = NULL;
	for (const struct step *s = steps; s < steps + STEPS_N; s++) {
		if (s->action != action || !from_fits(s, f))
			continue;
		*ret_near = s;
		if (s->guard(f, who, act))
			return s;
	}
	for (const struct step *s = pub_steps; s < pub_steps + PUB_STEPS_N; s++) {
		if (s->action != action || s->from != (int)f->pub)
			continue;
		*ret_near = s;
		if (s->guard(f, who, act))
			return s;
	}
	return NULL;
}

static bool is_pub(const struct step *s)
{
	return s >= pub_steps && s < pub_steps + PUB_STEPS_N;
}

static const char *reason_kind(enum action a)
{
	return a == ACT_REFUSE ? "refuse" : a == ACT_WITHHOLD ? "withhold" : a == ACT_SUSPEND ? "suspend" : "reopen";
}

static bool reason_fits(const struct act *act)
{
	const char *code = act->reason ? act->reason : "";

	return act->action == ACT_RETYPE ? states_type_from(code) < TYPE__MAX
	                                 : states_reason(reason_kind(act->action), code) != NULL;
}

static bool filled(const char *s)
{
	return s && *s;
}

static int check_reply(const struct act *act)
{
	if (!filled(act->reply))
		return err_say(ERR_INVALID, "请填写答复内容");
	if ((act->action == ACT_SUBMIT_REPLY || act->action == ACT_ANSWER_AT_ONCE) &&
	    !states_reason("result", act->result ? act->result : ""))
		return err_say(ERR_INVALID, "请选择办理结果");
	if (str_eq(act->result, "scheduled") && act->on == DAY_NONE)
		return err_say(ERR_INVALID, "列入计划的，请写明承诺完成的日期");
	return 0;
}

static int check_needs(const struct act *act)
{
	unsigned needs = actions[act->action].needs;
	const struct { unsigned need; bool there; const char *text; } table[] = {
		{ NEEDS_TEXT, filled(act->text), "请填写说明" },
		{ NEEDS_REASON, reason_fits(act), act->action == ACT_RETYPE ? "请选择类型" : "请选择理由" },
		{ NEEDS_UNIT, act->unit_id > 0, "请选择承办单位" },
		{ NEEDS_MASTER, act->master_id > 0, "请填写主件编号" },
		{ NEEDS_DATE, act->on != DAY_NONE, "请填写下一次告知的日期" },
		{ NEEDS_DAYS, act->days >= 1 && act->days <= 60, "延期天数应为 1 到 60 个工作日" },
		{ NEEDS_GRADE, act->grade >= 1 && act->grade <= 5 && filled(act->solved), "请选择是否解决和满意程度" },
		{ NEEDS_OFFICER, act->officer_id > 0, "请选择承办人" },
		{ NEEDS_PARTY, act->unit_id > 0 || act->officer_id > 0, "请选择要回避的单位，或填写要回避的人的账号" },
		{ NEEDS_WHICH, act->which > 0, "请选择是哪一项" },
		{ NEEDS_EDITION, filled(act->ed_title) && filled(act->ed_reply), "公开稿的标题和答复不能为空" },
	};

	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
		if (needs & table[i].need && !table[i].there)
			return err_say(ERR_INVALID, "%s", table[i].text);
	}
	return needs & NEEDS_REPLY ? check_reply(act) : 0;
}

/* The writer withdrew it: is told no more, and nothing of the letter is published. */
static void leave_writer_out(struct move *m)
{
	m->told &= ~(unsigned)TOLD_WRITER;
	m->starts &= ~(uint32_t)T(PUBLISH);
	m->pub_to = PUB_NOT_DUE;
}

static bool has_left(const struct facts *f, const struct actor *who)
{
	return f->ex_officio && who->roles & 1u << ROLE_CITIZEN;
}

static struct move move_of(const struct facts *f, const struct act *act, const struct step *s)
{
	struct move m = { .to = f->state, .pub_to = f->pub, .stops = s->stops, .starts = s->starts, .pauses = s->pauses,
		          .resumes = s->resumes & ((1u << RERUN_SHIFT) - 1), .reruns = s->resumes >> RERUN_SHIFT,
		          .told = s->told };

	if (is_pub(s))
		m.pub_to = (enum pub_state)s->to;
	else if (s->to != TO_SAME)
		m.to = (enum ticket_state)s->to;
	/* The second machine starts when an answer becomes visible to its writer. */
	if (m.to == TICKET_REPLIED && f->state != TICKET_REPLIED)
		m.pub_to = PUB_PENDING_REVIEW;
	if (f->simulated) {
		m.pub_to = PUB_NOT_DUE;
		m.starts &= ~(1u << TIMER_PUBLISH);
	}
	if (f->ex_officio || act->action == ACT_CONTINUE)
		leave_writer_out(&m);
	return m;
}

int states_decide(const struct facts *f, const struct actor *who, const struct act *act, struct move *ret)
{
	const struct step *near, *s;
	int r;

	must(act->action < ACT__MAX);
	if (f->recused)
		return err_say(ERR_DENIED, "您或您的单位应当回避，不能办理这封信");
	if (has_left(f, who))
		return err_say(ERR_STATE, "您已经撤回这封信");
	s = find(f, who, act->action, act, &near);
	if (!near)
		return err_say(ERR_STATE, "现在的状态是“%s”，不能%s",
		               f->state == TICKET_NONE ? "" : states[f->state].office, actions[act->action].button);
	if (!access_may_on(who, (enum cap)act->action, f->unit_id, f->co))
		return err_say(ERR_DENIED, "您没有“%s”的权限", actions[act->action].button);
	if ((r = check_needs(act)) < 0)
		return r;
	if (!s)
		return states_why(near->guard_name, actions[act->action].button, f, who, act);
	*ret = move_of(f, act, s);
	return 0;
}

size_t states_offered(const struct facts *f, const struct actor *who, enum action *ret)
{
	const struct step *near;
	size_t n = 0;

	if (f->recused || has_left(f, who))
		return 0;
	for (int a = 0; a < ACT__MAX; a++) {
		if (access_may_on(who, (enum cap)a, f->unit_id, f->co) && find(f, who, (enum action)a, NULL, &near))
			ret[n++] = (enum action)a;
	}
	return n;
}

const char *states_why_not(const struct facts *f, const struct actor *who, enum action action)
{
	const struct step *near;

	if (f->recused || !access_may_on(who, (enum cap)action, f->unit_id, f->co))
		return NULL;
	if (find(f, who, action, NULL, &near) || !near)
		return NULL;
	return err_text(states_why(near->guard_name, actions[action].button, f, who, NULL));
}

#define CODE_FN(fn, arg, max, table, member)                                                                          \
	const char *fn(arg v)                                                                                         \
	{                                                                                                             \
		must(v < max);                                                                                        \
		return table[v].member;                                                                               \
	}
CODE_FN(states_office, enum ticket_state, TICKET__MAX, states, office)
CODE_FN(states_writer, enum ticket_state, TICKET__MAX, states, writer)
CODE_FN(states_pub_code, enum pub_state, PUB__MAX, pubs, code)
CODE_FN(states_pub_name, enum pub_state, PUB__MAX, pubs, name)
CODE_FN(states_timer_code, enum timer_kind, TIMER__MAX, timers, code)
CODE_FN(states_timer_name, enum timer_kind, TIMER__MAX, timers, name)
CODE_FN(states_action_code, enum action, ACT__MAX, actions, code)
CODE_FN(states_action_button, enum action, ACT__MAX, actions, button)
CODE_FN(states_action_told, enum action, ACT__MAX, actions, told)
CODE_FN(states_type_code, enum ticket_type, TYPE__MAX, types, code)
CODE_FN(states_type_name, enum ticket_type, TYPE__MAX, types, name)
CODE_FN(states_type_letter, enum ticket_type, TYPE__MAX, types, letter)

const char *states_code(enum ticket_state s)
{
	return s == TICKET_NONE ? "" : states[s].code;
}

bool states_open(enum ticket_state s)
{
	return s != TICKET_NONE && states[s].open;
}

unsigned states_action_needs(enum action a)
{
	return actions[a].needs;
}

int states_type_levels(enum ticket_type t)
{
	return types[t].levels;
}

bool states_type_up(enum ticket_type t)
{
	return types[t].up;
}

bool states_type_two(enum ticket_type t)
{
	return types[t].two;
}

#define FROM_FN(fn, type, max, table)                                                                                 \
	type fn(const char *code)                                                                                     \
	{                                                                                                             \
		int i = 0;                                                                                            \
                                                                                                                      \
		while (i < (int)max && strcmp(table[i].code, code) != 0)                                              \
			i++;                                                                                          \
		return (type)i;                                                                                       \
	}
FROM_FN(states_from, enum ticket_state, TICKET__MAX, states)
FROM_FN(states_pub_from, enum pub_state, PUB__MAX, pubs)
FROM_FN(states_timer_from, enum timer_kind, TIMER__MAX, timers)
FROM_FN(states_action_from, enum action, ACT__MAX, actions)
FROM_FN(states_type_from, enum ticket_type, TYPE__MAX, types)

const char *states_reason(const char *kind, const char *code)
{
	for (size_t i = 0; i < sizeof reasons / sizeof reasons[0]; i++) {
		if (strcmp(reasons[i].kind, kind) == 0 && strcmp(reasons[i].code, code) == 0)
			return reasons[i].text;
	}
	return NULL;
}

bool states_reason_at(const char *kind, size_t i, const char **ret_code, const char **ret_text, const char **ret_path)
{
	for (size_t j = 0; j < sizeof reasons / sizeof reasons[0]; j++) {
		if (strcmp(reasons[j].kind, kind) != 0 || i-- > 0)
			continue;
		*ret_code = reasons[j].code;
		*ret_text = reasons[j].text;
		if (ret_path)
			*ret_path = reasons[j].path;
		return true;
	}
	return false;
}

static const char *place(int s, const struct step *step)
{
	if (s == FROM_ANY)
		return "any";
	if (s == FROM_ANY_OPEN)
		return "any_open";
	if (s == TO_SAME)
		return "same";
	if (is_pub(step))
		return pubs[s].code;
	return s == TICKET_NONE ? "none" : states[s].code;
}

static void print_step(struct str *o, const struct step *s, bool dot)
{
	if (dot)
		str_addf(o, "  %s -> %s [label=\"%s\"];\n", place(s->from, s), place(s->to == TO_SAME ? s->from : s->to, s),
		         actions[s->action].code);
	else
		str_addf(o, "%-16s %-22s %-16s %s\n", place(s->from, s), actions[s->action].code, place(s->to, s),
		         s->guard_name);
}

void states_print(struct str *o, bool dot)
{
	if (dot)
		str_add(o, "digraph states {\n  rankdir=LR;\n");
	for (const struct step *s = steps; s < steps + STEPS_N; s++)
		print_step(o, s, dot);
	for (const struct step *s = pub_steps; s < pub_steps + PUB_STEPS_N; s++)
		print_step(o, s, dot);
	if (dot)
		str_add(o, "}\n");
}
