/* text - see text.h. Unicode data comes from libunistring; what is dropped and why is decided here. */
#include "text.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unictype.h>
#include <unigbrk.h>
#include <uninorm.h>
#include <unistr.h>

#include "str.h"

/* More combining marks on one letter than any script needs: text made to run over its neighbours. */
#define MARKS_MAX 8

static const uint8_t *u8(const char *s)
{
	return (const uint8_t *)s;
}

bool text_valid_utf8(const char *s, size_t n)
{
	return memchr(s, 0, n) == NULL && u8_check(u8(s), n) == NULL;
}

struct range { ucs4_t from, to; };

static bool is_in(ucs4_t c, const struct range *r, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (c >= r[i].from && c <= r[i].to)
			return true;
	}
	return false;
}

#define IN(c, table) is_in(c, table, sizeof(table) / sizeof((table)[0]))

/* What no letter needs. U+200C and U+200D stay: scripts and emoji need them. Private use stays: rare characters of
 * names are still written with it. */
static const struct range useless[] = {
	/* They turn the direction of text. */
	{ 0x061C, 0x061C }, { 0x200E, 0x200F }, { 0x202A, 0x202E }, { 0x2066, 0x2069 },
	/* Invisible. */
	{ 0x00AD, 0x00AD }, { 0x200B, 0x200B }, { 0x2060, 0x2064 }, { 0x206A, 0x206F },
	{ 0xFEFF, 0xFEFF }, { 0xFFF9, 0xFFFB }, { 0xE0000, 0xE007F },
	/* Letters that look empty. */
	{ 0x115F, 0x1160 }, { 0x3164, 0x3164 }, { 0xFFA0, 0xFFA0 }, { 0x2800, 0x2800 },
	/* No characters. */
	{ 0xFDD0, 0xFDEF }, { 0xFFFE, 0xFFFF },
};
static const struct range controls[] = { { 0x00, 0x1F }, { 0x7F, 0x9F } };
static const struct range line_ends[] = { { 0x0A, 0x0D }, { 0x85, 0x85 }, { 0x2028, 0x2029 } };
static const struct range spaces[] = {
	{ ' ', ' ' }, { '\t', '\t' }, { 0xA0, 0xA0 }, { 0x1680, 0x1680 }, { 0x2000, 0x200A }, { 0x202F, 0x202F },
	{ 0x205F, 0x205F }, { 0x3000, 0x3000 },
};
static const struct range dashes[] = { { '-', '-' }, { 0x2010, 0x2015 }, { 0x2212, 0x2212 } };

static void put(struct str *o, ucs4_t c)
{
	uint8_t buf[6];
	int n = u8_uctomb(buf, c, sizeof(buf));

	if (n > 0)
		str_addn(o, (const char *)buf, (size_t)n);
}

/* Next character of s; false at the end, or where it is not UTF-8. */
static bool next(const char **s, ucs4_t *ret_c)
{
	int n = u8_strmbtouc(ret_c, u8(*s));

	if (n <= 0)
		return false;
	*s += n;
	return true;
}

/* What both forms of cleaning leave out; *marks counts the run of combining marks. */
static bool dropped(ucs4_t c, int *marks)
{
	if (IN(c, useless) || IN(c, controls) || (c & 0xFFFE) == 0xFFFE)
		return true;
	if (c < 0x300 || !uc_is_general_category(c, UC_CATEGORY_M)) {
		*marks = 0;
		return false;
	}
	return ++*marks > MARKS_MAX;
}

static void strip_line(struct str *o, const char *s)
{
	bool gap = false;
	int marks = 0;
	ucs4_t c;

	while (next(&s, &c)) {
		if (IN(c, spaces) || IN(c, line_ends)) {
			gap = true;
			marks = 0;
			continue;
		}
		if (dropped(c, &marks))
			continue;
		if (gap && o->len > 0)
			str_addc(o, ' ');
		gap = false;
		put(o, c);
	}
}

