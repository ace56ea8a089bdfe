/* demo - see demo.h. Units, officers and the files that tell of them; the letters are demo_letters.c. */
#include "demo.h"

#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "api_key.h"
#include "clock.h"
#include "conf.h"
#include "demo_fields.h"
#include "demo_inspect.h"
#include "demo_letters.h"
#include "demo_scores.h"
#include "demo_watch.h"
#include "org.h"
#include "password.h"
#include "places.h"
#include "queries.h"
#include "worktime.h"

#define TEST_PASSWORD "minsheng-demo-2026"
#define FILE_BYTES (1u << 20)
/* The accounts are older than the oldest letter. */
#define OFFICERS_SINCE_S (200ll * 86400)

/* One load; the transaction may be run again, so that all of it is made anew from the file. */
struct load {
	struct demo d;
	const json_t *city;
	const char *password, *hash;
	size_t n_units, n_letters;
};

/* --- units and officers --- */

static int add_card(struct load *w, int64_t unit_id, const json_t *o)
{
	struct demo_fields f = demo_fields_open(w->d.a, o, "duties hours phone address contact");
	const char *duties = demo_fields_line(&f, "duties", 200), *hours = demo_fields_line(&f, "hours", 60);
	const char *phone = demo_fields_line(&f, "phone", 40), *address = demo_fields_line(&f, "address", 80);
	const char *contact = demo_fields_line(&f, "contact", 40);

	return f.r < 0 ? f.r : q_unit_card_put(w->d.db, unit_id, duties, hours, phone, address, contact, NULL);
}

/* Who answers for a unit, since the accounts are there; filed. */
static int add_duty(struct load *w, const char *code, const json_t *o, bool responsible)
{
	const struct org op = { w->d.db, w->d.a, NULL };
	struct demo_fields f = demo_fields_open(w->d.a, o, "name post phone");
	struct org_duty d = { .responsible = responsible, .name = demo_fields_need(&f, "name", 20),
		.post = demo_fields_line(&f, "post", 30), .phone = demo_fields_line(&f, "phone", 20),
		.from_on = clock_day(w->d.time.now - OFFICERS_SINCE_S) };
	struct q_unit_by_code unit;
	struct q_duty_of *rows;
	size_t n;
	int r = f.r;

	if (r < 0 || (r = org_duty_set(&op, code, &d)) < 0 || !responsible)
		return r;
	if ((r = q_unit_by_code(w->d.db, w->d.a, code, &unit)) < 0 ||
	    (r = q_duty_of(w->d.db, w->d.a, unit.id, &rows, &n)) < 0)
		return r;
	for (size_t i = 0; r == 0 && i < n; i++) {
		if (strcmp(rows[i].duty, "responsible") == 0)
			r = org_duty_filed(&op, code, rows[i].id, d.from_on, "备案表");
	}
	return r;
}

static int add_duties(struct load *w, const char *code, const json_t *leader, const json_t *responsible)
{
	int r = leader ? add_duty(w, code, leader, false) : 0;

	return r == 0 && responsible ? add_duty(w, code, responsible, true) : r;
}

static int add_unit(struct load *w, const json_t *o, size_t i)
{
	struct demo_fields f = demo_fields_open(w->d.a, o, "code name short kind parent letters card leader responsible");
	const char *code = demo_fields_need(&f, "code", 40), *name = demo_fields_need(&f, "name", 40);
	const char *short_name = demo_fields_need(&f, "short", 20), *kind = demo_fields_need(&f, "kind", 20);
	const char *parent = demo_fields_line(&f, "parent", 40);
	bool letters = demo_fields_flag(&f, "letters", true);
	const json_t *card = demo_fields_object(&f, "card"), *leader = demo_fields_object(&f, "leader");
	const json_t *responsible = demo_fields_object(&f, "responsible");
	struct q_unit_by_code above = { 0 };
	int64_t id;
	int r = f.r;

	if (r == 0 && *parent)
		r = q_unit_by_code(w->d.db, w->d.a, parent, &above);
	if (r == 0)
		r = q_unit_add(w->d.db, above.id ? &above.id : NULL, code, name, short_name, kind, (int64_t)i * 10, letters,
		               &id);
	if (r == 0 && card)
		r = add_card(w, id, card);
	if (r == 0)
		r = add_duties(w, code, leader, responsible);
	if (r == ERR_NOTFOUND || r == ERR_DUP)
		return err_set(ERR_INVALID, r == ERR_DUP ? "there is a unit '%s' already" : "'%s' has no such parent", code);
	return r;
}

