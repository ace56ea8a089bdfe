/* worktime - see worktime.h. */
#include "worktime.h"

#include "conf.h"
#include "queries.h"

static struct worktime kept;
static struct arena *memory;
static int64_t kept_calendar = -1, kept_policy = -1;

static int load_calendar(struct db *db, struct arena *tmp)
{
	struct q_calendar_days *days;
	struct q_calendar_years *years;
	struct calendar_entry *entries;
	struct calendar_year *cy;
	struct calendar *cal;
	size_t n, ny;
	int r;

	if ((r = q_calendar_days(db, tmp, &days, &n)) < 0 || (r = q_calendar_years(db, tmp, &years, &ny)) < 0)
		return r;
	entries = arena_array(tmp, n + 1, sizeof *entries);
	for (size_t i = 0; i < n; i++)
		entries[i] = (struct calendar_entry){ days[i].day, str_eq(days[i].kind, "off"), days[i].name };
	cy = arena_array(tmp, ny + 1, sizeof *cy);
	for (size_t i = 0; i < ny; i++)
		cy[i] = (struct calendar_year){ (int)years[i].year, years[i].provisional, years[i].source };
	if ((r = calendar_build(memory, entries, n, cy, ny, &cal)) < 0)
		return r;
	kept.cal = cal;
	return 0;
}

static int load_policies(struct db *db, struct arena *tmp)
{
	struct q_policies *rows;
	struct sla_policy *p;
	size_t n;
	int r = q_policies(db, tmp, &rows, &n);

	if (r < 0)
		return r;
	p = arena_array(memory, n + 1, sizeof *p);
	for (size_t i = 0; i < n; i++) {
		p[i] = (struct sla_policy){ .id = rows[i].id, .timer = arena_strdup(memory, rows[i].timer),
			.type = rows[i].business_type ? arena_strdup(memory, rows[i].business_type) : NULL,
			.unit_id = rows[i].unit_id ? *rows[i].unit_id : 0, .amount = (int)rows[i].amount,
			.unit = rows[i].amount_unit[0], .max_amount = (int)rows[i].max_amount,
			.allowance = (int)rows[i].allowance, .warn_amount = (int)rows[i].warn_amount,
			.valid_from = rows[i].valid_from, .valid_to = rows[i].valid_to };
	}
	kept.policies = p;
	kept.n_policies = n;
	return 0;
}

int worktime_get(struct db *db, const struct worktime **ret)
{
	struct arena *tmp = arena_new(8 << 20);
	struct q_worktime_version v;
	int r = q_worktime_version(db, tmp, &v);

	if (r == 0 && (v.calendar_id != kept_calendar || v.policy_id != kept_policy || !memory)) {
		arena_free(memory);
		memory = arena_new(16 << 20);
		kept_calendar = -1;
		kept.hours = (struct office_hours){ (int)conf.office_open_min, (int)conf.office_close_min,
		                                    conf.deem_next_workday };
		r = load_calendar(db, tmp);
		if (r == 0)
			r = load_policies(db, tmp);
		if (r == 0) {
			kept_calendar = v.calendar_id;
			kept_policy = v.policy_id;
		}
	}
	arena_free(tmp);
	*ret = &kept;
	return r;
}

const struct worktime *worktime_last(void)
{
	must(memory != NULL);
	return &kept;
}

const struct sla_policy *worktime_policy(const struct worktime *wt, const char *name, enum ticket_type type,
                                         int64_t unit_id,
                                         int32_t day)
{
	return sla_policy_pick(wt->policies, wt->n_policies, name, states_type_code(type), unit_id, day);
}

int32_t worktime_promise(const struct worktime *wt, enum ticket_type type, int32_t day, bool *ret_provisional)
{
	const struct sla_policy *accept = worktime_policy(wt, "accept", type, 0, day);
	const struct sla_policy *reply = worktime_policy(wt, "reply", type, 0, day);
	int n = (accept ? accept->amount : 0) + (reply ? reply->amount : 0);

	return calendar_add(wt->cal, day, n, ret_provisional);
}
