/* desk_watch_list - the lists of supervision at the desk: the filters of an address read and written again, their
 * choices, the counts. Which letters they are: watch_list.h. Used by desk_watch*.c alone. */
#ifndef DESK_WATCH_LIST_H
#define DESK_WATCH_LIST_H

#include "desk.h"
#include "views/choice.h"
#include "watch_list.h"

extern const struct form_def form_watch;

void watch_view_read(const struct page *p, struct watch_view *ret);
/* All of a list, of today. */
struct watch_view watch_view_all(const struct page *p, enum watch_tab tab);
bool watch_view_filtered(const struct watch_view *v);
/* "tab=late&unit=3"; the same list, named. */
const char *watch_view_text(struct arena *a, const struct watch_view *v);
/* "/watch?" and that; after: the last row shown, NULL for the start. */
struct url watch_view_url(struct arena *a, const struct watch_view *v, const struct q_list_open *after);
/* What the list shows and in which order, in a sentence; what it says when it is empty. */
const char *watch_tab_order(enum watch_tab tab);
const char *watch_tab_empty(enum watch_tab tab);

/* 已催办: a step of watch_view.pressed, from 0 on. */
const char *watch_press_text(int pressed);
/* The choices of the filters, the chosen ones marked. */
void watch_choices(struct arena *a, const struct watch_view *v, const char *which, const struct choice **ret,
	size_t *ret_n);

/* How many are in each list; without what the viewer must keep away from, and without simulated letters. */
int watch_counts(struct page *p, const struct worktime *wt, int64_t unit, struct q_watch_counts *ret) MUST_CHECK;

#endif
