/* diff: reads well, and what it says is true: applied to the first text it gives the second. */
#include "unit.h"

#include <stdlib.h>
#include <string.h>

#include "diff.h"
#include "str.h"

UNIT_ARENA(a, 256 << 20);

/* "same[-gone-]{+new+}" */
static const char *shown(const char *before, const char *after)
{
	static const char *const head[] = { "", "[-", "{+" }, *const tail[] = { "", "-]", "+}" };
	size_t n;
	struct diff_piece *p = diff_texts(a, before, after, &n);
	struct str o;

	str_init(&o, a, 1 << 20);
	for (size_t i = 0; i < n; i++)
		str_addf(&o, "%s%s%s", head[p[i].kind], p[i].s, tail[p[i].kind]);
	return o.s;
}

static void test_reads_well(void **state)
{
	static const struct { const char *before, *after, *shown; } cases[] = {
		{ "", "", "" },
		{ "", "您好。", "{+您好。+}" },
		{ "您好。", "", "[-您好。-]" },
		{ "您好。", "您好。", "您好。" },
		{ "您好。电缆已更换。谢谢。", "您好。谢谢。", "您好。[-电缆已更换。-]谢谢。" },
		{ "您好。谢谢。", "您好。电缆已更换。谢谢。", "您好。{+电缆已更换。+}谢谢。" },
		/* One word of a sentence. */
		{ "我局将于十月底前完成望湖路路灯检修。", "我局将于九月底前完成望湖路路灯检修。", "我局将于[-十-]{+九+}月底前完成望湖路路灯检修。" },
		/* Another sentence altogether: not a heap of characters that happen to be in both. */
		{ "经查，路灯因电缆进水熄灭。", "请您拨打十二三四五咨询。", "[-经查，路灯因电缆进水熄灭。-]{+请您拨打十二三四五咨询。+}" },
		{ "一。\n\n二。", "一。\n二。", "一。\n[-\n-]二。" },
		/* A character is never cut: the family is one. */
		{ "谢谢您的监督和支持👨‍👩‍👧", "谢谢您的监督和支持👨‍👩‍👦", "谢谢您的监督和支持[-👨‍👩‍👧-]{+👨‍👩‍👦+}" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		assert_string_equal(shown(cases[i].before, cases[i].after), cases[i].shown);
}

/* Put together again; kind: which pieces to leave out. */
static const char *without(const struct diff_piece *p, size_t n, enum diff_kind kind)
{
	struct str o;

	str_init(&o, a, 4 << 20);
	for (size_t i = 0; i < n; i++) {
		if (p[i].kind != kind)
			str_add(&o, p[i].s);
	}
	return o.s;
}

static void check(const char *before, const char *after)
{
	size_t n;
	struct diff_piece *p = diff_texts(a, before, after, &n);

	assert_string_equal(without(p, n, DIFF_NEW), before);
	assert_string_equal(without(p, n, DIFF_GONE), after);
	for (size_t i = 0; i < n; i++)
		assert_true(p[i].s[0] != '\0' && (i == 0 || p[i].kind != p[i - 1].kind));
}

static const char *const bricks[] = { "您", "好", "路灯", "已", "修好", "。", "，", "！", "\n", "\n\n", "电缆", "（", "）", "”", "1", "a",
	"é", "👨‍👩‍👧", "？", "；" };

static const char *random_text(size_t n)
{
	struct str o;

	str_init(&o, a, 1 << 20);
	for (size_t i = 0; i < n; i++)
		str_add(&o, bricks[(size_t)rand() % (sizeof bricks / sizeof bricks[0])]);
	return o.s;
}

/* The text with some of its bytes' neighbourhoods changed, at the borders of characters. */
static const char *changed(const char *s, int edits)
{
	struct str o;
	size_t n = strlen(s), i = 0;

	str_init(&o, a, 1 << 20);
	while (i < n) {
		size_t from = i++;

		while (i < n && ((unsigned char)s[i] & 0xC0) == 0x80)
			i++;
		if (rand() % 40 < edits && rand() % 2 == 0)
			continue;
		if (rand() % 40 < edits)
			str_add(&o, bricks[(size_t)rand() % (sizeof bricks / sizeof bricks[0])]);
		str_addn(&o, s + from, i - from);
	}
	return o.s;
}

static void test_applied_it_gives_the_second_text(void **state)
{
	(void)state;
	srand(20261122);
	for (int round = 0; round < 400; round++) {
		const char *before = random_text((size_t)(rand() % 120));

		check(before, round % 3 == 0 ? random_text((size_t)(rand() % 120)) : changed(before, rand() % 12));
		arena_reset(a);
	}
}

static void test_long_texts_have_an_end(void **state)
{
	(void)state;
	srand(7);
	check(random_text(8000), random_text(8000));
	arena_reset(a);
	check(random_text(8000), "");
	arena_reset(a);
	/* Nothing in common, one sentence each. */
	char *x = arena_alloc(a, 24001), *y = arena_alloc(a, 24001);

	for (size_t i = 0; i < 8000; i++) {
		memcpy(x + 3 * i, "甲", 3);
		memcpy(y + 3 * i, "乙", 3);
	}
	check(x, y);
}

static void test_counts_characters(void **state)
{
	size_t n, added, removed;
	struct diff_piece *p = diff_texts(a, "您好。电缆已更换。", "您好。谢谢您的监督。", &n);

	(void)state;
	diff_count(p, n, &added, &removed);
	assert_int_equal(added, 7);
	assert_int_equal(removed, 6);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_reads_well, setup, teardown),
		cmocka_unit_test_setup_teardown(test_applied_it_gives_the_second_text, setup, teardown),
		cmocka_unit_test_setup_teardown(test_long_texts_have_an_end, setup, teardown),
		cmocka_unit_test_setup_teardown(test_counts_characters, setup, teardown),
	};

	return cmocka_run_group_tests_name("diff", tests, NULL, NULL);
}
