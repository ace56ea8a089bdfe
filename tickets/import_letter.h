/* import_letter - writes one letter of an older mailbox as it stood there: with its dates, its answer and, when that
 * had been published, its public edition. Nobody is told anything. Called by import.c inside the transaction of a
 * batch.
 *
 * Receipt is the moment the old mailbox had; it counts as of the next working day where the office deems so, and is
 * accepted as of that day's opening (or at the answer, when that came earlier). The answer's clock runs from that day
 * with the policy that applied then; what was late is recorded as a breach, with its true moment. An answered letter
 * is closed; one without an answer is being handled, and its clocks run on. */
#ifndef IMPORT_LETTER_H
#define IMPORT_LETTER_H

#include "import_map.h"
#include "ticket.h"

struct import_letter {
	const struct import_map *map;
	struct import_row row;
	int64_t unit_id;
	int32_t received_on;         /* effective */
	const struct sla_policy *policy;
};

/* received_on and policy from the row. ERR_NOTFOUND when no term for an answer was in force then. */
int import_letter_plan(const struct worktime *wt, struct import_letter *letter) MUST_CHECK;
/* Writes it, the statistics excepted. *ret: the letter, for them. ERR_DUP when (system, number) is there already. */
int import_letter_add(struct db *db, struct arena *a, const struct worktime *wt, const struct import_letter *letter,
                      struct ticket *ret) MUST_CHECK;

#endif