static void cut_spaces(struct str *o, size_t from)
{
	size_t len = o->len;

	for (;;) {
		if (len > from && o->s[len - 1] == ' ')
			len--;
		else if (len >= from + 3 && memcmp(o->s + len - 3, "\xE3\x80\x80", 3) == 0)
			len -= 3;
		else
			break;
	}
	str_cut(o, len);
}

/* Ends the line that began at *line; *ends counts line ends without text between them. */
static void end_line(struct str *o, size_t *line, int *ends)
{
	cut_spaces(o, *line);
	if (o->len > 0 && ++*ends <= 3)
		str_addc(o, '\n');
	*line = o->len;
}

static void strip_body(struct str *o, const char *s)
{
	int ends = 0, marks = 0;
	size_t line = 0;
	ucs4_t c;

	while (next(&s, &c)) {
		if (c == '\r' && *s == '\n')
			continue;
		if (IN(c, line_ends)) {
			end_line(o, &line, &ends);
			marks = 0;
			continue;
		}
		if (IN(c, spaces)) {
			/* Of all spaces the wide one stays: it indents. */
			if (c == 0x3000 || o->len > 0)
				put(o, c == 0x3000 ? c : ' ');
			continue;
		}
		if (dropped(c, &marks))
			continue;
		ends = 0;
		put(o, c);
	}
	cut_spaces(o, line);
	while (o->len > 0 && o->s[o->len - 1] == '\n')
		str_cut(o, o->len - 1);
}

/* NFC, then the limits. */
static int finish(struct arena *a, const struct str *o, size_t max_graphemes, const char **ret)
{
	size_t n = 0;
	uint8_t *nfc;
	char *done;

	if (o->over)
		return err_set(ERR_TOOBIG, "text of %zu bytes", o->len);
	nfc = u8_normalize(UNINORM_NFC, u8(o->s), o->len, NULL, &n);
	if (nfc == NULL)
		return err_set(ERR_INVALID, "text cannot be normalised");
	done = arena_strndup(a, (const char *)nfc, n);
	free(nfc);
	if (u8_mbsnlen(u8(done), n) > 4 * max_graphemes + 16 || text_graphemes(done) > max_graphemes)
		return err_set(ERR_TOOBIG, "text over %zu characters", max_graphemes);
	*ret = done;
	return 0;
}

static int clean(struct arena *a, const char *s, size_t max_graphemes, void (*strip)(struct str *, const char *),
	const char **ret)
{
	size_t n = strlen(s);
	struct str o;

	if (u8_check(u8(s), n) != NULL)
		return err_set(ERR_INVALID, "text is not UTF-8");
	str_init(&o, a, n + 1);
	strip(&o, s);
	return finish(a, &o, max_graphemes, ret);
}

int text_clean_line(struct arena *a, const char *s, size_t max_graphemes, const char **ret_line)
{
	return clean(a, s, max_graphemes, strip_line, ret_line);
}

int text_clean_body(struct arena *a, const char *s, size_t max_graphemes, const char **ret_body)
{
	return clean(a, s, max_graphemes, strip_body, ret_body);
}

/* Walks the graphemes of n valid bytes: stops after `most` of them; *ret_end is the byte reached. The pairwise
 * u8_grapheme_next() would cut a family emoji in four, so all breaks are found at once. */
static size_t walk_graphemes(const char *s, size_t n, size_t most, size_t *ret_end)
{
	char *breaks = malloc(n + 1);
	size_t seen = 0, i = 0;

	must(breaks != NULL);
	u8_grapheme_breaks(u8(s), n, breaks);
	for (; i < n; i++) {
		if (i > 0 && breaks[i] == 0)
			continue;
		if (seen == most)
			break;
		seen++;
	}
	free(breaks);
	*ret_end = i;
	return seen;
}

size_t text_graphemes(const char *s)
{
	size_t n = strlen(s), end;

	return u8_check(u8(s), n) == NULL ? walk_graphemes(s, n, SIZE_MAX, &end) : 0;
}

