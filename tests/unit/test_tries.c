/* The network that a try is counted for. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "tries.h"

static void an_address_is_counted_by_its_network(void **state)
{
	static const struct { const char *address, *network; } want[] = {
		{ "203.0.113.7", "203.0.113.0/24" }, { "203.0.113.255", "203.0.113.0/24" }, { "203.0.114.7", "203.0.114.0/24" },
		{ "::ffff:203.0.113.9", "203.0.113.0/24" }, { "2001:db8:7:1::1", "2001:db8:7::/48" },
		{ "2001:db8:7:ffff:1:2:3:4", "2001:db8:7::/48" }, { "2001:db8:8::1", "2001:db8:8::/48" }, { "::1", "::/48" },
		{ "", "" }, { "unix:", "unix:" }, { "203.0.113", "203.0.113" },
	};
	struct arena *a = arena_new(1 << 20);

	(void)state;
	for (size_t i = 0; i < sizeof want / sizeof want[0]; i++)
		assert_string_equal(tries_network(a, want[i].address), want[i].network);
	arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_address_is_counted_by_its_network),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
