/* ctl - minshengctl, administration and batch work: the table of commands and the short ones. */
#include "ctl.h"

#include <stdio.h>
#include <string.h>

#include "access.h"
#include "calendar_import.h"
#include "clock.h"
#include "conf.h"
#include "demo.h"
#include "due.h"
#include "import.h"
#include "log.h"
#include "migrate.h"
#include "seal.h"
#include "states.h"
#include "stats.h"
#include "stats_print.h"
#include "worktime.h"

#define OUT_MAX (64u << 20)

static int ctl_migrate(struct ctl *c);
static int ctl_due(struct ctl *c);
static int ctl_config(struct ctl *c);
static int ctl_states(struct ctl *c);
static int ctl_access(struct ctl *c);
static int ctl_keygen(struct ctl *c);
static int ctl_demo(struct ctl *c);
static int ctl_stats(struct ctl *c);
static int ctl_import(struct ctl *c);
static int ctl_pages(struct ctl *c);

static const struct {
	const char *name;
	int (*fn)(struct ctl *c);
	const char *usage;
} commands[] = {
	{ "migrate", ctl_migrate, "migrate [--status] [--admin-socket SOCK]   apply what the schema lacks" },
	{ "calendar", ctl_calendar,
	 "calendar import FILE.json … [--dry-run]     a year's notice; recomputes open deadlines" },
	{ "due", ctl_due, "due --batch | due --explain RECEIVED N      working-day deadlines" },
	{ "import", ctl_import, "import FILE.csv --map MAP.json              letters from an older mailbox" },
	{ "redact", ctl_redact,
	 "redact [--public]                            personal data in lines of JSON {\"id\",\"text\"}" },
	{ "rescan", ctl_rescan, "rescan [--status]                            everything published, looked at again" },
	{ "user", ctl_user,
	 "user add NAME --role R … --unit U [--name ZH] [--mail M] [--password-stdin] | list |\n"
	 "      disable NAME | password NAME" },
	{ "key", ctl_key,
	 "key add NAME --contact WHO [--scope letters|transfers] [--answer id|token] [--per-day N] | list |\n"
	 "      revoke NAME --reason WHY                     keys of programs that hand letters in" },
	{ "act", ctl_act, "act LETTER_NO ACTION --as USER [--set k=v …]  one step of a letter's life" },
	{ "show", ctl_show, "show LETTER_NO [--json]                      one letter" },
	{ "trace", ctl_trace, "trace LETTER_NO                              everything that ever happened to it" },
	{ "stuck", ctl_stuck, "stuck                                        clocks that could not be fired, and why" },
	{ "states", ctl_states, "states [--dot]                               what can happen to a letter" },
	{ "pages", ctl_pages, "pages                                        which addresses exist and who may use them" },
	{ "access", ctl_access, "access                                       who may do what" },
	{ "stats", ctl_stats, "stats --from D --to D [--unit U] [--json] | stats --check | stats --repair" },
	{ "sample", ctl_sample,
	 "sample list | draw --seed HEX [--units P] [--letters P] [--least N] | check FILE.json | verify ID" },
	{ "search", ctl_search,
	 "search check | rebuild | find [--most N]     the index of published letters; find: queries, a line each" },
	{ "places", ctl_places, "places | places import FILE.json             parts of the city, to find letters by" },
	{ "selftest", ctl_selftest, "selftest                                     what is not as it should be" },
	{ "config", ctl_config,
	 "config                                       the settings in force and where they come from" },
	{ "vault-keygen", ctl_keygen, "vault-keygen --secrets DIR                   the vault's key pair, once" },
	{ "demo-load", ctl_demo, "demo-load                                    the demo city, into an empty database" },
};
#define COMMANDS_N (sizeof commands / sizeof commands[0])

int ctl_fail(int code)
{
	const char *detail = err_detail();

	fprintf(stderr, "minshengctl: %s%s%s\n", err_text(code), *detail ? ": " : "", detail);
	return code == ERR_DENIED || code == ERR_STATE || code == ERR_INVALID || code == ERR_CONFLICT ? 2 : 1;
}

int ctl_print(const struct str *o)
{
	fwrite(o->s, 1, o->len, stdout);
	return fflush(stdout) == 0 && !o->over ? 0 : 1;
}

int ctl_usage(const char *line)
{
	fprintf(stderr, "usage: minshengctl %s\n", line);
	return 64;
}

static void take_out(struct ctl *c, int i, int n)
{
	memmove(c->argv + i, c->argv + i + n, (size_t)(c->argc - i - n + 1) * sizeof *c->argv);
	c->argc -= n;
}

const char *ctl_option(struct ctl *c, const char *name)
{
	for (int i = 1; i + 1 < c->argc; i++) {
		if (strcmp(c->argv[i], name) == 0) {
			const char *value = c->argv[i + 1];

			take_out(c, i, 2);
			return value;
		}
	}
	return NULL;
}

