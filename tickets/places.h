/* places - the parts of the city that letters are about, and the words by which they are called in letters.
 *
 * A published letter belongs to the place whose word its published title, text or answer names first (sql/schema/0083):
 * so the place tells nothing that its words do not tell. The list is the operator's: one JSON file, as in
 * sql/demo/city.json under "places": [{"code": "qingshan", "name": "青山街道", "words": ["青山街道", "杏花里"]}, …]. */
#ifndef PLACES_H
#define PLACES_H

#include <jansson.h>

#include "db.h"

#define PLACES_MAX 500
#define PLACE_WORDS_MAX 5000

/* The list takes the place of the one before; then all published letters are looked at anew, in batches, and places
 * that are not in the list are gone. Run again it goes on after an interruption. *ret_letters: how many published
 * letters there are. ERR_INVALID: the detail says which entry and why; nothing is changed then. Not in a transaction
 * when there are letters. */
int places_set(struct db *db, struct arena *a, const json_t *list, int64_t *ret_letters) MUST_CHECK;

#endif
