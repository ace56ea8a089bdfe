/* api_letters - letters for programs: the city's apps and hotline, and superior systems that hand letters down.
 *
 * The same checks and the same domain as the pages. Bodies are JSON; an answer in 2xx means that the letter is stored.
 * Under /api/ errors are {"error": {"code", "message", "field"}} (failure.c). */
#include <sodium.h>
#include <string.h>

#include "api_key.h"
#include "clock.h"
#include "intake.h"
#include "log.h"
#include "public.h"
#include "tracked.h"

#define KEY_MAX 100
#define KEY_RANDOM 16
#define SYSTEM_MAX 40
#define EXTERNAL_NO_MAX 80
#define CODE_MAX 60

#define LETTER_FIELDS \
	{ "type", FIELD_CHOICE, .label = "type", .required = true, .choices = public_types }, \
	{ "unit", FIELD_TOKEN, .label = "unit", .max = 40 }, \
	{ "about_unit", FIELD_TOKEN, .label = "about_unit", .max = 40 }, \
	{ "title", FIELD_LINE, .label = "标题", .required = true, .min = INTAKE_TITLE_MIN, .max = INTAKE_TITLE_MAX }, \
	{ "body", FIELD_TEXT, .label = "内容", .required = true, .min = INTAKE_BODY_MIN, .max = INTAKE_BODY_MAX }, \
	{ "demand", FIELD_LINE, .label = "主要诉求", .max = INTAKE_LINE_MAX }, \
	{ "place", FIELD_LINE, .label = "地点", .max = INTAKE_LINE_MAX }, \
	{ "publish", FIELD_BOOL, .label = "publish" }, \
	{ "contact.phone", FIELD_PHONE, .label = "电话" }, \
	{ "contact.email", FIELD_EMAIL, .label = "电子邮箱" }

static const struct field letter_fields[] = {
	LETTER_FIELDS,
	{ "contact.name", FIELD_LINE, .label = "姓名", .required = true, .max = INTAKE_NAME_MAX },
	{ "idempotency_key", FIELD_TOKEN, .label = "idempotency_key", .max = KEY_MAX },
};
const struct form_def form_api_letter = { letter_fields, ARRAY_LEN(letter_fields) };

static const struct field transfer_fields[] = {
	LETTER_FIELDS,
	{ "contact.name", FIELD_LINE, .label = "姓名", .max = INTAKE_NAME_MAX },
	{ "external_system", FIELD_TOKEN, .label = "external_system", .required = true, .max = SYSTEM_MAX },
	{ "external_no", FIELD_LINE, .label = "external_no", .required = true, .max = EXTERNAL_NO_MAX },
	{ "due_on", FIELD_DATE, .label = "due_on" },
};
const struct form_def form_api_transfer = { transfer_fields, ARRAY_LEN(transfer_fields) };

static const struct field track_fields[] = {
	{ "number", FIELD_LINE, .label = "number", .required = true, .max = CODE_MAX },
	{ "query_code", FIELD_LINE, .label = "query_code", .required = true, .max = CODE_MAX },
};
const struct form_def form_api_track = { track_fields, ARRAY_LEN(track_fields) };

/* --- what all of them check --- */

static int check_json(const struct page *p)
{
	return p->req->body_kind == BODY_JSON ? 0 : err_set(ERR_TYPE, "the body is not application/json");
}

static int read_unit(struct page *p, const char *field, int64_t *ret_id)
{
	const char *code = form_text(p->form, field);
	struct q_unit_all unit = { .id = 0 };
	int rc = code != NULL ? public_unit(p, code, &unit) : 0;

	if (rc == ERR_NOTFOUND || (rc == 0 && code != NULL && !(unit.active && unit.takes_letters)))
		form_fail(p->form, field, "没有这个单位");
	else if (rc != 0)
		return rc;
	*ret_id = unit.id;
	return 0;
}

/* The units, and that nothing is wrong so far. */
static int check_form(struct page *p, int64_t *ret_unit_id, int64_t *ret_about_id)
{
	int rc = read_unit(p, "unit", ret_unit_id);

	if (rc == 0)
		rc = read_unit(p, "about_unit", ret_about_id);
	if (rc != 0)
		return rc;
	if (*ret_about_id > 0 && (*ret_about_id == *ret_unit_id || !str_eq(form_text(p->form, "type"), "complaint")))
		form_fail(p->form, "about_unit", "只有投诉可以指明被反映的单位，它不能同时是办理的单位");
	return form_ok(p->form) ? 0 : err_set(ERR_INVALID, "field %s", p->form->errors[0].field);
}

