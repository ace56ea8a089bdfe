/* plot - see plot.h. */
#include "plot.h"

#include <stdlib.h>
#include <string.h>

#include "err.h"

struct drawing {
	struct arena *a;
	struct plot_size size;
	struct plot_shape *shapes;
	size_t n, cap;
};

static struct plot_shape *shape(struct drawing *d, struct plot_shape s)
{
	if (d->n == d->cap) {
		struct plot_shape *more = arena_array(d->a, d->cap = d->cap ? d->cap * 2 : 32, sizeof *more);

		if (d->n)
			memcpy(more, d->shapes, d->n * sizeof *more);
		d->shapes = more;
	}
	d->shapes[d->n] = s;
	return &d->shapes[d->n++];
}

static void text(struct drawing *d, int x, int y, enum plot_anchor anchor, enum plot_role role, const char *s)
{
	if (*s)
		shape(d, (struct plot_shape){ .kind = PLOT_TEXT, .role = role, .x = x, .y = y, .anchor = anchor, .text = s });
}

static void line(struct drawing *d, int x, int y, int w, int h, enum plot_role role)
{
	shape(d, (struct plot_shape){ .kind = PLOT_LINE, .role = role, .x = x, .y = y, .w = w, .h = h });
}

static void rect(struct drawing *d, struct plot_shape where, enum plot_role role, int series)
{
	where.kind = PLOT_RECT;
	where.role = role;
	where.series = series;
	if (where.w > 0)
		shape(d, where);
}

static void finish(const struct drawing *d, int height, struct plot *ret)
{
	*ret = (struct plot){ d->size.width, height, d->shapes, d->n };
}

/* --- text --- */

static size_t char_bytes(const char *s)
{
	unsigned char lead = (unsigned char)*s;
	size_t n = lead < 0x80 ? 1 : lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;

	for (size_t i = 1; i < n; i++) {
		if (!s[i])
			return i;
	}
	return n;
}

static int char_width(const char *s, int text_size)
{
	return (unsigned char)*s >= 0xe0 ? text_size : (text_size * 58 + 50) / 100;
}

int plot_text_width(const char *s, int text_size)
{
	int w = 0;

	for (; *s; s += char_bytes(s))
		w += char_width(s, text_size);
	return w;
}

static const char *fitting(const struct drawing *d, const char *s, int room)
{
	int w = 0;
	const char *at = s;

	if (plot_text_width(s, d->size.text) <= room)
		return s;
	while (*at && w + char_width(at, d->size.text) + d->size.text <= room) {
		w += char_width(at, d->size.text);
		at += char_bytes(at);
	}
	return arena_printf(d->a, "%.*s…", (int)(at - s), s);
}

/* --- numbers --- */

int64_t plot_tick(int64_t max, int steps)
{
	int64_t ten = 1;

	must(steps > 0);
	for (;; ten *= 10) {
		static const int quarters[] = { 4, 8, 10, 20 };

		for (size_t i = 0; i < sizeof quarters / sizeof quarters[0]; i++) {
			int64_t tick = ten * quarters[i] / 4;

			if (ten * quarters[i] % 4 == 0 && tick * steps >= max)
				return tick;
		}
		if (ten > INT64_MAX / 100 / steps)
			return max;
	}
}

int plot_heat(int64_t value, int64_t max)
{
	if (value <= 0 || max <= 0)
		return 0;
	return value >= max ? 5 : (int)(value * 5 / max + (value * 5 % max != 0));
}

/* length × value / max, rounded; never past length. */
static int scaled(int length, int64_t value, int64_t max)
{
	if (value <= 0 || max <= 0)
		return 0;
	if (value >= max)
		return length;
	return (int)((double)length * (double)value / (double)max + 0.5);
}

/* --- bars --- */

static int label_room(const struct drawing *d, int widest)
{
	int most = d->size.width * 2 / 5;

	return widest < most ? widest : most;
}

struct bar_room { int label, value, length; int64_t max; bool two; };

static struct bar_room room_of(const struct drawing *d, const struct plot_bar *bars, size_t n, int64_t max)
{
	struct bar_room room = { .max = max };
	int gap = d->size.text / 2;

