/* worktime - see worktime.h. */
#include "worktime.h"

#include "conf.h"
#include "queries.h"
#include "worktime_rules.h"

static struct worktime kept;
static struct arena *memory;
static int64_t kept_calendar = -1, kept_policy = -1, kept_rules = -1, kept_topics = -1;

static bool replaced(int64_t year, const struct calendar_file *files, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (files[i].year == year)
			return true;
	}
	return false;
}

/* The days and years of some more notices behind those of the database. */
static void add_files(const struct calendar_file *files, size_t n_files, struct calendar_entry *days, size_t *n,
                      struct calendar_year *years, size_t *ny)
{
	for (size_t i = 0; i < n_files; i++) {
		for (size_t k = 0; k < files[i].n_days; k++)
			days[(*n)++] = files[i].days[k];
		years[(*ny)++] = (struct calendar_year){ files[i].year, files[i].provisional, files[i].source };
	}
}

/* The calendar into `to`: as it is in force, but for the years of these files. */
static int load_calendar(struct db *db, struct arena *tmp, struct arena *to,
                         const struct calendar_file *files, size_t n_files,
                         struct worktime *wt)
{
	struct q_calendar_days *days;
	struct q_calendar_years *years;
	struct calendar_entry *entries;
	struct calendar_year *cy;
	struct calendar *cal;
	size_t rows, rows_y, n = 0, ny = 0, more = 0;
	int r;

	if ((r = q_calendar_days(db, tmp, &days, &rows)) < 0 || (r = q_calendar_years(db, tmp, &years, &rows_y)) < 0)
		return r;
	for (size_t i = 0; i < n_files; i++)
		more += files[i].n_days;
	entries = arena_array(tmp, rows + more + 1, sizeof *entries);
	for (size_t i = 0; i < rows; i++) {
		if (!replaced(days[i].year, files, n_files))
			entries[n++] = (struct calendar_entry){ days[i].day, str_eq(days[i].kind, "off"), days[i].name };
	}
	cy = arena_array(tmp, rows_y + n_files + 1, sizeof *cy);
	for (size_t i = 0; i < rows_y; i++)
		cy[ny++] = (struct calendar_year){ (int)years[i].year, years[i].provisional, years[i].source };
	add_files(files, n_files, entries, &n, cy, &ny);
	if ((r = calendar_build(to, entries, n, cy, ny, &cal)) < 0)
		return r;
	wt->cal = cal;
	return 0;
}

/* The terms into `to`, and one more behind them unless it is NULL. */
static int load_policies(struct db *db, struct arena *tmp, struct arena *to, const struct sla_policy *term,
                         struct worktime *wt)
{
	struct q_policies *rows;
	struct sla_policy *p;
	size_t n;
	int r = q_policies(db, tmp, &rows, &n);

	if (r < 0)
		return r;
	p = arena_array(to, n + 2, sizeof *p);
	for (size_t i = 0; i < n; i++) {
		p[i] = (struct sla_policy){ .id = rows[i].id, .timer = arena_strdup(to, rows[i].timer),
			.type = rows[i].business_type ? arena_strdup(to, rows[i].business_type) : NULL,
			.unit_id = rows[i].unit_id ? *rows[i].unit_id : 0, .amount = (int)rows[i].amount,
			.unit = rows[i].amount_unit[0], .max_amount = (int)rows[i].max_amount,
			.allowance = (int)rows[i].allowance,
			.valid_from = rows[i].valid_from, .valid_to = rows[i].valid_to };
	}
	if (term)
		p[n++] = *term;
	wt->policies = p;
	wt->n_policies = n;
	return 0;
}

int worktime_get(struct db *db, const struct worktime **ret)
{
	struct arena *tmp = arena_new(8 << 20);
	struct q_worktime_version v;
	int r = q_worktime_version(db, tmp, &v);

	if (r == 0 && (v.calendar_id != kept_calendar || v.policy_id != kept_policy || v.rules != kept_rules ||
	               !memory)) {
		arena_free(memory);
		memory = arena_new(16 << 20);
		kept_calendar = -1;
		kept.hours = (struct office_hours){ (int)conf.office_open_min, (int)conf.office_close_min,
		                                    conf.deem_next_workday };
		r = load_calendar(db, tmp, memory, NULL, 0, &kept);
		if (r == 0)
			r = load_policies(db, tmp, memory, NULL, &kept);
		if (r == 0)
			r = worktime_rules_load(db, tmp, memory, &kept);
		if (r == 0) {
			kept_calendar = v.calendar_id;
			kept_policy = v.policy_id;
			kept_rules = v.rules;
			kept.version = arena_printf(memory, "%lld.%lld.%lld", (long long)v.calendar_id,
			                            (long long)v.policy_id, (long long)v.rules);
		}
	}
	if (r == 0)
		kept_topics = v.topics;
	arena_free(tmp);
	*ret = &kept;
	return r;
}

int64_t worktime_topics(void)
{
	return kept_topics;
}

int worktime_as_if(struct db *db, struct arena *a, const struct calendar_file *files, size_t n_files,
                   const struct sla_policy *term,
                   struct worktime *ret)
{
	int r;

	*ret = (struct worktime){
		.hours = { (int)conf.office_open_min, (int)conf.office_close_min, conf.deem_next_workday },
	};
	r = load_calendar(db, a, a, files, n_files, ret);
	if (r == 0)
		r = load_policies(db, a, a, term, ret);
	return r < 0 ? r : worktime_rules_load(db, a, a, ret);
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
