/* account - why a clock of a letter ends on its day: the rule, what happened to it, and the calendar it goes by.
 *
 * The day-by-day part is sla_explain() over term and pauses. For the writer and for staff alike: nothing in it is
 * the office's own business. Source: domain 5.3, 7 (item 5). */
#ifndef ACCOUNT_H
#define ACCOUNT_H

#include "db.h"
#include "queries_read.h"
#include "worktime.h"

struct account {
	struct q_account_clock clock;
	struct sla_term term;
	struct sla_pause *pauses;
	size_t n_pauses;
	struct q_account_events *events;
	size_t n_events;
	struct q_account_years *years;   /* that the days from start to due lie in */
	size_t n_years;
};

/* kind: a code of states.tbl. Four queries. ERR_NOTFOUND: the letter never had such a clock. */
int account_load(struct db *db, struct arena *a, int64_t ticket_id, const char *kind, struct account *ret) MUST_CHECK;
/* How many of the term's days were added by extensions; 0 when the clock goes by a day that somebody fixed. */
int account_extended(const struct account *acc);

#endif
