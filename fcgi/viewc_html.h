/* viewc_html - the half of viewc that reads HTML: knows at each byte in which context it stands.
 *
 * html_step() takes the next piece of plain HTML, adds it to `lit` (white space folded, comments dropped) and
 * moves the context on; what no page of ours may contain is an error. viewc.c handles {{ }} in between. */
#ifndef VIEWC_HTML_H
#define VIEWC_HTML_H

#include <stdbool.h>
#include <stddef.h>

struct buf {
	char *s;
	size_t len;
	size_t cap;
};

/* Running out of memory ends the program. */
void buf_add(struct buf *b, const char *s);
void buf_addn(struct buf *b, const char *s, size_t n);
void buf_addf(struct buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

enum where { IN_TEXT, IN_RCDATA, IN_SCRIPT, IN_COMMENT, IN_DECL, IN_TAG_NAME, IN_TAG, IN_ATTR_NAME, IN_VALUE_START,
	IN_VALUE };

/* Where in the HTML we are. */
struct context {
	enum where where;
	char quote;       /* of the attribute value */
	bool closing;     /* the tag is an end tag */
	bool pre;         /* inside <pre>: white space counts */
	bool url;         /* the attribute is an address */
	bool url_begun;   /* … and something stands in it already */
	char tag[24];
	char attr[24];
};

struct html {
	const char *src, *end, *p;
	const char *path;
	int line, col;
	struct context cx;
	char url_head[128];     /* the literal with which the address begins, in lower case */
	char space;             /* white space not yet written: 0, ' ' or '\n' */
	bool started;           /* something was written: white space before that is dropped */
	bool after_wide;        /* the last character written is a Chinese one */
	struct buf lit;         /* plain HTML not yet turned into C */
	struct buf error;
};

/* "path:line:col: error: …". The first one counts; the loops stop at it. */
void html_fail_at(struct html *h, int line, int col, const char *fmt, ...) __attribute__((format(printf, 4, 5)));
#define html_fail(h, ...) html_fail_at(h, (h)->line, (h)->col, __VA_ARGS__)

/* True when s comes next, in any case of letters. */
bool html_at(const struct html *h, const char *s);
void html_skip(struct html *h, size_t n);
bool html_is_space(char c);
/* Takes at least one byte, or fails. */
void html_step(struct html *h);
/* Writes white space still waiting; before_wide: a Chinese character follows. */
void html_write_space(struct html *h, bool before_wide);
/* Called at each {{: refuses it where nothing may be filled in, and closes the head of an address. */
void html_placeholder(struct html *h);
bool html_same(const struct context *a, const struct context *b);

#endif
