#ifndef PART_LINE_FIELD_H
#define PART_LINE_FIELD_H

#include "view.h"

/* A field of one line with its label, hint and mistake. Its id is its name. */
struct part_line_field {
	const char *name;
	const char *label;
	const char *hint;            /* "" */
	const char *type;            /* text, date, time, tel, email */
	const char *value;           /* as typed */
	const char *error;           /* NULL */
	const char *css;             /* lx-input--width-10; "" */
	const char *key;             /* accesskey, shown beside the label; "" */
	const char *list;            /* id of a <datalist>; "" */
	bool optional;
};

void part_line_field(struct str *o, const struct part_line_field *v);

#endif