static struct intake intake_of(const struct page *p, int64_t unit_id)
{
	const struct form *f = p->form;

	return (struct intake){ .type = (enum ticket_type)form_choice(f, "type"), .channel = "api",
		.title = form_text(f, "title"), .body = form_text(f, "body"), .demand = form_text(f, "demand"),
		.place = form_text(f, "place"), .wanted_unit_id = unit_id, .publish_ok = form_bool(f, "publish"),
		.name = form_text(f, "contact.name"), .phone = form_text(f, "contact.phone"),
		.email = form_text(f, "contact.email"), .external_due_on = DAY_NONE };
}

static int created(struct page *p, const struct receipt *r, enum ticket_state state)
{
	json_t *o = json_object();

	json_object_set_new(o, "number", json_string(r->no));
	json_object_set_new(o, "query_code", json_string(r->query_code));
	json_object_set_new(o, "status", json_string(states_code(state)));
	json_object_set_new(o, "due_on", r->due_on != DAY_NONE ? json_string(clock_fmt_day(p->a, r->due_on)) : json_null());
	json_object_set_new(o, "provisional", json_boolean(r->provisional));
	return reply_json(p->reply, 201, o);
}

static const char *hex(struct arena *a, const unsigned char *bytes, size_t n)
{
	char *s = arena_alloc(a, 2 * n + 1);

	return sodium_bin2hex(s, 2 * n + 1, bytes, n);
}

/* --- letters --- */

static const char *random_key(struct arena *a)
{
	unsigned char bytes[KEY_RANDOM];

	randombytes_buf(bytes, sizeof(bytes));
	return hex(a, bytes, sizeof(bytes));
}

int api_letter_send(struct page *p)
{
	const char *key = form_text(p->form, "idempotency_key");
	struct receipt receipt;
	struct intake in;
	int64_t unit_id = 0, about_id = 0;
	int rc = check_json(p);

	if (rc == 0 && !form_given(p->form, "contact.phone") && !form_given(p->form, "contact.email"))
		form_fail(p->form, "contact.phone", "电话和电子邮箱，请至少填一个");
	if (rc == 0)
		rc = check_form(p, &unit_id, &about_id);
	if (rc != 0)
		return rc;
	in = intake_of(p, unit_id);
	in.about_unit_id = about_id;
	in.key_scope = "api";
	/* Without a key every request is a letter of its own. */
	in.key = key != NULL ? key : random_key(p->a);
	rc = intake_submit(p->db, p->a, &ACTOR_CITIZEN, &in, &receipt);
	return rc != 0 ? rc : created(p, &receipt, TICKET_SUBMITTED);
}

/* --- letters handed down --- */

/* The secret transfer_token, compared as hashes, in constant time. ERR_LOGIN: another one, or none is set up here. */
static int check_secret(struct page *p, const char *sent)
{
	unsigned char ours[crypto_generichash_BYTES], theirs[crypto_generichash_BYTES];
	const char *secret = NULL;
	int rc = conf_secret(p->a, "transfer_token", &secret);

	if (rc == ERR_NOTFOUND || (rc == 0 && secret[0] == '\0'))
		return ERR_LOGIN;
	if (rc != 0)
		return rc;
	must(crypto_generichash(ours, sizeof(ours), (const unsigned char *)secret, strlen(secret), NULL, 0) == 0);
	must(crypto_generichash(theirs, sizeof(theirs), (const unsigned char *)sent, strlen(sent), NULL, 0) == 0);
	return sodium_memcmp(ours, theirs, sizeof(ours)) == 0 ? 0 : ERR_LOGIN;
}

/* A superior has a key of its own (api_key.h), or the operator's secret. ret->id 0: the secret. */
static int check_bearer(struct page *p, struct api_key *ret)
{
	const char *sent = p->req->authorization;
	int rc;

	*ret = (struct api_key){ .id = 0 };
	if (strncasecmp(sent, "Bearer ", 7) != 0)
		return ERR_LOGIN;
	rc = check_secret(p, sent + 7);
	if (rc != ERR_LOGIN)
		return rc;
	return api_key_find(p->db, p->a, sent + 7, "transfers", ret);
}

static int not_ours(struct page *p)
{
	log_event(LOG_WARN, "transfer", "error=LOGIN detail=\"no bearer token, or another one\"");
	reply_json_error(p->reply, ERR_LOGIN, NULL, "需要有效的令牌（Authorization: Bearer …）");
	reply_header(p->reply, "WWW-Authenticate", "Bearer");
	err_clear();
	return 0;
}