	for (size_t i = 0; i < n; i++) {
		int label = plot_text_width(bars[i].label, d->size.text), value = plot_text_width(bars[i].text, d->size.text);

		room.label = label > room.label ? label : room.label;
		room.value = value > room.value ? value : room.value;
		if (max == 0 && bars[i].value > room.max)
			room.max = bars[i].value;
		if (max == 0 && bars[i].before > room.max)
			room.max = bars[i].before;
		room.two = room.two || bars[i].before != PLOT_NONE;
	}
	room.label = label_room(d, room.label);
	room.length = d->size.width - room.label - room.value - 2 * gap;
	return room;
}

void plot_bars(struct arena *a, struct plot_size size, const struct plot_bar *bars, size_t n, int64_t max,
               struct plot *ret)
{
	struct drawing d = { .a = a, .size = size };
	struct bar_room room;
	int gap = size.text / 2, thick = size.text, y = gap, x, row;

	if (n > PLOT_ROWS_MAX)
		n = PLOT_ROWS_MAX;
	room = room_of(&d, bars, n, max);
	x = room.label + gap;
	row = thick + gap + (room.two ? thick / 2 : 0);
	for (size_t i = 0; i < n; i++, y += row) {
		int w = scaled(room.length, bars[i].value, room.max);

		text(&d, room.label, y + size.text * 4 / 5, PLOT_END, PLOT_LABEL, fitting(&d, bars[i].label, room.label));
		rect(&d, (struct plot_shape){ .x = x, .y = y, .w = w, .h = thick }, PLOT_SERIES, 0);
		rect(&d, (struct plot_shape){ .x = x, .y = y + thick, .w = scaled(room.length, bars[i].before, room.max),
		                              .h = thick / 2 }, PLOT_FADED, 0);
		text(&d, x + w + gap / 2, y + size.text * 4 / 5, PLOT_START, PLOT_VALUE, bars[i].text);
	}
	line(&d, x, 0, 0, y, PLOT_AXIS);
	finish(&d, y, ret);
}

/* --- lines --- */

struct frame { int left, top, width, height; int64_t max; };

static int x_of(const struct frame *f, size_t i, size_t n)
{
	return n < 2 ? f->left + f->width / 2 : f->left + (int)((int64_t)f->width * (int64_t)i / (int64_t)(n - 1));
}

static int y_of(const struct frame *f, int64_t value)
{
	return f->top + f->height - scaled(f->height, value, f->max);
}

static int64_t largest(const struct plot_axis *axis, const struct plot_series *series, size_t n)
{
	int64_t max = axis->target > 0 ? axis->target : 0;

	for (size_t s = 0; s < n; s++) {
		for (size_t i = 0; i < axis->n; i++) {
			if (series[s].values[i] > max)
				max = series[s].values[i];
		}
	}
	return max;
}

static const char *tick_text(const struct drawing *d, const struct plot_axis *axis, int64_t value)
{
	return value % axis->unit ? arena_printf(d->a, "%.1f%s", (double)value / (double)axis->unit, axis->suffix)
	                          : arena_printf(d->a, "%lld%s", (long long)(value / axis->unit), axis->suffix);
}

#define TICKS 4

static void draw_grid(struct drawing *d, const struct plot_axis *axis, const struct frame *f, int64_t tick)
{
	for (int64_t v = 0; v <= f->max; v += tick) {
		int y = y_of(f, v);

		line(d, f->left, y, f->width, 0, v == 0 ? PLOT_AXIS : PLOT_GRID);
		text(d, f->left - d->size.text / 2, y + d->size.text / 3, PLOT_END, PLOT_LABEL, tick_text(d, axis, v));
	}
	if (axis->target > 0 && axis->target <= f->max)
		line(d, f->left, y_of(f, axis->target), f->width, 0, PLOT_AXIS);
}

/* The last label always stands, and before it each so-manieth. */
static void draw_labels(struct drawing *d, const struct plot_axis *axis, const struct frame *f)
{
	int widest = 1;
	size_t every, y = (size_t)(f->top + f->height + d->size.text * 3 / 2);

	for (size_t i = 0; i < axis->n; i++) {
		int w = plot_text_width(axis->labels[i], d->size.text) + d->size.text;

		widest = w > widest ? w : widest;
	}
	every = axis->n * (size_t)widest / (size_t)(f->width > 0 ? f->width : 1) + 1;
	for (size_t i = 0; i < axis->n; i++) {
		if ((axis->n - 1 - i) % every == 0)
			text(d, x_of(f, i, axis->n), (int)y, PLOT_MIDDLE, PLOT_LABEL, axis->labels[i]);
	}
}

