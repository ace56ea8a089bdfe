/* viewc_html - see viewc_html.h. One step function per context of the HTML. */
#include "viewc_html.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* First byte of Chinese characters and punctuation in UTF-8. */
#define WIDE 0xE2

void buf_addn(struct buf *b, const char *s, size_t n)
{
	if (b->len + n + 1 > b->cap) {
		b->cap = (b->len + n + 1) * 2;
		b->s = realloc(b->s, b->cap);
		if (!b->s)
			abort();
	}
	memcpy(b->s + b->len, s, n);
	b->len += n;
	b->s[b->len] = '\0';
}

void buf_add(struct buf *b, const char *s)
{
	buf_addn(b, s, strlen(s));
}

void buf_addf(struct buf *b, const char *fmt, ...)
{
	va_list ap;
	char *s;

	va_start(ap, fmt);
	if (vasprintf(&s, fmt, ap) < 0)
		abort();
	va_end(ap);
	buf_add(b, s);
	free(s);
}

void html_fail_at(struct html *h, int line, int col, const char *fmt, ...)
{
	va_list ap;
	char *s;

	if (h->error.len)
		return;
	va_start(ap, fmt);
	if (vasprintf(&s, fmt, ap) < 0)
		abort();
	va_end(ap);
	buf_addf(&h->error, "%s:%d:%d: error: %s", h->path, line, col, s);
	free(s);
}

bool html_at(const struct html *h, const char *s)
{
	size_t n = strlen(s);

	return (size_t)(h->end - h->p) >= n && strncasecmp(h->p, s, n) == 0;
}

/* Moves over one byte and returns it. Columns count characters, not bytes. */
static char take(struct html *h)
{
	char c = *h->p++;

	if (c == '\n') {
		h->line++;
		h->col = 1;
	} else if (((unsigned char)c & 0xC0) != 0x80) {
		h->col++;
	}
	return c;
}

void html_skip(struct html *h, size_t n)
{
	while (n-- && h->p < h->end)
		take(h);
}

bool html_is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static bool is_one_of(const char *s, const char *const *list)
{
	while (*list && strcmp(*list, s) != 0)
		list++;
	return *list != NULL;
}

/* White space waits until it is known what follows; the gap that a line break would make between two Chinese
 * characters is dropped. */
void html_write_space(struct html *h, bool before_wide)
{
	bool gap = h->space == '\n' && h->after_wide && before_wide;

	if (h->space && !gap && h->started)
		buf_addn(&h->lit, &h->space, 1);
	h->space = 0;
}

static void write_char(struct html *h, char c)
{
	html_write_space(h, (unsigned char)c >= WIDE);
	buf_addn(&h->lit, &c, 1);
	h->started = true;
	h->after_wide = (unsigned char)c >= WIDE || (h->after_wide && ((unsigned char)c & 0xC0) == 0x80);
}

/* ---- reading HTML: one function per context, each takes at least one byte ---- */

/* more: a placeholder follows, so that the host must be complete. */
static bool url_head_ok(const char *s, bool more)
{
	const char *host;

	if (*s == '/')
		return s[1] != '/' && s[1] != '\\';
	if (*s == '#' || *s == '?' || strncmp(s, "mailto:", 7) == 0 || strncmp(s, "tel:", 4) == 0)
		return true;
	if (strncmp(s, "https://", 8) != 0 && strncmp(s, "http://", 7) != 0)
		return false;
	host = strchr(s, ':') + 3;
	return *host && *host != '/' && (!more || strchr(host, '/'));
}

/* Called where the literal at the head of an address ends; more: a placeholder follows. */
static void url_literal_end(struct html *h, bool more)
{
	if (!h->cx.url || h->cx.url_begun || (more && !h->url_head[0]))
		return;
	if (!url_head_ok(h->url_head, more))
		html_fail(h, "the address in %s must begin with / # ? http:// https:// mailto: or tel:", h->cx.attr);
	h->cx.url_begun = true;
}

static void check_tag(struct html *h)
{
	static const char *const refused[] = { "style", "iframe", "frame", "object", "embed", "base", "applet", NULL };

	if (!h->cx.tag[0])
		html_fail(h, "tag without a name");
	if (is_one_of(h->cx.tag, refused))
		html_fail(h, "<%s> is not allowed", h->cx.tag);
}

