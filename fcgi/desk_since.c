/* desk_since - see desk_since.h. */
#include "desk_since.h"

#include <string.h>

#include "desk_fields.h"
#include "desk_ticket.h"

/* Read anew: what was changed may be newer than what the page has read before. */
static int add_reply(struct page *p, const struct desk_letter *l, struct part_since *ret)
{
	struct q_reply_of *rows = NULL;
	size_t n = 0;
	int rc = q_reply_of(p->db, p->a, l->t.id, &rows, &n);

	if (rc == 0 && n > 0) {
		ret->heading = "交上来的答复";
		ret->text = view_paragraphs(p->a, rows[n - 1].body);
	}
	return rc;
}

static int add_edition(struct page *p, const struct desk_letter *l, struct part_since *ret)
{
	struct q_edition_last edition;
	int rc = q_edition_last(p->db, p->a, l->t.id, &edition);

	if (rc != 0)
		return rc;
	ret->heading = "现在的公开稿";
	ret->text = view_paragraphs(p->a, arena_printf(p->a, "%s\n%s\n%s", edition.title, edition.body, edition.reply));
	return 0;
}

int desk_since(struct page *p, const struct desk_letter *l, int64_t version, struct part_since *ret)
{
	struct q_history_of *rows = NULL;
	size_t n = 0, first = 0;
	enum action last;
	int rc = q_history_of(p->db, p->a, l->t.id, &rows, &n);

	*ret = (struct part_since){ .heading = "" };
	if (rc != 0 || version <= 0)
		return rc;
	while (first < n && rows[first].version <= version)
		first++;
	ret->course = desk_course(p->a, rows + first, n - first, l->today);
	if (first == n)
		return 0;
	last = states_action_from(rows[n - 1].action);
	if (last == ACT_EDIT_EDITION)
		return add_edition(p, l, ret);
	return last < ACT__MAX && (states_action_needs(last) & NEEDS_REPLY) != 0 ? add_reply(p, l, ret) : 0;
}
