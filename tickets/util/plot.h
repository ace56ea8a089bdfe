/* plot - where the parts of a chart lie: pure geometry, no colours, no SVG, no Cairo.
 *
 * A chart becomes a list of shapes; who draws them (fcgi/chart.c as SVG, paperd as PDF) goes through the list once
 * and gives each class its look. Kinds are those of ui.md 8: horizontal bars from zero, lines with at most four series
 * labelled at their ends, bars of 100 %, steps of a heat table. No pies, no 3-D, no second axis.
 * Lengths are units of the caller's choice; a text of `size.text` units is as high as that. y grows downwards. */
#ifndef PLOT_H
#define PLOT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "arena.h"

#define PLOT_SERIES_MAX 4
#define PLOT_PARTS_MAX 6
#define PLOT_POINTS_MAX 400
#define PLOT_ROWS_MAX 200
/* A value that is not there: no bar, a gap in a line. */
#define PLOT_NONE INT64_MIN

struct plot_size { int width, text; };   /* e.g. 720 and 14; text at least 6, width at least 16 times that */

enum plot_kind { PLOT_RECT, PLOT_LINE, PLOT_CURVE, PLOT_DOT, PLOT_TEXT };
enum plot_anchor { PLOT_START, PLOT_MIDDLE, PLOT_END };
/* What a shape is for: its look. */
enum plot_role {
	PLOT_GRID,               /* thin, pale */
	PLOT_AXIS,               /* thin, dark */
	PLOT_SERIES,             /* of series or part `series`: colour and pattern */
	PLOT_FADED,              /* of the same series, earlier: an outline, or pale */
	PLOT_OPEN,               /* of the same series, a span that is not over yet: thin, its dot hollow */
	PLOT_LABEL,              /* text of an axis */
	PLOT_VALUE,              /* text of a value, and a series' name: stronger */
};
struct plot_point { int x, y; };
struct plot_shape {
	enum plot_kind kind;
	enum plot_role role;
	int series;              /* 0 …; 0 where it means nothing */
	int x, y;                /* rect: left, top; line: one end; dot: the middle; text: anchor on the base line */
	int w, h;                /* rect: size; line: other end less the first; dot: its diameter in w */
	const struct plot_point *points;   /* curve: points_n of them, at least 2 */
	size_t points_n;
	const char *text;
	enum plot_anchor anchor;
};
struct plot { int width, height; const struct plot_shape *shapes; size_t n; };

/* Horizontal bars from zero, one a row, in the order given; `before` as a second, faded one under it. */
struct plot_bar {
	const char *label;
	int64_t value, before;   /* not negative, or PLOT_NONE */
	const char *text;        /* of the value: "96.3%"; "" for none */
};
/* max: what a full bar is; 0: the largest value. Labels that are too long end in …. n at most PLOT_ROWS_MAX, the rest
 * is not drawn. In the arena. */
void plot_bars(struct arena *a, struct plot_size size, const struct plot_bar *bars, size_t n, int64_t max,
               struct plot *ret);

/* Lines over one row of labels (months, weeks). */
struct plot_series {
	const char *name;
	const int64_t *values;   /* as many as labels; not negative, or PLOT_NONE */
	bool faded;              /* the year before */
};
struct plot_axis {
	const char *const *labels;   /* under the points; left out where they do not fit */
	size_t n;                    /* at most PLOT_POINTS_MAX */
	int64_t max;                 /* upper end; 0: a round number above the largest value */
	int64_t unit;                /* values are in 1/unit: 10 for tenths; 1 */
	const char *suffix;          /* "%" at ticks; "" */
	int64_t target;              /* a line across at this value; PLOT_NONE */
	bool open_end;               /* the last label is a span that is not over: what leads there is drawn apart */
};
/* n at most PLOT_SERIES_MAX. Names stand at the right end of their lines, moved apart. In the arena. */
void plot_lines(struct arena *a, struct plot_size size, const struct plot_axis *axis, const struct plot_series *series,
                size_t n, struct plot *ret);

/* Rows of 100 %. Parts of nothing are left out; a row of nothing is its label alone. */
struct plot_share { const char *label; int64_t parts[PLOT_PARTS_MAX]; };
/* names: of the parts, in a key above the rows. parts_n at most PLOT_PARTS_MAX. Each part wide enough says its
 * percentage. In the arena. */
void plot_shares(struct arena *a, struct plot_size size, const struct plot_share *rows, size_t n,
                 const char *const *names, size_t parts_n, struct plot *ret);

/* The step of a heat table, 0 (nothing) … 5, in equal parts of max; 5 for max itself. */
int plot_heat(int64_t value, int64_t max);
/* A round number (1, 2, 2.5 or 5 times a power of ten) so that at most `steps` of them reach max; at least 1. */
int64_t plot_tick(int64_t max, int steps);
/* How wide a text is about, in units: full width for Chinese, a little over half for the rest. */
int plot_text_width(const char *s, int text);

#endif
