/* When a chore of slad has its turn again. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "chore.h"
#include "err.h"

#define TICK 500

static const struct chore each_tick = { "each_tick", 0, NULL }, each_minute = { "each_minute", 60000, NULL };

static void it_waits_its_time_when_there_was_nothing(void **state)
{
	struct chore_state s = { 0 };

	(void)state;
	assert_false(chore_after(&each_tick, &s, 0, 0, 1000, TICK));
	assert_int_equal(s.next_ms, 1500);
	assert_false(chore_after(&each_minute, &s, 0, 0, 1000, TICK));
	assert_int_equal(s.next_ms, 61000);
}

static void it_goes_on_at_once_when_there_may_be_more(void **state)
{
	struct chore_state s = { 0 };

	(void)state;
	assert_false(chore_after(&each_minute, &s, 0, 100, 1000, TICK));
	assert_int_equal(s.next_ms, 1000);
}

static void it_waits_longer_each_time_it_fails(void **state)
{
	static const int64_t waits[] = { 1000, 2000, 4000, 8000, 16000, 32000, 60000, 60000 };
	struct chore_state s = { 0 };

	(void)state;
	for (int i = 0; i < 8; i++) {
		bool said = chore_after(&each_tick, &s, ERR_BUG, 5, 1000, TICK);

		assert_int_equal(s.next_ms, 1000 + waits[i]);
		assert_int_equal(said, i == 0 || i == 1 || i == 3 || i == 7);
	}
	assert_true(chore_after(&each_tick, &s, 0, 0, 1000, TICK));
	assert_int_equal(s.next_ms, 1500);
	assert_int_equal(s.failures, 0);
	assert_false(chore_after(&each_tick, &s, 0, 0, 1000, TICK));
}

/* Clocks are waiting: as soon as the database is back they go on. */
static void a_database_that_is_away_is_asked_again_soon(void **state)
{
	struct chore_state s = { .failures = 20 };

	(void)state;
	(void)chore_after(&each_tick, &s, ERR_DB, 0, 1000, TICK);
	assert_int_equal(s.next_ms, 1000 + CHORE_AWAY_MOST_MS);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_waits_its_time_when_there_was_nothing),
		cmocka_unit_test(it_goes_on_at_once_when_there_may_be_more),
		cmocka_unit_test(it_waits_longer_each_time_it_fails),
		cmocka_unit_test(a_database_that_is_away_is_asked_again_soon),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
