/* What the patrol says of an answer. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "visit.h"

static void a_page_is_open_when_it_answers_well_and_is_that_page(void **state)
{
	static const struct { struct visit v; const char *holds, *why; } rows[] = {
		{ { 200, 12, "<h1>公开答复</h1>", "" }, "公开答复", "" },
		{ { 200, 12, "<h1>公开答复</h1>", "" }, "", "" },
		{ { 200, 12, "<h1>系统繁忙</h1>", "" }, "公开答复", "words" },
		{ { 503, 12, "<h1>公开答复</h1>", "" }, "公开答复", "status" },
		{ { 404, 12, "", "" }, "", "status" },
		{ { 0, 15000, "", "timeout" }, "", "timeout" },
		{ { 200, 15000, "half of a page", "timeout" }, "", "timeout" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		assert_string_equal(visit_failure(&rows[i].v, rows[i].holds), rows[i].why);
}

static void a_foot_names_seven_things(void **state)
{
	struct arena *a = arena_new((size_t)1 << 20);

	(void)state;
	assert_string_equal(visit_foot_missing(a, "<main>主办单位</main><footer>承办单位 联系方式 网站标识码 ICP备案号 公安备案号 "
		"我为政府网站找错</footer>"), "主办单位");
	assert_string_equal(visit_foot_missing(a, "<footer>主办单位 承办单位 联系方式 网站标识码 ICP备案号 公安备案号 "
		"我为政府网站找错</footer>"), "");
	assert_string_equal(visit_foot_missing(a, "<main>no foot at all</main>"),
		"主办单位、承办单位、联系方式、网站标识码、ICP备案号、公安备案号、我为政府网站找错");
	arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_page_is_open_when_it_answers_well_and_is_that_page),
		cmocka_unit_test(a_foot_names_seven_things),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
