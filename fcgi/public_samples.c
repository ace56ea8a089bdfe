/* public_samples - the samples of answers for everybody: what was announced, how it was drawn so that anybody can draw
 * again,
 * what came of it. Nothing of a letter is shown that is not published elsewhere. */
#include <jansson.h>
#include <string.h>

#include "clock.h"
#include "draw.h"
#include "figures.h"
#include "public.h"
#include "queries_read.h"
#include "sample.h"
#include "views/sample_list.h"
#include "views/sample_open.h"

#define CACHE_S 60
#define LIST_MAX 40

static const struct { const char *code, *text; } states[] = {
	{ "announced", "已公告，还没有抽取" }, { "drawn", "已抽取，正在评分" }, { "published", "结果已公布，正在整改" },
	{ "closed", "已公布整改情况" }, { "cancelled", "已取消" },
};

static const char *state_name(const char *code)
{
	for (size_t i = 0; i < ARRAY_LEN(states); i++) {
		if (strcmp(states[i].code, code) == 0)
			return states[i].text;
	}
	return code;
}

int open_samples_show(struct page *p)
{
	struct view_sample_list v = { .percent = DRAW_PERCENT_MIN };
	struct q_sample_list *rows = NULL;
	struct sample_shown *list;
	size_t n = 0;
	int rc = q_sample_list(p->db, p->a, LIST_MAX, &rows, &n);

	if (rc != 0)
		return rc;
	list = arena_array(p->a, n + 1, sizeof(*list));
	for (size_t i = 0; i < n; i++)
		list[i] = (struct sample_shown){ .id = rows[i].id, .state = state_name(rows[i].state), .units = rows[i].units,
			.name = sample_name(p->a, rows[i].year, rows[i].quarter, rows[i].batch), .picked = rows[i].picked,
			.draw_on = public_day(p->a, rows[i].draw_on) };
	v.rows = list;
	v.rows_n = n;
	v.frame = page_titled(p, "答复抽查");
	reply_public_cache(p->reply, CACHE_S);
	view_sample_list(&p->reply->body, &v);
	return 0;
}

static bool told(const struct q_sample_of *s)
{
	return strcmp(s->state, "published") == 0 || strcmp(s->state, "closed") == 0;
}

static void add_facts(struct page *p, const struct q_sample_of *s, struct view_sample_open *v)
{
	struct arena *a = p->a;

	v->span = arena_printf(a, "%s 至 %s", public_day(a, s->from_on), public_day(a, s->to_on));
	v->announced = public_day(a, clock_day(s->announced_at));
	v->draw_on = public_day(a, s->draw_on);
	v->unit_percent = s->unit_percent;
	v->letter_percent = s->letter_percent;
	v->letters_min = s->letters_min;
	v->factor_source = s->factor_source;
	v->commitment = s->commitment;
	v->secret = s->secret;
	v->factor = s->factor != NULL ? s->factor : "";
	v->seed = s->seed != NULL ? s->seed : "";
	v->frame_sha256 = s->frame_sha256;
	v->state = state_name(s->state);
	v->cancelled = strcmp(s->state, "cancelled") == 0 ? s->outcome : NULL;
	v->summary = told(s) && s->summary != NULL ? view_paragraphs(a, s->summary) : (struct safe_html){ NULL };
	v->outcome = strcmp(s->state, "closed") == 0 ? view_paragraphs(a, s->outcome) : (struct safe_html){ NULL };
	v->rectify_by = s->rectify_by != DAY_NONE ? public_day(a, s->rectify_by) : "";
}

static int add_units(struct page *p, const struct q_sample_of *s, struct view_sample_open *v)
{
	struct q_sample_units *rows = NULL;
	struct sample_unit_shown *list;
	size_t n = 0;
	int rc = q_sample_units(p->db, p->a, s->id, &rows, &n);

	if (rc != 0)
		return rc;
	list = arena_array(p->a, n + 1, sizeof(*list));
	for (size_t i = 0; i < n; i++) {
		const struct q_sample_units *u = &rows[i];

		list[i] = (struct sample_unit_shown){ .name = u->name, .code = u->code, .letters = u->letters,
			.drawn = u->drawn,
			.picked = u->picked, .passed = figure_share(p->a, u->passed_first, u->scored),
			.failed = u->scored - u->passed_first,
			.put_right = u->put_right };
		v->letters += u->letters;
		v->picked += u->picked;
		v->drawn_n += u->drawn;
		v->failed += u->scored - u->passed_first;
		v->put_right += u->put_right;
	}
	v->units = list;
	v->units_n = n;
	v->told = told(s);
	v->closed = strcmp(s->state, "closed") == 0;
	return 0;
}

