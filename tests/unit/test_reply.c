/* The answer: headers nobody can split, caching that is off unless asked for, redirects that stay here. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "conf.h"
#include "reply.h"

static struct arena *arena;
static struct reply reply;

static int setup(void **state)
{
	(void)state;
	arena = arena_new((size_t)16 << 20);
	reply_init(arena, &reply);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	conf.secure_cookies = false;
	arena_free(arena);
	return 0;
}

static const char *finish(bool head_only)
{
	size_t n = 0;
	const char *out = reply_finish(&reply, head_only, &n);

	assert_int_equal(strlen(out), n);
	return out;
}

static void a_page_is_not_cached_unless_it_says_so(void **state)
{
	(void)state;
	str_add(&reply.body, "<p>路灯</p>");
	assert_string_equal(finish(false), "Status: 200\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: 13\r\n"
		"Cache-Control: no-store\r\n\r\n<p>路灯</p>");
	reply_browser_keeps(&reply);
	assert_non_null(strstr(finish(false), "Cache-Control: private, no-cache\r\n"));
	reply_public_cache(&reply, 60);
	assert_non_null(strstr(finish(false), "Cache-Control: public, max-age=60\r\nVary: Cookie\r\n"));
	reply_public_fresh(&reply);
	assert_non_null(strstr(finish(false), "Cache-Control: public, no-cache\r\nVary: Cookie\r\n"));
	assert_null(strstr(finish(false), "X-Accel-Expires"));
	reply_status(&reply, 503);
	assert_non_null(strstr(finish(false), "Cache-Control: no-store\r\n"));
}

static int nothing_to_make(void *ctx, struct reply_out *out)
{
	(void)ctx;
	(void)out;
	return 0;
}

/* HEAD is answered before anybody knows how long it will be; the body's own head says it. */
static void a_long_body_announces_its_length_once_it_is_known(void **state)
{
	(void)state;
	reply_long(&reply, nothing_to_make, NULL);
	assert_null(strstr(finish(true), "Content-Length"));
	reply.long_bytes = 5000000000;
	assert_non_null(strstr(finish(true), "Content-Length: 5000000000\r\n"));
}

static void a_long_body_is_not_made_for_who_has_it_or_when_it_fails(void **state)
{
	(void)state;
	reply_long(&reply, nothing_to_make, NULL);
	assert_true(reply_tagged(&reply, "W/\"7\"", "W/\"7\""));
	assert_null(reply.long_make);
	assert_non_null(strstr(finish(false), "Status: 304\r\n"));
	reply_reset(&reply);
	reply_long(&reply, nothing_to_make, NULL);
	reply_reset(&reply);
	assert_null(reply.long_make);
	assert_non_null(strstr(finish(false), "Content-Length: 0\r\n"));
}

static void head_has_the_headers_only(void **state)
{
	const char *out;

	(void)state;
	str_add(&reply.body, "body");
	out = finish(true);
	assert_non_null(strstr(out, "Content-Length: 4\r\n"));
	assert_string_equal(strstr(out, "\r\n\r\n"), "\r\n\r\n");
}

static void redirects_stay_on_this_site(void **state)
{
	static const char *const bad[] = { "https://evil.example/", "//evil.example", "/\\evil", "letters", "",
		"/x\r\nSet-Cookie: sid=1" };

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(reply_redirect(&reply, bad[i]), ERR_BUG);
	assert_int_equal(reply.status, 200);
	assert_int_equal(reply.headers.len, 0);
	assert_int_equal(reply_redirect(&reply, "/letters/MS1?done=1"), 0);
	assert_int_equal(reply.status, 303);
	assert_string_equal(reply.headers.s, "Location: /letters/MS1?done=1\r\n");
}

static void an_unchanged_page_is_not_sent_again(void **state)
{
	const char *tag;

	(void)state;
	str_add(&reply.body, "same");
	reply_etag(&reply, "*");
	assert_int_equal(reply.status, 200);      /* not cacheable: no tag */
	assert_int_equal(reply.headers.len, 0);
	reply_public_cache(&reply, 60);
	reply_etag(&reply, "W/\"0123\"");
	assert_int_equal(reply.status, 200);
	tag = arena_strndup(arena, reply.headers.s + strlen("ETag: "), strlen(reply.headers.s) - strlen("ETag: \r\n"));
	reply_reset(&reply);
	str_add(&reply.body, "same");
	reply_public_cache(&reply, 60);
	reply_etag(&reply, arena_printf(arena, "\"x\", %s, \"y\"", tag));
	assert_int_equal(reply.status, 304);
	assert_null(strstr(finish(false), "same"));
	assert_null(strstr(finish(false), "Content-Length"));
}

