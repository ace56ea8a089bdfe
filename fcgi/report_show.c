/* report_show - see report_show.h. */
#include "report_show.h"

#include "chart.h"
#include "view.h"

static void show_figures(struct arena *a, const struct report_block *b, struct report_view_block *v)
{
	struct figure *list = arena_array(a, b->figures_n + 1, sizeof(*list));

	for (size_t i = 0; i < b->figures_n; i++)
		list[i] = (struct figure){ .value = b->figures[i].value, .label = b->figures[i].label,
			.definition = b->figures[i].note };
	v->is_figures = true;
	v->figures = (struct part_figures){ list, b->figures_n };
}

static void show_table(struct arena *a, const struct report_block *b, struct report_view_block *v)
{
	struct report_view_row *rows = arena_array(a, b->rows_n + 1, sizeof(*rows));

	for (size_t i = 0; i < b->rows_n; i++) {
		const struct report_cell *from = b->cells + i * b->columns_n;
		struct report_view_cell *cells = arena_array(a, b->columns_n, sizeof(*cells));

		for (size_t c = 1; c < b->columns_n; c++)
			cells[c - 1] = (struct report_view_cell){ from[c].text, b->heads[c], from[c].kind != CELL_TEXT };
		rows[i] = (struct report_view_row){ from[0].text, cells, b->columns_n - 1 };
	}
	v->is_table = true;
	v->heads = b->heads;
	v->heads_n = b->columns_n;
	v->rows = rows;
	v->rows_n = b->rows_n;
}

static void show_block(struct arena *a, const struct report_block *b, struct report_view_block *v)
{
	v->text = b->text;
	v->is_heading = b->kind == BLOCK_HEADING;
	v->is_note = b->kind == BLOCK_NOTE;
	v->is_right = b->kind == BLOCK_RIGHT;
	v->is_words = b->kind == BLOCK_TEXT;
	v->is_chart = b->kind == BLOCK_BARS || b->kind == BLOCK_LINES;
	if (b->kind == BLOCK_TEXT)
		v->words = view_paragraphs(a, b->text);
	else if (b->kind == BLOCK_FIGURES)
		show_figures(a, b, v);
	else if (b->kind == BLOCK_TABLE)
		show_table(a, b, v);
	else if (b->kind == BLOCK_BARS)
		v->chart = chart_bars(a, b->text, b->bars, b->bars_n, 0);
	else if (b->kind == BLOCK_LINES)
		v->chart = chart_lines(a, b->text, &b->axis, b->series, b->series_n);
}

int report_show(struct arena *a, const struct report *r, struct part_report_doc *ret, const char **ret_title)
{
	struct report_view_block *list;
	struct report_doc doc;
	int rc = report_doc(a, r, &doc);

	if (rc != 0)
		return rc;
	list = arena_array(a, doc.n + 1, sizeof(*list));
	for (size_t i = 0; i < doc.n; i++)
		show_block(a, &doc.blocks[i], &list[i]);
	*ret = (struct part_report_doc){ list, doc.n };
	*ret_title = doc.title;
	return 0;
}
