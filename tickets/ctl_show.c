/* ctl_show - minshengctl show and trace: one letter, and everything that ever happened to it. Without the contact,
 * which only the vault opens. */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

#include "clock.h"
#include "ctl.h"
#include "queries.h"
#include "states.h"
#include "ticket.h"
#include "worktime_rules.h"

#define OUT_MAX (16u << 20)

static int load(struct ctl *c, int64_t *ret_id, struct q_ticket_show *t)
{
	const char *no;
	int r;

	ticket_number_ok(c->a, c->argv[1], &no);
	r = ticket_id(c->db, c->a, no, ret_id);
	if (r == ERR_NOTFOUND)
		r = ticket_id(c->db, c->a, c->argv[1], ret_id);
	return r < 0 ? r : q_ticket_show(c->db, c->a, *ret_id, t);
}

static void set(json_t *o, const char *key, const char *value)
{
	json_object_set_new(o, key, value && *value ? json_string(value) : json_null());
}

static json_t *to_json(struct arena *a, const struct q_ticket_show *t)
{
	json_t *o = json_object();

	set(o, "number", t->no);
	set(o, "type", t->type);
	set(o, "channel", t->channel);
	set(o, "state", t->state);
	set(o, "publication", t->pub_state);
	json_object_set_new(o, "version", json_integer(t->version));
	json_object_set_new(o, "round", json_integer(t->round));
	set(o, "title", t->title);
	set(o, "body", t->body);
	set(o, "place", t->place);
	set(o, "unit", t->unit_name);
	set(o, "received_at", clock_fmt_iso(a, t->received_at));
	set(o, "received_on", clock_fmt_day(a, t->received_on));
	set(o, "accepted_at", clock_fmt_iso(a, t->accepted_at));
	set(o, "due_on", clock_fmt_day(a, t->due_on));
	json_object_set_new(o, "provisional", json_boolean(t->due_provisional));
	set(o, "replied_at", clock_fmt_iso(a, t->replied_at));
	json_object_set_new(o, "reply_workdays", t->reply_workdays ? json_integer(*t->reply_workdays) : json_null());
	set(o, "closed_at", clock_fmt_iso(a, t->closed_at));
	set(o, "result", t->result_code);
	set(o, "reason", t->reason_code);
	set(o, "master", t->master_no);
	json_object_set_new(o, "grade", t->grade ? json_integer(t->grade) : json_null());
	json_object_set_new(o, "publish_consent", json_boolean(t->publish_ok));
	json_object_set_new(o, "has_contact", json_boolean(t->has_contact));
	json_object_set_new(o, "reveals", json_integer(t->reveals));
	return o;
}

/* --- clocks --- */

struct clocks {
	const struct worktime *wt;
	struct q_timer_open_of *rows;
	size_t n;
};

static int load_clocks(struct ctl *c, int64_t id, struct clocks *k)
{
	int r = worktime_get(c->db, &k->wt);

	return r < 0 ? r : q_timer_open_of(c->db, c->a, id, &k->rows, &k->n);
}

static json_t *clock_json(struct arena *a, const struct q_timer_open_of *row)
{
	json_t *o = json_object();

	set(o, "kind", row->kind);
	set(o, "state", row->state);
	set(o, "started_on", clock_fmt_day(a, row->start_on));
	json_object_set_new(o, "amount", json_integer(row->amount));
	set(o, "unit", row->amount_unit);
	set(o, "due_on", clock_fmt_day(a, row->due_on));
	json_object_set_new(o, "provisional", json_boolean(row->provisional));
	set(o, "next_at", clock_fmt_iso(a, row->next_at));
	set(o, "breached_at", clock_fmt_iso(a, row->breached_at));
	return o;
}

/* What a step of a ladder is, and who is told; the end of a term has the id 0. */
static const char *step_words(struct arena *a, const struct worktime *wt, int64_t ladder_id, int64_t step_id)
{
	const struct ladder *l = worktime_ladder_of(wt, ladder_id);

	for (size_t i = 0; l && i < l->n_steps; i++) {
		if (l->steps[i].id == step_id)
			return arena_printf(a, "%s：%s", ladder_step_words(a, &l->steps[i]),
			                    ladder_audience_names(a, l->steps[i].to));
	}
	return "";
}

