/* incident - see incident.h. */
#include "incident.h"

#include "clock.h"
#include "inspect.h"
#include "queries.h"
#include "str.h"

#define FIRST_H 4
#define FULL_H 24
#define NUMBER_TRIES 5

const char *incident_word(const char *code)
{
	static const struct { const char *code, *zh; } words[] = {
#define K(code, zh) { #code, zh },
		INCIDENT_KINDS(K) INCIDENT_SEVERITIES(K) INCIDENT_REPORTS(K) INCIDENT_WAYS(K)
#undef K
	};

	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
		if (str_eq(words[i].code, code))
			return words[i].zh;
	}
	return code;
}

static int allowed(const struct actor *who)
{
	return access_may(who, CAP_INCIDENT) ? 0 : err_set(ERR_DENIED, "incidents are not for this role");
}

static int check_moment(int64_t at, int64_t now, const char *what)
{
	if (at > now)
		return err_say(ERR_INVALID, "%s不能晚于现在", what);
	if (at < now - INCIDENT_DAYS_BACK * 86400ll)
		return err_say(ERR_INVALID, "%s不能早于 %d 天前", what, INCIDENT_DAYS_BACK);
	return 0;
}

struct adding {
	struct arena *a;
	const struct actor *who;
	const struct incident *in;
	int64_t now;
	const char *no;
};

/* Hours of the step at which a kind is late; the fallback is what the law says. */
static int64_t hours_of(const struct inspect_rule *rules, size_t n, enum inspect_kind kind, int64_t otherwise)
{
	for (size_t i = 0; i < n; i++) {
		if (rules[i].kind == kind && rules[i].level == INSPECT_LATE && rules[i].unit == 'H')
			return rules[i].amount;
	}
	return otherwise;
}

static int add(struct db *db, void *arg)
{
	struct adding *w = arg;
	const struct incident *in = w->in;
	struct inspect_rule *rules;
	struct q_incident_count count;
	size_t n;
	int64_t id, first, full;
	int year, month, day, r;

	clock_civil(clock_day(w->now), &year, &month, &day);
	r = inspect_rules(db, w->a, clock_day(w->now), &rules, &n);
	if (r == 0)
		r = q_incident_count(db, w->a, arena_printf(w->a, "AQ%d-%%", year), &count);
	if (r < 0)
		return r;
	w->no = arena_printf(w->a, "AQ%d-%04lld", year, (long long)count.n + 1);
	first = in->found_at + 3600 * hours_of(rules, n, INSPECT_incident_first, FIRST_H);
	full = in->found_at + 3600 * hours_of(rules, n, INSPECT_incident_full, FULL_H);
	return q_incident_add(db, w->no, in->kind, in->severity, in->title, in->words, in->found_at, w->now,
	                      w->who->officer_id, first, full, &id);
}

int incident_add(struct db *db, struct arena *a, const struct actor *who, const struct incident *in, int64_t now,
                 const char **ret_no)
{
	struct adding w = { a, who, in, now, NULL };
	int r = allowed(who);

	if (r == 0)
		r = check_moment(in->found_at, now, "发现时间");
	if (r < 0)
		return r;
	/* Two registered at the same moment want the same number: the second takes the next. */
	r = ERR_DUP;
	for (int i = 0; r == ERR_DUP && i < NUMBER_TRIES; i++)
		r = db_tx(db, add, &w);
	*ret_no = w.no;
	return r;
}

struct reporting {
	struct arena *a;
	const struct actor *who;
	const struct incident_report *in;
	const char *no;
	int64_t version, now;
};

static int check_report(const struct reporting *w, const struct q_incident_lock *row)
{
	if (row->closed_at != TIME_NONE)
		return err_say(ERR_STATE, "这起事件已经处置完毕，不能再登记报告");
	if (row->version != w->version)
		return err_set(ERR_CONFLICT, "version %lld, read %lld", (long long)row->version, (long long)w->version);
	if (w->in->reported_at < row->found_at)
		return err_say(ERR_INVALID, "报告时间不能早于发现时间");
	if (str_eq(w->in->kind, "close") && (row->first_at == TIME_NONE || row->full_at == TIME_NONE))
		return err_say(ERR_INVALID, "先登记首次报告和书面报告，再登记处置完毕");
	return 0;
}

static int report(struct db *db, void *arg)
{
	struct reporting *w = arg;
	const struct incident_report *in = w->in;
	struct q_incident_lock row;
	int64_t at = in->reported_at, first, full;
	int r = q_incident_lock(db, w->a, w->no, &row);

	if (r == 0)
		r = check_report(w, &row);
	if (r < 0)
		return r;
	first = row.first_at != TIME_NONE ? row.first_at : at;
	full = row.full_at == TIME_NONE && str_eq(in->kind, "full") ? at : row.full_at;
	r = q_incident_report_add(db, row.id, in->kind, in->to_whom, in->how, in->words, at, w->now, w->who->officer_id,
	                          NULL);
	return r < 0 ? r : q_incident_move(db, first, full, str_eq(in->kind, "close") ? w->now : TIME_NONE, row.id, NULL);
}

int incident_report(struct db *db, struct arena *a, const struct actor *who, const char *no, int64_t version,
                    const struct incident_report *in, int64_t now)
{
	struct reporting w = { a, who, in, no, version, now };
	int r = allowed(who);

	if (r == 0)
		r = check_moment(in->reported_at, now, "报告时间");
	return r < 0 ? r : db_tx(db, report, &w);
}
