/* org - units, people, their rights, leave and hand-over: what administrators change.
 *
 * Each function asks whether this person may, changes and writes its row of the trail (org_event) in one transaction.
 * Refusals carry the sentence a person reads (err_text). Used by fcgi/admin_*.c and minshengctl. Letters are touched by
 * org_handover() alone, through ticket_apply().
 * Rules: three administrators are three persons and handle no letters (GB/T 22239-2019 8.1.4.2, access_roles_apart);
 * nobody changes the own roles; a change of the responsible person is filed seven days before it takes effect
 * (武汉市政府网站管理办法 第六条). */
#ifndef ORG_H
#define ORG_H

#include "access.h"
#include "db.h"

#define ORG_FILE_DAYS 7
#define ORG_TEMP_S (24 * 3600)       /* a first password is good for a day */
#define ORG_ABSENCE_MAX_DAYS 366
#define ORG_REASON_MAX 200

/* kind, Chinese, whether it is a matter of administration (else: of logging in) */
#define ORG_EVENTS(E)                                                                                                \
	E(unit_add, "新建单位", 1) E(unit_edit, "修改单位", 1) E(unit_off, "停用单位", 1) E(unit_on, "启用单位", 1)       \
	E(duty_set, "登记负责人", 1) E(duty_filed, "负责人报备", 1) E(duty_undo, "撤销负责人变更", 1)                    \
	E(person_add, "新建账号", 1) E(person_edit, "修改资料", 1) E(roles, "调整角色", 1) E(disable, "停用账号", 1)      \
	E(enable, "启用账号", 1) E(reset, "重置密码", 1) E(sessions_end, "结束登录", 1) E(password, "修改密码", 1)        \
	E(leave, "登记休假", 1) E(leave_end, "提前结束休假", 1) E(handover, "移交信件", 1) E(export, "导出审计记录", 1)   \
	E(key_add, "新建接口密钥", 1) E(key_revoke, "撤销接口密钥", 1)                                                   \
	E(login, "登录", 0) E(login_failed, "登录失败", 0) E(logout, "退出", 0)
/* 登记休假 …; the code itself for an unknown one. */
const char *org_event_name(const char *kind);
/* The kinds by commas. */
const char *org_event_kinds(struct arena *a, bool admin);

/* Who asks. NULL who: the operator at the command line, who may do everything. */
struct org {
	struct db *db;
	struct arena *a;
	const struct actor *who;
};

/* The trail was taken away (CAP_READ_AUDIT): what of it. */
int org_note_export(const struct org *o, const char *what) MUST_CHECK;

/* --- units (CAP_ADMIN_SYSTEM) --- */

struct org_unit {
	const char *parent, *code, *name, *short_name, *kind;   /* parent: a code, "" none */
	int64_t sort_order;
	bool takes_letters;
	const char *duties, *hours, *phone, *address, *contact; /* what the public is told */
};
/* code NULL: a new one. ERR_DUP: code or name is taken; ERR_INVALID with a sentence. */
int org_unit_save(const struct org *o, const char *code, const struct org_unit *u) MUST_CHECK;
/* Off only without open letters: ERR_STATE with how many there are. */
int org_unit_active(const struct org *o, const char *code, bool on, const char *reason) MUST_CHECK;

struct org_duty {
	bool responsible;            /* else the leader in charge */
	const char *name, *post, *phone;
	int32_t from_on;
	const char *why_short;       /* why sooner than ORG_FILE_DAYS from now; NULL */
};
/* From that day on. Refused while a later change is registered, and for a responsible person sooner than the notice
 * allows without a reason; the first one of a unit needs no notice. */
int org_duty_set(const struct org *o, const char *code, const struct org_duty *d) MUST_CHECK;
int org_duty_filed(const struct org *o, const char *code, int64_t duty_id, int32_t day, const char *as) MUST_CHECK;
/* Takes back one that has not begun. */
int org_duty_undo(const struct org *o, const char *code, int64_t duty_id, const char *reason) MUST_CHECK;

/* --- people (CAP_ADMIN_PEOPLE) --- */

struct org_person {
	const char *login, *name, *unit, *mail;                 /* unit: a code; mail NULL: none */
	uint32_t roles;
};
/* password NULL: one is made, good for a day and for one login, in *ret_password. ERR_DUP: the login is taken. */
int org_person_add(const struct org *o, const struct org_person *p, const char *password,
                   const char **ret_password) MUST_CHECK;
/* p->login names the person. Roles of one's own are left to another. ERR_STATE when letters are to be handed
 * over first. */
int org_person_save(const struct org *o, const struct org_person *p, const char *reason) MUST_CHECK;
/* Disabling ends the sessions; refused for the last security administrator and for oneself, and while there are letters
 * (ERR_STATE) unless anyway. */
int org_person_active(const struct org *o, const char *login, bool on, const char *reason, bool anyway) MUST_CHECK;
/* A new password for one login; ends the sessions. checked: how it was made sure who asked. */
int org_person_reset(const struct org *o, const char *login, const char *reason, const char *checked,
                     const char **ret_password) MUST_CHECK;
int org_person_end_sessions(const struct org *o, const char *login, const char *reason) MUST_CHECK;

/* 0, or ERR_INVALID with what is wrong with a new password. Pure: at least 12 characters; not the login, the name, the
 * system or a run of keys, nor those with some digits added; no demand for kinds of characters. */
int org_password_ok(struct arena *a, const char *password, const char *login, const char *name) MUST_CHECK;
/* One's own; keeps the session whose hash is given, ends the others. ERR_DENIED: the old one is wrong. */
int org_password_change(const struct org *o, const char *login, const char *old, const char *fresh,
                        const unsigned char keep_hash[32]) MUST_CHECK;
/* 16 letters and digits in groups of four, without look-alikes. */
const char *org_password_make(struct arena *a);

/* --- leave (oneself, or CAP_ADMIN_LEAVE on the unit) --- */

int org_leave_add(const struct org *o, const char *login, int64_t stand_in_id, int32_t from, int32_t to) MUST_CHECK;
int org_leave_end(const struct org *o, const char *login, int64_t absence_id) MUST_CHECK;

/* --- hand-over (CAP_HAND_OVER on the unit) --- */

#define ORG_HANDOVER_TO_MAX 20
#define ORG_HANDOVER_LIST 500
struct org_handover {
	int64_t to[ORG_HANDOVER_TO_MAX];
	size_t n_to;
	size_t done_before;          /* in earlier calls of the same hand-over: spreads evenly on */
	size_t done, left;           /* result */
};
/* Passes open letters and drafts, one letter a transaction, for at most budget_ms, then the stand-ins (when nothing is
 * left). What was done stays done: called again, it does the rest. */
int org_handover(const struct org *o, const char *login, struct org_handover *h, int64_t budget_ms) MUST_CHECK;

#endif
