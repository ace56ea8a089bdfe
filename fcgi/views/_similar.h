#ifndef PART_SIMILAR_H
#define PART_SIMILAR_H

#include "view.h"

struct similar_row {
	struct url url;
	const char *title;
	const char *unit;
	const char *answer;          /* how it begins */
	const char *on;              /* 2026年9月2日 */
};

/* Published answers that may be what the writer asks; each opens in a new tab, so that the text stays where it is. */
struct part_similar {
	const struct similar_row *rows;
	size_t rows_n;
};

void part_similar(struct str *o, const struct part_similar *v);

#endif
