/* desk_sample_letter - scoring one letter of a sample; the unit that answered it reads its sheets here too. */
#include <string.h>

#include "clock.h"
#include "desk_sample.h"
#include "ticket.h"
#include "views/desk_sample_letter.h"

#define MARK(n) { "m" #n, FIELD_INT, .label = "第 " #n " 项的得分", .min = 0, .max = 100 }, \
	{ "w" #n, FIELD_LINE, .label = "第 " #n " 项扣分的理由", .max = 100 }
static const char *const redos[] = { "reopen", "correct", NULL };
static const struct field score_fields[] = {
	{ "turn", FIELD_INT, .min = 0, .max = 200 },
	MARK(1), MARK(2), MARK(3), MARK(4), MARK(5), MARK(6), MARK(7), MARK(8), MARK(9), MARK(10), MARK(11), MARK(12),
	{ "words", FIELD_TEXT, .label = "问题和整改要求", .max = SAMPLE_WORDS_MAX },
	{ "redo", FIELD_CHOICE, .label = "怎样整改", .choices = redos },
	{ "next", FIELD_BOOL, .label = "接着评下一件" },
};
const struct form_def form_sample_score = { score_fields, ARRAY_LEN(score_fields) };

/* What a page of one letter rests on. */
struct sheet {
	struct q_sample_letter_of l;
	struct facts facts;
	struct q_sheet_items *items;
	size_t items_n;
	bool may;                        /* score it */
};

/* Whom it concerns: who samples or watches, and the unit that answered; nobody who must keep away. */
static int load(struct page *p, struct sheet *s)
{
	const struct actor *who = page_actor(p);
	struct ticket t;
	int64_t id;
	int rc = page_id(p, &id);

	if (rc == 0)
		rc = q_sample_letter_of(p->db, p->a, id, &s->l);
	if (rc == 0)
		rc = ticket_facts(p->db, p->a, s->l.ticket_id, who, &t, &s->facts);
	if (rc != 0)
		return rc;
	s->may = access_may(who, CAP_SAMPLE);
	if (s->facts.recused || !(s->may || access_may(who, CAP_WATCH)
			|| (s->l.turn > 0 && access_may_on(who, CAP_READ, s->l.unit_id, false))))
		return err_set(ERR_NOTFOUND, "not for this person");
	return q_sheet_items(p->db, p->a, s->l.sheet_id, &s->items, &s->items_n);
}

/* Whether a sheet is to be filled in now. */
static bool due(const struct sheet *s)
{
	bool answered = s->facts.state == TICKET_REPLIED || s->facts.state == TICKET_CLOSED
		|| s->facts.state == TICKET_ARCHIVED;

	if (!s->may || strcmp(s->l.sample_state, "closed") == 0 || (s->l.passed != NULL && *s->l.passed))
		return false;
	return s->l.turn == 0 || str_eq(s->l.redo, "correct")
		|| (answered && s->l.redo_round != NULL && s->facts.round >= *s->l.redo_round);
}

static int add_answers(struct page *p, const struct sheet *s, struct view_desk_sample_letter *v)
{
	int32_t today = clock_day(p->now);
	struct q_sample_letter_text text;
	struct q_sample_answer *rows = NULL;
	struct sample_answer *list;
	size_t n = 0;
	int rc = q_sample_letter_text(p->db, p->a, s->l.ticket_id, &text);

	if (rc == 0)
		rc = q_sample_answer(p->db, p->a, s->l.ticket_id, &rows, &n);
	if (rc != 0)
		return rc;
	list = arena_array(p->a, n + 1, sizeof(*list));
	for (size_t i = 0; i < n; i++)
		list[i] = (struct sample_answer){ .kind = show_reply_kind(rows[i].kind), .unit = rows[i].unit_name,
			.round = rows[i].round,
			.body = view_paragraphs(p->a, rows[i].body), .at = show_moment(p->a, rows[i].approved_at, today),
			.result = rows[i].result_code != NULL ? states_reason("result", rows[i].result_code) : "" };
	v->answers = list;
	v->answers_n = n;
	v->body = view_paragraphs(p->a, text.body);
	v->demand = text.demand;
	v->time = text.replied_at == TIME_NONE ? "" : arena_printf(p->a, "%s 受理，%s 第一次答复，用了 %lld 个工作日；期限 %s%s",
		show_moment(p->a, text.accepted_at, today), show_moment(p->a, text.replied_at, today),
		text.reply_workdays != NULL ? (long long)*text.reply_workdays : 0LL, show_day(p->a, text.first_due_on, today),
		text.first_due_on != DAY_NONE && clock_day(text.replied_at) > text.first_due_on ? "，逾期" : "，按期");
	return 0;
}

static int add_checks(struct page *p, const struct sheet *s, struct view_desk_sample_letter *v)
{
	struct q_sample_checks *checks = NULL;
	struct q_sample_marks *marks = NULL;
	struct sample_check_row *list;
	size_t n = 0, marks_n = 0;
	int rc = q_sample_checks(p->db, p->a, s->l.id, &checks, &n);

	if (rc == 0 && n > 0)
		rc = q_sample_marks(p->db, p->a, s->l.id, &marks, &marks_n);
	if (rc != 0)
		return rc;
	list = arena_array(p->a, n + 1, sizeof(*list));
	for (size_t i = 0; i < n; i++) {
		struct sample_mark_row *m = arena_array(p->a, s->items_n + 1, sizeof(*m));

		list[i] = (struct sample_check_row){ .turn = checks[i].turn, .points = checks[i].points,
			.words = checks[i].words,
			.by = checks[i].by_name, .at = show_moment(p->a, checks[i].at, clock_day(p->now)), .marks = m,
			.passed = checks[i].passed };
		for (size_t k = 0; k < marks_n; k++) {
			for (size_t j = 0; marks[k].turn == checks[i].turn && j < s->items_n; j++) {
				if (s->items[j].id == marks[k].item_id)
					m[list[i].marks_n++] = (struct sample_mark_row){ s->items[j].name, marks[k].words, marks[k].points,
						s->items[j].points };
			}
		}
	}
	v->checks = list;
	v->checks_n = n;
	return 0;
}

static void add_form(struct page *p, const struct sheet *s, bool typed, struct view_desk_sample_letter *v)
{
	struct sample_field *list = arena_array(p->a, s->items_n + 1, sizeof(*list));

	for (size_t i = 0; i < s->items_n; i++) {
		const char *m = arena_printf(p->a, "m%zu", i + 1), *w = arena_printf(p->a, "w%zu", i + 1);

		list[i] = (struct sample_field){ .i = (int)i + 1, .name = s->items[i].name, .help = s->items[i].help,
			.max = s->items[i].points, .fatal = s->items[i].fatal,
			.value = typed ? form_raw(p->form, m) : "", .words = typed ? form_raw(p->form, w) : "",
			.value_error = typed ? form_error(p->form, m) : NULL, .words_error = typed ? form_error(p->form, w)
				: NULL };
	}
	v->fields = list;
	v->fields_n = s->items_n;
	v->words = typed ? form_raw(p->form, "words") : "";
	v->words_error = typed ? form_error(p->form, "words") : NULL;
	v->redo_error = typed ? form_error(p->form, "redo") : NULL;
	v->redo = typed ? form_raw(p->form, "redo") : "";
	v->may_reopen = s->facts.state == TICKET_REPLIED || s->facts.state == TICKET_CLOSED;
}

static int letter_page(struct page *p, const struct sheet *s, bool typed)
{
	struct view_desk_sample_letter v = { .errors = typed ? p->form : NULL, .csrf = p->csrf, .id = s->l.id,
		.turn = s->l.turn,
		.number = s->l.no, .title = s->l.title, .unit = s->l.unit_name,
			.type = states_type_name(states_type_from(s->l.type)),
		.sample_id = access_may(page_actor(p), CAP_WATCH) ? s->l.sample_id : 0, .due = due(s) };
	int rc = add_answers(p, s, &v);

	if (rc == 0)
		rc = add_checks(p, s, &v);
	if (rc != 0)
		return rc;
	if (v.due || typed)
		add_form(p, s, typed, &v);
	v.sample = sample_name(p->a, s->l.year, s->l.quarter, s->l.batch);
	v.waiting = v.due || s->l.turn == 0 || (s->l.passed != NULL && *s->l.passed) ? ""
		: str_eq(s->l.redo, "reopen") ? "这封信已经退回重新办理，新的答复审核通过以后复评。" : "请承办单位补充或更正答复，再由抽查人员复评。";
	admin_flash(p);
	v.frame = page_titled(p, arena_printf(p->a, "抽查评分 %s", s->l.no));
	view_desk_sample_letter(&p->reply->body, &v);
	return 0;
}

int sample_letter_show(struct page *p)
{
	struct sheet s;
	int rc = load(p, &s);

	form_empty(p->a, &form_sample_score, p->form);
	return rc != 0 ? rc : letter_page(p, &s, false);
}

static void read_marks(struct page *p, const struct sheet *s, struct sample_score *ret)
{
	const char *words = form_text(p->form, "words");
	int redo = form_choice(p->form, "redo");

	*ret = (struct sample_score){ .turn = (int)form_int(p->form, "turn", 0), .words = words != NULL ? words : "",
		.redo = redo == 0 ? SAMPLE_REDO_REOPEN : redo == 1 ? SAMPLE_REDO_CORRECT : SAMPLE_REDO_NONE };
	for (size_t i = 0; i < s->items_n && i < SAMPLE_ITEMS_MAX; i++) {
		const char *m = arena_printf(p->a, "m%zu", i + 1), *w = form_text(p->form, arena_printf(p->a, "w%zu", i + 1));
		int64_t points = form_int(p->form, m, -1);

		if (points < 0 || points > s->items[i].points)
			form_fail(p->form, m, arena_printf(p->a, "“%s”请填 0 到 %lld 分", s->items[i].name,
				(long long)s->items[i].points));
		ret->marks[ret->n++] = (struct sample_mark){ s->items[i].id, (int)points, w != NULL ? w : "" };
	}
}

/* To the next one that is to be scored, or back to the list. */
static int go_on(struct page *p, const struct sheet *s, const char *code)
{
	const struct actor *who = page_actor(p);
	struct q_sample_letter_next next;
	int rc = form_bool(p->form, "next") ? q_sample_letter_next(p->db, p->a, s->l.sample_id, who->unit_id,
		who->officer_id,
		s->l.id, &next) : ERR_NOTFOUND;

	if (rc == 0)
		return admin_done(p, arena_printf(p->a, "/samples/letters/%lld", (long long)next.id), code);
	return rc != ERR_NOTFOUND ? rc : admin_done(p, arena_printf(p->a, "/samples/%lld", (long long)s->l.sample_id),
		code);
}

int sample_letter_send(struct page *p)
{
	const struct org o = admin_org(p);
	struct sample_score score;
	bool passed = false;
	struct sheet s;
	int rc = load(p, &s);

	if (rc != 0)
		return rc;
	read_marks(p, &s, &score);
	if (form_ok(p->form)) {
		rc = sample_score(&o, s.l.id, &score, &passed);
		if (rc == 0)
			return go_on(p, &s, passed ? "passed" : score.redo == SAMPLE_REDO_REOPEN ? "reopened" : "failed");
	}
	rc = admin_failed(p, rc, score.words[0] == '\0' ? "words" : "redo");
	return rc != 0 ? rc : letter_page(p, &s, true);
}
