/* desk_view - see desk_view.h. */
#include "desk_view.h"

#include <string.h>

#include "channels.h"
#include "clock.h"
#include "desk.h"
#include "text.h"
#include "worktime_rules.h"

static const struct field queue_fields[] = {
	{ "view", FIELD_TOKEN, .max = 24 },
	{ "type", FIELD_TOKEN, .max = 24 },
	{ "state", FIELD_TOKEN, .max = 24 },
	{ "desk", FIELD_TOKEN, .max = 24 },
	{ "channel", FIELD_TOKEN, .max = 24 },
	{ "unit", FIELD_INT, .min = 1, .max = INT32_MAX },
	{ "topic", FIELD_INT, .min = 0, .max = TOPIC_LAST },
	{ "mine", FIELD_BOOL, .label = "只看我承办的" },
	{ "from", FIELD_DATE, .label = "开始日期" },
	{ "to", FIELD_DATE, .label = "结束日期" },
	{ "words", FIELD_LINE, .max = 60 },
	{ "col", FIELD_LIST, .max = 12 },
	{ "after", FIELD_TOKEN, .max = 40 },
};
const struct form_def form_queue = { queue_fields, ARRAY_LEN(queue_fields) };

static const struct view { const char *code, *text; enum desk_kind kind; } views[] = {
	{ "todo",     "我的待办", VIEW_TODO },
	{ "mine",     "我承办的", VIEW_MINE },
	{ "returned", "退回给我修改的", VIEW_RETURNED },
	{ "waiting",  "等别人处理的", VIEW_WAITING },
	{ "overdue",  "已超期", VIEW_LATE },
	{ "today",    "今天到期", VIEW_TODAY },
	{ "soon",     "即将到期", VIEW_SOON },
	{ "open",     "全部在办", VIEW_OPEN },
	{ "co",       "我单位协办", VIEW_CO },
	{ "co_done",  "已提交协办意见", VIEW_CO_DONE },
	{ "done",     "已答复和已结束", VIEW_ENDED },
};

const struct desk_column desk_columns[] = {
	{ "type", "类型", true }, { "unit", "承办单位", true }, { "state", "状态", true }, { "received", "收到", true },
	{ "due", "期限", true }, { "channel", "来信方式", false }, { "handler", "承办人", false },
};
const size_t desk_columns_n = ARRAY_LEN(desk_columns);

static const struct desk_words { const char *desk, *name, *nothing; } desks[] = {
	{ "lapsed", "逾期没有补充的", "没有逾期还没补充的信件。" },
	{ "liaison", "等我签收的", "没有等您签收的信件。分办给本单位的新信件会出现在这里。" },
	{ "handler", "办理中", "本单位没有正在办理的信件。签收以后，信件会出现在这里。" },
	{ "asks", "等审批的延期和说明", "没有等您审批的延期和说明。" },
	{ "dept", "等我审核的", "没有等您审核的答复。承办人送审以后，会出现在这里。" },
	{ "office", "等我审核的", "没有等您审核的答复。部门审核通过以后，会出现在这里。" },
	{ "superior", "等我审核的", "没有等您审核的答复。报送上来以后，会出现在这里。" },
};

static const struct desk_words *words_of(const char *desk)
{
	for (size_t i = 0; i < ARRAY_LEN(desks); i++) {
		if (strcmp(desks[i].desk, desk) == 0)
			return &desks[i];
	}
	return NULL;
}

const char *desk_name(const char *desk)
{
	const struct desk_words *words = words_of(desk);

	return words != NULL ? words->name : NULL;
}

const char *desk_nothing(const char *desk)
{
	return words_of(desk)->nothing;
}

struct desk_reader desk_reader(const struct page *p)
{
	return (struct desk_reader){ p->db, p->a, page_actor(p) };
}

/* --- reading --- */

static unsigned usual_columns(void)
{
	unsigned set = 0;

	for (size_t i = 0; i < desk_columns_n; i++)
		set |= desk_columns[i].usual ? 1U << i : 0;
	return set;
}

