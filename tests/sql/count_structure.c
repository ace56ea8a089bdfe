/* count_structure FILE.csv: how many of the answers in a table (columns title, reply) have each part, and how many are
 * warned of; one "word count" a line. For tests/sql/test_structure_of_replies.py. */
#include <stdio.h>
#include <string.h>

#include "csv.h"
#include "str.h"
#include "structure.h"
#include "text.h"

static size_t column(const struct csv_row *head, const char *name)
{
	for (size_t i = 0; i < head->n; i++) {
		if (str_eq(head->field[i], name))
			return i;
	}
	return CSV_COLUMNS_MAX;
}

static const char *cell(struct arena *a, const struct csv_row *row, size_t i)
{
	const char *clean = "";

	if (i >= row->n || text_clean_body(a, row->field[i], 60000, &clean) != 0)
		return "";
	return clean;
}

int main(int argc, char **argv)
{
	struct arena *keep = arena_new(1 << 20), *a = arena_new(64 << 20);
	size_t replies = 0, parts[STRUCTURE__MAX] = { 0 }, all = 0, shorts = 0, warned = 0, mobile = 0, open = 0, off = 0, named = 0;
	FILE *f = argc == 2 ? fopen(argv[1], "r") : NULL;
	struct csv_row head, row;
	struct csv csv;

	if (f == NULL)
		return 2;
	csv_begin(&csv, f);
	if (csv_next(&csv, keep, &head) != 1)
		return 1;
	for (; csv_next(&csv, a, &row) == 1; arena_reset(a)) {
		const char *title = cell(a, &row, column(&head, "title")), *reply = cell(a, &row, column(&head, "reply"));
		struct structure_of of = { .title = title, .type = "complaint", .result = "explained" };
		struct structure s;

		if (reply[0] == '\0')
			continue;
		structure_check(a, reply, &of, &s);
		replies++;
		for (int i = 0; i < STRUCTURE__MAX; i++)
			parts[i] += s.part[i].there;
		all += structure_missing(a, &s)[0] == '\0';
		shorts += s.short_text;
		warned += s.warnings > 0;
		for (size_t i = 0; i < s.warnings; i++) {
			mobile += strstr(s.warning[i], "手机") != NULL;
			open += strstr(s.warning[i], "没填") != NULL || strstr(s.warning[i], "没有填") != NULL;
			off += strstr(s.warning[i], "没有提到") != NULL;
			named += strstr(s.warning[i], "称呼") != NULL;
		}
	}
	printf("replies %zu\n", replies);
	for (int i = 0; i < STRUCTURE__MAX; i++)
		printf("%s %zu\n", structure_code((enum structure_part)i), parts[i]);
	printf("all %zu\nshort %zu\nwarned %zu\nmobile %zu\nopen %zu\noff %zu\nnamed %zu\n", all, shorts, warned, mobile, open, off, named);
	fclose(f);
	arena_free(a);
	arena_free(keep);
	return 0;
}
