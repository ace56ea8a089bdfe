/* org - see org.h. Units and who answers for them. */
#include "org.h"

#include <string.h>

#include "clock.h"
#include "org_inner.h"
#include "str.h"

#define DEPTH_MAX 20

static const struct { const char *kind, *name; bool admin; } events[] = {
#define E(kind, name, admin) { #kind, name, admin },
	ORG_EVENTS(E)
#undef E
};

const char *org_event_name(const char *kind)
{
	for (size_t i = 0; i < sizeof events / sizeof events[0]; i++) {
		if (strcmp(events[i].kind, kind) == 0)
			return events[i].name;
	}
	return kind;
}

const char *org_event_kinds(struct arena *a, bool admin)
{
	struct str o;

	str_init(&o, a, 1000);
	for (size_t i = 0; i < sizeof events / sizeof events[0]; i++) {
		if (events[i].admin == admin)
			str_addf(&o, "%s%s", o.len ? "," : "", events[i].kind);
	}
	return o.s;
}

int64_t org_by(const struct org *o)
{
	return o->who ? o->who->officer_id : 0;
}

int org_note(const struct org *o, const char *kind, int64_t officer_id, int64_t unit_id, const char *what,
             const char *reason)
{
	return q_org_event_add(o->db, clock_now(), kind, org_by(o), officer_id, unit_id, what, reason ? reason : "", NULL);
}

int org_may(const struct org *o, enum cap cap, int64_t unit_id)
{
	if (!o->who || access_may_on(o->who, cap, unit_id, false))
		return 0;
	return err_say(ERR_DENIED, "您没有“%s”的权限", access_cap_name(cap));
}

int org_note_export(const struct org *o, const char *what)
{
	int r = org_may(o, CAP_READ_AUDIT, 0);

	return r < 0 ? r : org_note(o, "export", 0, 0, what, NULL);
}

/* --- units --- */

struct unit_job {
	const struct org *o;
	const char *code;
	const struct org_unit *u;
	bool on;
	const char *reason;
};

/* The parent must not be the unit itself, nor below it. */
static int parent_of(const struct unit_job *w, int64_t self, int64_t *ret)
{
	struct q_unit_by_code row;
	struct q_unit_parent up;
	int64_t id;
	int r;

	*ret = 0;
	if (!w->u->parent || !*w->u->parent)
		return 0;
	r = q_unit_by_code(w->o->db, w->o->a, w->u->parent, &row);
	if (r < 0)
		return r == ERR_NOTFOUND ? err_say(ERR_INVALID, "没有代码为“%s”的上级单位", w->u->parent) : r;
	id = *ret = row.id;
	for (int depth = 0; r == 0 && id && depth < DEPTH_MAX; depth++) {
		if (id == self)
			return err_say(ERR_INVALID, "上级单位不能是本单位，也不能是本单位的下级");
		r = q_unit_parent(w->o->db, w->o->a, id, &up);
		id = up.parent_id;
	}
	return r;
}

static int write_unit(const struct unit_job *w, int64_t parent, int64_t *id)
{
	const struct org_unit *u = w->u;
	struct db *db = w->o->db;
	int r;

	if (*id)
		r = q_unit_change(db, parent ? &parent : NULL, u->code, u->name, u->short_name, u->kind, u->sort_order,
		                  u->takes_letters, *id, NULL);
	else
		r = q_unit_add(db, parent ? &parent : NULL, u->code, u->name, u->short_name, u->kind, u->sort_order,
		               u->takes_letters, id);
	if (r == ERR_DUP)
		return err_say(ERR_DUP, "已经有代码“%s”或者名称“%s”的单位", u->code, u->name);
	return r < 0 ? r : q_unit_card_put(db, *id, u->duties, u->hours, u->phone, u->address, u->contact, NULL);
}

static int save_unit(struct db *db, void *arg)
{
	const struct unit_job *w = arg;
	struct q_unit_lock was = { 0 };
	int64_t parent = 0, id;
	bool fresh = w->code == NULL;
	int r = fresh ? 0 : q_unit_lock(db, w->o->a, w->code, &was);

	id = was.id;
	if (r == 0)
		r = parent_of(w, id, &parent);
	if (r == 0)
		r = write_unit(w, parent, &id);
	if (r < 0)
		return r;
	return org_note(w->o, fresh ? "unit_add" : "unit_edit", 0, id,
	                arena_printf(w->o->a, "%s（%s），%s，%s；职责：%s；时间：%s；电话：%s；地址：%s", w->u->name, w->u->code,
	                             w->u->kind, w->u->takes_letters ? "承办来信" : "不承办来信", w->u->duties, w->u->hours,
	                             w->u->phone, w->u->address), NULL);
}

