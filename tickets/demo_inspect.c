/* demo_inspect - see demo_inspect.h. */
#include "demo_inspect.h"

#include <string.h>

#include "clock.h"
#include "conf.h"
#include "demo_fields.h"
#include "incident.h"
#include "intake.h"
#include "patrol.h"
#include "simulation.h"
#include "str.h"

static const struct actor *officer_of(const struct demo *d, const char *login)
{
	for (size_t i = 0; i < d->n_officers; i++) {
		if (strcmp(d->officers[i].login, login) == 0)
			return &d->officers[i].who;
	}
	return NULL;
}

/* `by` of an object, who must be there. */
static int need_officer(const struct demo *d, struct demo_fields *f, const struct actor **ret)
{
	const char *login = demo_fields_need(f, "by", 40);

	*ret = f->r < 0 ? NULL : officer_of(d, login);
	return f->r < 0 ? f->r : *ret == NULL ? err_set(ERR_INVALID, "there is no officer '%s'", login) : 0;
}

/* "09:20" on the day that many days ago. */
static int moment(const struct demo *d, struct demo_fields *f, const char *days, const char *at, int64_t *ret)
{
	int32_t day = clock_day(d->time.now) - (int32_t)demo_fields_int(f, days, 0);
	const char *text = arena_printf(d->a, "%s %s", clock_fmt_day(d->a, day), demo_fields_need(f, at, 5));

	if (f->r < 0)
		return f->r;
	return clock_parse(text, ret) < 0 ? err_set(ERR_INVALID, "'%s' is no moment", text) : 0;
}

static int add_question(struct demo *d, const json_t *o)
{
	struct demo_fields f = demo_fields_open(d->a, o, "by type title body name email");
	const struct simulated_question q = { demo_fields_need(&f, "type", 20),
		demo_fields_need(&f, "title", INTAKE_TITLE_MAX), demo_fields_body(&f, "body", INTAKE_BODY_MAX),
		demo_fields_need(&f, "name", INTAKE_NAME_MAX),
		demo_fields_need(&f, "email", 60) };
	const struct actor *who;
	int r = need_officer(d, &f, &who);

	return r < 0 ? r : simulation_question_add(d->db, who, &q, d->time.now);
}

static int add_report(struct demo *d, const struct actor *who, const char *no, int64_t version, const json_t *o)
{
	struct demo_fields f = demo_fields_open(d->a, o, "kind to how words days_ago at");
	struct incident_report in = { .kind = demo_fields_need(&f, "kind", 10),
		.to_whom = demo_fields_need(&f, "to", INCIDENT_TO_MAX), .how = demo_fields_need(&f, "how", 10),
		.words = demo_fields_body(&f, "words", INCIDENT_WORDS_MAX) };
	int r = moment(d, &f, "days_ago", "at", &in.reported_at);

	return r < 0 ? r : incident_report(d->db, d->a, who, no, version, &in, in.reported_at);
}

static int add_incident(struct demo *d, const json_t *o)
{
	struct demo_fields f = demo_fields_open(d->a, o, "by kind severity title words days_ago at reports");
	struct incident in = { demo_fields_need(&f, "kind", 10), demo_fields_need(&f, "severity", 10),
		demo_fields_need(&f, "title", INCIDENT_TITLE_MAX), demo_fields_body(&f, "words", INCIDENT_WORDS_MAX), 0 };
	const json_t *reports = demo_fields_array(&f, "reports"), *report;
	const struct actor *who;
	const char *no;
	size_t i;
	int r = need_officer(d, &f, &who);

	if (r == 0)
		r = moment(d, &f, "days_ago", "at", &in.found_at);
	if (r == 0)
		r = incident_add(d->db, d->a, who, &in, in.found_at + 600, &no);
	if (r < 0)
		return r;
	json_array_foreach(reports, i, report) {
		if ((r = add_report(d, who, no, (int64_t)i + 1, report)) < 0)
			return r;
	}
	return 0;
}

static int add_round(struct demo *d, const json_t *o)
{
	struct demo_fields f = demo_fields_open(d->a, o, "by found words done days_ago at");
	bool found = demo_fields_flag(&f, "found", false);
	const char *words = demo_fields_body(&f, "words", PATROL_NOTE_MAX);
	const char *done = demo_fields_body(&f, "done", PATROL_NOTE_MAX);
	const struct actor *who;
	int64_t at;
	int r = need_officer(d, &f, &who);

	if (r == 0)
		r = moment(d, &f, "days_ago", "at", &at);
	return r < 0 ? r : patrol_note(d->db, who, found, words, done, at);
}

int demo_inspect(struct demo *d, const json_t *city)
{
	static const struct { const char *key; int (*add)(struct demo *d, const json_t *o); } lists[] = {
		{ "questions", add_question }, { "incidents", add_incident }, { "rounds", add_round } };
	const struct actor *supervisor = NULL;
	const json_t *o;
	size_t i;
	int r;

	clock_fix(TIME_NONE);
	for (size_t n = 0; n < sizeof lists / sizeof lists[0]; n++) {
		json_array_foreach(json_object_get(city, lists[n].key), i, o) {
			if ((r = lists[n].add(d, o)) < 0)
				return err_set(r, "city.json: %s %zu: %s", lists[n].key, i + 1, arena_strdup(d->a, err_text(r)));
		}
	}
	for (i = 0; i < d->n_officers && supervisor == NULL; i++)
		supervisor = access_may(&d->officers[i].who, CAP_INSPECT) ? &d->officers[i].who : NULL;
	return supervisor == NULL || !str_eq(conf.environment, "demo") ? 0
		: simulation_switch(d->db, supervisor, true, d->time.now);
}
