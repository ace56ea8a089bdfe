/* What a browser, or someone else, sends: decoded once, or refused. */
#include "unit.h"

#include <string.h>

#include "request.h"
#include "str.h"

#define N(x) (sizeof(x) / sizeof((x)[0]))

UNIT_ARENA(arena, (size_t)64 << 20);

static void fields_are_decoded(void **state)
{
	static const char body[] = "title=%E8%B7%AF%E7%81%AF+%2B1&empty=&flag&a%5Bb%5D=x&&last=%25";
	struct params p;

	(void)state;
	assert_int_equal(request_parse_form(arena, body, sizeof(body) - 1, &p), 0);
	assert_int_equal(p.n, 5);
	assert_string_equal(params_get(&p, "title"), "路灯 +1");
	assert_string_equal(params_get(&p, "empty"), "");
	assert_string_equal(params_get(&p, "flag"), "");
	assert_string_equal(params_get(&p, "a[b]"), "x");
	assert_string_equal(params_get(&p, "last"), "%");
	assert_null(params_get(&p, "other"));
}

static void broken_fields_are_refused(void **state)
{
	static const char *const cases[] = {
		"a=%", "a=%4", "a=%zz", "a=%00", "a=%C0%AE", "a=%ED%A0%80", "a=\xFF", "=x", "%=x", "a=1&=2",
	};
	struct params p;

	(void)state;
	for (size_t i = 0; i < N(cases); i++)
		assert_int_equal(request_parse_form(arena, cases[i], strlen(cases[i]), &p), ERR_BADREQ);
	assert_int_equal(request_parse_form(arena, "a=x\0y", 5, &p), ERR_BADREQ);
}

static void more_than_64_fields_are_too_many(void **state)
{
	struct params p;
	struct str o;

	(void)state;
	str_init(&o, arena, 1000);
	for (int i = 0; i < REQUEST_PARAMS_MAX; i++)
		str_add(&o, "a=1&");
	assert_int_equal(request_parse_form(arena, o.s, o.len, &p), 0);
	assert_int_equal(params_count(&p, "a"), REQUEST_PARAMS_MAX);
	str_add(&o, "a=1");
	assert_int_equal(request_parse_form(arena, o.s, o.len, &p), ERR_TOOBIG);
}

static void a_query_over_8_kib_is_too_big(void **state)
{
	char *s = arena_alloc(arena, REQUEST_QUERY_MAX + 2);
	struct params p;

	(void)state;
	memset(s, 'a', REQUEST_QUERY_MAX + 1);
	s[1] = '=';
	assert_int_equal(request_parse_query(arena, s, REQUEST_QUERY_MAX, &p), 0);
	assert_int_equal(request_parse_query(arena, s, REQUEST_QUERY_MAX + 1, &p), ERR_TOOBIG);
}

static void paths_with_tricks_are_refused(void **state)
{
	static const struct { const char *in, *out; } cases[] = {
		{ "/", "/" }, { "/letters/new", "/letters/new" }, { "/open/", "/open/" }, { "/a+b", "/a+b" },
		{ "/%E8%B7%AF", "/路" }, { "/%2525", "/%25" }, { "/.well-known/security.txt", "/.well-known/security.txt" },
		{ "/a..b", "/a..b" },
		{ "", NULL }, { "letters", NULL }, { "//", NULL }, { "//evil.example", NULL }, { "/a//b", NULL },
		{ "/..", NULL }, { "/../etc", NULL }, { "/a/./b", NULL }, { "/a/%2e%2e/b", NULL }, { "/.", NULL },
		{ "/%2f", NULL }, { "/a%2Fb", NULL }, { "/a%5cb", NULL }, { "/a\\b", NULL }, { "/%00", NULL },
		{ "/a%0d%0ab", NULL }, { "/%7f", NULL }, { "/%C0%AE", NULL }, { "/\xC0\xAE", NULL }, { "/%", NULL },
		{ "/%e8%b7", NULL },
	};
	const char *out;

	(void)state;
	for (size_t i = 0; i < N(cases); i++) {
		int rc = request_decode_path(arena, cases[i].in, strlen(cases[i].in), &out);

		assert_int_equal(rc, cases[i].out != NULL ? 0 : ERR_BADREQ);
		if (rc == 0)
			assert_string_equal(out, cases[i].out);
	}
}

static void cookies_are_read_and_doubles_dropped(void **state)
{
	static const char good[] = "sid=0123abc; size=large;x=1";
	static const char planted[] = "sid=mine; sid=planted; size=large";
	static const char broken[] = ";;; =x; a b=c; q=\"x\"; ok=1; n=a,b; =; trailing";
	struct params p;

	(void)state;
	request_parse_cookies(arena, good, sizeof(good) - 1, &p);
	assert_int_equal(p.n, 3);
	assert_string_equal(params_get(&p, "sid"), "0123abc");
	assert_string_equal(params_get(&p, "size"), "large");
	request_parse_cookies(arena, planted, sizeof(planted) - 1, &p);
	assert_null(params_get(&p, "sid"));
	assert_string_equal(params_get(&p, "size"), "large");
	request_parse_cookies(arena, broken, sizeof(broken) - 1, &p);
	assert_int_equal(p.n, 1);
	assert_string_equal(params_get(&p, "ok"), "1");
}

