/* states.tbl and access.tbl as a machine: what leads where, who may, what cannot be. Pure. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "clock.h"
#include "states.h"

static struct actor officer(int id, enum role role, int64_t unit)
{
	return (struct actor){ .officer_id = id, .unit_id = unit, .roles = 1u << role, .name = "x" };
}

static struct facts at(enum ticket_state state)
{
	return (struct facts){ .ticket_id = 1, .state = state, .type = TYPE_CONSULT, .round = 1, .unit_id = 7, .proposal = -1,
	                       .publish_ok = true, .reply_amount = 5, .reply_max = 15, .reply_allowance = 10 };
}

static struct act doing(enum action action)
{
	return (struct act){ .action = action, .text = "说明", .officer_id = 5, .unit_id = 8, .master_id = 2, .master_open = true, .which = 1, .days = 3,
	                     .on = 1, .reply = "答复", .result = "solved", .grade = 5, .solved = "yes", .reason = "advert",
	                     .ed_title = "题", .ed_body = "文", .ed_reply = "答" };
}

static int decide(struct facts f, struct actor who, struct act act, struct move *m)
{
	return states_decide(&f, &who, &act, m);
}

static void a_letter_goes_all_the_way(void **s)
{
	static const struct { enum ticket_state from; enum action act; enum role role; enum ticket_state to; } way[] = {
		{ TICKET_SUBMITTED, ACT_ACCEPT, ROLE_REGISTRAR, TICKET_ACCEPTED },
		{ TICKET_ACCEPTED, ACT_ASSIGN, ROLE_REGISTRAR, TICKET_ASSIGNED },
		{ TICKET_ASSIGNED, ACT_SIGN, ROLE_LIAISON, TICKET_HANDLING },
		{ TICKET_HANDLING, ACT_SUBMIT_REPLY, ROLE_HANDLER, TICKET_IN_REVIEW },
		{ TICKET_IN_REVIEW, ACT_APPROVE_REPLY, ROLE_DEPT_REVIEWER, TICKET_REPLIED },
	};
	struct move m;

	(void)s;
	for (size_t i = 0; i < sizeof way / sizeof way[0]; i++) {
		assert_int_equal(decide(at(way[i].from), officer(5, way[i].role, 7), doing(way[i].act), &m), 0);
		assert_int_equal(m.to, way[i].to);
	}
	assert_int_equal(m.pub_to, PUB_PENDING_REVIEW);
	assert_true(m.stops & 1u << TIMER_REPLY && m.stops & 1u << TIMER_VETO && m.starts & 1u << TIMER_RATE);
}

static void nobody_reviews_his_own_answer(void **s)
{
	struct facts f = at(TICKET_IN_REVIEW);
	struct move m;

	(void)s;
	f.reply_author = 5;
	assert_int_equal(decide(f, officer(5, ROLE_DEPT_REVIEWER, 7), doing(ACT_APPROVE_REPLY), &m), ERR_DENIED);
	assert_int_equal(decide(f, officer(6, ROLE_DEPT_REVIEWER, 7), doing(ACT_APPROVE_REPLY), &m), 0);
}

static void a_letter_to_the_leader_has_two_levels(void **s)
{
	struct facts f = at(TICKET_IN_REVIEW);
	struct move m;

	(void)s;
	f.type = TYPE_LEADER_MAIL;
	assert_int_equal(decide(f, officer(6, ROLE_DEPT_REVIEWER, 7), doing(ACT_APPROVE_REPLY), &m), 0);
	assert_int_equal(m.to, TICKET_IN_REVIEW);
	f.level = 1;
	assert_int_equal(decide(f, officer(6, ROLE_DEPT_REVIEWER, 7), doing(ACT_APPROVE_REPLY), &m), ERR_DENIED);
	assert_int_equal(decide(f, officer(9, ROLE_OFFICE_REVIEWER, 1), doing(ACT_APPROVE_REPLY), &m), 0);
	assert_int_equal(m.to, TICKET_REPLIED);
}

static void a_site_error_is_answered_only_through_the_superior(void **s)
{
	struct facts f = at(TICKET_IN_REVIEW);
	struct move m;

	(void)s;
	f.type = TYPE_SITE_ERROR;
	f.level = 1;
	assert_int_equal(decide(f, officer(9, ROLE_OFFICE_REVIEWER, 1), doing(ACT_APPROVE_REPLY), &m), 0);
	assert_int_equal(m.to, TICKET_SUBMITTED_UP);
	assert_true(m.stops & 1u << TIMER_REPLY);
	assert_false(m.stops & 1u << TIMER_VETO);
	f.state = TICKET_SUBMITTED_UP;
	assert_int_equal(decide(f, officer(3, ROLE_SUPERIOR_REVIEWER, 1), doing(ACT_SUPERIOR_APPROVE), &m), 0);
	assert_int_equal(m.to, TICKET_REPLIED);
}

static void refusing_a_complaint_takes_two(void **s)
{
	struct facts f = at(TICKET_SUBMITTED);
	struct move m;

	(void)s;
	assert_int_equal(decide(f, officer(1, ROLE_REGISTRAR, 1), doing(ACT_REFUSE), &m), 0);
	assert_int_equal(m.to, TICKET_REFUSED); /* a consultation takes one */
	f.type = TYPE_COMPLAINT;
	assert_int_equal(decide(f, officer(1, ROLE_REGISTRAR, 1), doing(ACT_REFUSE), &m), 0);
	assert_int_equal(m.to, TICKET_SUBMITTED);
	f.proposal = ACT_REFUSE;
	f.proposal_by = 1;
	assert_int_equal(decide(f, officer(1, ROLE_REGISTRAR, 1), doing(ACT_REFUSE), &m), ERR_DENIED);
	assert_int_equal(decide(f, officer(2, ROLE_REGISTRAR, 1), doing(ACT_REFUSE), &m), 0);
	assert_int_equal(m.to, TICKET_REFUSED);
}

