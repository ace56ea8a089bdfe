/* desk_register_form - see desk_register.h. The page with its fields; nothing here decides anything. */
#include "desk_register.h"

#include "channels.h"
#include "clock.h"
#include "public.h"

const char *const desk_channels[] = { "hotline", "visit", "paper", "superior_transfer", "wechat", "terminal", NULL };
const char *const desk_answer_ways[] = { "code", "counter", "post", NULL };
const char *const desk_publish_ways[] = { "yes", "no", NULL };

const char *desk_answer_words(const char *answer_by)
{
	return str_eq(answer_by, "code") ? "凭编号和查询码在网上或打电话查" : str_eq(answer_by, "counter") ? "到窗口来取"
		: str_eq(answer_by, "post") ? "按来信上的地址寄回" : str_eq(answer_by, "superior") ? "由转来的上级告知"
		: "按留下的联系方式通知，也可以凭查询码查";
}

/* --- fields --- */

struct shape {
	const char *name, *label, *hint, *type, *css, *key, *list;
	bool optional;
};

static struct part_line_field line(const struct desk_register *d, const struct shape *s)
{
	return (struct part_line_field){ .name = s->name, .label = s->label, .hint = s->hint, .type = s->type,
		.value = form_raw(d->p->form, s->name), .error = form_error(d->p->form, s->name), .css = s->css,
		.key = s->key, .list = s->list, .optional = s->optional };
}

static void add_lines(const struct desk_register *d, struct view_desk_register *v)
{
	static const struct shape shapes[] = {
		{ "received_on", "收到日期", "刚刚收到的不用填；最早 30 天前", "date", "lx-input--width-10", "", "", true },
		{ "received_time", "时间", "例：09:30；不填按上班时间", "time", "lx-input--width-10", "", "", true },
		{ "external_system", "哪个系统", "例：省长信箱、12345 平台", "text", "", "", "systems", false },
		{ "external_no", "在那里的编号", "", "text", "", "", "", false },
		{ "due_on", "上级要求的日期", "和本市规定相比，取较早的一个", "date", "lx-input--width-10", "", "", true },
		{ "title", "标题", "用一句话说是什么事，5 到 60 个字", "text", "", "2", "", false },
		{ "demand", "主要诉求", "", "text", "", "", "", true },
		{ "place", "地点", "", "text", "", "4", "", true },
		{ "name", "姓名", "", "text", "", "", "", true },
		{ "phone", "电话", "", "tel", "", "1", "", true },
		{ "email", "电子邮箱", "", "email", "", "", "", true },
		{ "on", "承诺完成的日期", "选“列入计划”时必填", "date", "lx-input--width-10", "", "", true },
	};
	struct part_line_field *const places[] = { &v->received_on, &v->received_time, &v->external_system,
		&v->external_no, &v->due_on, &v->title, &v->demand, &v->place, &v->name, &v->phone, &v->email, &v->on };

	_Static_assert(ARRAY_LEN(shapes) == ARRAY_LEN(places), "a place for each field");
	for (size_t i = 0; i < ARRAY_LEN(shapes); i++)
		*places[i] = line(d, &shapes[i]);
}

/* --- choices --- */

static struct part_radio_line radios(const struct desk_register *d, const char *name, const char *legend,
	const char *key, struct choice *list, size_t n)
{
	struct part_radio_line v = { .name = name, .legend = legend, .hint = "", .key = key,
		.error = form_error(d->p->form, name), .choices = list, .choices_n = n };

	for (size_t i = 0; i < n; i++) {
		list[i].chosen = str_eq(form_raw(d->p->form, name), list[i].code);
		if (list[i].hint == NULL)
			list[i].hint = "";
		if (list[i].chosen)
			v.at = i;
	}
	return v;
}

static void add_channels(const struct desk_register *d, struct view_desk_register *v)
{
	struct choice *list = arena_array(d->p->a, ARRAY_LEN("123456"), sizeof(*list));
	size_t n = 0;

	for (; desk_channels[n] != NULL; n++)
		list[n] = (struct choice){ .code = desk_channels[n],
			.text = n == BY_HOTLINE ? "电话" : channels_name(desk_channels[n]) };
	v->channel = radios(d, "channel", "来源", "", list, n);
	v->channel.focus = form_ok(d->p->form) && d->problem[0] == '\0';
}

/* Each with the day by which the writer hears, when it comes in at the time that stands in the form. */
static void add_types(const struct desk_register *d, struct view_desk_register *v)
{
	struct choice *list = arena_array(d->p->a, TYPE__MAX, sizeof(*list));
	int32_t today = clock_day(d->p->now), counts;
	int64_t at = d->received_at != 0 ? d->received_at : d->p->now;

	counts = calendar_effective_day(d->wt->cal, &d->wt->hours, at);
	for (int i = 0; i < TYPE__MAX; i++) {
		enum ticket_type type = (enum ticket_type)i;
		bool provisional = false;
		int32_t due = worktime_promise(d->wt, type, counts, &provisional);

		list[i].code = states_type_code(type);
		list[i].text = states_type_name(type);
		list[i].hint = arena_printf(d->p->a, "最迟%s%s", show_day(d->p->a, due, today), provisional ? "（暂定）" : "");
	}
	v->type = radios(d, "type", "类型和答复期限", "5", list, TYPE__MAX);
	v->counted = arena_printf(d->p->a, "期限按%s收到计算；上级转办的，取上级要求和本市规定中较早的一个。",
		show_day(d->p->a, counts, today));
}

