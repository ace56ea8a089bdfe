/* public_open_letter - one published letter, and whether it helped. */
#include <string.h>

#include "clock.h"
#include "figures.h"
#include "helpful.h"
#include "open_filter.h"
#include "public.h"
#include "public_similar.h"
#include "show.h"
#include "topic.h"
#include "views/open_letter.h"

#define SIMILAR_AMONG 200

static const char *const yes_no[] = { "yes", "no", NULL };
static const struct field helpful_fields[] = {
	{ "helped", FIELD_CHOICE, .label = "有没有帮助", .choices = yes_no },
};
const struct form_def form_helpful = { helpful_fields, ARRAY_LEN(helpful_fields) };

/* Among the latest of the same topic, else of the same type. */
static int add_similar(struct page *p, const struct q_pub_get *row, struct part_open_rows *ret)
{
	struct open_found found = { .ids = arena_array(p->a, SIMILAR, sizeof(*found.ids)) };
	struct q_pub_titles_topic *of_topic = NULL;
	struct q_pub_titles *titles = NULL;
	struct q_pub_page *rows;
	struct open_row *list;
	size_t n = 0;
	int rc = row->topic_id <= 0 ? 0 : q_pub_titles_topic(p->db, p->a, row->topic_id, SIMILAR_AMONG, &of_topic, &n);

	_Static_assert(sizeof(*titles) == sizeof(*of_topic), "the same columns");
	if (rc == 0)
		found.n = similar_pick(row->title, row->id, (struct q_pub_titles *)(void *)of_topic, n, found.ids);
	if (rc == 0 && found.n == 0)
		rc = q_pub_titles(p->db, p->a, row->type, SIMILAR_AMONG, &titles, &n);
	if (rc == 0 && found.n == 0)
		found.n = similar_pick(row->title, row->id, titles, n, found.ids);
	if (rc != 0)
		return rc;
	rc = open_rows_of(p, &found, &rows, &n);
	if (rc != 0)
		return rc;
	list = arena_array(p->a, n + 1, sizeof(*list));
	for (size_t i = 0; i < n; i++)
		list[i] = public_open_row(p->a, &rows[i], "");
	*ret = (struct part_open_rows){ list, n, "类似的答复" };
	return 0;
}

/* 城市管理，路灯照明; each leads to the listing of it. */
static int add_topic(struct page *p, const struct q_pub_get *row, struct view_open_letter *v)
{
	const struct q_topic_all *topics;
	int64_t parent = 0;
	size_t n;
	int rc = row->topic_id > 0 ? topic_list(p->db, &topics, &n) : 0;

	if (rc != 0 || row->topic_id <= 0)
		return rc;
	for (size_t i = 0; i < n; i++) {
		if (topics[i].id != row->topic_id)
			continue;
		parent = topics[i].parent_id;
		v->topic = arena_strdup(p->a, topics[i].name);
		v->topic_url.s = arena_printf(p->a, "/open?topic=%s", topics[i].code);
	}
	for (size_t i = 0; parent > 0 && i < n; i++) {
		if (topics[i].id == parent)
			v->topic = arena_printf(p->a, "%s，%s", topics[i].name, v->topic);
	}
	return 0;
}

static int add_place(struct page *p, const struct q_pub_get *row, struct view_open_letter *v)
{
	struct q_place_all *places;
	size_t n;
	int rc = row->place_id > 0 ? q_place_all(p->db, p->a, &places, &n) : 0;

	if (rc != 0 || row->place_id <= 0)
		return rc;
	for (size_t i = 0; i < n; i++) {
		if (places[i].id == row->place_id) {
			v->place = places[i].name;
			v->place_url.s = arena_printf(p->a, "/open?place=%s", places[i].code);
		}
	}
	return 0;
}

