/* ctl_admin - minshengctl act, user, calendar and selftest. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>

#include "calendar_import.h"
#include "clock.h"
#include "conf.h"
#include "ctl.h"
#include "org.h"
#include "password.h"
#include "queries.h"
#include "store_people.h"
#include "text.h"
#include "ticket.h"

#define OUT_MAX (64u << 20)

/* One k=v of `act`. */
static int set_unit(struct ctl *c, const char *code, int64_t *ret)
{
	struct q_unit_by_code u;
	struct q_unit_by_name by_name;
	int r = q_unit_by_code(c->db, c->a, code, &u);

	if (r == 0)
		*ret = u.id;
	if (r != ERR_NOTFOUND)
		return r;
	r = q_unit_by_name(c->db, c->a, code, &by_name);
	if (r == 0)
		*ret = by_name.id;
	return r == ERR_NOTFOUND ? err_set(ERR_INVALID, "no unit '%s'", code) : r;
}

static int set_officer(struct ctl *c, const char *login, int64_t *ret)
{
	struct store_officer o;
	int r = store_officer_by_login(c->db, c->a, login, &o);

	if (r == 0)
		*ret = o.id;
	return r == ERR_NOTFOUND ? err_set(ERR_INVALID, "no user '%s'", login) : r;
}

static int set_number(const char *v, int *ret)
{
	long long n;

	if (str_to_int(v, -100000, 100000, &n) < 0)
		return err_set(ERR_INVALID, "'%s' is not a number", v);
	*ret = (int)n;
	return 0;
}

static int set_day(const char *v, int32_t *ret)
{
	return clock_parse_day(v, ret) < 0 ? err_set(ERR_INVALID, "'%s' is not a date", v) : 0;
}

/* Who takes over, or whose letters they were. */
static int set_person(struct ctl *c, const char *k, const char *v, struct act *act)
{
	return set_officer(c, v, strcmp(k, "officer") == 0 ? &act->officer_id : &act->leaver_id);
}

static int set_text(struct ctl *c, const char *k, const char *v, struct act *act)
{
	const struct { const char *key; const char **to; } texts[] = {
		{ "text", &act->text }, { "note", &act->note }, { "reason", &act->reason }, { "reply", &act->reply },
		{ "result", &act->result }, { "solved", &act->solved }, { "title", &act->ed_title }, { "body", &act->ed_body },
		{ "public_reply", &act->ed_reply },
	};

	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		if (strcmp(texts[i].key, k) == 0)
			return text_clean_body(c->a, v, 20000, texts[i].to);
	}
	return err_set(ERR_INVALID, "unknown key '%s'", k);
}

static int add_co_unit(struct ctl *c, const char *code, struct act *act)
{
	if (act->n_co_units == STATES_CO_UNITS_MAX)
		return err_set(ERR_TOOBIG, "too many co units");
	return set_unit(c, code, &act->co_units[act->n_co_units++]);
}

static int set_one(struct ctl *c, char *pair, struct act *act)
{
	char *eq = strchr(pair, '=');
	const char *v = eq ? eq + 1 : "";
	int n = 0, r;

	if (!eq)
		return err_set(ERR_INVALID, "--set wants key=value, not '%s'", pair);
	*eq = '\0';
	if (strcmp(pair, "unit") == 0)
		return set_unit(c, v, &act->unit_id);
	if (strcmp(pair, "co") == 0)
		return add_co_unit(c, v, act);
	if (strcmp(pair, "master") == 0)
		return ticket_id(c->db, c->a, v, &act->master_id);
	if (strcmp(pair, "officer") == 0 || strcmp(pair, "leaver") == 0)
		return set_person(c, pair, v, act);
	if (strcmp(pair, "days") == 0)
		return set_number(v, &act->days);
	if (strcmp(pair, "grade") == 0)
		return set_number(v, &act->grade);
	if (strcmp(pair, "on") == 0)
		return set_day(v, &act->on);
	if (strcmp(pair, "version") != 0)
		return set_text(c, pair, v, act);
	r = set_number(v, &n);
	act->version = n;
	return r;
}

/* USER is a login, or citizen or system. */
static int actor_named(struct ctl *c, const char *name, struct actor *ret)
{
	if (strcmp(name, "citizen") == 0 || strcmp(name, "system") == 0) {
		*ret = *name == 'c' ? ACTOR_CITIZEN : ACTOR_SYSTEM;
		return 0;
	}
	return store_actor(c->db, c->a, name, ret);
}

