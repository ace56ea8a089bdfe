/* desk_versions - all that was saved of an answer: who, when, what changed; any two side by side; an old one taken up
 * again.
 *
 * Read by those who draft and those who review. Restoring makes a new version; nothing is ever deleted. */
#include "desk_writing.h"
#include "views/desk_versions.h"

static const struct field versions_fields[] = {
	{ "a", FIELD_INT, .min = 1, .max = INT32_MAX },
	{ "b", FIELD_INT, .min = 1, .max = INT32_MAX },
	{ "id", FIELD_INT, .min = 1, .max = INT32_MAX },
	{ "draft_version", FIELD_INT, .max = INT32_MAX },
};
const struct form_def form_versions = { versions_fields, ARRAY_LEN(versions_fields) };

struct versions {
	struct desk_letter l;
	struct draft draft;
	struct q_reply_version_list *rows;
	size_t n;
	bool writes;
};

static bool reviews(const struct actor *who, const struct desk_letter *l)
{
	return access_may_on(who, CAP_APPROVE_REPLY, l->t.unit_id, false)
		|| access_may_on(who, CAP_SUPERIOR_APPROVE, l->t.unit_id, false);
}

static int load(struct page *p, struct versions *w)
{
	int rc = desk_letter(p, &w->l);

	if (rc != 0)
		return rc;
	w->writes = access_may_on(page_actor(p), CAP_DRAFT, w->l.t.unit_id, w->l.facts.co);
	if (!w->writes && !reviews(page_actor(p), &w->l))
		return err_set(ERR_DENIED, "drafts of another unit");
	rc = draft_get(p->db, p->a, w->l.t.id, w->l.t.round, &w->draft);
	return rc != 0 ? rc : q_reply_version_list(p->db, p->a, w->l.t.id, &w->rows, &w->n);
}

static const char *by(struct page *p, const char *author, int64_t at, int32_t today)
{
	return arena_printf(p->a, "%s%s%s", show_moment(p->a, at, today), author != NULL ? "　" : "",
		author != NULL ? author : "");
}

static bool differs(const struct q_reply_version_list *row)
{
	return row->added > 0 || row->removed > 0;
}

/* The two to compare: as asked for, else the newest that changed something and the one before it. */
static void choose(const struct page *p, const struct versions *w, int64_t *ret_a, int64_t *ret_b)
{
	size_t newest = 0;

	while (newest + 1 < w->n && !differs(&w->rows[newest]))
		newest++;
	*ret_b = form_int(p->form, "b", w->n > 0 ? w->rows[newest].id : 0);
	*ret_a = form_int(p->form, "a", 0);
	for (size_t i = 0; *ret_a == 0 && i + 1 < w->n; i++) {
		if (w->rows[i].id == *ret_b)
			*ret_a = w->rows[i + 1].id;
	}
}

static int compare(struct page *p, const struct versions *w, int64_t a, int64_t b, struct view_desk_versions *v)
{
	struct q_reply_version_get x = { .body = "" }, y;
	int rc = b != 0 ? q_reply_version_get(p->db, p->a, b, w->l.t.id, &y) : ERR_NOTFOUND;

	if (rc == 0 && a != 0)
		rc = q_reply_version_get(p->db, p->a, a, w->l.t.id, &x);
	if (rc != 0)
		return b != 0 ? rc : 0;
	v->older = a != 0 ? by(p, x.author, x.at, w->l.today) : "";
	v->newer = by(p, y.author, y.at, w->l.today);
	v->same = str_eq(x.body, y.body);
	v->diff = writing_diff(p->a, x.body, y.body);
	return 0;
}

static void add_rows(struct page *p, const struct versions *w, int64_t a, int64_t b, struct view_desk_versions *v)
{
	struct version_row *list = arena_array(p->a, w->n + 1, sizeof(*list));

	for (size_t i = 0; i < w->n; i++) {
		const struct q_reply_version_list *r = &w->rows[i];

		list[i] = (struct version_row){
			.id = r->id, .when = show_moment(p->a, r->at, w->l.today), .who = r->author != NULL ? r->author : "",
			.event = draft_event_name(draft_event_from(r->event)), .note = r->note,
			.changed = differs(r) ? arena_printf(p->a, "+%lld −%lld 字", (long long)r->added, (long long)r->removed)
				: "文字没有变",
			.round = r->round > 1 ? arena_printf(p->a, "第 %lld 轮", (long long)r->round) : "",
			.older = r->id == a, .newer = r->id == b,
			.restores = w->writes && w->l.t.state == TICKET_HANDLING,
		};
	}
	v->rows = list;
	v->rows_n = w->n;
}

static int show(struct page *p, const struct versions *w, const char *problem)
{
	bool writing = w->writes && w->l.t.state == TICKET_HANDLING;
	struct view_desk_versions v = {
		.form = p->form, .number = w->l.t.no, .title = w->l.file.title, .problem = problem,
		.url = desk_url(p->a, w->l.t.no, "/draft/versions"), .draft_version = w->draft.version,
		.back = desk_url(p->a, w->l.t.no, writing ? "/draft" : ""), .back_text = writing ? "回到起草" : "回到这封信",
	};
	int64_t a, b;
	int rc;

	choose(p, w, &a, &b);
	rc = compare(p, w, a, b, &v);
	if (rc != 0)
		return rc;
	add_rows(p, w, a, b, &v);
	v.frame = page_titled(p, arena_printf(p->a, "历次稿件 %s", w->l.t.no));
	view_desk_versions(&p->reply->body, &v);
	return 0;
}

int desk_versions(struct page *p)
{
	struct versions w = { .n = 0 };
	int rc = load(p, &w);

	return rc != 0 ? rc : show(p, &w, "");
}

int desk_versions_send(struct page *p)
{
	struct versions w = { .n = 0 };
	struct q_reply_version_get old;
	int64_t version;
	int rc = load(p, &w);

	if (rc == 0)
		rc = q_reply_version_get(p->db, p->a, form_int(p->form, "id", 0), w.l.t.id, &old);
	if (rc == 0)
		rc = draft_save(p->db, p->a, w.l.t.id, page_actor(p),
			&(struct draft_text){ old.body, old.result_code, old.next_on }, DRAFT_RESTORE,
			form_int(p->form, "draft_version", 0), &version);
	if (rc == 0)
		return reply_redirect(p->reply, desk_url(p->a, w.l.t.no, "/draft?saved=restored").s);
	if (rc != ERR_CONFLICT && rc != ERR_STATE)
		return rc;
	reply_status(p->reply, err_http(rc));
	return show(p, &w, rc == ERR_CONFLICT ? "别人刚保存了新的一稿，请看一下再决定" : arena_strdup(p->a, err_text(rc)));
}
