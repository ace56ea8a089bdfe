/* org_people - see org.h. Accounts, their roles and their passwords. */
#include <sodium.h>
#include <string.h>

#include "clock.h"
#include "org_inner.h"
#include "password.h"
#include "store_people.h"
#include "str.h"

#define HANDLER_ROLE (1u << ROLE_HANDLER)

struct job {
	const struct org *o;
	const struct org_person *p;
	const char *login, *reason, *checked, *hash;
	bool on, anyway, must_change;
	struct q_officer_lock row;   /* as it was */
	uint32_t roles;              /* as they were */
};

static const char *role_names(struct arena *a, uint32_t roles)
{
	struct str o;

	str_init(&o, a, 1000);
	for (int i = 0; i < ROLE__MAX; i++) {
		if (roles & 1u << i)
			str_addf(&o, "%s%s", o.len ? "、" : "", access_role_name((enum role)i));
	}
	return o.len ? o.s : "没有角色";
}

static int lock_person(struct job *w)
{
	struct q_officer_roles row;
	int r = q_officer_lock(w->o->db, w->o->a, w->login, &w->row);

	if (r < 0)
		return r == ERR_NOTFOUND ? err_set(r, "there is no user '%s'", w->login) : r;
	r = q_officer_roles(w->o->db, w->o->a, w->row.id, &row);
	return r < 0 ? r : store_roles_from(w->o->a, row.roles, &w->roles);
}

static int unit_id(const struct job *w, int64_t *ret)
{
	struct q_unit_by_code u;
	int r = q_unit_by_code(w->o->db, w->o->a, w->p->unit, &u);

	if (r == 0)
		*ret = u.id;
	if (r != ERR_NOTFOUND)
		return r;
	err_set(ERR_INVALID, "no unit with the code '%s'", w->p->unit);
	return err_say(ERR_INVALID, "请选择单位");
}

static int put_roles(const struct job *w, int64_t id, uint32_t roles)
{
	int r = 0;

	for (int i = 0; r == 0 && i < ROLE__MAX; i++) {
		if (roles & 1u << i)
			r = q_officer_role_add(w->o->db, id, access_role_code((enum role)i), NULL);
	}
	return r;
}

static int put_secret(const struct job *w, int64_t id)
{
	return q_officer_secret_put(w->o->db, id, w->hash, w->must_change,
	                            w->must_change ? clock_now() + ORG_TEMP_S : TIME_NONE, NULL);
}

/* --- adding --- */

static int add(struct db *db, void *arg)
{
	const struct job *w = arg;
	const struct org_person *p = w->p;
	int64_t unit = 0, id;
	int r = unit_id(w, &unit);

	if (r < 0)
		return r;
	r = q_officer_add(db, p->login, p->name, unit, p->mail, clock_now(), &id);
	if (r == ERR_DUP)
		return err_say(ERR_DUP, "登录名“%s”已经有人使用", p->login);
	if (r < 0 || (r = put_secret(w, id)) < 0 || (r = put_roles(w, id, p->roles)) < 0)
		return r;
	return org_note(w->o, "person_add", id, unit,
	                arena_printf(w->o->a, "%s（%s）：%s", p->name, p->login, role_names(w->o->a, p->roles)), NULL);
}

int org_person_add(const struct org *o, const struct org_person *p, const char *password, const char **ret_password)
{
	struct job w = { .o = o, .p = p, .must_change = password == NULL };
	const char *secret = password ? password : org_password_make(o->a);
	int r = org_may(o, CAP_ADMIN_PEOPLE, 0);

	if (r == 0 && strcmp(p->login, "new") == 0)
		r = err_say(ERR_INVALID, "请换一个登录名");
	if (r < 0 || (r = access_roles_apart(p->roles)) < 0 || (r = password_hash(o->a, secret, &w.hash)) < 0)
		return r;
	r = db_tx(o->db, add, &w);
	if (r == 0 && ret_password)
		*ret_password = secret;
	return r;
}

/* --- changing --- */

