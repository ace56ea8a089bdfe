/* demo_letters - see demo_letters.h. All letters are played side by side: the one whose next step is the earliest goes
 * on, so that numbers, versions and merges come about in the order of time. */
#include "demo_letters.h"

#include <sodium.h>
#include <string.h>

#include "clock.h"
#include "demo_fields.h"
#include "intake.h"
#include "queries.h"
#include "text.h"
#include "topic.h"

#define STEP_BYTES (16u << 20)
#define LETTER_KEYS \
	"id type channel answer_by title body place demand unit publish contact workdays_ago at external path topic"
#define STEP_KEYS "do wait by text note reason unit officer co into days on reply result grade solved title body " \
	"places"
#define DAY_ABSENT 100000

struct letter {
	const char *id;
	size_t index;
	const json_t *path;
	size_t step;                 /* the next one; steps begin when the letter is in */
	int64_t at, next_at;         /* of the last thing that happened, and of the next */
	const char *channel, *topic;
	int64_t external_days;
	struct intake in;
	int64_t ticket_id;           /* 0: not in yet */
	struct demo_letter told;
};

struct play {
	struct demo *d;
	struct arena *tmp;           /* for one step */
	struct letter *letters;
	size_t n;
};

/* --- reading a letter --- */

static int unit_id(struct db *db, struct arena *a, const char *code, int64_t *ret)
{
	struct q_unit_by_code row;
	int r = *code ? q_unit_by_code(db, a, code, &row) : ERR_NOTFOUND;

	*ret = 0;
	if (r == ERR_NOTFOUND)
		return *code ? err_set(ERR_INVALID, "there is no unit '%s'", code) : 0;
	*ret = r == 0 ? row.id : 0;
	return r;
}

static void read_contact(struct demo *d, struct demo_fields *f, struct intake *in)
{
	const json_t *o = demo_fields_object(f, "contact");
	struct demo_fields c;

	if (!o)
		return;
	c = demo_fields_open(d->a, o, "name phone email");
	in->name = demo_fields_need(&c, "name", INTAKE_NAME_MAX);
	in->phone = demo_fields_line(&c, "phone", 30);
	in->email = demo_fields_line(&c, "email", 100);
	if (c.r == 0 && ((*in->phone && text_phone(d->a, in->phone, &in->phone) < 0) ||
	                 (*in->email && text_email(d->a, in->email, &in->email) < 0)))
		c.r = err_set(ERR_INVALID, "'contact' has no valid telephone or mail address");
	if (f->r == 0)
		f->r = c.r;
}

static void read_external(struct demo *d, struct demo_fields *f, struct letter *l)
{
	const json_t *o = demo_fields_object(f, "external");
	struct demo_fields x;

	if (!o)
		return;
	x = demo_fields_open(d->a, o, "system no due");
	l->in.external_system = demo_fields_need(&x, "system", 40);
	l->in.external_no = demo_fields_need(&x, "no", 80);
	l->external_days = demo_fields_int(&x, "due", DAY_ABSENT);
	if (f->r == 0)
		f->r = x.r;
}

/* An officer takes it down; the others come from the writer's own hand. */
static bool desk_channel(const struct letter *l)
{
	static const char *const desk[] = { "hotline", "visit", "paper", "superior_transfer", "national_site_error" };

	for (size_t i = 0; i < sizeof desk / sizeof desk[0]; i++) {
		if (str_eq(l->in.channel, desk[i]))
			return true;
	}
	return false;
}

static const char *submission_key(struct arena *a)
{
	unsigned char raw[16];
	char *hex = arena_alloc(a, 33);

	randombytes_buf(raw, sizeof raw);
	return sodium_bin2hex(hex, 33, raw, sizeof raw);
}

