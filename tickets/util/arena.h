/* arena - request memory: everything a request or a job step allocates, freed at once.
 *
 * Called by everyone; a function that may allocate takes the arena as its first argument, and what it
 * returns lives until that arena is reset. Memory comes zeroed. There is no free() for a piece.
 * Running out of memory, or past the ceiling given at arena_new(), ends the process from here and nowhere
 * else: inputs have their own, much lower ceilings, so a user cannot cause it.
 * Built with -DARENA_DEBUG every piece is its own malloc, so that AddressSanitizer sees overruns. */
#ifndef ARENA_H
#define ARENA_H

#include <stddef.h>

struct arena;

/* ceiling_bytes: the most it may ever hold. Never returns NULL. */
struct arena *arena_new(size_t ceiling_bytes);
/* Runs the deferred actions, newest first, and frees everything. NULL is allowed. */
void arena_free(struct arena *a);
/* As arena_free(), but the arena can be used again. */
void arena_reset(struct arena *a);
/* size_bytes zeroed bytes, aligned for any type. Never NULL. */
void *arena_alloc(struct arena *a, size_t size_bytes) __attribute__((returns_nonnull, malloc));
/* n members of size_bytes each; the product is checked. */
void *arena_array(struct arena *a, size_t n, size_t size_bytes) __attribute__((returns_nonnull));
/* A copy of s (of the first n bytes of s), with a NUL after it. */
char *arena_strdup(struct arena *a, const char *s) __attribute__((returns_nonnull));
char *arena_strndup(struct arena *a, const char *s, size_t n) __attribute__((returns_nonnull));
/* printf into the arena. */
char *arena_printf(struct arena *a, const char *fmt, ...) __attribute__((format(printf, 2, 3), returns_nonnull));
/* Calls fn(p) when the arena is reset or freed. */
void arena_defer(struct arena *a, void (*fn)(void *p), void *p);
/* Bytes handed out since the last reset. */
size_t arena_used(const struct arena *a);

#define ARENA_NEW(a, type) ((type *)arena_alloc((a), sizeof(type)))

#endif