static void add_dates(struct page *p, const struct q_pub_get *row, struct view_open_letter *v)
{
	v->received_on = public_day(p->a, row->received_on);
	v->accepted_on = public_day(p->a, row->accepted_on);
	v->replied_on = public_day(p->a, row->replied_on);
	v->published_on = public_day(p->a, clock_day(row->first_at));
	if (row->published_at > row->first_at)
		v->corrected_on = public_day(p->a, clock_day(row->published_at));
	v->workdays = public_workdays(p->a, row->workdays);
	if (row->accepted_on != DAY_NONE && row->replied_on >= row->accepted_on)
		v->days.s = arena_printf(p->a, "/days?from=%s&to=%s", clock_fmt_day(p->a, row->accepted_on),
			clock_fmt_day(p->a, row->replied_on));
}

static void add_facts(struct page *p, const struct q_pub_get *row, struct view_open_letter *v)
{
	v->number = row->no;
	v->title = row->title;
	v->type = public_type_name(row->type);
	v->unit = row->unit_name;
	v->unit_url.s = arena_printf(p->a, "/units/%s", row->unit_code);
	v->helpers = row->helpers;
	v->state = public_state(row->state);
	v->result = public_result(row->result_code);
	v->grade = row->grade > 0 ? show_grade(row->grade) : "未评价";
	v->summary = str_eq(row->form, "summary");
	v->body = view_paragraphs(p->a, row->body);
	v->reply = view_paragraphs(p->a, row->reply);
	v->link = public_open_link(p->a, row->id);
	v->qr = view_qr(p->a, v->link, "这一页的二维码");
}

static int add_helpful(struct page *p, int64_t id, struct view_open_letter *v)
{
	struct q_pub_helpful_of said;
	int rc = q_pub_helpful_of(p->db, p->a, id, &said);

	if (rc != 0)
		return rc;
	v->helpful.s = arena_printf(p->a, "/open/%lld/helpful", (long long)id);
	v->thanks = form_text(p->form, "helped") != NULL;
	if (said.yes > 0)
		v->helped = arena_printf(p->a, "%s 人次认为这封答复有帮助。", figure_count(p->a, said.yes));
	return 0;
}

/* ERR_GONE of what was public, as the feed says of it too (RFC 6721); ERR_NOTFOUND of all else. */
static int get_letter(struct page *p, int64_t id, struct q_pub_get *ret)
{
	struct q_open_was was;
	int rc = q_pub_get(p->db, p->a, id, ret);

	if (rc != ERR_NOTFOUND)
		return rc;
	rc = q_open_was(p->db, p->a, id, &was);
	return rc == 0 ? err_set(ERR_GONE, "taken down") : rc;
}

int open_letter_show(struct page *p)
{
	struct view_open_letter v = { 0 };
	struct q_pub_get row;
	int64_t id = 0;
	int rc = page_id(p, &id);

	if (rc == 0)
		rc = get_letter(p, id, &row);
	if (rc == 0)
		rc = add_similar(p, &row, &v.similar);
	if (rc == 0)
		rc = add_topic(p, &row, &v);
	if (rc == 0)
		rc = add_place(p, &row, &v);
	if (rc == 0)
		rc = add_helpful(p, id, &v);
	if (rc != 0)
		return rc;
	v.frame = page_titled(p, row.title);
	add_dates(p, &row, &v);
	add_facts(p, &row, &v);
	reply_public_fresh(p->reply);
	view_open_letter(&p->reply->body, &v);
	return 0;
}

int open_helpful_send(struct page *p)
{
	const char *helped = form_text(p->form, "helped");
	int64_t id = 0;
	int rc = page_id(p, &id);

	if (rc == 0 && helped == NULL)
		return err_set(ERR_INVALID, "neither yes nor no");
	if (rc == 0)
		rc = helpful_say(p->db, p->a, id, str_eq(helped, "yes"), p->req->client);
	if (rc != 0)
		return rc;
	return reply_redirect(p->reply, arena_printf(p->a, "/open/%lld?helped=%s#helpful", (long long)id, helped));
}