static int read_letter(struct demo *d, const json_t *o, struct letter *l)
{
	struct demo_fields f = demo_fields_open(d->a, o, LETTER_KEYS);
	const char *at, *unit;
	int64_t ago;
	int r;

	l->id = demo_fields_need(&f, "id", 20);
	l->in = (struct intake){ .type = states_type_from(demo_fields_need(&f, "type", 20)), .key_scope = "demo",
		.key = submission_key(d->a), .external_due_on = DAY_NONE };
	l->channel = demo_fields_line(&f, "channel", 20);
	l->in.channel = *l->channel ? l->channel : "web";
	l->in.title = l->told.title = demo_fields_need(&f, "title", INTAKE_TITLE_MAX);
	l->in.body = demo_fields_body(&f, "body", INTAKE_BODY_MAX);
	l->in.place = demo_fields_line(&f, "place", INTAKE_LINE_MAX);
	l->in.demand = demo_fields_line(&f, "demand", INTAKE_LINE_MAX);
	l->topic = demo_fields_line(&f, "topic", 24);
	l->in.publish_ok = demo_fields_flag(&f, "publish", true);
	if (*demo_fields_line(&f, "answer_by", 10))
		l->in.answer_by = demo_fields_line(&f, "answer_by", 10);
	unit = demo_fields_line(&f, "unit", 40);
	at = demo_fields_need(&f, "at", 5);
	ago = demo_fields_int(&f, "workdays_ago", -1);
	l->path = demo_fields_array(&f, "path");
	read_contact(d, &f, &l->in);
	read_external(d, &f, l);
	if (f.r == 0 && l->in.type == TYPE__MAX)
		return err_set(ERR_INVALID, "there is no such type");
	if (f.r < 0 || (r = unit_id(d->db, d->a, unit, &l->in.wanted_unit_id)) < 0 ||
	    (r = demo_time_begin(&d->time, ago, at, &l->next_at)) < 0)
		return f.r < 0 ? f.r : r;
	if (desk_channel(l) && l->next_at > d->time.last_at)
		l->next_at = d->time.last_at;
	l->in.body = demo_time_dates(&d->time, d->a, l->in.body, clock_day(l->next_at));
	if (l->external_days != DAY_ABSENT)
		l->in.external_due_on = demo_time_day(&d->time, clock_day(l->next_at), l->external_days);
	return 0;
}

/* --- who does it --- */

/* The i-th candidate, beginning with another officer for each letter, so that the work is shared; then those without an
 * account. NULL past the end. */
static const struct actor *candidate(const struct demo *d, const struct letter *l, size_t i)
{
	if (i < d->n_officers)
		return &d->officers[(i + l->index) % d->n_officers].who;
	return i == d->n_officers ? &ACTOR_CITIZEN : i == d->n_officers + 1 ? &ACTOR_SYSTEM : NULL;
}

static bool is_login(const struct demo *d, const struct actor *who, const char *login)
{
	for (size_t i = 0; i < d->n_officers; i++) {
		if (&d->officers[i].who == who)
			return str_eq(d->officers[i].login, login);
	}
	return false;
}

/* What ties somebody's unit to the letter is asked for where it matters: when it helps another one. */
static bool may(const struct demo *d, const struct letter *l, struct facts *f, const struct actor *who, enum cap cap)
{
	struct ticket t;

	if (access_may_on(who, cap, f->unit_id, false))
		return true;
	return l->ticket_id && access_whose(who, cap) & WHOSE_CO_UNIT &&
	       ticket_facts(d->db, d->a, l->ticket_id, who, &t, f) == 0 && f->co;
}

/* Somebody who may do this now, to this letter; by: the login it must be, "" for anybody. */
static int find_actor(const struct demo *d, const struct letter *l, const struct facts *f, const struct act *act,
                      const char *by, const struct actor **ret)
{
	int r = err_set(ERR_DENIED, "nobody has the capability");
	const struct actor *who;
	struct act tried = *act;
	struct facts own;
	struct move move;

	tried.master_open = true; /* ticket_apply() looks */
	for (size_t i = 0; (who = candidate(d, l, i)); i++) {
		own = *f;
		if ((*by && !is_login(d, who, by)) || !may(d, l, &own, who, (enum cap)act->action))
			continue;
		if ((r = states_decide(&own, who, &tried, &move)) == 0) {
			*ret = who;
			return 0;
		}
	}
	return r;
}

/* --- one thing that happens --- */

static int set_topic(struct play *p, const struct letter *l)
{
	struct q_topic_by_code topic;
	int r = *l->topic ? q_topic_by_code(p->d->db, p->tmp, l->topic, &topic) : 0;

	if (r == ERR_NOTFOUND)
		return err_set(ERR_INVALID, "there is no topic '%s'", l->topic);
	return r < 0 || !*l->topic ? r : topic_set(p->d->db, p->tmp, l->ticket_id, topic.id);
}

static int hand_in(struct play *p, struct letter *l)
{
	struct receipt receipt;
	bool transfer = l->in.external_no != NULL;
	struct act act = { .action = transfer ? ACT_INTAKE_TRANSFER : ACT_SUBMIT, .on = l->in.external_due_on };
	struct facts nothing = { .state = TICKET_NONE, .type = l->in.type, .proposal = -1 };
	const struct actor *who = &ACTOR_CITIZEN;
	int r = desk_channel(l) ? find_actor(p->d, l, &nothing, &act, "", &who) : 0;

	if (r == 0)
		r = transfer ? intake_transfer(p->d->db, p->tmp, who, &l->in, &receipt)
		             : intake_submit(p->d->db, p->tmp, who, &l->in, &receipt);
	if (r < 0)
		return r;
	l->ticket_id = receipt.ticket_id;
	l->told.state = states_office(transfer ? TICKET_ACCEPTED : TICKET_SUBMITTED);
	l->told.no = arena_strdup(p->d->a, receipt.no);
	l->told.query_code = arena_strdup(p->d->a, receipt.query_code);
	return set_topic(p, l);
}

