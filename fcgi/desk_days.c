/* desk_days - how a date of a letter was worked out, for staff. */
#include "account_show.h"
#include "clock.h"
#include "desk.h"
#include "views/desk_days.h"

static const struct field days_fields[] = {
	{ "kind", FIELD_TOKEN, .max = 24 },
};
const struct form_def form_days = { days_fields, ARRAY_LEN(days_fields) };

/* Before a letter is accepted its answer's clock has not begun: then it is the promise of the receipt. */
static int add_promise(struct page *p, const struct desk_letter *l, struct view_desk_days *v)
{
	struct show_due due = show_due(p->a, l->wt, l->today, l->t.due_on, l->t.due_provisional);

	err_clear();
	if (l->t.due_on == DAY_NONE)
		return err_set(ERR_NOTFOUND, "no date runs");
	v->heading = arena_printf(p->a, "%s：最迟%s", states_timer_name(TIMER_REPLY), due.day);
	v->note = due.note;
	return account_show_promise(p, l->wt, l->t.type, l->t.received_on, &v->account);
}

static int add_account(struct page *p, const struct desk_letter *l, const char *kind, struct view_desk_days *v)
{
	struct account acc;
	struct show_due due;
	int rc = account_show(p, l->wt, l->t.id, kind, &acc, &v->account);

	if (rc == ERR_NOTFOUND && str_eq(kind, states_timer_code(TIMER_REPLY)))
		return add_promise(p, l, v);
	if (rc != 0)
		return rc;
	due = show_due(p->a, l->wt, l->today, acc.clock.due_on, acc.clock.provisional);
	v->heading = arena_printf(p->a, "%s：%s，最迟%s", states_timer_name(states_timer_from(kind)),
		show_term(p->a, acc.term.amount, acc.term.unit), due.day);
	v->note = str_eq(acc.clock.state, "stopped") ? "" : due.note;
	return 0;
}

int desk_days(struct page *p)
{
	const char *kind = form_text(p->form, "kind");
	struct view_desk_days v = { .note = "" };
	struct desk_letter l;
	int rc = desk_letter(p, &l);

	if (kind == NULL)
		kind = states_timer_code(TIMER_REPLY);
	if (rc == 0)
		rc = states_timer_from(kind) < TIMER__MAX ? add_account(p, &l, kind, &v)
			: err_set(ERR_NOTFOUND, "no such clock");
	if (rc != 0)
		return rc;
	v.number = l.t.no;
	v.title = l.file.title;
	v.back = desk_url(p->a, l.t.no, "");
	v.frame = page_titled(p, v.heading);
	view_desk_days(&p->reply->body, &v);
	return 0;
}
