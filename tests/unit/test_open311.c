/* Documents of Open311: one tree in two forms. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "clock.h"
#include "open311_write.h"

static struct arena *a;
static struct reply r;

static int begin(void **state)
{
	(void)state;
	a = arena_new(64 << 20);
	reply_init(a, &r);
	return 0;
}

static int end(void **state)
{
	(void)state;
	arena_free(a);
	return 0;
}

static void times_are_utc_whatever_the_day_of_the_city(void **state)
{
	static const struct { const char *local, *utc; } cases[] = {
		{ "2026-09-29T16:00:05+08:00", "2026-09-29T08:00:05Z" }, { "2026-09-29T00:00:00+08:00", "2026-09-28T16:00:00Z" },
		{ "2028-03-01T07:59:59+08:00", "2028-02-29T23:59:59Z" }, { "2026-01-01T08:00:00+08:00", "2026-01-01T00:00:00Z" },
	};
	json_t *t;
	int64_t at;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_int_equal(clock_parse(cases[i].local, &at), 0);
		t = o311_time(a, at);
		assert_string_equal(json_string_value(t), cases[i].utc);
		json_decref(t);
	}
	assert_true(json_is_null(o311_time(a, TIME_NONE)));
}

static void what_xml_does_not_know_is_left_out(void **state)
{
	json_t *t = o311_text(a, "a\x01" "b\x0b\xEF\xBF\xBF" "c\n\td");

	(void)state;
	assert_string_equal(json_string_value(t), "abc\n\td");
	json_decref(t);
	assert_true(json_is_null(o311_text(a, "")) && json_is_null(o311_text(a, NULL)) && json_is_null(o311_text(a, "\x02")));
}

static void both_forms_say_the_same(void **state)
{
	json_t *list = json_pack("[{s:s, s:n, s:b, s:i, s:[{s:s}]}]", "service_request_id", "<1>&\"", "lat", "open", 1, "n", 7,
		"notes", "type", "x");

	(void)state;
	json_incref(list);
	assert_int_equal(o311_reply(&r, O311_XML, 200, "service_requests", list), 0);
	assert_non_null(strstr(r.body.s, "<service_requests><request><service_request_id>&lt;1&gt;&amp;&quot;</service_request_id><lat/>"
		"<open>true</open><n>7</n><notes><note><type>x</type></note></notes></request></service_requests>"));
	assert_string_equal(r.type, "text/xml; charset=utf-8");
	assert_int_equal(o311_reply(&r, O311_JSON, 200, "service_requests", list), 0);
	assert_string_equal(r.body.s, "[{\"service_request_id\":\"<1>&\\\"\",\"lat\":null,\"open\":true,\"n\":7,"
		"\"notes\":[{\"type\":\"x\"}]}]");
}

static void an_empty_list_is_an_empty_document(void **state)
{
	(void)state;
	assert_int_equal(o311_reply(&r, O311_XML, 200, "service_requests", json_array()), 0);
	assert_non_null(strstr(r.body.s, "<service_requests/>"));
}

static void errors_have_three_statuses_and_those_that_say_more(void **state)
{
	(void)state;
	assert_int_equal(o311_status(ERR_LOGIN), 403);
	assert_int_equal(o311_status(ERR_NOTFOUND), 404);
	assert_int_equal(o311_status(ERR_INVALID), 400);
	assert_int_equal(o311_status(ERR_TYPE), 400);
	assert_int_equal(o311_status(ERR_REUSED), 409);
	assert_int_equal(o311_status(ERR_SLOWDOWN), 429);
	assert_int_equal(o311_status(ERR_DB), 503);
}

static void the_form_is_told_by_the_end_of_the_path(void **state)
{
	(void)state;
	assert_int_equal(o311_form_of("/open311/v2/services.json"), O311_JSON);
	assert_int_equal(o311_form_of("/open311/v2/services.xml"), O311_XML);
	assert_int_equal(o311_form_of("/open311/v2/services"), O311_XML);
	assert_true(o311_below("/open311/v2/x") && !o311_below("/open311") && !o311_below("/open"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(times_are_utc_whatever_the_day_of_the_city, begin, end),
		cmocka_unit_test_setup_teardown(what_xml_does_not_know_is_left_out, begin, end),
		cmocka_unit_test_setup_teardown(both_forms_say_the_same, begin, end),
		cmocka_unit_test_setup_teardown(an_empty_list_is_an_empty_document, begin, end),
		cmocka_unit_test_setup_teardown(errors_have_three_statuses_and_those_that_say_more, begin, end),
		cmocka_unit_test_setup_teardown(the_form_is_told_by_the_end_of_the_path, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
