/* plot: nothing leaves the drawing, lengths are in proportion, names do not stand on one another, whatever the values. */
#include "unit.h"

#include <stdlib.h>
#include <string.h>

#include "plot.h"

UNIT_ARENA(a, 256 << 20);
static const struct plot_size size = { 720, 14 };

/* The i-th shape of a kind and role; NULL past the last. */
static const struct plot_shape *nth(const struct plot *p, enum plot_kind kind, enum plot_role role, size_t i)
{
	for (size_t k = 0; k < p->n; k++) {
		if (p->shapes[k].kind == kind && p->shapes[k].role == role && i-- == 0)
			return &p->shapes[k];
	}
	return NULL;
}

static void all_inside(const struct plot *p)
{
	for (size_t i = 0; i < p->n; i++) {
		const struct plot_shape *s = &p->shapes[i];

		assert_in_range(s->x, 0, p->width);
		assert_in_range(s->y, 0, p->height);
		if (s->kind == PLOT_RECT) {
			assert_in_range(s->x + s->w, 0, p->width);
			assert_in_range(s->y + s->h, 0, p->height);
		}
		for (size_t k = 0; k < s->points_n; k++) {
			assert_in_range(s->points[k].x, 0, p->width);
			assert_in_range(s->points[k].y, 0, p->height);
		}
	}
}

static void bars_are_as_long_as_their_values(void **state)
{
	const struct plot_bar bars[] = { { "市城市管理局", 100, 50, "100" }, { "市教育局", 25, PLOT_NONE, "25" },
		{ "市水务局", 0, 0, "0" } };
	const struct plot_shape *whole, *quarter, *before;
	struct plot p;

	(void)state;
	plot_bars(a, size, bars, 3, 0, &p);
	all_inside(&p);
	whole = nth(&p, PLOT_RECT, PLOT_SERIES, 0);
	quarter = nth(&p, PLOT_RECT, PLOT_SERIES, 1);
	before = nth(&p, PLOT_RECT, PLOT_FADED, 0);
	assert_in_range(quarter->w * 4, whole->w - 4, whole->w + 4);
	assert_in_range(before->w * 2, whole->w - 2, whole->w + 2);
	assert_int_equal(whole->x, quarter->x);
	assert_null(nth(&p, PLOT_RECT, PLOT_SERIES, 2));  /* nothing is no bar, but it has its row */
	assert_string_equal(nth(&p, PLOT_TEXT, PLOT_VALUE, 2)->text, "0");
}

static void a_label_that_is_too_long_is_cut_between_characters(void **state)
{
	const struct plot_bar bar = { "市政务服务和数据管理局（市长信箱办公室、市大数据中心、市营商环境建设局）承办处", 1, PLOT_NONE, "1" };
	const struct plot_shape *label;
	struct plot p;

	(void)state;
	plot_bars(a, (struct plot_size){ 340, 13 }, &bar, 1, 0, &p);
	label = nth(&p, PLOT_TEXT, PLOT_LABEL, 0);
	assert_true(strlen(label->text) > 9 && strcmp(label->text + strlen(label->text) - 3, "…") == 0);
	assert_int_equal((strlen(label->text) - 3) % 3, 0);
	assert_true(plot_text_width(label->text, 13) <= 340 * 2 / 5);
}

static void a_line_has_gaps_where_there_is_nothing(void **state)
{
	const char *const labels[] = { "1月", "2月", "3月", "4月", "5月" };
	const int64_t values[] = { 10, 20, PLOT_NONE, 40, PLOT_NONE };
	const struct plot_axis axis = { labels, 5, 0, 1, "", PLOT_NONE, false };
	const struct plot_series series = { "收件", values, false };
	struct plot p;

	(void)state;
	plot_lines(a, size, &axis, &series, 1, &p);
	all_inside(&p);
	assert_int_equal(nth(&p, PLOT_CURVE, PLOT_SERIES, 0)->points_n, 2);
	assert_null(nth(&p, PLOT_CURVE, PLOT_SERIES, 1));
	assert_non_null(nth(&p, PLOT_DOT, PLOT_SERIES, 1));  /* April alone */
	assert_true(nth(&p, PLOT_DOT, PLOT_SERIES, 1)->y < nth(&p, PLOT_DOT, PLOT_SERIES, 0)->y);
}

