/* paper_watched - a list of supervision as a table: the letters of the page with the columns of every list, and what
 * supervisors go by: since when nothing moved, what came again, how hard it was pressed.
 *
 * Read page by page, all of them as of one moment. */
#include "clock.h"
#include "papers.h"
#include "str.h"
#include "watch.h"
#include "watch_list.h"

static const struct sheet_column columns[] = {
	PAPER_LETTER_COLUMNS(PAPER_COLUMN) { "收到天数", 10 }, { "第几轮", 8 }, { "最近进展", 12 }, { "写信人催办", 12 },
	{ "追问次数", 10 }, { "并入封数", 10 }, { "同一电话另有来信", 12 }, { "领导批示", 10 }, { "提醒", 8 }, { "催办", 8 },
	{ "督办令", 8 }, { "列入通报", 10 }, { "最近督促", 12 }, { "模拟信件", 10 },
};

struct watched {
	struct paper_job *job;
	struct sheet *sheet;
	struct watch_query ask;
	bool more, cut;              /* there are more; there were, and they are left out */
	bool plans;                  /* this person plans simulated questions: nobody else reads of them */
};

static void day_of(struct sheet *s, int64_t at)
{
	sheet_day(s, at == TIME_NONE ? DAY_NONE : clock_day(at));
}

static void put(const struct watched *w, const struct q_list_open *row, const struct q_watch_more *m)
{
	struct sheet *s = w->sheet;

	sheet_row(s);
	paper_letter_cells(s, row);
	sheet_count(s, clock_day(w->job->now) - row->received_on);
	sheet_count(s, m->round);
	sheet_day(s, m->still_since);
	day_of(s, m->nudged_at);
	sheet_count(s, m->asked_n);
	sheet_count(s, m->merged_n);
	sheet_text(s, (m->signs & WATCH_SAME) != 0 ? "是" : "");
	sheet_text(s, (m->signs & WATCH_LEADER) != 0 ? "是" : "");
	sheet_count(s, m->reminds);
	sheet_count(s, m->urges);
	sheet_count(s, m->orders);
	sheet_count(s, m->circulars);
	day_of(s, m->last_at);
	if (w->plans)
		sheet_text(s, m->simulated ? "模拟" : "");
}

static int details(const struct desk_reader *by, const struct q_list_open *rows, size_t n, struct q_watch_more **ret,
	size_t *ret_n)
{
	struct str ids;

	str_init(&ids, by->a, 24 * (n + 1));
	for (size_t i = 0; i < n; i++)
		str_addf(&ids, "%s%lld", i > 0 ? "," : "[", (long long)rows[i].id);
	str_add(&ids, n > 0 ? "]" : "[]");
	return q_watch_more(by->db, by->a, ids.s, ret, ret_n);
}

/* Where the row of a letter is; they come in the order asked for, or nearly. */
static const struct q_watch_more *find(const struct q_watch_more *rows, size_t n, size_t near, int64_t id)
{
	static const struct q_watch_more none = { .still_since = DAY_NONE, .nudged_at = TIME_NONE, .last_at = TIME_NONE };

	if (near < n && rows[near].ticket_id == id)
		return &rows[near];
	for (size_t i = 0; i < n; i++) {
		if (rows[i].ticket_id == id)
			return &rows[i];
	}
	return &none;
}

static int add_page(struct watched *w, const struct desk_reader *by)
{
	const struct q_list_open *next = NULL;
	struct q_list_open *rows = NULL;
	struct q_watch_more *more = NULL;
	size_t n = 0, more_n = 0;
	int r = watch_list_load(by, &w->ask, &rows, &n, &next);

	if (r == 0)
		r = details(by, rows, n, &more, &more_n);
	for (size_t i = 0; r == 0 && i < n; i++, w->job->rows++)
		put(w, &rows[i], find(more, more_n, i, rows[i].id));
	w->more = next != NULL;
	if (next != NULL) {
		w->ask.after_day = next->sort_due;
		w->ask.after_id = next->id;
	}
	return r;
}

static int add_pages(struct db *db, void *arg)
{
	struct watched *w = arg;
	const struct desk_reader by = { db, arena_new(PAPER_PAGE_ARENA), &w->job->who.actor };
	int r = 0;

	w->more = true;
	while (r == 0 && w->more && !w->cut) {
		r = add_page(w, &by);
		arena_reset(by.a);
		if (r == 0)
			r = paper_step(w->job);
		w->cut = w->more && w->job->rows >= PAPER_LETTERS_MAX;
	}
	arena_free(by.a);
	return r;
}

int paper_watched(struct paper_job *job)
{
	static const struct paper_note note = { "最近进展", "办理向前走的最近一天；提醒、催办、督办不算进展" };
	struct sheet_about about = { .title = job->order.title, .author = job->who.unit };
	struct watched w = { .job = job, .plans = access_may(&job->who.actor, CAP_INSPECT) };
	int r = watch_list_unpack(job->a, job->order.params, &w.ask), closed;

	if (r < 0)
		return r;
	w.ask.limit = PAPER_PAGE_ROWS;
	sheet_open(job->a, job->path, job->tmp_dir, &about, &w.sheet);
	sheet_table(w.sheet, "信件", columns, sizeof columns / sizeof columns[0] - (w.plans ? 0 : 1), paper_foot(job));
	r = db_read_tx(job->read, add_pages, &w);
	paper_about(job, w.sheet, w.cut, &note);
	closed = sheet_close(w.sheet);
	return r < 0 ? r : closed;
}
