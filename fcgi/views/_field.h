#ifndef PART_FIELD_H
#define PART_FIELD_H

#include "choice.h"
#include "view.h"

/* One field of a form with its label, hint and mistake. */
struct part_field {
	const char *kind;            /* text email tel date number password area select boxes */
	const char *id, *name;
	const char *label, *hint;
	const char *error;           /* NULL: none */
	const char *value;           /* as typed; never a password */
	const char *autocomplete;    /* "" */
	const char *css;             /* of its width: lx-input--width-20; "" */
	bool optional;
	const struct choice *choices;   /* select: options; boxes: ticks with a hint each */
	size_t choices_n;
};

void part_field(struct str *o, const struct part_field *v);

#endif