/* The byte after the first n graphemes of valid s. */
static size_t grapheme_offset(const char *s, size_t n)
{
	size_t end;

	walk_graphemes(s, strlen(s), n, &end);
	return end;
}

const char *text_cut(struct arena *a, const char *s, size_t max_graphemes)
{
	size_t at;

	if (u8_check(u8(s), strlen(s)) != NULL)
		return "";
	at = grapheme_offset(s, max_graphemes);
	return s[at] == '\0' ? s : arena_printf(a, "%.*s…", (int)at, s);
}

size_t text_step(const char *s)
{
	unsigned char c = (unsigned char)*s;

	return c < 0x80 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
}

size_t text_characters(const char *s, size_t n)
{
	size_t count = 0;

	for (size_t i = 0; i < n; i++)
		count += ((unsigned char)s[i] & 0xc0) != 0x80;
	return count;
}

/* In place. */
static void lower(char *s)
{
	for (; *s != '\0'; s++) {
		if (*s >= 'A' && *s <= 'Z')
			*s = (char)(*s - 'A' + 'a');
	}
}

char *text_lower(struct arena *a, const char *s)
{
	char *copy = arena_strdup(a, s);

	lower(copy);
	return copy;
}

const char *text_fold_width(struct arena *a, const char *s)
{
	struct str o;
	ucs4_t c;

	str_init(&o, a, strlen(s) + 1);
	while (next(&s, &c)) {
		if (c >= 0xFF01 && c <= 0xFF5E)
			c -= 0xFEE0;
		else if (c == 0x3000)
			c = ' ';
		put(&o, c);
	}
	return o.s;
}

/* --- telephone numbers --- */

/* Digits and "+" stay, dashes and 转 (before an extension) become "-", spaces and brackets go; anything else: false. */
static bool phone_compact(struct str *o, const char *s)
{
	ucs4_t c;

	while (next(&s, &c)) {
		if (IN(c, dashes) || c == 0x8F6C || c == '#')
			str_addc(o, '-');
		else if (c < 0x80 && strchr("0123456789+", (int)c) != NULL)
			put(o, c);
		else if (!IN(c, spaces) && !IN(c, useless) && c != '(' && c != ')')
			return false;
	}
	return o->len > 0 && o->len <= 40;
}

static const char *digits_only(struct arena *a, const char *s)
{
	struct str o;

	str_init(&o, a, strlen(s) + 1);
	for (; *s != '\0'; s++) {
		if (*s != '-')
			str_addc(&o, *s);
	}
	return o.s;
}

static bool all_digits(const char *s)
{
	return *s != '\0' && s[strspn(s, "0123456789")] == '\0';
}

/* Length of the area code that digits begin with: 010, 02x, or four digits; 0 for none. */
static size_t area_code(const char *d)
{
	if (d[0] != '0' || d[1] == '\0' || d[2] == '\0')
		return 0;
	if (d[1] == '2' || (d[1] == '1' && d[2] == '0'))
		return 3;
	return d[1] >= '3' && d[1] <= '9' && d[3] != '\0' ? 4 : 0;
}

static bool landline_ok(const char *d, size_t area, size_t rest)
{
	return all_digits(d) && area > 0 && rest <= 8 && rest >= (area == 3 ? 8 : 7) && d[area] >= '2';
}

static int phone_landline(struct arena *a, const char *compact, bool country, const char **ret_phone)
{
	const char *last = strrchr(compact, '-'), *ext = "", *d = digits_only(a, compact);
	size_t area, rest;

	if (country && d[0] != '0')
		d = arena_printf(a, "0%s", d);
	area = area_code(d);
	rest = strlen(d) - area;
	if (last != NULL && rest > 8) {
		ext = last + 1;
		rest -= strlen(ext);
	}
	if (strlen(ext) > 6 || !landline_ok(d, area, rest))
		return err_set(ERR_INVALID, "not a telephone number");
	*ret_phone = arena_printf(a, "%.*s-%.*s%s%s", (int)area, d, (int)rest, d + area, *ext != '\0' ? "-" : "", ext);
	return 0;
}

