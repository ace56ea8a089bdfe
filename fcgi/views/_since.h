#ifndef PART_SINCE_H
#define PART_SINCE_H

#include "_timeline.h"

/* What others did since the page was opened. */
struct part_since {
	struct part_timeline course;
	const char *heading;             /* of the text that came with the last step; "" for none */
	struct safe_html text;
};

void part_since(struct str *o, const struct part_since *v);

#endif
