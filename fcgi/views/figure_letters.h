#ifndef VIEW_FIGURE_LETTERS_H
#define VIEW_FIGURE_LETTERS_H

#include "_status.h"
#include "_tabs.h"
#include "frame.h"

struct figure_letter {
	const char *number;
	const char *title;
	const char *type;
	const char *unit;
	struct part_status status;
	const char *day;
};

struct view_figure_letters {
	const struct frame *frame;
	struct part_tabs nav;
	const char *what;                /* 逾期未办 */
	const char *period;
	const char *definition;
	const char *day;                 /* heading of the last column: 收到, 答复期限 … */
	const char *unit;                /* "" */
	const char *type;
	const char *topic;
	const char *problem;
	const char *of;                  /* the list, named: for its file */
	const struct figure_letter *rows;
	size_t rows_n;
	struct url back;
	struct url first;                /* .s NULL */
	struct url next;
};

void view_figure_letters(struct str *o, const struct view_figure_letters *v);

#endif
