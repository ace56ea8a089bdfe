/* Forms: typed values, or everything that is wrong at once. */
#include "unit.h"

#include <string.h>

#include "clock.h"
#include "form.h"
#include "str.h"

UNIT_ARENA(arena, (size_t)64 << 20);

static const char *const types[] = { "complaint", "consultation", NULL };
static const struct field fields[] = {
	{ "type", FIELD_CHOICE, .label = "信件类型", .choices = types, .required = true },
	{ "title", FIELD_LINE, .label = "标题", .min = 4, .max = 10, .required = true },
	{ "body", FIELD_TEXT, .label = "内容", .min = 5, .max = 20, .required = true, .missing = "请写明您的诉求" },
	{ "contact.phone", FIELD_PHONE, .label = "手机号码" },
	{ "contact.email", FIELD_EMAIL, .label = "电子邮箱" },
	{ "publish", FIELD_BOOL, .label = "公开" },
	{ "agree", FIELD_BOOL, .label = "须知", .required = true },
	{ "days", FIELD_INT, .label = "天数", .min = 1, .max = 60 },
	{ "on", FIELD_DATE, .label = "日期" },
	{ "token", FIELD_TOKEN, .label = "查询码", .min = 4, .max = 24 },
	{ "letter", FIELD_LIST, .label = "信件", .max = 3 },
	{ "password", FIELD_SECRET, .label = "密码", .min = 4 },
	{ "website", FIELD_TRAP, .label = "网址" },
};
static const struct form_def def = { fields, ARRAY_LEN(fields) };

static struct form *typed(const char *body)
{
	struct form *f = ARENA_NEW(arena, struct form);
	struct params p;

	assert_int_equal(request_parse_form(arena, body, strlen(body), &p), 0);
	assert_int_equal(form_from_params(arena, &def, &p, f), 0);
	return f;
}

#define GOOD "type=complaint&title=路灯不亮&body=晚上看不见路&agree=1"

static void a_good_form_gives_typed_values(void **state)
{
	struct form *f = typed(GOOD "&contact.phone=138+0013+8000&contact.email=A@Example.ORG&publish=on&days=１５"
		"&on=2026年9月29日&token=ab-12&letter=7&letter=8&password=+pa ss+");
	const char *const *list;
	size_t n;

	(void)state;
	assert_true(form_ok(f));
	assert_string_equal(form_text(f, "type"), "complaint");
	assert_int_equal(form_choice(f, "type"), 0);
	assert_string_equal(form_text(f, "title"), "路灯不亮");
	assert_string_equal(form_text(f, "contact.phone"), "13800138000");
	assert_string_equal(form_raw(f, "contact.phone"), "138 0013 8000");
	assert_string_equal(form_text(f, "contact.email"), "A@example.org");
	assert_true(form_bool(f, "publish"));
	assert_int_equal(form_int(f, "days", 0), 15);
	assert_int_equal(form_day(f, "on"), clock_day_of(2026, 9, 29));
	assert_string_equal(form_text(f, "token"), "ab-12");
	list = form_list(f, "letter", &n);
	assert_int_equal(n, 2);
	assert_string_equal(list[1], "8");
	assert_string_equal(form_text(f, "password"), " pa ss ");
	assert_string_equal(form_raw(f, "password"), "");
	assert_false(form_trapped(f));
}

static void absent_fields_have_their_defaults(void **state)
{
	struct form *f = typed(GOOD);
	size_t n = 9;

	(void)state;
	assert_true(form_ok(f));
	assert_null(form_text(f, "contact.phone"));
	assert_false(form_bool(f, "publish"));
	assert_int_equal(form_int(f, "days", 7), 7);
	assert_int_equal(form_day(f, "on"), DAY_NONE);
	form_list(f, "letter", &n);
	assert_int_equal(n, 0);
	assert_false(form_given(f, "days"));
	assert_string_equal(form_raw(f, "days"), "");
}

static void all_mistakes_are_found_at_once(void **state)
{
	struct form *f = typed("type=other&title=短&body=+&contact.phone=123&contact.email=x&days=61&on=2026-02-30"
		"&token=a b!&letter=1&letter=2&letter=3&letter=4&password=abc&website=http");

	(void)state;
	assert_false(form_ok(f));
	assert_int_equal(f->n_errors, 11);
	assert_string_equal(form_error(f, "type"), "信件类型请从列出的选项中选择");
	assert_string_equal(form_error(f, "title"), "标题至少要有 4 个字");
	assert_string_equal(form_error(f, "body"), "请写明您的诉求");
	assert_non_null(strstr(form_error(f, "contact.phone"), "手机号码不正确"));
	assert_non_null(form_error(f, "contact.email"));
	assert_string_equal(form_error(f, "agree"), "请确认须知");
	assert_string_equal(form_error(f, "days"), "天数应在 1 到 60 之间");
	assert_string_equal(form_error(f, "on"), "日期应是日期，如 2026-09-29");
	assert_string_equal(form_error(f, "letter"), "信件最多选 3 个");
	assert_non_null(form_error(f, "password"));
	assert_null(form_error(f, "publish"));
	assert_string_equal(form_raw(f, "title"), "短");
	assert_null(form_text(f, "title"));
	assert_true(form_trapped(f));
}

