/* gram - what the desk's search in lists goes by: pairs of neighbouring characters.
 *
 * Chinese has no spaces between words; every pair of characters of a title or place is a way to it. intake.c and
 * import_letter.c write them with the letter (table ticket_gram), desk_list.c asks for some of what was typed. Pure
 * but for gram_add(). Both sides fold full width and capitals alike. */
#ifndef GRAM_H
#define GRAM_H

#include "arena.h"
#include "db.h"

#define GRAM_PICK_MAX 8
/* The pairs of what is asked for, of which the rarest lead to the letters; "" for those there are not. */
struct gram_pairs { const char *g[GRAM_PICK_MAX]; size_t n; };

/* Lower case, half width: as both sides compare. */
const char *gram_fold(struct arena *a, const char *s);
/* Pairs of folded words, spread over them when there are more. False for a single character.
 * Six digits are the part of a number that people remember: they are one gram. */
bool gram_pick(struct arena *a, const char *folded, struct gram_pairs *ret);
/* All pairs of title and place, and the six random digits of the number. */
int gram_add(struct db *db, struct arena *a, int64_t ticket_id, const char *no, const char *title, const char *place)
	MUST_CHECK;

#endif