static void judging_invalid_takes_a_supervisor(void **s)
{
	struct facts f = at(TICKET_SUBMITTED);
	struct move m;

	(void)s;
	assert_int_equal(decide(f, officer(1, ROLE_REGISTRAR, 1), doing(ACT_MARK_INVALID), &m), 0);
	assert_int_equal(m.to, TICKET_SUBMITTED);
	f.proposal = ACT_MARK_INVALID;
	f.proposal_by = 1;
	assert_int_equal(decide(f, officer(2, ROLE_REGISTRAR, 1), doing(ACT_MARK_INVALID), &m), ERR_DENIED);
	assert_int_equal(decide(f, officer(3, ROLE_SUPERVISOR, 1), doing(ACT_MARK_INVALID), &m), 0);
	assert_int_equal(m.to, TICKET_INVALID);
}

/* A second proposal took the place of the first one, though no button offered it. */
static void one_proposal_at_a_time(void **s)
{
	struct facts f = at(TICKET_SUBMITTED);
	enum action offered[ACT__MAX];
	struct actor supervisor = officer(3, ROLE_SUPERVISOR, 1);
	struct move m;
	size_t n;

	(void)s;
	f.type = TYPE_COMPLAINT;
	f.proposal = ACT_REFUSE;
	f.proposal_by = 1;
	assert_int_equal(decide(f, officer(2, ROLE_REGISTRAR, 1), doing(ACT_MARK_INVALID), &m), ERR_DENIED);
	n = states_offered(&f, &supervisor, offered);
	for (size_t i = 0; i < n; i++)
		assert_int_not_equal(offered[i], ACT_MARK_INVALID);
	f.proposal = ACT_MARK_INVALID;
	assert_int_equal(decide(f, officer(2, ROLE_REGISTRAR, 1), doing(ACT_REFUSE), &m), ERR_DENIED);
}