static void print_clocks(struct ctl *c, struct str *o, const struct clocks *k)
{
	if (k->n)
		str_add(o, "\n运行中的时限\n");
	for (size_t i = 0; i < k->n; i++) {
		const struct q_timer_open_of *row = &k->rows[i];

		str_addf(o, "  %s  %s起 %s，到期 %s%s%s%s%s\n", states_timer_name(states_timer_from(row->kind)),
		         clock_fmt_day(c->a, row->start_on), sla_term_words(c->a, (int)row->amount, row->amount_unit[0]),
		         clock_fmt_day(c->a, row->due_on), row->provisional ? "（暂定）" : "",
		         str_eq(row->state, "paused") ? "，暂停" : "", row->next_at == TIME_NONE ? "" : "，下一步 ",
		         clock_fmt(c->a, row->next_at));
		if (row->breached_at != TIME_NONE)
			str_addf(o, "    超期于 %s\n", clock_fmt(c->a, row->breached_at));
	}
}

static void print_head(struct ctl *c, struct str *o, const struct q_ticket_show *t)
{
	str_addf(o, "%s  %s  %s / %s  第 %lld 轮  版本 %lld\n", t->no, states_type_name(states_type_from(t->type)),
	         states_office(states_from(t->state)), states_pub_name(states_pub_from(t->pub_state)), (long long)t->round,
	         (long long)t->version);
	str_addf(o, "标题  %s\n单位  %s\n收到  %s（计 %s）\n受理  %s\n期限  %s%s\n答复  %s\n", t->title,
	         t->unit_name ? t->unit_name : "-", clock_fmt(c->a, t->received_at), clock_fmt_day(c->a, t->received_on),
	         clock_fmt(c->a, t->accepted_at), clock_fmt_day(c->a, t->due_on), t->due_provisional ? "（暂定）" : "",
	         clock_fmt(c->a, t->replied_at));
}

int ctl_show(struct ctl *c)
{
	bool json = ctl_flag(c, "--json");
	struct q_ticket_show t;
	struct clocks k;
	struct str o;
	int64_t id;
	int r;

	if (c->argc != 2)
		return ctl_usage("show LETTER_NO [--json]");
	if ((r = load(c, &id, &t)) < 0 || (r = load_clocks(c, id, &k)) < 0)
		return ctl_fail(r);
	str_init(&o, c->a, OUT_MAX);
	if (json) {
		json_t *j = to_json(c->a, &t), *clocks = json_array();
		char *text;

		for (size_t i = 0; i < k.n; i++)
			json_array_append_new(clocks, clock_json(c->a, &k.rows[i]));
		json_object_set_new(j, "clocks", clocks);
		text = json_dumps(j, JSON_INDENT(1) | JSON_PRESERVE_ORDER);
		str_addf(&o, "%s\n", text);
		free(text);
		json_decref(j);
	} else {
		print_head(c, &o, &t);
		print_clocks(c, &o, &k);
		str_addf(&o, "\n%s\n", t.body);
	}
	return ctl_print(&o);
}

static int trace_history(struct ctl *c, struct str *o, int64_t id)
{
	struct q_history_of *h;
	size_t n;
	int r = q_history_of(c->db, c->a, id, &h, &n);

	str_add(o, "\n经过\n");
	for (size_t i = 0; r == 0 && i < n; i++)
		str_addf(o, "  %3lld  %s  %-20s %s → %s  %s%s%s%s%s%s%s\n", (long long)h[i].version, clock_fmt(c->a, h[i].at),
		         h[i].action, h[i].from_state, h[i].to_state, h[i].officer_name ? h[i].officer_name : h[i].actor,
		         h[i].for_name ? " 代" : "", h[i].for_name ? h[i].for_name : "",
		         h[i].unit_name ? " / " : "", h[i].unit_name ? h[i].unit_name : "", h[i].reason ? "  " : "",
		         h[i].reason ? h[i].reason : "");
	return r;
}

