/* Cleaning: always valid, and doing it twice changes nothing; numbers and addresses in their one form. */
#include "fuzz.h"

static void check_twice(struct arena *a, int (*clean)(struct arena *, const char *, size_t, const char **), const char *s)
{
	const char *once, *twice;

	if (clean(a, s, 4096, &once) != 0)
		return;
	must(text_valid_utf8(once, strlen(once)) && text_graphemes(once) <= 4096);
	must(clean(a, once, 4096, &twice) == 0 && strcmp(once, twice) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena *a = fuzz_arena();
	const char *s = arena_strndup(a, (const char *)data, n), *out, *again;

	check_twice(a, text_clean_line, s);
	check_twice(a, text_clean_body, s);
	must(text_graphemes(s) <= n);
	(void)text_mask_name(a, s);
	(void)text_mask_phone(a, s);
	(void)text_cut(a, s, 3);
	if (text_phone(a, s, &out) == 0)
		must(out[strspn(out, "0123456789-")] == '\0' && text_phone(a, out, &again) == 0 && strcmp(out, again) == 0);
	if (text_email(a, s, &out) == 0)
		must(strpbrk(out, " \r\n,;<>\"") == NULL && text_email(a, out, &again) == 0 && strcmp(out, again) == 0);
	return 0;
}