static void a_unit_acts_on_its_own_letters_only(void **s)
{
	struct move m;

	(void)s;
	assert_int_equal(decide(at(TICKET_ASSIGNED), officer(5, ROLE_LIAISON, 8), doing(ACT_SIGN), &m), ERR_DENIED);
	assert_int_equal(decide(at(TICKET_HANDLING), officer(5, ROLE_HANDLER, 8), doing(ACT_SUBMIT_REPLY), &m), ERR_DENIED);
}

static void what_is_missing_is_said(void **s)
{
	struct act act = doing(ACT_REFUSE);
	struct move m;

	(void)s;
	act.reason = "nonsense";
	assert_int_equal(decide(at(TICKET_SUBMITTED), officer(1, ROLE_REGISTRAR, 1), act, &m), ERR_INVALID);
	assert_string_equal(err_text(ERR_INVALID), "请选择理由");
	act = doing(ACT_SUBMIT_REPLY);
	act.result = NULL;
	assert_int_equal(decide(at(TICKET_HANDLING), officer(1, ROLE_HANDLER, 7), act, &m), ERR_INVALID);
	act = doing(ACT_SUBMIT_REPLY);
	act.result = "scheduled";
	act.on = DAY_NONE;
	assert_int_equal(decide(at(TICKET_HANDLING), officer(1, ROLE_HANDLER, 7), act, &m), ERR_INVALID);
}

static void extensions_keep_to_their_limits(void **s)
{
	struct facts f = at(TICKET_HANDLING);
	struct act act = doing(ACT_REQUEST_EXTENSION);
	struct move m;

	(void)s;
	act.days = 11; /* 5 + 11 > 15 */
	assert_int_equal(decide(f, officer(1, ROLE_HANDLER, 7), act, &m), ERR_STATE);
	act.days = 10;
	assert_int_equal(decide(f, officer(1, ROLE_HANDLER, 7), act, &m), 0);
	f.reply_late = true;
	assert_int_equal(decide(f, officer(1, ROLE_HANDLER, 7), act, &m), ERR_STATE);
	f.reply_late = false;
	f.extension_days = 10; /* to 15, beyond the department's 10 */
	assert_int_equal(decide(f, officer(2, ROLE_DEPT_REVIEWER, 7), doing(ACT_APPROVE_EXTENSION), &m), ERR_DENIED);
	assert_int_equal(decide(f, officer(2, ROLE_OFFICE_REVIEWER, 1), doing(ACT_APPROVE_EXTENSION), &m), 0);
}

static void only_supplement_and_suspension_pause(void **s)
{
	struct move m;

	(void)s;
	assert_int_equal(decide(at(TICKET_SUBMITTED), officer(1, ROLE_REGISTRAR, 1), doing(ACT_REQUEST_SUPPLEMENT), &m), 0);
	assert_int_equal(m.pauses, 1u << TIMER_ACCEPT);
	assert_int_equal(decide(at(TICKET_ASSIGNED), officer(1, ROLE_LIAISON, 7), doing(ACT_OBJECT), &m), ERR_STATE);
	struct facts f = at(TICKET_ASSIGNED);
	f.objection_window_open = true;
	assert_int_equal(decide(f, officer(1, ROLE_LIAISON, 7), doing(ACT_OBJECT), &m), 0);
	assert_int_equal(m.pauses, 0);
}

static void the_writer_may_withdraw_before_an_answer(void **s)
{
	struct move m;
	struct facts f = at(TICKET_HANDLING);

	(void)s;
	assert_int_equal(decide(f, ACTOR_CITIZEN, doing(ACT_WITHDRAW), &m), 0);
	f.round = 2;
	assert_int_equal(decide(f, ACTOR_CITIZEN, doing(ACT_WITHDRAW), &m), ERR_STATE);
	assert_int_equal(decide(at(TICKET_REPLIED), ACTOR_CITIZEN, doing(ACT_WITHDRAW), &m), ERR_STATE);
}

