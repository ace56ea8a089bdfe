#ifndef VIEW_DESK_REGISTER_H
#define VIEW_DESK_REGISTER_H

#include "_callers.h"
#include "_line_field.h"
#include "_radio_line.h"
#include "choice.h"
#include "form.h"
#include "frame.h"

/* Taking a letter down that came by telephone, at the counter, on paper, from a superior. */
struct view_desk_register {
	const struct frame *frame;
	const struct form *form;
	const char *token;
	const char *problem;         /* why it was not taken; "" */
	const char *today;           /* 今天已登记 12 封 */
	const char *counted;         /* from which day the dates count */
	struct part_radio_line channel, type, publish, answer_by;
	struct part_line_field received_on, received_time, external_system, external_no, due_on;
	struct part_line_field title, demand, place, name, phone, email, on;
	const char *const *systems;  /* other systems that were named before */
	size_t systems_n;
	bool outside;                /* when it came, and its number elsewhere, are unfolded */
	const struct choice *units;
	size_t units_n;
	const struct choice *results;
	size_t results_n;
	bool answers;                /* the answer given at once is unfolded */
	struct url existing;         /* the letter that has this number elsewhere; .s NULL */
	const char *existing_no;
	const char *callers_said;    /* 这个号码来过 3 封信; ""  */
	struct part_callers callers;
	struct url search;           /* published answers */
};

void view_desk_register(struct str *o, const struct view_desk_register *v);

#endif
