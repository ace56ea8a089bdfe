#ifndef VIEW_ADMIN_AUDIT_H
#define VIEW_ADMIN_AUDIT_H

#include "choice.h"
#include "form.h"
#include "frame.h"

struct audit_row {
	const char *when, *kind, *by, *what, *whom, *reason;
};

/* The trail. Fields of the query: view person from to before. */
struct view_admin_audit {
	const struct frame *frame;
	const struct form *errors;       /* a date that cannot be read; NULL */
	const struct choice *views;      /* links */
	size_t views_n;
	const char *view, *person, *from, *to, *found, *what_head;
	bool filtered;
	struct url clear;
	const struct audit_row *rows;
	size_t rows_n;
	struct url next, first;
};

void view_admin_audit(struct str *o, const struct view_admin_audit *v);

#endif