int org_unit_save(const struct org *o, const char *code, const struct org_unit *u)
{
	struct unit_job w = { .o = o, .code = code, .u = u };
	int r = org_may(o, CAP_ADMIN_SYSTEM, 0);

	if (r == 0 && !code && strcmp(u->code, "new") == 0)
		r = err_say(ERR_INVALID, "请换一个代码");
	return r < 0 ? r : db_tx(o->db, save_unit, &w);
}

static int unit_active(struct db *db, void *arg)
{
	const struct unit_job *w = arg;
	struct q_unit_lock row;
	struct q_unit_open *open;
	size_t n = 0;
	int r = q_unit_lock(db, w->o->a, w->code, &row);

	if (r == 0 && !w->on)
		r = q_unit_open(db, w->o->a, row.id, row.id, 1, &open, &n);
	if (r < 0)
		return r;
	if (n > 0)
		return err_say(ERR_STATE, "%s还有没办结的信件，请先由登记分办员改派，再停用", row.name);
	if (row.active == w->on)
		return 0;
	r = q_unit_active(db, w->on, row.id, NULL);
	return r < 0 ? r : org_note(w->o, w->on ? "unit_on" : "unit_off", 0, row.id, row.name, w->reason);
}

int org_unit_active(const struct org *o, const char *code, bool on, const char *reason)
{
	struct unit_job w = { .o = o, .code = code, .on = on, .reason = reason };
	int r = org_may(o, CAP_ADMIN_SYSTEM, 0);

	return r < 0 ? r : db_tx(o->db, unit_active, &w);
}

/* --- who answers for a unit --- */

struct duty_job {
	const struct org *o;
	const char *code;
	const struct org_duty *d;
	int64_t duty_id;
	int32_t day;
	const char *text;
};

static const char *duty_name(bool responsible)
{
	return responsible ? "责任人" : "分管领导";
}

/* The newest of a duty, or NULL; rows are newest first within a duty. */
static const struct q_duty_of *newest(const struct q_duty_of *rows, size_t n, const char *duty)
{
	for (size_t i = 0; i < n; i++) {
		if (strcmp(rows[i].duty, duty) == 0)
			return &rows[i];
	}
	return NULL;
}

/* A change of the responsible person is filed seven days ahead (武汉市政府网站管理办法 第六条). */
static int check_notice(const struct duty_job *w, const struct q_duty_of *before, int32_t today, int32_t *ret_file_by)
{
	int32_t soonest = today + ORG_FILE_DAYS;

	*ret_file_by = DAY_NONE;
	if (before && w->d->from_on <= before->from_on)
		return err_say(ERR_INVALID, "已经登记了 %s 起由%s担任，新的变更要在那以后；还没生效的可以先撤销",
		               clock_fmt_day(w->o->a, before->from_on), before->name);
	if (!w->d->responsible)
		return 0;
	if (!before) {
		*ret_file_by = today > w->d->from_on ? today : w->d->from_on;
		return 0;
	}
	*ret_file_by = w->d->from_on - ORG_FILE_DAYS;
	if (w->d->from_on < soonest && !(w->d->why_short && *w->d->why_short))
		return err_say(ERR_INVALID, "责任人变更要提前 %d 天报备，最早 %s 生效；确需提前的，请写明理由", ORG_FILE_DAYS,
		               clock_fmt_day(w->o->a, soonest));
	return 0;
}

static int set_duty(struct db *db, void *arg)
{
	const struct duty_job *w = arg;
	const struct org_duty *d = w->d;
	const char *duty = d->responsible ? "responsible" : "leader";
	const struct q_duty_of *before;
	struct q_duty_of *rows;
	struct q_unit_lock unit;
	int32_t file_by;
	int64_t id;
	size_t n;
	int r = q_unit_lock(db, w->o->a, w->code, &unit);

	if (r < 0 || (r = q_duty_of(db, w->o->a, unit.id, &rows, &n)) < 0)
		return r;
	before = newest(rows, n, duty);
	if ((r = check_notice(w, before, clock_day(clock_now()), &file_by)) < 0)
		return r;
	if (before && (r = q_duty_until(db, d->from_on - 1, before->id, NULL)) < 0)
		return r;
	r = q_duty_add(db, unit.id, duty, d->name, d->post, d->phone, d->from_on, file_by,
	               d->why_short ? d->why_short : "", org_by(w->o), clock_now(), &id);
	if (r < 0)
		return r;
	return org_note(w->o, "duty_set", 0, unit.id,
	                arena_printf(w->o->a, "%s：%s%s%s，%s 起%s%s", duty_name(d->responsible), d->name,
	                             *d->post ? "，" : "", d->post, clock_fmt_day(w->o->a, d->from_on),
	                             before ? "，接替" : "", before ? before->name : ""), d->why_short);
}

