/* inspect_page - what the pages of inspection share: the links between them, the colours of lights, limits in
 * words.
 *
 * Used by inspect_*.c alone. The domain is tickets/inspect.h, incident.h, patrol.h, simulation.h. */
#ifndef INSPECT_PAGE_H
#define INSPECT_PAGE_H

#include "admin.h"
#include "inspect.h"
#include "page.h"
#include "tabs.h"

/* Class of the tag of a light. */
const char *inspect_css(enum inspect_level level);
/* 2 个月, 5%, 4 小时, 3 次; of the last step of a kind: where the line is. "" when it has none. */
const char *inspect_limit(struct arena *a, const struct inspect_rule *rules, size_t n, enum inspect_kind kind);
/* 2 小时 10 分, 3 天 4 小时. Seconds, not negative. */
const char *inspect_span(struct arena *a, int64_t seconds);
/* What was just done, from ?ok=; and the way there (303). */
int inspect_done(struct page *p, const char *path, const char *code);
void inspect_flash(struct page *p);

#endif
