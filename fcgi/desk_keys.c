/* desk_keys - the page of the desk's keys, and the switch for those who do not want single keys to do anything. */
#include <string.h>

#include "keys.h"
#include "views/desk_keys.h"

static const struct field keys_fields[] = {
	{ "to", FIELD_TOKEN, .max = 8 },
};
const struct form_def form_keys = { keys_fields, ARRAY_LEN(keys_fields) };

enum place { ANYWHERE, LIST, LETTER, FORM, PLACES };
static const char *const headings[] = {
	[ANYWHERE] = "任何一页", [LIST] = "列表里", [LETTER] = "信件页上", [FORM] = "填写的页面上",
};
static const struct { enum place place; const char *key, *text; } rows[] = {
#define KEY(place, key, target, text) { place, key, text },
#include "keys.tbl"
#undef KEY
};

int desk_keys(struct page *p)
{
	struct desk_key_group *groups = arena_array(p->a, PLACES, sizeof(*groups));
	struct view_desk_keys v = { .groups = groups, .groups_n = PLACES, .off = keys_off(p) };

	for (int g = 0; g < PLACES; g++) {
		struct desk_key *list = arena_array(p->a, ARRAY_LEN(rows), sizeof(*list));

		groups[g] = (struct desk_key_group){ .heading = headings[g], .keys = list };
		for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
			if (rows[i].place == (enum place)g)
				list[groups[g].keys_n++] = (struct desk_key){ rows[i].key, rows[i].text };
		}
	}
	v.frame = page_titled(p, "快捷键");
	view_desk_keys(&p->reply->body, &v);
	return 0;
}

/* As the size of the letters: a wish of this browser, kept in a cookie for a year. */
int desk_keys_send(struct page *p)
{
	reply_cookie_kept(p->reply, "keys", str_eq(form_text(p->form, "to"), "off") ? "off" : "on", 365);
	return reply_redirect(p->reply, "/keys");
}
