#ifndef VIEW_DESK_CIRCULAR_H
#define VIEW_DESK_CIRCULAR_H

#include "_tabs.h"
#include "form.h"
#include "frame.h"

struct circular_letter {
	int64_t id;                      /* of the entry */
	const char *number, *title, *type, *received, *due;
	bool readable;                   /* by this person */
	const char *late;                /* when it was issued; "" before */
	const char *was, *now;           /* its state then, and now */
	const char *words, *why;
};
struct circular_unit {
	int64_t id;
	const char *code, *name;
	const char *field, *words, *error; /* what is said of it; field: its name in the form */
	const char *second;              /* stands in two consecutive ones; "" */
	bool owes;                       /* the person's unit owes a self-criticism */
	bool takes;                      /* the person can take it */
	const char *written, *taken;
	struct safe_html criticism;
	const struct circular_letter *letters;
	size_t letters_n;
};

struct view_desk_circular {
	const struct frame *frame;
	struct part_tabs nav;
	const char *csrf;
	const struct form *errors;       /* NULL */
	bool issued, edits, supervises;
	int64_t id, version;
	const char *no, *title_stored, *made, *office, *issued_day;
	const char *left, *left_others;  /* still to be told: by this person, by others only; "" */
	const char *title, *intro_typed, *closing_typed;
	struct safe_html intro, closing;
	const struct circular_unit *units;
	size_t units_n;
	const char *critic, *critic_error;
};

void view_desk_circular(struct str *o, const struct view_desk_circular *v);

#endif