static int add_roles(struct load *w, int64_t officer_id, const char *roles, uint32_t *ret)
{
	char *copy = arena_strdup(w->d.a, roles), *save = NULL;
	int r = 0;

	*ret = 0;
	for (char *word = strtok_r(copy, " ", &save); r == 0 && word; word = strtok_r(NULL, " ", &save)) {
		enum role role = access_role_from(word);

		if (role >= ROLE_CITIZEN)
			return err_set(ERR_INVALID, "there is no role '%s'", word);
		*ret |= 1u << role;
		r = q_officer_role_add(w->d.db, officer_id, word, NULL);
	}
	return r;
}

static int add_officer(struct load *w, const json_t *o, struct demo_officer *ret)
{
	struct demo_fields f = demo_fields_open(w->d.a, o, "login name unit roles");
	const char *login = demo_fields_need(&f, "login", 40), *name = demo_fields_need(&f, "name", 20);
	const char *unit = demo_fields_need(&f, "unit", 40), *roles = demo_fields_need(&f, "roles", 200);
	const char *mail = arena_printf(w->d.a, "%s@%s.minsheng.invalid", login, unit);
	struct q_unit_by_code row;
	int64_t id;
	int r = f.r;

	if (r < 0 || (r = q_unit_by_code(w->d.db, w->d.a, unit, &row)) < 0)
		return r == ERR_NOTFOUND ? err_set(ERR_INVALID, "there is no unit '%s'", unit) : r;
	*ret = (struct demo_officer){ .login = login, .name = name, .unit_name = row.name };
	if ((r = q_officer_add(w->d.db, login, name, row.id, mail, w->d.time.now - OFFICERS_SINCE_S, &id)) < 0 ||
	    (r = q_officer_secret_put(w->d.db, id, w->hash, false, TIME_NONE, NULL)) < 0)
		return r;
	ret->who = (struct actor){ .officer_id = id, .unit_id = row.id, .name = name };
	return add_roles(w, id, roles, &ret->who.roles);
}

static int add_people(struct load *w)
{
	const json_t *units = json_object_get(w->city, "units"), *officers = json_object_get(w->city, "officers"), *o;
	size_t i;
	int r = 0;

	w->n_units = json_array_size(units);
	w->d.n_officers = json_array_size(officers);
	w->d.officers = arena_array(w->d.a, w->d.n_officers + 1, sizeof *w->d.officers);
	json_array_foreach(units, i, o) {
		if ((r = add_unit(w, o, i)) < 0)
			return err_set(r, "city.json: unit %zu: %s", i + 1, arena_strdup(w->d.a, err_detail()));
	}
	json_array_foreach(officers, i, o) {
		if ((r = add_officer(w, o, &w->d.officers[i])) < 0)
			return err_set(r, "city.json: officer %zu: %s", i + 1, arena_strdup(w->d.a, err_detail()));
	}
	return 0;
}

static int64_t officer_of(const struct load *w, const char *login)
{
	for (size_t i = 0; i < w->d.n_officers; i++) {
		if (strcmp(w->d.officers[i].login, login) == 0)
			return w->d.officers[i].who.officer_id;
	}
	return 0;
}

static int add_absence(struct load *w, const json_t *o)
{
	const struct org op = { w->d.db, w->d.a, NULL };
	struct demo_fields f = demo_fields_open(w->d.a, o, "away stand_in from to");
	const char *away = demo_fields_need(&f, "away", 40), *stand_in = demo_fields_need(&f, "stand_in", 40);
	int32_t today = clock_day(w->d.time.now);
	int32_t from = today + (int32_t)demo_fields_int(&f, "from", 0), to = today + (int32_t)demo_fields_int(&f, "to", 0);

	return f.r < 0 ? f.r : org_leave_add(&op, away, officer_of(w, stand_in), from, to);
}

/* A responsible person to come, not filed yet. */
static int add_change(struct load *w, const json_t *o)
{
	const struct org op = { w->d.db, w->d.a, NULL };
	struct demo_fields f = demo_fields_open(w->d.a, o, "unit name post phone in");
	const char *unit = demo_fields_need(&f, "unit", 40);
	const struct org_duty d = { .responsible = true, .name = demo_fields_need(&f, "name", 20),
		.post = demo_fields_line(&f, "post", 30), .phone = demo_fields_line(&f, "phone", 20),
		.from_on = clock_day(w->d.time.now) + (int32_t)demo_fields_int(&f, "in", 10) };

	return f.r < 0 ? f.r : org_duty_set(&op, unit, &d);
}

