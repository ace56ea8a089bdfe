/* Every event that somebody is told has its text, and writers read nothing they should not. */
#include "unit.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "clock.h"
#include "compose.h"
#include "conf.h"
#include "states.h"

UNIT_ARENA(arena, (size_t)32 << 20);
static const struct notice full = { .number = "MS-T-20261121-483920-7", .due = 20000, .unit = "市城管局", .today = 20000,
	.what = "网站可用性", .light = "红牌", .words = "最近 7 天访问 100 次，失败 5 次", .since = "2026-11-21 09:00" };

/* The steps of states.tbl with those whom they tell. */
static const struct { const char *action; unsigned told; } steps[] = {
#define W TOLD_WRITER
#define U TOLD_UNIT
#define O TOLD_OFFICE
#define H TOLD_HANDLER
#define STEP(from, action, to, guard, stops, starts, pauses, resumes, told) { #action, told },
#define PUBSTEP(from, action, to, guard, stops, told) { #action, told },
#include "states.tbl"
#undef W
#undef U
#undef O
#undef H
	{ "", 0 },
};

static const char *code_of(const char *action)
{
	static const char *const names[][2] = {
#define ACTION(name, code, button, told, needs) { #name, #code },
#include "states.tbl"
	};

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		if (strcmp(names[i][0], action) == 0)
			return names[i][1];
	}
	fail_msg("no action %s", action);
	return "";
}

static void every_event_has_a_text_of_its_own(void **state)
{
	static const struct { unsigned told; enum outbox_audience audience; } who[] = {
		{ TOLD_WRITER, OUTBOX_WRITER }, { TOLD_UNIT, OUTBOX_UNIT }, { TOLD_OFFICE, OUTBOX_OFFICE },
		{ TOLD_HANDLER, OUTBOX_HANDLER } };
	size_t n = 0;

	(void)state;
	for (size_t i = 0; steps[i].action[0] != '\0'; i++) {
		for (size_t k = 0; k < 4; k++) {
			if (!(steps[i].told & who[k].told))
				continue;
			assert_string_equal(compose_row(who[k].audience, code_of(steps[i].action))->event, code_of(steps[i].action));
			n++;
		}
	}
	assert_true(n > 40);
	for (size_t k = 1; k < 3; k++) {
		assert_string_equal(compose_row(who[k].audience, "due_soon")->event, "due_soon");
		assert_string_equal(compose_row(who[k].audience, "overdue")->event, "overdue");
	}
}

static void an_unknown_event_has_the_general_text(void **state)
{
	(void)state;
	assert_string_equal(compose_row(OUTBOX_WRITER, "something_new")->text_name, "news");
	assert_string_equal(compose_row(OUTBOX_UNIT, "something_new")->text_name, "desk_news");
	assert_string_equal(compose_row(OUTBOX_OFFICE, "something_new")->text_name, "desk_news");
}

/* Rows name clocks and roles by their codes. */
static void rows_name_clocks_and_roles_that_exist(void **state)
{
	size_t n;
	const struct compose_row *rows = compose_rows(&n);

	(void)state;
	for (size_t i = 0; i < n; i++) {
		if (strcmp(rows[i].due, "") != 0 && strcmp(rows[i].due, "answer") != 0 && strcmp(rows[i].due, "next") != 0)
			assert_int_not_equal(states_timer_from(rows[i].due), TIMER__MAX);
		if (rows[i].audience == OUTBOX_OFFICE)
			assert_true(access_role_from(rows[i].role) < ROLE_CITIZEN);
		else
			assert_string_equal(rows[i].role, "");
	}
}

static bool has(const char *text, const char *piece)
{
	return strstr(text, piece) != NULL;
}

static void every_row_becomes_a_message(void **state)
{
	size_t n;
	const struct compose_row *rows = compose_rows(&n);

	(void)state;
	for (size_t i = 0; i < n; i++) {
		const char *subject, *body;

		assert_int_equal(compose(arena, &rows[i], &full, &subject, &body), 0);
		assert_true(strncmp(subject, "【民声信箱】", strlen("【民声信箱】")) == 0);
		assert_false(has(subject, "\n") || has(subject, "{{") || has(body, "{{"));
		assert_true(has(body, full.number) && has(body, "请不要直接回复"));
		if (rows[i].due[0] != '\0' && has(rows[i].text, "{{due}}"))
			assert_true(has(body, "2024年10月4日") || has(body, "10月4日"));
		if (rows[i].audience == OUTBOX_WRITER) {
			assert_true(has(body, "您") && has(body, "http://127.0.0.1:8080/track\n"));
			assert_false(has(body, full.unit) || has(body, conf.desk_url));
		} else {
			assert_true(has(body, "http://127.0.0.1:8081/tickets/MS-T-20261121-483920-7\n"));
		}
	}
}

/* Only what is known and allowed: writers' mails are read on lock screens and shared computers. */
static void texts_use_allowed_placeholders_only(void **state)
{
	size_t n;
	const struct compose_row *rows = compose_rows(&n);

	(void)state;
	for (size_t i = 0; i < n; i++) {
		bool writer = rows[i].audience == OUTBOX_WRITER;
		size_t subject_n = strcspn(rows[i].text, "\n");

		for (const char *at = strstr(rows[i].text, "{{"); at != NULL; at = strstr(at + 2, "{{")) {
			bool ok = strncmp(at, "{{number}}", 10) == 0 || strncmp(at, "{{due}}", 7) == 0 ||
			          (!writer && (strncmp(at, "{{unit}}", 8) == 0 || strncmp(at, "{{desk}}", 8) == 0)) || strcmp(rows[i].event, "alarm") == 0;

			if (!ok || (writer && (size_t)(at - rows[i].text) < subject_n))
				fail_msg("%s: %.12s", rows[i].text_name, at);
		}
		assert_true(rows[i].due[0] != '\0' || !has(rows[i].text, "{{due}}"));
	}
}

static void lines_without_their_value_are_left_out(void **state)
{
	const struct notice bare = { .number = "MS-T-1", .due = DAY_NONE, .today = 20000 };
	const char *subject, *body;

	(void)state;
	assert_int_equal(compose(arena, compose_row(OUTBOX_UNIT, "assign"), &bare, &subject, &body), 0);
	assert_false(has(body, "签收。"));
	assert_true(strncmp(body, "认为不属于", strlen("认为不属于")) == 0);
	assert_string_equal(subject, "【民声信箱】待签收：来信 MS-T-1");
	assert_int_equal(compose(arena, compose_row(OUTBOX_WRITER, "accept"), &bare, &subject, &body), 0);
	assert_false(has(body, "最迟"));
}

static void an_unknown_placeholder_is_an_error(void **state)
{
	const struct compose_row row = { OUTBOX_WRITER, "x", "x", "主题\n\n您的{{title}}\n", "", "" };
	const char *subject, *body;

	(void)state;
	assert_int_equal(compose(arena, &row, &full, &subject, &body), ERR_BUG);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_event_has_a_text_of_its_own),
		cmocka_unit_test(an_unknown_event_has_the_general_text),
		cmocka_unit_test(rows_name_clocks_and_roles_that_exist),
		cmocka_unit_test(every_row_becomes_a_message),
		cmocka_unit_test(texts_use_allowed_placeholders_only),
		cmocka_unit_test(lines_without_their_value_are_left_out),
		cmocka_unit_test(an_unknown_placeholder_is_an_error),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
