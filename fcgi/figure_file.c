/* figure_file - the figures of /figures as a file: what was asked for, kept in an order. */
#include <string.h>

#include "desk_files.h"
#include "figure_ask.h"
#include "states.h"

/* of: the query of the page's address. */
int desk_file_figures(struct page *p, const char *of, struct paper_wish *wish)
{
	struct params *params = ARENA_NEW(p->a, struct params);
	struct form *form = ARENA_NEW(p->a, struct form), *was = p->form;
	struct figure_ask f;
	int rc = request_parse_query(p->a, of, strlen(of), params);

	if (rc == 0)
		rc = form_from_params(p->a, &form_figures, params, form);
	if (rc != 0)
		return rc;
	p->form = form;
	rc = figure_ask_read(p, &f);
	p->form = was;
	if (rc != 0)
		return rc;
	wish->title = arena_printf(p->a, "办理统计 · %s%s%s%s%s%s%s", f.period, f.unit != NULL ? " · " : "",
		f.unit != NULL ? f.unit : "", f.ask.type < TYPE__MAX ? " · " : "",
		f.ask.type < TYPE__MAX ? states_type_name(f.ask.type) : "", f.topic != NULL ? " · " : "",
		f.topic != NULL ? f.topic : "");
	wish->params = arena_printf(p->a, "{\"from\":%d,\"to\":%d,\"unit\":%lld,\"topic\":%lld,\"type\":\"%s\"}",
		(int)f.ask.from, (int)f.ask.to, (long long)f.ask.unit_id, (long long)f.ask.topic_id,
		f.ask.type < TYPE__MAX ? states_type_code(f.ask.type) : "");
	return 0;
}
