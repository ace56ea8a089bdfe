/* Output by type: nothing a person typed becomes markup, in no place; addresses lead only where they may. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "view.h"

static struct arena *arena;
static struct str out;

static int setup(void **state)
{
	(void)state;
	arena = arena_new((size_t)16 << 20);
	str_init(&out, arena, (size_t)1 << 20);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static const char *text_of(const char *s)
{
	str_cut(&out, 0);
	view_text(&out, s);
	return out.s;
}

static const char *url_of(const char *s)
{
	str_cut(&out, 0);
	view_url(&out, ((struct url){ s }));
	return out.s;
}

static void text_is_escaped(void **state)
{
	(void)state;
	assert_string_equal(text_of("<b a=\"1\" c='2'>&amp;"), "&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;amp;");
	assert_string_equal(text_of("您好，世界"), "您好，世界");
	assert_string_equal(text_of(NULL), "");
	str_cut(&out, 0);
	view_attr(&out, "\"><script>");
	assert_string_equal(out.s, "&quot;&gt;&lt;script&gt;");
}

static void control_characters_are_dropped(void **state)
{
	(void)state;
	assert_string_equal(text_of("a\x01\x08\x1b\x7f\rb\tc\nd"), "ab\tc\nd");
	assert_string_equal(text_of("a\xC2\x80\xC2\x9F\xC2\xA0z"), "a\xC2\xA0z");
	assert_string_equal(text_of("end\xC2"), "end\xC2");
}

static void numbers_of_all_widths(void **state)
{
	const struct { int i; unsigned u; long l; size_t z; int64_t n; long long ll; uint64_t un; } v = { -1, 2, -3, 4,
		INT64_MIN, 6, UINT64_MAX };

	(void)state;
	view_text(&out, v.i);
	view_text(&out, v.u);
	view_attr(&out, v.l);
	view_attr(&out, v.z);
	view_url_part(&out, v.ll);
	view_text(&out, v.n);
	view_text(&out, v.un);
	assert_string_equal(out.s, "-12-346-922337203685477580818446744073709551615");
}

static void addresses_are_checked(void **state)
{
	static const char *const good[] = { "/", "/open/1", "?a=b", "#top", "https://example.org/", "HTTP://example.org", "tel:110",
		"mailto:a@example.org" };
	static const char *const bad[] = { "", "//example.org", "/\\example.org", "\\\\example.org", "javascript:alert(1)",
		"JaVaScRiPt:alert(1)", " javascript:alert(1)", "java\nscript:alert(1)", "/\t/example.org", "/\n/example.org",
		"data:text/html,x", "vbscript:x", "open/1", "\x01javascript:x", "blob:x", "file:///etc/passwd" };

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		assert_string_equal(url_of(good[i]), good[i]);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_string_equal(url_of(bad[i]), "#");
	assert_string_equal(url_of(NULL), "#");
	assert_string_equal(url_of("/a?b=1&c=\"x\""), "/a?b=1&amp;c=&quot;x&quot;");
}

static void parts_of_addresses_stay_parts(void **state)
{
	(void)state;
	view_url_part(&out, "../a b/\"<>&?#%\xE4\xBD\xA0");
	assert_string_equal(out.s, "..%2Fa%20b%2F%22%3C%3E%26%3F%23%25%E4%BD%A0");
}

static void a_query_is_built(void **state)
{
	(void)state;
	str_add(&out, "/open");
	view_query_add(&out, "q", "路灯 &");
	view_query_add(&out, "type", "");
	view_query_add(&out, "unit", NULL);
	view_query_add(&out, "year", "2026");
	assert_string_equal(out.s, "/open?q=%E8%B7%AF%E7%81%AF%20%26&year=2026");
}

static void plain_text_becomes_paragraphs(void **state)
{
	static const struct { const char *text, *html; } cases[] = {
		{ "", "" },
		{ NULL, "" },
		{ "\n \n", "" },
		{ "一", "<p>一</p>\n" },
		{ "一\n二", "<p>一<br>\n二</p>\n" },
		{ "一\r\n二\r\n\r\n三", "<p>一<br>\n二</p>\n<p>三</p>\n" },
		{ "\n\n一\n\t\n\n<b>\n", "<p>一</p>\n<p>&lt;b&gt;</p>\n" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_string_equal(view_paragraphs(arena, cases[i].text).html_, cases[i].html);
}

static void many_short_lines_fit(void **state)
{
	char *text = arena_alloc(arena, 20001);
	const char *html;

	(void)state;
	for (size_t i = 0; i < 20000; i += 2)
		memcpy(text + i, "\"\n", 2);
	html = view_paragraphs(arena, text).html_;
	assert_true(str_ends(html, "</p>\n"));
	for (size_t i = 0; i < 19998; i += 3)
		memcpy(text + i, "&\n\n", 3);
	assert_true(str_ends(view_paragraphs(arena, text).html_, "</p>\n"));
}

static void found_words_are_marked(void **state)
{
	static const struct { const char *text, *words, *html; } cases[] = {
		{ "路灯不亮", "路灯", "<mark>路灯</mark>不亮" },
		{ "Wifi 和 WIFI", " wifi  和", "<mark>Wifi</mark> <mark>和</mark> <mark>WIFI</mark>" },
		{ "<路灯>", "<", "<mark>&lt;</mark>路灯&gt;" },
		{ "路灯", "", "路灯" },
		{ "路灯", NULL, "路灯" },
		{ "aab", "a aa", "<mark>aa</mark>b" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_string_equal(view_marked(arena, cases[i].text, cases[i].words).html_, cases[i].html);
}

static void a_qr_code_is_one_picture(void **state)
{
	char *long_text = arena_alloc(arena, 4001);
	const char *svg = view_qr(arena, "http://127.0.0.1:8080/track?number=MS-Z-20261121-00042-7", "a \"b\"").html_;

	(void)state;
	assert_true(str_starts(svg, "<svg "));
	assert_true(str_ends(svg, "</svg>"));
	assert_non_null(strstr(svg, "aria-label=\"a &quot;b&quot;\""));
	memset(long_text, 'x', 4000);
	assert_null(view_qr(arena, long_text, "").html_);
}

static void truth_of_values(void **state)
{
	const struct { const char *none, *empty, *some; bool on; int64_t zero, n; const struct str *p; } v = { NULL, "", "x",
		true, 0, 1LL << 40, &out };

	(void)state;
	assert_false(view_true(v.none));
	assert_false(view_true(v.empty));
	assert_true(view_true(v.some));
	assert_true(view_true(v.on));
	assert_false(view_true(v.zero));
	assert_true(view_true(v.n));
	assert_true(view_true(v.p));
	assert_false(view_true(!v.p));
}

/* No byte that can open a tag, close a value or begin an entity is left. */
static void assert_inert(const char *html)
{
	assert_null(strpbrk(html, "<>\"'"));
	for (const char *p = html; (p = strchr(p, '&')); p++)
		assert_true(str_starts(p, "&amp;") || str_starts(p, "&lt;") || str_starts(p, "&gt;") || str_starts(p, "&quot;")
			|| str_starts(p, "&#39;"));
}

