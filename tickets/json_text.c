/* json_text - see json_text.h. */
#include "json_text.h"

#include "err.h"

static int add(const char *bytes, size_t n, void *data)
{
	str_addn(data, bytes, n);
	return 0;
}

void json_text_add(struct str *o, const json_t *value, size_t flags)
{
	must(json_dump_callback(value, add, o, flags) == 0);
}
