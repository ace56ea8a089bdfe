/* sheet - see sheet.h. */
#include "sheet.h"

#include <errno.h>
#include <string.h>
#include <xlsxwriter.h>

#include "clock.h"
#include "csv.h"
#include "text.h"

#define SCRATCH_BYTES ((size_t)4 * 1024 * 1024)
#define DAY_ZERO 25569 /* 1970-01-01, as spreadsheets count days */

struct sheet {
	struct arena *a, *scratch;   /* scratch: of one row */
	lxw_workbook *book;
	lxw_worksheet *table;
	lxw_format *head, *text, *day, *count, *share, *real[3];
	size_t columns_n;
	lxw_row_t row;
	lxw_col_t col;
	lxw_error failed;            /* the first mistake; told by sheet_close() */
};

static void note(struct sheet *s, lxw_error e)
{
	if (s->failed == LXW_NO_ERROR)
		s->failed = e;
}

static lxw_format *format_of(struct sheet *s, const char *number)
{
	lxw_format *f = workbook_add_format(s->book);

	format_set_align(f, LXW_ALIGN_VERTICAL_TOP);
	if (number != NULL)
		format_set_num_format(f, number);
	return f;
}

static void add_formats(struct sheet *s)
{
	s->head = format_of(s, NULL);
	format_set_bold(s->head);
	format_set_bg_color(s->head, 0xE8EEF7);
	format_set_bottom(s->head, LXW_BORDER_THIN);
	s->text = format_of(s, "@");
	format_set_text_wrap(s->text);
	s->day = format_of(s, "yyyy-mm-dd");
	s->count = format_of(s, "#,##0");
	s->share = format_of(s, "0.0%");
	s->real[0] = s->count;
	s->real[1] = format_of(s, "#,##0.0");
	s->real[2] = format_of(s, "#,##0.00");
}

void sheet_open(struct arena *a, const char *path, const char *tmp_dir, const struct sheet_about *about,
	struct sheet **ret)
{
	lxw_workbook_options options = { .constant_memory = LXW_TRUE, .tmpdir = arena_strdup(a, tmp_dir) };
	lxw_doc_properties properties = { .title = arena_strdup(a, about->title),
		.author = arena_strdup(a, about->author) };
	struct sheet *s = ARENA_NEW(a, struct sheet);

	s->a = a;
	s->scratch = arena_new(SCRATCH_BYTES);
	s->book = workbook_new_opt(path, &options);
	must(s->book != NULL);
	note(s, workbook_set_properties(s->book, &properties));
	add_formats(s);
	*ret = s;
}

/* The range of the table gets its filter once its last row is known. */
static void end_table(struct sheet *s)
{
	if (s->table != NULL && s->row > 0)
		note(s, worksheet_autofilter(s->table, 0, 0, s->row, (lxw_col_t)(s->columns_n - 1)));
}

void sheet_table(struct sheet *s, const char *name, const struct sheet_column *columns, size_t n, const char *foot)
{
	must(n > 0 && n <= SHEET_COLUMNS_MAX);
	end_table(s);
	s->table = workbook_add_worksheet(s->book, name);
	must(s->table != NULL);
	s->columns_n = n;
	s->row = 0;
	for (size_t i = 0; i < n; i++) {
		lxw_col_t col = (lxw_col_t)i;

		note(s, worksheet_set_column(s->table, col, col, columns[i].width, NULL));
		note(s, worksheet_write_string(s->table, 0, col, columns[i].head, s->head));
	}
	worksheet_freeze_panes(s->table, 1, 0);
	worksheet_set_landscape(s->table);
	worksheet_set_paper(s->table, 9); /* A4 */
	worksheet_fit_to_pages(s->table, 1, 0);
	note(s, worksheet_repeat_rows(s->table, 0, 0));
	note(s, worksheet_set_footer(s->table, arena_printf(s->a, "&L%s&R第 &P 页，共 &N 页", foot)));
}

void sheet_row(struct sheet *s)
{
	s->row++;
	s->col = 0;
	arena_reset(s->scratch);
}

void sheet_text(struct sheet *s, const char *text)
{
	if (csv_formula(text))
		text = arena_printf(s->scratch, "'%s", text);
	if (strlen(text) > SHEET_TEXT_MAX)
		text = text_cut(s->scratch, text, SHEET_TEXT_MAX - 1);
	note(s, worksheet_write_string(s->table, s->row, s->col++, text, s->text));
}

static void number(struct sheet *s, double n, lxw_format *format)
{
	note(s, worksheet_write_number(s->table, s->row, s->col++, n, format));
}

void sheet_count(struct sheet *s, int64_t n)
{
	number(s, (double)n, s->count);
}

void sheet_real(struct sheet *s, double n, int places)
{
	number(s, n, s->real[places]);
}

void sheet_share(struct sheet *s, double share)
{
	number(s, share, s->share);
}

void sheet_day(struct sheet *s, int32_t day)
{
	if (day == DAY_NONE)
		sheet_empty(s);
	else
		number(s, (double)day + DAY_ZERO, s->day);
}

void sheet_empty(struct sheet *s)
{
	s->col++;
}

int64_t sheet_rows(const struct sheet *s)
{
	return s->row;
}

int sheet_close(struct sheet *s)
{
	lxw_error e;

	end_table(s);
	errno = 0;
	e = workbook_close(s->book);
	arena_free(s->scratch);
	note(s, e);
	if (s->failed == LXW_NO_ERROR)
		return 0;
	return err_set(errno == ENOSPC ? ERR_FULL : ERR_IO, "xlsx: %s", lxw_strerror(s->failed));
}