static void without_consent_the_text_stays_private(void **s)
{
	struct facts f = at(TICKET_REPLIED);
	struct move m;

	(void)s;
	f.pub = PUB_PENDING_REVIEW;
	f.publish_ok = false;
	assert_int_equal(decide(f, officer(1, ROLE_SECRECY_REVIEWER, 1), doing(ACT_APPROVE_FULL), &m), ERR_DENIED);
	assert_int_equal(decide(f, officer(1, ROLE_SECRECY_REVIEWER, 1), doing(ACT_APPROVE_SUMMARY), &m), 0);
	assert_int_equal(m.pub_to, PUB_APPROVED_SUMMARY);
	assert_int_equal(m.to, TICKET_REPLIED);
}

static void who_must_keep_away_can_do_nothing(void **s)
{
	static const enum role roles[] = { ROLE_REGISTRAR, ROLE_LIAISON, ROLE_HANDLER, ROLE_DEPT_REVIEWER, ROLE_OFFICE_REVIEWER,
		                           ROLE_SUPERVISOR, ROLE_SECRECY_REVIEWER, ROLE_PUBLISHER, ROLE_LEADER };
	enum action offered[ACT__MAX];
	struct move m;

	(void)s;
	for (size_t i = 0; i < sizeof roles / sizeof roles[0] * TICKET__MAX; i++) {
		struct facts f = at((enum ticket_state)(i % TICKET__MAX));
		struct actor who = officer(5, roles[i / TICKET__MAX], 7);

		f.recused = true;
		assert_int_equal(states_offered(&f, &who, offered), 0);
		for (int a = 0; a < ACT__MAX; a++) {
			assert_int_equal(decide(f, who, doing((enum action)a), &m), ERR_DENIED);
			assert_null(states_why_not(&f, &who, (enum action)a));
		}
	}
}

static void a_main_unit_that_must_keep_away_loses_the_letter(void **s)
{
	struct facts f = at(TICKET_SUSPENDED);
	struct act act = doing(ACT_RECUSE);
	struct move m;

	(void)s;
	act.unit_id = 9; /* another unit: written down, nothing moves */
	assert_int_equal(decide(f, officer(1, ROLE_REGISTRAR, 1), act, &m), 0);
	assert_int_equal(m.to, TICKET_SUSPENDED);
	act.unit_id = 7;
	assert_int_equal(decide(f, officer(1, ROLE_REGISTRAR, 1), act, &m), 0);
	assert_int_equal(m.to, TICKET_ACCEPTED);
	assert_true(m.starts & 1u << TIMER_DISPATCH && m.resumes & 1u << TIMER_REPLY && !(m.stops & 1u << TIMER_REPLY));
	assert_int_equal(decide(f, officer(1, ROLE_LIAISON, 7), act, &m), ERR_DENIED);
	act.unit_id = act.officer_id = 0;
	assert_int_equal(decide(f, officer(1, ROLE_REGISTRAR, 1), act, &m), ERR_INVALID);
}

static void only_a_supervisor_lifts_a_recusal(void **s)
{
	struct facts f = at(TICKET_ACCEPTED);
	struct move m;

	(void)s;
	assert_int_equal(decide(f, officer(1, ROLE_SUPERVISOR, 1), doing(ACT_LIFT_RECUSAL), &m), ERR_STATE);
	f.recusals = 1;
	assert_int_equal(decide(f, officer(1, ROLE_SUPERVISOR, 1), doing(ACT_LIFT_RECUSAL), &m), 0);
	assert_int_equal(decide(f, officer(1, ROLE_REGISTRAR, 1), doing(ACT_LIFT_RECUSAL), &m), ERR_DENIED);
}

static void a_second_round_is_not_for_a_unit_that_must_keep_away(void **s)
{
	struct facts f = at(TICKET_REPLIED);
	struct act act = doing(ACT_REOPEN);
	struct move m;

	(void)s;
	act.reason = "wrong";
	assert_int_equal(decide(f, officer(1, ROLE_SUPERVISOR, 1), act, &m), 0);
	assert_int_equal(m.to, TICKET_HANDLING);
	f.main_recused = true;
	assert_int_equal(decide(f, officer(1, ROLE_SUPERVISOR, 1), act, &m), 0);
	assert_int_equal(m.to, TICKET_ACCEPTED);
	assert_true(m.starts & 1u << TIMER_DISPATCH && m.starts & 1u << TIMER_REPLY);
}