static unsigned columns_of(const struct form *form)
{
	unsigned set = 0;
	size_t n = 0;
	const char *const *list = form_list(form, "col", &n);

	for (size_t k = 0; k < n; k++) {
		for (size_t i = 0; i < desk_columns_n; i++)
			set |= str_eq(list[k], desk_columns[i].code) ? 1U << i : 0;
	}
	return set != 0 ? set : usual_columns();
}

/* A view is for whom it can show something: handlers have letters of their own, units help and wait. */
static bool is_offered(const struct page *p, enum desk_kind kind)
{
	const struct actor *who = page_actor(p);
	struct desk_work w = desk_work(p->a, who);
	bool drafts = access_may(who, CAP_DRAFT);

	switch (kind) {
	case VIEW_TODO:
		return desk_works(&w);
	case VIEW_MINE:
	case VIEW_RETURNED:
		return drafts;
	case VIEW_WAITING:
		return desk_only_unit(page_actor(p)) != NULL && w.own[0] != '\0';
	case VIEW_CO:
	case VIEW_CO_DONE:
		return desk_only_unit(page_actor(p)) != NULL;
	default:
		return true;
	}
}

static void find_view(const struct page *p, const char *code, struct desk_view *ret)
{
	enum ticket_state state = code != NULL ? states_from(code) : TICKET_NONE;

	for (size_t i = 0; i < ARRAY_LEN(views); i++) {
		if (str_eq(views[i].code, code) || (code == NULL && is_offered(p, views[i].kind)
				&& (views[i].kind == VIEW_TODO || views[i].kind == VIEW_OPEN))) {
			*ret = (struct desk_view){ .code = views[i].code, .text = views[i].text, .kind = views[i].kind };
			return;
		}
	}
	if (state < TICKET__MAX)
		*ret = (struct desk_view){ .code = states_code(state), .text = states_office(state), .kind = VIEW_STATE };
	else
		find_view(p, NULL, ret);
}

static bool is_channel(const char *code)
{
	size_t i = 0;

	while (channels_at(i) != NULL && !str_eq(channels_at(i), code))
		i++;
	return channels_at(i) != NULL;
}

static void read_filters(struct page *p, const struct form *form, struct desk_view *v)
{
	const char *type = form_text(form, "type"), *state = form_text(form, "state");
	const char *channel = form_text(form, "channel"), *desk = form_text(form, "desk");

	v->type = type != NULL && states_type_from(type) < TYPE__MAX ? type : NULL;
	v->desk = v->kind == VIEW_TODO && desk != NULL && desk_name(desk) != NULL ? desk : NULL;
	v->state = state != NULL && states_from(state) < TICKET__MAX ? state : NULL;
	v->channel = is_channel(channel) ? channel : NULL;
	v->words = form_text(form, "words");
	v->unit = desk_only_unit(page_actor(p)) == NULL ? form_int(form, "unit", 0) : 0;
	v->topic = form_int(form, "topic", TOPIC_ALL);
	v->mine = form_bool(form, "mine") && access_may(page_actor(p), CAP_DRAFT);
	v->from = form_day(form, "from");
	v->to = form_day(form, "to");
	v->columns = columns_of(form);
}

static void find_problem(struct desk_view *v)
{
	if (v->words != NULL && text_graphemes(v->words) < 2)
		v->problem = "请至少输入两个字";
	if (v->from != DAY_NONE && v->to != DAY_NONE && v->from > v->to)
		v->problem = "开始日期不能晚于结束日期";
}

/* All desks but those of the person's own work: the letters of the unit that others must move on. */
static const char *other_desks(struct page *p)
{
	struct desk_work w = desk_work(p->a, page_actor(p));
	size_t n = 0, own_n = 0;
	char **all = str_split(p->a, arena_strdup(p->a, DESK_ALL_DESKS), ',', &n);
	char **own = str_split(p->a, arena_strdup(p->a, w.own), ',', &own_n);
	const char *set = "";

	for (size_t i = 0; i < n; i++) {
		bool mine = false;

		for (size_t k = 0; k < own_n; k++)
			mine = mine || strcmp(all[i], own[k]) == 0;
		if (!mine)
			set = arena_printf(p->a, "%s%s%s", set, set[0] != '\0' ? "," : "", all[i]);
	}
	return set;
}

