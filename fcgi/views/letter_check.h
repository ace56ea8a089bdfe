#ifndef VIEW_LETTER_CHECK_H
#define VIEW_LETTER_CHECK_H

#include "form.h"
#include "_account.h"
#include "_similar.h"
#include "frame.h"

struct check_row {
	const char *label;           /* 标题 */
	const char *field;           /* title: the form is shown again at #title */
	struct safe_html value;      /* view_paragraphs(); for what was left empty "（未填）" */
};

/* Check your answers. POST /letters/send sends the letter, POST /letters/edit shows the form again with what was
 * typed; both get all fields. */
struct view_letter_check {
	const struct frame *frame;
	const struct form *form;
	const char *token;
	const struct check_row *rows;
	size_t rows_n;
	const char *due;             /* 11月27日（星期五） */
	const char *term;            /* 投诉一般在受理后 10 个工作日内答复 */
	const char *provisional;     /* why the date may still move; "" when it is final */
	struct part_account account; /* why it is that day */
	struct part_similar similar;
	const char *goes_to;         /* 我们先转给市城管局（您选的）… */
	const char *done_no;         /* this letter was received already, under this number; "" */
	const char *problem;         /* nothing was sent, and why: 网络有点慢…; "" */
};

void view_letter_check(struct str *o, const struct view_letter_check *v);

#endif
