#ifndef PART_OPINIONS_H
#define PART_OPINIONS_H

#include "view.h"

/* A unit that helps another, and what it has to say. */
struct opinion {
	const char *unit;            /* 市公安局 */
	const char *state;           /* 已提交意见; 还没有意见，最迟…; */
	const char *by;              /* 卫定安　10月9日 10:12; "" */
	const char *css;             /* lx-due--late when it is late; "" */
	bool given;
	struct safe_html text;
};
struct part_opinions {
	const struct opinion *list;
	size_t list_n;
};

void part_opinions(struct str *o, const struct part_opinions *v);

#endif