static void set_due(const struct page *p, const struct worktime *wt, enum desk_kind kind, struct desk_query *ask)
{
	int32_t today = clock_day(p->now);

	ask->states = DESK_CLOCKED;
	if (kind == VIEW_LATE) {
		ask->due_to = today - 1;
	} else if (kind == VIEW_TODAY) {
		ask->due_from = ask->due_to = today;
	} else {
		ask->due_from = today + 1;
		ask->due_to = worktime_soon_day(wt, today);
	}
}

static void set_kind(struct page *p, const struct worktime *wt, struct desk_view *v)
{
	struct desk_query *ask = &v->ask;

	switch (v->kind) {
	case VIEW_TODO:
		ask->work = true;
		ask->desks = v->desk;
		v->text = v->desk != NULL ? desk_name(v->desk) : v->text;
		break;
	case VIEW_LATE:
	case VIEW_TODAY:
	case VIEW_SOON:
		set_due(p, wt, v->kind, ask);
		break;
	case VIEW_MINE:
		ask->handler = page_actor(p)->officer_id;
		break;
	case VIEW_RETURNED:
		ask->returned = true;
		break;
	case VIEW_WAITING:
		ask->unit = &page_actor(p)->unit_id;
		ask->desks = other_desks(p);
		break;
	case VIEW_CO:
	case VIEW_CO_DONE:
		ask->co = true;
		ask->co_done = v->kind == VIEW_CO_DONE;
		break;
	case VIEW_ENDED:
		ask->ended = true;
		break;
	case VIEW_STATE:
		ask->states = v->code;
		ask->ended = !states_open(states_from(v->code));
		break;
	case VIEW_OPEN:
		break;
	}
	if (v->kind == VIEW_OPEN && ask->words != NULL)
		ask->states = DESK_OPEN;
}

void desk_view_read(struct page *p, const struct worktime *wt, const struct form *form, struct desk_view *ret)
{
	struct desk_query *ask;

	find_view(p, form_text(form, "view"), ret);
	read_filters(p, form, ret);
	find_problem(ret);
	ret->ask = desk_query_all(page_actor(p));
	ask = &ret->ask;
	ask->words = ret->words;
	ask->type = ret->type;
	ask->channel = ret->channel;
	if (ret->from != DAY_NONE)
		ask->received_from = ret->from;
	if (ret->to != DAY_NONE)
		ask->received_to = ret->to;
	if (ret->unit > 0)
		ask->unit = &ret->unit;
	topic_range(ret->topic, &ask->topic_from, &ask->topic_to);
	set_kind(p, wt, ret);
	if (ret->mine)
		ask->handler = page_actor(p)->officer_id;
	/* A state within a view that has states of its own: only where it is one of them. */
	if (ret->state != NULL && ret->kind != VIEW_STATE)
		ask->states = states_open(states_from(ret->state)) != ask->ended ? ret->state : "none";
}

int desk_view_of(struct page *p, const struct worktime *wt, const char *filter, struct desk_view *ret)
{
	struct params *params = ARENA_NEW(p->a, struct params);
	struct form *form = ARENA_NEW(p->a, struct form);
	int rc = filter != NULL && strlen(filter) <= DESK_FILTER_MAX
		? request_parse_query(p->a, filter, strlen(filter), params) : 0;

	if (rc == 0)
		rc = form_from_params(p->a, &form_queue, params, form);
	if (rc == ERR_BADREQ) {
		form_empty(p->a, &form_queue, form);
		rc = 0;
	}
	if (rc == 0)
		desk_view_read(p, wt, form, ret);
	return rc;
}

/* --- writing --- */

