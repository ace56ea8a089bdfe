/* public_similar - see public_similar.h. */
#include "public_similar.h"

#include <string.h>

#include "open_filter.h"
#include "public.h"
#include "text.h"

#define AMONG 1000
#define PERCENT 25
#define ANSWER_CHARS 60
#define TITLE_MAX 60

static const struct field similar_fields[] = {
	{ "title", FIELD_LINE, .label = "标题", .max = TITLE_MAX },
};
const struct form_def form_similar = { similar_fields, ARRAY_LEN(similar_fields) };

size_t similar_pick(const char *title, int64_t not_id, const struct q_pub_titles *rows, size_t n, int64_t ids[SIMILAR])
{
	int best[SIMILAR] = { 0 };
	size_t kept = 0;

	for (size_t i = 0; i < n; i++) {
		int alike = rows[i].id != not_id ? open_alike(title, rows[i].title) : 0;
		size_t at = kept < SIMILAR ? kept : SIMILAR;

		if (alike < PERCENT)
			continue;
		while (at > 0 && best[at - 1] < alike)
			at--;
		if (at == SIMILAR)
			continue;
		if (kept < SIMILAR)
			kept++;
		for (size_t k = kept - 1; k > at; k--) {
			best[k] = best[k - 1];
			ids[k] = ids[k - 1];
		}
		best[at] = alike;
		ids[at] = rows[i].id;
	}
	return kept;
}

int similar_answers(struct page *p, const char *title, struct part_similar *ret)
{
	struct similar_row *list = arena_array(p->a, SIMILAR, sizeof(*list));
	struct q_pub_titles_all *rows;
	int64_t ids[SIMILAR];
	size_t n, found;
	int rc = q_pub_titles_all(p->db, p->a, AMONG, &rows, &n);

	_Static_assert(sizeof(*rows) == sizeof(struct q_pub_titles), "pub_titles_all and pub_titles have the same columns");
	*ret = (struct part_similar){ .rows = list };
	if (rc != 0)
		return rc;
	found = similar_pick(title, 0, (const struct q_pub_titles *)(const void *)rows, n, ids);
	for (size_t i = 0; i < found; i++) {
		struct q_pub_get row;

		rc = q_pub_get(p->db, p->a, ids[i], &row);
		if (rc == ERR_NOTFOUND) { /* taken down a moment ago */
			err_clear();
			continue;
		}
		if (rc != 0)
			return rc;
		list[ret->rows_n++] = (struct similar_row){ { arena_printf(p->a, "/open/%lld", (long long)row.id) }, row.title,
			row.unit_name, text_cut(p->a, row.reply, ANSWER_CHARS), public_day(p->a, row.replied_on) };
	}
	return 0;
}

/* While typing, for the script. The title is read and forgotten: no log has query strings. */
int similar_json(struct page *p)
{
	const char *title = form_text(p->form, "title");
	struct part_similar found = { 0 };
	json_t *o, *items;
	int rc = title != NULL ? similar_answers(p, title, &found) : 0;

	if (rc != 0)
		return rc;
	o = json_object();
	items = json_array();
	for (size_t i = 0; i < found.rows_n; i++) {
		const struct similar_row *r = &found.rows[i];
		json_t *one = json_object();

		json_object_set_new(one, "url", json_string(r->url.s));
		json_object_set_new(one, "title", json_string(r->title));
		json_object_set_new(one, "unit", json_string(r->unit));
		json_object_set_new(one, "answer", json_string(r->answer));
		json_object_set_new(one, "on", json_string(r->on));
		json_array_append_new(items, one);
	}
	json_object_set_new(o, "items", items);
	return reply_json(p->reply, 200, o);
}
