/* states_guards - see states_guards.h. */
#include "states_guards.h"

#include <string.h>

bool guard_ALWAYS(const struct facts *f, const struct actor *who, const struct act *act)
{
	(void)f, (void)who, (void)act;
	return true;
}

bool guard_NOT_ASKED_YET(const struct facts *f, const struct actor *who, const struct act *act)
{
	(void)who, (void)act;
	return !f->supplement_asked;
}

bool guard_LAPSED(const struct facts *f, const struct actor *who, const struct act *act)
{
	(void)who, (void)act;
	return f->supplement_lapsed;
}

/* The second word on just this, by another person. */
static bool second_of_two(const struct facts *f, const struct actor *who, enum action action)
{
	return f->proposal == (int)action && f->proposal_by != who->officer_id;
}

/* Judged invalid by registrar and supervisor (domain 6.4): the second word is the supervisor's. */
bool guard_SUPERVISOR_2ND(const struct facts *f, const struct actor *who, const struct act *act)
{
	(void)act;
	return f->round == 1 && (who->roles & 1u << ROLE_SUPERVISOR) && second_of_two(f, who, ACT_MARK_INVALID);
}

/* While one proposal waits for its second person there is no other. */
bool guard_FIRST_OF_TWO(const struct facts *f, const struct actor *who, const struct act *act)
{
	(void)who, (void)act;
	return f->round == 1 && f->proposal < 0;
}

bool guard_ONE_OR_SECOND(const struct facts *f, const struct actor *who, const struct act *act)
{
	(void)act;
	return !(f->two_needed || states_type_two(f->type)) || second_of_two(f, who, ACT_REFUSE);
}

bool guard_MASTER_OPEN(const struct facts *f, const struct actor *who, const struct act *act)
{
	(void)who;
	return f->round == 1 && (!act || (act->master_open && act->master_id != f->ticket_id));
}

bool guard_PROPOSED(const struct facts *f, const struct actor *who, const struct act *act)
{
	(void)who, (void)act;
	return f->proposal >= 0;
}

bool guard_NOT_ANSWERED(const struct facts *f, const struct actor *who, const struct act *act)
{
	(void)who;
	return f->round == 1 && !f->ex_officio && (!act || states_type_from(act->reason ? act->reason : "") != f->type);
}

bool guard_CONSULTS(const struct facts *f, const struct actor *who, const struct act *act)
{
	(void)act;
	return f->type == TYPE_CONSULT && who->unit_id > 0;
}

bool guard_MAY_OBJECT(const struct facts *f, const struct actor *who, const struct act *act)
{
	(void)who, (void)act;
	return !f->unit_objected && f->objection_window_open;
}

bool guard_NOT_PETITION(const struct facts *f, const struct actor *who, const struct act *act)
{
	(void)who, (void)act;
	return !f->petition && f->round == 1;
}

bool guard_IS_PETITION(const struct facts *f, const struct actor *who, const struct act *act)
{
	(void)who, (void)act;
	return f->petition && f->round == 1;
}

bool guard_OTHER_UNIT(const struct facts *f, const struct actor *who, const struct act *act)
{
	(void)who;
	return !act || act->unit_id != f->unit_id;
}

bool guard_NO_HOLDING(const struct facts *f, const struct actor *who, const struct act *act)
{
	(void)who, (void)act;
	return f->holding_author == 0;
}

bool guard_HOLDING_OTHER(const struct facts *f, const struct actor *who, const struct act *act)
{
	(void)act;
	return f->holding_author != 0 && f->holding_author != who->officer_id;
}

bool guard_MAY_EXTEND(const struct facts *f, const struct actor *who, const struct act *act)
{
	(void)who;
	return f->extension_days == 0 && !f->reply_late && f->reply_amount < f->reply_max &&
	       (!act || (act->days >= 1 && f->reply_amount + act->days <= f->reply_max));
}

/* Within the allowance the department decides, beyond it the office. */
bool guard_EXTENSION_OPEN(const struct facts *f, const struct actor *who, const struct act *act)
{
	bool office = who->roles & 1u << ROLE_OFFICE_REVIEWER;
	bool within = f->reply_amount + f->extension_days <= f->reply_allowance;

	(void)act;
	return f->extension_days > 0 && (office || within) && who->officer_id != f->extension_by;
}

