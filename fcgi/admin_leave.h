/* admin_leave - the part of a page that tells and changes who is away: of one's own page and of a person's. */
#ifndef ADMIN_LEAVE_H
#define ADMIN_LEAVE_H

#include "admin.h"
#include "views/_leave.h"

/* base: "/me" or "/admin/people/LOGIN"; sent: the leave form came with mistakes. */
int admin_leave_part(struct page *p, const struct q_officer_full *who, const char *base, bool sent,
	struct part_leave *ret) MUST_CHECK;
/* The two forms, for whoever it is; errors as org_leave_add() and org_leave_end(). */
int admin_leave_add(struct page *p, const char *login) MUST_CHECK;
int admin_leave_end(struct page *p, const char *login) MUST_CHECK;

#endif
