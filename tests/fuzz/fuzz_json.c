/* A JSON body, through the form. */
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct form f;

	if (form_from_json(fuzz_arena(), &fuzz_form, (const char *)data, n, &f) == 0)
		fuzz_check_form(&f);
	return 0;
}