static const struct letter *letter_by_id(const struct play *p, const char *id)
{
	for (size_t i = 0; i < p->n; i++) {
		if (str_eq(p->letters[i].id, id))
			return &p->letters[i];
	}
	return NULL;
}

static const char *given(const char *s)
{
	return *s ? s : NULL;
}

/* "sign" is short for { "do": "sign" }. */
static struct demo_fields open_step(struct arena *a, const json_t *step)
{
	json_t *o;

	if (!json_is_string(step))
		return demo_fields_open(a, step, STEP_KEYS);
	o = json_pack("{s:s}", "do", json_string_value(step));
	arena_defer(a, (void (*)(void *))json_decref, o);
	return demo_fields_open(a, o, STEP_KEYS);
}

static const char *text_of(struct play *p, const struct letter *l, struct demo_fields *f, const char *key)
{
	const char *s = demo_fields_body(f, key, INTAKE_BODY_MAX);

	return given(demo_time_dates(&p->d->time, p->tmp, s, clock_day(l->next_at)));
}

static int read_units(struct play *p, const struct letter *l, struct demo_fields *f, struct act *act)
{
	const json_t *co = demo_fields_array(f, "co"), *code;
	const char *unit = demo_fields_line(f, "unit", 40);
	int r = unit_id(p->d->db, p->tmp, unit, &act->unit_id);
	size_t i;

	if (act->action == ACT_ASSIGN && !*unit)
		act->unit_id = l->in.wanted_unit_id;
	json_array_foreach(co, i, code) {
		if (r < 0 || !json_is_string(code) || i >= STATES_CO_UNITS_MAX)
			return r < 0 ? r : err_set(ERR_INVALID, "'co' is not a list of a few units");
		r = unit_id(p->d->db, p->tmp, json_string_value(code), &act->co_units[i]);
		act->n_co_units++;
	}
	return r;
}

/* A public edition begins with the letter's own title and text. */
static void read_edition(struct play *p, const struct letter *l, struct demo_fields *f, struct act *act)
{
	const char *title = demo_fields_line(f, "title", INTAKE_TITLE_MAX);

	act->ed_title = *title ? title : l->in.title;
	act->ed_body = text_of(p, l, f, "body");
	if (!act->ed_body && l->in.publish_ok)
		act->ed_body = l->in.body;
	act->ed_reply = act->reply;
}

/* 0: nobody has that login. */
static int64_t officer_by_login(const struct play *p, const char *login)
{
	for (size_t i = 0; i < p->d->n_officers; i++) {
		if (str_eq(p->d->officers[i].login, login))
			return p->d->officers[i].who.officer_id;
	}
	return 0;
}

/* A reviewer's words at places of the answer. */
static int read_places(struct play *p, struct demo_fields *f, struct act *act)
{
	const json_t *list = demo_fields_array(f, "places"), *o;
	struct act_comment *places = arena_array(p->tmp, json_array_size(list) + 1, sizeof *places);
	size_t i;

	act->comments = places;
	act->n_comments = json_array_size(list);
	json_array_foreach(list, i, o) {
		struct demo_fields g = demo_fields_open(p->tmp, o, "paragraph quote words");

		places[i].paragraph = (int)demo_fields_int(&g, "paragraph", 1);
		places[i].quote = demo_fields_need(&g, "quote", 40);
		places[i].words = demo_fields_need(&g, "words", 200);
		if (g.r < 0)
			return g.r;
	}
	return 0;
}

static int read_step(struct play *p, const struct letter *l, struct demo_fields *f, struct act *act)
{
	const char *master = demo_fields_line(f, "into", 20);
	const struct letter *m = *master ? letter_by_id(p, master) : NULL;
	const char *handler = demo_fields_line(f, "officer", 40);
	int64_t on = demo_fields_int(f, "on", DAY_ABSENT);
	int r;

	*act = (struct act){ .action = states_action_from(demo_fields_need(f, "do", 30)), .text = text_of(p, l, f, "text"),
		.note = text_of(p, l, f, "note"), .reason = given(demo_fields_line(f, "reason", 24)),
		.days = (int)demo_fields_int(f, "days", 0), .reply = text_of(p, l, f, "reply"),
		.result = given(demo_fields_line(f, "result", 16)), .grade = (int)demo_fields_int(f, "grade", 0),
		.solved = given(demo_fields_line(f, "solved", 10)), .master_id = m ? m->ticket_id : 0, .on = DAY_NONE };
	if (on != DAY_ABSENT)
		act->on = demo_time_day(&p->d->time, clock_day(l->next_at), on);
	if (act->action == ACT_EDIT_EDITION)
		read_edition(p, l, f, act);
	act->officer_id = officer_by_login(p, handler);
	if ((r = read_places(p, f, act)) == 0)
		r = read_units(p, l, f, act);
	if (f->r == 0 && act->action == ACT__MAX)
		return err_set(ERR_INVALID, "there is no such action");
	if (f->r == 0 && *master && !m)
		return err_set(ERR_INVALID, "there is no letter '%s'", master);
	return f->r < 0 ? f->r : r;
}

