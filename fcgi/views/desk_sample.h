#ifndef VIEW_DESK_SAMPLE_H
#define VIEW_DESK_SAMPLE_H

#include "_admin_form.h"
#include "_tabs.h"
#include "choice.h"
#include "form.h"
#include "frame.h"

struct sample_fact {
	const char *term, *text;
	bool code;                       /* a hash: set in a fixed width, may break anywhere */
};
struct sample_unit_row {
	const char *name, *passed, *points;
	int64_t letters, picked, scored, standing, put_right;
	bool drawn;
	struct url url;                  /* its letters */
};
struct sample_item_row {
	const char *name, *share;
	int64_t points, zero;
	int percent;
};
struct sample_letter_row {
	int64_t id, position;
	const char *number, *title, *unit, *points, *stands;
};

#define SAMPLE_FORMS_MAX 2
struct view_desk_sample {
	const struct frame *frame;
	struct part_tabs nav;
	const struct form *errors;       /* NULL */
	const char *name, *state, *next_words;
	struct part_admin_form forms[SAMPLE_FORMS_MAX];
	size_t forms_n;
	int64_t picked, scored, failed, standing;
	const struct sample_fact *facts;
	size_t facts_n;
	const struct sample_unit_row *units;
	size_t units_n;
	const struct sample_item_row *items;
	size_t items_n;
	const struct choice *tabs;
	size_t tabs_n;
	const struct sample_letter_row *letters;
	size_t letters_n;
	struct url more;                 /* .s NULL */
};

void view_desk_sample(struct str *o, const struct view_desk_sample *v);

#endif
