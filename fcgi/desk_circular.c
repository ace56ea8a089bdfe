/* desk_circular - circulars (通报): gathered from the escalation and from letters that supervisors chose, edited by
 * unit, issued to all units; and the self-criticism of a unit that stands in two consecutive ones. */
#include <string.h>

#include "clock.h"
#include "desk.h"
#include "show.h"
#include "views/desk_circular.h"
#include "views/desk_circulars.h"
#include "watch.h"
#include "tabs.h"

#define UNITS_MAX 60
#define LIST_ROWS 30
#define WAITING_ROWS 100
#define ANY_STATE "draft,issued"

/* What is said of the units: w1 of the first of the list `unit`, and so on. */
#define WORDS(n) { "w" #n, FIELD_LINE, .label = "对单位说的话", .max = WATCH_WORDS_MAX }
#define WORDS10(d) WORDS(d##0), WORDS(d##1), WORDS(d##2), WORDS(d##3), WORDS(d##4), WORDS(d##5), WORDS(d##6), \
	WORDS(d##7), WORDS(d##8), WORDS(d##9)
static const char *const does[] = { "save", "issue", "tell", "taken", NULL };
enum does { DO_SAVE, DO_ISSUE, DO_TELL, DO_TAKEN };
static const struct field circular_fields[] = {
	{ "do", FIELD_CHOICE, .choices = does, .required = true },
	{ "version", FIELD_INT, .min = 1, .max = INT32_MAX },
	{ "title", FIELD_LINE, .label = "标题", .min = 4, .max = 60 },
	{ "intro", FIELD_TEXT, .label = "正文开头", .max = 2000 },
	{ "closing", FIELD_TEXT, .label = "要求", .max = 2000 },
	{ "unit[]", FIELD_LIST, .label = "单位", .max = UNITS_MAX },
	{ "drop", FIELD_LIST, .label = "去掉的信件", .max = WATCH_ENTRIES_MAX },
	{ "taken", FIELD_INT, .min = 1, .max = INT32_MAX },
	WORDS10(), WORDS10(1), WORDS10(2), WORDS10(3), WORDS10(4), WORDS10(5),
};
const struct form_def form_circular = { circular_fields, ARRAY_LEN(circular_fields) };

static const struct field criticism_fields[] = {
	{ "words", FIELD_TEXT, .label = "书面检讨", .min = 20, .max = 3000, .required = true },
};
const struct form_def form_criticism = { criticism_fields, ARRAY_LEN(criticism_fields) };

static const struct field circulars_fields[] = {
	{ "before", FIELD_INT, .min = 1, .max = INT32_MAX },
};
const struct form_def form_circulars = { circulars_fields, ARRAY_LEN(circulars_fields) };

static bool edits(const struct page *p)
{
	return access_may(page_actor(p), CAP_CIRCULARISE);
}

/* --- the list --- */

static int add_waiting(struct page *p, struct view_desk_circulars *v)
{
	struct q_circular_waiting_list *rows = NULL;
	struct waiting_row *list;
	size_t n = 0;
	int rc = q_circular_waiting_list(p->db, p->a, page_actor(p)->unit_id, page_actor(p)->officer_id, WAITING_ROWS,
		&rows, &n);

	if (rc != 0)
		return rc;
	list = arena_array(p->a, n + 1, sizeof(*list));
	for (size_t i = 0; i < n; i++)
		list[i] = (struct waiting_row){ rows[i].no, rows[i].title, rows[i].unit_name,
			strcmp(rows[i].why, "ladder") == 0 ? "超期自动列入" : "督办员列入", show_moment(p->a, rows[i].at, clock_day(p->now)),
			show_state(states_from(rows[i].state), false) };
	v->waiting = list;
	v->waiting_n = n;
	return 0;
}

static int circulars(struct page *p, const char *problem)
{
	struct view_desk_circulars v = { .csrf = p->csrf, .edits = edits(p), .problem = problem };
	struct q_circular_list *rows = NULL;
	struct circular_row *list;
	int32_t today = clock_day(p->now);
	size_t n = 0;
	int rc = q_circular_list(p->db, p->a, v.edits ? ANY_STATE : "issued", form_int(p->form, "before", INT32_MAX),
		LIST_ROWS + 1,
		&rows, &n);

	if (rc == 0 && v.edits)
		rc = add_waiting(p, &v);
	if (rc != 0)
		return rc;
	v.rows_n = n > LIST_ROWS ? LIST_ROWS : n;
	list = arena_array(p->a, v.rows_n + 1, sizeof(*list));
	for (size_t i = 0; i < v.rows_n; i++) {
		bool draft = strcmp(rows[i].state, "draft") == 0;

		v.drafting = v.drafting || draft;
		list[i] = (struct circular_row){ rows[i].id, draft ? "草稿" : watch_no_text(p->a, WATCH_CIRCULAR, rows[i].year,
			rows[i].seq),
			rows[i].title, show_moment(p->a, draft ? rows[i].made_at : rows[i].issued_at, today), rows[i].units_n,
			rows[i].letters_n, rows[i].second_n };
	}
	v.rows = list;
	if (n > LIST_ROWS)
		v.next.s = arena_printf(p->a, "/circulars?before=%lld", (long long)rows[LIST_ROWS - 1].id);
	v.nav = tabs(p, TABS_WATCH);
	v.frame = page_titled(p, "通报");
	view_desk_circulars(&p->reply->body, &v);
	return 0;
}

int desk_circulars(struct page *p)
{
	return circulars(p, NULL);
}

int desk_circulars_send(struct page *p)
{
	int64_t id = 0;
	int rc = watch_circular_begin(p->db, p->a, page_actor(p), &id);

	if (rc == ERR_STATE) {
		reply_status(p->reply, err_http(rc));
		return circulars(p, arena_strdup(p->a, err_text(rc)));
	}
	return rc != 0 ? rc : reply_redirect(p->reply, arena_printf(p->a, "/circulars/%lld", (long long)id));
}

/* --- one circular --- */

struct showing {
	struct page *p;
	int32_t today;
	struct q_circular_one c;
	struct q_circular_units_of *units;
	struct q_circular_entries_of *entries;
	struct q_circular_second_now *second;
	size_t units_n, entries_n, second_n;
	bool typed;                  /* the form is shown again with what was typed */
	struct view_desk_circular *v;
};

static int load(struct showing *s)
{
	struct page *p = s->p;
	const struct actor *who = page_actor(p);
	struct q_circular_previous previous;
	long long id = 0;
	int rc = str_to_int(p->param, 1, INT32_MAX, &id) == 0 ? q_circular_one(p->db, p->a, id, &s->c)
		: err_set(ERR_NOTFOUND, "no id of a circular");

	if (rc == 0 && strcmp(s->c.state, "issued") != 0 && !edits(p))
		rc = err_set(ERR_NOTFOUND, "a draft");
	if (rc == 0)
		rc = q_circular_units_of(p->db, p->a, id, &s->units, &s->units_n);
	if (rc == 0)
		rc = q_circular_entries_of(p->db, p->a, id, who->unit_id, who->officer_id, &s->entries, &s->entries_n);
	if (rc != 0 || strcmp(s->c.state, "issued") == 0)
		return rc;
	rc = q_circular_previous(p->db, p->a, &previous);
	if (rc == ERR_NOTFOUND)
		return 0;
	return rc != 0 ? rc : q_circular_second_now(p->db, p->a, id, previous.id, &s->second, &s->second_n);
}

static bool would_be_second(const struct showing *s, int64_t unit)
{
	for (size_t i = 0; i < s->second_n; i++) {
		if (s->second[i].unit_id == unit)
			return true;
	}
	return false;
}

/* Titles tell what a letter is about: they are for the unit that has it, and for who reads all letters. */
static bool reads(const struct showing *s, int64_t unit)
{
	return access_may_on(page_actor(s->p), CAP_READ, unit, false);
}

static struct circular_letter letter_of(const struct showing *s, const struct q_circular_entries_of *e)
{
	struct arena *a = s->p->a;
	bool answered = e->replied_at != TIME_NONE;

	return (struct circular_letter){ .id = e->id, .number = e->no, .title = e->title, .readable = reads(s, e->unit_id),
		.type = states_type_name(states_type_from(e->type)), .received = show_day(a, e->received_on, s->today),
		.due = show_day(a, e->due_on, s->today),
		.late = e->late_days == NULL ? "" : *e->late_days > 0 ? arena_printf(a, "超期 %lld 个工作日",
			(long long)*e->late_days)
			: "没有超期",
		.was = e->was_open == NULL ? show_state(states_from(e->state), false).text : *e->was_open != 0 ? "没有答复" : "已答复",
		.now = !answered ? show_state(states_from(e->state), false).text
			: arena_printf(a, "已答复，%s", show_moment(a, e->replied_at, s->today)),
		.words = e->words, .why = strcmp(e->why, "ladder") == 0 ? "超期自动列入" : "督办员列入" };
}

static const char *words_of(const struct showing *s, size_t i)
{
	return s->typed && i < UNITS_MAX ? form_raw(s->p->form, arena_printf(s->p->a, "w%zu", i)) : s->units[i].words;
}

/* Why a unit is to criticise itself, or would be. */
static const char *second_words(const struct showing *s, const struct q_circular_units_of *u)
{
	if (u->previous_id != 0)
		return arena_printf(s->p->a, "连续两次被通报（上一次：%s），重点督办，%s前提交书面检讨",
			watch_no_text(s->p->a, WATCH_CIRCULAR, u->previous_year, u->previous_seq),
			show_day(s->p->a, u->critic_due_on, s->today));
	return would_be_second(s, u->unit_id) ? "印发后是连续第二次被通报，要提交书面检讨" : "";
}

static const char *by_at(const struct showing *s, const char *by, int64_t at)
{
	return arena_printf(s->p->a, "%s，%s", by != NULL ? by : "", show_moment(s->p->a, at, s->today));
}

static void add_criticism(const struct showing *s, const struct q_circular_units_of *u, struct circular_unit *ret)
{
	const struct actor *who = page_actor(s->p);
	bool own = u->unit_id == who->unit_id;

	ret->second = second_words(s, u);
	if (u->critic_words == NULL) {
		ret->owes = u->previous_id != 0 && own && access_may(who, CAP_FEEDBACK);
		return;
	}
	ret->written = by_at(s, u->critic_by, u->critic_at);
	if (u->seen_at != TIME_NONE)
		ret->taken = arena_printf(s->p->a, "已收下：%s", by_at(s, u->seen_by, u->seen_at));
	ret->takes = u->seen_at == TIME_NONE && edits(s->p);
	/* What a unit says of itself is read by it and by supervisors. */
	if (edits(s->p) || own)
		ret->criticism = view_paragraphs(s->p->a, u->critic_words);
}

static void add_units(struct showing *s)
{
	struct circular_unit *list = arena_array(s->p->a, s->units_n + 1, sizeof(*list));
	struct arena *a = s->p->a;

	for (size_t i = 0; i < s->units_n; i++) {
		struct circular_letter *letters = arena_array(a, s->entries_n + 1, sizeof(*letters));

		list[i] = (struct circular_unit){ .id = s->units[i].unit_id, .code = s->units[i].code, .name = s->units[i].name,
			.field = arena_printf(a, "w%zu", i), .words = words_of(s, i), .written = "", .taken = "",
				.letters = letters };
		list[i].error = s->typed && i < UNITS_MAX ? form_error(s->p->form, list[i].field) : NULL;
		for (size_t k = 0; k < s->entries_n; k++) {
			if (s->entries[k].unit_id == s->units[i].unit_id)
				letters[list[i].letters_n++] = letter_of(s, &s->entries[k]);
		}
		add_criticism(s, &s->units[i], &list[i]);
	}
	s->v->units = list;
	s->v->units_n = s->units_n;
}

static const char *field_of(const struct showing *s, const char *name, const char *stored)
{
	return s->typed ? form_raw(s->p->form, name) : stored;
}

/* Letters of an issued circular that their units have not been told of, and who can do that. */
static int add_untold(struct showing *s)
{
	struct page *p = s->p;
	struct watch_untold left = { 0, 0 };
	int rc = s->v->issued && s->v->supervises ? watch_circular_untold(p->db, p->a, page_actor(p), s->c.id, &left) : 0;

	s->v->left = left.own == 0 ? "" : arena_printf(p->a, "有 %lld 封信件还没有通知到，请再通知一次。", (long long)left.own);
	s->v->left_others = left.others == 0 ? "" : arena_printf(p->a,
		"有 %lld 封信件您应当回避，要由另一位督办员打开这份通报来通知。", (long long)left.others);
	return rc;
}

static int show(struct page *p, bool typed)
{
	struct view_desk_circular v = { .csrf = p->csrf, .errors = p->req->method == METHOD_POST ? p->form : NULL };
	struct showing s = { .p = p, .today = clock_day(p->now), .typed = typed, .v = &v };
	int rc = load(&s);

	if (rc != 0)
		return rc;
	v.issued = strcmp(s.c.state, "issued") == 0;
	v.edits = edits(p) && !v.issued;
	v.supervises = edits(p);
	v.id = s.c.id;
	/* Typed on an older version: it is based on that one no more once the person has seen this page. */
	v.version = s.c.version;
	v.no = v.issued ? watch_no_text(p->a, WATCH_CIRCULAR, s.c.year, s.c.seq) : "草稿，还没有印发";
	v.title = field_of(&s, "title", s.c.title);
	v.intro_typed = field_of(&s, "intro", s.c.intro);
	v.closing_typed = field_of(&s, "closing", s.c.closing);
	v.intro = view_paragraphs(p->a, s.c.intro);
	v.closing = view_paragraphs(p->a, s.c.closing);
	v.title_stored = s.c.title;
	v.office = p->frame->conf->site_host_unit;
	v.issued_day = v.issued ? show_date(p->a, clock_day(s.c.issued_at)) : "";
	v.made = arena_printf(p->a, "%s起草，%s", s.c.made_by, show_moment(p->a, s.c.made_at, s.today));
	v.critic = p->row->form == &form_criticism ? form_raw(p->form, "words") : "";
	v.critic_error = p->row->form == &form_criticism ? form_error(p->form, "words") : NULL;
	add_units(&s);
	rc = add_untold(&s);
	if (rc != 0)
		return rc;
	v.nav = tabs(p, TABS_WATCH);
	v.frame = page_titled(p, v.issued ? arena_printf(p->a, "%s %s", v.no, s.c.title) : "起草通报");
	view_desk_circular(&p->reply->body, &v);
	return 0;
}

static void flash(struct page *p)
{
	static const struct page_done said[] = {
		{ "saved", "已保存。" }, { "issued", "已印发：所有单位都能看到，有关单位收到通知。" }, { "told", "已通知有关单位。" },
		{ "written", "书面检讨已提交。" }, { "taken", "已收下书面检讨。" },
	};

	page_tell_done(p, "ok", said, ARRAY_LEN(said));
}

int desk_circular(struct page *p)
{
	flash(p);
	return show(p, false);
}

static int done(struct page *p, const char *what)
{
	return reply_redirect(p->reply, arena_printf(p->a, "/circulars/%s?ok=%s", p->param, what));
}

/* The ids of a list of tokens; others are left out. */
static size_t ids(const struct page *p, const char *field, int64_t *ret)
{
	size_t n = 0, out = 0;
	const char *const *list = form_list(p->form, field, &n);
	long long id;

	for (size_t i = 0; i < n; i++) {
		if (str_to_int(list[i], 1, INT32_MAX, &id) == 0)
			ret[out++] = id;
	}
	return out;
}

struct sent {
	struct watch_draft d;
	struct watch_words words[UNITS_MAX];
	int64_t units[UNITS_MAX], drops[WATCH_ENTRIES_MAX];
};

static const char *or_nothing(const char *text)
{
	return text != NULL ? text : "";
}

static void read_draft(const struct page *p, int64_t id, struct sent *ret)
{
	ret->d = (struct watch_draft){ .id = id, .version = form_int(p->form, "version", 0),
		.title = form_text(p->form, "title"), .intro = or_nothing(form_text(p->form, "intro")),
		.closing = or_nothing(form_text(p->form, "closing")), .units = ret->words, .drops = ret->drops };
	ret->d.units_n = ids(p, "unit[]", ret->units);
	ret->d.drops_n = ids(p, "drop", ret->drops);
	for (size_t i = 0; i < ret->d.units_n; i++)
		ret->words[i] = (struct watch_words){ ret->units[i],
			or_nothing(form_text(p->form, arena_printf(p->a, "w%zu", i))) };
	if (ret->d.title == NULL)
		form_fail(p->form, "title", "请填写标题");
}

/* What was typed again, with what stands against it. */
static int refuse(struct page *p, int rc)
{
	if (rc != ERR_INVALID && rc != ERR_STATE && rc != ERR_CONFLICT)
		return rc;
	if (form_ok(p->form))
		form_fail(p->form, "title", arena_strdup(p->a, err_text(rc)));
	reply_status(p->reply, err_http(rc));
	return show(p, true);
}

static int save(struct page *p, int64_t id)
{
	struct sent sent;
	int rc;

	read_draft(p, id, &sent);
	rc = form_ok(p->form) ? watch_circular_save(p->db, p->a, page_actor(p), &sent.d) : ERR_INVALID;
	return rc == 0 ? done(p, "saved") : refuse(p, rc);
}

/* Tells the letters; what is left of them is said on the page. */
static int tell(struct page *p, int64_t id, const char *what)
{
	struct watch_untold left = { 0, 0 };
	int rc = watch_circular_tell(p->db, p->a, page_actor(p), id);

	if (rc == 0)
		rc = watch_circular_untold(p->db, p->a, page_actor(p), id, &left);
	if (rc != 0)
		return rc;
	return left.own + left.others == 0 ? done(p, what)
		: reply_redirect(p->reply, arena_printf(p->a, "/circulars/%s", p->param));
}

static int issue(struct page *p, int64_t id)
{
	struct sent sent;
	int rc;

	read_draft(p, id, &sent);
	rc = form_ok(p->form) ? watch_circular_issue(p->db, p->a, page_actor(p), &sent.d) : ERR_INVALID;
	return rc == 0 ? tell(p, id, "issued") : refuse(p, rc);
}

int desk_circular_send(struct page *p)
{
	enum does what = (enum does)form_choice(p->form, "do");
	long long id = 0;
	int rc = str_to_int(p->param, 1, INT32_MAX, &id);

	if (rc != 0 || form_choice(p->form, "do") < 0)
		return err_set(ERR_BADREQ, "no such step");
	if (what == DO_SAVE)
		return save(p, id);
	if (what == DO_ISSUE)
		return issue(p, id);
	if (what == DO_TAKEN) {
		rc = watch_criticism_taken(p->db, page_actor(p), id, form_int(p->form, "taken", 0));
		return rc != 0 ? rc : done(p, "taken");
	}
	return tell(p, id, "told");
}

int desk_criticism_send(struct page *p)
{
	long long id = 0;
	int rc = str_to_int(p->param, 1, INT32_MAX, &id);

	if (rc != 0)
		return err_set(ERR_NOTFOUND, "no id of a circular");
	rc = form_ok(p->form) ? watch_criticise(p->db, page_actor(p), id, form_text(p->form, "words")) : ERR_INVALID;
	if (rc == 0)
		return done(p, "written");
	if (rc != ERR_INVALID && rc != ERR_STATE)
		return rc;
	if (form_ok(p->form))
		form_fail(p->form, "words", arena_strdup(p->a, err_text(rc)));
	reply_status(p->reply, err_http(rc));
	return show(p, false);
}