static void only_paths_of_ours_are_safe_to_go_to(void **state)
{
	static const char *const good[] = { "/", "/letters/MS2026?x=1&y=%E8", "/open#a" };
	static const char *const bad[] = { "", "x", "//evil.example", "/\\evil.example", "/a\r\nSet-Cookie: x", "/a b",
		"https://evil.example", "/路", "/<x>", "/a\"b" };

	(void)state;
	for (size_t i = 0; i < N(good); i++)
		assert_true(request_own_path(good[i]));
	for (size_t i = 0; i < N(bad); i++)
		assert_false(request_own_path(bad[i]));
}

/* --- whole requests, from a table of parameters and a body --- */

struct sent { const char *const *pairs; const char *body; size_t at; size_t most; };

static const char *sent_param(void *ctx, const char *name)
{
	const struct sent *s = ctx;

	for (size_t i = 0; s->pairs[i] != NULL; i += 2) {
		if (strcmp(s->pairs[i], name) == 0)
			return s->pairs[i + 1];
	}
	return NULL;
}

/* Hands the body over in small pieces, as a socket may. */
static size_t sent_read(void *ctx, char *buf, size_t n)
{
	struct sent *s = ctx;
	size_t left = strlen(s->body + s->at);

	n = n < left ? n : left;
	n = n < s->most ? n : s->most;
	memcpy(buf, s->body + s->at, n);
	s->at += n;
	return n;
}

static int receive(struct sent *s, size_t max, struct request *ret)
{
	int rc = request_read_head(arena, sent_param, s, ret);

	return rc != 0 ? rc : request_read_body(arena, ret, max, sent_read, s);
}

#define FORM "application/x-www-form-urlencoded"

static void a_post_is_read_whole(void **state)
{
	static const char *const pairs[] = { "REQUEST_METHOD", "POST", "REQUEST_URI", "/letters/new?step=2",
		"CONTENT_TYPE", FORM "; charset=UTF-8", "CONTENT_LENGTH", "11", "REMOTE_ADDR", "192.0.2.7",
		"HTTP_HOST", "example.org", "REQUEST_ID", "4f2a", "HTTP_COOKIE", "size=large", NULL };
	struct sent s = { pairs, "a=1&b=hello", 0, 3 };
	struct request req;

	(void)state;
	assert_int_equal(receive(&s, 1000, &req), 0);
	assert_int_equal(req.method, METHOD_POST);
	assert_string_equal(req.path, "/letters/new");
	assert_string_equal(req.target, "/letters/new?step=2");
	assert_string_equal(params_get(&req.query, "step"), "2");
	assert_string_equal(params_get(&req.form, "b"), "hello");
	assert_string_equal(params_get(&req.cookies, "size"), "large");
	assert_string_equal(req.client, "192.0.2.7");
	assert_string_equal(req.rid, "4f2a");
	assert_string_equal(req.origin, "");
}

static void bodies_that_do_not_fit_are_refused(void **state)
{
	static const struct { const char *type, *length, *body; int rc; } cases[] = {
		{ FORM, "3", "a=1", 0 }, { FORM, "4", "a=1", ERR_BADREQ }, { FORM, "-1", "", ERR_BADREQ },
		{ FORM, "+3", "a=1", ERR_BADREQ }, { FORM, "3x", "a=1", ERR_BADREQ }, { FORM, "101", "", ERR_TOOBIG },
		{ FORM, "99999999999999999999", "", ERR_BADREQ }, { FORM, "", "", 0 }, { "", "", "", 0 },
		{ "", "3", "a=1", ERR_TYPE }, { "multipart/form-data; boundary=x", "3", "a=1", ERR_TYPE },
		{ "text/plain", "3", "a=1", ERR_TYPE }, { "Application/JSON", "2", "{}", 0 },
		{ "application/jsonx", "2", "{}", ERR_TYPE }, { "application/x-www-form-urlencode", "1", "a", ERR_TYPE },
	};

	(void)state;
	for (size_t i = 0; i < N(cases); i++) {
		const char *const pairs[] = { "REQUEST_METHOD", "POST", "REQUEST_URI", "/x", "CONTENT_TYPE", cases[i].type,
			"CONTENT_LENGTH", cases[i].length, NULL };
		struct sent s = { pairs, cases[i].body, 0, 100 };
		struct request req;

		assert_int_equal(receive(&s, 100, &req), cases[i].rc);
	}
}

static void a_bad_head_still_has_what_an_error_page_needs(void **state)
{
	static const char *const pairs[] = { "REQUEST_METHOD", "GET", "REQUEST_URI", "/a%2fb", "REQUEST_ID", "bad id\n", NULL };
	struct sent s = { pairs, "", 0, 1 };
	struct request req;

	(void)state;
	assert_int_equal(receive(&s, 0, &req), ERR_BADREQ);
	assert_string_equal(req.path, "/");
	assert_string_equal(req.target, "/");
	assert_int_equal(strlen(req.rid), 16);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fields_are_decoded),
		cmocka_unit_test(broken_fields_are_refused),
		cmocka_unit_test(more_than_64_fields_are_too_many),
		cmocka_unit_test(a_query_over_8_kib_is_too_big),
		cmocka_unit_test(paths_with_tricks_are_refused),
		cmocka_unit_test(cookies_are_read_and_doubles_dropped),
		cmocka_unit_test(only_paths_of_ours_are_safe_to_go_to),
		cmocka_unit_test(a_post_is_read_whole),
		cmocka_unit_test(bodies_that_do_not_fit_are_refused),
		cmocka_unit_test(a_bad_head_still_has_what_an_error_page_needs),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
