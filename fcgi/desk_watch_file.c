/* desk_watch_file - a list of /watch as a file: what was asked for, kept in an order. */
#include "clock.h"
#include "desk_files.h"
#include "desk_watch_list.h"

static const char *text_of(bool (*at)(size_t i, const char **ret_code, const char **ret_text), const char *code)
{
	const char *is, *text;

	for (size_t i = 0; code != NULL && at(i, &is, &text); i++) {
		if (str_eq(is, code))
			return text;
	}
	return NULL;
}

static void add_words(struct page *p, const struct watch_view *v, struct str *o)
{
	struct q_officer_name name;

	str_add(o, watch_tab_name(v->tab));
	desk_file_word(o, desk_file_unit(p, v->unit));
	if (v->officer > 0 && q_officer_name(p->db, p->a, v->officer, &name) == 0)
		desk_file_word(o, name.name);
	desk_file_word(o, v->type != NULL ? states_type_name(states_type_from(v->type)) : NULL);
	desk_file_word(o, text_of(watch_stage_at, v->stage));
	desk_file_word(o, text_of(watch_light_at, v->light));
	desk_file_word(o, v->pressed >= 0 ? watch_press_text(v->pressed) : NULL);
	desk_file_word(o, v->age > 0 ? arena_printf(p->a, "收到 %d 天以上", v->age) : NULL);
	desk_file_word(o, arena_printf(p->a, "%s的情况", clock_fmt_day(p->a, v->today)));
}

/* of: the query of the page's address. */
int desk_file_watched(struct page *p, const char *of, struct paper_wish *wish)
{
	const struct worktime *wt = NULL;
	struct watch_query ask;
	struct watch_view v;
	struct form *was;
	struct str o;
	int rc = worktime_get(p->db, &wt);

	if (rc == 0)
		rc = desk_file_form(p, &form_watch, of, &was);
	if (rc != 0)
		return rc;
	watch_view_read(p, &v);
	p->form = was;
	str_init(&o, p->a, 1000);
	add_words(p, &v, &o);
	ask = watch_query_of(wt, &v, 0);
	wish->title = o.s;
	wish->params = watch_list_pack(p->a, &ask);
	return 0;
}
