/* sqlgen - the query compiler as functions, for its main() and its fuzz entry. */
#ifndef SQLGEN_H
#define SQLGEN_H

#include <stdio.h>

#define SQLGEN_QUERIES_MAX 1024
#define SQLGEN_FILE_MAX (1 << 20)

struct sqlgen;

/* Where the two headers (reading queries; all) and the code go. */
struct sqlgen *sqlgen_new(FILE *hr, FILE *h, FILE *c);
/* src (NUL-terminated) is cut up. 0, or -1 with "file:line: error: …" in sqlgen_error(). */
int sqlgen_compile(struct sqlgen *g, const char *file, char *src);
const char *sqlgen_error(const struct sqlgen *g);
/* Writes the ends and frees g. */
void sqlgen_finish(struct sqlgen *g);

#endif
