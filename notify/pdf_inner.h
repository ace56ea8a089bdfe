/* pdf_inner - what pdf.c and pdf_parts.c share: the page that is being filled. */
#ifndef PDF_INNER_H
#define PDF_INNER_H

#include <cairo.h>
#include <pango/pango.h>

#include "pdf.h"
#include "str.h"

struct pdf {
	struct arena *a;
	struct pdf_about about;
	cairo_surface_t *surface;
	cairo_t *cr;
	double y;                    /* where the next piece begins */
	int page;
	bool fresh;                  /* nothing stands on the page yet */
	unsigned unknown;            /* characters the fonts do not have */
	int failed;                  /* the first error; told by pdf_close() */
};

struct pdf_style {
	double size;                 /* points */
	double spacing;              /* line to line, of the font's own height */
	double indent;               /* of the first line, in characters */
	unsigned colour;             /* 0xRRGGBB */
	bool bold, head, justify;
	PangoAlignment align;
};

/* Width of the text column, and where it begins. */
extern const double PDF_WIDTH;
double pdf_left(void);

PangoLayout *pdf_layout(struct pdf *p, const struct pdf_style *s, const char *text, double width);
double pdf_height(PangoLayout *l);
void pdf_show(struct pdf *p, const struct pdf_style *s, const char *text, double x, double y, double width);
void pdf_colour(struct pdf *p, unsigned rgb);
void pdf_next_page(struct pdf *p);
/* Makes sure that so much room is left on the page; true when that took a new one. */
bool pdf_need(struct pdf *p, double height);
/* Room between two pieces, none at the top of a page. */
void pdf_gap(struct pdf *p, double height);

#endif
