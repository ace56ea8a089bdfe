/* csv - see csv.h. A machine of four states, one character at a time. */
#include "csv.h"

#include <errno.h>
#include <string.h>

#include "str.h"
#include "text.h"

enum place { AT_START, PLAIN, QUOTED, AFTER_QUOTE };

/* A row while it is read. */
struct reading {
	struct arena *a;
	struct csv_row *row;
	struct str field;
	enum place place;
};

void csv_begin(struct csv *csv, FILE *in)
{
	*csv = (struct csv){ .in = in, .line = 1 };
}

static void wrong(struct csv_row *row, const char *why)
{
	if (!row->wrong)
		row->wrong = why;
}

static void start_field(struct reading *r)
{
	str_init(&r->field, r->a, CSV_FIELD_MAX);
	r->place = AT_START;
}

static void end_field(struct reading *r)
{
	struct csv_row *row = r->row;

	if (r->field.over)
		wrong(row, "一格超过 1 MiB");
	else if (!text_valid_utf8(r->field.s, r->field.len))
		wrong(row, "不是 UTF-8 编码");
	if (row->n == CSV_COLUMNS_MAX)
		wrong(row, "超过 64 列");
	else
		row->field[row->n++] = r->field.s;
	start_field(r);
}

/* A character that belongs to the field, or opens or closes its quotes. */
static void take(struct reading *r, int c)
{
	switch (r->place) {
	case AT_START:
		if (c == '"') {
			r->place = QUOTED;
			return;
		}
		r->place = PLAIN;
		break;
	case QUOTED:
		if (c == '"') {
			r->place = AFTER_QUOTE;
			return;
		}
		break;
	case AFTER_QUOTE:
		r->place = c == '"' ? QUOTED : PLAIN;
		if (c != '"')
			wrong(r->row, "引号之后还有文字");
		break;
	case PLAIN:
		break;
	}
	/* A NUL would hide the rest of the field. */
	if (c == '\0')
		wrong(r->row, "含有空字符");
	else
		str_addc(&r->field, (char)c);
}

/* The character after c without taking it. */
static int look(FILE *in)
{
	int c = getc_unlocked(in);

	if (c != EOF)
		ungetc(c, in);
	return c;
}

/* Skips the byte order mark and empty lines; returns the first character of the row, or EOF. */
static int first_character(struct csv *csv)
{
	int c = getc_unlocked(csv->in);

	if (!csv->begun && c == 0xEF && look(csv->in) == 0xBB) {
		getc_unlocked(csv->in);
		if (look(csv->in) == 0xBF)
			getc_unlocked(csv->in);
		c = getc_unlocked(csv->in);
	}
	csv->begun = true;
	for (; c == '\n' || (c == '\r' && look(csv->in) == '\n'); c = getc_unlocked(csv->in))
		csv->line += c == '\n';
	return c;
}

/* From its first character to the end of the row. */
static void read_row(struct csv *csv, struct reading *r, int c)
{
	start_field(r);
	for (; c != EOF; c = getc_unlocked(csv->in)) {
		csv->line += c == '\n';
		if (r->place == QUOTED || (c != ',' && c != '\n' && (c != '\r' || look(csv->in) != '\n')))
			take(r, c);
		else if (c == ',')
			end_field(r);
		else if (c == '\n')
			break;
	}
	if (r->place == QUOTED)
		wrong(r->row, "引号没有结束");
	end_field(r);
}

int csv_next(struct csv *csv, struct arena *a, struct csv_row *ret)
{
	struct reading r = { .a = a, .row = ret };
	int c = first_character(csv);

	*ret = (struct csv_row){ .line = csv->line };
	if (ferror(csv->in))
		return err_set(ERR_IO, "csv: %s", strerror(errno));
	if (c == EOF)
		return 0;
	read_row(csv, &r, c);
	return ferror(csv->in) ? err_set(ERR_IO, "csv: %s", strerror(errno)) : 1;
}

bool csv_formula(const char *s)
{
	static const char *const wide[] = { "＝", "＋", "－", "＠" };

	if (s[0] != '\0' && strchr("=+-@\t\r\n", s[0]) != NULL)
		return true;
	for (size_t i = 0; i < sizeof wide / sizeof wide[0]; i++) {
		if (str_starts(s, wide[i]))
			return true;
	}
	return false;
}
