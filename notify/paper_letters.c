/* paper_letters - a list of letters as a table: the same letters and rights as on the page, never a contact.
 *
 * Read page by page, all of them as of one moment. */
#include "clock.h"
#include "channels.h"
#include "desk_params.h"
#include "papers.h"
#include "states.h"
#include "str.h"

static const struct sheet_column columns[] = { PAPER_LETTER_COLUMNS(PAPER_COLUMN) };

struct letters {
	struct paper_job *job;
	struct sheet *sheet;
	struct desk_query ask;
	int64_t n;                   /* letters, all tables together */
	bool cut;                    /* there were more */
};

void paper_letter_cells(struct sheet *s, const struct q_list_open *r)
{
	sheet_text(s, r->no);
	sheet_text(s, states_type_name(states_type_from(r->type)));
	sheet_text(s, r->title);
	sheet_text(s, r->unit_name != NULL ? r->unit_name : "");
	sheet_text(s, r->handler_name != NULL ? r->handler_name : "");
	sheet_text(s, states_office(states_from(r->state)));
	sheet_text(s, channels_name(r->channel));
	sheet_day(s, r->received_on);
	sheet_day(s, r->due_on);
	sheet_text(s, r->due_on != DAY_NONE && r->due_provisional ? "暂定" : "");
}

/* One more page of the list; *ret_n: its rows. */
static int add_page(struct letters *l, struct db *db, struct arena *a, size_t *ret_n)
{
	const struct desk_reader by = { db, a, &l->job->who.actor };
	struct q_list_open *rows = NULL;
	int r = desk_list_load(&by, &l->ask, &rows, ret_n);

	for (size_t i = 0; r == 0 && i < *ret_n; i++) {
		if (l->n == PAPER_LETTERS_MAX) {
			l->cut = true;
			break;
		}
		sheet_row(l->sheet);
		paper_letter_cells(l->sheet, &rows[i]);
		l->n++;
	}
	if (r == 0 && *ret_n > 0) {
		l->ask.after_due = rows[*ret_n - 1].sort_due;
		l->ask.after_id = rows[*ret_n - 1].id;
	}
	return r;
}

static int add_pages(struct db *db, void *arg)
{
	struct letters *l = arg;
	struct arena *a = arena_new(PAPER_PAGE_ARENA);
	size_t n = PAPER_PAGE_ROWS;
	int r = 0;

	l->ask.limit = PAPER_PAGE_ROWS;
	while (r == 0 && n == PAPER_PAGE_ROWS && !l->cut) {
		r = add_page(l, db, a, &n);
		arena_reset(a);
		l->job->rows = l->n;
		if (r == 0)
			r = paper_step(l->job);
		if (l->ask.returned)
			break;
	}
	arena_free(a);
	return r;
}

static void about_row(struct sheet *s, const char *what, const char *text)
{
	sheet_row(s);
	sheet_text(s, what);
	sheet_text(s, text);
}

void paper_about(struct paper_job *job, struct sheet *s, bool cut, const struct paper_note *more)
{
	static const struct sheet_column head[] = { { "项目", 16 }, { "说明", 80 } };
	struct arena *a = job->a;

	sheet_table(s, "说明", head, 2, paper_foot(job));
	about_row(s, "内容", job->order.title);
	about_row(s, "信件数", arena_printf(a, "%lld 封%s", (long long)job->rows,
		cut ? "（只导出了前面的部分，请缩小范围分几次导出）" : ""));
	about_row(s, "数据时间", arena_printf(a, "%s（北京时间），各行同一时刻读取", clock_fmt(a, job->now)));
	about_row(s, "导出人", arena_printf(a, "%s %s（%s）", job->who.unit, job->who.actor.name, job->who.login));
	about_row(s, "范围", "只有导出人有权查看的信件；不含写信人的姓名和联系方式");
	about_row(s, "期限", "按工作日计算的答复期限；暂定的期限落在放假安排还没有公布的年份，公布后可能变化");
	if (more != NULL)
		about_row(s, more->what, more->text);
	about_row(s, "使用", "内部资料，请妥善保管，用完删除；以 = + - @ 开头的文字前加了 '，以免被当作公式");
}

int paper_letters(struct paper_job *job)
{
	struct sheet_about about_file = { .title = job->order.title, .author = job->who.unit };
	struct letters l = { .job = job };
	int r = desk_params_unpack(job->a, job->order.params, &job->who.actor, &l.ask), closed;

	if (r < 0)
		return r;
	sheet_open(job->a, job->path, job->tmp_dir, &about_file, &l.sheet);
	sheet_table(l.sheet, "信件", columns, sizeof columns / sizeof columns[0], paper_foot(job));
	r = db_read_tx(job->read, add_pages, &l);
	paper_about(job, l.sheet, l.cut, NULL);
	closed = sheet_close(l.sheet);
	return r < 0 ? r : closed;
}