int ctl_act(struct ctl *c)
{
	const char *as = ctl_option(c, "--as"), *pair;
	struct act act = { .on = DAY_NONE };
	struct ticket t;
	struct actor who;
	int64_t id;
	int r = 0;

	while (r == 0 && (pair = ctl_option(c, "--set")))
		r = set_one(c, arena_strdup(c->a, pair), &act);
	if (r < 0)
		return ctl_fail(r);
	if (c->argc != 3 || !as)
		return ctl_usage("act LETTER_NO ACTION --as USER [--set k=v …]\n"
		                 "  keys: text note reason unit officer leaver co master days on reply result grade solved "
		                 "version title "
		                 "body public_reply");
	act.action = states_action_from(c->argv[2]);
	if (act.action == ACT__MAX)
		return ctl_fail(err_set(ERR_INVALID, "there is no action '%s'; see minshengctl states", c->argv[2]));
	if ((r = ticket_id(c->db, c->a, c->argv[1], &id)) < 0 || (r = actor_named(c, as, &who)) < 0 ||
	    (r = ticket_apply(c->db, c->a, id, &who, &act, &t)) < 0)
		return ctl_fail(r);
	printf("%s\t%s\n", states_code(t.state), states_pub_code(t.pub));
	return 0;
}

static int read_password(struct arena *a, const char **ret)
{
	char line[PASSWORD_MAX_BYTES + 2];

	if (!fgets(line, sizeof line, stdin))
		return err_set(ERR_INVALID, "no password on standard input");
	line[strcspn(line, "\r\n")] = '\0';
	if (text_graphemes(line) < PASSWORD_MIN_GRAPHEMES)
		return err_set(ERR_INVALID, "a password has at least %d characters", PASSWORD_MIN_GRAPHEMES);
	*ret = arena_strdup(a, line);
	return 0;
}

static int user_add(struct ctl *c)
{
	const char *unit = ctl_option(c, "--unit"), *name = ctl_option(c, "--name"), *mail = ctl_option(c, "--mail"), *role;
	bool from_stdin = ctl_flag(c, "--password-stdin");
	const struct org o = { c->db, c->a, NULL };
	struct org_person p = { .unit = unit, .mail = mail };
	const char *password = NULL;
	struct str roles;
	int r;

	str_init(&roles, c->a, 400);
	while ((role = ctl_option(c, "--role")))
		str_addf(&roles, "%s ", role);
	if (c->argc != 3 || !unit || !roles.len || roles.over)
		return ctl_usage("user add NAME --role R … --unit U [--name ZH] [--mail M] [--password-stdin]");
	p.login = c->argv[2];
	p.name = name ? name : p.login;
	if (from_stdin && (r = read_password(c->a, &password)) < 0)
		return ctl_fail(r);
	if ((r = store_roles_from(c->a, roles.s, &p.roles)) < 0 || (r = org_person_add(&o, &p, password, &password)) < 0)
		return ctl_fail(r);
	if (!from_stdin)
		printf("%s\n", password);
	return 0;
}

static int user_list(struct ctl *c)
{
	struct q_officer_list *o;
	size_t n;
	int r = q_officer_list(c->db, c->a, &o, &n);

	for (size_t i = 0; r == 0 && i < n; i++)
		printf("%s\t%s\t%s\t%s\t%s\n", o[i].login, o[i].name, o[i].unit_name, o[i].roles,
		       o[i].active ? "active" : "disabled");
	return r < 0 ? ctl_fail(r) : 0;
}

/* The operator may do it at once; letters that stay behind are said. */
static int user_disable(struct ctl *c, const char *login)
{
	const struct org o = { c->db, c->a, NULL };
	struct q_officer_full row;
	int r = q_officer_full(c->db, c->a, clock_day(clock_now()), login, &row);

	if (r == ERR_NOTFOUND)
		err_set(r, "there is no user '%s'", login);
	if (r == 0)
		r = org_person_active(&o, login, false, "", true);
	if (r == 0 && row.open_n > 0)
		fprintf(stderr, "%s still has %lld open letters: hand them over at the desk\n", login, (long long)row.open_n);
	return r < 0 ? ctl_fail(r) : 0;
}

