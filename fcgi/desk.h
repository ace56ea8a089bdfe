/* desk - what the desk's pages share: the letter that is asked for, a person's own work, where to go next.
 *
 * Used by desk_*.c alone. */
#ifndef DESK_H
#define DESK_H

#include "page.h"
#include "queries_read.h"
#include "show.h"
#include "ticket.h"
#include "views/_desk_rows.h"
#include "views/desk_ticket.h"
#include "worktime.h"

#define DESK_ROWS 50
/* Working days within which a letter is due soon. */
#define DESK_SOON_DAYS 2
/* The moment of the login before this one; set at login, shown on the start page. */
#define DESK_LAST_COOKIE "last"

/* The letter of the address, for the person who asks. */
struct desk_letter {
	struct ticket t;
	struct facts facts;
	struct q_letter_file file;
	const struct worktime *wt;
	int32_t today;
};

/* The letter whose number is p->param. ERR_NOTFOUND also when this person may not read it: that it exists is not
 * told. */
int desk_letter(struct page *p, struct desk_letter *ret) MUST_CHECK;
/* NULL: all units; else the person's own, the only one whose letters may be listed. */
const int64_t *desk_unit(const struct page *p);
/* "/tickets/NO" and what follows it ("/draft", ""). */
struct url desk_url(struct arena *a, const char *no, const char *tail);
/* The clock as the pages show it; .name "" when none of that kind runs. */
struct desk_clock desk_clock(struct arena *a, const struct desk_letter *l, const char *kind, int32_t due_on,
	bool provisional, bool paused);
/* The running answer's clock, from the letter itself. */
struct desk_clock desk_answer_clock(struct arena *a, const struct desk_letter *l);
/* Replies for showing: all but those whose state is `not` (NULL: all). */
size_t desk_replies(struct arena *a, const struct q_reply_of *rows, size_t n, int32_t today, const char *not,
	struct desk_reply *ret);
struct desk_reply desk_reply(struct arena *a, const struct q_reply_of *row, int32_t today);

/* Units as choices; id: the chosen one. only_takers: those that take letters. */
int desk_units(struct page *p, int64_t chosen, bool only_takers, const struct choice **ret, size_t *ret_n) MUST_CHECK;

/* --- a person's own work --- */

/* What the roles of a person work on, as open_list wants it. */
struct desk_work {
	const char *states;          /* "submitted,accepted"; "" for none */
	const char *levels;          /* "0,1" */
	bool all_handling, all_supplement;
};
struct desk_work desk_work(struct arena *a, const struct actor *who);

struct desk_filter {
	struct desk_work work;
	const int64_t *unit;
	const char *type, *words;    /* NULL: all */
	int32_t due_from, due_to;    /* DAY_FIRST … DAY_LAST for all */
	int32_t after_due;
	int64_t after_id;
	int limit;
};
#define DESK_DAY_FIRST (-719162)  /* 0001-01-01 */
#define DESK_DAY_LAST 2932896     /* 9999-12-31, where letters without a due date are sorted */

/* All of a person's work, from the start. */
struct desk_filter desk_filter_todo(struct page *p);
int desk_open_list(struct page *p, const struct desk_filter *f, struct q_open_list **ret, size_t *ret_n) MUST_CHECK;
/* The field `after`: "20779-123", due day and id of the last row shown. Anything else begins at the start. */
void desk_read_after(const struct page *p, int32_t *ret_due, int64_t *ret_id);
/* A row as the list shows it. */
struct desk_row desk_row(struct arena *a, const struct worktime *wt, int32_t today, const struct q_open_list *row);

/* After an action: the same letter when there is more to do, else the next one of the person's work, else the start
 * page; the flash says what was done. */
int desk_go_on(struct page *p, const struct desk_letter *before, enum action done) MUST_CHECK;
/* Reads ?done=&of=&how= (made by desk_go_on) into frame->flash. */
void desk_flash(struct page *p);
/* path?done=ACTION&of=NO&how=HOW; how: "", "next", "proposed", "proposed-next". */
const char *desk_done_path(struct arena *a, const char *path, enum action done, const char *no, const char *how);

#endif
