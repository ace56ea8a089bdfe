/* An urlencoded body, through the form. */
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena *a = fuzz_arena();
	struct params p;
	struct form f;

	if (request_parse_form(a, (const char *)data, n, &p) != 0)
		return 0;
	must(p.n <= REQUEST_PARAMS_MAX);
	for (size_t i = 0; i < p.n; i++)
		must(p.list[i].name[0] != '\0' && text_valid_utf8(p.list[i].value, strlen(p.list[i].value)));
	if (form_from_params(a, &fuzz_form, &p, &f) == 0)
		fuzz_check_form(&f);
	return 0;
}
