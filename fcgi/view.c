/* view - see view.h. */
#include "view.h"

#include <qrencode.h>
#include <string.h>
#include <strings.h>

/* The white border a reader needs, in modules. */
#define QR_QUIET 4

static const char *entity(unsigned char c)
{
	switch (c) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '"':
		return "&quot;";
	case '\'':
		return "&#39;";
	default:
		return NULL;
	}
}

/* Length of the control character at s that must not reach a page, or 0. Besides ASCII these are C1. */
static size_t control_len(const unsigned char *s)
{
	if ((*s < 0x20 && *s != '\t' && *s != '\n') || *s == 0x7F)
		return 1;
	if (*s == 0xC2 && s[1] >= 0x80 && s[1] <= 0x9F)
		return 2;
	return 0;
}

/* Escapes the n bytes at s, in as few pieces as possible. */
static void escape(struct str *o, const char *s, size_t n)
{
	const char *end = s + n, *from = s;

	while (s < end) {
		size_t drop = control_len((const unsigned char *)s);
		const char *e = drop ? "" : entity((unsigned char)*s);

		if (e) {
			str_addn(o, from, (size_t)(s - from));
			str_add(o, e);
			s += drop ? drop : 1;
			from = s;
		} else {
			s++;
		}
	}
	if (from < end)
		str_addn(o, from, (size_t)(end - from));
}

void view_text_s(struct str *o, const char *s)
{
	if (s)
		escape(o, s, strlen(s));
}

void view_html(struct str *o, struct safe_html h)
{
	if (h.html_)
		str_add(o, h.html_);
}

void view_int(struct str *o, long long n)
{
	str_addf(o, "%lld", n);
}

void view_uint(struct str *o, unsigned long long n)
{
	str_addf(o, "%llu", n);
}

static bool url_ok(const char *s)
{
	static const char *const schemes[] = { "http://", "https://", "mailto:", "tel:" };

	/* Browsers drop tabs and line breaks from addresses: "java\nscript:" and "/\n/host" must not pass. */
	for (const unsigned char *p = (const unsigned char *)s; *p; p++)
		if (*p <= 0x20 || *p == 0x7F || *p == '\\')
			return false;
	if (*s == '/')
		return s[1] != '/';
	if (*s == '?' || *s == '#')
		return true;
	for (size_t i = 0; i < sizeof(schemes) / sizeof(schemes[0]); i++)
		if (strncasecmp(s, schemes[i], strlen(schemes[i])) == 0)
			return true;
	return false;
}

void view_url_whole(struct str *o, struct url u)
{
	view_text_s(o, u.s && url_ok(u.s) ? u.s : "#");
}

void view_url_s(struct str *o, const char *s)
{
	static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

	for (; s && *s; s++) {
		if (strchr(plain, *s))
			str_addc(o, *s);
		else
			str_addf(o, "%%%02X", (unsigned char)*s);
	}
}

bool view_true_s(const char *s)
{
	return s && *s;
}

bool view_true_i(long long n)
{
	return n != 0;
}

bool view_true_p(const void *p)
{
	return p != NULL;
}

/* Escaped HTML is at most six times its text, plus a tag for each line. */
static size_t html_max(const char *text)
{
	return strlen(text) * 12 + 64;
}

/* Length of the line break at s (\n, \r\n, \r), or 0. */
static size_t break_len(const char *s)
{
	if (*s == '\r')
		return s[1] == '\n' ? 2 : 1;
	return *s == '\n';
}

struct safe_html view_paragraphs(struct arena *a, const char *text)
{
	bool open = false, wrote_line = false;
	struct str o;

	if (!text)
		text = "";
	str_init(&o, a, html_max(text) + 8 * strlen(text));
	while (*text) {
		size_t n = strcspn(text, "\r\n");

		if (strspn(text, " \t") >= n) {
			str_add(&o, open ? "</p>\n" : "");
			open = wrote_line = false;
		} else {
			str_add(&o, !open ? "<p>" : wrote_line ? "<br>\n" : "");
			escape(&o, text, n);
			open = wrote_line = true;
		}
		text += n;
		text += break_len(text);
	}
	str_add(&o, open ? "</p>\n" : "");
	return (struct safe_html){ o.s };
}

/* Length of the longest of the words that stands at s, or 0. */
static size_t word_at(const char *s, const char *words)
{
	size_t best = 0;

	while (*words) {
		size_t n = strcspn(words, " ");

		if (n > best && strncasecmp(s, words, n) == 0)
			best = n;
		words += n;
		words += strspn(words, " ");
	}
	return best;
}

struct safe_html view_marked(struct arena *a, const char *text, const char *words)
{
	const char *from;
	struct str o;

	text = text ? text : "";
	words = words ? words + strspn(words, " ") : "";
	str_init(&o, a, html_max(text) + 16 * strlen(text));
	for (from = text; *text;) {
		size_t n = word_at(text, words);

		if (!n) {
			text++;
			continue;
		}
		escape(&o, from, (size_t)(text - from));
		str_add(&o, "<mark>");
		escape(&o, text, n);
		str_add(&o, "</mark>");
		from = text += n;
	}
	escape(&o, from, (size_t)(text - from));
	return (struct safe_html){ o.s };
}

struct safe_html view_spans(struct arena *a, const char *text, const struct view_span *spans, size_t n)
{
	size_t at = 0, len = strlen(text);
	struct str o;

	str_init(&o, a, html_max(text) + 16 * n);
	for (size_t i = 0; i < n && spans[i].from >= at && spans[i].to <= len; i++) {
		escape(&o, text + at, spans[i].from - at);
		str_add(&o, "<mark>");
		escape(&o, text + spans[i].from, spans[i].to - spans[i].from);
		str_add(&o, "</mark>");
		at = spans[i].to;
	}
	escape(&o, text + at, len - at);
	return (struct safe_html){ o.s };
}

/* One run of black modules becomes one rectangle of the path. */
static void qr_row(struct str *o, const unsigned char *row, int width, int y)
{
	for (int x = 0, n; x < width; x += n) {
		for (n = 1; x + n < width && (row[x + n] & 1) == (row[x] & 1);)
			n++;
		if (row[x] & 1)
			str_addf(o, "M%d %dh%dv1H%dz", x + QR_QUIET, y + QR_QUIET, n, x + QR_QUIET);
	}
}

struct safe_html view_qr(struct arena *a, const char *text, const char *label)
{
	QRcode *qr = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M);
	struct str o;

	if (!qr)
		return (struct safe_html){ NULL };
	str_init(&o, a, html_max(label) + 512 + (size_t)qr->width * (size_t)qr->width * 16);
	str_addf(&o, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"",
		qr->width + 2 * QR_QUIET, qr->width + 2 * QR_QUIET);
	view_text_s(&o, label);
	str_add(&o, "\"><path fill=\"#fff\" d=\"M0 0h999v999H0z\"/><path d=\"");
	for (int y = 0; y < qr->width; y++)
		qr_row(&o, qr->data + y * qr->width, qr->width, y);
	str_add(&o, "\"/></svg>");
	QRcode_free(qr);
	return (struct safe_html){ o.s };
}

void view_query_add(struct str *o, const char *key, const char *value)
{
	if (!value || !*value)
		return;
	str_addc(o, o->s && strchr(o->s, '?') ? '&' : '?');
	view_url_s(o, key);
	str_addc(o, '=');
	view_url_s(o, value);
}
