/* desk - what the desk's pages share: the letter that is asked for, a person's own work, where to go next.
 *
 * Used by desk_*.c alone. */
#ifndef DESK_H
#define DESK_H

#include "desk_view.h"
#include "page.h"
#include "queries_read.h"
#include "show.h"
#include "ticket.h"
#include "views/_desk_rows.h"
#include "views/desk_ticket.h"
#include "worktime.h"

#define DESK_ROWS 50
/* The moment of the login before this one; set at login, shown on the start page. */
#define DESK_LAST_COOKIE "last"

/* The letter of the address, for the person who asks. */
struct desk_letter {
	struct ticket t;
	struct facts facts;
	struct q_letter_file file;
	struct q_recusal_of *recusals;   /* that stand */
	size_t recusals_n;
	const struct worktime *wt;
	int32_t today;
};

/* Whether it can be a number at all: no other text goes into an address. */
bool desk_is_number(const char *s);
/* The letter whose number is p->param. ERR_NOTFOUND also when this person may not read it: that it exists is not
 * told. */
int desk_letter(struct page *p, struct desk_letter *ret) MUST_CHECK;
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

/* What letters can be about as choices, subtopics under theirs, DESK_TOPIC_INDENT before them; id: the chosen one. */
#define DESK_TOPIC_INDENT "　"
int desk_topics(struct page *p, int64_t chosen, const struct choice **ret, size_t *ret_n) MUST_CHECK;

/* The same to narrow a list by: retired ones too, whose letters are still there; the first is “none”. TOPIC_ALL: none
 * is chosen. */
int desk_topic_filter(struct page *p, int64_t chosen, const struct choice **ret, size_t *ret_n) MUST_CHECK;

/* The handlers of a unit as choices, with how much each has and whether they are away. */
int desk_handlers(struct page *p, int64_t unit_id, const struct choice **ret, size_t *ret_n) MUST_CHECK;

/* --- lists --- */

/* The field `after`: "20779-123", due day and id of the last row shown. Anything else begins at the start. */
void desk_read_after(const struct page *p, int32_t *ret_due, int64_t *ret_id);
/* A row as the list shows it; list: the filter of the list it stands in, NULL for the person's own work. */
struct desk_row desk_row(struct arena *a, const struct worktime *wt, int32_t today, const struct q_list_open *row,
	const char *list);
/* Adds to n rows what has to be done before the answer, and until when: accepting, signing, reviewing. One query. */
int desk_row_stages(struct page *p, const struct worktime *wt, const struct q_list_open *rows, size_t n,
	struct desk_row *list) MUST_CHECK;
/* The list from which this letter was opened (?list= of the address); NULL: the person's own work. */
const char *desk_list_of(const struct page *p);
/* The list of publication from which it was opened (?pub= of the address, desk_pub.h); NULL: none. */
const char *desk_pub_of(const struct page *p);
/* As desk_url(), within the same list. */
struct url desk_url_in(const struct page *p, const char *no, const char *tail);
/* The same for a list that is known; NULL: none. */
struct url desk_url_of_list(struct arena *a, const char *no, const char *tail, const char *list);
/* The address of the letter behind this one in that list; reviewing: of its review, where there is one for this person.
 * NULL at the end of the list. */
const char *desk_next(struct page *p, const struct desk_letter *l, bool reviewing);

/* The list this letter was opened from: of publication, of the desk, else the person's own work. */
struct url desk_list_url(struct page *p);
/* The way to that list and through it, from one of a letter's pages to the same of the next. The next one is looked for
 * when it is asked for; the one before stands in the address: who came here by “next” came from it. */
enum desk_at { DESK_AT_LETTER, DESK_AT_REVIEW, DESK_AT_EDITION };
struct part_neighbours desk_neighbours(struct page *p, const char *no, enum desk_at at);

/* After an action: the same letter when there is more to do, else the next one of the list it was opened from (its
 * review after a review), else the start page; the flash says what was done. */
int desk_go_on(struct page *p, const struct desk_letter *before, enum action done) MUST_CHECK;
/* Reads ?done=&of=&how= (made by desk_go_on) into frame->flash. */
void desk_flash(struct page *p);
/* path?done=ACTION&of=NO&how=HOW; how: "", "next", "proposed", "proposed-next". */
const char *desk_done_path(struct arena *a, const char *path, enum action done, const char *no, const char *how);

#endif
