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

static const struct { const char *code, *name; } caps[] = {
#define ACTION(name, code, button, told, needs) { #code, button },
#include "states.tbl"
#define C(name, code, zh) { #code, zh },
	ACCESS_PAGE_CAPS(C)
#undef C
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
	return caps[cap].code;
}

const char *access_cap_name(enum cap cap)
{
	must(cap < CAP__MAX);
	return caps[cap].name;
}

static const char *const helps[ROLE__MAX] = {
	[ROLE_REGISTRAR] = "收信、受理或不予受理、分给单位、裁定单位的异议。能看全市的来信。",
	[ROLE_LIAISON] = "替本单位签收、提出异议、申请延期，指派承办人，登记本单位的休假。",
	[ROLE_HANDLER] = "调查处理、起草并提交答复。写明理由可以查看写信人的联系方式。",
	[ROLE_CO_HANDLER] = "本单位协办时，看来信、提意见。",
	[ROLE_DEPT_REVIEWER] = "审核本单位的答复、延期和暂缓说明；不能审核自己写的。",
	[ROLE_OFFICE_REVIEWER] = "第二级审核，超出部门权限的延期，中止和恢复。",
	[ROLE_SECRECY_REVIEWER] = "答复公开前的审查：全文、摘要或不公开。",
	[ROLE_PUBLISHER] = "准备公开稿，发布和撤下。",
	[ROLE_LEADER] = "看全市的来信，批示。",
	[ROLE_SUPERVISOR] = "看超期，提醒、催办、督办、通报，要求重新办理。",
	[ROLE_SUPERIOR_REVIEWER] = "代表上级单位审核网站找错的答复。",
	[ROLE_DUTY_OFFICER] = "值班时看督办清单，不看来信内容。",
	[ROLE_SYS_ADMIN] = "管单位和系统设置。不看来信，不管人员和角色。",
	[ROLE_SEC_ADMIN] = "管人员、角色和密码。不看来信，不改单位。",
	[ROLE_AUDIT_ADMIN] = "看审计记录，什么也不改。不看来信。",
};

const char *access_role_help(enum role role)
{
	must(role < ROLE__MAX);
	return helps[role] ? helps[role] : "";
}

uint32_t access_admin_roles(void)
{
	return 1u << ROLE_SYS_ADMIN | 1u << ROLE_SEC_ADMIN | 1u << ROLE_AUDIT_ADMIN;
}

int access_roles_apart(uint32_t set)
{
	uint32_t admin = set & access_admin_roles();

	if (!admin || admin == set) {
		if (!(admin & (admin - 1)))
			return 0;
		return err_say(ERR_INVALID, "系统管理员、安全管理员、审计管理员要由三个人分别担任，一个人只能担任其中一个");
	}
	return err_say(ERR_INVALID, "管理员不办理信件：%s不能再有别的角色",
	               access_role_name(admin & 1u << ROLE_SYS_ADMIN   ? ROLE_SYS_ADMIN
	                                : admin & 1u << ROLE_SEC_ADMIN ? ROLE_SEC_ADMIN
	                                                               : ROLE_AUDIT_ADMIN));
}

void access_print(struct str *o)
{
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		str_addf(o, "%-18s %-22s %s\n", roles[rows[i].role].code, caps[rows[i].cap].code,
		         rows[i].whose == WHOSE_ANY ? "any" : rows[i].whose == WHOSE_OWN_UNIT ? "own_unit" : "co_unit");
}
