/* str - a growing string in an arena, with a ceiling.
 *
 * Used for pages, messages and files made in memory. Past the ceiling nothing more is added and `over` is
 * set: the caller checks once at the end. `s` is always NUL-terminated. */
#ifndef STR_H
#define STR_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#include "arena.h"

struct str {
	struct arena *a;
	char *s;
	size_t len;
	size_t cap;
	size_t max;
	bool over;
};

/* max_bytes: the ceiling. Memory lives in a. */
void str_init(struct str *o, struct arena *a, size_t max_bytes);
void str_add(struct str *o, const char *s);
void str_addn(struct str *o, const char *s, size_t n);
void str_addc(struct str *o, char c);
void str_addf(struct str *o, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void str_addv(struct str *o, const char *fmt, va_list ap) __attribute__((format(printf, 2, 0)));
/* Cuts back to len bytes (len <= o->len). */
void str_cut(struct str *o, size_t len);

/* True when s begins / ends with the given piece. */
bool str_starts(const char *s, const char *head);
bool str_ends(const char *s, const char *tail);
/* Equal; NULL equals only NULL. */
bool str_eq(const char *a, const char *b);
/* Bytes as small hex digits; "" for none. */
char *str_hex(struct arena *a, const void *bytes, size_t n);
/* Decimal, whole string, within [min, max]: 0 and *ret, else -1. */
int str_to_int(const char *s, long long min, long long max, long long *ret);
/* Splits s in place at each sep; returns the pieces (array in the arena), count in *ret_n. */
char **str_split(struct arena *a, char *s, char sep, size_t *ret_n);

#endif
