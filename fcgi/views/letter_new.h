#ifndef VIEW_LETTER_NEW_H
#define VIEW_LETTER_NEW_H

#include "choice.h"
#include "form.h"
#include "frame.h"

/* The letter form. Fields: type unit title demand body place publish name phone email, the trap `website`
 * (FIELD_TRAP) and the hidden `token` (formtoken.h: its key makes sending twice harmless). It is sent to
 * POST /letters/check; with mistakes that shows this page again. */
struct view_letter_new {
	const struct frame *frame;
	const struct form *form;         /* typed values and mistakes */
	const char *token;
	const char *done, *problem;      /* what was just done; what did not work; NULL */
	const char *other;               /* the same draft as it was saved elsewhere; NULL */
	const char *kept;                /* the code of the draft; NULL when it was never kept */
	const struct choice *units;      /* departments; "不清楚" is in the template */
	size_t units_n;
	const struct choice *about;      /* the same, for the one that is complained about */
	size_t about_n;
};

void view_letter_new(struct str *o, const struct view_letter_new *v);

#endif
