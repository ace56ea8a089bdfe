/* admin - what the pages of administration share: forms made of fields, what was just done, the actor as org.h wants.
 *
 * Used by admin_*.c, and by desk_sample*.c and desk_score*.c, whose forms are made alike. */
#ifndef ADMIN_H
#define ADMIN_H

#include "org.h"
#include "page.h"
#include "queries_read.h"
#include "show.h"
#include "views/_admin_form.h"
#include "views/_events.h"
#include "views/_field.h"

struct org admin_org(const struct page *p);
/* A form to fill with admin_field(): the values are those typed when typed is true, and so are the mistakes; prefix
 * keeps the ids of several forms on a page apart. */
struct admin_builder {
	struct page *p;
	struct part_admin_form *form;
	const char *prefix;
	bool typed;
};
/* Adds a field; value: what it begins with. Returns it, for what is special about it. */
struct part_field *admin_field(struct admin_builder *b, const char *kind, const char *name, const char *label,
	const char *value);
/* The same as a list to choose from; the one whose code is value is chosen. */
struct part_field *admin_select(struct admin_builder *b, const char *name, const char *label,
	const struct choice *choices, size_t n, const char *value);

/* Mistakes that the domain found: at a field, with the status. 0: the page is to be shown again; else rc. */
int admin_failed(struct page *p, int rc, const char *field);
/* 303 to path?ok=CODE, which admin_flash() turns into words. */
int admin_done(struct page *p, const char *path, const char *code);
void admin_flash(struct page *p);
/* 登记分办员、承办人. */
const char *admin_roles(struct arena *a, uint32_t roles);
/* What was done to a unit or a person, for showing. org_event_officer has the same columns. */
struct part_events admin_events(const struct page *p, const struct q_org_event_unit *rows, size_t n);
/* A line of a table to take away. */
void admin_csv_row(struct page *p, const char *const *cells, size_t n);
/* Units as choices by code; chosen: a code. */
int admin_units_by_code(struct page *p, const char *first, const char *chosen, const struct choice **ret,
	size_t *ret_n) MUST_CHECK;

#endif
