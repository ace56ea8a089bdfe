/* A path and query: what is accepted means one thing only. */
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena *a = fuzz_arena();
	const char *s = (const char *)data, *path, *mark = memchr(s, '?', n);
	size_t path_n = mark != NULL ? (size_t)(mark - s) : n;
	struct params query;

	if (request_decode_path(a, s, path_n, &path) == 0) {
		must(path[0] == '/' && strstr(path, "//") == NULL && strstr(path, "/../") == NULL && strchr(path, '\\') == NULL);
		must(text_valid_utf8(path, strlen(path)) && strlen(path) <= path_n);
	}
	if (mark != NULL && request_parse_query(a, mark + 1, n - path_n - 1, &query) == 0)
		must(query.n <= REQUEST_PARAMS_MAX);
	if (request_own_path(arena_strndup(a, s, n)))
		must(n >= 1 && s[0] == '/' && memchr(s, '\r', strlen(arena_strndup(a, s, n))) == NULL);
	return 0;
}
