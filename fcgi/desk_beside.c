/* desk_beside - other letters beside one: from the same number, and with a title like it. For those who may see the
 * contact, since that two letters come from one person is part of it. */
#include "desk_ticket.h"
#include "triage.h"

#define SAME_MAX 20
#define LIKE_MAX 3
#define LIKE_FROM 400        /* the newest letters are compared */
#define LIKE_ENOUGH 45       /* of 100 */

static struct callers_row row_of(struct page *p, const struct desk_letter *l, const struct q_letters_beside *r)
{
	return (struct callers_row){ .url = desk_url(p->a, r->no, ""), .number = r->no, .title = r->title,
		.on = show_day(p->a, r->received_on, l->today), .status = show_state(states_from(r->state), false) };
}

static void add_same(struct page *p, const struct desk_letter *l, const struct q_letters_beside *rows, size_t n,
	struct view_desk_ticket *v)
{
	struct callers_row *list = arena_array(p->a, n + 1, sizeof(*list));
	size_t kept = 0, others = 0;

	for (size_t i = 0; i < n; i++) {
		if (!str_eq(rows[i].kind, "caller"))
			continue;
		if (access_may_on(page_actor(p), CAP_READ, rows[i].unit_id, false))
			list[kept++] = row_of(p, l, &rows[i]);
		else
			others++;
	}
	v->same = (struct part_callers){ list, kept };
	v->same_others = others == 0 ? "" : kept == 0 ? arena_printf(p->a, "有 %zu 封，不在您能看的范围内。", others)
		: arena_printf(p->a, "另有 %zu 封不在您能看的范围内。", others);
}

/* The most alike first; a letter of the same number stands above already. */
static void add_like(struct page *p, const struct desk_letter *l, const struct q_letters_beside *rows, size_t n,
	struct view_desk_ticket *v)
{
	struct callers_row *list = arena_array(p->a, LIKE_MAX + 1, sizeof(*list));
	int likeness[LIKE_MAX + 1];
	size_t kept = 0;

	for (size_t i = 0; i < n; i++) {
		int how = str_eq(rows[i].kind, "recent") ? triage_likeness(p->a, l->file.title, rows[i].title) : 0;
		size_t at = kept;

		if (how < LIKE_ENOUGH || (kept == LIKE_MAX && how <= likeness[LIKE_MAX - 1]))
			continue;
		for (; at > 0 && likeness[at - 1] < how; at--) {
			likeness[at] = likeness[at - 1];
			list[at] = list[at - 1];
		}
		likeness[at] = how;
		list[at] = row_of(p, l, &rows[i]);
		kept += kept < LIKE_MAX;
	}
	v->like = (struct part_callers){ list, kept };
}

int desk_beside(struct page *p, const struct desk_letter *l, struct view_desk_ticket *v)
{
	const struct actor *who = page_actor(p);
	const int64_t *unit = desk_only_unit(page_actor(p));
	struct q_letters_beside *rows = NULL;
	size_t n = 0;
	int rc;

	v->same_others = "";
	if (!access_may_on(who, CAP_REVEAL, l->t.unit_id, l->facts.co))
		return 0;
	rc = q_letters_beside(p->db, p->a, l->t.id, l->t.id, who->unit_id, who->officer_id, SAME_MAX, l->t.id, unit, unit,
		who->unit_id, who->officer_id, LIKE_FROM, &rows, &n);
	if (rc != 0)
		return rc;
	add_same(p, l, rows, n, v);
	add_like(p, l, rows, n, v);
	return 0;
}
