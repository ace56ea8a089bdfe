/* public_letter - what public_letter.c and public_keep.c share: the letter's form as a page. */
#ifndef PUBLIC_LETTER_H
#define PUBLIC_LETTER_H

#include "page.h"

/* What is said above the form; members NULL when there is nothing to say. */
struct letter_said {
	const char *done;            /* what was just done */
	const char *problem;         /* what did not work, and what to do */
	const char *other;           /* the text of the same draft as it was saved elsewhere */
};

/* p->form as the form of a letter, with what was typed and its mistakes. */
int letter_render(struct page *p, int status, struct letter_said said) MUST_CHECK;
/* The form's token, or a new one when it is worn out. *ret_key: its key, NULL for a new one. */
const char *letter_token(struct page *p, const char **ret_key);
/* The code of the draft this form belongs to; NULL when it was never kept. */
const char *letter_kept(const struct page *p);

#endif