/* The superior's number is the key; its own text may be longer than a key. */
static const char *transfer_key(struct arena *a, const char *system, const char *no)
{
	const char *both = arena_printf(a, "%s %s", system, no);
	unsigned char hash[crypto_generichash_BYTES];

	must(crypto_generichash(hash, sizeof(hash), (const unsigned char *)both, strlen(both), NULL, 0) == 0);
	return hex(a, hash, sizeof(hash));
}

int api_transfer_send(struct page *p)
{
	const char *token = NULL;
	struct receipt receipt;
	struct api_key caller;
	struct intake in;
	int64_t unit_id = 0, about_id = 0;
	int rc = check_bearer(p, &caller);

	if (rc == ERR_LOGIN)
		return not_ours(p);
	if (rc == 0)
		rc = check_json(p);
	if (rc == 0)
		rc = check_form(p, &unit_id, &about_id);
	if (rc != 0)
		return rc;
	in = intake_of(p, unit_id);
	in.about_unit_id = about_id;
	in.channel = "superior_transfer";
	in.external_system = form_text(p->form, "external_system");
	in.external_no = form_text(p->form, "external_no");
	in.external_due_on = form_day(p->form, "due_on");
	in.key_scope = "transfer";
	in.key = transfer_key(p->a, in.external_system, in.external_no);
	if (caller.id > 0)
		rc = api_key_count(p->db, p->a, &caller);
	if (rc == 0)
		rc = intake_transfer(p->db, p->a, &ACTOR_API, &in, &receipt);
	if (rc == 0 && caller.id > 0)
		rc = api_key_letter(p->db, p->a, &caller, receipt.ticket_id, receipt.no, &token);
	return rc != 0 ? rc : created(p, &receipt, TICKET_ACCEPTED);
}

/* --- where a letter stands --- */

static json_t *text_or_null(const char *s)
{
	return s != NULL && s[0] != '\0' ? json_string(s) : json_null();
}

static json_t *events_json(struct arena *a, const struct tracked *t)
{
	json_t *list = json_array();

	for (size_t i = 0; i < t->events_n; i++) {
		const struct q_track_events *e = &t->events[i];
		json_t *o;

		if (!tracked_told(e))
			continue;
		o = json_object();
		json_object_set_new(o, "at", json_string(clock_fmt_iso(a, e->at)));
		json_object_set_new(o, "action", json_string(e->action));
		json_object_set_new(o, "what", json_string(states_action_told(states_action_from(e->action))));
		json_object_set_new(o, "department", text_or_null(e->unit_name));
		json_object_set_new(o, "note", text_or_null(e->public_note));
		json_array_append_new(list, o);
	}
	return list;
}

static const char *day_of(struct arena *a, int64_t at)
{
	return at != TIME_NONE ? clock_fmt_day(a, clock_day(at)) : "";
}

int api_track(struct page *p)
{
	struct tracked t;
	int64_t id = 0;
	json_t *o;
	int rc = check_json(p);

	if (rc == 0 && !form_ok(p->form))
		rc = err_set(ERR_INVALID, "number or code");
	if (rc == 0)
		rc = intake_find(p->db, p->a, form_text(p->form, "number"), form_text(p->form, "query_code"),
			p->req->client, &id);
	if (rc == 0)
		rc = tracked_load(p, id, &t);
	if (rc != 0)
		return rc;
	o = json_object();
	json_object_set_new(o, "number", json_string(t.letter.no));
	json_object_set_new(o, "type", json_string(t.letter.type));
	json_object_set_new(o, "title", json_string(t.letter.title));
	json_object_set_new(o, "status", json_string(tracked_state(&t)));
	json_object_set_new(o, "status_text", json_string(states_writer(t.t.state)));
	json_object_set_new(o, "received_on", json_string(day_of(p->a, t.letter.received_at)));
	json_object_set_new(o, "accepted_on", text_or_null(day_of(p->a, t.letter.accepted_at)));
	json_object_set_new(o, "due_on", text_or_null(t.due_on != DAY_NONE ? clock_fmt_day(p->a, t.due_on) : ""));
	json_object_set_new(o, "provisional", json_boolean(t.due_on != DAY_NONE && t.t.due_provisional));
	json_object_set_new(o, "late", json_boolean(t.late));
	json_object_set_new(o, "department", text_or_null(tracked_unit(&t)));
	json_object_set_new(o, "timeline", events_json(p->a, &t));
	json_object_set_new(o, "replied_on", text_or_null(day_of(p->a, t.letter.replied_at)));
	json_object_set_new(o, "reply", text_or_null(tracked_answer(&t)));
	return reply_json(p->reply, 200, o);
}
