/* The table of pages holds together. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

/* The table alone, with a stand-in for each page function and form. */
#include "page.h"
#define PAGE(site, method, pattern, function, who, form, body_max) \
	int function(struct page *p) { (void)p; return 0; } \
	const struct form_def form;
#include "pages.tbl"
#undef PAGE
#include "pages.c"

static void each_page_is_there_once(void **state)
{
	(void)state;
	for (size_t i = 0; i < page_rows_n; i++) {
		for (size_t k = 0; k < i; k++) {
			const struct page_row *a = &page_rows[i], *b = &page_rows[k];

			if (a->site == b->site && a->method == b->method && strcmp(a->pattern, b->pattern) == 0)
				fail_msg("%s is there twice", a->pattern);
			if (strcmp(a->name, b->name) == 0)
				fail_msg("%s serves two pages", a->name);
		}
	}
}

static void paths_can_be_matched(void **state)
{
	(void)state;
	for (size_t i = 0; i < page_rows_n; i++) {
		const char *path = page_rows[i].pattern, *colon = strchr(path, ':');

		assert_int_equal(path[0], '/');
		if (colon != NULL && (colon[-1] != '/' || strchr(colon + 1, ':') != NULL))
			fail_msg("%s has more than one :part, or half a one", path);
	}
}

static void posts_take_a_body_and_gets_none(void **state)
{
	(void)state;
	for (size_t i = 0; i < page_rows_n; i++) {
		const struct page_row *row = &page_rows[i];

		if ((row->method == METHOD_POST) != (row->body_max_bytes > 0) || row->body_max_bytes > REQUEST_BODY_MAX)
			fail_msg("%s: body limit", row->pattern);
	}
}

/* Open to everybody at the desk: what one needs before being logged in. */
static void the_desk_is_closed(void **state)
{
	static const char *const open[] = { "/login", "/size", "/health" };

	(void)state;
	for (size_t i = 0; i < page_rows_n; i++) {
		const struct page_row *row = &page_rows[i];
		bool may_be_open = row->site == SITE_PUBLIC;

		for (size_t k = 0; k < ARRAY_LEN(open); k++)
			may_be_open = may_be_open || strcmp(open[k], row->pattern) == 0;
		if (row->who.kind == WHO_ANYONE && !may_be_open)
			fail_msg("desk page %s is open to anyone", row->pattern);
		if (row->who.kind != WHO_ANYONE && row->site == SITE_PUBLIC)
			fail_msg("public page %s asks for a login", row->pattern);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_page_is_there_once),
		cmocka_unit_test(paths_can_be_matched),
		cmocka_unit_test(posts_take_a_body_and_gets_none),
		cmocka_unit_test(the_desk_is_closed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
