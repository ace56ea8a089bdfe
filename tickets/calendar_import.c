/* calendar_import - see calendar_import.h. */
#include "calendar_import.h"

#include <stdio.h>
#include <unistd.h>

#include "calendar_file.h"
#include "clock.h"
#include "conf.h"
#include "queries.h"
#include "stats.h"
#include "timers.h"

#define PAGE 500

struct importing {
	struct arena *a;
	const struct calendar_file *files;
	size_t n;
	bool dry;
	struct str *o;
	size_t o_from;               /* a repeated transaction writes its list again from here */
	struct calendar_moves *moves;
};

/* Whether the database already says exactly this about the year. */
static int is_in_force(struct db *db, struct arena *a, const struct calendar_file *f, bool *ret)
{
	struct q_calendar_days_of *days;
	struct q_calendar_year_of year;
	size_t n;
	int r = q_calendar_year_of(db, a, f->year, &year);

	*ret = false;
	if (r == ERR_NOTFOUND)
		return 0;
	if (r < 0 || (r = q_calendar_days_of(db, a, f->year, year.version_id, &days, &n)) < 0)
		return r;
	if (n != f->n_days || year.provisional != f->provisional)
		return 0;
	for (size_t i = 0; i < n; i++) {
		if (days[i].day != f->days[i].day || str_eq(days[i].kind, "off") != f->days[i].off ||
		    !str_eq(days[i].name, f->days[i].name))
			return 0;
	}
	*ret = true;
	return 0;
}

static int add_file(struct db *db, const struct calendar_file *f)
{
	int64_t version;
	int r = q_calendar_version_add(db, clock_now(), f->source, &version);

	if (r == 0)
		r = q_calendar_year_add(db, f->year, version, f->provisional, f->source, NULL);
	for (size_t i = 0; r == 0 && i < f->n_days; i++)
		r = q_calendar_day_add(db, f->days[i].day, f->year, version, f->days[i].off ? "off" : "workday",
		                       f->days[i].name,
		                       NULL);
	return r;
}

/* The letter shows its answer's clock. */
static int show_on_letter(struct db *db, struct arena *a, int64_t ticket_id, int64_t timer_id)
{
	struct q_timer_get m;
	struct q_ticket_lock row;
	struct ticket before, t;
	int r = q_timer_get(db, a, timer_id, &m);

	if (r < 0 || !str_eq(m.kind, "reply"))
		return r;
	if ((r = q_ticket_lock(db, a, ticket_id, &row)) < 0)
		return r;
	ticket_from_row(&row, &before);
	t = before;
	t.due_on = m.due_on;
	t.due_provisional = m.provisional;
	if (t.round == 1 && t.replied_at == TIME_NONE)
		t.first_due_on = m.due_on;
	r = q_ticket_due(db, t.due_on, t.due_provisional, t.first_due_on, ticket_id, NULL);
	return r < 0 ? r : stats_changed(db, &before, &t);
}

static int recompute_one(struct importing *w, struct db *db, const struct worktime *wt, int64_t timer_id,
                         int64_t ticket_id)
{
	struct arena *a = arena_new(1 << 20);
	int32_t old, now_due;
	int r = timers_recompute(db, a, wt, timer_id, ticket_id, w->dry, clock_now(), &old, &now_due);

	w->moves->looked_at++;
	if (r == 0 && old != now_due) {
		struct q_ticket_peek t;

		w->moves->moved++;
		r = q_ticket_peek(db, a, ticket_id, &t);
		if (r == 0)
			str_addf(w->o, "%s\t%s\t%s\n", t.no, clock_fmt_day(a, old), clock_fmt_day(a, now_due));
		if (r == 0 && !w->dry)
			r = show_on_letter(db, a, ticket_id, timer_id);
	}
	arena_free(a);
	return r;
}

static int recompute_all(struct importing *w, struct db *db)
{
	const struct worktime *wt;
	int64_t after = 0;
	int r = worktime_get(db, &wt);

	while (r == 0) {
		struct arena *a = arena_new(1 << 20);
		struct q_timer_running_page *rows;
		size_t n = 0;

		r = q_timer_running_page(db, a, after, PAGE, &rows, &n);
		for (size_t i = 0; r == 0 && i < n; i++)
			r = recompute_one(w, db, wt, rows[i].id, rows[i].ticket_id);
		if (r == 0 && n)
			after = rows[n - 1].id;
		arena_free(a);
		if (n < PAGE)
			break;
	}
	return r;
}

static int import(struct db *db, void *arg)
{
	struct importing *w = arg;
	int r = 0;

	*w->moves = (struct calendar_moves){ 0 };
	str_cut(w->o, w->o_from);
	for (size_t i = 0; r == 0 && i < w->n; i++) {
		bool same;

		r = is_in_force(db, w->a, &w->files[i], &same);
		if (r == 0 && !same) {
			w->moves->files_changed++;
			r = add_file(db, &w->files[i]);
		}
	}
	if (r == 0 && w->moves->files_changed)
		r = recompute_all(w, db);
	return r == 0 && w->dry ? ERR_STATE : r; /* a dry run is a run that is not kept */
}

int calendar_import(struct db *db, struct arena *a, const char *const *paths, size_t n, bool dry, struct str *o,
                    struct calendar_moves *ret)
{
	struct calendar_file *files = arena_array(a, n + 1, sizeof *files);
	struct importing w = { a, files, n, dry, o, o->len, ret };
	int r = 0;

	for (size_t i = 0; r == 0 && i < n; i++)
		r = calendar_file_read(a, paths[i], &files[i]);
	if (r < 0)
		return r;
	r = db_tx(db, import, &w);
	return dry && r == ERR_STATE ? 0 : r;
}

int calendar_import_shipped(struct db *db, struct arena *a, struct str *o)
{
	const char *paths[64];
	struct calendar_moves moves;
	size_t n = 0;
	int r = 0;

	for (int year = 2007; r == 0 && year < 2060; year++) {
		struct q_calendar_year_of row;
		const char *path = arena_printf(a, "%s/calendars/%d.json", conf.data_dir, year);

		if (access(path, R_OK) != 0)
			continue;
		r = q_calendar_year_of(db, a, year, &row);
		if (r == ERR_NOTFOUND) {
			paths[n++] = path;
			r = 0;
		}
	}
	if (r < 0 || n == 0)
		return r;
	r = calendar_import(db, a, paths, n, false, o, &moves);
	if (r == 0)
		str_addf(o, "calendars: %zu notices\n", n);
	return r;
}
