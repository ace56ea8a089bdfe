/* sqlfile - splits a file of SQL into its statements, for the migration runner. */
#ifndef SQLFILE_H
#define SQLFILE_H

#include "arena.h"
#include "err.h"

/* The statements of text (quotes and comments understood, semicolons removed), in the arena. ERR_INVALID for an
 * unclosed quote or comment. */
int sqlfile_split(struct arena *a, const char *text, char ***ret, size_t *ret_n) MUST_CHECK;

#endif