static void length_is_counted_as_people_do(void **state)
{
	struct form *f = typed("type=complaint&agree=1&title=👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦&body=一二三四五六七八九十一二三四五六七八九十一");

	(void)state;
	assert_null(form_error(f, "title"));
	assert_string_equal(form_error(f, "body"), "内容不能超过 20 个字，现在有 21 个字");
}

static void dates_are_read_in_the_ways_people_write_them(void **state)
{
	static const struct { const char *typed; bool ok; } cases[] = {
		{ "2026-09-29", true }, { "2026/9/29", true }, { "2026.9.29", true }, { "2026年9月29日", true },
		{ "２０２６－９－２９", true }, { "+2026-9-29+", true },
		{ "2026-13-01", false }, { "2026-02-29", false }, { "29-9", false }, { "2026-9-29x", false }, { "明天", false },
		{ "99999-1-1", false }, { "2026-9-29-1", false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct form *f = typed(arena_printf(arena, GOOD "&on=%s", cases[i].typed));

		assert_int_equal(form_error(f, "on") == NULL, cases[i].ok);
		assert_int_equal(form_day(f, "on"), cases[i].ok ? clock_day_of(2026, 9, 29) : DAY_NONE);
	}
}

static void a_repeated_scalar_is_refused(void **state)
{
	static const char body[] = "title=a&title=b";
	struct params p;
	struct form f;

	(void)state;
	assert_int_equal(request_parse_form(arena, body, sizeof(body) - 1, &p), 0);
	assert_int_equal(form_from_params(arena, &def, &p, &f), ERR_BADREQ);
}

static void the_same_form_reads_json(void **state)
{
	static const char body[] = "{\"type\":\"complaint\",\"title\":\"路灯不亮\",\"body\":\"晚上看不见路\",\"agree\":true,"
		"\"contact\":{\"phone\":\"13800138000\",\"email\":null},\"publish\":false,\"days\":3,\"letter\":[\"1\",\"2\"],"
		"\"unknown\":[1,{}]}";
	struct form f;
	size_t n;

	(void)state;
	assert_int_equal(form_from_json(arena, &def, body, sizeof(body) - 1, &f), 0);
	assert_true(form_ok(&f));
	assert_string_equal(form_text(&f, "contact.phone"), "13800138000");
	assert_null(form_text(&f, "contact.email"));
	assert_false(form_bool(&f, "publish"));
	assert_true(form_given(&f, "publish"));
	assert_int_equal(form_int(&f, "days", 0), 3);
	form_list(&f, "letter", &n);
	assert_int_equal(n, 2);
}

static void json_of_another_type_is_a_mistake_of_the_field(void **state)
{
	static const char body[] = "{\"type\":1,\"title\":[\"x\"],\"body\":{},\"agree\":1,\"contact\":\"x\",\"days\":1.5,"
		"\"letter\":[1]}";
	struct form f;

	(void)state;
	assert_int_equal(form_from_json(arena, &def, body, sizeof(body) - 1, &f), 0);
	assert_non_null(form_error(&f, "type"));
	assert_non_null(form_error(&f, "title"));
	assert_non_null(form_error(&f, "body"));
	assert_non_null(form_error(&f, "agree"));
	assert_non_null(form_error(&f, "days"));
	assert_non_null(form_error(&f, "letter"));
	assert_null(form_error(&f, "contact.phone"));
}

static void broken_json_is_a_bad_request(void **state)
{
	static const char *const cases[] = { "", "{", "[]", "\"x\"", "{\"a\":1,\"a\":2}", "{\"a\":\"\\u0000\"}", "{}x",
		"{\"a\":\"\xFF\"}", "nul" };
	struct form f;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		assert_int_equal(form_from_json(arena, &def, cases[i], strlen(cases[i]), &f), ERR_BADREQ);
}

static void the_domain_can_add_a_mistake(void **state)
{
	struct form f;

	(void)state;
	form_empty(arena, &def, &f);
	assert_true(form_ok(&f));
	form_set(&f, "title", "旧标题");
	assert_string_equal(form_raw(&f, "title"), "旧标题");
	form_fail(&f, "token", "查询码不对");
	form_fail(&f, "token", "只留第一条");
	assert_false(form_ok(&f));
	assert_int_equal(f.n_errors, 1);
	assert_string_equal(form_error(&f, "token"), "查询码不对");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_good_form_gives_typed_values),
		cmocka_unit_test(absent_fields_have_their_defaults),
		cmocka_unit_test(all_mistakes_are_found_at_once),
		cmocka_unit_test(length_is_counted_as_people_do),
		cmocka_unit_test(dates_are_read_in_the_ways_people_write_them),
		cmocka_unit_test(a_repeated_scalar_is_refused),
		cmocka_unit_test(the_same_form_reads_json),
		cmocka_unit_test(json_of_another_type_is_a_mistake_of_the_field),
		cmocka_unit_test(broken_json_is_a_bad_request),
		cmocka_unit_test(the_domain_can_add_a_mistake),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