/* What shows letters is known by a number that changes with each of them: nothing is made for who has it. */
static void a_tag_may_be_known_before_the_page_is(void **state)
{
	(void)state;
	assert_false(reply_tagged(&reply, "W/\"7-ab\"", "W/\"6-ab\""));
	str_add(&reply.body, "page");
	reply_etag(&reply, "*");
	assert_int_equal(reply.status, 200);
	assert_string_equal(reply.headers.s, "ETag: W/\"7-ab\"\r\n");
	reply_reset(&reply);
	assert_true(reply_tagged(&reply, "W/\"7-ab\"", "\"x\", \"7-ab\""));
	assert_int_equal(reply.status, 304);
	assert_non_null(strstr(finish(false), "Cache-Control: public, no-cache\r\n"));
}

static void errors_in_json_have_their_form(void **state)
{
	(void)state;
	err_clear();
	reply_json_error(&reply, ERR_INVALID, "title", "请填写标题");
	assert_int_equal(reply.status, 422);
	assert_string_equal(reply.body.s, "{\"error\":{\"code\":\"INVALID\",\"message\":\"请填写标题\",\"field\":\"title\"}}");
	reply_reset(&reply);
	reply_json_error(&reply, ERR_NOTFOUND, NULL, NULL);
	assert_int_equal(reply.status, 404);
	assert_non_null(strstr(reply.body.s, "\"field\":null"));
	assert_string_equal(reply.type, "application/json; charset=utf-8");
}

static void cookies_have_all_their_guards(void **state)
{
	(void)state;
	reply_cookie(&reply, "sid", "abc123");
	assert_string_equal(reply.headers.s, "Set-Cookie: sid=abc123; Path=/; HttpOnly; SameSite=Strict\r\n");
	conf.secure_cookies = true;
	reply_reset(&reply);
	reply_cookie(&reply, "sid", NULL);
	assert_string_equal(reply.headers.s,
		"Set-Cookie: __Host-sid=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0; Secure\r\n");
}

static void a_file_name_may_be_chinese(void **state)
{
	(void)state;
	reply_download(&reply, "公开 \"答复\"\r\n.csv");
	assert_string_equal(reply.headers.s, "Content-Disposition: attachment; filename=\"_________.csv\"; filename*=UTF-8''"
		"%E5%85%AC%E5%BC%80%20%22%E7%AD%94%E5%A4%8D%22%0D%0A.csv\r\n");
}

static void an_error_page_starts_from_nothing(void **state)
{
	(void)state;
	reply_cookie(&reply, "sid", "abc");
	reply_public_cache(&reply, 60);
	reply_status(&reply, 201);
	str_add(&reply.body, "half a page");
	reply_reset(&reply);
	assert_string_equal(finish(false), "Status: 200\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: 0\r\n"
		"Cache-Control: no-store\r\n\r\n");
}

static void a_body_past_its_ceiling_is_noticed(void **state)
{
	char *big = arena_alloc(arena, REPLY_BODY_MAX + 1);

	(void)state;
	memset(big, 'x', REPLY_BODY_MAX + 1);
	str_addn(&reply.body, big, REPLY_BODY_MAX + 1);
	assert_true(reply.body.over);
	reply_reset(&reply);
	str_add(&reply.body, "error page");
	assert_false(reply.body.over);
}

#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(a_page_is_not_cached_unless_it_says_so),
		T(a_long_body_announces_its_length_once_it_is_known),
		T(a_long_body_is_not_made_for_who_has_it_or_when_it_fails),
		T(head_has_the_headers_only),
		T(redirects_stay_on_this_site),
		T(an_unchanged_page_is_not_sent_again),
		T(a_tag_may_be_known_before_the_page_is),
		T(errors_in_json_have_their_form),
		T(cookies_have_all_their_guards),
		T(a_file_name_may_be_chinese),
		T(an_error_page_starts_from_nothing),
		T(a_body_past_its_ceiling_is_noticed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