int org_duty_set(const struct org *o, const char *code, const struct org_duty *d)
{
	struct duty_job w = { .o = o, .code = code, .d = d };
	int r = org_may(o, CAP_ADMIN_SYSTEM, 0);

	return r < 0 ? r : db_tx(o->db, set_duty, &w);
}

/* The one of that id, in rows of its unit. */
static int find_duty(const struct duty_job *w, struct q_unit_lock *unit, struct q_duty_of **ret_rows, size_t *ret_n,
                     const struct q_duty_of **ret)
{
	int r = q_unit_lock(w->o->db, w->o->a, w->code, unit);

	if (r < 0 || (r = q_duty_of(w->o->db, w->o->a, unit->id, ret_rows, ret_n)) < 0)
		return r;
	for (size_t i = 0; i < *ret_n; i++) {
		if ((*ret_rows)[i].id == w->duty_id) {
			*ret = &(*ret_rows)[i];
			return 0;
		}
	}
	return err_set(ERR_NOTFOUND, "no such duty of this unit");
}

static int file_duty(struct db *db, void *arg)
{
	const struct duty_job *w = arg;
	struct q_unit_lock unit;
	struct q_duty_of *rows;
	const struct q_duty_of *d;
	int64_t changed;
	size_t n;
	int r = find_duty(w, &unit, &rows, &n, &d);

	if (r < 0)
		return r;
	if (w->day > clock_day(clock_now()))
		return err_say(ERR_INVALID, "报备日期不能在今天以后");
	r = q_duty_filed(db, w->day, w->text, d->id, &changed);
	if (r == 0 && changed == 0)
		return err_say(ERR_STATE, "这一条已经登记过报备");
	if (r < 0)
		return r;
	return org_note(w->o, "duty_filed", 0, unit.id,
	                arena_printf(w->o->a, "%s（%s 起），%s 报备%s%s", d->name, clock_fmt_day(w->o->a, d->from_on),
	                             clock_fmt_day(w->o->a, w->day), *w->text ? "，" : "", w->text), NULL);
}

int org_duty_filed(const struct org *o, const char *code, int64_t duty_id, int32_t day, const char *as)
{
	struct duty_job w = { .o = o, .code = code, .duty_id = duty_id, .day = day, .text = as ? as : "" };
	int r = org_may(o, CAP_ADMIN_SYSTEM, 0);

	return r < 0 ? r : db_tx(o->db, file_duty, &w);
}

static int undo_duty(struct db *db, void *arg)
{
	const struct duty_job *w = arg;
	struct q_unit_lock unit;
	struct q_duty_of *rows;
	const struct q_duty_of *d, *before;
	size_t n;
	int r = find_duty(w, &unit, &rows, &n, &d);

	if (r < 0)
		return r;
	if (d->from_on <= clock_day(clock_now()))
		return err_say(ERR_STATE, "已经生效的不能撤销，请登记新的变更");
	if (newest(rows, n, d->duty) != d)
		return err_say(ERR_STATE, "后面还有变更，请先撤销后面的");
	before = d + 1 < rows + n && strcmp(d[1].duty, d->duty) == 0 ? d + 1 : NULL;
	if ((r = q_duty_undo(db, clock_now(), d->id, NULL)) < 0)
		return r;
	if (before && (r = q_duty_until(db, DAY_NONE, before->id, NULL)) < 0)
		return r;
	return org_note(w->o, "duty_undo", 0, unit.id,
	                arena_printf(w->o->a, "%s：%s（原定 %s 起）", duty_name(strcmp(d->duty, "responsible") == 0), d->name,
	                             clock_fmt_day(w->o->a, d->from_on)), w->text);
}

int org_duty_undo(const struct org *o, const char *code, int64_t duty_id, const char *reason)
{
	struct duty_job w = { .o = o, .code = code, .duty_id = duty_id, .text = reason };
	int r = org_may(o, CAP_ADMIN_SYSTEM, 0);

	return r < 0 ? r : db_tx(o->db, undo_duty, &w);
}
