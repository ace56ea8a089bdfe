/* desk_frozen - figures of a period that were fixed: making one, signing it, what has changed since. */
#include <string.h>

#include "clock.h"
#include "figure_ask.h"
#include "reply.h"
#include "show.h"
#include "stats_frozen.h"
#include "views/desk_frozen.h"
#include "tabs.h"

#define PATH "/figures/frozen"
#define LIST_MAX 200

static const struct field freeze_fields[] = {
	{ "name", FIELD_LINE, .label = "名称", .min = 2, .max = STATS_FROZEN_NAME_MAX, .required = true,
	  .missing = "请写这份统计叫什么，例如“2026年第三季度”" },
	{ "from", FIELD_DATE, .label = "开始日期", .required = true, .missing = "请选开始日期" },
	{ "to", FIELD_DATE, .label = "结束日期", .required = true, .missing = "请选结束日期" },
};
const struct form_def form_freeze = { freeze_fields, ARRAY_LEN(freeze_fields) };

static const struct field sign_fields[] = {
	{ "note", FIELD_LINE, .label = "说明", .max = STATS_FROZEN_NOTE_MAX },
};
const struct form_def form_frozen_sign = { sign_fields, ARRAY_LEN(sign_fields) };

/* --- the list --- */

/* Last month is what is fixed most often. */
static void suggest(struct page *p)
{
	int year, month, day;
	int32_t first;

	clock_civil(clock_day(p->now), &year, &month, &day);
	first = clock_day_of(month > 1 ? year : year - 1, month > 1 ? month - 1 : 12, 1);
	form_set(p->form, "name", arena_printf(p->a, "%d年%d月", month > 1 ? year : year - 1, month > 1 ? month - 1 : 12));
	form_set(p->form, "from", clock_fmt_day(p->a, first));
	form_set(p->form, "to", clock_fmt_day(p->a, clock_day_of(year, month, 1) - 1));
}

static int show_list(struct page *p)
{
	struct view_desk_frozen_list v = { .frame = page_titled(p, "已固定的统计"), .nav = tabs(p, TABS_WATCH) };
	int32_t today = clock_day(p->now);
	struct q_frozen_all *rows = NULL;
	struct frozen_row *list;
	int rc = q_frozen_all(p->db, p->a, LIST_MAX, &rows, &v.rows_n);

	if (rc != 0)
		return rc;
	list = arena_array(p->a, v.rows_n + 1, sizeof(*list));
	for (size_t i = 0; i < v.rows_n; i++)
		list[i] = (struct frozen_row){ rows[i].id, rows[i].name, show_span(p->a, rows[i].from_on, rows[i].to_on),
			arena_printf(p->a, "%s，%s", rows[i].made_name, show_moment(p->a, rows[i].made_at, today)),
			rows[i].signed_name != NULL
				? arena_printf(p->a, "%s，%s", rows[i].signed_name, show_moment(p->a, rows[i].signed_at, today)) : "" };
	v.rows = list;
	v.form = p->form;
	v.name = form_raw(p->form, "name");
	v.from = form_raw(p->form, "from");
	v.to = form_raw(p->form, "to");
	v.name_error = form_error(p->form, "name");
	v.from_error = form_error(p->form, "from");
	v.to_error = form_error(p->form, "to");
	v.may = access_may(page_actor(p), CAP_SUPERVISE);
	view_desk_frozen_list(&p->reply->body, &v);
	return 0;
}

int frozen_list(struct page *p)
{
	/* A first visit has made no mistakes. */
	form_empty(p->a, &form_freeze, p->form);
	suggest(p);
	return show_list(p);
}

int frozen_make(struct page *p)
{
	int64_t id = 0;
	int rc;

	if (form_ok(p->form) && form_day(p->form, "from") > form_day(p->form, "to"))
		form_fail(p->form, "to", "结束日期不能早于开始日期");
	if (form_ok(p->form) && form_day(p->form, "to") >= clock_day(p->now))
		form_fail(p->form, "to", "只能固定已经过完的时间，请选今天以前的日期");
	if (!form_ok(p->form)) {
		reply_status(p->reply, 422);
		return show_list(p);
	}
	rc = stats_freeze_once(p->db, p->a, form_text(p->form, "name"), form_day(p->form, "from"), form_day(p->form, "to"),
		page_actor(p)->officer_id, &id);
	return rc != 0 ? rc : reply_redirect(p->reply, arena_printf(p->a, PATH "/%lld", (long long)id));
}

