#ifndef PART_CHART_H
#define PART_CHART_H

#include "view.h"

/* A shape as SVG has it; made by chart.c from those of plot.h. */
struct chart_shape {
	bool is_rect, is_line, is_curve, is_dot, is_text;
	const char *css;
	int x, y, w, h, x2, y2;          /* dot: w is its radius */
	const char *points;              /* "1,2 3,4" */
	const char *text;
	const char *anchor;              /* start, middle, end */
};

struct chart_svg {
	const char *css;                 /* for wide windows, or for phones */
	int width, height;
	const struct chart_shape *shapes;
	size_t shapes_n;
};

/* A chart in two widths; the page has a table with the same figures under it. */
struct part_chart {
	const char *title;               /* also what is read out instead of the drawing */
	const char *note;                /* "" */
	const struct chart_svg *drawings;
	size_t drawings_n;               /* 0: nothing to draw */
};

void part_chart(struct str *o, const struct part_chart *v);

#endif
