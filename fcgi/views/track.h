#ifndef VIEW_TRACK_H
#define VIEW_TRACK_H

#include "form.h"
#include "frame.h"

/* What was typed into another form, to be sent along once the code is right. */
struct track_kept { const char *name; const char *value; };

/* Fields: number code; sent to POST /track, or, when a form of the letter's page waits for the code, to that form's
 * address with what was typed. */
struct view_track {
	const struct frame *frame;
	const struct form *form;
	struct url action;
	const char *notice;              /* why the code is asked for once more; "" */
	const struct track_kept *kept;
	size_t kept_n;
};

void view_track(struct str *o, const struct view_track *v);

#endif