/* There must be somebody left who can manage people. */
static int not_the_last(const struct job *w)
{
	struct q_role_holders *rows;
	size_t n;
	int r;

	if (!(w->roles & 1u << ROLE_SEC_ADMIN))
		return 0;
	r = q_role_holders(w->o->db, w->o->a, "sec_admin", &rows, &n);
	if (r < 0 || n > 1 || !w->row.active)
		return r;
	return err_say(ERR_STATE, "%s是最后一位安全管理员：请先新建另一位，否则没有人能管理账号", w->row.name);
}

static int no_letters(const struct job *w, const char *before)
{
	struct q_handover_list *rows;
	size_t n;
	int r = q_handover_list(w->o->db, w->o->a, w->row.id, w->row.id, w->row.id, 0, 0, 1, &rows, &n);

	if (r < 0 || n == 0)
		return r;
	return err_say(ERR_STATE, "%s名下还有没办结的信件，请先移交，再%s", w->row.name, before);
}

static int check_roles(const struct job *w)
{
	uint32_t now = w->p->roles;
	int r;

	if (now == w->roles)
		return 0;
	if (w->o->who && w->row.id == w->o->who->officer_id)
		return err_say(ERR_DENIED, "不能改自己的角色，请另一位安全管理员来改");
	if ((r = access_roles_apart(now)) < 0)
		return r;
	if (w->roles & ~now & 1u << ROLE_SEC_ADMIN)
		return not_the_last(w);
	return w->roles & ~now & HANDLER_ROLE ? no_letters(w, "取消承办人角色") : 0;
}

static int save_facts(const struct job *w, int64_t unit)
{
	const struct org_person *p = w->p;
	bool moves = unit != w->row.unit_id;
	int r = moves ? no_letters(w, "调到别的单位") : 0;

	if (r < 0 || (str_eq(p->name, w->row.name) && !moves && str_eq(p->mail, w->row.mail)))
		return r;
	r = q_officer_change(w->o->db, p->name, unit, p->mail, w->row.id, NULL);
	return r < 0 ? r : org_note(w->o, "person_edit", w->row.id, unit,
	                            arena_printf(w->o->a, "%s（%s），邮箱 %s", p->name, w->login, p->mail ? p->mail : "无"),
	                            w->reason);
}

static int save(struct db *db, void *arg)
{
	struct job *w = arg;
	const struct org_person *p = w->p;
	int64_t unit = 0;
	int r = lock_person(w);

	if (r < 0 || (r = unit_id(w, &unit)) < 0 || (r = check_roles(w)) < 0 || (r = save_facts(w, unit)) < 0)
		return r;
	if (p->roles == w->roles)
		return 0;
	if ((r = q_officer_roles_clear(db, w->row.id, NULL)) < 0 || (r = put_roles(w, w->row.id, p->roles)) < 0)
		return r;
	return org_note(w->o, "roles", w->row.id, unit,
	                arena_printf(w->o->a, "%s：原为%s，改为%s", p->name, role_names(w->o->a, w->roles),
	                             role_names(w->o->a, p->roles)), w->reason);
}

int org_person_save(const struct org *o, const struct org_person *p, const char *reason)
{
	struct job w = { .o = o, .p = p, .login = p->login, .reason = reason };
	int r = org_may(o, CAP_ADMIN_PEOPLE, 0);

	return r < 0 ? r : db_tx(o->db, save, &w);
}

/* --- on and off --- */

static int switch_off(struct job *w)
{
	int r;

	if (w->o->who && w->row.id == w->o->who->officer_id)
		return err_say(ERR_DENIED, "不能停用自己的账号，请另一位安全管理员来做");
	if ((r = not_the_last(w)) < 0)
		return r;
	if (!w->anyway && (r = no_letters(w, "停用账号")) < 0)
		return r;
	return q_officer_sessions_end(w->o->db, w->row.id, NULL);
}

