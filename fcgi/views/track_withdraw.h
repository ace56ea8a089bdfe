#ifndef VIEW_TRACK_WITHDRAW_H
#define VIEW_TRACK_WITHDRAW_H

#include "form.h"
#include "frame.h"

/* Taking a letter back cannot be undone: what happens, and two characters to write. POST /track/withdraw with reason
 * and sure; POST /track/letter leads back. */
struct view_track_withdraw {
	const struct frame *frame;
	const struct form *form;
	const char *number, *title;
	const char *pass;
	const char *sure;            /* what to write */
	bool complaint;              /* the office may go on with it */
};

void view_track_withdraw(struct str *o, const struct view_track_withdraw *v);

#endif
