/* admin_sees - what somebody can see and do, from pages.tbl and access.tbl: there is no second list. */
#ifndef ADMIN_SEES_H
#define ADMIN_SEES_H

#include "admin.h"
#include "views/_sees.h"

int admin_sees_part(struct page *p, const struct actor *who, struct part_sees *ret) MUST_CHECK;

#endif
