/* desk_ticket - a letter with everything about it, read in as few queries as possible. */
#ifndef DESK_TICKET_H
#define DESK_TICKET_H

#include "desk.h"

struct desk_file {
	struct desk_letter l;
	struct q_history_of *history;
	struct q_timer_open_of *timers;
	struct q_reply_of *replies;
	size_t history_n, timers_n, replies_n;
	const struct choice *units;  /* NULL unless an action lists them */
	size_t units_n;
	const struct choice *officers; /* handlers of the main unit; NULL unless an action lists them */
	size_t officers_n;
	const struct choice *topics; /* what it can be about; NULL for who does not choose */
	size_t topics_n;
	enum action offered[ACT__MAX];
	size_t offered_n;
};

/* Errors as desk_letter(). */
int desk_file_load(struct page *p, struct desk_file *ret) MUST_CHECK;

/* Whether this person can accept and assign the letter now, in one go. */
bool desk_file_triages(struct page *p, const struct desk_file *file);

/* The parts of the view (desk_ticket_load.c). */
struct part_timeline desk_course(struct arena *a, const struct q_history_of *rows, size_t n, int32_t today);
void desk_file_clocks(struct page *p, const struct desk_file *file, struct view_desk_ticket *v);
void desk_file_asks(struct page *p, const struct desk_file *file, struct view_desk_ticket *v);
void desk_file_facts(struct page *p, const struct desk_file *file, struct view_desk_ticket *v);
/* Letters from the same number, and like it (desk_beside.c); errors of the database. */
int desk_beside(struct page *p, const struct desk_letter *l, struct view_desk_ticket *v) MUST_CHECK;

#endif