static void draw_curve(struct drawing *d, const struct plot_point *points, size_t n, enum plot_role role, int no)
{
	if (n > 1)
		shape(d, (struct plot_shape){ .kind = PLOT_CURVE, .role = role, .series = no, .points = points,
		                              .points_n = n });
}

static void draw_dot(struct drawing *d, const struct plot_point *at, enum plot_role role, int no)
{
	shape(d, (struct plot_shape){ .kind = PLOT_DOT, .role = role, .series = no, .x = at->x, .y = at->y,
	                              .w = d->size.text / 2 });
}

/* The points from one gap to the next; open: the last one stands for a span that is not over, so that what leads there
 * says less than the rest. */
static void draw_stretch(struct drawing *d, const struct plot_point *points, size_t n, enum plot_role role, bool open,
                         int no)
{
	size_t whole = open ? n - 1 : n;

	draw_curve(d, points, whole, role, no);
	if (!open) {
		draw_dot(d, &points[n - 1], role, no);
		return;
	}
	if (whole > 0)
		draw_curve(d, &points[n - 2], 2, PLOT_OPEN, no);
	draw_dot(d, &points[n - 1], PLOT_OPEN, no);
}

/* A curve for each stretch without gaps; a dot where there is one point alone, and at the end. */
static void draw_series(struct drawing *d, const struct plot_axis *axis, const struct frame *f,
                        const struct plot_series *s, int no)
{
	enum plot_role role = s->faded ? PLOT_FADED : PLOT_SERIES;
	struct plot_point *points = arena_array(d->a, axis->n + 1, sizeof *points);
	size_t n = 0;

	for (size_t i = 0; i <= axis->n; i++) {
		bool there = i < axis->n && s->values[i] != PLOT_NONE;

		if (there) {
			points[n++] = (struct plot_point){ x_of(f, i, axis->n), y_of(f, s->values[i]) };
			continue;
		}
		if (n > 0)
			draw_stretch(d, points, n, role, axis->open_end && i == axis->n && !s->faded, no);
		points += n;
		n = 0;
	}
}

struct ending { const struct plot_series *s; int no, y; };

static int by_y(const void *a, const void *b)
{
	return ((const struct ending *)a)->y - ((const struct ending *)b)->y;
}

/* Names at the right ends, from the top down, a line apart at least; pushed up again when they would leave below. */
static void draw_names(struct drawing *d, const struct plot_axis *axis, const struct frame *f,
                       const struct plot_series *series, size_t n)
{
	struct ending ends[PLOT_SERIES_MAX];
	int apart = d->size.text * 5 / 4, bottom = f->top + f->height;
	size_t m = 0;

	for (size_t s = 0; s < n; s++) {
		size_t i = axis->n;

		while (i > 0 && series[s].values[i - 1] == PLOT_NONE)
			i--;
		if (i > 0)
			ends[m++] = (struct ending){ &series[s], (int)s, y_of(f, series[s].values[i - 1]) };
	}
	if (m > 1)
		qsort(ends, m, sizeof ends[0], by_y);
	for (size_t i = 1; i < m; i++) {
		if (ends[i].y < ends[i - 1].y + apart)
			ends[i].y = ends[i - 1].y + apart;
	}
	for (size_t i = m; i-- > 0; bottom -= apart) {
		if (ends[i].y > bottom)
			ends[i].y = bottom;
		shape(d, (struct plot_shape){ .kind = PLOT_TEXT, .role = PLOT_VALUE, .series = ends[i].no,
			.x = f->left + f->width + d->size.text / 2, .y = ends[i].y + d->size.text / 3, .text = ends[i].s->name });
	}
}

