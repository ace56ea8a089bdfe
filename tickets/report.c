/* report - see report.h. */
#include "report.h"

#include <stdio.h>
#include <string.h>

#include "clock.h"
#include "conf.h"
#include "queries.h"
#include "report_doc.h"
#include "stats_frozen.h"
#include "store_paper.h"
#include "str.h"
#include "text.h"

const struct report_part_row report_part_rows[REPORT_PART__MAX] = {
#define PART(kind, code, form, label, hint) \
	[REPORT_PART_##kind##_##code] = { #code, label, hint, REPORT_##kind, REPORT_##form },
#include "report_parts.tbl"
};

/* --- names --- */

int report_period(const char *code, enum report_kind *ret_kind, int32_t *ret_from, int32_t *ret_to)
{
	bool month = strlen(code) == 7 && code[4] == '-';
	long long y, m = 1;
	char year[5] = "";

	if (!month && strlen(code) != 4)
		return -1;
	memcpy(year, code, 4);
	if (str_to_int(year, 1990, 2200, &y) != 0 || year[0] == '+'
	    || (month && str_to_int(code + 5 + (code[5] == '0'), 1, 12, &m) != 0))
		return -1;
	*ret_kind = month ? REPORT_MONTH : REPORT_YEAR;
	*ret_from = clock_day_of((int)y, (int)m, 1);
	if (!month)
		*ret_to = clock_day_of((int)y, 12, 31);
	else
		*ret_to = (m == 12 ? clock_day_of((int)y + 1, 1, 1) : clock_day_of((int)y, (int)m + 1, 1)) - 1;
	return 0;
}

const char *report_name(struct arena *a, const char *code)
{
	enum report_kind kind;
	int32_t from, to;
	int y, m, d;

	if (report_period(code, &kind, &from, &to) != 0)
		return code;
	clock_civil(from, &y, &m, &d);
	return kind == REPORT_MONTH ? arena_printf(a, "%d年%d月月报", y, m) : arena_printf(a, "%d年年度报告", y);
}

const char *report_state_name(enum report_state s)
{
	static const char *const names[] = { "草稿", "已签发", "已公开" };

	return names[s];
}

const char *report_event_name(const char *what)
{
	static const struct { const char *what, *zh; } names[] = {
		{ "make", "编制" }, { "freeze", "重新取数" }, { "edit", "修改文字" }, { "sign", "签发" }, { "unsign", "退回修改" },
		{ "publish", "公开" }, { "withdraw", "停止公开" },
	};

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		if (strcmp(names[i].what, what) == 0)
			return names[i].zh;
	}
	return what;
}

/* --- reading --- */

static enum report_state state_from(const char *code)
{
	return strcmp(code, "draft") == 0 ? REPORT_DRAFT : strcmp(code, "signed") == 0 ? REPORT_SIGNED : REPORT_PUBLISHED;
}

static enum report_kind kind_from(const char *code)
{
	return strcmp(code, "month") == 0 ? REPORT_MONTH : REPORT_YEAR;
}

static void set_parts(struct report *r, const struct q_report_parts *rows, size_t n)
{
	for (int k = 0; k < REPORT_PART__MAX; k++) {
		r->parts[k] = "";
		for (size_t i = 0; i < n; i++) {
			if (report_part_rows[k].kind == r->kind && strcmp(rows[i].part, report_part_rows[k].code) == 0)
				r->parts[k] = rows[i].body;
		}
	}
}

int report_load(struct db *db, struct arena *a, const char *code, struct report *ret)
{
	struct q_report_parts *parts = NULL;
	struct q_report_get row;
	size_t n = 0;
	int r = q_report_get(db, a, code, &row);

	if (r == 0)
		r = q_report_parts(db, a, row.id, &parts, &n);
	if (r < 0)
		return r == ERR_NOTFOUND ? err_set(ERR_NOTFOUND, "no report %s", code) : r;
	*ret = (struct report){ .id = row.id, .version = row.version, .edited_by = row.edited_by, .paper_id = row.paper_id,
		.kind = kind_from(row.kind), .state = state_from(row.state), .code = row.code, .from = row.from_on,
		.to = row.to_on, .figures = row.figures, .before = row.before_figures, .extra = row.extra,
		.frozen_at = row.frozen_at, .edited_at = row.edited_at, .signed_at = row.signed_at,
		.published_at = row.published_at, .sha256 = row.sha256, .edited_name = row.edited_name,
		.signed_name = row.signed_name };
	set_parts(ret, parts, n);
	return 0;
}

_Static_assert(sizeof(struct q_report_parts) == sizeof(struct q_pub_report_parts), "both have the same columns");

