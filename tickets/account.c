/* account - see account.h. */
#include "account.h"

#include "clock.h"

static int load_pauses(struct db *db, struct arena *a, struct account *acc)
{
	struct q_timer_pauses *rows;
	int r = q_timer_pauses(db, a, acc->clock.id, &rows, &acc->n_pauses);

	if (r < 0)
		return r;
	acc->pauses = arena_array(a, acc->n_pauses + 1, sizeof *acc->pauses);
	for (size_t i = 0; i < acc->n_pauses; i++)
		acc->pauses[i] = (struct sla_pause){ rows[i].from_on, rows[i].to_on };
	return 0;
}

int account_load(struct db *db, struct arena *a, int64_t ticket_id, const char *kind, struct account *ret)
{
	struct account acc = { .n_pauses = 0 };
	int first, last, m, d, r = q_account_clock(db, a, ticket_id, kind, &acc.clock);

	if (r < 0)
		return r;
	acc.term = (struct sla_term){ (int)acc.clock.amount, acc.clock.amount_unit[0] };
	clock_civil(acc.clock.start_on, &first, &m, &d);
	clock_civil(acc.clock.due_on, &last, &m, &d);
	if ((r = load_pauses(db, a, &acc)) < 0 || (r = q_account_events(db, a, acc.clock.id, &acc.events,
		&acc.n_events)) < 0 ||
	    (r = q_account_years(db, a, first, last, &acc.years, &acc.n_years)) < 0)
		return r;
	*ret = acc;
	return 0;
}

int account_extended(const struct account *acc)
{
	if (!acc->clock.base_unit || acc->clock.base_unit[0] != acc->term.unit || acc->term.amount <= acc->clock.base)
		return 0;
	return acc->term.amount - (int)acc->clock.base;
}
