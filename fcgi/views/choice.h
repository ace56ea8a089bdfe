/* choice - one entry of a list to choose from: a radio, an <option>, a filter link. */
#ifndef CHOICE_H
#define CHOICE_H

#include <stdbool.h>
#include <stdint.h>

#include "view.h"

struct choice {
	const char *code;      /* what is sent; "" for "all" or "not sure" */
	const char *text;      /* 市城管局 */
	const char *hint;      /* a line under a radio; "" */
	struct url url;        /* as a link: the same list with this chosen */
	int64_t count;         /* shown in brackets when not 0 */
	bool chosen;
};

#endif
