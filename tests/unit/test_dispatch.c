/* From a request to a reply: the right page, only for whom it is, with nothing typed ever lost. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "dispatch.h"
#include "failure.h"
#include "log.h"

static struct arena *arena;
static struct request req;
static struct reply reply;
static struct page page;
static int page_answer;
static const char *page_param;

static const struct field fields[] = {
	{ "title", FIELD_LINE, .label = "标题", .max = 10, .required = true },
	{ "body", FIELD_TEXT, .label = "内容" },
	{ "secret", FIELD_SECRET, .label = "密码" },
};
static const struct form_def form = { fields, ARRAY_LEN(fields) };

static int show(struct page *p)
{
	page_param = p->param;
	str_add(&p->reply->body, "shown");
	return 0;
}

static int send_letter(struct page *p)
{
	if (page_answer != 0)
		return page_answer;
	return form_ok(p->form) ? reply_redirect(p->reply, "/done") : err_set(ERR_INVALID, "form");
}

#define ANYONE { WHO_ANYONE, CAP__MAX }
#define OFFICER { WHO_OFFICER, CAP__MAX }
static const struct page_row rows[] = {
	{ SITE_PUBLIC, METHOD_GET, "/open/:id", "open_show", show, ANYONE, &form_none, 0 },
	{ SITE_PUBLIC, METHOD_GET, "/open/new", "open_new", show, ANYONE, &form_none, 0 },
	{ SITE_PUBLIC, METHOD_GET, "/open/:id.json", "open_json", show, ANYONE, &form_none, 0 },
	{ SITE_PUBLIC, METHOD_POST, "/letters/:no/rate", "rate", show, ANYONE, &form_none, 100 },
	{ SITE_PUBLIC, METHOD_GET, "/letters", "letters", show, ANYONE, &form_none, 0 },
	{ SITE_PUBLIC, METHOD_POST, "/letters", "letter_send", send_letter, ANYONE, &form, 1000 },
	{ SITE_PUBLIC, METHOD_POST, "/api/v1/letters", "api_send", send_letter, ANYONE, &form, 1000 },
	{ SITE_DESK, METHOD_GET, "/queue", "queue", show, OFFICER, &form_none, 0 },
	{ SITE_DESK, METHOD_POST, "/reply", "ticket_reply", send_letter, OFFICER, &form, 1000 },
};

static int setup(void **state)
{
	(void)state;
	arena = arena_new((size_t)16 << 20);
	reply_init(arena, &reply);
	req = (struct request){ .path = "/", .target = "/", .rid = "t1", .host = "letters.example", .origin = "",
		.fetch_site = "", .if_none_match = "", .body = "" };
	page = (struct page){ .a = arena, .req = &req, .reply = &reply, .site = SITE_PUBLIC, .now = 1000 };
	page_answer = 0;
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

/* The next request of the same test. */
static void afresh(void **state)
{
	teardown(state);
	setup(state);
}

static size_t read_body(void *ctx, char *buf, size_t n)
{
	memcpy(buf, ctx, n);
	return n;
}

static void get(const char *path)
{
	req.path = req.target = path;
	dispatch(&page, 0, rows, ARRAY_LEN(rows), read_body, (void *)(uintptr_t)"");
}

static void post(const char *path, enum body_kind kind, const char *body)
{
	req.method = METHOD_POST;
	req.path = req.target = path;
	req.body_kind = kind;
	req.body_declared_bytes = strlen(body);
	dispatch(&page, 0, rows, ARRAY_LEN(rows), read_body, (void *)(uintptr_t)body);
}

static bool shows(const char *piece)
{
	return strstr(reply.body.s, piece) != NULL;
}

static void the_most_literal_page_is_found(void **state)
{
	static const struct { const char *path, *name, *param; } cases[] = {
		{ "/open/new", "open_new", "" }, { "/open/12", "open_show", "12" }, { "/open/12.json", "open_json", "12" },
		{ "/open/.json", "open_show", ".json" },
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		get(cases[i].path);
		assert_int_equal(reply.status, 200);
		assert_string_equal(page.row->name, cases[i].name);
		assert_string_equal(page_param, cases[i].param);
		afresh(state);
	}
}

static void what_is_not_there_is_404_and_the_wrong_method_405(void **state)
{
	static const char *const missing[] = { "/nothing", "/open", "/open/", "/open/1/2", "/letters/", "/queue" };

	for (size_t i = 0; i < ARRAY_LEN(missing); i++) {
		get(missing[i]);
		assert_int_equal(reply.status, 404);
		assert_true(shows("没有找到"));
		afresh(state);
	}
	get("/letters/7/rate");
	assert_int_equal(reply.status, 405);
	assert_non_null(strstr(reply.headers.s, "Allow: POST\r\n"));
	afresh(state);
	req.method = METHOD_OTHER;
	get("/letters");
	assert_int_equal(reply.status, 405);
	assert_non_null(strstr(reply.headers.s, "Allow: GET, HEAD, POST\r\n"));
	afresh(state);
	req.method = METHOD_HEAD;
	get("/letters");
	assert_int_equal(reply.status, 200);
}

