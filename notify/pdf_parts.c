/* pdf_parts - figures, tables and charts of a PDF file. */
#include <cairo-pdf.h>
#include <pango/pangocairo.h>
#include <string.h>

#include "pdf_inner.h"

#define FIGURES_A_ROW 4
#define FIGURE_HEIGHT 58.0
#define CELL_PAD 3.0
#define BLUE 0x1a4f9c

/* --- figures --- */

static void one_figure(struct pdf *p, const struct pdf_figure *f, double x, double width)
{
	static const struct pdf_style value = { .size = 19, .spacing = 1.1F, .bold = true, .colour = BLUE };
	static const struct pdf_style label = { .size = 9.5, .spacing = 1.2F };
	static const struct pdf_style note = { .size = 8, .spacing = 1.2F, .colour = 0x555555 };

	cairo_tag_begin(p->cr, "P", NULL);
	pdf_show(p, &label, f->label, x + 6, p->y + 4, width - 10);
	pdf_show(p, &value, f->value, x + 6, p->y + 15, width - 10);
	pdf_show(p, &note, f->note, x + 6, p->y + 42, width - 8);
	cairo_tag_end(p->cr, "P");
}

void pdf_figures(struct pdf *p, const struct pdf_figure *figures, size_t n)
{
	double width = PDF_WIDTH / FIGURES_A_ROW;

	pdf_gap(p, 4);
	for (size_t i = 0; i < n; i += FIGURES_A_ROW) {
		(void)pdf_need(p, FIGURE_HEIGHT + 4);
		for (size_t k = i; k < n && k < i + FIGURES_A_ROW; k++) {
			double x = pdf_left() + width * (double)(k - i);

			pdf_colour(p, 0xf1f5fb);
			cairo_rectangle(p->cr, x, p->y, width - 4, FIGURE_HEIGHT);
			cairo_fill(p->cr);
			one_figure(p, &figures[k], x, width - 4);
		}
		p->y += FIGURE_HEIGHT + 4;
		p->fresh = false;
	}
	p->y += 4;
}

/* --- tables --- */

static const struct pdf_style cell_style = { .size = 9, .spacing = 1.25F };
/* Small enough for five characters in a narrow column. */
static const struct pdf_style head_style = { .size = 7.4, .spacing = 1.3F, .bold = true };

/* A row of texts; NULL cells: the head. */
struct row {
	const struct pdf_table *t;
	const char *const *cells;
	double height;
};

static const char *text_of(const struct row *r, size_t c)
{
	return r->cells != NULL ? r->cells[c] : r->t->columns[c].head;
}

static struct pdf_style style_of(const struct row *r, size_t c)
{
	struct pdf_style s = r->cells != NULL ? cell_style : head_style;

	s.align = r->t->columns[c].right ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT;
	return s;
}

static void measure(struct pdf *p, struct row *r)
{
	r->height = 0;
	for (size_t c = 0; c < r->t->columns_n; c++) {
		struct pdf_style s = style_of(r, c);
		PangoLayout *l = pdf_layout(p, &s, text_of(r, c), r->t->columns[c].share * PDF_WIDTH - 2 * CELL_PAD);
		double h = pdf_height(l) + 2 * CELL_PAD;

		if (h > r->height)
			r->height = h;
		g_object_unref(l);
	}
}

static void draw(struct pdf *p, const struct row *r)
{
	double x = pdf_left();
	const char *tag = r->cells != NULL ? "TD" : "TH";

	if (r->cells == NULL) {
		pdf_colour(p, 0xe8eef7);
		cairo_rectangle(p->cr, x, p->y, PDF_WIDTH, r->height);
		cairo_fill(p->cr);
	}
	cairo_tag_begin(p->cr, "TR", NULL);
	for (size_t c = 0; c < r->t->columns_n; c++) {
		double width = r->t->columns[c].share * PDF_WIDTH;
		struct pdf_style s = style_of(r, c);

		cairo_tag_begin(p->cr, tag, NULL);
		pdf_show(p, &s, text_of(r, c), x + CELL_PAD, p->y + CELL_PAD, width - 2 * CELL_PAD);
		cairo_tag_end(p->cr, tag);
		x += width;
	}
	cairo_tag_end(p->cr, "TR");
	p->y += r->height;
	p->fresh = false;
	pdf_colour(p, 0xbbbbbb);
	cairo_set_line_width(p->cr, 0.4);
	cairo_move_to(p->cr, pdf_left(), p->y);
	cairo_line_to(p->cr, pdf_left() + PDF_WIDTH, p->y);
	cairo_stroke(p->cr);
}

void pdf_table(struct pdf *p, const struct pdf_table *t)
{
	struct row head = { .t = t }, r = { .t = t };

	measure(p, &head);
	pdf_gap(p, 4);
	for (size_t i = 0; i < t->rows_n; i++) {
		r.cells = t->cells + i * t->columns_n;
		measure(p, &r);
		if (i == 0)
			(void)pdf_need(p, head.height + 2 * r.height);
		/* The last row, a sum, never stands alone. */
		if (i == 0 || pdf_need(p, i + 2 == t->rows_n ? 2 * r.height : r.height)) {
			if (i > 0)
				cairo_tag_end(p->cr, "Table");
			cairo_tag_begin(p->cr, "Table", NULL);
			draw(p, &head);
		}
		draw(p, &r);
	}
	if (t->rows_n > 0)
		cairo_tag_end(p->cr, "Table");
	p->y += 8;
}

