/* compose - an event becomes a message: which text, and its placeholders filled in.
 *
 * Texts (texts/<name>.zh_CN.txt, compiled in): the first line is the subject, an empty line, the body. A line
 * with a placeholder that has no value is left out. Writers read number, dates and an address of ours, and
 * nothing about what the letter is about, who deals with it or who wrote it: a notice is read on lock screens
 * and shared computers. */
#ifndef COMPOSE_H
#define COMPOSE_H

#include <stddef.h>
#include <stdint.h>

#include "arena.h"
#include "store_outbox.h"

struct compose_row {
	enum outbox_audience audience;
	const char *event;           /* "": any */
	const char *text_name;
	const char *text;
	const char *due;             /* "answer", "next", "" or the code of a clock */
	const char *role;
};

/* What may stand in a text. Empty or NULL: none. */
struct notice {
	const char *number;
	int32_t due;                 /* DAY_NONE: none */
	const char *unit;            /* never in a writer's text */
	int32_t today;
	const char *what, *light, *words, *since;  /* of an alarm; then there is no number */
	const char *count, *list;    /* of a bundle; then there is no number */
};

/* The row for an event; the audience's general one when it has none of its own. Never NULL. */
const struct compose_row *compose_row(enum outbox_audience audience, const char *event);
/* All rows, for the tests. */
const struct compose_row *compose_rows(size_t *ret_n);

/* Fills in the row's text and adds the audience's foot. ERR_BUG when a placeholder is not known. */
int compose(struct arena *a, const struct compose_row *row, const struct notice *n, const char **ret_subject,
            const char **ret_body) MUST_CHECK;

/* The mail of a bundle of several letters: n->count, n->list, n->unit. */
int compose_bundle(struct arena *a, const struct notice *n, const char **ret_subject, const char **ret_body) MUST_CHECK;

#endif
