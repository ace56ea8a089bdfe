#ifndef PART_LETTER_FIELDS_H
#define PART_LETTER_FIELDS_H

#include "form.h"
#include "view.h"

/* All fields of the letter form as hidden inputs: the check page carries them to the last step. */

void part_letter_fields(struct str *o, const struct form *v);

#endif
