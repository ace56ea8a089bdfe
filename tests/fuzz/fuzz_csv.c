/* Fuzz entry: any bytes as a table. Every row ends, texts are valid UTF-8 where nothing is said to be wrong. */
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "csv.h"
#include "text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a;
	struct csv_row row;
	struct csv csv;
	size_t line = 0;
	FILE *f;

	if (size == 0 || !(f = fmemopen((void *)data, size, "r")))
		return 0;
	a = arena_new((size_t)256 << 20);
	csv_begin(&csv, f);
	while (csv_next(&csv, a, &row) == 1) {
		must(row.line > line && row.n >= 1 && row.n <= CSV_COLUMNS_MAX);
		line = row.line;
		for (size_t i = 0; !row.wrong && i < row.n; i++)
			must(text_valid_utf8(row.field[i], strlen(row.field[i])));
		arena_reset(a);
	}
	fclose(f);
	arena_free(a);
	return 0;
}
