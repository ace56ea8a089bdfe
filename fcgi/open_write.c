/* open_write - see open_write.h. */
#include "open_write.h"

#include <stdio.h>
#include <string.h>

#include "clock.h"
#include "csv.h"
#include "json_text.h"
#include "public.h"
#include "text.h"

#define SUMMARY_CHARS 140
#define ATOM_TYPE "application/atom+xml"

const struct open_field_row open_field_rows[OPEN__MAX] = {
#define OPEN_FIELD(name, head, kind, meaning) { #name, head, kind, meaning },
#include "open_fields.tbl"
};

/* --- JSON --- */

static json_t *text_or_null(const char *s)
{
	return s != NULL && s[0] != '\0' ? json_string(s) : json_null();
}

static json_t *day_or_null(struct arena *a, int32_t day)
{
	return day == DAY_NONE ? json_null() : json_string(clock_fmt_day(a, day));
}

/* Its code and its name. */
static void named(json_t *o, const char *key, const char *code, const char *name)
{
	char name_key[32];

	snprintf(name_key, sizeof(name_key), "%s_name", key);
	json_object_set_new(o, key, text_or_null(code));
	json_object_set_new(o, name_key, text_or_null(name));
}

json_t *open_json(struct arena *a, const struct open_one *one)
{
	const struct q_pub_full_page *row = one->row;
	json_t *o = json_object();

	json_object_set_new(o, "number", json_string(row->no));
	named(o, "type", row->type, public_type_name(row->type));
	json_object_set_new(o, "title", json_string(row->title));
	json_object_set_new(o, "accepted_on", day_or_null(a, row->accepted_on));
	json_object_set_new(o, "replied_on", day_or_null(a, row->replied_on));
	json_object_set_new(o, "workdays", json_integer(row->workdays));
	json_object_set_new(o, "department", json_string(row->unit_name));
	json_object_set_new(o, "question", text_or_null(row->body));
	json_object_set_new(o, "reply", json_string(row->reply));
	named(o, "result", row->result_code, public_result(row->result_code));
	json_object_set_new(o, "link", json_string(one->link));
	json_object_set_new(o, "received_on", day_or_null(a, row->received_on));
	named(o, "status", row->state, public_state(row->state));
	json_object_set_new(o, "helpers", text_or_null(row->helpers));
	named(o, "topic", one->topic, one->topic_name);
	named(o, "place", one->place, one->place_name);
	json_object_set_new(o, "grade", row->grade > 0 ? json_integer(row->grade) : json_null());
	json_object_set_new(o, "form", text_or_null(row->form));
	json_object_set_new(o, "published_on", day_or_null(a, clock_day(row->first_at)));
	json_object_set_new(o, "updated_on", day_or_null(a, clock_day(row->published_at)));
	return o;
}

void open_json_text(struct str *o, struct arena *a, const struct open_one *one)
{
	json_t *value = open_json(a, one);

	json_text_add(o, value, JSON_COMPACT);
	json_decref(value);
}

/* --- CSV --- */

void open_csv_cell(struct str *o, const char *text)
{
	bool formula = csv_formula(text), quoted = formula || text[strcspn(text, ",\"\r\n")] != '\0';

	if (!quoted) {
		str_add(o, text);
		return;
	}
	str_add(o, formula ? "\"'" : "\"");
	for (const char *quote; (quote = strchr(text, '"')) != NULL; text = quote + 1) {
		str_addn(o, text, (size_t)(quote - text) + 1);
		str_addc(o, '"');
	}
	str_add(o, text);
	str_addc(o, '"');
}

void open_csv_head(struct str *o)
{
	str_add(o, "\xEF\xBB\xBF");
	for (int i = 0; i < OPEN__MAX; i++)
		str_addf(o, "%s%s", i > 0 ? "," : "", open_field_rows[i].head);
	str_add(o, "\r\n");
}

static const char *or_empty(const char *s)
{
	return s != NULL ? s : "";
}

