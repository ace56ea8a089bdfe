/* Drawing a sample: the same seed gives the same draw, as a shell would compute it; shares are never less than asked. */
#include "draw.h"
#include "shipped.h"

#define SEED "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

static void test_hashes_are_those_of_sha256sum(void **state)
{
	struct arena *a = arena_new(1 << 20);
	char hex[DRAW_HEX + 1];

	(void)state;
	draw_hash("abc", hex); /* FIPS 180-2, B.1 */
	assert_string_equal(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	draw_seed(a, "a", "bc", hex); /* printf 'a|bc' | sha256sum */
	assert_string_equal(hex, "47490949f7a50d976cb151f70e5e858f2db5e8994c197944ead88bc5e7e7e688");
	arena_free(a);
}

static void test_a_share_is_rounded_up_and_has_a_least(void **state)
{
	(void)state;
	assert_int_equal(draw_count(10, 30, 1), 3);
	assert_int_equal(draw_count(11, 30, 1), 4);
	assert_int_equal(draw_count(1, 30, 1), 1);
	assert_int_equal(draw_count(4, 30, 5), 4);
	assert_int_equal(draw_count(20, 30, 8), 8);
	assert_int_equal(draw_count(7, 100, 1), 7);
	for (int n = 1; n < 500; n++)
		assert_true(draw_count(n, 30, 1) * 100 >= n * 30);
}

static void test_the_smallest_hashes_win(void **state)
{
	struct arena *a = arena_new(8 << 20);
	int64_t *all = draw_letters(a, SEED, "cgj", 40, 12);
	char worst[DRAW_HEX + 1] = "", best_left[DRAW_HEX + 1] = "g";
	size_t at = 0;

	(void)state;
	for (int64_t i = 1; i <= 40; i++) {
		char hex[DRAW_HEX + 1];
		bool drawn = at < 12 && all[at] == i;

		draw_hash(arena_printf(a, SEED "/cgj/%lld", (long long)i), hex);
		at += drawn;
		if (drawn && strcmp(hex, worst) > 0)
			memcpy(worst, hex, sizeof hex);
		if (!drawn && strcmp(hex, best_left) < 0)
			memcpy(best_left, hex, sizeof hex);
	}
	assert_int_equal(at, 12); /* ascending, each once */
	assert_true(strcmp(worst, best_left) < 0);
	arena_free(a);
}

static void test_units_do_not_depend_on_their_order(void **state)
{
	struct arena *a = arena_new(8 << 20);
	struct draw_unit one[] = { { "cgj", 5, false }, { "zjj", 9, false }, { "jyj", 2, false }, { "gaj", 30, false } };
	struct draw_unit two[] = { { "gaj", 1, false }, { "jyj", 1, false }, { "cgj", 1, false }, { "zjj", 1, false } };
	int drawn = 0;

	(void)state;
	draw_units(a, SEED, 30, one, 4);
	draw_units(a, SEED, 30, two, 4);
	for (int i = 0; i < 4; i++) {
		drawn += one[i].drawn;
		for (int k = 0; k < 4; k++)
			assert_true(strcmp(one[i].code, two[k].code) != 0 || one[i].drawn == two[k].drawn);
	}
	assert_int_equal(drawn, 2); /* 30 % of 4, rounded up */
	arena_free(a);
}

/* Over many seeds every position comes up as often as the others: chi-squared of 20 positions, 19 degrees, p = 0.001. */
static void test_no_letter_is_favoured(void **state)
{
	struct arena *a = arena_new(64 << 20);
	int seen[20] = { 0 };
	double chi = 0;

	(void)state;
	for (int s = 0; s < 2000; s++) {
		char seed[DRAW_HEX + 1];
		int64_t *got;

		draw_hash(arena_printf(a, "seed %d", s), seed);
		got = draw_letters(a, seed, "zjj", 20, 6);
		for (int i = 0; i < 6; i++)
			seen[got[i] - 1]++;
	}
	for (int i = 0; i < 20; i++)
		chi += (seen[i] - 600.0) * (seen[i] - 600.0) / 600.0;
	assert_true(chi < 43.8);
	arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_hashes_are_those_of_sha256sum),
		cmocka_unit_test(test_a_share_is_rounded_up_and_has_a_least),
		cmocka_unit_test(test_the_smallest_hashes_win),
		cmocka_unit_test(test_units_do_not_depend_on_their_order),
		cmocka_unit_test(test_no_letter_is_favoured),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