static void a_month_that_is_not_over_is_drawn_apart(void **state)
{
	const char *const labels[] = { "1月", "2月", "3月" };
	const int64_t values[] = { 10, 20, 5 }, alone[] = { PLOT_NONE, PLOT_NONE, 7 };
	const struct plot_axis axis = { labels, 3, 0, 1, "", PLOT_NONE, true };
	const struct plot_series series[] = { { "收件", values, false }, { "上年", values, true }, { "答复", alone, false } };
	struct plot p;

	(void)state;
	plot_lines(a, size, &axis, series, 3, &p);
	all_inside(&p);
	assert_int_equal(nth(&p, PLOT_CURVE, PLOT_SERIES, 0)->points_n, 2);
	assert_null(nth(&p, PLOT_CURVE, PLOT_SERIES, 1));
	assert_int_equal(nth(&p, PLOT_CURVE, PLOT_OPEN, 0)->points_n, 2);
	assert_null(nth(&p, PLOT_CURVE, PLOT_OPEN, 1));       /* the last one has nothing before it */
	assert_int_equal(nth(&p, PLOT_CURVE, PLOT_FADED, 0)->points_n, 3); /* a year ago that month was whole */
	assert_non_null(nth(&p, PLOT_DOT, PLOT_OPEN, 1));
	assert_null(nth(&p, PLOT_DOT, PLOT_SERIES, 0));
}

static void names_at_the_ends_do_not_overlap(void **state)
{
	const char *const labels[] = { "1月", "2月" };
	const int64_t same[] = { 10000, 10000 }, low[] = { 0, 0 };
	const struct plot_axis axis = { labels, 2, 10000, 100, "%", PLOT_NONE, false };
	const struct plot_series series[] = { { "甲", same, false }, { "乙", same, false }, { "丙", same, false }, { "丁", low, true } };
	int y[4];
	struct plot p;

	(void)state;
	plot_lines(a, size, &axis, series, 4, &p);
	all_inside(&p);
	for (size_t i = 0; i < 4; i++)
		y[i] = nth(&p, PLOT_TEXT, PLOT_VALUE, i)->y;
	for (int i = 0; i < 4; i++) {
		for (int k = 0; k < i; k++)
			assert_true(abs(y[i] - y[k]) >= size.text);
	}
	assert_string_equal(nth(&p, PLOT_TEXT, PLOT_LABEL, 0)->text, "0%");
}

static void shares_fill_the_row_whatever_rounding_does(void **state)
{
	const char *const names[] = { "很满意", "满意", "不满意" };
	const struct plot_share rows[] = { { "本期", { 1, 1, 1 } }, { "上年同期", { 0, 0, 0 } } };
	struct plot p;
	int w = 0, left = 0;

	(void)state;
	plot_shares(a, size, rows, 2, names, 3, &p);
	all_inside(&p);
	for (size_t i = 3; i < 6; i++) {  /* the first three are the key */
		const struct plot_shape *s = nth(&p, PLOT_RECT, PLOT_SERIES, i);

		left = i == 3 ? s->x : left;
		w += s->w;
	}
	assert_int_equal(left + w, size.width);
	assert_null(nth(&p, PLOT_RECT, PLOT_SERIES, 6));
	assert_string_equal(nth(&p, PLOT_TEXT, PLOT_VALUE, 0)->text, "33%");
}

static void ticks_are_round_and_few(void **state)
{
	static const struct { int64_t max; int steps; int64_t tick; } rows[] = {
		{ 1, 4, 1 }, { 4, 4, 1 }, { 5, 4, 2 }, { 38, 4, 10 }, { 100, 4, 25 }, { 101, 4, 50 }, { 10000, 4, 2500 }, { 7, 1, 10 } };

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		assert_int_equal(plot_tick(rows[i].max, rows[i].steps), rows[i].tick);
	assert_int_equal(plot_heat(0, 10), 0);
	assert_int_equal(plot_heat(1, 10), 1);
	assert_int_equal(plot_heat(10, 10), 5);
	assert_int_equal(plot_heat(5, 0), 0);
}

static void nothing_at_all_is_a_drawing_too(void **state)
{
	const struct plot_axis axis = { NULL, 0, 0, 1, "", PLOT_NONE, false };
	struct plot p;

	(void)state;
	plot_bars(a, size, NULL, 0, 0, &p);
	all_inside(&p);
	plot_lines(a, size, &axis, NULL, 0, &p);
	all_inside(&p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bars_are_as_long_as_their_values),
		cmocka_unit_test(a_label_that_is_too_long_is_cut_between_characters),
		cmocka_unit_test(a_line_has_gaps_where_there_is_nothing),
		cmocka_unit_test(a_month_that_is_not_over_is_drawn_apart),
		cmocka_unit_test(names_at_the_ends_do_not_overlap),
		cmocka_unit_test(shares_fill_the_row_whatever_rounding_does),
		cmocka_unit_test(ticks_are_round_and_few),
		cmocka_unit_test(nothing_at_all_is_a_drawing_too),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