static void a_unit_that_helps_signs_and_speaks_once(void **s)
{
	struct facts f = at(TICKET_HANDLING);
	struct move m;

	(void)s;
	f.co = f.co_unsigned = f.co_unanswered = true;
	assert_int_equal(decide(f, officer(5, ROLE_CO_HANDLER, 9), doing(ACT_CO_SIGN), &m), 0);
	assert_int_equal(decide(f, officer(5, ROLE_CO_HANDLER, 9), doing(ACT_CO_OPINION), &m), 0);
	assert_int_equal(m.stops, 1u << TIMER_OPINION);
	f.co_unsigned = f.co_unanswered = false;
	assert_int_equal(decide(f, officer(5, ROLE_CO_HANDLER, 9), doing(ACT_CO_SIGN), &m), ERR_STATE);
	assert_int_equal(decide(f, officer(5, ROLE_CO_HANDLER, 9), doing(ACT_CO_OPINION), &m), ERR_STATE);
	f.co = false;
	f.co_unanswered = true;
	assert_int_equal(decide(f, officer(5, ROLE_CO_HANDLER, 9), doing(ACT_CO_OPINION), &m), ERR_DENIED);
}

static void an_addition_is_passed_at_each_level_by_another(void **s)
{
	struct facts f = at(TICKET_REPLIED);
	struct move m;

	(void)s;
	f.type = TYPE_SITE_ERROR;
	assert_int_equal(decide(f, officer(6, ROLE_DEPT_REVIEWER, 7), doing(ACT_APPROVE_ADDED), &m), ERR_DENIED);
	f.added_author = 5;
	assert_int_equal(decide(f, officer(5, ROLE_DEPT_REVIEWER, 7), doing(ACT_APPROVE_ADDED), &m), ERR_DENIED);
	assert_int_equal(decide(f, officer(6, ROLE_DEPT_REVIEWER, 7), doing(ACT_APPROVE_ADDED), &m), 0);
	assert_int_equal(m.told, TOLD_OFFICE);
	assert_int_equal(decide(f, officer(7, ROLE_HANDLER, 7), doing(ACT_ADD_REPLY), &m), ERR_STATE);
	f.added_level = 1;
	f.passed_added = true;
	assert_int_equal(decide(f, officer(6, ROLE_OFFICE_REVIEWER, 7), doing(ACT_APPROVE_ADDED), &m), ERR_DENIED);
	f.passed_added = false;
	assert_int_equal(decide(f, officer(9, ROLE_OFFICE_REVIEWER, 1), doing(ACT_APPROVE_ADDED), &m), 0);
	f.added_level = 2;
	assert_int_equal(decide(f, officer(3, ROLE_SUPERIOR_REVIEWER, 1), doing(ACT_APPROVE_ADDED), &m), 0);
	assert_int_equal(m.told, TOLD_WRITER);
	assert_int_equal(m.to, TICKET_REPLIED);
	assert_int_equal(m.stops | m.starts | m.pauses | m.resumes | m.reruns, 0);
}

static void two_levels_are_two_persons(void **s)
{
	struct facts f = at(TICKET_IN_REVIEW);
	struct move m;

	(void)s;
	f.type = TYPE_LEADER_MAIL;
	f.level = 1;
	f.passed = true;
	assert_int_equal(decide(f, officer(9, ROLE_OFFICE_REVIEWER, 1), doing(ACT_APPROVE_REPLY), &m), ERR_DENIED);
	f.passed = false;
	assert_int_equal(decide(f, officer(9, ROLE_OFFICE_REVIEWER, 1), doing(ACT_APPROVE_REPLY), &m), 0);
	f = at(TICKET_HANDLING);
	f.extension_days = 3;
	f.extension_by = 2;
	assert_int_equal(decide(f, officer(2, ROLE_DEPT_REVIEWER, 7), doing(ACT_APPROVE_EXTENSION), &m), ERR_DENIED);
	assert_int_equal(decide(f, officer(3, ROLE_DEPT_REVIEWER, 7), doing(ACT_APPROVE_EXTENSION), &m), 0);
}