const char *desk_view_filter(struct arena *a, const struct desk_view *v, bool filters)
{
	struct str o;

	str_init(&o, a, DESK_FILTER_MAX + 100);
	view_query_add(&o, "view", v->code);
	if (filters) {
		view_query_add(&o, "type", v->type);
		view_query_add(&o, "desk", v->desk);
		view_query_add(&o, "state", v->state);
		view_query_add(&o, "channel", v->channel);
		view_query_add(&o, "unit", v->unit > 0 ? arena_printf(a, "%lld", (long long)v->unit) : NULL);
		view_query_add(&o, "topic", v->topic != TOPIC_ALL ? arena_printf(a, "%lld", (long long)v->topic) : NULL);
		view_query_add(&o, "mine", v->mine ? "1" : NULL);
		view_query_add(&o, "from", v->from != DAY_NONE ? clock_fmt_day(a, v->from) : NULL);
		view_query_add(&o, "to", v->to != DAY_NONE ? clock_fmt_day(a, v->to) : NULL);
		view_query_add(&o, "words", v->words);
	}
	for (size_t i = 0; v->columns != usual_columns() && i < desk_columns_n; i++)
		view_query_add(&o, "col", (v->columns & 1U << i) != 0 ? desk_columns[i].code : NULL);
	return o.s + 1;
}

bool desk_view_narrowed(const struct desk_view *v)
{
	return v->type != NULL || v->state != NULL || v->channel != NULL || v->words != NULL
		|| v->unit > 0 || v->topic != TOPIC_ALL || v->mine
		|| v->from != DAY_NONE || v->to != DAY_NONE;
}

bool desk_view_filtered(const struct desk_view *v)
{
	return v->desk != NULL || desk_view_narrowed(v);
}

struct url desk_view_url(struct arena *a, const char *path, const char *filter, const struct q_list_open *after)
{
	return (struct url){ after == NULL ? arena_printf(a, "%s?%s", path, filter)
		: arena_printf(a, "%s?%s&after=%d-%lld", path, filter, (int)after->sort_due, (long long)after->id) };
}

void desk_view_links(struct page *p, const struct desk_view *v, const struct choice **ret, size_t *ret_n)
{
	struct choice *list = arena_array(p->a, ARRAY_LEN(views) + 1, sizeof(*list));
	bool known = false;
	size_t n = 0;

	for (size_t i = 0; i < ARRAY_LEN(views); i++) {
		struct desk_view one = { .code = views[i].code, .topic = TOPIC_ALL, .from = DAY_NONE, .to = DAY_NONE,
			.columns = v->columns };

		if (!is_offered(p, views[i].kind) && strcmp(views[i].code, v->code) != 0)
			continue;
		list[n] = (struct choice){ .text = views[i].text, .chosen = strcmp(views[i].code, v->code) == 0,
			.url = desk_view_url(p->a, "/queue", desk_view_filter(p->a, &one, false), NULL) };
		known = known || list[n].chosen;
		n++;
	}
	if (!known)
		list[n++] = (struct choice){ .text = v->text, .chosen = true,
			.url = desk_view_url(p->a, "/queue", desk_view_filter(p->a, v, false), NULL) };
	*ret = list;
	*ret_n = n;
}

void desk_view_columns(struct arena *a, const struct desk_view *v, const struct choice **ret, size_t *ret_n)
{
	struct choice *list = arena_array(a, desk_columns_n, sizeof(*list));

	for (size_t i = 0; i < desk_columns_n; i++)
		list[i] = (struct choice){ .code = desk_columns[i].code, .text = desk_columns[i].text,
			.chosen = (v->columns & 1U << i) != 0 };
	*ret = list;
	*ret_n = desk_columns_n;
}

bool desk_view_shows(const struct desk_view *v, const char *column)
{
	for (size_t i = 0; i < desk_columns_n; i++) {
		if (strcmp(desk_columns[i].code, column) == 0)
			return (v->columns & 1U << i) != 0;
	}
	return false;
}