static void check_hostile(const char *s)
{
	const char *url = url_of(s);
	char *lower = arena_strdup(arena, url);

	assert_inert(url);
	for (char *p = lower; *p; p++)
		*p = (char)(*p >= 'A' && *p <= 'Z' ? *p + 32 : *p);
	assert_false(str_starts(lower, "javascript:") || str_starts(lower, "//"));
	assert_inert(text_of(s));
	str_cut(&out, 0);
	view_url_part(&out, s);
	assert_null(strpbrk(out.s, "<>\"'&/?#: \t\r\n"));
	assert_null(strstr(view_paragraphs(arena, s).html_, "<script"));
}

/* The list of naughty strings, where it is at hand: MINSHENG_DATA names the folder with hostile/. */
static void naughty_strings_stay_text(void **state)
{
	const char *data = getenv("MINSHENG_DATA");
	json_t *list, *one;
	size_t i;

	(void)state;
	check_hostile("'\"><img src=x onerror=alert(1)>");
	check_hostile("</textarea><script>alert(1)</script>");
	check_hostile("javascript:/*--></title></style></textarea></script><svg/onload='+/\"/+/onmouseover=1/+'>");
	if (!data)
		return;
	list = json_load_file(arena_printf(arena, "%s/hostile/blns/blns.json", data), JSON_ALLOW_NUL, NULL);
	assert_non_null(list);
	json_array_foreach(list, i, one)
		check_hostile(json_string_value(one));
	assert_true(i > 400);
	json_decref(list);
}

#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(text_is_escaped),
		T(control_characters_are_dropped),
		T(numbers_of_all_widths),
		T(addresses_are_checked),
		T(parts_of_addresses_stay_parts),
		T(a_query_is_built),
		T(plain_text_becomes_paragraphs),
		T(many_short_lines_fit),
		T(found_words_are_marked),
		T(a_qr_code_is_one_picture),
		T(truth_of_values),
		T(naughty_strings_stay_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