/* For when nobody is left who can do it at the desk. */
static int user_password(struct ctl *c, const char *login)
{
	const struct org o = { c->db, c->a, NULL };
	const char *password;
	int r = org_person_reset(&o, login, "", "命令行", &password);

	if (r < 0)
		return ctl_fail(r);
	printf("%s\n", password);
	return 0;
}

int ctl_user(struct ctl *c)
{
	if (c->argc > 1 && strcmp(c->argv[1], "add") == 0)
		return user_add(c);
	if (c->argc == 2 && strcmp(c->argv[1], "list") == 0)
		return user_list(c);
	if (c->argc == 3 && strcmp(c->argv[1], "disable") == 0)
		return user_disable(c, c->argv[2]);
	if (c->argc == 3 && strcmp(c->argv[1], "password") == 0)
		return user_password(c, c->argv[2]);
	return ctl_usage("user add NAME … | user list | user disable NAME | user password NAME");
}

int ctl_calendar(struct ctl *c)
{
	bool dry = ctl_flag(c, "--dry-run");
	struct calendar_moves moves = { 0 };
	struct str o;
	int r;

	if (c->argc < 3 || strcmp(c->argv[1], "import") != 0)
		return ctl_usage("calendar import FILE.json … [--dry-run]");
	str_init(&o, c->a, OUT_MAX);
	r = calendar_import(c->db, c->a, (const char *const *)c->argv + 2, (size_t)c->argc - 2, dry, &o, &moves);
	if (r < 0)
		return ctl_fail(r);
	ctl_print(&o);
	fprintf(stderr, "%s%d of %d files changed the calendar; %lld open clocks looked at, %lld %s\n",
	        dry ? "dry run: " : "",
	        moves.files_changed, c->argc - 2, (long long)moves.looked_at, (long long)moves.moved,
	        dry ? "would move" : "moved");
	return 0;
}

static void say(bool ok, const char *what, const char *todo)
{
	printf("%s  %s%s%s\n", ok ? "ok  " : "WARN", what, ok ? "" : " → ", ok ? "" : todo);
}

static int check_queries(struct ctl *c)
{
	int bad = 0;

	for (size_t i = 0; i < db_queries_n; i++) {
		if (db_check(c->db, db_queries[i]) < 0) {
			say(false, err_detail(), "run minshengctl migrate");
			bad++;
		}
	}
	if (!bad)
		say(true, "every query agrees with the schema", "");
	return bad;
}

static int check_calendar(struct ctl *c)
{
	const struct worktime *wt;
	int32_t today = clock_day(clock_now()), until;
	int r = worktime_get(c->db, &wt);
	bool far;

	if (r < 0)
		return ctl_fail(r);
	until = calendar_known_until(wt->cal);
	far = until >= today + 60;
	say(far, arena_printf(c->a, "calendar known until %s", clock_fmt_day(c->a, until)),
	    "import the next year's notice: minshengctl calendar import FILE");
	return !far;
}

static int check_footer(void)
{
	bool full = *conf.site_code && *conf.site_icp && *conf.site_police;

	say(full, "foot of the pages: site_code, site_icp, site_police", "set them in minsheng.conf");
	return !full;
}

static int check_post(struct ctl *c)
{
	struct q_outbox_backlog b;
	int r = q_outbox_backlog(c->db, c->a, clock_now() - 600, &b);

	if (r < 0)
		return ctl_fail(r);
	say(b.late == 0, arena_printf(c->a, "notices waiting for more than ten minutes: %lld", (long long)b.late),
	    "look at minsheng-notifyd and the mail server");
	return b.late > 0;
}

static int check_disk(struct ctl *c)
{
	struct statvfs fs;
	long used;
	bool room;

	if (!*conf.dir || statvfs(conf.dir, &fs) != 0)
		return 0;
	used = (long)((fs.f_blocks - fs.f_bavail) * 100 / fs.f_blocks);
	room = used < conf.disk_full_percent - 10 || fs.f_bavail * fs.f_frsize >= (8ull << 30);
	say(room, arena_printf(c->a, "disk used: %ld %%", used),
	    "make room: letters stop at disk_full_percent");
	return !room;
}

int ctl_selftest(struct ctl *c)
{
	int bad = check_queries(c) + check_calendar(c) + check_post(c) + check_footer() + check_disk(c);

	printf("%d of the above want attention\n", bad);
	return bad ? 1 : 0;
}
