/* The query compiler on any bytes: it must end, keep within its memory, and either refuse with a place or write whole
 * files. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sqlgen.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text[3] = { NULL }, *src = calloc(1, size + 1);
	size_t len[3];
	FILE *f[3];
	struct sqlgen *g;

	for (int i = 0; i < 3; i++)
		f[i] = open_memstream(&text[i], &len[i]);
	memcpy(src, data, size);
	g = sqlgen_new(f[0], f[1], f[2]);
	if (sqlgen_compile(g, "a.sql", src) < 0 && strncmp(sqlgen_error(g), "a.sql:", 6) != 0)
		abort();
	sqlgen_finish(g);
	for (int i = 0; i < 3; i++) {
		fclose(f[i]);
		free(text[i]);
	}
	free(src);
	return 0;
}