static void check_attr(struct html *h)
{
	static const char *const refused[] = { "srcdoc", "http-equiv", "srcset", "ping", NULL };
	static const char *const urls[] = { "href", "src", "action", "formaction", "cite", "data", "poster", "background",
		"longdesc", "manifest", "xlink:href", NULL };
	const char *a = h->cx.attr;

	if (strncmp(a, "on", 2) == 0)
		html_fail(h, "inline handler %s=: put it into the script", a);
	else if (strcmp(a, "style") == 0)
		html_fail(h, "style= is not allowed: use a class");
	else if (is_one_of(a, refused))
		html_fail(h, "attribute %s is not allowed", a);
	h->cx.url = is_one_of(a, urls);
	h->cx.url_begun = false;
	h->url_head[0] = '\0';
}

static void tag_end(struct html *h)
{
	struct context *cx = &h->cx;
	const char *tag = cx->tag;

	write_char(h, take(h));
	cx->where = IN_TEXT;
	cx->attr[0] = '\0';
	cx->url = cx->url_begun = false;
	if (strcmp(tag, "pre") == 0)
		cx->pre = !cx->closing;
	if (!cx->closing && strcmp(tag, "script") == 0)
		cx->where = IN_SCRIPT;
	else if (!cx->closing && (strcmp(tag, "textarea") == 0 || strcmp(tag, "title") == 0))
		cx->where = IN_RCDATA;
	else
		cx->tag[0] = '\0';
	/* Browsers drop one line break after <textarea>; without this, what a person typed would lose its first. */
	if (cx->where == IN_RCDATA && strcmp(tag, "textarea") == 0)
		buf_add(&h->lit, "\n");
	cx->closing = false;
}

static void tag_begin(struct html *h)
{
	write_char(h, take(h));
	h->cx.closing = h->p < h->end && *h->p == '/';
	if (h->cx.closing)
		write_char(h, take(h));
	h->cx.tag[0] = '\0';
	h->cx.where = IN_TAG_NAME;
}

static void step_text(struct html *h)
{
	if (html_is_space(*h->p) && !h->cx.pre) {
		char c = take(h);

		if (h->space != '\n')
			h->space = c == '\n' ? '\n' : ' ';
	} else if (html_at(h, "<!--")) {
		h->cx.where = IN_COMMENT;
		html_skip(h, 4);
	} else if (html_at(h, "<!")) {
		h->cx.where = IN_DECL;
		write_char(h, take(h));
	} else if (*h->p == '<' && h->p + 1 < h->end && (isalpha((unsigned char)h->p[1]) || h->p[1] == '/')) {
		tag_begin(h);
	} else if (*h->p == '<') {
		html_fail(h, "a bare < in text: write &lt;");
	} else {
		write_char(h, take(h));
	}
}

static void step_rcdata(struct html *h)
{
	size_t n = strlen(h->cx.tag);

	if (html_at(h, "</") && (size_t)(h->end - h->p) > n + 2 && strncasecmp(h->p + 2, h->cx.tag, n) == 0)
		tag_begin(h);
	else
		buf_addn(&h->lit, (char[]){ take(h) }, 1);
}

static void step_script(struct html *h)
{
	if (html_at(h, "</script"))
		tag_begin(h);
	else if (html_is_space(*h->p))
		take(h);
	else
		html_fail(h, "inline script: put it into a file");
}

static void step_comment(struct html *h)
{
	if (html_at(h, "-->")) {
		html_skip(h, 3);
		h->cx.where = IN_TEXT;
	} else {
		take(h);
	}
}

static void step_decl(struct html *h)
{
	if (*h->p == '>')
		h->cx.where = IN_TEXT;
	write_char(h, take(h));
}

/* Adds c in lower case to a short name; too long is an error. */
static void add_lower(struct html *h, char *name, size_t size, char c)
{
	size_t n = strlen(name);

	if (n + 1 >= size) {
		html_fail(h, "name too long");
		return;
	}
	name[n] = (char)tolower((unsigned char)c);
	name[n + 1] = '\0';
}

