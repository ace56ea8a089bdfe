/* desk_days - how a date of a letter was worked out, for staff. */
#include "account_show.h"
#include "clock.h"
#include "desk.h"
#include "views/desk_days.h"

static const struct field days_fields[] = {
	{ "kind", FIELD_TOKEN, .max = 24 },
};
const struct form_def form_days = { days_fields, ARRAY_LEN(days_fields) };

int desk_days(struct page *p)
{
	const char *kind = form_text(p->form, "kind");
	struct view_desk_days v = { .note = "" };
	struct desk_letter l;
	struct account acc;
	struct show_due due;
	int rc = desk_letter(p, &l);

	if (rc == 0)
		rc = account_show(p, l.wt, l.t.id, kind != NULL ? kind : states_timer_code(TIMER_REPLY), &acc, &v.account);
	if (rc != 0)
		return rc;
	due = show_due(p->a, l.wt, l.today, acc.clock.due_on, acc.clock.provisional);
	v.number = l.t.no;
	v.title = l.file.title;
	v.heading = arena_printf(p->a, "%s：%s，最迟%s", states_timer_name(states_timer_from(kind != NULL ? kind : "reply")),
		show_term(p->a, acc.term.amount, acc.term.unit), due.day);
	v.note = str_eq(acc.clock.state, "stopped") ? "" : due.note;
	v.back = desk_url(p->a, l.t.no, "");
	v.frame = page_titled(p, v.heading);
	view_desk_days(&p->reply->body, &v);
	return 0;
}
