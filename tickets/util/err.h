/* err - error codes, with one slot for the detail.
 *
 * A function that can fail returns 0 or a negative ERR_*. The detail is set once, where it happens, with
 * err_set(); higher layers pass the code on and do not overwrite it. Nobody logs but the main loop.
 * What a code means on the web, and the sentence a user reads, stands in errors.tbl. */
#ifndef ERR_H
#define ERR_H

#include <stdbool.h>

enum err {
	ERR__OK = 0,
#define ERR(name, http, level, retry, text) ERR__SEQ_##name,
#include "errors.tbl"
#undef ERR
	ERR__MAX
};
enum {
#define ERR(name, http, level, retry, text) ERR_##name = -ERR__SEQ_##name,
#include "errors.tbl"
#undef ERR
};

#define MUST_CHECK __attribute__((warn_unused_result))

/* Keeps the detail (English, for the log; at most 500 bytes) and returns code. */
int err_set(int code, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* A sentence for the user that is more helpful than the table's; returns code. At most 500 bytes. */
int err_say(int code, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* The detail, or "" . Valid until the next err_set() or err_clear(). */
const char *err_detail(void);
/* The sentence for the user: err_say()'s, or the table's. */
const char *err_text(int code);
void err_clear(void);
/* "DENIED" for ERR_DENIED; "OK" for 0. */
const char *err_name(int code);
int err_http(int code);
/* A LOG_* level of log.h. */
int err_level(int code);

/* For what cannot be: stays on in production, logs and ends the process. Never for what a user, a file or
 * the network supplies. */
#define must(x) do { if (!(x)) err_must_failed(#x, __FILE__, __LINE__); } while (0)
void err_must_failed(const char *what, const char *file, int line) __attribute__((noreturn));

#endif