/* --- one of them --- */

static int64_t id_of(const struct page *p)
{
	int64_t id = 0;

	for (const char *s = p->param; *s >= '0' && *s <= '9' && id < INT32_MAX; s++)
		id = id * 10 + (*s - '0');
	return id;
}

/* SHA-256 as sha256sum prints it. */
static const char *hash_words(struct arena *a, const struct q_frozen_get *f)
{
	const unsigned char *bytes = f->sha256.p;
	struct str o;

	str_init(&o, a, 100);
	for (size_t i = 0; i < f->sha256.n && i < 32; i++)
		str_addf(&o, "%02x", bytes[i]);
	return o.s;
}

static void add_changes(struct page *p, const struct stats_change *changes, size_t n, struct view_desk_frozen *v)
{
	struct frozen_change *list = arena_array(p->a, n + 1, sizeof(*list));

	for (size_t i = 0; i < n; i++)
		list[i] = (struct frozen_change){ changes[i].where, changes[i].what,
			*changes[i].was ? changes[i].was : "—", *changes[i].is ? changes[i].is : "—" };
	v->changes = list;
	v->changes_n = n;
}

static int add_figures(struct page *p, const struct q_frozen_get *f, struct view_desk_frozen *v)
{
	struct stats_fixed *fixed = NULL;
	struct frozen_figure *list;
	size_t n = 0;
	int rc = stats_frozen_total(p->a, f, &fixed, &n);

	if (rc != 0)
		return rc;
	list = arena_array(p->a, n + 1, sizeof(*list));
	for (size_t i = 0; i < n; i++)
		list[i] = (struct frozen_figure){ fixed[i].name, fixed[i].value[0] != '\0' ? fixed[i].value : "—",
			fixed[i].definition };
	v->figures = list;
	v->figures_n = n;
	return 0;
}

static int show_one(struct page *p, const char *problem)
{
	struct view_desk_frozen v = { .frame = page_titled(p, "已固定的统计"), .nav = tabs(p, TABS_WATCH), .problem = problem };
	int32_t today = clock_day(p->now);
	struct stats_change *changes = NULL;
	struct q_frozen_get f;
	size_t n = 0;
	int rc = q_frozen_get(p->db, p->a, id_of(p), &f);

	if (rc == 0)
		rc = stats_frozen_compare(p->db, p->a, &f, &changes, &n);
	if (rc == 0)
		rc = add_figures(p, &f, &v);
	if (rc != 0)
		return rc;
	v.id = f.id;
	v.name = f.name;
	v.from = clock_fmt_day(p->a, f.from_on);
	v.to = clock_fmt_day(p->a, f.to_on);
	v.span = show_span(p->a, f.from_on, f.to_on);
	v.made = arena_printf(p->a, "%s，%s", f.made_name, show_moment(p->a, f.made_at, today));
	v.sealed = f.signed_name == NULL ? "" : arena_printf(p->a, "%s，%s", f.signed_name, show_moment(p->a, f.signed_at,
		today));
	v.note = f.note;
	v.hash = hash_words(p->a, &f);
	v.intact = stats_frozen_intact(&f);
	v.may = f.signed_name == NULL && access_may(page_actor(p), CAP_SUPERVISE);
	add_changes(p, changes, n, &v);
	view_desk_frozen(&p->reply->body, &v);
	return 0;
}

int frozen_show(struct page *p)
{
	return show_one(p, "");
}

int frozen_sign(struct page *p)
{
	const char *note = form_text(p->form, "note");
	int rc;

	if (!form_ok(p->form)) {
		reply_status(p->reply, 422);
		return show_one(p, form_error(p->form, "note"));
	}
	rc = stats_frozen_sign(p->db, id_of(p), page_actor(p)->officer_id, note != NULL ? note : "");
	if (rc == ERR_STATE) {
		reply_status(p->reply, 409);
		return show_one(p, "这份统计已经有人签发了");
	}
	return rc != 0 ? rc : reply_redirect(p->reply, arena_printf(p->a, PATH "/%lld", (long long)id_of(p)));
}

int frozen_json(struct page *p)
{
	struct q_frozen_get f;
	int rc = q_frozen_get(p->db, p->a, id_of(p), &f);

	if (rc != 0)
		return rc;
	str_init(&p->reply->body, p->a, STATS_FROZEN_BYTES);
	str_add(&p->reply->body, f.figures);
	reply_type(p->reply, "application/json; charset=utf-8");
	return 0;
}
