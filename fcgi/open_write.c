/* open_write - see open_write.h. */
#include "open_write.h"

#include <string.h>

#include "clock.h"
#include "csv.h"
#include "public.h"
#include "text.h"

#define SUMMARY_CHARS 140

/* --- JSON --- */

static json_t *text_or_null(const char *s)
{
	return s != NULL && s[0] != '\0' ? json_string(s) : json_null();
}

json_t *open_json(struct arena *a, const struct q_pub_full_page *row, const char *link)
{
	json_t *o = json_object();

	json_object_set_new(o, "number", json_string(row->no));
	json_object_set_new(o, "type", json_string(row->type));
	json_object_set_new(o, "type_name", json_string(public_type_name(row->type)));
	json_object_set_new(o, "title", json_string(row->title));
	json_object_set_new(o, "accepted_on", json_string(clock_fmt_day(a, row->accepted_on)));
	json_object_set_new(o, "replied_on", json_string(clock_fmt_day(a, row->replied_on)));
	json_object_set_new(o, "workdays", json_integer(row->workdays));
	json_object_set_new(o, "department", json_string(row->unit_name));
	json_object_set_new(o, "question", text_or_null(row->body));
	json_object_set_new(o, "reply", json_string(row->reply));
	json_object_set_new(o, "result", text_or_null(row->result_code));
	json_object_set_new(o, "result_name", text_or_null(public_result(row->result_code)));
	json_object_set_new(o, "link", json_string(link));
	return o;
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
	for (; *text != '\0'; text++) {
		if (*text == '"')
			str_addc(o, '"');
		str_addc(o, *text);
	}
	str_addc(o, '"');
}

void open_csv_head(struct str *o)
{
	str_add(o, "\xEF\xBB\xBF编号,类型,标题,受理日期,答复日期,答复单位,来信内容,答复内容,办理结果,链接\r\n");
}

void open_csv_row(struct str *o, const struct q_pub_full_page *row, const char *link)
{
	const char *cells[] = { row->no, public_type_name(row->type), row->title, clock_fmt_day(o->a, row->accepted_on),
		clock_fmt_day(o->a, row->replied_on), row->unit_name, row->body, row->reply,
		public_result(row->result_code), link };

	for (size_t i = 0; i < ARRAY_LEN(cells); i++) {
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

static void link_to(struct str *o, const char *rel, const char *type, const char *href)
{
	str_addf(o, "<link rel=\"%s\" type=\"%s\" href=\"", rel, type);
	open_xml_text(o, href);
	str_add(o, "\"/>\n");
}

void open_atom_head(struct str *o, const struct open_feed *feed)
{
	str_add(o, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
		"<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"zh-CN\">\n");
	element(o, "title", feed->title);
	element(o, "id", feed->self);
	element(o, "updated", clock_fmt_iso(o->a, feed->updated));
	str_add(o, "<author>");
	element(o, "name", feed->author);
	str_add(o, "</author>\n");
	link_to(o, "self", "application/atom+xml", feed->self);
	link_to(o, "alternate", "text/html", feed->home);
	if (feed->next != NULL)
		link_to(o, "next", "application/atom+xml", feed->next);
}

void open_atom_entry(struct str *o, const struct q_pub_full_page *row, const char *link)
{
	str_add(o, "<entry>\n");
	element(o, "title", row->title);
	element(o, "id", link);
	element(o, "published", clock_fmt_iso(o->a, row->published_at));
	element(o, "updated", clock_fmt_iso(o->a, row->published_at));
	str_add(o, "<author>");
	element(o, "name", row->unit_name);
	str_add(o, "</author>\n<category term=\"");
	open_xml_text(o, row->type);
	str_add(o, "\" label=\"");
	open_xml_text(o, public_type_name(row->type));
	str_add(o, "\"/>\n");
	link_to(o, "alternate", "text/html", link);
	element(o, "summary", text_cut(o->a, row->reply, SUMMARY_CHARS));
	str_add(o, "<content type=\"text\">");
	open_xml_text(o, row->reply);
	str_add(o, "</content>\n</entry>\n");
}

void open_atom_foot(struct str *o)
{
	str_add(o, "</feed>\n");
}
