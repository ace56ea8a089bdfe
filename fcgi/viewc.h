/* viewc - the template compiler, callable from a buffer (the program, the golden tests, the fuzzer). */
#ifndef VIEWC_H
#define VIEWC_H

#include <stddef.h>

/* Compiles the template in src, len bytes. path is its name (fcgi/views/NAME.html): NAME names the function,
 * the whole of it goes into #line and messages. Returns 0 and the C text, or -1 and one line
 * "path:line:col: error: …" without a newline. *ret_text is malloc'ed in both cases; the caller frees it. */
int viewc_compile(const char *src, size_t len, const char *path, char **ret_text);

#endif
