/* sentences - a text cut into sentences, or a piece of it into what a person counts as characters.
 *
 * For diff.c and structure.c. Pure; the pieces point into the text and together are the text, to the byte. */
#ifndef SENTENCES_H
#define SENTENCES_H

#include <stdbool.h>
#include <stddef.h>

#include "arena.h"

struct piece { const char *s; size_t n; };

/* A sentence ends behind 。！？；… and their half-width kin (with the quotes and brackets that close there), or at a line
 * end, which belongs to it. */
struct piece *sentences_cut(struct arena *a, const char *s, size_t n, size_t *ret_n);
/* Lines with their ends. */
struct piece *sentences_lines(struct arena *a, const char *s, size_t n, size_t *ret_n);
/* Grapheme clusters. */
struct piece *sentences_characters(struct arena *a, const char *s, size_t n, size_t *ret_n);
bool sentences_same(struct piece a, struct piece b);

#endif
