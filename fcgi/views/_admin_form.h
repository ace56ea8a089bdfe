#ifndef PART_ADMIN_FORM_H
#define PART_ADMIN_FORM_H

#include "_field.h"

#define ADMIN_FIELDS_MAX 16

/* A form made of fields; with a summary it is folded. */
struct part_admin_form {
	const char *csrf;
	struct url url;
	const char *code, *code_value;   /* a hidden field; "" for none */
	const char *more, *more_value;   /* another one */
	const char *summary;             /* "" : not folded */
	bool open;
	const char *hint, *button;
	bool danger;
	bool quiet;
	struct part_field fields[ADMIN_FIELDS_MAX];
	size_t fields_n;
};

void part_admin_form(struct str *o, const struct part_admin_form *v);

#endif
