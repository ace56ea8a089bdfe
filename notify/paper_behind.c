/* paper_behind - the letters behind one figure of the statistics as a table.
 *
 * Read page by page, all of them as of one moment. */
#include "clock.h"
#include "figure_letters.h"
#include "papers.h"
#include "states.h"
#include "str.h"

#define DUE "答复期限"

struct behind {
	struct paper_job *job;
	struct sheet *sheet;
	struct figure_letters ask;
	bool more, cut;              /* there are more; there were, and they are left out */
};

static void put(const struct behind *b, const figure_letter_row *row)
{
	struct sheet *s = b->sheet;

	sheet_row(s);
	sheet_text(s, row->no);
	sheet_text(s, states_type_name(states_type_from(row->type)));
	sheet_text(s, row->title);
	sheet_text(s, row->unit_name != NULL ? row->unit_name : "");
	sheet_text(s, states_office(states_from(row->state)));
	sheet_day(s, row->day);
	sheet_day(s, row->due_on);
}

static int add_page(struct behind *b, const struct desk_reader *by)
{
	figure_letter_row *rows = NULL;
	size_t n = 0;
	int r = figure_letters_load(by, &b->ask, &rows, &n);

	for (size_t i = 0; r == 0 && i < n; i++, b->job->rows++)
		put(b, &rows[i]);
	b->more = r == 0 && n == (size_t)b->ask.limit;
	if (b->more) {
		b->ask.before_on = rows[n - 1].day;
		b->ask.before_id = rows[n - 1].id;
	}
	return r;
}

static int add_pages(struct db *db, void *arg)
{
	struct behind *b = arg;
	const struct desk_reader by = { db, arena_new(PAPER_PAGE_ARENA), &b->job->who.actor };
	int r = 0;

	b->more = true;
	while (r == 0 && b->more && !b->cut) {
		r = add_page(b, &by);
		arena_reset(by.a);
		if (r == 0)
			r = paper_step(b->job);
		b->cut = b->more && b->job->rows >= PAPER_LETTERS_MAX;
	}
	arena_free(by.a);
	return r;
}

int paper_behind(struct paper_job *job)
{
	struct sheet_about about = { .title = job->order.title, .author = job->who.unit };
	struct behind b = { .job = job };
	int r = figure_letters_unpack(job->a, job->order.params, &b.ask), closed;
	const char *day;

	if (r < 0)
		return r;
	b.ask.limit = PAPER_PAGE_ROWS;
	day = figure_letters_day(b.ask.measure);
	sheet_open(job->a, job->path, job->tmp_dir, &about, &b.sheet);
	/* Where the day is that of the term, the last column says nothing new and is still there: all files are alike. */
	sheet_table(b.sheet, "信件", (const struct sheet_column[]){ { "编号", 20 }, { "类型", 10 }, { "标题", 48 },
		{ "承办单位", 20 }, { "状态", 12 }, { str_eq(day, DUE) ? "统计日期（答复期限）" : day, 20 }, { DUE, 12 } }, 7,
		paper_foot(job));
	r = db_read_tx(job->read, add_pages, &b);
	paper_about(job, b.sheet, b.cut, &(struct paper_note){ "统计", "各项指标的定义见“办理统计”页" });
	closed = sheet_close(b.sheet);
	return r < 0 ? r : closed;
}
