/* org_leave - see org.h. Who is away, and who stands in. */
#include <string.h>

#include "clock.h"
#include "org_inner.h"
#include "store_people.h"

struct job {
	const struct org *o;
	const char *login;
	int64_t stand_in_id, absence_id;
	int32_t from, to;
};

/* Oneself, the liaison or reviewer of the unit, or a security administrator. */
static int may_for(const struct org *o, const struct q_officer_lock *row)
{
	return o->who && o->who->officer_id == row->id ? 0 : org_may(o, CAP_ADMIN_LEAVE, row->unit_id);
}

static int check_days(const struct job *w)
{
	int32_t today = clock_day(clock_now());

	if (w->from == DAY_NONE || w->to == DAY_NONE || w->to < w->from)
		return err_say(ERR_INVALID, "最后一天不能早于第一天");
	if (w->to < today)
		return err_say(ERR_INVALID, "这段时间已经过去");
	if (w->to - w->from >= ORG_ABSENCE_MAX_DAYS)
		return err_say(ERR_INVALID, "一次最多登记一年");
	return 0;
}

/* An administrator's work is lent to nobody, and an administrator takes over no letters. */
static int check_stand_in(const struct job *w, const struct q_officer_lock *away, const char **ret_name)
{
	struct q_officer_by_id row;
	struct q_officer_roles roles;
	uint32_t theirs, own;
	int r = q_officer_by_id(w->o->db, w->o->a, clock_day(clock_now()), w->stand_in_id, &row);

	if (r == ERR_NOTFOUND || (r == 0 && (!row.active || row.unit_id != away->unit_id || row.id == away->id)))
		return err_say(ERR_INVALID, "代理人要是同一单位的另一位在职人员");
	if (r < 0 || (r = q_officer_roles(w->o->db, w->o->a, away->id, &roles)) < 0 ||
	    (r = store_roles_from(w->o->a, roles.roles, &own)) < 0 ||
	    (r = store_roles_from(w->o->a, row.roles, &theirs)) < 0)
		return r;
	if (own & access_admin_roles())
		return err_say(ERR_INVALID, "管理员的工作不能代理，请再任命一位管理员");
	if (theirs & access_admin_roles())
		return err_say(ERR_INVALID, "%s是管理员，不办理信件，不能代理", row.name);
	*ret_name = row.name;
	return 0;
}

/* Nobody takes over another's roles by the own hand. */
static int check_hand(const struct job *w)
{
	if (w->stand_in_id != org_by(w->o))
		return 0;
	return err_say(ERR_DENIED, "不能登记由您自己代理别人：请本人、本单位另一位联络员或审核人，或者安全管理员来登记");
}

/* Nobody is away twice at once, stands in while away, or is away while standing in: the work would be nobody's. */
static int check_overlap(const struct job *w, const struct q_officer_lock *away, const char *stand_in)
{
	struct q_absence_in *rows;
	size_t n;
	int r = q_absence_in(w->o->db, w->o->a, w->to, w->from, away->id, away->id, &rows, &n);

	for (size_t i = 0; r == 0 && i < n; i++) {
		const char *from = clock_fmt_day(w->o->a, rows[i].from_on), *to = clock_fmt_day(w->o->a, rows[i].to_on);

		return rows[i].officer_id == away->id
			? err_say(ERR_INVALID, "%s在 %s 至 %s 已经登记了休假，不能重叠", away->name, from, to)
			: err_say(ERR_INVALID, "%s在 %s 至 %s 正代理%s，请先给%s换代理人", away->name, from, to, rows[i].name,
			          rows[i].name);
	}
	if (r == 0)
		r = q_absence_in(w->o->db, w->o->a, w->to, w->from, w->stand_in_id, w->stand_in_id, &rows, &n);
	for (size_t i = 0; r == 0 && i < n; i++) {
		if (rows[i].officer_id == w->stand_in_id)
			return err_say(ERR_INVALID, "%s在 %s 至 %s 自己休假，不能代理", stand_in,
			               clock_fmt_day(w->o->a, rows[i].from_on), clock_fmt_day(w->o->a, rows[i].to_on));
	}
	return r;
}

static int leave(struct db *db, void *arg)
{
	const struct job *w = arg;
	struct q_officer_lock row;
	const char *name = "";
	int64_t id;
	int r = q_officer_lock(db, w->o->a, w->login, &row);

	if (r < 0 || (r = may_for(w->o, &row)) < 0 || (r = check_days(w)) < 0 ||
	    (r = check_stand_in(w, &row, &name)) < 0 || (r = check_hand(w)) < 0 ||
	    (r = check_overlap(w, &row, name)) < 0)
		return r;
	r = q_absence_add(db, row.id, w->stand_in_id, w->from, w->to, org_by(w->o), clock_now(), &id);
	if (r < 0)
		return r;
	return org_note(w->o, "leave", row.id, row.unit_id,
	                arena_printf(w->o->a, "%s，%s 至 %s，由%s代理", row.name, clock_fmt_day(w->o->a, w->from),
	                             clock_fmt_day(w->o->a, w->to), name), NULL);
}

int org_leave_add(const struct org *o, const char *login, int64_t stand_in_id, int32_t from, int32_t to)
{
	struct job w = { .o = o, .login = login, .stand_in_id = stand_in_id, .from = from, .to = to };

	return db_tx(o->db, leave, &w);
}

static int end(struct db *db, void *arg)
{
	const struct job *w = arg;
	struct q_officer_lock row;
	int64_t n;
	int r = q_officer_lock(db, w->o->a, w->login, &row);

	if (r < 0 || (r = may_for(w->o, &row)) < 0)
		return r;
	r = q_absence_end(db, clock_now(), w->absence_id, row.id, clock_day(clock_now()), &n);
	if (r == 0 && n == 0)
		return err_say(ERR_STATE, "这次休假已经结束");
	return r < 0 ? r : org_note(w->o, "leave_end", row.id, row.unit_id, row.name, NULL);
}

int org_leave_end(const struct org *o, const char *login, int64_t absence_id)
{
	struct job w = { .o = o, .login = login, .absence_id = absence_id };

	return db_tx(o->db, end, &w);
}