static bool reviewer_fits(const struct facts *f, const struct actor *who)
{
	uint32_t role = f->level == 0 ? 1u << ROLE_DEPT_REVIEWER : 1u << ROLE_OFFICE_REVIEWER;

	return (who->roles & role) && (f->level > 0 || who->unit_id == f->unit_id) && who->officer_id != f->reply_author &&
	       !(f->level > 0 && f->passed);
}

bool guard_NOT_AUTHOR(const struct facts *f, const struct actor *who, const struct act *act)
{
	(void)act;
	return reviewer_fits(f, who);
}

bool guard_MORE_LEVELS(const struct facts *f, const struct actor *who, const struct act *act)
{
	(void)act;
	return reviewer_fits(f, who) && f->level + 1 < states_type_levels(f->type);
}

bool guard_GOES_UP(const struct facts *f, const struct actor *who, const struct act *act)
{
	(void)act;
	return reviewer_fits(f, who) && states_type_up(f->type);
}

bool guard_LAST_LEVEL(const struct facts *f, const struct actor *who, const struct act *act)
{
	(void)act;
	return reviewer_fits(f, who) && !states_type_up(f->type);
}

static bool satisfied(const struct act *act)
{
	return act->grade >= 3 && act->solved && strcmp(act->solved, "no") != 0;
}

bool guard_RATED_GOOD(const struct facts *f, const struct actor *who, const struct act *act)
{
	(void)who;
	return !f->rated && f->rate_window_open && !f->promise_open && (!act || satisfied(act));
}

bool guard_RATED_BAD(const struct facts *f, const struct actor *who, const struct act *act)
{
	(void)who, (void)act;
	return !f->rated && f->rate_window_open;
}

bool guard_MAY_ASK(const struct facts *f, const struct actor *who, const struct act *act)
{
	(void)who, (void)act;
	return f->follow_ups < FOLLOW_UPS_MAX && f->rate_window_open;
}

bool guard_WINDOW_OVER(const struct facts *f, const struct actor *who, const struct act *act)
{
	(void)who, (void)act;
	return !f->rate_window_open && !f->promise_open;
}

bool guard_PUB_SETTLED(const struct facts *f, const struct actor *who, const struct act *act)
{
	(void)who, (void)act;
	return f->added_author == 0 && f->pub != PUB_PENDING_REVIEW && f->pub != PUB_APPROVED_FULL &&
	       f->pub != PUB_APPROVED_SUMMARY;
}

/* "before replied": a letter that was answered once cannot be withdrawn in a later round. */
bool guard_FIRST_ROUND(const struct facts *f, const struct actor *who, const struct act *act)
{
	(void)who, (void)act;
	return f->round == 1;
}

bool guard_MAY_NUDGE(const struct facts *f, const struct actor *who, const struct act *act)
{
	(void)who, (void)act;
	return !f->nudged && f->half_over;
}

bool guard_FEEDBACK_DUE(const struct facts *f, const struct actor *who, const struct act *act)
{
	(void)who, (void)act;
	return f->feedback_open;
}

bool guard_ORDER_OPEN(const struct facts *f, const struct actor *who, const struct act *act)
{
	(void)who, (void)act;
	return f->order != ORDER_NONE;
}

bool guard_NO_ORDER(const struct facts *f, const struct actor *who, const struct act *act)
{
	(void)who, (void)act;
	return f->order == ORDER_NONE;
}

bool guard_ORDER_NEW(const struct facts *f, const struct actor *who, const struct act *act)
{
	(void)who, (void)act;
	return f->order == ORDER_ISSUED;
}

bool guard_FEEDBACK_GIVEN(const struct facts *f, const struct actor *who, const struct act *act)
{
	(void)who, (void)act;
	return f->order == ORDER_ANSWERED;
}

bool guard_PROMISE_OPEN(const struct facts *f, const struct actor *who, const struct act *act)
{
	(void)who, (void)act;
	return f->promise_open;
}

bool guard_NOT_PUB_AUTHOR(const struct facts *f, const struct actor *who, const struct act *act)
{
	(void)act;
	return who->officer_id != f->edition_author && who->officer_id != f->reply_author &&
	       who->officer_id != f->added_last && !f->edited;
}

