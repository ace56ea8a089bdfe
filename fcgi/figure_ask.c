/* figure_ask - see figure_ask.h. */
#include "figure_ask.h"

#include <string.h>

#include "clock.h"
#include "show.h"

#define YEARS_SHOWN 4

struct span { int32_t from, to; };

static struct span month_of(int year, int month)
{
	return (struct span){ clock_day_of(year, month, 1), clock_day_of(year + month / 12, month % 12 + 1, 1) - 1 };
}

static struct span quarter_of(int year, int quarter)
{
	return (struct span){ month_of(year, quarter * 3 - 2).from, month_of(year, quarter * 3).to };
}

/* --- reading --- */

/* A whole span, or as much of it as is over. */
static bool is_span(struct span s, int32_t from, int32_t to, int32_t today)
{
	return from == s.from && (to == s.to || (to == today && to < s.to));
}

/* The span a name stands for: whole months, quarters and years read better than two dates. */
static const char *period_words(struct arena *a, int32_t from, int32_t to, int32_t today)
{
	static const char *const quarters[] = { "一", "二", "三", "四" };
	int year, month, day, to_year, to_month;

	clock_civil(from, &year, &month, &day);
	clock_civil(to, &to_year, &to_month, &day);
	if (is_span(month_of(year, month), from, to, today))
		return arena_printf(a, "%d年%d月", year, month);
	if (is_span(quarter_of(year, (month + 2) / 3), from, to, today))
		return arena_printf(a, "%d年第%s季度", year, quarters[(month - 1) / 3]);
	if (is_span((struct span){ clock_day_of(year, 1, 1), clock_day_of(year, 12, 31) }, from, to, today))
		return arena_printf(a, "%d年", year);
	if (from == FIGURE_DAY_FIRST)
		return arena_printf(a, "截至%d年%d月%d日", to_year, to_month, day);
	return show_span(a, from, to);
}

static void read_period(const struct page *p, struct figure_ask *f)
{
	int32_t from = form_day(p->form, "from"), to = form_day(p->form, "to"), today = clock_day(p->now);
	int this_year, month, day;

	clock_civil(today, &this_year, &month, &day);
	f->year = (int)form_int(p->form, "year", 0);
	if (f->year == 0 && from == DAY_NONE && to == DAY_NONE)
		f->year = this_year;
	if (f->year != 0) {
		from = clock_day_of(f->year, 1, 1);
		to = clock_day_of(f->year, 12, 31);
	}
	if (from == DAY_NONE || from < FIGURE_DAY_FIRST)
		from = FIGURE_DAY_FIRST;
	if (to == DAY_NONE || to > today)
		to = today;
	if (from > to) {
		f->problem = from > today ? "开始日期还没有到，下面是到今天为止的数字" : "开始日期晚于结束日期，下面是开始日期到今天的数字";
		to = today;
		from = from > today ? today : from;
	}
	f->ask.from = from;
	f->ask.to = to;
	f->ask.today = today;
	f->period = period_words(p->a, from, to, today);
}

static void read_unit(const struct page *p, struct figure_ask *f)
{
	const char *code = form_text(p->form, "unit");

	for (size_t i = 0; code != NULL && i < f->units_n; i++) {
		if (str_eq(f->units[i].code, code)) {
			f->ask.unit_id = f->units[i].id;
			f->unit_code = f->units[i].code;
			f->unit = f->units[i].name;
		}
	}
	if (code != NULL && f->unit_code == NULL)
		f->problem = "没有这个单位，下面是全部单位的数字";
}

static void read_topic(const struct page *p, struct figure_ask *f)
{
	const char *code = form_text(p->form, "topic");

	for (size_t i = 0; code != NULL && i < f->topics_n; i++) {
		if (str_eq(f->topics[i].code, code)) {
			f->ask.topic_id = f->topics[i].id;
			f->topic_code = f->topics[i].code;
			f->topic = f->topics[i].name;
		}
	}
	if (code != NULL && f->topic_code == NULL)
		f->problem = "没有这个主题，下面是全部主题的数字";
}

int figure_ask_read(struct page *p, struct figure_ask *ret)
{
	struct figure_ask f = { .problem = form_ok(p->form) ? "" : "地址里有看不懂的内容，已经略过" };
	const char *type = form_text(p->form, "type");
	int rc = q_unit_all(p->db, p->a, &f.units, &f.units_n);

	if (rc == 0)
		rc = q_topic_all(p->db, p->a, &f.topics, &f.topics_n);
	if (rc != 0)
		return rc;
	read_period(p, &f);
	read_unit(p, &f);
	read_topic(p, &f);
	f.ask.type = type != NULL ? states_type_from(type) : TYPE__MAX;
	if (f.ask.type != TYPE__MAX)
		f.type_code = states_type_code(f.ask.type);
	else if (type != NULL)
		f.problem = "没有这个类型，下面是全部类型的数字";
	*ret = f;
	return 0;
}

