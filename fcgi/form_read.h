/* form_read - what was sent for one field → its typed value, or the sentence that says what is wrong.
 *
 * Inside of form.c; page functions have no business here. */
#ifndef FORM_READ_H
#define FORM_READ_H

#include "form.h"

/* What was sent, from either source. */
struct form_input {
	bool given;
	bool wrong_type;             /* JSON: a number where a text must be, and the like */
	const char *raw;
	const char **list;
	size_t list_n;
};

/* Fills f->values[i] or adds a mistake. */
void form_read(struct form *f, size_t i, const struct form_input *in);

#endif