static void what_runs_again_is_not_started_anew(void **s)
{
	static const struct { enum ticket_state from; enum action act; } back[] = {
		{ TICKET_MERGED, ACT_UNMERGE }, { TICKET_ASSIGNED, ACT_RECALL }, { TICKET_WITHDRAWN, ACT_CONTINUE },
	};
	struct move m;

	(void)s;
	for (size_t i = 0; i < sizeof back / sizeof back[0]; i++) {
		struct facts f = at(back[i].from);

		f.type = TYPE_COMPLAINT;
		f.accepted = true;
		assert_int_equal(decide(f, officer(1, ROLE_REGISTRAR, 1), doing(back[i].act), &m), 0);
		assert_int_equal(m.to, TICKET_ACCEPTED);
		assert_true(m.reruns != 0);
		assert_int_equal(m.starts & (1u << TIMER_REPLY | 1u << TIMER_VETO), 0);
	}
}

static void a_writer_who_withdrew_has_no_more_to_do_with_it(void **s)
{
	struct facts f = at(TICKET_IN_REVIEW);
	struct move m;

	(void)s;
	f.ex_officio = true;
	assert_int_equal(decide(f, officer(6, ROLE_DEPT_REVIEWER, 7), doing(ACT_APPROVE_REPLY), &m), 0);
	assert_int_equal(m.to, TICKET_REPLIED);
	assert_int_equal(m.pub_to, PUB_NOT_DUE);
	assert_false(m.told & TOLD_WRITER);
	assert_false(m.starts & 1u << TIMER_PUBLISH);
	assert_int_equal(decide(f, ACTOR_CITIZEN, doing(ACT_WITHDRAW), &m), ERR_STATE);
}

/* A letter in a state, in one of 64 circumstances. */
static struct facts variant(enum ticket_state st, int v)
{
	struct facts f = at(st);

	f.type = (enum ticket_type)(v % TYPE__MAX);
	f.level = v / 5 % 2;
	f.objection_window_open = f.supplement_lapsed = true;
	f.rate_window_open = v & 1;
	f.proposal = v & 2 ? -1 : v & 4 ? ACT_REFUSE : ACT_MARK_INVALID;
	f.proposal_by = 99;
	return f;
}

static struct act with_reason(enum action a)
{
	struct act act = doing(a);

	act.reason = a == ACT_SUSPEND ? "court" : a == ACT_REOPEN ? "wrong" : a == ACT_WITHHOLD ? "untrue" : "advert";
	return act;
}

static bool reached[TICKET__MAX + 1], left[TICKET__MAX + 1];

/* Everything that somebody with all roles can do from a state; true when a new one was reached. */
static bool explore(enum ticket_state st)
{
	struct actor who = { .officer_id = 4, .unit_id = 7, .roles = UINT32_MAX, .name = "all" };
	bool grew = false;

	for (int i = 0; i < 64 * ACT__MAX; i++) {
		struct facts f = variant(st, i / ACT__MAX);
		struct act act = with_reason((enum action)(i % ACT__MAX));
		struct move m;

		if (states_decide(&f, &who, &act, &m) < 0)
			continue;
		left[st] |= m.to != st;
		grew |= !reached[m.to];
		reached[m.to] = true;
	}
	return grew;
}

static void every_state_is_reached_and_every_open_one_left(void **s)
{
	bool grew = true;

	(void)s;
	reached[TICKET_NONE] = true;
	while (grew) {
		grew = false;
		for (int st = 0; st <= TICKET__MAX; st++)
			grew |= reached[st] && explore((enum ticket_state)st);
	}
	for (int st = 0; st < TICKET__MAX; st++) {
		assert_true(reached[st]);
		assert_true(left[st] || !states_open((enum ticket_state)st));
	}
}