static void step_tag_name(struct html *h)
{
	char c = *h->p;

	if (isalnum((unsigned char)c) || c == '-') {
		add_lower(h, h->cx.tag, sizeof(h->cx.tag), c);
		write_char(h, take(h));
	} else if (html_is_space(c) || c == '>' || c == '/') {
		check_tag(h);
		h->cx.where = IN_TAG;
	} else {
		html_fail(h, "bad character in a tag name");
	}
}

/* Spaces between attributes are dropped and one is written before each name, so that `{{#if x}}checked{{/if}}`
 * never sticks to its neighbour. */
static void step_tag(struct html *h)
{
	char c = *h->p;

	if (html_is_space(c)) {
		take(h);
	} else if (c == '>') {
		tag_end(h);
	} else if (html_at(h, "/>")) {
		write_char(h, take(h));
	} else if (isalpha((unsigned char)c)) {
		write_char(h, ' ');
		h->cx.attr[0] = '\0';
		h->cx.where = IN_ATTR_NAME;
	} else {
		html_fail(h, "bad character in a tag");
	}
}

static void step_attr_name(struct html *h)
{
	char c = *h->p;

	if (isalnum((unsigned char)c) || c == '-' || c == ':' || c == '_') {
		add_lower(h, h->cx.attr, sizeof(h->cx.attr), c);
		write_char(h, take(h));
		return;
	}
	check_attr(h);
	if (c == '=') {
		write_char(h, take(h));
		h->cx.where = IN_VALUE_START;
		return;
	}
	h->cx.where = IN_TAG;
	h->cx.attr[0] = '\0';
	h->cx.url = false;
}

static void step_value_start(struct html *h)
{
	char c = *h->p;

	if (c != '"' && c != '\'') {
		html_fail(h, "attribute value without quotes");
		return;
	}
	h->cx.quote = c;
	h->cx.where = IN_VALUE;
	write_char(h, take(h));
}

static void step_value(struct html *h)
{
	char c = *h->p;
	size_t n = strlen(h->url_head);

	if (c == h->cx.quote) {
		url_literal_end(h, false);
		h->cx.where = IN_TAG;
		h->cx.quote = '\0';
		h->cx.attr[0] = '\0';
		h->cx.url = h->cx.url_begun = false;
	} else if (h->cx.url && !h->cx.url_begun && n + 1 < sizeof(h->url_head)) {
		h->url_head[n] = (char)tolower((unsigned char)c);
		h->url_head[n + 1] = '\0';
	}
	buf_addn(&h->lit, (char[]){ take(h) }, 1);
}

void html_step(struct html *h)
{
	static void (*const steps[])(struct html *) = { [IN_TEXT] = step_text, [IN_RCDATA] = step_rcdata,
		[IN_SCRIPT] = step_script, [IN_COMMENT] = step_comment, [IN_DECL] = step_decl, [IN_TAG_NAME] = step_tag_name,
		[IN_TAG] = step_tag, [IN_ATTR_NAME] = step_attr_name, [IN_VALUE_START] = step_value_start,
		[IN_VALUE] = step_value };

	if ((unsigned char)*h->p < 0x20 && !html_is_space(*h->p))
		html_fail(h, "control character");
	else
		steps[h->cx.where](h);
}

void html_placeholder(struct html *h)
{
	static const char *const refused[] = { [IN_SCRIPT] = "a script", [IN_COMMENT] = "a comment",
		[IN_DECL] = "a declaration", [IN_TAG_NAME] = "a tag name", [IN_ATTR_NAME] = "an attribute name",
		[IN_VALUE_START] = "an unquoted attribute", [IN_VALUE] = NULL };

	/* A name may end where a block does: {{#if x}}checked{{/if}}. */
	if (h->cx.where == IN_ATTR_NAME && (html_at(h, "{{/") || html_at(h, "{{#e")))
		step_attr_name(h);
	if (refused[h->cx.where])
		html_fail(h, "placeholder in %s", refused[h->cx.where]);
	url_literal_end(h, true);
}

bool html_same(const struct context *a, const struct context *b)
{
	return a->where == b->where && a->quote == b->quote && a->closing == b->closing && a->pre == b->pre
		&& a->url == b->url && a->url_begun == b->url_begun && strcmp(a->tag, b->tag) == 0
		&& strcmp(a->attr, b->attr) == 0;
}