/* The eleven digits of a mobile number, or NULL. */
static const char *phone_mobile(struct arena *a, const char *compact, bool country)
{
	const char *d = digits_only(a, compact);

	if (!country && strlen(d) == 13 && str_starts(d, "861"))
		d += 2;
	return strlen(d) == 11 && all_digits(d) && d[0] == '1' && d[1] >= '3' ? d : NULL;
}

int text_phone(struct arena *a, const char *s, const char **ret_phone)
{
	const char *p, *mobile;
	bool country;
	struct str o;

	if (strlen(s) > 200 || u8_check(u8(s), strlen(s)) != NULL)
		return err_set(ERR_INVALID, "not a telephone number");
	s = text_fold_width(a, s);
	str_init(&o, a, strlen(s) + 1);
	if (!phone_compact(&o, s))
		return err_set(ERR_INVALID, "not a telephone number");
	country = str_starts(o.s, "+86") || str_starts(o.s, "0086");
	p = o.s + (country ? strlen(o.s[0] == '+' ? "+86" : "0086") : 0);
	mobile = phone_mobile(a, p, country);
	if (mobile == NULL)
		return phone_landline(a, p, country, ret_phone);
	*ret_phone = mobile;
	return 0;
}

/* --- mail addresses --- */

static bool is_alnum(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool email_local_ok(const char *s, size_t n)
{
	if (n == 0 || n > 64 || s[0] == '.' || s[n - 1] == '.')
		return false;
	for (size_t i = 0; i < n; i++) {
		if (s[i] == '.' ? s[i + 1] == '.' : !is_alnum(s[i]) && strchr("!#$%&'*+/=?^_`{|}~-", s[i]) == NULL)
			return false;
	}
	return true;
}

/* One label of a domain: letters, digits and inner hyphens; the last one has a letter. */
static bool email_label_ok(const char *s, size_t n, bool last)
{
	bool letter = false;

	if (n == 0 || n > 63 || s[0] == '-' || s[n - 1] == '-')
		return false;
	for (size_t i = 0; i < n; i++) {
		if (!is_alnum(s[i]) && s[i] != '-')
			return false;
		letter = letter || s[i] > '9';
	}
	return letter || !last;
}

static bool email_domain_ok(const char *s)
{
	size_t n = strcspn(s, "."), labels = 1;

	for (; s[n] != '\0'; labels++) {
		if (!email_label_ok(s, n, false))
			return false;
		s += n + 1;
		n = strcspn(s, ".");
	}
	return labels > 1 && email_label_ok(s, n, true);
}

int text_email(struct arena *a, const char *s, const char **ret_email)
{
	const char *line, *at;
	char *mail;

	if (text_clean_line(a, s, 254, &line) != 0)
		return err_set(ERR_INVALID, "not a mail address");
	mail = arena_strdup(a, text_fold_width(a, line));
	at = strrchr(mail, '@');
	if (at == NULL || strlen(mail) > 254 || !email_local_ok(mail, (size_t)(at - mail)) || !email_domain_ok(at + 1))
		return err_set(ERR_INVALID, "not a mail address");
	lower(mail + (at - mail));
	*ret_email = mail;
	return 0;
}

/* --- masks --- */

const char *text_mask_phone(struct arena *a, const char *phone)
{
	const char *dash = strchr(phone, '-');
	size_t n = strlen(phone), head = 3, tail = 4;

	if (dash != NULL && (size_t)(dash - phone) <= 4)
		head = (size_t)(dash - phone) + 1;
	if (phone[0] == '\0')
		return "";
	if (phone[strspn(phone, "0123456789-+")] != '\0' || n < head + tail + 3)
		return "****";
	return arena_printf(a, "%.*s****%s", (int)head, phone, phone + n - tail);
}

const char *text_mask_name(struct arena *a, const char *name)
{
	if (u8_check(u8(name), strlen(name)) != NULL || name[0] == '\0')
		return "";
	return arena_printf(a, "%.*s**", (int)grapheme_offset(name, 1), name);
}
