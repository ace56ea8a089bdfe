/* papers - what the makers of files share: an order being made.
 *
 * paperd.c takes an order and calls paper_<code>() of its kind, which writes the file at job->path. A maker reads in
 * pieces, each in memory of its own, and calls paper_step() after each: it tells the person how far it is, keeps the
 * lease, and says when to stop. */
#ifndef PAPERS_H
#define PAPERS_H

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

#define PAPER(name, code, ending, cap, zh) int paper_##code(struct paper_job *job) MUST_CHECK;
#include "papers.tbl"

#endif