/* A program that may hand letters in; nobody knows its key. */
static int add_key(struct load *w, const json_t *o)
{
	const struct org org = { w->d.db, w->d.a, NULL };
	struct demo_fields f = demo_fields_open(w->d.a, o, "name contact per_day");
	struct api_key_new k = { .name = demo_fields_need(&f, "name", API_KEY_NAME_MAX),
	                         .contact = demo_fields_need(&f, "contact", API_KEY_CONTACT_MAX),
	                         .scope = api_key_scope_codes[0], .answer = api_key_answer_codes[0],
	                         .per_day = demo_fields_int(&f, "per_day", API_KEY_PER_DAY) };
	const char *key;

	return f.r < 0 ? f.r : api_key_make(&org, &k, &key);
}

static int add_org(struct load *w)
{
	const json_t *o;
	size_t i;
	int r;

	json_array_foreach(json_object_get(w->city, "absences"), i, o) {
		if ((r = add_absence(w, o)) < 0)
			return err_set(r, "city.json: absence %zu: %s", i + 1, arena_strdup(w->d.a, err_text(r)));
	}
	json_array_foreach(json_object_get(w->city, "changes"), i, o) {
		if ((r = add_change(w, o)) < 0)
			return err_set(r, "city.json: change %zu: %s", i + 1, arena_strdup(w->d.a, err_text(r)));
	}
	json_array_foreach(json_object_get(w->city, "keys"), i, o) {
		if ((r = add_key(w, o)) < 0)
			return err_set(r, "city.json: key %zu: %s", i + 1, arena_strdup(w->d.a, err_text(r)));
	}
	return 0;
}

/* --- the two files --- */

/* Column of a table for the eye: what is not ASCII here is Chinese and takes two places. */
static void add_column(struct str *o, const char *s, int width)
{
	str_add(o, s);
	for (; *s; s++)
		width -= (*s & 0xc0) == 0x80 ? 0 : (unsigned char)*s < 0x80 ? 1 : 2;
	for (; width > 0; width--)
		str_addc(o, ' ');
	str_addc(o, ' ');
}

static const char *role_names(struct arena *a, uint32_t roles)
{
	struct str o;

	str_init(&o, a, 1000);
	for (int i = 0; i < ROLE__MAX; i++) {
		if (roles & 1u << i)
			str_addf(&o, "%s%s", o.len ? "、" : "", access_role_name((enum role)i));
	}
	return o.s;
}

static const char *accounts_text(const struct load *w)
{
	struct str o;

	str_init(&o, w->d.a, FILE_BYTES);
	str_add(&o, "# 演示账号。仅供演示；正式使用前请全部停用。\n");
	add_column(&o, "登录名", 18), add_column(&o, "姓名", 8), add_column(&o, "角色", 26), add_column(&o, "单位", 34);
	str_add(&o, "密码\n");
	for (size_t i = 0; i < w->d.n_officers; i++) {
		const struct demo_officer *f = &w->d.officers[i];

		add_column(&o, f->login, 18);
		add_column(&o, f->name, 8);
		add_column(&o, role_names(w->d.a, f->who.roles), 26);
		add_column(&o, f->unit_name, 34);
		str_addf(&o, "%s\n", w->password);
	}
	return o.s;
}

static const char *letters_text(const struct load *w, const struct demo_letter *letters)
{
	struct str o;

	str_init(&o, w->d.a, FILE_BYTES);
	str_add(&o, "# 演示来信：编号和查询码，可在“查询来信”页面使用。\n");
	add_column(&o, "编号", 26), add_column(&o, "查询码", 14), add_column(&o, "状态", 16);
	str_add(&o, "标题\n");
	for (size_t i = 0; i < w->n_letters; i++) {
		add_column(&o, letters[i].no, 26);
		add_column(&o, letters[i].query_code, 14);
		add_column(&o, letters[i].state, 16);
		str_addf(&o, "%s\n", letters[i].title);
	}
	return o.s;
}

