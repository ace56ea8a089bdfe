#ifndef PART_RADIO_LINE_H
#define PART_RADIO_LINE_H

#include "choice.h"
#include "view.h"

/* A few choices side by side, each with the digit that chooses it (script); ids are NAME-1, NAME-2 … */
struct part_radio_line {
	const char *name;
	const char *legend;
	const char *hint;            /* "" */
	const char *error;           /* NULL */
	const char *key;             /* accesskey of the choice that is ticked, or of the first; "" */
	bool focus;                  /* the page begins here */
	bool optional;
	const struct choice *choices; /* hint: beside the text */
	size_t choices_n;
	size_t at;                   /* which of them has key and focus */
};

void part_radio_line(struct str *o, const struct part_radio_line *v);

#endif
