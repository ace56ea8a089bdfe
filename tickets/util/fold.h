/* fold - text as it is compared when somebody searches: half width, small letters, simplified characters, one blank.
 *
 * Used for what is searched in and for what is searched for. Each character is folded by itself (table made by foldgen
 * from Unicode's NFKC and OpenCC's characters), only runs of blanks and line ends become one blank: a text that holds a
 * word holds it folded too. Pure. */
#ifndef FOLD_H
#define FOLD_H

#include <stddef.h>
#include <stdint.h>

#include "arena.h"

/* Of which table this program was made: what was folded by another one must be folded again. */
uint64_t fold_version(void);
/* s folded; s is valid UTF-8 (other bytes stay). Blanks in front are left out. */
char *fold_text(struct arena *a, const char *s);
/* The one character that c is folded to; c itself where it stays, or becomes several. */
uint32_t fold_character(uint32_t c);
/* Bytes of fold_text(s), ascending, become the bytes of s at which the characters begin that gave them; the length of s
 * for what lies past the end. */
void fold_places(const char *s, size_t *at, size_t n);

#endif