static int write_private(struct arena *a, const char *name, const char *text)
{
	const char *path = arena_printf(a, "%s/%s", conf.dir, name), *fresh = arena_printf(a, "%s.new", path);
	size_t n = strlen(text);
	bool ok;
	int fd;

	unlink(fresh);
	fd = open(fresh, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0)
		return err_set(ERR_IO, "cannot write %s: %s", fresh, strerror(errno));
	ok = write(fd, text, n) == (ssize_t)n && fsync(fd) == 0;
	close(fd);
	return ok && rename(fresh, path) == 0 ? 0 : err_set(ERR_IO, "cannot write %s", path);
}

/* --- the load --- */

static int load(struct db *db, void *arg)
{
	struct load *w = arg;
	struct demo_letter *letters;
	const struct worktime *wt;
	int64_t letters_n;
	int r = worktime_get(db, &wt);

	if (r < 0)
		return r;
	w->d.time = demo_time_make(wt, w->d.time.now);
	if ((r = add_people(w)) < 0 || (r = add_org(w)) < 0 ||
	    (r = places_set(db, w->d.a, json_object_get(w->city, "places"), &letters_n)) < 0 ||
	    (r = demo_letters(&w->d, json_object_get(w->city, "letters"), &letters, &w->n_letters)) < 0 ||
	    (r = demo_watch(&w->d, json_object_get(w->city, "circulars"), letters, w->n_letters)) < 0 ||
	    (r = demo_inspect(&w->d, w->city)) < 0 ||
	    (r = demo_scores(&w->d, json_object_get(w->city, "samples"), json_object_get(w->city, "scores"))) < 0)
		return r;
	/* Before COMMIT: there must be no city whose password nobody knows. Files without a city do no harm. */
	if ((r = write_private(w->d.a, "demo-letters.txt", letters_text(w, letters))) < 0)
		return r;
	return write_private(w->d.a, "demo-accounts.txt", accounts_text(w));
}

static int read_city(struct arena *a, const json_t **ret)
{
	const char *path = arena_printf(a, "%s/demo/city.json", conf.data_dir);
	json_error_t error;
	json_t *o = json_load_file(path, JSON_REJECT_DUPLICATES, &error);
	struct demo_fields f;

	if (!o)
		return err_set(ERR_INVALID, "%s:%d: %s", path, error.line, error.text);
	arena_defer(a, (void (*)(void *))json_decref, o);
	f = demo_fields_open(a, o,
	                     "units places officers absences changes keys letters questions incidents rounds samples "
	                     "scores circulars");
	demo_fields_array(&f, "units");
	demo_fields_array(&f, "officers");
	demo_fields_array(&f, "absences");
	demo_fields_array(&f, "changes");
	demo_fields_array(&f, "keys");
	demo_fields_array(&f, "letters");
	demo_fields_array(&f, "questions");
	demo_fields_array(&f, "incidents");
	demo_fields_array(&f, "rounds");
	demo_fields_array(&f, "samples");
	demo_fields_array(&f, "scores");
	*ret = o;
	return f.r < 0 ? err_set(f.r, "%s: %s", path, arena_strdup(a, err_detail())) : 0;
}

/* Four groups of four, without letters that look like others: 78 bits. */
static const char *new_password(struct arena *a)
{
	static const char set[] = "abcdefghjkmnpqrstuvwxyz23456789";
	struct str o;

	if (str_eq(conf.environment, "test"))
		return TEST_PASSWORD;
	str_init(&o, a, 32);
	for (int i = 0; i < 16; i++) {
		if (i && i % 4 == 0)
			str_addc(&o, '-');
		str_addc(&o, set[randombytes_uniform(sizeof set - 1)]);
	}
	return o.s;
}

int demo_load(struct db *db, struct arena *a, struct str *o)
{
	struct load w = { .d = { .db = db, .a = a, .time = { .now = clock_now() } } };
	struct q_officer_count n;
	int r = q_officer_count(db, a, &n);

	if (r < 0)
		return r;
	if (n.n > 0) {
		str_add(o, "demo city: not loaded, there are officers already\n");
		return 0;
	}
	w.password = new_password(a);
	if ((r = read_city(a, &w.city)) < 0 || (r = password_hash(a, w.password, &w.hash)) < 0)
		return r;
	r = db_tx(db, load, &w);
	clock_fix(TIME_NONE);
	if (r < 0)
		return r;
	str_addf(o, "demo city: %zu units, %zu officers, %zu letters; accounts in %s/demo-accounts.txt\n", w.n_units,
	         w.d.n_officers, w.n_letters, conf.dir);
	return 0;
}
