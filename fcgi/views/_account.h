#ifndef PART_ACCOUNT_H
#define PART_ACCOUNT_H

#include "view.h"

struct account_day {
	const char *day, *words;
	bool counted, last;
};
struct account_fact {
	const char *label, *words;
};

/* Why a date is the one it is: the rule, what happened to the clock, each day. */
struct part_account {
	const struct account_fact *facts;
	size_t facts_n;
	const struct account_fact *events;   /* when, what */
	size_t events_n;
	const struct account_day *days;
	size_t days_n;
	const char *caption;
	bool measure;                        /* two dates compared: the last day is no term's end */
};

void part_account(struct str *o, const struct part_account *v);

#endif
