/* unit - what unit tests begin with: cmocka, with what it wants included before it, and memory. */
#ifndef UNIT_H
#define UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "arena.h"

/* An arena of this name for all tests of the file; for cmocka_run_group_tests(tests, setup, teardown). */
#define UNIT_ARENA(name, bytes) \
	static struct arena *name; \
	\
	static int setup(void **state) \
	{ \
		(void)state; \
		name = arena_new(bytes); \
		return 0; \
	} \
	\
	static int teardown(void **state) \
	{ \
		(void)state; \
		arena_free(name); \
		return 0; \
	} \
	\
	_Static_assert(1, "")

#endif
