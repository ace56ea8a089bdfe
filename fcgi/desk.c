/* desk - see desk.h. */
#include "desk.h"

#include <string.h>

#include "channels.h"
#include "clock.h"
#include "desk_fields.h"
#include "timers.h"
#include "topic.h"

/* --- the letter --- */

bool desk_is_number(const char *s)
{
	size_t n = strlen(s);

	return n > 0 && n <= 40 && strspn(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.") == n;
}

int desk_letter(struct page *p, struct desk_letter *ret)
{
	const struct actor *who = page_actor(p);
	struct desk_letter l = { .today = clock_day(p->now) };
	int rc = desk_is_number(p->param) ? q_letter_file(p->db, p->a, p->param, &l.file)
		: err_set(ERR_NOTFOUND, "no number of a letter");

	if (rc == 0)
		rc = ticket_facts(p->db, p->a, l.file.id, who, &l.t, &l.facts);
	if (rc != 0)
		return rc;
	l.wt = worktime_last();
	if (l.facts.recused || !access_may_on(who, CAP_READ, l.t.unit_id, l.facts.co))
		return err_set(ERR_NOTFOUND, "officer %lld may not read letter %lld", (long long)who->officer_id,
			(long long)l.t.id);
	if (l.facts.recusals > 0)
		rc = q_recusal_of(p->db, p->a, l.t.id, &l.recusals, &l.recusals_n);
	*ret = l;
	return rc;
}

struct url desk_url(struct arena *a, const char *no, const char *tail)
{
	return (struct url){ arena_printf(a, "/tickets/%s%s", no, tail) };
}

struct desk_clock desk_clock(struct arena *a, const struct desk_letter *l, const char *kind, int32_t due_on,
	bool provisional, bool paused)
{
	struct show_due d = show_due_of(a, l->wt, l->today, due_on, provisional, kind, l->t.type, l->t.unit_id);
	enum timer_kind k = states_timer_from(kind);
	bool warns = !paused && !timers_is_window(k);

	return (struct desk_clock){
		.name = k < TIMER__MAX ? states_timer_name(k) : kind,
		.day = d.day,
		.left = paused ? "已暂停" : d.left,
		.css = warns ? d.css : "",
		.light = warns ? d.light : "",
		.note = paused ? "恢复办理后顺延" : d.note,
	};
}

struct desk_clock desk_answer_clock(struct arena *a, const struct desk_letter *l)
{
	if (l->t.due_on == DAY_NONE || !states_open(l->t.state))
		return (struct desk_clock){ .name = "" };
	return desk_clock(a, l, "reply", l->t.due_on, l->t.due_provisional, l->t.state == TICKET_SUSPENDED);
}

struct desk_reply desk_reply(struct arena *a, const struct q_reply_of *row, int32_t today)
{
	const char *state = str_eq(row->state, "draft") ? "草稿" : str_eq(row->state, "in_review") ? "审核中"
		: str_eq(row->state, "returned") ? "已退回" : "";
	const char *result = row->result_code != NULL ? states_reason("result", row->result_code) : NULL;

	return (struct desk_reply){
		.kind = row->round > 1 ? arena_printf(a, "%s（第 %lld 轮）", show_reply_kind(row->kind),
			(long long)row->round)
			: show_reply_kind(row->kind),
		.state = state,
		.by = arena_printf(a, "%s%s%s", row->unit_name, row->author_name != NULL ? "　" : "",
			row->author_name != NULL ? row->author_name : ""),
		.on = show_moment(a, row->approved_at != TIME_NONE ? row->approved_at : row->written_at, today),
		.result = result,
		.promised = show_day(a, row->next_on, today),
		.text = view_paragraphs(a, row->body),
	};
}

/* An approved correction of the same round came after it. */
static bool corrected(const struct q_reply_of *rows, size_t n, size_t i)
{
	for (size_t k = i + 1; k < n && str_eq(rows[i].kind, "final"); k++) {
		if (str_eq(rows[k].kind, "correction") && str_eq(rows[k].state, "approved") && rows[k].round == rows[i].round)
			return true;
	}
	return false;
}

size_t desk_replies(struct arena *a, const struct q_reply_of *rows, size_t n, int32_t today, const char *not,
	struct desk_reply *ret)
{
	size_t kept = 0;

	for (size_t i = 0; i < n; i++) {
		if (not == NULL || strcmp(rows[i].state, not) != 0) {
			ret[kept] = desk_reply(a, &rows[i], today);
			if (corrected(rows, n, i))
				ret[kept].state = "已更正";
			kept++;
		}
	}
	return kept;
}

int desk_units(struct page *p, int64_t chosen, bool only_takers, const struct choice **ret, size_t *ret_n)
{
	struct q_unit_all *rows = NULL;
	struct choice *list;
	size_t rows_n = 0, n = 0;
	int rc = q_unit_all(p->db, p->a, &rows, &rows_n);

	if (rc != 0)
		return rc;
	list = arena_array(p->a, rows_n + 1, sizeof(*list));
	for (size_t i = 0; i < rows_n; i++) {
		if (!rows[i].active || (only_takers && !rows[i].takes_letters))
			continue;
		list[n].code = arena_printf(p->a, "%lld", (long long)rows[i].id);
		list[n].text = rows[i].name;
		list[n].chosen = rows[i].id == chosen;
		n++;
	}
	*ret = list;
	*ret_n = n;
	return 0;
}

static struct choice topic_choice(struct arena *a, const struct q_topic_all *row, int64_t chosen)
{
	return (struct choice){ .code = arena_printf(a, "%lld", (long long)row->id), .chosen = row->id == chosen,
		.text = arena_printf(a, "%s%s%s", row->parent_id ? DESK_TOPIC_INDENT : "", row->name,
			row->active ? "" : "（已停用）") };
}

int desk_topics(struct page *p, int64_t chosen, const struct choice **ret, size_t *ret_n)
{
	const struct q_topic_all *rows = NULL;
	struct choice *list;
	size_t rows_n = 0, n = 0;
	int rc = topic_list(p->db, &rows, &rows_n);

	if (rc != 0)
		return rc;
	list = arena_array(p->a, rows_n + 1, sizeof(*list));
	for (size_t i = 0; i < rows_n; i++) {
		if (rows[i].active || rows[i].id == chosen)
			list[n++] = topic_choice(p->a, &rows[i], chosen);
	}
	*ret = list;
	*ret_n = n;
	return 0;
}

int desk_topic_filter(struct page *p, int64_t chosen, const struct choice **ret, size_t *ret_n)
{
	const struct q_topic_all *rows = NULL;
	struct choice *list;
	size_t n = 0;
	int rc = topic_list(p->db, &rows, &n);

	if (rc != 0)
		return rc;
	list = arena_array(p->a, n + 1, sizeof(*list));
	list[0] = (struct choice){ .code = "0", .text = "还没有归类", .chosen = chosen == 0 };
	for (size_t i = 0; i < n; i++)
		list[i + 1] = topic_choice(p->a, &rows[i], chosen);
	*ret = list;
	*ret_n = n + 1;
	return 0;
}

int desk_handlers(struct page *p, int64_t unit_id, const struct choice **ret, size_t *ret_n)
{
	struct q_unit_handlers *rows = NULL;
	struct choice *list;
	int32_t today = clock_day(p->now);
	int rc = q_unit_handlers(p->db, p->a, today, unit_id, &rows, ret_n);

	if (rc != 0)
		return rc;
	list = arena_array(p->a, *ret_n + 1, sizeof(*list));
	for (size_t i = 0; i < *ret_n; i++) {
		const char *away = rows[i].away_to == DAY_NONE ? ""
			: arena_printf(p->a, "，休假至%s，%s代理", show_day(p->a, rows[i].away_to, today), rows[i].stand_in);

		list[i].code = arena_printf(p->a, "%lld", (long long)rows[i].id);
		list[i].text = arena_printf(p->a, "%s（在办 %lld 封%s）", rows[i].name, (long long)rows[i].open_n, away);
	}
	*ret = list;
	return 0;
}

/* --- lists --- */

void desk_read_after(const struct page *p, int32_t *ret_due, int64_t *ret_id)
{
	const char *after = form_text(p->form, "after");
	long long due = 0, id = 0;
	size_t n = 0;
	char **part;

	*ret_due = DESK_DAY_FIRST;
	*ret_id = 0;
	if (after == NULL)
		return;
	part = str_split(p->a, arena_strdup(p->a, after), '-', &n);
	if (n == 2 && str_to_int(part[0], 0, DESK_DAY_LAST, &due) == 0 && str_to_int(part[1], 0, INT64_MAX, &id) == 0) {
		*ret_due = (int32_t)due;
		*ret_id = id;
	}
}

const char *desk_list_of(const struct page *p)
{
	const char *list = params_get(&p->req->query, "list");

	return list != NULL && list[0] != '\0' && strlen(list) <= DESK_FILTER_MAX ? list : NULL;
}

struct url desk_url_of_list(struct arena *a, const char *no, const char *tail, const char *list)
{
	struct str o;

	str_init(&o, a, 4 * DESK_FILTER_MAX);
	str_add(&o, desk_url(a, no, tail).s);
	view_query_add(&o, "list", list);
	return (struct url){ o.s };
}

struct url desk_url_in(const struct page *p, const char *no, const char *tail)
{
	struct str o;

	str_init(&o, p->a, 4 * DESK_FILTER_MAX);
	str_add(&o, desk_url_of_list(p->a, no, tail, desk_list_of(p)).s);
	view_query_add(&o, "pub", desk_pub_of(p));
	return (struct url){ o.s };
}

struct desk_row desk_row(struct arena *a, const struct worktime *wt, int32_t today, const struct q_list_open *row,
	const char *list)
{
	enum ticket_state state = states_from(row->state);
	struct show_due d = show_due_of(a, wt, today, states_open(state) ? row->due_on : DAY_NONE, row->due_provisional,
		states_timer_code(TIMER_REPLY), states_type_from(row->type), 0);

	if (state == TICKET_SUSPENDED) {
		d.left = "已暂停";
		d.css = d.light = "";
		d.late = false;
	}
	return (struct desk_row){
		.number = row->no,
		.url = desk_url_of_list(a, row->no, "", list),
		.pick = arena_printf(a, "%s:%lld", row->no, (long long)row->version),
		.title = row->title,
		.type = states_type_name(states_type_from(row->type)),
		.unit = row->unit_name != NULL ? row->unit_name : "—",
		.status = show_state(state, false),
		.received = show_day(a, row->received_on, today),
		.channel = channels_name(row->channel),
		.handler = row->handler_name != NULL ? row->handler_name : "—",
		.due = d.day, .left = d.left, .css = d.css, .light = d.light, .late = d.late,
		.provisional = d.provisional && d.day[0] != '\0',
		.petition = (row->marks & TICKET_PETITION) != 0,
	};
}

/* The earliest of a letter's; one that comes after the answer says nothing that the answer does not. */
static void add_stage(struct page *p, const struct worktime *wt, const struct q_list_open *row,
	const struct q_list_stages *stage, struct desk_row *ret)
{
	enum timer_kind kind = states_timer_from(stage->kind);
	struct show_due d;

	if (ret->stage != NULL || kind == TIMER__MAX || (row->due_on != DAY_NONE && stage->due_on > row->due_on))
		return;
	d = show_due(p->a, wt, clock_day(p->now), stage->due_on, false);
	ret->stage = arena_printf(p->a, "%s：%s", states_timer_name(kind), d.left);
	ret->stage_css = d.css;
	ret->stage_light = d.light;
	if (ret->left != NULL && ret->left[0] != '\0')
		ret->left = arena_printf(p->a, "答复：%s", ret->left);
}

int desk_row_stages(struct page *p, const struct worktime *wt, const struct q_list_open *rows, size_t n,
	struct desk_row *list)
{
	struct q_list_stages *stages = NULL;
	size_t stages_n = 0;
	struct str ids;
	int rc;

	if (n == 0)
		return 0;
	str_init(&ids, p->a, 32 * (n + 1));
	for (size_t i = 0; i < n; i++)
		str_addf(&ids, "%s%lld", i > 0 ? "," : "[", (long long)rows[i].id);
	str_add(&ids, "]");
	rc = q_list_stages(p->db, p->a, ids.s, &stages, &stages_n);
	for (size_t k = 0; rc == 0 && k < stages_n; k++) {
		for (size_t i = 0; i < n; i++) {
			if (rows[i].id == stages[k].ticket_id)
				add_stage(p, wt, &rows[i], &stages[k], &list[i]);
		}
	}
	return rc;
}