static int take_step(struct play *p, struct letter *l)
{
	struct demo_fields f = open_step(p->tmp, json_array_get(l->path, l->step));
	const char *by = demo_fields_line(&f, "by", 40);
	const struct actor *who;
	struct ticket t;
	struct facts facts;
	struct act act;
	int r = read_step(p, l, &f, &act);

	if (r == 0)
		r = ticket_facts(p->d->db, p->tmp, l->ticket_id, &ACTOR_SYSTEM, &t, &facts);
	if (r == 0)
		r = find_actor(p->d, l, &facts, &act, by, &who);
	if (r == 0)
		r = ticket_apply(p->d->db, p->tmp, l->ticket_id, who, &act, &t);
	if (r == 0)
		l->told.state = states_office(t.state);
	return r;
}

/* --- all of them --- */

/* How long it takes when the file does not say; another figure each time, the same in each load. */
static int usual_minutes(const struct letter *l)
{
	return 22 + (int)((l->index * 13 + l->step * 17) % 41);
}

static int plan_next(struct play *p, struct letter *l)
{
	const json_t *step = json_array_get(l->path, l->step);
	const char *wait = json_is_object(step) ? json_string_value(json_object_get(step, "wait")) : "";

	if (!step)
		return 0;
	return demo_time_next(&p->d->time, l->at, wait ? wait : "", usual_minutes(l), &l->next_at);
}

static bool at_end(const struct letter *l)
{
	return l->ticket_id && l->step >= json_array_size(l->path);
}

static struct letter *earliest(const struct play *p)
{
	struct letter *found = NULL;

	for (size_t i = 0; i < p->n; i++) {
		if (!at_end(&p->letters[i]) && (!found || p->letters[i].next_at < found->next_at))
			found = &p->letters[i];
	}
	return found;
}

static int happen(struct play *p, struct letter *l)
{
	bool in = l->ticket_id != 0;
	int r;

	clock_fix(l->next_at);
	r = in ? take_step(p, l) : hand_in(p, l);
	if (r < 0)
		return r;
	l->step += in;
	l->at = l->next_at;
	return plan_next(p, l);
}

/* Which letter, and the step it did not take. */
static int name_mistake(struct demo *d, const struct letter *l, int r)
{
	const char *detail = arena_strdup(d->a, *err_detail() ? err_detail() : err_text(r));
	const json_t *step = json_array_get(l->path, l->step);
	const char *name = json_is_string(step) ? json_string_value(step) : json_string_value(json_object_get(step, "do"));

	if (!l->ticket_id)
		return err_set(r, "city.json: letter %s: %s", l->id ? l->id : "?", detail);
	return err_set(r, "city.json: letter %s, step %zu (%s): %s", l->id, l->step + 1, name ? name : "?", detail);
}

static int play_all(struct play *p)
{
	struct letter *l;

	while ((l = earliest(p))) {
		int r = happen(p, l);

		arena_reset(p->tmp);
		if (r < 0)
			return name_mistake(p->d, l, r);
	}
	return 0;
}

int demo_letters(struct demo *d, const json_t *letters, struct demo_letter **ret, size_t *ret_n)
{
	struct play p = { .d = d, .n = json_array_size(letters), .tmp = arena_new(STEP_BYTES) };
	int r = 0;

	p.letters = arena_array(d->a, p.n + 1, sizeof *p.letters);
	for (size_t i = 0; r == 0 && i < p.n; i++) {
		p.letters[i] = (struct letter){ .index = i, .external_days = DAY_ABSENT };
		r = read_letter(d, json_array_get(letters, i), &p.letters[i]);
		if (r < 0)
			r = name_mistake(d, &p.letters[i], r);
	}
	if (r == 0)
		r = play_all(&p);
	arena_free(p.tmp);
	*ret = arena_array(d->a, p.n + 1, sizeof **ret);
	for (size_t i = 0; i < p.n; i++)
		(*ret)[i] = p.letters[i].told;
	*ret_n = p.n;
	return r;
}
