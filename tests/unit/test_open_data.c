/* One letter in each form of the open data, the feed, and the catalogue of what there is to take. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "clock.h"
#include "open_dataset.h"
#include "open_write.h"

static struct arena *a;
static struct q_pub_full_page row;
static struct open_one one;

static int begin(void **state)
{
	(void)state;
	a = arena_new(1 << 22);
	row = (struct q_pub_full_page){ .id = 12, .no = "MS-T-20261102-000001-1", .type = "complaint", .title = "路灯不亮",
		.body = "七盏路灯\n不亮", .reply = "=已修好", .unit_name = "市城市管理局", .accepted_on = clock_day_of(2026, 11, 2),
		.replied_on = clock_day_of(2026, 11, 6), .workdays = 4, .result_code = "solved", .published_at = 1762504320,
		.received_on = clock_day_of(2026, 11, 2), .first_at = 1762417920, .state = "replied", .grade = 5, .helpers = "",
		.form = "full" };
	one = (struct open_one){ .row = &row, .link = "https://x.invalid/open/12", .topic = "street_lamp",
		.topic_name = "路灯照明", .grade = "很满意" };
	return 0;
}

static int end(void **state)
{
	(void)state;
	arena_free(a);
	return 0;
}

/* Cells of a line without quotes in it. */
static size_t cells(const char *line)
{
	size_t n = 1;

	for (; *line != '\0' && *line != '\r'; line++)
		n += *line == ',';
	return n;
}

static void every_field_is_in_the_json_under_its_name(void **state)
{
	json_t *o = open_json(a, &one);

	(void)state;
	for (int i = 0; i < OPEN__MAX; i++) {
		if (json_object_get(o, open_field_rows[i].name) == NULL)
			fail_msg("%s is missing", open_field_rows[i].name);
	}
	assert_string_equal(json_string_value(json_object_get(o, "topic_name")), "路灯照明");
	assert_true(json_is_null(json_object_get(o, "place")));
	assert_true(json_is_null(json_object_get(o, "helpers")));
	assert_int_equal(json_integer_value(json_object_get(o, "grade")), 5);
	assert_string_equal(json_string_value(json_object_get(o, "status_name")), "已答复");
	json_decref(o);
}

static void json_as_text_is_the_same(void **state)
{
	json_t *o = open_json(a, &one), *read;
	struct str s;

	(void)state;
	str_init(&s, a, 65536);
	open_json_text(&s, a, &one);
	read = json_loads(s.s, 0, NULL);
	assert_non_null(read);
	assert_true(json_equal(o, read));
	json_decref(o);
	json_decref(read);
}

static void a_row_has_a_cell_for_each_column(void **state)
{
	struct str head, line;

	(void)state;
	str_init(&head, a, 65536);
	open_csv_head(&head);
	assert_true(str_starts(head.s, "\xEF\xBB\xBF编号,类型,标题,受理日期,答复日期,答复单位,来信内容,答复内容,办理结果,链接,"));
	assert_int_equal(cells(head.s), OPEN__MAX);
	str_init(&line, a, 65536);
	open_csv_row(&line, a, &one);
	assert_non_null(strstr(line.s, ",\"七盏路灯\n不亮\",\"'=已修好\",已解决,https://x.invalid/open/12,"));
	assert_int_equal(cells(strstr(line.s, "https://")), OPEN__MAX - OPEN_link);
	assert_true(str_ends(line.s, "\r\n"));
}

static void a_letter_without_anything_that_may_be_missing_is_written_too(void **state)
{
	struct q_pub_full_page bare = row;
	struct open_one less = { .row = &bare, .link = "https://x.invalid/open/12", .grade = "" };
	struct str o;
	json_t *v;

	(void)state;
	bare.result_code = NULL;
	bare.grade = 0;
	bare.body = "";
	bare.helpers = "";
	str_init(&o, a, 65536);
	open_csv_row(&o, a, &less);
	assert_non_null(strstr(o.s, ",,https://x.invalid/open/12,2026-11-02,已答复,,,,4,,全文,"));
	v = open_json(a, &less);
	assert_true(json_is_null(json_object_get(v, "result")) && json_is_null(json_object_get(v, "question")));
	assert_true(json_is_null(json_object_get(v, "grade")) && json_is_null(json_object_get(v, "topic")));
	json_decref(v);
}

