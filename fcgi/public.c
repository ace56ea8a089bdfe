/* public - see public.h. */
#include "public.h"

#include "clock.h"

const char *const public_types[] = {
#define TYPE(name, code, zh, letter, levels, up, two) #code,
#include "types.tbl"
	NULL
};

const char *public_type_name(const char *code)
{
	enum ticket_type type = states_type_from(code);

	return type < TYPE__MAX ? states_type_name(type) : code;
}

const char *public_result(const char *code)
{
	const char *words = code != NULL ? states_reason("result", code) : NULL;

	return words != NULL ? words : code != NULL ? code : "";
}

const char *public_state(const char *code)
{
	if (str_eq(code, states_code(TICKET_REPLIED)))
		return "已答复";
	if (str_eq(code, states_code(TICKET_CLOSED)) || str_eq(code, states_code(TICKET_ARCHIVED)))
		return "已办结";
	return "重新办理中";
}

const char *public_workdays(struct arena *a, int64_t workdays)
{
	return workdays > 0 ? arena_printf(a, "%lld 个工作日", (long long)workdays) : "当天";
}

const char *public_day(struct arena *a, int32_t day)
{
	int year, month, date;

	if (day == DAY_NONE)
		return "";
	clock_civil(day, &year, &month, &date);
	return arena_printf(a, "%d年%d月%d日", year, month, date);
}

int public_units(struct page *p, const char *code, const struct choice **ret, size_t *ret_n)
{
	struct q_unit_all *rows;
	struct choice *list;
	size_t n, kept = 0;
	int rc = q_unit_all(p->db, p->a, &rows, &n);

	if (rc != 0)
		return rc;
	list = arena_array(p->a, n + 1, sizeof(*list));
	for (size_t i = 0; i < n; i++) {
		if (rows[i].active && rows[i].takes_letters)
			list[kept++] = (struct choice){ .code = rows[i].code, .text = rows[i].name, .hint = "",
				.chosen = str_eq(rows[i].code, code) };
	}
	*ret = list;
	*ret_n = kept;
	return 0;
}

int public_unit(struct page *p, const char *code, struct q_unit_all *ret)
{
	struct q_unit_all *rows;
	size_t n;
	int rc = q_unit_all(p->db, p->a, &rows, &n);

	if (rc != 0)
		return rc;
	for (size_t i = 0; i < n; i++) {
		if (str_eq(rows[i].code, code)) {
			*ret = rows[i];
			return 0;
		}
	}
	return err_set(ERR_NOTFOUND, "no such unit");
}

struct open_row public_open_row(struct arena *a, const struct q_pub_page *row, const char *words)
{
	return (struct open_row){ .url = { arena_printf(a, "/open/%lld", (long long)row->id) }, .number = row->no,
		.title = view_marked(a, row->title, words), .type = public_type_name(row->type),
		.accepted_on = clock_fmt_day(a, row->accepted_on), .replied_on = clock_fmt_day(a, row->replied_on),
		.unit = row->unit_name, .result = public_result(row->result_code), .state = public_state(row->state) };
}

const char *public_open_link(struct arena *a, int64_t id)
{
	return arena_printf(a, "%s/open/%lld", conf.public_url, (long long)id);
}
