#ifndef VIEW_ERROR_H
#define VIEW_ERROR_H

#include "frame.h"

/* An error page made by the program (nginx has its own, static ones). */
struct view_error {
	const struct frame *frame;
	bool desk;                       /* head and foot of the desk */
	const char *heading;             /* 没有找到您要的内容 */
	const char *message;             /* one more sentence; "" */
	const char *const *steps;        /* what to do now */
	size_t steps_n;
	struct url back;                 /* .s NULL: none */
	const char *back_text;           /* 回到首页 */
	const char *request_id;          /* to be quoted when calling */
};

void view_error(struct str *o, const struct view_error *v);

#endif
