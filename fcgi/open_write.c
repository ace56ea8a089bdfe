/* open_write - see open_write.h. */
#include "open_write.h"

#include <string.h>

#include "clock.h"
#include "csv.h"
#include "public.h"
#include "text.h"

#define SUMMARY_CHARS 140
#define ATOM_TYPE "application/atom+xml"

const struct open_field_row open_field_rows[OPEN__MAX] = {
#define OPEN_FIELD(name, head, kind, meaning) { #name, head, kind, meaning },
#include "open_fields.tbl"
};

/* --- JSON --- */

/* One of it: a text (NULL: null), or a number. */
struct member { const char *name, *text; int64_t n; bool number; };
struct members { struct member of[2 * OPEN__MAX]; size_t n; };

static void add_text(struct members *m, const char *name, const char *text)
{
	m->of[m->n++] = (struct member){ .name = name, .text = text };
}

static void add_filled(struct members *m, const char *name, const char *text)
{
	add_text(m, name, text != NULL && text[0] != '\0' ? text : NULL);
}

static void add_number(struct members *m, const char *name, int64_t n)
{
	m->of[m->n++] = (struct member){ .name = name, .n = n, .number = true };
}

static void add_day(struct members *m, struct arena *a, const char *name, int32_t day)
{
	add_text(m, name, day == DAY_NONE ? NULL : clock_fmt_day(a, day));
}

/* Its code, and name_key: its name. */
static void add_named(struct members *m, const char *key, const char *code, const char *name_key, const char *name)
{
	add_filled(m, key, code);
	add_filled(m, name_key, name);
}

static void fill_members(struct arena *a, const struct open_one *one, struct members *m)
{
	const struct q_pub_full_page *row = one->row;

	m->n = 0;
	add_text(m, "number", row->no);
	add_named(m, "type", row->type, "type_name", public_type_name(row->type));
	add_text(m, "title", row->title);
	add_day(m, a, "accepted_on", row->accepted_on);
	add_day(m, a, "replied_on", row->replied_on);
	add_number(m, "workdays", row->workdays);
	add_text(m, "department", row->unit_name);
	add_filled(m, "question", row->body);
	add_text(m, "reply", row->reply);
	add_named(m, "result", row->result_code, "result_name", public_result(row->result_code));
	add_text(m, "link", one->link);
	add_day(m, a, "received_on", row->received_on);
	add_named(m, "status", row->state, "status_name", public_state(row->state));
	add_filled(m, "helpers", row->helpers);
	add_named(m, "topic", one->topic, "topic_name", one->topic_name);
	add_named(m, "place", one->place, "place_name", one->place_name);
	if (row->grade > 0)
		add_number(m, "grade", row->grade);
	else
		add_text(m, "grade", NULL);
	add_filled(m, "form", row->form);
	add_day(m, a, "published_on", clock_day(row->first_at));
	add_day(m, a, "updated_on", clock_day(row->published_at));
}

json_t *open_json(struct arena *a, const struct open_one *one)
{
	struct members m;
	json_t *o = json_object();

	fill_members(a, one, &m);
	for (size_t i = 0; i < m.n; i++) {
		const struct member *of = &m.of[i];

		json_object_set_new(o, of->name, of->number ? json_integer(of->n) : of->text != NULL ? json_string(of->text)
			: json_null());
	}
	return o;
}

/* As RFC 8259 wants it: quotation mark, backslash and what is below the blank. */
static void add_json_string(struct str *o, const char *text)
{
	static const char special[] = "\"\\\1\2\3\4\5\6\7\10\11\12\13\14\15\16\17\20\21\22\23\24\25\26\27\30\31\32\33\34"
		"\35\36\37";
	static const char letters[] = { ['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n', ['\f'] = 'f', ['\r'] = 'r', ['"'] = '"',
		['\\'] = '\\' };

	str_addc(o, '"');
	for (;;) {
		size_t plain = strcspn(text, special);
		unsigned char c = (unsigned char)text[plain];

		str_addn(o, text, plain);
		if (c == '\0')
			break;
		if (letters[c] != '\0')
			str_addf(o, "\\%c", letters[c]);
		else
			str_addf(o, "\\u%04X", (unsigned)c);
		text += plain + 1;
	}
	str_addc(o, '"');
}

/* Written at once: a year has hundreds of thousands of members, and a tree of each letter costs twice as much. */
void open_json_text(struct str *o, struct arena *a, const struct open_one *one)
{
	struct members m;

	fill_members(a, one, &m);
	for (size_t i = 0; i < m.n; i++) {
		const struct member *of = &m.of[i];

		str_addc(o, i == 0 ? '{' : ',');
		add_json_string(o, of->name);
		str_addc(o, ':');
		if (of->number)
			str_addf(o, "%lld", (long long)of->n);
		else if (of->text == NULL)
			str_add(o, "null");
		else
			add_json_string(o, of->text);
	}
	str_addc(o, '}');
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