static void a_bad_head_becomes_an_error_page(void **state)
{
	(void)state;
	dispatch(&page, err_set(ERR_BADREQ, "test"), rows, ARRAY_LEN(rows), read_body, NULL);
	assert_int_equal(reply.status, 400);
	assert_true(shows("请求的格式不对"));
	assert_true(shows("t1"));
}

static void a_post_from_another_site_is_refused(void **state)
{
	static const struct { const char *origin, *fetch_site; bool ok; } cases[] = {
		{ "", "", true }, { "null", "", true }, { "null", "same-origin", true }, { "http://letters.example", "", true },
		{ "https://letters.example", "", true }, { "http://evil.example", "", false }, { "", "none", true },
		{ "", "cross-site", false }, { "", "same-site", false }, { "http://letters.example", "cross-site", false },
		{ "http://letters.example.evil", "", false },
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		req.origin = cases[i].origin;
		req.fetch_site = cases[i].fetch_site;
		post("/letters", BODY_FORM, "title=a");
		assert_int_equal(reply.status, cases[i].ok ? 303 : 403);
		assert_false(shows("name=\"title\""));
		afresh(state);
	}
}

static void too_large_bodies_do_not_reach_the_page(void **state)
{
	char body[1002];

	(void)state;
	memset(body, 'a', sizeof(body) - 1);
	body[sizeof(body) - 1] = '\0';
	post("/letters", BODY_FORM, body);
	assert_int_equal(reply.status, 413);
}

static void what_was_typed_survives_an_error_that_passes(void **state)
{
	(void)state;
	page_answer = ERR_DB;
	post("/letters", BODY_FORM, "title=%3Cb%3E&body=%E8%B7%AF%E7%81%AF%0Ax&secret=hunter2&other=1");
	assert_int_equal(reply.status, 503);
	assert_non_null(strstr(reply.headers.s, "Retry-After: 30\r\n"));
	assert_true(shows("name=\"title\" value=\"&lt;b&gt;\""));
	assert_true(shows("路灯\nx</textarea>"));
	assert_false(shows("hunter2"));
	assert_false(shows("other"));
}

static void errors_of_the_api_are_json(void **state)
{
	post("/api/v1/letters", BODY_JSON, "{\"title\":\"\"}");
	assert_int_equal(reply.status, 422);
	assert_string_equal(reply.body.s, "{\"error\":{\"code\":\"INVALID\",\"message\":\"请填写标题\",\"field\":\"title\"}}");
	afresh(state);
	post("/api/v1/letters", BODY_JSON, "{");
	assert_int_equal(reply.status, 400);
	assert_true(shows("\"BADREQ\""));
	afresh(state);
	get("/api/v1/nothing");
	assert_int_equal(reply.status, 404);
	assert_true(shows("\"NOTFOUND\""));
}

static void the_desk_asks_to_log_in_and_comes_back(void **state)
{
	page.site = SITE_DESK;
	req.target = "/queue?unit=3";
	req.path = "/queue";
	dispatch(&page, 0, rows, ARRAY_LEN(rows), read_body, NULL);
	assert_int_equal(reply.status, 303);
	assert_non_null(strstr(reply.headers.s, "Location: /login?next=%2Fqueue%3Funit%3D3\r\n"));
	afresh(state);
	page.site = SITE_DESK;
	post("/reply", BODY_FORM, "title=a&body=long+draft&csrf=old");
	assert_int_equal(reply.status, 401);
	/* title=a&body=long%20draft, carried through the login. */
	assert_true(shows("name=\"held\" value=\"dGl0bGU9YSZib2R5PWxvbmclMjBkcmFmdA\""));
	assert_true(shows("name=\"held_to\" value=\"/reply\""));
	assert_false(shows("long draft"));
	assert_false(shows("value=\"old\""));
}

static void the_csrf_token_must_be_the_sessions(void **state)
{
	(void)state;
	page.csrf = "";
	assert_false(session_csrf_ok(&page, ""));
	assert_false(session_csrf_ok(&page, NULL));
	page.csrf = "abcd";
	assert_true(session_csrf_ok(&page, "abcd"));
	assert_false(session_csrf_ok(&page, "abce"));
	assert_false(session_csrf_ok(&page, "abc"));
	assert_false(session_csrf_ok(&page, NULL));
}

#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(the_most_literal_page_is_found),
		T(what_is_not_there_is_404_and_the_wrong_method_405),
		T(a_bad_head_becomes_an_error_page),
		T(a_post_from_another_site_is_refused),
		T(too_large_bodies_do_not_reach_the_page),
		T(what_was_typed_survives_an_error_that_passes),
		T(errors_of_the_api_are_json),
		T(the_desk_asks_to_log_in_and_comes_back),
		T(the_csrf_token_must_be_the_sessions),
	};

	log_init("test", LOG_ERROR - 1);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