/* --- charts --- */

static const unsigned series_colours[] = { BLUE, 0x8a4b00, 0x0b6b42, 0x6b3fa0, 0xb3261e, 0x555555 };
#define SERIES_N (sizeof series_colours / sizeof series_colours[0])

struct drawing { struct pdf *p; double x, y, scale; };

static unsigned colour_of(const struct plot_shape *s)
{
	switch (s->role) {
	case PLOT_GRID:
		return 0xdddddd;
	case PLOT_AXIS:
		return 0x333333;
	case PLOT_SERIES:
	case PLOT_FADED:
	case PLOT_OPEN:
		return series_colours[(size_t)s->series % SERIES_N];
	default:
		return 0x111111;
	}
}

static double at_x(const struct drawing *d, int x)
{
	return d->x + x * d->scale;
}

static double at_y(const struct drawing *d, int y)
{
	return d->y + y * d->scale;
}

static void draw_text(const struct drawing *d, const struct plot_shape *s, int text)
{
	struct pdf_style style = { .size = text * d->scale, .spacing = 1, .bold = s->role == PLOT_VALUE,
		.colour = colour_of(s) };
	PangoLayout *l = pdf_layout(d->p, &style, s->text, PDF_WIDTH);
	double w, x = at_x(d, s->x);
	int wide;

	pango_layout_set_width(l, -1);
	pango_layout_get_size(l, &wide, NULL);
	w = (double)wide / PANGO_SCALE;
	if (s->anchor == PLOT_MIDDLE)
		x -= w / 2;
	else if (s->anchor == PLOT_END)
		x -= w;
	pdf_colour(d->p, style.colour);
	cairo_move_to(d->p->cr, x, at_y(d, s->y) - (double)pango_layout_get_baseline(l) / PANGO_SCALE);
	pango_cairo_show_layout(d->p->cr, l);
	g_object_unref(l);
}

static void trace(const struct drawing *d, const struct plot_shape *s)
{
	cairo_t *cr = d->p->cr;

	switch (s->kind) {
	case PLOT_RECT:
		cairo_rectangle(cr, at_x(d, s->x), at_y(d, s->y), s->w * d->scale, s->h * d->scale);
		break;
	case PLOT_LINE:
		cairo_move_to(cr, at_x(d, s->x), at_y(d, s->y));
		cairo_line_to(cr, at_x(d, s->x + s->w), at_y(d, s->y + s->h));
		break;
	case PLOT_CURVE:
		for (size_t i = 0; i < s->points_n; i++)
			cairo_line_to(cr, at_x(d, s->points[i].x), at_y(d, s->points[i].y));
		break;
	default:
		cairo_new_sub_path(cr);
		cairo_arc(cr, at_x(d, s->x), at_y(d, s->y), s->w * d->scale / 2, 0, 6.2832);
	}
}

static bool is_outline(const struct plot_shape *s)
{
	return s->role == PLOT_FADED || s->role == PLOT_OPEN;
}

/* Earlier values, and those of a span that is not over, are outlines and dashes: the difference shows in black and
 * white too. */
static void draw_shape(const struct drawing *d, const struct plot_shape *s)
{
	static const double dashes[] = { 3, 2 };
	cairo_t *cr = d->p->cr;
	bool line = s->kind == PLOT_LINE || s->kind == PLOT_CURVE, faded = is_outline(s);

	cairo_new_path(cr);
	trace(d, s);
	pdf_colour(d->p, colour_of(s));
	if (!line && !faded) {
		cairo_fill(cr);
		return;
	}
	cairo_set_dash(cr, dashes, line && (faded || s->series % 2 == 1) && s->role != PLOT_GRID ? 2 : 0, 0);
	cairo_set_line_width(cr, s->role == PLOT_SERIES && line ? 1.4 : faded && line ? 1 : 0.5);
	cairo_stroke(cr);
	cairo_set_dash(cr, NULL, 0, 0);
}

void pdf_plot(struct pdf *p, const struct plot *plot)
{
	struct drawing d = { .p = p, .x = pdf_left(), .scale = PDF_WIDTH / plot->width };
	double height = plot->height * d.scale;

	pdf_gap(p, 4);
	(void)pdf_need(p, height + 6);
	d.y = p->y;
	cairo_tag_begin(p->cr, "Figure", NULL);
	for (size_t i = 0; i < plot->n; i++) {
		if (plot->shapes[i].kind == PLOT_TEXT)
			draw_text(&d, &plot->shapes[i], PDF_PLOT_TEXT);
		else
			draw_shape(&d, &plot->shapes[i]);
	}
	cairo_tag_end(p->cr, "Figure");
	p->y += height + 6;
	p->fresh = false;
}
