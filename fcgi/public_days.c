/* public_days - the writer's account of a date of the letter: why it is that day. */
#include "account_show.h"
#include "clock.h"
#include "public_track.h"
#include "show.h"
#include "ticket.h"
#include "views/track_days.h"

/* The clocks that a writer is told of. */
static const char *kind_of(const struct page *p)
{
	static const enum timer_kind kinds[] = { TIMER_ACCEPT, TIMER_SUPPLEMENT, TIMER_RATE };
	const char *asked = form_text(p->form, "kind");

	for (size_t i = 0; asked != NULL && i < ARRAY_LEN(kinds); i++) {
		if (str_eq(asked, states_timer_code(kinds[i])))
			return asked;
	}
	return states_timer_code(TIMER_REPLY);
}

/* Before it is accepted the answer's clock has not begun: then it is the promise of the receipt. */
static int add_account(struct page *p, const struct ticket *t, struct view_track_days *v)
{
	const struct worktime *wt = worktime_last();
	int32_t today = clock_day(p->now);
	const char *kind = kind_of(p);
	struct account acc;
	struct show_due due;
	int rc = account_show(p, wt, t->id, kind, &acc, &v->account);

	if (rc == ERR_NOTFOUND && str_eq(kind, states_timer_code(TIMER_REPLY))) {
		err_clear();
		due = show_due(p->a, wt, today, t->due_on, t->due_provisional);
		rc = account_show_promise(p, wt, t->type, t->received_on, &v->account);
	} else if (rc == 0) {
		due = show_due(p->a, wt, today, acc.clock.due_on, acc.clock.provisional);
	}
	if (rc != 0)
		return rc;
	v->heading = arena_printf(p->a, "%s：最迟 %s", states_timer_name(states_timer_from(kind)), due.day);
	v->note = due.note;
	return 0;
}

int track_days(struct page *p)
{
	struct view_track_days v = { .note = "" };
	struct q_track_get letter;
	struct facts facts;
	struct ticket t;
	int64_t id;
	int rc = track_open(p, &id);

	if (rc != 0 || id == 0)
		return rc;
	rc = ticket_facts(p->db, p->a, id, &ACTOR_CITIZEN, &t, &facts);
	if (rc == 0)
		rc = q_track_get(p->db, p->a, id, &letter);
	/* A letter that goes on without its writer ended for the writer when it was withdrawn. */
	if (rc == 0 && facts.ex_officio)
		rc = err_set(ERR_NOTFOUND, "withdrawn");
	if (rc == 0)
		rc = add_account(p, &t, &v);
	if (rc != 0)
		return rc;
	v.number = t.no;
	v.title = letter.title;
	v.pass = track_pass(p, id, &letter);
	v.frame = page_titled(p, "为什么是这一天");
	view_track_days(&p->reply->body, &v);
	return 0;
}
