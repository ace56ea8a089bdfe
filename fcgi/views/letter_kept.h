#ifndef VIEW_LETTER_KEPT_H
#define VIEW_LETTER_KEPT_H

#include "form.h"
#include "frame.h"

/* A draft was kept: its code, until when, and the ways on. The form carries all that was typed. */
struct view_letter_kept {
	const struct frame *frame;
	const struct form *form;
	const char *token;
	const char *code;            /* as it is typed, for the copy button */
	const char *code_groups;     /* ABCD EFGH JKMN PQRS */
	const char *until;           /* 12月22日（星期二） */
	int days;                    /* how long it is kept after it was last saved */
	const char *saved;           /* 11月22日 14:32 */
	struct safe_html qr;         /* the page that asks for the code; without the code */
};

void view_letter_kept(struct str *o, const struct view_letter_kept *v);

#endif
