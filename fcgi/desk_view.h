/* desk_view - which letters a list at the desk shows: the filters of an address, read and written again.
 *
 * The filters travel as the query of /queue: "view=open&type=complaint&col=due". The same text names the list for its
 * export, for a list kept under a name, and for the letter opened from it (the field `list` of a letter's address), so
 * that the next letter is the next of that list. Used by desk_*.c alone. */
#ifndef DESK_VIEW_H
#define DESK_VIEW_H

#include "desk_list.h"
#include "page.h"
#include "views/_desk_rows.h"
#include "views/choice.h"
#include "worktime.h"

/* Longest query of a list: all filters with 60 typed characters. */
#define DESK_FILTER_MAX 1100

enum desk_kind {
	VIEW_TODO, VIEW_LATE, VIEW_TODAY, VIEW_SOON, VIEW_OPEN, VIEW_MINE, VIEW_RETURNED, VIEW_WAITING, VIEW_CO,
	VIEW_CO_DONE, VIEW_ENDED, VIEW_STATE
};

struct desk_view {
	const char *code, *text;     /* of the view */
	enum desk_kind kind;
	const char *type, *channel, *state, *words;  /* NULL: all */
	const char *desk;            /* of the person's own work; NULL: all of it */
	int64_t topic;               /* with its own ones; 0: none is said; TOPIC_ALL */
	int64_t unit;                /* 0: all that the person may see */
	bool mine;
	int32_t from, to;            /* received; DAY_NONE: no bound */
	unsigned columns;            /* a set of 1 << the index in desk_columns */
	const char *problem;         /* words too short to be searched for; NULL */
	struct desk_query ask;
};

/* The person who reads the page. */
struct desk_reader desk_reader(const struct page *p);

/* What a person calls the letters at one of the own desks; NULL: not a desk that is listed by itself. */
const char *desk_name(const char *desk);
/* What is said when nothing lies at one of those, and what fills it. */
const char *desk_nothing(const char *desk);

struct desk_column { const char *code, *text; bool usual; };
extern const struct desk_column desk_columns[];
extern const size_t desk_columns_n;

/* From a form of /queue. */
void desk_view_read(struct page *p, const struct worktime *wt, const struct form *form, struct desk_view *ret);
/* From the query of a list's address; anything else is the person's usual list. */
int desk_view_of(struct page *p, const struct worktime *wt, const char *filter, struct desk_view *ret) MUST_CHECK;
/* "view=open&type=complaint": the same view again, without the place in it. filters false: the view alone. */
const char *desk_view_filter(struct arena *a, const struct desk_view *v, bool filters);
bool desk_view_filtered(const struct desk_view *v);
/* The same, by more than one of the own desks. */
bool desk_view_narrowed(const struct desk_view *v);
/* "/queue?" and the filter; after: the last row shown, NULL for the start. */
struct url desk_view_url(struct arena *a, const char *path, const char *filter, const struct q_list_open *after);
/* The views a person has, as links; the chosen one is v's. */
void desk_view_links(struct page *p, const struct desk_view *v, const struct choice **ret, size_t *ret_n);
/* The columns as boxes to tick. */
void desk_view_columns(struct arena *a, const struct desk_view *v, const struct choice **ret, size_t *ret_n);
bool desk_view_shows(const struct desk_view *v, const char *column);

#endif
