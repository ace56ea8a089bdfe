/* str - see str.h. */
#include "str.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void str_init(struct str *o, struct arena *a, size_t max_bytes)
{
	*o = (struct str){ .a = a, .max = max_bytes };
	o->cap = max_bytes < 255 ? max_bytes + 1 : 256;
	o->s = arena_alloc(a, o->cap);
}

/* Room for n more bytes and the NUL; false (and over set) past the ceiling. */
static bool room(struct str *o, size_t n)
{
	size_t cap = o->cap;
	char *s;

	if (o->over || n > o->max - o->len) {
		o->over = true;
		return false;
	}
	if (o->len + n < cap)
		return true;
	while (o->len + n >= cap)
		cap *= 2;
	s = arena_alloc(o->a, cap);
	memcpy(s, o->s, o->len);
	o->s = s;
	o->cap = cap;
	return true;
}

void str_addn(struct str *o, const char *s, size_t n)
{
	if (!room(o, n))
		return;
	memcpy(o->s + o->len, s, n);
	o->len += n;
	o->s[o->len] = '\0';
}

void str_add(struct str *o, const char *s)
{
	str_addn(o, s, strlen(s));
}

void str_addc(struct str *o, char c)
{
	str_addn(o, &c, 1);
}

void str_addv(struct str *o, const char *fmt, va_list ap)
{
	va_list again;
	int n;

	va_copy(again, ap);
	n = vsnprintf(o->s + o->len, o->cap - o->len, fmt, ap);
	if (n < 0 || !room(o, (size_t)n)) {
		o->s[o->len] = '\0';
		o->over = true;
	} else {
		vsnprintf(o->s + o->len, (size_t)n + 1, fmt, again);
		o->len += (size_t)n;
	}
	va_end(again);
}

void str_addf(struct str *o, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	str_addv(o, fmt, ap);
	va_end(ap);
}

void str_cut(struct str *o, size_t len)
{
	if (len < o->len) {
		o->len = len;
		o->s[len] = '\0';
	}
}

bool str_starts(const char *s, const char *head)
{
	return strncmp(s, head, strlen(head)) == 0;
}

bool str_ends(const char *s, const char *tail)
{
	size_t n = strlen(s), m = strlen(tail);

	return n >= m && memcmp(s + n - m, tail, m) == 0;
}

bool str_eq(const char *a, const char *b)
{
	return a == b || (a && b && strcmp(a, b) == 0);
}

int str_to_int(const char *s, long long min, long long max, long long *ret)
{
	char *end;
	long long v;

	if (!s || !((*s >= '0' && *s <= '9') || (*s == '-' && s[1] >= '0' && s[1] <= '9')))
		return -1;
	errno = 0;
	v = strtoll(s, &end, 10);
	if (errno || *end || v < min || v > max)
		return -1;
	*ret = v;
	return 0;
}

char **str_split(struct arena *a, char *s, char sep, size_t *ret_n)
{
	size_t n = 1, i = 0;
	char **parts;

	for (const char *p = s; *p; p++)
		n += *p == sep;
	parts = arena_array(a, n, sizeof *parts);
	parts[i++] = s;
	for (char *p = s; *p; p++) {
		if (*p == sep) {
			*p = '\0';
			parts[i++] = p + 1;
		}
	}
	*ret_n = n;
	return parts;
}

char *str_hex(struct arena *a, const void *bytes, size_t n)
{
	static const char digits[] = "0123456789abcdef";
	const unsigned char *from = bytes;
	char *out = arena_alloc(a, 2 * n + 1);

	for (size_t i = 0; i < n; i++) {
		out[2 * i] = digits[from[i] >> 4];
		out[2 * i + 1] = digits[from[i] & 15];
	}
	return out;
}
