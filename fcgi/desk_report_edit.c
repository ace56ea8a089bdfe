/* desk_report_edit - the words of a report: one form of all its parts. Who is late to save keeps what was typed and
 * sees what somebody else saved meanwhile. */
#include <string.h>

#include "page.h"
#include "report.h"
#include "views/desk_report_edit.h"

#define COUNT_DIGITS 9

static const struct field edit_fields[] = {
	{ "version", FIELD_INT, .min = 1, .max = INT32_MAX, .required = true },
#define OF_TEXT FIELD_TEXT, .max = REPORT_TEXT_MAX, .too_long = "最多 6000 个字"
#define OF_YESNO FIELD_LINE, .max = 2
#define OF_COUNT FIELD_LINE, .max = COUNT_DIGITS, .too_long = "数字太大"
#define PART(kind, code, form, name, why) { #code, OF_##form, .label = name },
#include "report_parts.tbl"
};
const struct form_def form_report_edit = { edit_fields, ARRAY_LEN(edit_fields) };

static const struct choice *yes_no(struct page *p, const char *value)
{
	static const char *const codes[] = { "", "是", "否" };
	struct choice *list = arena_array(p->a, ARRAY_LEN(codes), sizeof(*list));

	for (size_t i = 0; i < ARRAY_LEN(codes); i++)
		list[i] = (struct choice){ .code = codes[i], .text = i == 0 ? "请选择" : codes[i],
			.chosen = strcmp(codes[i], value) == 0 };
	return list;
}

static struct part_field field_of(struct page *p, const struct report_part_row *row, const char *value, bool typed)
{
	static const char *const kinds[] = { [REPORT_TEXT] = "area", [REPORT_YESNO] = "select", [REPORT_COUNT] = "number" };
	struct part_field f = { .kind = kinds[row->form], .id = row->code, .name = row->code, .label = row->label,
		.hint = row->hint, .value = value, .autocomplete = "off", .css = row->form == REPORT_COUNT
			? "lx-input--width-10" : "",
		.optional = row->form == REPORT_TEXT };

	if (typed)
		f.error = form_error(p->form, row->code);
	if (row->form == REPORT_YESNO) {
		f.choices = yes_no(p, value);
		f.choices_n = 3;
	}
	return f;
}

/* before: what the person started from is not known any more; what is stored now is shown where it differs. */
static int show(struct page *p, const struct report *r, const char *clash)
{
	struct view_desk_report_edit v = { .code = r->code, .version = r->version, .clash = clash,
		.hint = "只写事实，一段一行。数字、表格和图由系统按固定的数字生成，不用写在这里。" };
	struct desk_report_part *list = arena_array(p->a, REPORT_PART__MAX, sizeof(*list));
	bool typed = p->req->method == METHOD_POST;

	for (int k = 0; k < REPORT_PART__MAX; k++) {
		const struct report_part_row *row = &report_part_rows[k];
		const char *value = typed ? form_raw(p->form, row->code) : r->parts[k];

		if (row->kind == r->kind)
			list[v.parts_n++] = (struct desk_report_part){ field_of(p, row, value, typed),
				clash[0] != '\0' && !str_eq(form_text(p->form, row->code), r->parts[k]) ? r->parts[k] : "" };
	}
	v.parts = list;
	v.errors = typed && !form_ok(p->form) ? p->form : NULL;
	v.title = arena_printf(p->a, "修改%s的文字", report_name(p->a, r->code));
	v.frame = page_titled(p, v.errors != NULL || clash[0] != '\0' ? page_wrong(p, v.title) : v.title);
	view_desk_report_edit(&p->reply->body, &v);
	return 0;
}

static int load(struct page *p, struct report *ret)
{
	enum report_kind kind;
	int32_t from, to;
	int rc = report_period(p->param, &kind, &from, &to) == 0 ? report_load(p->db, p->a, p->param, ret)
		: err_set(ERR_NOTFOUND, "no such period");

	if (rc == 0 && ret->state != REPORT_DRAFT)
		return err_say(ERR_STATE, "这份报告%s，文字不能再改；要修改请先退回", report_state_name(ret->state));
	return rc;
}

int desk_report_edit(struct page *p)
{
	struct report r;
	int rc = load(p, &r);

	return rc != 0 ? rc : show(p, &r, "");
}

static void check(struct page *p, const struct report *r, const char **parts)
{
	for (int k = 0; k < REPORT_PART__MAX; k++) {
		const struct report_part_row *row = &report_part_rows[k];
		const char *text = form_text(p->form, row->code);
		long long n;

		if (row->kind != r->kind)
			continue;
		parts[k] = text != NULL ? text : "";
		if (row->form == REPORT_COUNT && text != NULL && str_to_int(text, 0, INT32_MAX, &n) != 0)
			form_fail(p->form, row->code, "请填写数字，没有就填 0");
		if (row->form == REPORT_YESNO && text != NULL && strcmp(text, "是") != 0 && strcmp(text, "否") != 0)
			form_fail(p->form, row->code, "请选择是或否");
	}
}

int desk_report_edit_send(struct page *p)
{
	const char **parts = arena_array(p->a, REPORT_PART__MAX, sizeof(*parts));
	struct report_act act = { p->db, p->a, page_actor(p), 0, form_int(p->form, "version", 0), p->now };
	struct report r;
	const char *clash;
	int rc = load(p, &r);

	if (rc != 0)
		return rc;
	if (form_error(p->form, "version") != NULL)
		return err_set(ERR_BADREQ, "no version");
	check(p, &r, parts);
	if (!form_ok(p->form)) {
		reply_status(p->reply, err_http(ERR_INVALID));
		return show(p, &r, "");
	}
	act.id = r.id;
	rc = report_write(&act, parts);
	if (rc == 0)
		return reply_redirect(p->reply, arena_printf(p->a, "/reports/%s", r.code));
	if (rc != ERR_CONFLICT)
		return rc;
	clash = "别人刚刚保存过这份报告。您写的都还在下面；请对照别人保存的内容，改好后再保存一次。";
	reply_status(p->reply, err_http(ERR_CONFLICT));
	rc = load(p, &r);
	return rc != 0 ? rc : show(p, &r, clash);
}
