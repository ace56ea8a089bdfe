#ifndef VIEW_INSPECT_SIMULATED_H
#define VIEW_INSPECT_SIMULATED_H

#include "_admin_form.h"
#include "_tabs.h"
#include "form.h"

struct simulated_row {
	int64_t id;
	const char *week;                /* 11月16日那一周 */
	const char *question;
	const char *no;                  /* "" */
	const char *code;                /* its query code; "" */
	const char *filed;               /* 11月18日 10:21 提交; 计划 11月18日 10:21; 没能提交（status 503） */
	const char *unit;
	const char *accepted;            /* 1 个工作日受理; "" */
	const char *css, *light;
	const char *measured;            /* 3 个工作日答复; 已过 2 个工作日，还没有答复 */
	bool may_end;
};
struct simulated_question_row {
	int64_t id;
	const char *type, *title, *body, *writer, *used;
	bool active;
};

/* The weekly simulated question: on or off, how the last ones were answered, what is asked. */
struct view_inspect_simulated {
	const struct frame *frame;
	struct part_tabs nav;
	struct part_tabs tabs;
	const struct form *form;
	bool on;
	const char *switched;            /* 11月2日由 周督办 打开; "" */
	const char *figures;             /* 最近 12 封里，10 封在 5 个工作日内答复 */
	const struct simulated_row *rows;
	size_t rows_n;
	struct url older;
	const struct simulated_question_row *questions;
	size_t questions_n;
	const struct part_admin_form *add;
};

void view_inspect_simulated(struct str *o, const struct view_inspect_simulated *v);

#endif