static void the_writer_needs_no_officers_role(void **s)
{
	static const enum action hers[] = { ACT_SUPPLY, ACT_WITHDRAW, ACT_RATE, ACT_ASK_FOLLOW_UP };

	(void)s;
	for (size_t i = 0; i < sizeof hers / sizeof hers[0]; i++) {
		assert_true(access_may(&ACTOR_CITIZEN, (enum cap)hers[i]));
		for (int r = 0; r < ROLE_CITIZEN; r++) {
			struct actor who = officer(1, (enum role)r, 7);

			assert_false(access_may(&who, (enum cap)hers[i]));
		}
	}
}

static void administrators_see_no_letters(void **s)
{
	static const enum role admins[] = { ROLE_SYS_ADMIN, ROLE_SEC_ADMIN, ROLE_AUDIT_ADMIN };

	(void)s;
	for (size_t i = 0; i < 3; i++) {
		struct actor who = officer(1, admins[i], 7);

		assert_false(access_may(&who, CAP_READ));
		assert_false(access_may(&who, CAP_REVEAL));
	}
}

static void every_action_but_the_first_has_somebody(void **s)
{
	struct actor all = { .officer_id = 1, .unit_id = 7, .roles = UINT32_MAX };

	(void)s;
	for (int a = 0; a < ACT__MAX; a++)
		assert_true(access_may(&all, (enum cap)a));
}

static void codes_come_back(void **s)
{
	(void)s;
	for (int i = 0; i < TICKET__MAX; i++)
		assert_int_equal(states_from(states_code((enum ticket_state)i)), i);
	for (int i = 0; i < ACT__MAX; i++)
		assert_int_equal(states_action_from(states_action_code((enum action)i)), i);
	for (int i = 0; i < TIMER__MAX; i++)
		assert_int_equal(states_timer_from(states_timer_code((enum timer_kind)i)), i);
	assert_int_equal(states_from("nonsense"), TICKET__MAX);
}

static void what_is_offered_can_be_decided(void **s)
{
	(void)s;
	for (int st = 0; st < TICKET__MAX; st++) {
		for (int r = 0; r < ROLE__MAX; r++) {
			struct facts f = at((enum ticket_state)st);
			struct actor who = officer(4, (enum role)r, 7);
			enum action offered[ACT__MAX];
			size_t n = states_offered(&f, &who, offered);

			for (size_t i = 0; i < n; i++) {
				struct act act = doing(offered[i]);
				struct move m;

				act.reason = offered[i] == ACT_SUSPEND ? "court" : offered[i] == ACT_REOPEN ? "wrong"
				           : offered[i] == ACT_RETYPE ? "site_error" : "advert";
				assert_int_equal(states_decide(&f, &who, &act, &m), 0);
			}
		}
	}
}

static void an_answer_given_at_once_goes_into_review(void **s)
{
	struct actor registrar = officer(4, ROLE_REGISTRAR, 7), reviewer = officer(4, ROLE_DEPT_REVIEWER, 7);
	struct facts f = at(TICKET_SUBMITTED), in_review = at(TICKET_IN_REVIEW);
	struct act act = doing(ACT_ANSWER_AT_ONCE);
	struct move m;

	(void)s;
	f.unit_id = 0;
	assert_int_equal(decide(f, registrar, act, &m), 0);
	assert_int_equal(m.to, TICKET_IN_REVIEW);
	assert_int_equal(m.stops, 1u << TIMER_ACCEPT | 1u << TIMER_PETITION_NOTICE);
	assert_int_equal(m.starts, 1u << TIMER_REPLY | 1u << TIMER_REVIEW);
	f.state = TICKET_ACCEPTED;
	assert_int_equal(decide(f, registrar, act, &m), 0);
	assert_int_equal(m.stops, 1u << TIMER_DISPATCH);
	assert_int_equal(m.starts, 1u << TIMER_REVIEW);
	act.result = "nonsense";
	assert_int_equal(decide(f, registrar, act, &m), ERR_INVALID);
	act = doing(ACT_ANSWER_AT_ONCE);
	f.type = TYPE_COMPLAINT;
	assert_int_equal(decide(f, registrar, act, &m), ERR_INVALID);
	f.state = TICKET_HANDLING;
	assert_int_equal(decide(f, registrar, act, &m), ERR_STATE);
	/* Who answered does not approve it, whatever else that person is. */
	in_review.reply_author = 4;
	assert_int_equal(decide(in_review, reviewer, doing(ACT_APPROVE_REPLY), &m), ERR_DENIED);
}

