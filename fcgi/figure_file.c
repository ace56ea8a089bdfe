/* figure_file - the figures of /figures, and the letters behind one of them, as files: what was asked for, kept in an
 * order. */
#include "desk_figures_list.h"
#include "desk_files.h"
#include "states.h"

/* Period, unit, type and topic, in words. */
static void add_words(struct str *o, const struct figure_ask *f)
{
	desk_file_word(o, f->period);
	desk_file_word(o, f->unit);
	desk_file_word(o, f->ask.type < TYPE__MAX ? states_type_name(f->ask.type) : NULL);
	desk_file_word(o, f->topic);
}

/* of: the query of the page's address. */
int desk_file_figures(struct page *p, const char *of, struct paper_wish *wish)
{
	struct figure_ask f;
	struct form *was;
	struct str o;
	int rc = desk_file_form(p, &form_figures, of, &was);

	if (rc != 0)
		return rc;
	rc = figure_ask_read(p, &f);
	p->form = was;
	if (rc != 0)
		return rc;
	str_init(&o, p->a, 1000);
	str_add(&o, "办理统计");
	add_words(&o, &f);
	wish->title = o.s;
	wish->params = arena_printf(p->a, "{\"from\":%d,\"to\":%d,\"unit\":%lld,\"topic\":%lld,\"type\":\"%s\"}",
		(int)f.ask.from, (int)f.ask.to, (long long)f.ask.unit_id, (long long)f.ask.topic_id,
		f.ask.type < TYPE__MAX ? states_type_code(f.ask.type) : "");
	return 0;
}

/* of: the query of /figures/letters. */
int desk_file_behind(struct page *p, const char *of, struct paper_wish *wish)
{
	struct figure_behind b;
	struct form *was;
	struct str o;
	int rc = desk_file_form(p, &form_figure_letters, of, &was);

	if (rc != 0)
		return rc;
	rc = figure_behind_read(p, &b);
	p->form = was;
	if (rc != 0)
		return rc;
	str_init(&o, p->a, 1000);
	str_add(&o, b.what);
	add_words(&o, &b.f);
	wish->title = o.s;
	wish->params = figure_letters_pack(p->a, &b.ask);
	return 0;
}
