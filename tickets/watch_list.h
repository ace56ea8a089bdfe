/* watch_list - the lists of supervision: which letters, by which index, in which order.
 *
 * What is late or due soon goes by the lists of the desk (desk_list.h); what came again, was marked by a leader or
 * pressed by the index of letters that have a sign; what stands still by the day since when. Asked by the pages of
 * supervision (fcgi/desk_watch*.c) and by what makes a file of such a list (notify/). Questions that the system asks
 * itself (simulation.h) are in the lists of who plans them alone, and in no count. */
#ifndef WATCH_LIST_H
#define WATCH_LIST_H

#include "desk_list.h"
#include "worktime.h"

/* A letter in which nothing moved for so many working days stands still. */
#define WATCH_STILL_DAYS 3
/* As far as letters are counted. */
#define WATCH_COUNT_MAX 1000
#define WATCH_SEEN_MAX 2000

enum watch_tab {
	WATCH_LATE, WATCH_SOON, WATCH_STILL, WATCH_REOPENED, WATCH_REPEATING, WATCH_LED, WATCH_PUSHED, WATCH_TAB__MAX
};

/* A list as a person asks for it. */
struct watch_view {
	enum watch_tab tab;
	int64_t unit, officer;       /* 0: all */
	const char *type;            /* NULL: all */
	const char *light, *stage;   /* codes, as watch_light_at() and watch_stage_at() have them; NULL: all */
	int pressed;                 /* 0 nothing … 4 circular; -1: all */
	int64_t topic;               /* with its own ones; 0: none is said; -1: all */
	int age;                     /* received at least so many days ago; 0: all */
	int32_t today;               /* lights, days and what is late are those of this day */
	int32_t after_day;           /* the last row shown; after_id 0: from the start */
	int64_t after_id;
};

/* The same with its days worked out. */
struct watch_query {
	enum watch_tab tab;
	int64_t unit, officer;
	const char *type, *desks;
	int pressed;
	int32_t received_to, due_from, due_to, still_to, topic_from, topic_to;
	bool counted;                /* without simulated letters, whoever reads: what the figures count */
	int32_t after_day;
	int64_t after_id;
	int limit;                   /* rows of a page */
};

const char *watch_tab_code(enum watch_tab tab);
const char *watch_tab_name(enum watch_tab tab);
/* WATCH_TAB__MAX when there is none of that code. */
enum watch_tab watch_tab_from(const char *code);

/* Lights and places where a letter lies, from 0 on, to choose from; false: there are no more. */
bool watch_light_at(size_t i, const char **ret_code, const char **ret_text);
bool watch_stage_at(size_t i, const char **ret_code, const char **ret_text);

struct watch_query watch_query_of(const struct worktime *wt, const struct watch_view *view, int limit);
/* One page of rows in their order. Of WATCH_STILL sort_due is the day since when nothing moved. A page on which stood
 * simulated letters of which the reader must not know is shorter by them. *ret_next: the row after which the next page
 * begins; NULL when this is the last one. */
int watch_list_load(const struct desk_reader *by, const struct watch_query *ask, struct q_list_open **ret,
	size_t *ret_n, const struct q_list_open **ret_next) MUST_CHECK;

/* A list as text, from its start, and read again; the limit is the caller's. ERR_INVALID when the text is none of ours.
 * Pure. */
const char *watch_list_pack(struct arena *a, const struct watch_query *ask);
int watch_list_unpack(struct arena *a, const char *text, struct watch_query *ret) MUST_CHECK;

/* The last day on which a letter must have moved so as not to stand still today; the last day that is soon. */
int32_t watch_still_day(const struct worktime *wt, int32_t today);
int32_t watch_soon_day(const struct worktime *wt, int32_t today);

#endif