void plot_lines(struct arena *a, struct plot_size size, const struct plot_axis *axis, const struct plot_series *series,
                size_t n, struct plot *ret)
{
	struct drawing d = { .a = a, .size = size };
	struct frame f = { .top = size.text, .height = size.width / 4 };
	int64_t max = axis->max ? axis->max : largest(axis, series, n), tick = plot_tick(max > 0 ? max : 1, TICKS);
	int name = 0;

	must(n <= PLOT_SERIES_MAX && axis->n <= PLOT_POINTS_MAX && axis->unit > 0);
	if (f.height < size.text * 9)
		f.height = size.text * 9;
	f.max = axis->max ? axis->max : tick * ((max + tick - 1) / tick);
	f.max = f.max > 0 ? f.max : tick;
	for (size_t i = 0; i < n; i++) {
		int w = plot_text_width(series[i].name, size.text);

		name = w > name ? w : name;
	}
	f.left = plot_text_width(tick_text(&d, axis, f.max), size.text) + size.text;
	f.width = size.width - f.left - name - size.text;
	draw_grid(&d, axis, &f, tick);
	draw_labels(&d, axis, &f);
	for (size_t i = 0; i < n; i++)
		draw_series(&d, axis, &f, &series[i], (int)i);
	draw_names(&d, axis, &f, series, n);
	finish(&d, f.top + f.height + size.text * 2, ret);
}

/* --- rows of 100 % --- */

/* Names of the parts with a square each, in as many lines as they need; where the rows begin. */
static int draw_key(struct drawing *d, const char *const *names, size_t n)
{
	int text_size = d->size.text, x = 0, y = text_size / 2;

	for (size_t i = 0; i < n; i++) {
		int w = plot_text_width(names[i], text_size) + text_size * 2;

		if (x > 0 && x + w > d->size.width) {
			x = 0;
			y += text_size * 3 / 2;
		}
		rect(d, (struct plot_shape){ .x = x, .y = y, .w = text_size, .h = text_size }, PLOT_SERIES, (int)i);
		text(d, x + text_size * 5 / 4, y + text_size * 7 / 8, PLOT_START, PLOT_LABEL, names[i]);
		x += w + text_size / 2;
	}
	return y + text_size * 2;
}

static void draw_share(struct drawing *d, const struct plot_share *row, size_t parts_n, int left, int y)
{
	int text_size = d->size.text, width = d->size.width - left, thick = text_size * 3 / 2;
	int64_t total = 0, seen = 0;

	for (size_t i = 0; i < parts_n; i++)
		total += row->parts[i] > 0 ? row->parts[i] : 0;
	for (size_t i = 0; total > 0 && i < parts_n; i++) {
		int64_t part = row->parts[i] > 0 ? row->parts[i] : 0;
		int x = left + scaled(width, seen, total), w = left + scaled(width, seen + part, total) - x;
		const char *share = arena_printf(d->a, "%lld%%", (long long)((part * 200 + total) / (2 * total)));

		seen += part;
		rect(d, (struct plot_shape){ .x = x, .y = y, .w = w, .h = thick }, PLOT_SERIES, (int)i);
		if (w > plot_text_width(share, text_size) + text_size / 2)
			shape(d, (struct plot_shape){ .kind = PLOT_TEXT, .role = PLOT_VALUE, .series = (int)i, .x = x + w / 2,
				.y = y + text_size * 17 / 16, .text = share, .anchor = PLOT_MIDDLE });
	}
}

void plot_shares(struct arena *a, struct plot_size size, const struct plot_share *rows, size_t n,
                 const char *const *names, size_t parts_n, struct plot *ret)
{
	struct drawing d = { .a = a, .size = size };
	int label = 0, y;

	must(parts_n <= PLOT_PARTS_MAX);
	if (n > PLOT_ROWS_MAX)
		n = PLOT_ROWS_MAX;
	y = draw_key(&d, names, parts_n);
	for (size_t i = 0; i < n; i++) {
		int w = plot_text_width(rows[i].label, size.text);

		label = w > label ? w : label;
	}
	label = label_room(&d, label);
	for (size_t i = 0; i < n; i++, y += size.text * 2) {
		text(&d, label, y + size.text * 17 / 16, PLOT_END, PLOT_LABEL, fitting(&d, rows[i].label, label));
		draw_share(&d, &rows[i], parts_n, label + size.text / 2, y);
	}
	finish(&d, y, ret);
}
