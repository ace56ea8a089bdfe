/* access - who may do what to whose letter: access.tbl as a function.
 *
 * One question, asked by ticket_apply() for actions and by fcgi/dispatch.c for pages. Pure. */
#ifndef ACCESS_H
#define ACCESS_H

#include <stdbool.h>
#include <stdint.h>

#include "str.h"

/* role, code, Chinese */
#define ACCESS_ROLES(R)                                                                                              \
	R(REGISTRAR, registrar, "登记分办员") R(LIAISON, liaison, "部门联络员") R(HANDLER, handler, "承办人")           \
	R(CO_HANDLER, co_handler, "协办人") R(DEPT_REVIEWER, dept_reviewer, "部门审核人")                             \
	R(OFFICE_REVIEWER, office_reviewer, "主管单位审核人") R(SECRECY_REVIEWER, secrecy_reviewer, "保密审查员")     \
	R(PUBLISHER, publisher, "发布员") R(LEADER, leader, "领导") R(SUPERVISOR, supervisor, "督办员")               \
	R(SUPERIOR_REVIEWER, superior_reviewer, "上级审核单位") R(DUTY_OFFICER, duty_officer, "值班员")               \
	R(SYS_ADMIN, sys_admin, "系统管理员") R(SEC_ADMIN, sec_admin, "安全管理员")                                   \
	R(AUDIT_ADMIN, audit_admin, "审计管理员") R(CITIZEN, citizen, "写信人") R(SYSTEM, system, "系统")             \
	R(API_CLIENT, api_client, "接口调用方")

enum role {
#define R(name, code, zh) ROLE_##name,
	ACCESS_ROLES(R)
#undef R
	ROLE__MAX
};

/* Capabilities: all actions of states.tbl, then those of pages. */
enum cap {
#define ACTION(name, code, button, told, needs) CAP_##name,
#include "states.tbl"
	CAP_READ,           /* a letter and its course, without the contact */
	CAP_DRAFT,          /* keep a draft of a reply */
	CAP_REVEAL,         /* ask the vault for the contact, with a reason */
	CAP_WATCH,          /* overdue lists and statistics of all units */
	CAP_ADMIN_SYSTEM,
	CAP_ADMIN_PEOPLE,
	CAP_READ_AUDIT,
	CAP__MAX
};

enum whose { WHOSE_ANY = 1, WHOSE_OWN_UNIT = 2, WHOSE_CO_UNIT = 4 };

/* Who is acting. roles is a set of 1 << ROLE_*. */
struct actor {
	int64_t officer_id;      /* 0: not an officer */
	int64_t unit_id;
	uint32_t roles;
	const char *name;
};

/* The set of WHOSE_* of letters on which the actor has the capability; 0 for none. */
unsigned access_whose(const struct actor *who, enum cap cap);
/* True when the actor has it on some letter: for pages and buttons. */
bool access_may(const struct actor *who, enum cap cap);
/* True when the actor has it on a letter whose main unit is unit_id (0: none yet); co: a co-unit is the actor's. */
bool access_may_on(const struct actor *who, enum cap cap, int64_t unit_id, bool co);

const char *access_role_code(enum role role);
const char *access_role_name(enum role role);
/* ROLE__MAX when there is none of that code. */
enum role access_role_from(const char *code);
const char *access_cap_code(enum cap cap);
/* The table as text, one line a row. */
void access_print(struct str *o);

extern const struct actor ACTOR_CITIZEN, ACTOR_SYSTEM, ACTOR_API;

#endif
