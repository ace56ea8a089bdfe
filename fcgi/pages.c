/* pages - pages.tbl as an array. */
#include "page.h"

#define ANYONE { WHO_ANYONE, CAP__MAX }
#define OFFICER { WHO_OFFICER, CAP__MAX }
#define CAP(name) { WHO_CAP, CAP_##name }

const struct page_row page_rows[] = {
#define PAGE(site, method, pattern, function, who, form, body_max) \
	{ SITE_##site, METHOD_##method, pattern, #function, function, who, &form, body_max },
#include "pages.tbl"
#undef PAGE
};
const size_t page_rows_n = ARRAY_LEN(page_rows);
