/* mailhead - see mailhead.h. */
#include "mailhead.h"

#include <sodium.h>
#include <stdbool.h>
#include <string.h>

#include "clock.h"
#include "text.h"

#define LINE 76              /* RFC 2047: a line with an encoded word; RFC 2045: a line of base64 */
#define WORD_MAX 75
#define WORD_HEAD "=?UTF-8?B?"
#define WORD_TAIL "?="
#define WORD_FRAME (sizeof WORD_HEAD - 1 + sizeof WORD_TAIL - 1)
#define BASE64_LINE_BYTES (LINE / 4 * 3)

static int check(const char *value)
{
	if (!text_valid_utf8(value, strlen(value)))
		return err_set(ERR_INVALID, "header value is not UTF-8");
	for (const char *p = value; *p != '\0'; p++) {
		if ((unsigned char)*p < 0x20 || *p == 0x7f)
			return err_set(ERR_INVALID, "header value with a control character");
	}
	return 0;
}

/* True when it can stand as it is: ASCII words with one space between, none too long for a line, nothing that looks
 * encoded. */
static bool is_plain(const char *value)
{
	size_t word = 0;

	if (value[0] == '\0' || strstr(value, "=?") != NULL)
		return false;
	for (const char *p = value; *p != '\0'; p++) {
		if ((unsigned char)*p >= 0x80)
			return false;
		if (*p == ' ' && (word == 0 || p[1] == '\0'))
			return false;
		word = *p == ' ' ? 0 : word + 1;
		if (word > LINE - 2)
			return false;
	}
	return true;
}

/* Words of a plain value; col: what the line holds already. */
static void add_plain(struct str *o, size_t col, const char *value)
{
	bool first = true;

	while (*value != '\0') {
		size_t n = strcspn(value, " ");

		if (col + 1 + n > LINE && !first) {
			str_add(o, "\r\n");
			col = 0;
		}
		str_addc(o, ' ');
		str_addn(o, value, n);
		col += 1 + n;
		first = false;
		value += n + (value[n] == ' ');
	}
}

/* Bytes of whole characters at s, at most max. */
static size_t whole_chars(const char *s, size_t max)
{
	size_t n = strnlen(s, max + 1);

	if (n <= max)
		return n;
	n = max;
	while (n > 0 && ((unsigned char)s[n] & 0xC0) == 0x80)
		n--;
	return n;
}

static void add_base64(struct str *o, const char *s, size_t n)
{
	char out[sodium_base64_ENCODED_LEN(BASE64_LINE_BYTES, sodium_base64_VARIANT_ORIGINAL)];

	must(n <= BASE64_LINE_BYTES);
	sodium_bin2base64(out, sizeof out, (const unsigned char *)s, n, sodium_base64_VARIANT_ORIGINAL);
	str_add(o, out);
}

/* Returns the column after the last word. */
static size_t add_encoded(struct str *o, size_t col, const char *value)
{
	while (*value != '\0') {
		size_t room = LINE - col - 1, n;

		if (room > WORD_MAX)
			room = WORD_MAX;
		n = room > WORD_FRAME ? whole_chars(value, (room - WORD_FRAME) / 4 * 3) : 0;
		if (n == 0) {
			str_add(o, "\r\n");
			col = 0;
			continue;
		}
		str_addc(o, ' ');
		str_add(o, WORD_HEAD);
		add_base64(o, value, n);
		str_add(o, WORD_TAIL);
		col += 1 + WORD_FRAME + (n + 2) / 3 * 4;
		value += n;
		if (*value != '\0') {
			str_add(o, "\r\n");
			col = 0;
		}
	}
	return col;
}

int mailhead_text(struct str *o, const char *name, const char *value)
{
	int r = check(value);

	if (r < 0)
		return r;
	str_addf(o, "%s:", name);
	if (is_plain(value))
		add_plain(o, strlen(name) + 1, value);
	else
		add_encoded(o, strlen(name) + 1, value);
	str_add(o, "\r\n");
	return 0;
}

int mailhead_from(struct str *o, const char *name, const char *display, const char *address)
{
	const char *clean;
	size_t col;
	int r = check(display);

	if (r == 0)
		r = text_email(o->a, address, &clean);
	if (r < 0)
		return r;
	str_addf(o, "%s:", name);
	/* Always encoded: a plain display name would need the quoting rules of a phrase. */
	col = add_encoded(o, strlen(name) + 1, display);
	str_addf(o, "%s <%s>\r\n", col + 3 + strlen(clean) > LINE ? "\r\n" : "", clean);
	return 0;
}

int mailhead_to(struct str *o, const char *name, const char *const *addresses, size_t n)
{
	if (n == 0)
		return err_set(ERR_INVALID, "a mail to nobody");
	str_addf(o, "%s:", name);
	for (size_t i = 0; i < n; i++) {
		const char *clean;
		int r = text_email(o->a, addresses[i], &clean);

		if (r < 0)
			return r;
		str_addf(o, " %s%s\r\n", clean, i + 1 < n ? "," : "");
	}
	return 0;
}

void mailhead_date(struct str *o, int64_t at)
{
	static const char days[][4] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
	static const char months[][4] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
		"Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
	int32_t day = clock_day(at);
	int second = clock_second_of_day(at), y, m, d;

	clock_civil(day, &y, &m, &d);
	str_addf(o, "Date: %s, %d %s %d %02d:%02d:%02d +0800\r\n", days[clock_weekday(day) - 1], d, months[m - 1], y,
	         second / 3600, second / 60 % 60, second % 60);
}

void mailhead_body(struct str *o, const char *text)
{
	struct str crlf;

	/* A text's lines end with CRLF before it is encoded (RFC 2046). */
	str_init(&crlf, o->a, 2 * strlen(text));
	for (; *text != '\0'; text++)
		str_add(&crlf, *text == '\n' ? "\r\n" : (char[]){ *text, '\0' });
	for (size_t i = 0; i < crlf.len; i += BASE64_LINE_BYTES) {
		size_t left = crlf.len - i;

		add_base64(o, crlf.s + i, left < BASE64_LINE_BYTES ? left : BASE64_LINE_BYTES);
		str_add(o, "\r\n");
	}
}
