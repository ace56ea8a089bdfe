/* calendar_import - see calendar_import.h. */
#include "calendar_import.h"

#include <stdio.h>
#include <unistd.h>

#include "calendar_file.h"
#include "clock.h"
#include "clock_change.h"
#include "conf.h"
#include "queries.h"

#define PAGE 2000
#define LONG_MS ((int64_t)3600 * 1000)

struct importing {
	struct arena *a;
	const struct calendar_file *files;
	size_t n;
	bool dry;
	struct str *o;
	size_t o_from;               /* a repeated transaction writes its list again from here */
	struct calendar_moves *moves;
};

/* A line for each clock that moves, or has moved. */
static int list_moves(struct importing *w, struct db *db, int64_t id, bool applied)
{
	int64_t ticket = 0, timer = 0;
	size_t n = PAGE;
	int r = 0;

	while (r == 0 && n == PAGE) {
		struct arena *a = arena_new((size_t)8 << 20);
		struct q_move_page *rows;

		r = q_move_page(db, a, id, applied, ticket, ticket, timer, PAGE, &rows, &n);
		for (size_t i = 0; r == 0 && i < n; i++) {
			str_addf(w->o, "%s\t%s\t%s\n", rows[i].no, clock_fmt_day(a, rows[i].old_due_on), clock_fmt_day(a,
				rows[i].new_due_on));
			w->moves->moved++;
			ticket = rows[i].ticket_id;
			timer = rows[i].timer_id;
		}
		arena_free(a);
	}
	return r;
}

static int apply_all(struct importing *w, struct db *db, int64_t id)
{
	struct q_change_get c = { .state = "applying" };
	int r = clock_change_apply(db, w->a, id, 0);

	while (r == 0 && !str_eq(c.state, "done")) {
		size_t done = 0;

		r = clock_change_step(db, w->a, clock_now(), &done);
		if (r == 0)
			r = q_change_get(db, w->a, id, &c);
		if (r == 0 && done == 0 && !str_eq(c.state, "done"))
			usleep(100000); /* slad has it */
	}
	return r;
}

static int import(struct db *db, void *arg)
{
	struct importing *w = arg;
	const struct clock_by by = { 0, "由命令行导入" };
	struct calendar_file *files;
	struct q_change_get c;
	size_t n;
	int64_t id;
	int r = clock_change_notices(db, w->a, &by, w->files, w->n, &id);

	*w->moves = (struct calendar_moves){ 0 };
	str_cut(w->o, w->o_from);
	if (r == ERR_STATE)
		return 0;
	if (r == 0)
		r = clock_change_look(db, w->a, id, LONG_MS);
	if (r < 0 || (r = q_change_get(db, w->a, id, &c)) < 0 || (r = clock_change_files(w->a, &c, &files, &n)) < 0)
		return r;
	w->moves->files_changed = (int)n;
	w->moves->looked_at = c.looked_at;
	if (!w->dry)
		r = apply_all(w, db, id);
	if (r == 0)
		r = list_moves(w, db, id, !w->dry);
	return r == 0 && w->dry ? ERR_STATE : r; /* a dry run is a run that is not kept */
}

static int import_files(struct db *db, struct arena *a, const struct calendar_file *files, size_t n, bool dry,
	struct str *o,
                        struct calendar_moves *ret)
{
	struct importing w = { a, files, n, dry, o, o->len, ret };
	int r = dry ? db_tx(db, import, &w) : import(db, &w);

	return dry && r == ERR_STATE ? 0 : r;
}

int calendar_import(struct db *db, struct arena *a, const char *const *paths, size_t n, bool dry, struct str *o,
                    struct calendar_moves *ret)
{
	struct calendar_file *files = arena_array(a, n + 1, sizeof *files);
	int r = 0;

	if (n > CALENDAR_FILES_MAX)
		return err_set(ERR_INVALID, "more than %d files", CALENDAR_FILES_MAX);
	for (size_t i = 0; r == 0 && i < n; i++)
		r = calendar_file_read(a, paths[i], &files[i]);
	return r < 0 ? r : import_files(db, a, files, n, dry, o, ret);
}

int calendar_import_shipped(struct db *db, struct arena *a, struct str *o)
{
	const char *paths[CALENDAR_FILES_MAX];
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