bool ctl_flag(struct ctl *c, const char *name)
{
	for (int i = 1; i < c->argc; i++) {
		if (strcmp(c->argv[i], name) == 0) {
			take_out(c, i, 1);
			return true;
		}
	}
	return false;
}

static struct str *out(struct ctl *c)
{
	struct str *o = ARENA_NEW(c->a, struct str);

	str_init(o, c->a, OUT_MAX);
	return o;
}

static int ctl_migrate(struct ctl *c)
{
	const char *socket = ctl_option(c, "--admin-socket");
	bool status = ctl_flag(c, "--status");
	struct str *o = out(c);
	int r;

	if (c->argc > 1)
		return ctl_usage(commands[0].usage);
	r = status ? migrate_status(c->a, socket, o) : migrate_run(c->a, socket, o);
	if (r == 0 && !status)
		r = calendar_import_shipped(c->db, c->a, o);
	if (r == 0 && !status)
		r = stats_upgrade(c->db, c->a, o);
	ctl_print(o);
	return r < 0 ? ctl_fail(r) : 0;
}

static int ctl_due(struct ctl *c)
{
	const struct worktime *wt;
	bool batch = ctl_flag(c, "--batch"), explain = ctl_flag(c, "--explain");
	int r;

	if (batch == explain || c->argc != (batch ? 1 : 3))
		return ctl_usage(commands[2].usage);
	if ((r = worktime_get(c->db, &wt)) < 0)
		return ctl_fail(r);
	if (batch)
		r = due_batch(wt->cal, &wt->hours, stdin, stdout, stderr);
	else
		r = due_explain(c->a, wt->cal, &wt->hours, c->argv[1], c->argv[2], stdout, stderr);
	return r < 0 ? ctl_fail(r) : r;
}

static int ctl_config(struct ctl *c)
{
	struct str *o = out(c);

	conf_print(o);
	return ctl_print(o);
}

static int ctl_states(struct ctl *c)
{
	struct str *o = out(c);

	states_print(o, ctl_flag(c, "--dot"));
	return ctl_print(o);
}

static int ctl_access(struct ctl *c)
{
	struct str *o = out(c);

	access_print(o);
	return ctl_print(o);
}

/* The table itself is the web's; what is printed here is its text as built in. */
static int ctl_pages(struct ctl *c)
{
	static const char *const pages[] = {
#define PAGE(site, method, path, function, who, form, body) #site " " #method " " path " " #function " " #who,
#include "pages.tbl"
#undef PAGE
	};
	struct str *o = out(c);

	for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++)
		str_addf(o, "%s\n", pages[i]);
	return ctl_print(o);
}

static int ctl_keygen(struct ctl *c)
{
	const char *dir = ctl_option(c, "--secrets");
	int r;

	if (!dir || c->argc != 1)
		return ctl_usage("vault-keygen --secrets DIR");
	r = seal_keygen(dir);
	return r < 0 ? ctl_fail(r) : 0;
}

static int ctl_demo(struct ctl *c)
{
	struct str *o = out(c);
	int r = demo_load(c->db, c->a, o);

	ctl_print(o);
	return r < 0 ? ctl_fail(r) : 0;
}

static int ctl_stats(struct ctl *c)
{
	return stats_command(c->db, c->a, c->argc, c->argv);
}

static int ctl_import(struct ctl *c)
{
	int r = import_run(c->db, c->a, c->argc - 1, c->argv + 1);

	return r < 0 ? ctl_fail(r) : r;
}

static int help(FILE *f)
{
	fputs("usage: minshengctl COMMAND …   (settings: $MINSHENG_CONF)\n\n", f);
	for (size_t i = 0; i < COMMANDS_N; i++)
		fprintf(f, "  %s\n", commands[i].usage);
	return f == stderr ? 64 : 0;
}

/* Settings are not needed to make keys or to look at the tables. */
static int start(struct ctl *c)
{
	int r = conf_load(NULL);

	if (r < 0)
		return r;
	clock_init(conf.clock_file);
	db_open("migrate", &c->db);
	return 0;
}

int main(int argc, char **argv)
{
	struct ctl c = { .a = arena_new((size_t)2 << 30), .argc = argc - 1, .argv = argv + 1 };
	int r = 64;

	log_init("ctl", LOG_WARN);
	if (argc < 2)
		return help(stderr);
	if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "help") == 0)
		return help(stdout);
	if ((r = start(&c)) < 0)
		return ctl_fail(r);
	r = -1;
	for (size_t i = 0; i < COMMANDS_N; i++) {
		if (strcmp(commands[i].name, argv[1]) == 0) {
			bool help_only = argc > 2 && strcmp(argv[2], "--help") == 0 && commands[i].fn != ctl_import;

			r = help_only ? printf("usage: minshengctl %s\n", commands[i].usage) < 0 : commands[i].fn(&c);
		}
	}
	if (r < 0) {
		fprintf(stderr, "minshengctl: there is no command '%s'\n", argv[1]);
		r = 64;
	}
	db_close(c.db);
	arena_free(c.a);
	return r;
}