static int add_items(struct page *p, const struct q_sample_of *s, struct view_sample_open *v)
{
	struct q_sample_by_item *got = NULL;
	struct q_sheet_items *items = NULL;
	struct sample_item_shown *list;
	struct q_sheet_of sheet;
	size_t n = 0, got_n = 0;
	int rc = q_sheet_items(p->db, p->a, s->sheet_id, &items, &n);

	if (rc == 0)
		rc = q_sheet_of(p->db, p->a, s->sheet_id, &sheet);
	if (rc == 0 && told(s))
		rc = q_sample_by_item(p->db, p->a, s->id, &got, &got_n);
	if (rc != 0)
		return rc;
	v->pass = sheet.pass_points;
	list = arena_array(p->a, n + 1, sizeof(*list));
	for (size_t i = 0; i < n; i++) {
		list[i] = (struct sample_item_shown){ .name = items[i].name, .points = items[i].points, .help = items[i].help,
			.fatal = items[i].fatal, .share = "—" };
		for (size_t k = 0; k < got_n; k++) {
			if (got[k].item_id == items[i].id)
				list[i].share = figure_share(p->a, got[k].got, got[k].points * got[k].scored);
		}
	}
	v->items = list;
	v->items_n = n;
	return 0;
}

int open_sample_show(struct page *p)
{
	struct view_sample_open v = { .id = 0 };
	struct q_sample_of s;
	int64_t id = 0;
	int rc = page_id(p, &id);

	if (rc == 0)
		rc = q_sample_of(p->db, p->a, id, &s);
	if (rc == 0)
		rc = add_units(p, &s, &v);
	if (rc == 0)
		rc = add_items(p, &s, &v);
	if (rc != 0)
		return rc;
	v.id = id;
	v.name = sample_name(p->a, s.year, s.quarter, s.batch);
	add_facts(p, &s, &v);
	v.frame = page_titled(p, arena_printf(p->a, "%s答复抽查", v.name));
	reply_public_cache(p->reply, CACHE_S);
	view_sample_open(&p->reply->body, &v);
	return 0;
}

/* All that a program needs to draw again: `minshengctl sample check FILE` does. */
int open_sample_json(struct page *p)
{
	struct q_sample_units *rows = NULL;
	struct q_sample_of s;
	json_t *units, *o;
	int64_t id = 0;
	size_t n = 0;
	int rc = page_id(p, &id);

	if (rc == 0)
		rc = q_sample_of(p->db, p->a, id, &s);
	if (rc == 0 && s.seed == NULL)
		rc = err_set(ERR_NOTFOUND, "not drawn yet");
	if (rc == 0)
		rc = q_sample_units(p->db, p->a, id, &rows, &n);
	if (rc != 0)
		return rc;
	units = json_array();
	for (size_t i = 0; i < n; i++)
		json_array_append_new(units, json_pack("{s:s,s:s,s:I,s:b,s:I}", "code", rows[i].code, "name", rows[i].name,
		"letters",
			(json_int_t)rows[i].letters, "drawn", rows[i].drawn, "picked", (json_int_t)rows[i].picked));
	o = json_pack("{s:s,s:I,s:I,s:I,s:s,s:s,s:s,s:s,s:s,s:o}", "name", sample_name(p->a, s.year, s.quarter, s.batch),
		"unit_percent", (json_int_t)s.unit_percent, "letter_percent", (json_int_t)s.letter_percent, "letters_min",
		(json_int_t)s.letters_min, "commitment", s.commitment, "secret", s.secret, "factor", s.factor, "seed", s.seed,
		"frame_sha256", s.frame_sha256, "units", units);
	reply_public_cache(p->reply, CACHE_S);
	return reply_json(p->reply, 200, o);
}