bool guard_FULL_ALLOWED(const struct facts *f, const struct actor *who, const struct act *act)
{
	return f->publish_ok && guard_NOT_PUB_AUTHOR(f, who, act);
}

bool guard_WAS_PUBLISHED(const struct facts *f, const struct actor *who, const struct act *act)
{
	(void)who, (void)act;
	return f->was_published;
}

/* One letter of a person who leaves; no button of a letter's page. */
bool guard_FROM_LEAVER(const struct facts *f, const struct actor *who, const struct act *act)
{
	(void)f, (void)who;
	return act && act->leaver_id > 0 && act->leaver_id != act->officer_id;
}

/* Named when buttons are worked out: whoever is named. */
bool guard_NAMES_MAIN(const struct facts *f, const struct actor *who, const struct act *act)
{
	(void)who;
	return f->unit_id && (!act || act->unit_id == f->unit_id);
}

bool guard_NAMES_AUTHOR(const struct facts *f, const struct actor *who, const struct act *act)
{
	(void)who;
	return f->reply_author && (!act || act->officer_id == f->reply_author);
}

bool guard_HAS_RECUSAL(const struct facts *f, const struct actor *who, const struct act *act)
{
	(void)who, (void)act;
	return f->recusals > 0;
}

bool guard_MAIN_RECUSED(const struct facts *f, const struct actor *who, const struct act *act)
{
	(void)who, (void)act;
	return f->main_recused;
}

bool guard_ASK_ANOTHER(const struct facts *f, const struct actor *who, const struct act *act)
{
	return f->main_recused && guard_MAY_ASK(f, who, act);
}

bool guard_CO_UNSIGNED(const struct facts *f, const struct actor *who, const struct act *act)
{
	(void)who, (void)act;
	return f->co_unsigned;
}

bool guard_CO_UNANSWERED(const struct facts *f, const struct actor *who, const struct act *act)
{
	(void)who, (void)act;
	return f->co_unanswered;
}

/* Nobody has decided about it yet. */
bool guard_OWN_UNDECIDED(const struct facts *f, const struct actor *who, const struct act *act)
{
	(void)act;
	return f->level == 0 && f->reply_author && f->reply_author == who->officer_id;
}

bool guard_NOT_PASSED(const struct facts *f, const struct actor *who, const struct act *act)
{
	(void)act;
	return !f->passed && who->officer_id != f->reply_author;
}

bool guard_NO_ADDED(const struct facts *f, const struct actor *who, const struct act *act)
{
	(void)who, (void)act;
	return f->added_author == 0;
}

/* The same levels as the answer itself: the department, the office for some types, the superior for what goes there. */
bool guard_ADDED_OTHER(const struct facts *f, const struct actor *who, const struct act *act)
{
	static const enum role levels[] = { ROLE_DEPT_REVIEWER, ROLE_OFFICE_REVIEWER, ROLE_SUPERIOR_REVIEWER };
	size_t level = (size_t)f->added_level < 2 ? (size_t)f->added_level : 2;

	(void)act;
	return f->added_author && (who->roles & 1u << levels[level]) && who->officer_id != f->added_author &&
	       (level > 0 || who->unit_id == f->unit_id) && !(level > 0 && f->passed_added);
}

bool states_added_last(const struct facts *f)
{
	return f->added_level + 1 >= states_type_levels(f->type) + states_type_up(f->type);
}

bool guard_ADDED_MORE(const struct facts *f, const struct actor *who, const struct act *act)
{
	return guard_ADDED_OTHER(f, who, act) && !states_added_last(f);
}

bool guard_ADDED_LAST(const struct facts *f, const struct actor *who, const struct act *act)
{
	return guard_ADDED_OTHER(f, who, act) && states_added_last(f);
}

bool guard_WAS_ACCEPTED(const struct facts *f, const struct actor *who, const struct act *act)
{
	(void)who, (void)act;
	return f->accepted;
}

bool guard_COMPLAINT(const struct facts *f, const struct actor *who, const struct act *act)
{
	(void)who, (void)act;
	return f->type == TYPE_COMPLAINT;
}

bool guard_COMPLAINT_IN(const struct facts *f, const struct actor *who, const struct act *act)
{
	return f->accepted && guard_COMPLAINT(f, who, act);
}