static int trace_timers(struct ctl *c, struct str *o, int64_t id)
{
	struct q_timer_events_of *e;
	struct clocks k;
	size_t n;
	int r = q_timer_events_of(c->db, c->a, id, &e, &n);

	if (r < 0 || (r = load_clocks(c, id, &k)) < 0)
		return r;
	str_add(o, "\n时限\n");
	for (size_t i = 0; i < n; i++) {
		const char *step = step_words(c->a, k.wt, e[i].ladder_id, e[i].step_id);

		str_addf(o, "  %s  %-18s %-9s %s → %s%s%s%s%s\n", clock_fmt(c->a, e[i].at), e[i].kind, e[i].what,
		         clock_fmt_day(c->a, e[i].old_due_on), clock_fmt_day(c->a, e[i].new_due_on),
		         e[i].due_at == TIME_NONE ? "" : "  于 ", clock_fmt(c->a, e[i].due_at), *step ? "  " : "", step);
	}
	print_clocks(c, o, &k);
	return 0;
}

static int trace_work(struct ctl *c, struct str *o, int64_t id)
{
	struct q_reply_of *p;
	struct q_review_of *v;
	struct q_outbox_of *b;
	struct q_reveal_of *w;
	size_t n;
	int r;

	str_add(o, "\n答复\n");
	if ((r = q_reply_of(c->db, c->a, id, &p, &n)) < 0)
		return r;
	for (size_t i = 0; i < n; i++)
		str_addf(o, "  %s  第 %lld 轮 %s %s  %s\n", clock_fmt(c->a, p[i].written_at), (long long)p[i].round, p[i].kind,
		         p[i].state, p[i].author_name ? p[i].author_name : "-");
	if ((r = q_review_of(c->db, c->a, id, &v, &n)) < 0)
		return r;
	for (size_t i = 0; i < n; i++)
		str_addf(o, "  %s  %s审核 %s  %s\n", clock_fmt(c->a, v[i].at), v[i].kind, v[i].decision, v[i].reviewer);
	str_add(o, "\n通知\n");
	if ((r = q_outbox_of(c->db, c->a, id, &b, &n)) < 0)
		return r;
	for (size_t i = 0; i < n; i++)
		str_addf(o, "  %s  %-18s %-7s %s  %lld 次  %s\n", clock_fmt(c->a, b[i].created_at), b[i].event, b[i].audience,
		         b[i].state, (long long)b[i].tries, clock_fmt(c->a, b[i].done_at));
	str_add(o, "\n联系方式查阅\n");
	if ((r = q_reveal_of(c->db, c->a, id, &w, &n)) < 0)
		return r;
	for (size_t i = 0; i < n; i++)
		str_addf(o, "  %s  %s  %s  %s\n", clock_fmt(c->a, w[i].at), w[i].purpose,
		         w[i].officer_name ? w[i].officer_name : "-",
		         w[i].reason);
	return 0;
}

int ctl_trace(struct ctl *c)
{
	struct q_ticket_show t;
	struct str o;
	int64_t id;
	int r;

	if (c->argc != 2)
		return ctl_usage("trace LETTER_NO");
	if ((r = load(c, &id, &t)) < 0)
		return ctl_fail(r);
	str_init(&o, c->a, OUT_MAX);
	print_head(c, &o, &t);
	if ((r = trace_history(c, &o, id)) < 0 || (r = trace_timers(c, &o, id)) < 0 || (r = trace_work(c, &o, id)) < 0)
		return ctl_fail(r);
	return ctl_print(&o);
}

#define STUCK_MAX 1000

/* Exit code 1 when there are any: somebody has to look at them. */
int ctl_stuck(struct ctl *c)
{
	struct q_timer_stuck_list *rows;
	struct str o;
	size_t n;
	int r;

	if (c->argc != 1)
		return ctl_usage("stuck");
	if ((r = q_timer_stuck_list(c->db, c->a, STUCK_MAX, &rows, &n)) < 0)
		return ctl_fail(r);
	str_init(&o, c->a, OUT_MAX);
	for (size_t i = 0; i < n; i++)
		str_addf(&o, "%s  %s  到期 %s  试了 %lld 次，自 %s  %s\n", rows[i].no,
		         states_timer_name(states_timer_from(rows[i].kind)), clock_fmt_day(c->a, rows[i].due_on),
		         (long long)rows[i].tries, clock_fmt(c->a, rows[i].since), rows[i].error);
	r = ctl_print(&o);
	return r == 0 && n ? 1 : r;
}
