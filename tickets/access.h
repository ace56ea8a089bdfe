/* access - who may do what to whose letter: access.tbl as a function.
 *
 * One question, asked by ticket_apply() for actions and by fcgi/dispatch.c for pages. Pure. */
#ifndef ACCESS_H
#define ACCESS_H

#include <stdbool.h>
#include <stdint.h>

#include "err.h"
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

/* Capabilities of pages: name, code, Chinese. Those of actions are the rows of states.tbl. */
#define ACCESS_PAGE_CAPS(C)                                                                                          \
	C(READ, read, "查看来信和办理经过（不含联系方式）") C(DRAFT, draft, "起草答复")                                  \
	C(REVEAL, reveal, "查看写信人的联系方式（写明理由）") C(WATCH, watch, "督办清单和各单位的统计")                  \
	C(ORDERS, orders, "查看督办令和通报")                                                                            \
	C(ADMIN_SYSTEM, admin_system, "管理单位和系统设置") C(ADMIN_PEOPLE, admin_people, "管理人员、角色和密码")       \
	C(ADMIN_KEYS, admin_keys, "发放和撤销接口密钥")                                                                 \
	C(ADMIN_LEAVE, admin_leave, "登记休假和代理") C(READ_AUDIT, read_audit, "查看审计记录")          \
	C(BLOCKS, blocks, "使用常用语，整理自己的") C(SHARE_BLOCKS, share_blocks, "整理大家用的常用语")  \
	C(SAMPLE, sample, "抽查答复、评分、公布结果") C(SCORE, score, "编制考核方案、评分和调整")          \
	C(REPORTS, reports, "查看月报和年度报告") C(WRITE_REPORT, write_report, "编制、修改月报和年度报告")           \
	C(SIGN_REPORT, sign_report, "签发月报和年度报告")                                                              \
	C(SIGN_SCORE, sign_score, "签发考核结果")                                                     \
	C(INSPECT, inspect, "安排每周的模拟提问和公开页面的拨测") C(PATROL, patrol, "登记巡检")                              \
	C(SEE_RULES, see_rules, "查看时限、预警和放假安排") C(RULES, rules, "修改时限、预警和放假安排")                      \
	C(INCIDENT, incident, "登记安全事件和报告")                                                                          \
	C(RESCAN, rescan, "重新扫描已公开的信")

/* Capabilities: all actions of states.tbl, then those of pages. */
enum cap {
#define ACTION(name, code, button, told, needs) CAP_##name,
#include "states.tbl"
#define C(name, code, zh) CAP_##name,
	ACCESS_PAGE_CAPS(C)
#undef C
	CAP__MAX
};

enum whose { WHOSE_ANY = 1, WHOSE_OWN_UNIT = 2, WHOSE_CO_UNIT = 4 };

/* What somebody has as the stand-in of a person who is away. */
struct actor_lent {
	int64_t officer_id;      /* who is away */
	uint32_t roles;
	const char *name;
	const char *until;       /* the last day, "2026-11-30" */
};

/* Who is acting. roles is a set of 1 << ROLE_*, own ones and lent ones. */
struct actor {
	int64_t officer_id;      /* 0: not an officer */
	int64_t unit_id;
	uint32_t roles;
	const char *name;
	uint32_t own;            /* roles without the lent ones; meaningful when n_lent > 0 */
	const struct actor_lent *lent;
	size_t n_lent;
};

/* The set of WHOSE_* of letters on which the actor has the capability; 0 for none. */
unsigned access_whose(const struct actor *who, enum cap cap);
/* True when the actor has it on some letter: for pages and buttons. */
bool access_may(const struct actor *who, enum cap cap);
/* True when the actor has it on a letter whose main unit is unit_id (0: none yet); co: a co-unit is the actor's. */
bool access_may_on(const struct actor *who, enum cap cap, int64_t unit_id, bool co);

/* The three administrators are three persons, and none of them handles letters: 0, or ERR_INVALID with the sentence. */
int access_roles_apart(uint32_t roles) MUST_CHECK;
/* Roles that are lent to nobody: those of administrators. */
uint32_t access_admin_roles(void);

const char *access_role_code(enum role role);
const char *access_role_name(enum role role);
/* ROLE__MAX when there is none of that code. */
enum role access_role_from(const char *code);
const char *access_cap_code(enum cap cap);
/* 分办, 查看来信 …: what a person calls it. */
const char *access_cap_name(enum cap cap);
/* What a role is for, in one sentence. */
const char *access_role_help(enum role role);
/* The table as text, one line a row. */
void access_print(struct str *o);

extern const struct actor ACTOR_CITIZEN, ACTOR_SYSTEM, ACTOR_API;

#endif