/* Of several reasons that might stand in the way, the one that does. */
static void the_reason_that_holds_is_said(void **state)
{
	struct actor liaison = officer(2, ROLE_LIAISON, 7), reviewer = officer(5, ROLE_DEPT_REVIEWER, 7);
	struct facts f = at(TICKET_HANDLING);

	(void)state;
	f.unit_objected = f.objection_window_open = true;
	assert_string_equal(states_why_not(&f, &liaison, ACT_OBJECT), "本单位已经提出过异议，不能再提");
	f.unit_objected = f.objection_window_open = false;
	assert_string_equal(states_why_not(&f, &liaison, ACT_OBJECT), "异议期已过");
	f.reply_amount = f.reply_max = 15;
	assert_string_equal(states_why_not(&f, &liaison, ACT_REQUEST_EXTENSION), "不能延期：已经延到最长期限");
	f.reply_late = true;
	assert_string_equal(states_why_not(&f, &liaison, ACT_REQUEST_EXTENSION), "不能延期：答复期限已过");
	f.extension_days = 3;
	assert_string_equal(states_why_not(&f, &liaison, ACT_REQUEST_EXTENSION), "不能再次申请延期：已有一份申请等待审批");
	f.extension_by = 5;
	assert_string_equal(states_why_not(&f, &reviewer, ACT_APPROVE_EXTENSION), "您就是申请人，要由另一位审核人审批");
	f.extension_by = 2;
	assert_string_equal(states_why_not(&f, &reviewer, ACT_APPROVE_EXTENSION), "超出部门权限，需主管单位审批");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_reason_that_holds_is_said),
		cmocka_unit_test(an_answer_given_at_once_goes_into_review),
		cmocka_unit_test(a_letter_goes_all_the_way), cmocka_unit_test(nobody_reviews_his_own_answer),
		cmocka_unit_test(a_letter_to_the_leader_has_two_levels),
		cmocka_unit_test(a_site_error_is_answered_only_through_the_superior),
		cmocka_unit_test(refusing_a_complaint_takes_two), cmocka_unit_test(judging_invalid_takes_a_supervisor),
		cmocka_unit_test(one_proposal_at_a_time), cmocka_unit_test(a_unit_acts_on_its_own_letters_only),
		cmocka_unit_test(what_is_missing_is_said), cmocka_unit_test(extensions_keep_to_their_limits),
		cmocka_unit_test(only_supplement_and_suspension_pause), cmocka_unit_test(the_writer_may_withdraw_before_an_answer),
		cmocka_unit_test(without_consent_the_text_stays_private),
		cmocka_unit_test(every_state_is_reached_and_every_open_one_left),
		cmocka_unit_test(the_writer_needs_no_officers_role), cmocka_unit_test(administrators_see_no_letters),
		cmocka_unit_test(every_action_but_the_first_has_somebody), cmocka_unit_test(codes_come_back),
		cmocka_unit_test(what_is_offered_can_be_decided), cmocka_unit_test(who_must_keep_away_can_do_nothing),
		cmocka_unit_test(a_unit_that_helps_signs_and_speaks_once),
		cmocka_unit_test(an_addition_is_passed_at_each_level_by_another),
		cmocka_unit_test(two_levels_are_two_persons), cmocka_unit_test(what_runs_again_is_not_started_anew),
		cmocka_unit_test(a_writer_who_withdrew_has_no_more_to_do_with_it),
		cmocka_unit_test(a_main_unit_that_must_keep_away_loses_the_letter),
		cmocka_unit_test(only_a_supervisor_lifts_a_recusal),
		cmocka_unit_test(a_second_round_is_not_for_a_unit_that_must_keep_away),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
