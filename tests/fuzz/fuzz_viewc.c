/* The template compiler on any bytes: it must end, keep within its memory, and either refuse with a place or give a
 * whole C file. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "viewc.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(const char *text, int r)
{
	size_t n = strlen(text);

	if (r < 0 && strncmp(text, "a/page.html:", 12) != 0)
		abort();
	if (r == 0 && (n < 2 || strcmp(text + n - 2, "}\n") != 0))
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = NULL;
	int r = viewc_compile((const char *)data, size, "a/page.html", &text);

	if (!text)
		abort();
	check(text, r);
	free(text);
	return 0;
}
