/* figure_letters - the letters behind one figure of the statistics, the latest first, as far as somebody may see them.
 *
 * By the day the measure falls on (stats.h), with the conditions of figures.sql. Asked by /figures/letters and by what
 * makes a file of such a list (notify/). */
#ifndef FIGURE_LETTERS_H
#define FIGURE_LETTERS_H

#include "desk_list.h"

struct figure_letters {
	const char *measure;         /* one that figure_letters_day() knows */
	int32_t from, to, today;
	int64_t unit;                /* 0: all */
	const char *type;            /* NULL: all */
	const char *topics;          /* "100,101"; "" all */
	int32_t before_on;           /* the last row shown; before_id 0: from the start */
	int64_t before_id;
	int limit;
};

/* All queries have these columns. */
typedef struct q_letters_received figure_letter_row;

/* What the day of a row is: 收到, 答复期限 …; NULL: no list for this measure. */
const char *figure_letters_day(const char *measure);
int figure_letters_load(const struct desk_reader *by, const struct figure_letters *ask, figure_letter_row **ret,
	size_t *ret_n) MUST_CHECK;

/* Which letters, as text, from the start, and read again; the limit is the caller's. ERR_INVALID when the text is none
 * of ours. Pure. */
const char *figure_letters_pack(struct arena *a, const struct figure_letters *ask);
int figure_letters_unpack(struct arena *a, const char *text, struct figure_letters *ret) MUST_CHECK;

#endif
