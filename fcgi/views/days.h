#ifndef VIEW_DAYS_H
#define VIEW_DAYS_H

#include "_account.h"
#include "form.h"
#include "frame.h"

/* The working-day calculator, on both sites. */
struct view_days {
	const struct frame *frame;
	const struct form *form, *errors;   /* errors NULL: none */
	bool desk, has, provisional, deems;
	const char *answer, *note;
	const char *closes, *known;         /* when the office closes; how far the holidays are known */
	struct part_account account;
};
void view_days(struct str *o, const struct view_days *v);

#endif
