/* desk_fields - the form of one action: which fields it has, what they are called, what was typed.
 *
 * One table of all actions an officer can take; used by the letter's page, by the page of one action, and by review and
 * publication. What an action needs is said by states.tbl; what it may also take, and the words, are here. */
#ifndef DESK_FIELDS_H
#define DESK_FIELDS_H

#include "desk.h"
#include "views/_act_form.h"

enum desk_place {
	DESK_MAIN,       /* what is to be done now */
	DESK_OTHER,      /* may be done at any time */
	DESK_DRAFT,      /* on the page of the draft */
	DESK_REVIEW,     /* on the page of the review */
	DESK_PUBLISH     /* on the page of the edition */
};

/* What the forms of one page draw on. */
struct desk_fields {
	struct page *p;
	const struct desk_letter *letter;
	const struct choice *units;           /* NULL: not loaded */
	size_t units_n;
	const struct choice *officers;        /* handlers of the main unit; NULL: not loaded */
	size_t officers_n;
	const struct choice *topics;          /* what a letter can be about; NULL: not loaded */
	size_t topics_n;
	const struct form *typed;             /* NULL on a first visit */
	const char *from;                     /* "" */
};

enum desk_place desk_fields_place(enum action a);
/* Whether it leads a letter on; the others may be taken at any time and hold nobody back. */
bool desk_fields_leads_on(enum action a);
/* False for an answer to something that nobody asked: approving an extension when there is none, and the like. Such an
 * action is not even shown as impossible. */
bool desk_fields_was_asked(enum action a, const struct facts *f);
/* Whether the form of this action lists units. */
bool desk_fields_wants_units(enum action a);
/* Whether the form of this action lists the handlers of the unit. */
bool desk_fields_wants_officers(enum action a);
/* Whether what the letter is about is chosen along with it. */
bool desk_fields_wants_topic(enum action a);
/* What its text is called: "退回的理由". */
const char *desk_fields_text_label(enum action a);
/* The form. alone: the only one on its page, so that its ids are the names of the fields. */
struct part_act_form desk_fields_form(const struct desk_fields *f, enum action a, bool alone);
/* Accepting and assigning in one go (triage.h): no action of states.tbl, but a form like one. */
#define DESK_ACCEPT_ASSIGN "accept_assign"
struct part_act_form desk_fields_accept_assign(const struct desk_fields *f, bool alone);
/* The day an extension leads to: in the days of the term, working days or days of the calendar up to a working day. */
int32_t desk_fields_extended(const struct desk_letter *l, int days, bool *ret_provisional);
/* The note a person reads beside an action: "acceptance starts the clock of 10 working days"; "" for none. */
const char *desk_fields_hint(const struct desk_fields *f, enum action a);

#endif
