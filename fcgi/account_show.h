/* account_show - the account of a date, as pages of both sites show it: the rule, what happened, each day.
 *
 * Results live in the arena of the page. */
#ifndef ACCOUNT_SHOW_H
#define ACCOUNT_SHOW_H

#include "account.h"
#include "page.h"
#include "views/_account.h"

/* Of a clock of a letter; kind: a code of states.tbl. Four queries. *ret_acc: what it was made of.
 * ERR_NOTFOUND: there never was such a clock. */
int account_show(struct page *p, const struct worktime *wt, int64_t ticket_id, const char *kind,
	struct account *ret_acc,
	struct part_account *ret) MUST_CHECK;
/* Of a term that begins on a day, without pauses; a receipt, the calculator. No query. *ret_due (may be NULL): its
 * last day. */
int account_show_term(struct page *p, const struct worktime *wt, int32_t start_on, struct sla_term term,
	int32_t *ret_due,
	struct part_account *ret) MUST_CHECK;
/* Of the days in (from, to]: how many of them are working days. */
int account_show_between(struct page *p, const struct worktime *wt, int32_t from, int32_t to,
	struct part_account *ret) MUST_CHECK;
/* Of the answer that is promised for a letter that counts as received on a day. */
int account_show_promise(struct page *p, const struct worktime *wt, enum ticket_type type, int32_t received_on,
	struct part_account *ret) MUST_CHECK;

#endif
