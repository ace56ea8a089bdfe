#ifndef VIEW_DESK_EDITION_H
#define VIEW_DESK_EDITION_H

#include "_act_form.h"
#include "_diff.h"
#include "_neighbours.h"
#include "_pieces.h"
#include "_since.h"
#include "_status.h"
#include "desk_ticket.h"
#include "form.h"
#include "frame.h"

/* Something that was found: where, what and why, and the button that turns it. */
struct edition_find {
	const char *where, *text, *kind, *why, *state, *css;
	const char *key, *button;        /* "" : for reading */
};

/* The original and its public edition side by side. Fields of the edition: title body reply version do. Of three
 * things the order is title, letter, reply. */
struct view_desk_edition {
	const struct frame *frame;
	const struct form *form;
	const char *number, *type, *heading;
	struct part_status pub;
	struct url url;
	struct part_neighbours neighbours;
	struct part_since since;
	const char *agreed;              /* 写信人同意公开来信内容 */
	bool declined;
	const char *returned, *returned_by; /* a reviewer's words; NULL */
	struct part_pieces original[3], edition[3];
	struct part_diff diff[3];
	bool may_edit, unsaved, open;    /* open: the fields of the texts are unfolded */
	bool away;                       /* the vault did not answer */
	const char *title, *body, *reply;        /* to edit */
	const char *marks;               /* 已隐去 3 处 … */
	size_t shown_n;                  /* that should be hidden */
	const struct edition_find *finds;
	size_t finds_n;
	int64_t version;
	const char *summary;             /* what stands in the place of the letter when only a summary is published */
	bool summary_offered;
	const char *seen_full, *seen_summary, *short_full, *short_summary;
	const struct part_act_form *acts;
	size_t acts_n;
	const struct desk_fact *not_now;
	size_t not_now_n;
};

void view_desk_edition(struct str *o, const struct view_desk_edition *v);

#endif