static void add_choices(const struct desk_register *d, struct view_desk_register *v)
{
	static const char *const publish_words[] = { "可以公开来信内容", "不要公开来信内容" };
	struct choice *publish = arena_array(d->p->a, 2, sizeof(*publish)),
		*ways = arena_array(d->p->a, 3, sizeof(*ways));

	for (size_t i = 0; i < 2; i++)
		publish[i] = (struct choice){ .code = desk_publish_ways[i], .text = publish_words[i] };
	for (size_t i = 0; i < 3; i++)
		ways[i] = (struct choice){ .code = desk_answer_ways[i], .text = desk_answer_words(desk_answer_ways[i]) };
	v->publish = radios(d, "publish", "可以公开吗（姓名、电话不会公开）", "", publish, 2);
	v->answer_by = radios(d, "answer_by", "没有留电话和邮箱时，怎样得到答复", "", ways, 3);
}

static void add_results(const struct desk_register *d, struct view_desk_register *v)
{
	const char *code, *text;
	struct choice *list;
	size_t n = 0;

	while (states_reason_at("result", n, &code, &text, NULL))
		n++;
	list = arena_array(d->p->a, n + 1, sizeof(*list));
	for (size_t i = 0; states_reason_at("result", i, &code, &text, NULL); i++)
		list[i] = (struct choice){ .code = code, .text = text,
			.chosen = str_eq(form_raw(d->p->form, "result"), code) };
	v->results = list;
	v->results_n = n;
}

/* --- lists from the database --- */

static int add_systems(const struct desk_register *d, struct view_desk_register *v)
{
	struct q_external_systems *rows = NULL;
	const char **list;
	size_t n = 0;
	int rc = q_external_systems(d->p->db, d->p->a, &rows, &n);

	list = arena_array(d->p->a, n + 1, sizeof(*list));
	for (size_t i = 0; rc == 0 && i < n; i++)
		list[i] = rows[i].system;
	v->systems = list;
	v->systems_n = n;
	return rc;
}

static int add_today(const struct desk_register *d, struct view_desk_register *v)
{
	struct q_registered_since row;
	int rc = q_registered_since(d->p->db, d->p->a, page_actor(d->p)->officer_id,
		clock_day_start(clock_day(d->p->now)), &row);

	if (rc == 0)
		v->today = arena_printf(d->p->a, "我今天已登记 %lld 封", (long long)row.n);
	return rc;
}

static void add_callers(const struct desk_register *d, struct view_desk_register *v)
{
	struct callers_row *rows = arena_array(d->p->a, d->callers_n + 1, sizeof(*rows));
	const struct actor *who = page_actor(d->p);

	for (size_t i = 0; i < d->callers_n; i++) {
		const struct q_caller_letters *c = &d->callers[i];

		rows[i] = (struct callers_row){ .number = c->no, .title = c->title,
			.on = show_day(d->p->a, c->received_on, clock_day(d->p->now)),
			.status = show_state(states_from(c->state), false) };
		if (access_may_on(who, CAP_READ, c->unit_id, false))
			rows[i].url = desk_url(d->p->a, c->no, "");
	}
	v->callers = (struct part_callers){ rows, d->callers_n };
	v->callers_said = d->callers_said;
}

static bool typed(const struct desk_register *d, const char *name)
{
	return form_raw(d->p->form, name)[0] != '\0' || form_error(d->p->form, name) != NULL;
}

/* What is needed for some letters only is unfolded for those, and when something stands in it. */
static bool unfolded(const struct desk_register *d, const char *const *names)
{
	bool any = false;

	for (; *names != NULL; names++)
		any = any || typed(d, *names);
	return any;
}

int desk_register_show(struct desk_register *d, int status)
{
	static const char *const outside[] = { "external_no", "external_system", "due_on", "received_on",
		"received_time", NULL }, *const answer[] = { "reply", "result", "on", NULL };
	struct page *p = d->p;
	struct view_desk_register v = { .frame = page_titled(p, "登记来信"), .form = p->form, .token = d->token,
		.problem = d->problem, .search = { arena_printf(p->a, "%s/open", conf.public_url) } };
	int rc = public_units(p, form_raw(p->form, "unit"), &v.units, &v.units_n);

	if (rc == 0)
		rc = add_systems(d, &v);
	if (rc == 0)
		rc = add_today(d, &v);
	if (rc != 0)
		return rc;
	add_lines(d, &v);
	add_channels(d, &v);
	add_types(d, &v);
	add_choices(d, &v);
	add_results(d, &v);
	add_callers(d, &v);
	v.outside = unfolded(d, outside) || v.channel.at == BY_SUPERIOR || v.channel.at == BY_PAPER;
	v.answers = unfolded(d, answer);
	if (d->existing != NULL) {
		v.existing = desk_url(p->a, d->existing, "");
		v.existing_no = d->existing;
	}
	reply_status(p->reply, status);
	view_desk_register(&p->reply->body, &v);
	return 0;
}
