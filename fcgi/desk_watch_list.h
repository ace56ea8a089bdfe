/* desk_watch_list - the lists of supervision: which letters, by which index, in which order; the filters of an
 * address read and written again. Used by desk_watch*.c alone. */
#ifndef DESK_WATCH_LIST_H
#define DESK_WATCH_LIST_H

#include "desk.h"
#include "views/choice.h"

/* A letter in which nothing moved for so many working days stands still. */
#define WATCH_STILL_DAYS 3
/* As far as letters are counted. */
#define WATCH_COUNT_MAX 1000
#define WATCH_SEEN_MAX 2000

enum watch_tab {
	WATCH_LATE, WATCH_SOON, WATCH_STILL, WATCH_REOPENED, WATCH_REPEATING, WATCH_LED, WATCH_PUSHED, WATCH_TAB__MAX
};

struct watch_view {
	enum watch_tab tab;
	int64_t unit, officer;       /* 0: all */
	const char *type;            /* NULL: all */
	const char *light, *stage;   /* codes of the choices; NULL: all */
	int pressed;                 /* 0 nothing … 4 circular; -1: all */
	int age;                     /* received at least so many days ago; 0: all */
	int32_t after_day;           /* the last row shown; after_id 0: from the start */
	int64_t after_id;
};

extern const struct form_def form_watch;

void watch_view_read(const struct page *p, struct watch_view *ret);
bool watch_view_filtered(const struct watch_view *v);
/* "tab=late&unit=3"; the same list, named. */
const char *watch_view_text(struct arena *a, const struct watch_view *v);
/* "/watch?" and that; after: the last row shown, NULL for the start. */
struct url watch_view_url(struct arena *a, const struct watch_view *v, const struct q_list_open *after);
const char *watch_tab_name(enum watch_tab tab);
const char *watch_tab_code(enum watch_tab tab);
/* What the list shows and in which order, in a sentence; what it says when it is empty. */
const char *watch_tab_order(enum watch_tab tab);
const char *watch_tab_empty(enum watch_tab tab);

/* The choices of the filters, the chosen ones marked. */
void watch_choices(struct arena *a, const struct watch_view *v, const char *which, const struct choice **ret,
	size_t *ret_n);

/* One row more than a page has, when there are more. Of WATCH_STILL sort_due is the day since when nothing moved. */
int watch_list_load(struct page *p, const struct worktime *wt, const struct watch_view *v, struct q_list_open **ret,
	size_t *ret_n) MUST_CHECK;
int watch_counts(struct page *p, const struct worktime *wt, int64_t unit, struct q_watch_counts *ret) MUST_CHECK;
/* The last day on which a letter must have moved so as not to stand still today; the last day that is soon. */
int32_t watch_still_day(const struct worktime *wt, int32_t today);
int32_t watch_soon_day(const struct worktime *wt, int32_t today);

#endif