static void a_feed_names_itself_its_pages_and_what_is_gone(void **state)
{
	struct open_feed feed = { .title = "公开", .author = "市政府", .id = "https://x.invalid/open.atom",
		.home = "https://x.invalid/open?q=a&b", .self = "https://x.invalid/open.atom?cursor=20261101-3",
		.first = "https://x.invalid/open.atom", .licence = "https://x.invalid/data/licence", .updated = 1762417920 };
	struct str o;

	(void)state;
	str_init(&o, a, 65536);
	open_atom_head(&o, &feed);
	open_atom_gone(&o, "https://x.invalid/open/9", 1762417920);
	open_atom_entry(&o, &one);
	open_atom_foot(&o);
	assert_non_null(strstr(o.s, "<id>https://x.invalid/open.atom</id>"));
	assert_non_null(strstr(o.s, "rel=\"self\" type=\"application/atom+xml\" href=\"https://x.invalid/open.atom?cursor=20261101-3\""));
	assert_non_null(strstr(o.s, "rel=\"first\""));
	assert_non_null(strstr(o.s, "rel=\"license\""));
	assert_non_null(strstr(o.s, "href=\"https://x.invalid/open?q=a&amp;b\""));
	assert_null(strstr(o.s, "rel=\"next\""));
	assert_non_null(strstr(o.s, "<at:deleted-entry ref=\"https://x.invalid/open/9\" when=\"2025-11-06T16:32:00+08:00\"/>"));
	assert_non_null(strstr(o.s, "<published>2025-11-06T16:32:00+08:00</published>"));
	assert_non_null(strstr(o.s, "<category term=\"street_lamp\" label=\"路灯照明\"/>"));
}

/* DCAT 3: a catalogue has a title and a publisher, each set a title, a licence and something to fetch. */
static void the_catalogue_says_what_where_and_under_which_licence(void **state)
{
	const struct dataset_part part = { "2026年全部，CSV", "/data/letters/2026.csv", "text/csv" };
	const struct dataset_about about = { .site = "https://x.invalid", .title = "开放数据", .words = "都在这里。", .publisher = "市政府",
		.contact_url = "https://x.invalid/letters/new", .licence_url = "https://x.invalid/data/licence", .parts = &part,
		.parts_n = 1 };
	json_t *o = open_dataset_dcat(a, &about), *set;
	size_t i, parts = 0;

	(void)state;
	assert_string_equal(json_string_value(json_object_get(o, "@type")), "dcat:Catalog");
	assert_int_equal(json_array_size(json_object_get(o, "dcat:dataset")), DATASET__MAX);
	json_array_foreach(json_object_get(o, "dcat:dataset"), i, set) {
		assert_non_null(json_object_get(set, "dct:title"));
		assert_non_null(json_object_get(set, "dct:license"));
		assert_non_null(json_object_get(set, "dct:accrualPeriodicity"));
		assert_true(json_array_size(json_object_get(set, "dcat:keyword")) > 0);
		parts += json_array_size(json_object_get(set, "dcat:distribution"));
	}
	assert_true(parts > 5);
	json_decref(o);
}

static void a_pattern_is_no_address(void **state)
{
	size_t patterns = 0;

	(void)state;
	for (size_t i = 0; i < dataset_files_n; i++) {
		patterns += dataset_is_pattern(&dataset_files[i]);
		assert_int_equal(dataset_files[i].path[0], '/');
	}
	assert_int_equal(patterns, 4);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_field_is_in_the_json_under_its_name),
		cmocka_unit_test(json_as_text_is_the_same),
		cmocka_unit_test(a_row_has_a_cell_for_each_column),
		cmocka_unit_test(a_letter_without_anything_that_may_be_missing_is_written_too),
		cmocka_unit_test(a_feed_names_itself_its_pages_and_what_is_gone),
		cmocka_unit_test(the_catalogue_says_what_where_and_under_which_licence),
		cmocka_unit_test(a_pattern_is_no_address),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
