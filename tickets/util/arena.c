/* arena - see arena.h. Blocks of 32 KiB in a list; a piece larger than a quarter block gets its own. */
#include "arena.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "log.h"

#ifdef ARENA_DEBUG
#define BLOCK_BYTES 0
#else
#define BLOCK_BYTES (32 * 1024)
#endif
#define ALIGN 16

struct block {
	struct block *next;
	size_t used;
	size_t cap;
	_Alignas(ALIGN) unsigned char data[];
};

struct defer {
	struct defer *next;
	void (*fn)(void *p);
	void *p;
};

struct arena {
	struct block *blocks;
	struct defer *defers;
	size_t used;
	size_t ceiling;
};

static void out_of_memory(const char *why, size_t n)
{
	log_event(LOG_ERROR, "out_of_memory", "why=\"%s\" bytes=%zu", why, n);
	abort();
}

struct arena *arena_new(size_t ceiling_bytes)
{
	struct arena *a = calloc(1, sizeof *a);

	if (!a)
		out_of_memory("arena", sizeof *a);
	a->ceiling = ceiling_bytes;
	return a;
}

static struct block *block_new(struct arena *a, size_t cap)
{
	struct block *b = malloc(sizeof *b + cap);

	if (!b)
		out_of_memory("block", cap);
	b->used = 0;
	b->cap = cap;
	/* A block with room stays in front; a piece's own block goes behind it. */
	if (a->blocks && cap != BLOCK_BYTES) {
		b->next = a->blocks->next;
		a->blocks->next = b;
	} else {
		b->next = a->blocks;
		a->blocks = b;
	}
	return b;
}

void *arena_alloc(struct arena *a, size_t size_bytes)
{
	size_t n = (size_bytes + ALIGN - 1) & ~(size_t)(ALIGN - 1);
	struct block *b = a->blocks;
	void *p;

	if (n < size_bytes || a->used + n > a->ceiling)
		out_of_memory("over the ceiling", size_bytes);
	a->used += n;
#ifdef ARENA_DEBUG
	b = block_new(a, size_bytes ? size_bytes : 1);
#else
	if (n > BLOCK_BYTES / 4)
		b = block_new(a, n);
	else if (!b || b->cap - b->used < n)
		b = block_new(a, BLOCK_BYTES);
#endif
	p = b->data + b->used;
	b->used += b->cap < n ? b->cap : n;
	return memset(p, 0, size_bytes);
}

void *arena_array(struct arena *a, size_t n, size_t size_bytes)
{
	size_t total;

	if (__builtin_mul_overflow(n, size_bytes, &total))
		out_of_memory("array too large", n);
	return arena_alloc(a, total);
}

char *arena_strndup(struct arena *a, const char *s, size_t n)
{
	char *p = arena_alloc(a, n + 1);

	memcpy(p, s, n);
	return p;
}

char *arena_strdup(struct arena *a, const char *s)
{
	return arena_strndup(a, s, strlen(s));
}

char *arena_printf(struct arena *a, const char *fmt, ...)
{
	va_list ap;
	int n;
	char *p;

	va_start(ap, fmt);
	n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	if (n < 0)
		out_of_memory("printf", 0);
	p = arena_alloc(a, (size_t)n + 1);
	va_start(ap, fmt);
	vsnprintf(p, (size_t)n + 1, fmt, ap);
	va_end(ap);
	return p;
}

void arena_defer(struct arena *a, void (*fn)(void *p), void *p)
{
	struct defer *d = ARENA_NEW(a, struct defer);

	d->fn = fn;
	d->p = p;
	d->next = a->defers;
	a->defers = d;
}

void arena_reset(struct arena *a)
{
	struct block *keep = NULL;

	for (struct defer *d = a->defers; d; d = d->next)
		d->fn(d->p);
	a->defers = NULL;
	for (struct block *b = a->blocks, *next; b; b = next) {
		next = b->next;
		if (!keep && b->cap == BLOCK_BYTES && BLOCK_BYTES) {
			keep = b;
			b->used = 0;
			b->next = NULL;
		} else {
			free(b);
		}
	}
	a->blocks = keep;
	a->used = 0;
}

void arena_free(struct arena *a)
{
	if (!a)
		return;
	arena_reset(a);
	free(a->blocks);
	free(a);
}

size_t arena_used(const struct arena *a)
{
	return a->used;
}
