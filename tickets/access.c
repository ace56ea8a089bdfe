/* access - see access.h. */
#include "access.h"

#include <string.h>

#include "err.h"

static const struct {
	enum role role;
	enum cap cap;
	unsigned whose;
} rows[] = {
#define CAN(role, cap, whose) { ROLE_##role, CAP_##cap, WHOSE_##whose },
#include "access.tbl"
};

const struct actor ACTOR_CITIZEN = { .roles = 1u << ROLE_CITIZEN, .name = "写信人" };
const struct actor ACTOR_SYSTEM = { .roles = 1u << ROLE_SYSTEM, .name = "系统" };
const struct actor ACTOR_API = { .roles = 1u << ROLE_API_CLIENT, .name = "接口" };

unsigned access_whose(const struct actor *who, enum cap cap)
{
	unsigned whose = 0;

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		if (rows[i].cap == cap && (who->roles & 1u << rows[i].role))
			whose |= rows[i].whose;
	}
	return whose;
}

bool access_may(const struct actor *who, enum cap cap)
{
	return access_whose(who, cap) != 0;
}

bool access_may_on(const struct actor *who, enum cap cap, int64_t unit_id, bool co)
{
	unsigned whose = access_whose(who, cap);

	return whose & WHOSE_ANY || (whose & WHOSE_OWN_UNIT && unit_id && unit_id == who->unit_id) ||
	       (whose & WHOSE_CO_UNIT && co);
}

static const struct { const char *code, *name; } roles[] = {
#define R(name, code, zh) { #code, zh },
	ACCESS_ROLES(R)
#undef R
};

static const char *const caps[] = {
#define ACTION(name, code, button, told, needs) #code,
#include "states.tbl"
	"read", "draft", "reveal", "watch", "admin_system", "admin_people", "read_audit",
};
_Static_assert(sizeof caps / sizeof caps[0] == CAP__MAX, "a capability has no code");

const char *access_role_code(enum role role)
{
	must(role < ROLE__MAX);
	return roles[role].code;
}

const char *access_role_name(enum role role)
{
	must(role < ROLE__MAX);
	return roles[role].name;
}

enum role access_role_from(const char *code)
{
	enum role r = 0;

	while (r < ROLE__MAX && strcmp(roles[r].code, code) != 0)
		r++;
	return r;
}

const char *access_cap_code(enum cap cap)
{
	must(cap < CAP__MAX);
	return caps[cap];
}

void access_print(struct str *o)
{
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		str_addf(o, "%-18s %-22s %s\n", roles[rows[i].role].code, caps[rows[i].cap],
		         rows[i].whose == WHOSE_ANY ? "any" : rows[i].whose == WHOSE_OWN_UNIT ? "own_unit" : "co_unit");
}