int report_public(struct db *db, struct arena *a, const char *code, struct report *ret, struct report_paper *ret_paper)
{
	struct q_pub_report_parts *parts = NULL;
	struct q_pub_report_get row;
	size_t n = 0;
	int r = q_pub_report_get(db, a, code, &row);

	if (r == 0)
		r = q_pub_report_parts(db, a, row.id, &parts, &n);
	if (r < 0)
		return r == ERR_NOTFOUND ? err_set(ERR_NOTFOUND, "no published report") : r;
	*ret = (struct report){ .id = row.id, .version = row.version, .paper_id = row.paper_id, .kind = kind_from(row.kind),
		.state = REPORT_PUBLISHED, .code = row.code, .from = row.from_on, .to = row.to_on, .figures = row.figures,
		.before = row.before_figures, .extra = row.extra, .frozen_at = row.frozen_at, .signed_at = row.signed_at,
		.published_at = row.published_at, .sha256 = row.sha256 };
	set_parts(ret, (const struct q_report_parts *)(const void *)parts, n);
	*ret_paper = (struct report_paper){ .id = row.paper_id, .size_bytes = row.size_bytes, .file_name = row.file_name,
		.made = str_eq(row.paper_state, "done") };
	return 0;
}

/* --- making --- */

struct making {
	const struct report_act *act;
	const char *code, *extra;
	enum report_kind kind;
	int32_t from, to;
	int64_t frozen_id, before_id;
	bool again;                  /* the figures of one that exists */
};

/* The figures of the period and of the year before, where there are any. */
static int freeze(struct making *m)
{
	const struct report_act *act = m->act;
	int32_t from = stats_year_before(m->from), to = stats_year_before(m->to);
	const char *name = report_name(act->a, m->code);
	struct stats old;
	int r = stats_freeze(act->db, act->a, name, m->from, m->to, act->who->officer_id, &m->frozen_id);

	if (r == 0)
		r = stats_load(act->db, act->a, from, to, 0, &old);
	if (r == 0 && old.all.n[STATS_received] > 0)
		r = stats_freeze(act->db, act->a, arena_printf(act->a, "%s：去年同期", name), from, to, act->who->officer_id,
		                 &m->before_id);
	if (r == 0)
		r = report_extra(act->db, act->a, m->from, m->to, &m->extra);
	return r;
}

static int note(const struct report_act *act, int64_t id, const char *what, const char *words)
{
	return q_report_event_add(act->db, id, what, act->who->officer_id, act->now, words, NULL);
}

/* The first wording of the overview is drawn up from the figures. */
static int draft(struct making *m, int64_t id)
{
	const struct report_act *act = m->act;
	enum report_part part = m->kind == REPORT_MONTH ? REPORT_PART_MONTH_summary : REPORT_PART_YEAR_overview;
	struct report r;
	int rc = report_load(act->db, act->a, m->code, &r);

	return rc < 0 ? rc : q_report_part_add(act->db, id, report_part_rows[part].code, report_overview(act->a, &r),
	                                       act->who->officer_id, act->now, NULL);
}

static int make(struct db *db, void *arg)
{
	struct making *m = arg;
	const struct report_act *act = m->act;
	int64_t id = act->id;
	int r = freeze(m);

	if (r == 0 && m->again)
		r = q_report_freeze(db, m->frozen_id, m->before_id > 0 ? &m->before_id : NULL, m->extra, act->who->officer_id,
		                    act->now, id, NULL);
	else if (r == 0)
		r = q_report_add(db, m->kind == REPORT_MONTH ? "month" : "year", m->code, m->from, m->to, m->frozen_id,
		                 m->before_id > 0 ? &m->before_id : NULL, m->extra, act->who->officer_id, act->now, &id);
	if (r == 0)
		r = note(act, id, m->again ? "freeze" : "make", "");
	if (r == 0 && !m->again)
		r = draft(m, id);
	return r;
}

int report_make(const struct report_act *act, const char *code)
{
	struct making m = { .act = act, .code = code };
	int r;

	if (!access_may(act->who, CAP_WRITE_REPORT))
		return err_set(ERR_DENIED, "may not write reports");
	if (report_period(code, &m.kind, &m.from, &m.to) != 0)
		return err_say(ERR_INVALID, "请选择一个月份或年份");
	if (m.to >= clock_day(act->now))
		return err_say(ERR_INVALID, "%s还没有过完，过完以后才能编制", m.kind == REPORT_MONTH ? "这个月" : "这一年");
	r = db_tx(act->db, make, &m);
	return r == ERR_DUP ? 0 : r;
}

/* --- acting on one --- */

struct acting {
	const struct report_act *act;
	enum cap cap;
	enum report_state from;
	int (*fn)(struct acting *w, const struct q_report_lock *row);
	const char *words;           /* a note, a reason; "" */
	const char *const *parts;
	const char *code;
};

