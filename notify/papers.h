/* papers - what the makers of files share: an order being made.
 *
 * paperd.c takes an order and calls paper_<code>() of its kind, which writes the file at job->path. A maker reads in
 * pieces, each in memory of its own, and calls paper_step() after each: it tells the person how far it is, keeps the
 * lease, and says when to stop. */
#ifndef PAPERS_H
#define PAPERS_H

#include "queries_read.h"
#include "sheet.h"
#include "store_paper.h"

struct paper_job {
	struct db *db;               /* for the order itself */
	struct db *read;             /* for what goes into the file */
	struct arena *a;             /* lives as long as the job */
	struct paper_order order;
	struct paper_person who;
	const char *path, *tmp_dir;
	int64_t now;                 /* when it was begun */
	int64_t rows;                /* written: of the maker */
	const char *file_name;       /* as it is kept by who fetches it; NULL: its kind and when */
	bool keep;                   /* for as long as what it is of */
};

/* A step of the work is done. ERR_RETRY when the program is to end, ERR_FULL when the disk is nearly so, ERR_CONFLICT
 * when somebody else has the order now: the maker closes its file and passes it on. */
int paper_step(struct paper_job *job) MUST_CHECK;
/* Left in the foot of printed pages: who took it out of the house, and when. */
const char *paper_foot(const struct paper_job *job);

/* --- lists of letters --- */

/* Letters of one file; what is more is left out, and the file says so. */
#define PAPER_LETTERS_MAX 300000
/* Letters read at once, and room for them. */
#define PAPER_PAGE_ROWS 1000
#define PAPER_PAGE_ARENA ((size_t)32 * 1024 * 1024)

/* The columns that every list of the desk has, and their cells. */
#define PAPER_LETTER_COLUMNS(C)                                                                                      \
	C("编号", 20) C("类型", 10) C("标题", 48) C("承办单位", 20) C("承办人", 10) C("状态", 12) C("来信方式", 12)        \
	C("收到日期", 12) C("答复期限", 12) C("期限是否暂定", 12)
#define PAPER_COLUMN(head, width) { head, width },
void paper_letter_cells(struct sheet *s, const struct q_list_open *row);
/* The last table: what the file with job->rows letters is, for whom it is out of its context. cut: there were more.
 * more: another line of it; NULL. */
struct paper_note { const char *what, *text; };
void paper_about(struct paper_job *job, struct sheet *s, bool cut, const struct paper_note *more);

#define PAPER(name, code, ending, cap, zh) int paper_##code(struct paper_job *job) MUST_CHECK;
#include "papers.tbl"

#endif
