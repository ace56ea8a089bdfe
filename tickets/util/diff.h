/* diff - what changed between two texts, so that it reads well for Chinese.
 *
 * Sentences are compared first (Myers, shortest script); where some were replaced by others, the characters inside,
 * unless little of them is left: then the whole sentence is gone and a new one there. Two texts that have almost
 * nothing in common are compared by lines, and in the end as a whole: the cost has a ceiling whatever comes in.
 * Always: the SAME and NEW pieces together are the second text, the SAME and GONE pieces the first. Pure. */
#ifndef DIFF_H
#define DIFF_H

#include <stddef.h>

#include "arena.h"

enum diff_kind { DIFF_SAME, DIFF_GONE, DIFF_NEW };
struct diff_piece { enum diff_kind kind; const char *s; };

/* The pieces in order, GONE before NEW where both stand at one place; texts are copies in the arena. */
struct diff_piece *diff_texts(struct arena *a, const char *before, const char *after, size_t *ret_n);
/* How many characters were added and removed. */
void diff_count(const struct diff_piece *pieces, size_t n, size_t *ret_added, size_t *ret_removed);

#endif
