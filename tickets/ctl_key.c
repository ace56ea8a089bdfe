/* ctl_key - minshengctl key: keys of programs that hand letters in. */
#include <stdio.h>
#include <string.h>

#include "api_key.h"
#include "clock.h"
#include "ctl.h"
#include "queries.h"

#define LIST_MAX 10000
#define USED_DAYS 30
#define USAGE                                                                                                        \
	"key add NAME --contact WHO [--scope letters|transfers] [--answer id|token] [--per-day N] | list |\n"            \
	"      revoke NAME --reason WHY"

static int key_add(struct ctl *c)
{
	const struct org o = { c->db, c->a, NULL };
	const char *contact = ctl_option(c, "--contact"), *scope = ctl_option(c, "--scope");
	const char *answer = ctl_option(c, "--answer"), *per_day = ctl_option(c, "--per-day"), *key;
	long long most = API_KEY_PER_DAY;
	struct api_key_new k;
	int r;

	if (c->argc != 3 || !contact)
		return ctl_usage(USAGE);
	if (per_day && str_to_int(per_day, 1, API_KEY_PER_DAY_MAX, &most) < 0)
		return ctl_fail(err_set(ERR_INVALID, "--per-day is not within 1 and %d", API_KEY_PER_DAY_MAX));
	k = (struct api_key_new){ .name = c->argv[2], .contact = contact, .scope = scope ? scope : api_key_scope_codes[0],
	                          .answer = answer ? answer : api_key_answer_codes[0], .per_day = most };
	r = api_key_make(&o, &k, &key);
	if (r < 0)
		return ctl_fail(r);
	printf("%s\n", key);
	return 0;
}

static int key_list(struct ctl *c)
{
	struct q_api_key_list *k;
	size_t n = 0;
	int r = q_api_key_list(c->db, c->a, clock_day(clock_now()) - USED_DAYS, LIST_MAX, &k, &n);

	for (size_t i = 0; r == 0 && i < n; i++)
		printf("%s\t%s\t%s\t%lld a day\t…%s\t%s\t%s\t%lld in %d days\t%s\n", k[i].name, k[i].scope, k[i].answer,
		       (long long)k[i].per_day, k[i].hint, k[i].revoked_at == TIME_NONE ? "in use" : "revoked",
		       k[i].last_on == DAY_NONE ? "never used" : clock_fmt_day(c->a, k[i].last_on), (long long)k[i].sent,
		       USED_DAYS, k[i].contact);
	return r < 0 ? ctl_fail(r) : 0;
}

static int key_revoke(struct ctl *c)
{
	const struct org o = { c->db, c->a, NULL };
	const char *why = ctl_option(c, "--reason");
	struct q_api_key_live row;
	int r;

	if (c->argc != 3 || !why)
		return ctl_usage(USAGE);
	r = q_api_key_live(c->db, c->a, c->argv[2], &row);
	if (r == ERR_NOTFOUND)
		err_set(r, "no key in use is called '%s'", c->argv[2]);
	if (r == 0)
		r = api_key_revoke(&o, row.id, why);
	return r < 0 ? ctl_fail(r) : 0;
}

int ctl_key(struct ctl *c)
{
	if (c->argc > 1 && strcmp(c->argv[1], "add") == 0)
		return key_add(c);
	if (c->argc == 2 && strcmp(c->argv[1], "list") == 0)
		return key_list(c);
	if (c->argc > 1 && strcmp(c->argv[1], "revoke") == 0)
		return key_revoke(c);
	return ctl_usage(USAGE);
}
