/* desk_export - lists as CSV: the same letters and rights as on the page, never a contact. Who took how many is on
 * record. */
#ifndef DESK_EXPORT_H
#define DESK_EXPORT_H

#include "desk.h"

/* numbers: a JSON array of the letters that were ticked. */
int desk_export_picked(struct page *p, const char *numbers) MUST_CHECK;

#endif