static int act_tx(struct db *db, void *arg)
{
	struct acting *w = arg;
	struct q_report_lock row;
	int r = q_report_lock(db, w->act->a, w->act->id, &row);

	if (r < 0)
		return r;
	if (row.version != w->act->version)
		return err_say(ERR_CONFLICT, "别人刚刚改过这份报告，请核对现在的内容后再操作");
	if (state_from(row.state) != w->from)
		return err_say(ERR_STATE, "这份报告现在是“%s”，不能这样操作", report_state_name(state_from(row.state)));
	return w->fn(w, &row);
}

static int act_on(struct acting *w)
{
	if (!access_may(w->act->who, w->cap))
		return err_set(ERR_DENIED, "not for this person: capability %s", access_cap_code(w->cap));
	return db_tx(w->act->db, act_tx, w);
}

static int do_refreeze(struct acting *w, const struct q_report_lock *row)
{
	struct making m = { .act = w->act, .code = row->code, .again = true };

	must(report_period(row->code, &m.kind, &m.from, &m.to) == 0);
	return make(w->act->db, &m);
}

int report_refreeze(const struct report_act *act, const char *code)
{
	struct acting w = { .act = act, .cap = CAP_WRITE_REPORT, .from = REPORT_DRAFT, .fn = do_refreeze, .code = code };

	return act_on(&w);
}

static int do_write(struct acting *w, const struct q_report_lock *row)
{
	const struct report_act *act = w->act;
	struct report now;
	int r = report_load(act->db, act->a, row->code, &now), changed = 0;

	for (int k = 0; r == 0 && k < REPORT_PART__MAX; k++) {
		if (w->parts[k] == NULL || report_part_rows[k].kind != now.kind || strcmp(w->parts[k], now.parts[k]) == 0)
			continue;
		r = q_report_part_add(act->db, act->id, report_part_rows[k].code, w->parts[k], act->who->officer_id, act->now,
		                      NULL);
		changed++;
	}
	if (r == 0 && changed > 0)
		r = q_report_edited(act->db, act->who->officer_id, act->now, act->id, NULL);
	return r == 0 && changed > 0 ? note(act, act->id, "edit", "") : r;
}

int report_write(const struct report_act *act, const char *const *parts)
{
	struct acting w = { .act = act, .cap = CAP_WRITE_REPORT, .from = REPORT_DRAFT, .fn = do_write, .parts = parts };

	return act_on(&w);
}

static int do_sign(struct acting *w, const struct q_report_lock *row)
{
	const struct report_act *act = w->act;
	int r;

	if (row->edited_by == act->who->officer_id)
		return err_say(ERR_INVALID, "最后修改的人不能自己签发，请换一位有签发权限的人");
	r = q_report_sign(act->db, act->who->officer_id, act->now, act->id, NULL);
	return r < 0 ? r : note(act, act->id, "sign", w->words);
}

int report_sign(const struct report_act *act, const char *words)
{
	struct acting w = { .act = act, .cap = CAP_SIGN_REPORT, .from = REPORT_DRAFT, .fn = do_sign, .words = words };

	return act_on(&w);
}

static int do_unsign(struct acting *w, const struct q_report_lock *row)
{
	int r = q_report_unsign(w->act->db, w->act->id, NULL);

	(void)row;
	return r < 0 ? r : note(w->act, w->act->id, "unsign", w->words);
}

int report_unsign(const struct report_act *act, const char *reason)
{
	struct acting w = { .act = act, .cap = CAP_SIGN_REPORT, .from = REPORT_SIGNED, .fn = do_unsign, .words = reason };

	return act_on(&w);
}

/* The public fetches a PDF of its own, made of this version and kept as long as it is published. */
static int do_publish(struct acting *w, const struct q_report_lock *row)
{
	const struct report_act *act = w->act;
	struct paper_wish wish = { .kind = PAPER_REPORT, .asked_by = act->who->officer_id, .now = act->now,
		.title = report_name(act->a, row->code),
		.params = arena_printf(act->a, "{\"code\":\"%s\",\"public\":%lld}", row->code, (long long)row->version) };
	int64_t paper = 0;
	int r = store_paper_ask(act->db, act->a, &wish, &paper);

	if (r == 0)
		r = q_report_publish(act->db, act->now, paper, act->id, NULL);
	return r < 0 ? r : note(act, act->id, "publish", "");
}

int report_publish(const struct report_act *act)
{
	struct acting w = { .act = act, .cap = CAP_PUBLISH, .from = REPORT_SIGNED, .fn = do_publish };

	return act_on(&w);
}

static int do_withdraw(struct acting *w, const struct q_report_lock *row)
{
	int r = q_report_withdraw(w->act->db, w->act->id, NULL);

	(void)row;
	return r < 0 ? r : note(w->act, w->act->id, "withdraw", w->words);
}

int report_withdraw(const struct report_act *act, const char *reason)
{
	struct acting w = { .act = act, .cap = CAP_PUBLISH, .from = REPORT_PUBLISHED, .fn = do_withdraw, .words = reason };

	return act_on(&w);
}
