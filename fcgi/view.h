/* view - what templates may call: output by type, and the few ways to make a type.
 *
 * viewc turns each placeholder into one of the macros below, chosen by the context in the HTML; _Generic then
 * chooses by type, and a type that is not listed does not compile. Text is escaped, control characters are
 * dropped, NULL is written as nothing. Dates, words of states and so on arrive as text: page functions format
 * them, templates only place them. */
#ifndef VIEW_H
#define VIEW_H

#include <stdbool.h>
#include <stddef.h>

#include "arena.h"
#include "str.h"

/* HTML that goes out as it is. Only view.c fills html_. */
struct safe_html {
	const char *html_;
};

/* An address of ours or of others: a path beginning with one slash, ?, # , or http, https, mailto, tel.
 * Anything else is written as "#". */
struct url {
	const char *s;
};

/* {{ x }} in text */
#define view_text(o, x) _Generic((x), char *: view_text_s, const char *: view_text_s, \
	struct safe_html: view_html, VIEW_NUMBERS)(o, x)
/* {{ x }} in a quoted attribute, a <title> or a <textarea> */
#define view_attr(o, x) _Generic((x), char *: view_text_s, const char *: view_text_s, VIEW_NUMBERS)(o, x)
/* href="{{ x }}" */
#define view_url(o, x) _Generic((x), struct url: view_url_whole)(o, x)
/* href="/open/{{ x }}": percent-encoded, one part of a path or of a query */
#define view_url_part(o, x) _Generic((x), char *: view_url_s, const char *: view_url_s, VIEW_NUMBERS)(o, x)
/* {{#if x}}: text that is not empty, a number that is not 0, a pointer that is not NULL */
#define view_true(x) _Generic((x), char *: view_true_s, const char *: view_true_s, bool: view_true_i, \
	int: view_true_i, unsigned int: view_true_i, long: view_true_i, unsigned long: view_true_i, \
	long long: view_true_i, unsigned long long: view_true_i, default: view_true_p)(x)

#define VIEW_NUMBERS int: view_int, unsigned int: view_int, long: view_int, long long: view_int, \
	unsigned long: view_uint, unsigned long long: view_uint

void view_text_s(struct str *o, const char *s);
void view_html(struct str *o, struct safe_html h);
void view_int(struct str *o, long long n);
void view_uint(struct str *o, unsigned long long n);
void view_url_whole(struct str *o, struct url u);
void view_url_s(struct str *o, const char *s);
bool view_true_s(const char *s);
bool view_true_i(long long n);
bool view_true_p(const void *p);

/* Plain text as paragraphs: an empty line begins a new <p>, a line break is a <br>. */
struct safe_html view_paragraphs(struct arena *a, const char *text);
/* The text with each occurrence of the words (separated by spaces) in <mark>; letters match in any case. */
struct safe_html view_marked(struct arena *a, const char *text, const char *words);

/* The same where it is known which bytes are marked: in order, not overlapping. */
struct view_span { size_t from, to; };
struct safe_html view_spans(struct arena *a, const char *text, const struct view_span *spans, size_t n);

/* A QR code as SVG, black on white; label is read out instead of it. Empty when the text is too long for one. */
struct safe_html view_qr(struct arena *a, const char *text, const char *label);

/* Adds key=value to a query: `?` before the first, `&` before the others. Nothing when value is NULL or "".
 * For page functions that build the address of a filter or of the next page. */
void view_query_add(struct str *o, const char *key, const char *value);

#endif
