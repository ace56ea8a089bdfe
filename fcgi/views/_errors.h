#ifndef PART_ERRORS_H
#define PART_ERRORS_H

#include "form.h"
#include "view.h"

/* The summary of what is wrong with a form, at the top of its page. The field's id in the page is its name. */

void part_errors(struct str *o, const struct form *v);

#endif