static void fill_cells(struct arena *a, const struct open_one *one, const char *cells[OPEN__MAX])
{
	const struct q_pub_full_page *row = one->row;

	cells[OPEN_number] = row->no;
	cells[OPEN_type] = public_type_name(row->type);
	cells[OPEN_title] = row->title;
	cells[OPEN_accepted_on] = clock_fmt_day(a, row->accepted_on);
	cells[OPEN_replied_on] = clock_fmt_day(a, row->replied_on);
	cells[OPEN_department] = row->unit_name;
	cells[OPEN_question] = row->body;
	cells[OPEN_reply] = row->reply;
	cells[OPEN_result] = public_result(row->result_code);
	cells[OPEN_link] = one->link;
	cells[OPEN_received_on] = clock_fmt_day(a, row->received_on);
	cells[OPEN_status] = public_state(row->state);
	cells[OPEN_helpers] = row->helpers;
	cells[OPEN_topic] = or_empty(one->topic_name);
	cells[OPEN_place] = or_empty(one->place_name);
	cells[OPEN_workdays] = arena_printf(a, "%lld", (long long)row->workdays);
	cells[OPEN_grade] = one->grade;
	cells[OPEN_form] = str_eq(row->form, "summary") ? "摘要" : "全文";
	cells[OPEN_published_on] = clock_fmt_day(a, clock_day(row->first_at));
	cells[OPEN_updated_on] = clock_fmt_day(a, clock_day(row->published_at));
}

void open_csv_row(struct str *o, struct arena *a, const struct open_one *one)
{
	const char *cells[OPEN__MAX];

	fill_cells(a, one, cells);
	for (int i = 0; i < OPEN__MAX; i++) {
		if (i > 0)
			str_addc(o, ',');
		open_csv_cell(o, cells[i]);
	}
	str_add(o, "\r\n");
}

/* --- Atom --- */

void open_xml_text(struct str *o, const char *text)
{
	for (; *text != '\0'; text++) {
		unsigned char c = (unsigned char)*text;

		if (c == '&')
			str_add(o, "&amp;");
		else if (c == '<')
			str_add(o, "&lt;");
		else if (c == '>')
			str_add(o, "&gt;");
		else if (c == '"')
			str_add(o, "&quot;");
		else if (str_starts(text, "\xEF\xBF\xBE") || str_starts(text, "\xEF\xBF\xBF"))
			text += 2;
		else if (c >= 0x20 || c == '\n' || c == '\t')
			str_addc(o, *text);
	}
}

static void element(struct str *o, const char *name, const char *text)
{
	str_addf(o, "<%s>", name);
	open_xml_text(o, text);
	str_addf(o, "</%s>\n", name);
}

/* type NULL: of any kind. */
static void link_to(struct str *o, const char *rel, const char *type, const char *href)
{
	if (href == NULL)
		return;
	str_addf(o, "<link rel=\"%s\"", rel);
	if (type != NULL)
		str_addf(o, " type=\"%s\"", type);
	str_add(o, " href=\"");
	open_xml_text(o, href);
	str_add(o, "\"/>\n");
}

void open_atom_head(struct str *o, const struct open_feed *feed)
{
	str_add(o, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\""
		" xmlns:at=\"http://purl.org/atompub/tombstones/1.0\" xml:lang=\"zh-CN\">\n");
	element(o, "title", feed->title);
	element(o, "id", feed->id);
	element(o, "updated", clock_fmt_iso(o->a, feed->updated));
	str_add(o, "<author>");
	element(o, "name", feed->author);
	str_add(o, "</author>\n");
	link_to(o, "self", ATOM_TYPE, feed->self);
	link_to(o, "alternate", "text/html", feed->home);
	link_to(o, "first", ATOM_TYPE, feed->first);
	link_to(o, "next", ATOM_TYPE, feed->next);
	link_to(o, "license", "text/html", feed->licence);
}

void open_atom_gone(struct str *o, const char *link, int64_t at)
{
	str_add(o, "<at:deleted-entry ref=\"");
	open_xml_text(o, link);
	str_addf(o, "\" when=\"%s\"/>\n", clock_fmt_iso(o->a, at));
}

static void category(struct str *o, const char *term, const char *label)
{
	str_add(o, "<category term=\"");
	open_xml_text(o, term);
	str_add(o, "\" label=\"");
	open_xml_text(o, label);
	str_add(o, "\"/>\n");
}

void open_atom_entry(struct str *o, const struct open_one *one)
{
	const struct q_pub_full_page *row = one->row;

	str_add(o, "<entry>\n");
	element(o, "title", row->title);
	element(o, "id", one->link);
	element(o, "published", clock_fmt_iso(o->a, row->first_at));
	element(o, "updated", clock_fmt_iso(o->a, row->published_at));
	str_add(o, "<author>");
	element(o, "name", row->unit_name);
	str_add(o, "</author>\n");
	category(o, row->type, public_type_name(row->type));
	if (one->topic != NULL)
		category(o, one->topic, one->topic_name);
	link_to(o, "alternate", "text/html", one->link);
	element(o, "summary", text_cut(o->a, row->reply, SUMMARY_CHARS));
	str_add(o, "<content type=\"text\">");
	open_xml_text(o, row->reply);
	str_add(o, "</content>\n</entry>\n");
}

void open_atom_foot(struct str *o)
{
	str_add(o, "</feed>\n");
}
