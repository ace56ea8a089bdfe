/* digest - the letters of a bundle as the list a mail shows. Pure. */
#ifndef DIGEST_H
#define DIGEST_H

#include "store_bundle.h"

/* Letters that are listed; of more it says how many there are. */
#define DIGEST_LINES_MAX 100

/* Section by section (digest.tbl), a line a letter: number, clock, day, address on the desk. */
const char *digest_list(struct arena *a, const struct bundle_line *lines, size_t n, int32_t today);
/* How many letters they are about. */
size_t digest_letters(const struct bundle_line *lines, size_t n);

#endif
