/* public_similar - published letters that look like another: by the pairs of characters their titles share. */
#ifndef PUBLIC_SIMILAR_H
#define PUBLIC_SIMILAR_H

#include "page.h"
#include "queries_read.h"
#include "views/_similar.h"

#define SIMILAR 3

/* The ids of the likest titles, the best first, without not_id; returns how many. Of the latest, not of the index of
 * the search: what holds one of several pairs grows with each letter published, and no page is to be slower. */
size_t similar_pick(const char *title, int64_t not_id, const struct q_pub_titles *rows, size_t n, int64_t ids[SIMILAR]);
/* Up to three published answers to what a letter of this title may ask, of any type. Five queries at most. */
int similar_answers(struct page *p, const char *title, struct part_similar *ret) MUST_CHECK;

#endif