static int set_active(struct db *db, void *arg)
{
	struct job *w = arg;
	int r = lock_person(w);

	if (r < 0 || w->row.active == w->on)
		return r;
	if (!w->on && (r = switch_off(w)) < 0)
		return r;
	r = q_officer_active(db, w->on, w->row.id, NULL);
	return r < 0 ? r : org_note(w->o, w->on ? "enable" : "disable", w->row.id, w->row.unit_id,
	                            arena_printf(w->o->a, "%s（%s）", w->row.name, w->row.login), w->reason);
}

int org_person_active(const struct org *o, const char *login, bool on, const char *reason, bool anyway)
{
	struct job w = { .o = o, .login = login, .reason = reason, .on = on, .anyway = anyway };
	int r = org_may(o, CAP_ADMIN_PEOPLE, 0);

	return r < 0 ? r : db_tx(o->db, set_active, &w);
}

/* --- passwords --- */

static int reset(struct db *db, void *arg)
{
	struct job *w = arg;
	int r = lock_person(w);

	if (r < 0)
		return r;
	if (w->o->who && w->row.id == w->o->who->officer_id)
		return err_say(ERR_DENIED, "自己的密码请在“修改密码”里改");
	if ((r = put_secret(w, w->row.id)) < 0 || (r = q_officer_sessions_end(db, w->row.id, NULL)) < 0)
		return r;
	return org_note(w->o, "reset", w->row.id, w->row.unit_id,
	                arena_printf(w->o->a, "%s（%s），身份核实：%s", w->row.name, w->row.login, w->checked), w->reason);
}

int org_person_reset(const struct org *o, const char *login, const char *reason, const char *checked,
                     const char **ret_password)
{
	struct job w = { .o = o, .login = login, .reason = reason, .checked = checked, .must_change = true };
	const char *secret = org_password_make(o->a);
	int r = org_may(o, CAP_ADMIN_PEOPLE, 0);

	if (r < 0 || (r = password_hash(o->a, secret, &w.hash)) < 0 || (r = db_tx(o->db, reset, &w)) < 0)
		return r;
	*ret_password = secret;
	return 0;
}

static int end_sessions(struct db *db, void *arg)
{
	struct job *w = arg;
	int64_t n = 0;
	int r = lock_person(w);

	if (r < 0 || (r = q_officer_sessions_end(db, w->row.id, &n)) < 0)
		return r;
	return org_note(w->o, "sessions_end", w->row.id, w->row.unit_id,
	                arena_printf(w->o->a, "%s（%s），%lld 个登录", w->row.name, w->row.login, (long long)n), w->reason);
}

int org_person_end_sessions(const struct org *o, const char *login, const char *reason)
{
	struct job w = { .o = o, .login = login, .reason = reason };
	int r = org_may(o, CAP_ADMIN_PEOPLE, 0);

	return r < 0 ? r : db_tx(o->db, end_sessions, &w);
}

struct own_job {
	const struct org *o;
	const char *hash, *name, *login;
	struct db_blob keep;
};

static int change_own(struct db *db, void *arg)
{
	const struct own_job *w = arg;
	int64_t id = org_by(w->o);
	int r = q_officer_secret_put(db, id, w->hash, false, TIME_NONE, NULL);

	if (r == 0)
		r = q_sessions_but(db, id, w->keep, NULL);
	return r < 0 ? r : org_note(w->o, "password", id, w->o->who->unit_id,
	                            arena_printf(w->o->a, "%s（%s）", w->name, w->login), NULL);
}

int org_password_change(const struct org *o, const char *login, const char *old, const char *fresh,
                        const unsigned char keep_hash[32])
{
	struct own_job w = { .o = o, .name = o->who->name, .login = login, .keep = { keep_hash, 32 } };
	struct q_officer_hash row;
	int r = q_officer_hash(o->db, o->a, org_by(o), &row);

	if (r < 0)
		return r;
	if (!password_ok(old, row.password_hash))
		return err_say(ERR_DENIED, "原密码不对");
	if (strcmp(old, fresh) == 0)
		return err_say(ERR_INVALID, "新密码不能和原密码一样");
	if ((r = org_password_ok(o->a, fresh, login, w.name)) < 0 || (r = password_hash(o->a, fresh, &w.hash)) < 0)
		return r;
	return db_tx(o->db, change_own, &w);
}