/* --- addresses --- */

static const char *either(const char *instead, const char *own)
{
	return instead != NULL ? instead : own;
}

const char *figure_ask_path(struct arena *a, const char *path, const struct figure_ask *f,
	const struct figure_other *o)
{
	static const struct figure_other as_it_is;
	struct str s;

	if (o == NULL)
		o = &as_it_is;
	str_init(&s, a, 1000);
	str_add(&s, path);
	view_query_add(&s, "from", clock_fmt_day(a, f->ask.from));
	view_query_add(&s, "to", clock_fmt_day(a, f->ask.to));
	view_query_add(&s, "unit", either(o->unit, f->unit_code));
	view_query_add(&s, "type", either(o->type, f->type_code));
	view_query_add(&s, "topic", either(o->topic, f->topic_code));
	return s.s;
}

/* --- choices --- */

struct choosing {
	struct arena *a;
	const char *path;
	const struct figure_ask *f;
	struct choice *list;
	size_t n;
};

static void offer(struct choosing *c, const char *text, struct span s)
{
	struct figure_ask other = *c->f;

	if (s.to > c->f->ask.today)
		s.to = c->f->ask.today;
	other.ask.from = s.from;
	other.ask.to = s.to;
	c->list[c->n++] = (struct choice){ .text = text, .url = { figure_ask_path(c->a, c->path, &other, NULL) },
		.chosen = c->f->ask.from == s.from && c->f->ask.to == s.to };
}

const struct choice *figure_ask_periods(struct arena *a, const char *path, const struct figure_ask *f, size_t *ret_n)
{
	struct choosing c = { a, path, f, arena_array(a, 6 + YEARS_SHOWN, sizeof(struct choice)), 0 };
	int year, month, day, quarter;

	clock_civil(f->ask.today, &year, &month, &day);
	quarter = (month + 2) / 3;
	offer(&c, "本月", month_of(year, month));
	offer(&c, "上月", month > 1 ? month_of(year, month - 1) : month_of(year - 1, 12));
	offer(&c, "本季度", quarter_of(year, quarter));
	offer(&c, "上季度", quarter > 1 ? quarter_of(year, quarter - 1) : quarter_of(year - 1, 4));
	for (int i = 0; i < YEARS_SHOWN; i++)
		offer(&c, arena_printf(a, "%d年", year - i),
			(struct span){ clock_day_of(year - i, 1, 1), clock_day_of(year - i, 12, 31) });
	offer(&c, "全部", (struct span){ FIGURE_DAY_FIRST, f->ask.today });
	*ret_n = c.n;
	return c.list;
}

const struct choice *figure_ask_units(struct arena *a, const struct figure_ask *f, size_t *ret_n)
{
	struct choice *list = arena_array(a, f->units_n + 1, sizeof(*list));
	size_t n = 0;

	for (size_t i = 0; i < f->units_n; i++) {
		bool chosen = f->units[i].id == f->ask.unit_id;

		if (chosen || (f->units[i].active && f->units[i].takes_letters))
			list[n++] = (struct choice){ .code = f->units[i].code, .text = f->units[i].name, .chosen = chosen };
	}
	*ret_n = n;
	return list;
}

const struct choice *figure_ask_types(struct arena *a, const struct figure_ask *f, size_t *ret_n)
{
	struct choice *list = arena_array(a, TYPE__MAX, sizeof(*list));

	for (int t = 0; t < TYPE__MAX; t++)
		list[t] = (struct choice){ .code = states_type_code((enum ticket_type)t),
			.text = states_type_name((enum ticket_type)t), .chosen = f->ask.type == (enum ticket_type)t };
	*ret_n = TYPE__MAX;
	return list;
}

const struct choice *figure_ask_topics(struct arena *a, const struct figure_ask *f, size_t *ret_n)
{
	struct choice *list = arena_array(a, f->topics_n + 1, sizeof(*list));
	size_t n = 0;

	for (size_t i = 0; i < f->topics_n; i++) {
		bool chosen = f->topics[i].id == f->ask.topic_id;

		if (chosen || f->topics[i].parent_id == 0)
			list[n++] = (struct choice){ .code = f->topics[i].code, .text = f->topics[i].name, .chosen = chosen };
	}
	*ret_n = n;
	return list;
}
