/* desk_helpers - see desk_helpers.h. */
#include "desk_helpers.h"

#include "clock.h"

static struct opinion one(struct arena *a, const struct desk_letter *l, const struct q_co_of *row)
{
	struct opinion o = { .unit = row->unit_name, .css = "", .by = "" };

	if (row->opinion != NULL) {
		o.state = "已提交意见";
		o.by = arena_printf(a, "%s　%s", row->officer_name != NULL ? row->officer_name : "",
			show_moment(a, row->opinion_at, l->today));
		o.given = true;
		o.text = view_paragraphs(a, row->opinion);
	} else if (row->due_on == DAY_NONE) {
		o.state = "没有提交意见";
	} else {
		o.state = arena_printf(a, "%s，最迟%s提交意见（%s）", row->signed_at != TIME_NONE ? "已签收" : "还没有签收",
			show_day(a, row->due_on, l->today), sla_left_words(a, sla_left(l->wt->cal, l->today, row->due_on)));
		o.css = l->today > row->due_on ? "lx-due--late" : "";
	}
	return o;
}

int desk_helpers(struct page *p, const struct desk_letter *l, struct part_opinions *ret)
{
	struct q_co_of *rows = NULL;
	struct opinion *list;
	size_t n = 0;
	int rc = l->file.co_units != NULL ? q_co_of(p->db, p->a, l->t.id, &rows, &n) : 0;

	if (rc != 0)
		return rc;
	list = arena_array(p->a, n + 1, sizeof(*list));
	for (size_t i = 0; i < n; i++)
		list[i] = one(p->a, l, &rows[i]);
	*ret = (struct part_opinions){ list, n };
	return 0;
}
