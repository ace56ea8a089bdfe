#ifndef VIEW_DESK_SAMPLE_LETTER_H
#define VIEW_DESK_SAMPLE_LETTER_H

#include "form.h"
#include "frame.h"

struct sample_answer {
	const char *kind, *unit, *at, *result;
	int64_t round;
	struct safe_html body;
};
struct sample_mark_row {
	const char *name, *words;
	int64_t points, max;
};
struct sample_check_row {
	int64_t turn, points;
	bool passed;
	const char *words, *by, *at;
	const struct sample_mark_row *marks;
	size_t marks_n;
};
struct sample_field {
	int i;
	const char *name, *help;
	int64_t max;
	bool fatal;
	const char *value, *words, *value_error, *words_error;
};

struct view_desk_sample_letter {
	const struct frame *frame;
	const struct form *errors;       /* NULL */
	const char *csrf;
	int64_t id, turn, sample_id;     /* sample_id 0: the viewer does not see the whole sample */
	const char *sample, *number, *title, *unit, *type, *demand, *time, *waiting;
	struct safe_html body;
	const struct sample_answer *answers;
	size_t answers_n;
	const struct sample_check_row *checks;
	size_t checks_n;
	bool due;                        /* a sheet is to be filled in */
	const struct sample_field *fields;
	size_t fields_n;
	const char *words, *words_error, *redo, *redo_error;
	bool may_reopen;
};

void view_desk_sample_letter(struct str *o, const struct view_desk_sample_letter *v);

#endif
