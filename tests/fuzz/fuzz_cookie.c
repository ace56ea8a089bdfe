/* A Cookie header: nothing double, nothing that could not stand in a header. */
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct params p;

	request_parse_cookies(fuzz_arena(), (const char *)data, n, &p);
	must(p.n <= REQUEST_PARAMS_MAX);
	for (size_t i = 0; i < p.n; i++) {
		must(params_count(&p, p.list[i].name) == 1);
		must(strpbrk(p.list[i].name, " ;=,\r\n") == NULL && strpbrk(p.list[i].value, " ;,\"\\\r\n") == NULL);
	}
	return 0;
}
