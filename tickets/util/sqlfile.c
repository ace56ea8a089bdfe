/* sqlfile - see sqlfile.h. */
#include "sqlfile.h"

#include <string.h>

#define STATEMENTS_MAX 2000

/* The end of the quoted text that begins at s, or NULL. A doubled quote inside is two quoted texts side by side. */
static const char *skip_quoted(const char *s)
{
	const char quote = *s;

	for (s++; *s; s++) {
		if (*s == '\\' && quote != '`' && s[1])
			s++;
		else if (*s == quote)
			return s + 1;
	}
	return NULL;
}

/* Past blanks and comments; NULL for an unclosed comment. */
static const char *skip_blank(const char *s)
{
	for (;;) {
		s += strspn(s, " \t\r\n");
		if (strncmp(s, "--", 2) == 0) {
			s += strcspn(s, "\n");
		} else if (strncmp(s, "/*", 2) == 0) {
			s = strstr(s + 2, "*/");
			if (!s)
				return NULL;
			s += 2;
		} else {
			return s;
		}
	}
}

/* The semicolon (or end of text) that ends the statement at s; NULL when a quote or comment is not closed. */
static const char *end_of(const char *s)
{
	while (*s && *s != ';') {
		if (*s == '\'' || *s == '"' || *s == '`')
			s = skip_quoted(s);
		else if (strncmp(s, "--", 2) == 0 || strncmp(s, "/*", 2) == 0)
			s = skip_blank(s);
		else
			s++;
		if (!s)
			return NULL;
	}
	return s;
}

int sqlfile_split(struct arena *a, const char *text, char ***ret, size_t *ret_n)
{
	char **list = arena_array(a, STATEMENTS_MAX, sizeof *list);
	size_t n = 0;

	for (const char *s = skip_blank(text); s && *s; s = skip_blank(s)) {
		const char *end = end_of(s);

		if (!end)
			return err_set(ERR_INVALID, "unclosed quote or comment in statement %zu", n + 1);
		if (n == STATEMENTS_MAX)
			return err_set(ERR_TOOBIG, "more than %d statements", STATEMENTS_MAX);
		if (end > s)
			list[n++] = arena_strndup(a, s, (size_t)(end - s));
		s = *end ? end + 1 : end;
	}
	*ret = list;
	*ret_n = n;
	return 0;
}
