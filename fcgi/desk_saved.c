/* desk_saved - lists a person keeps under a name: kept, renamed, made the first one, dropped.
 *
 * All of it is one form on the page of a list, and leads back to that list. What was dropped is kept again by the
 * button that the list offers: its filters are still in the address. */
#include <string.h>

#include "clock.h"
#include "desk_queue.h"
#include "store_list.h"
#include "text.h"

static const char *const deeds[] = { "keep", "rename", "start", "unstart", "drop", NULL };
enum deed { KEEP, RENAME, START, UNSTART, DROP };
static const struct field views_fields[] = {
	{ "do", FIELD_CHOICE, .choices = deeds, .required = true },
	{ "id", FIELD_INT, .min = 1, .max = INT32_MAX },
	{ "name", FIELD_LINE, .label = "名字", .max = SAVED_VIEW_NAME_MAX, .too_long = "名字最多 20 个字" },
	{ "list", FIELD_LINE, .max = DESK_FILTER_MAX },
};
const struct form_def form_views = { views_fields, ARRAY_LEN(views_fields) };

/* The one that is meant; NULL when it is not this person's (any more). */
static const struct q_saved_views *find(const struct q_saved_views *rows, size_t n, int64_t id)
{
	for (size_t i = 0; i < n; i++) {
		if (rows[i].id == id)
			return &rows[i];
	}
	return NULL;
}

static int change(struct page *p, enum deed deed, const char *filter)
{
	int64_t officer = page_actor(p)->officer_id, id = form_int(p->form, "id", 0);
	const char *name = form_text(p->form, "name");
	struct q_saved_views *rows = NULL;
	const struct q_saved_views *one;
	size_t n = 0;
	int rc;

	if (deed == KEEP)
		return saved_view_add(p->db, officer, name, filter, p->now);
	rc = q_saved_views(p->db, p->a, officer, &rows, &n);
	one = find(rows, n, id);
	if (rc != 0 || one == NULL)
		return rc;
	switch (deed) {
	case RENAME:
		return saved_view_rename(p->db, officer, id, name, one->filter);
	case START:
		return saved_view_start(p->db, officer, id);
	case UNSTART:
		return saved_view_start(p->db, officer, 0);
	default:
		return saved_view_drop(p->db, officer, id);
	}
}

/* Where it leads: the list kept under that name, else the list one came from. */
static const char *target(struct page *p, enum deed deed, const char *filter)
{
	static const char *const said[] = { [KEEP] = "kept", [RENAME] = "renamed", [START] = "first", [UNSTART] = "unfirst",
		[DROP] = "dropped" };

	return arena_printf(p->a, "%s&saved=%s", desk_view_url(p->a, "/queue", filter, NULL).s, said[deed]);
}

int desk_views_send(struct page *p)
{
	const struct worktime *wt = NULL;
	struct desk_view v;
	enum deed deed = (enum deed)form_choice(p->form, "do");
	const char *filter;
	int rc = worktime_get(p->db, &wt);

	if (rc == 0)
		rc = desk_view_of(p, wt, form_text(p->form, "list"), &v);
	if (rc != 0)
		return rc;
	if (form_error(p->form, "do") != NULL)
		return err_set(ERR_BADREQ, "no such deed");
	filter = desk_view_filter(p->a, &v, true);
	if ((deed == KEEP || deed == RENAME) && form_text(p->form, "name") == NULL)
		form_fail(p->form, "name", "请给这个列表起个名字");
	if (form_ok(p->form)) {
		rc = change(p, deed, filter);
		if (rc == 0)
			return reply_redirect(p->reply, target(p, deed, filter));
		if (rc != ERR_INVALID)
			return rc;
		form_fail(p->form, "name", arena_strdup(p->a, err_text(rc)));
	}
	reply_status(p->reply, err_http(ERR_INVALID));
	return desk_queue_show(p, filter, form_raw(p->form, "name"), form_error(p->form, "name"));
}
