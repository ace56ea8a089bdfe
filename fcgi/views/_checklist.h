#ifndef PART_CHECKLIST_H
#define PART_CHECKLIST_H

#include "view.h"

/* What an answer has and what it likely lacks. The script brings it up to date with each automatic save. */
struct checklist_row {
	const char *code;                /* facts */
	const char *name;                /* 查明的事实 */
	const char *mark;                /* 有, 可能缺, 不需要 */
	const char *words;               /* the sentence it was found in, or what to do */
	const char *css;                 /* "", "lx-check__row--missing" */
};
struct part_checklist {
	const struct checklist_row *rows;
	size_t rows_n;
	const char *const *warnings;
	size_t warnings_n;
};

void part_checklist(struct str *o, const struct part_checklist *v);

#endif
