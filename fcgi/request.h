/* request - what the browser sent, checked and decoded once.
 *
 * main.c fills it from FastCGI: request_read_head() from the parameters, request_read_body() after
 * dispatch has found the page and with it the size allowed. Everything lives in the request's arena. All text
 * is valid UTF-8 without NUL; a field sent twice is refused but where a form declares a list.
 * The parsing cores work on plain buffers, so that unit tests and fuzzing need no FastCGI. */
#ifndef REQUEST_H
#define REQUEST_H

#include <stdbool.h>
#include <stddef.h>

#include "arena.h"
#include "err.h"

#define REQUEST_PARAMS_MAX 64
#define REQUEST_BODY_MAX ((size_t)1024 * 1024)
#define REQUEST_QUERY_MAX ((size_t)8 * 1024)
#define REQUEST_PATH_MAX ((size_t)1024)

enum method { METHOD_GET, METHOD_HEAD, METHOD_POST, METHOD_OTHER };
enum body_kind { BODY_NONE, BODY_FORM, BODY_JSON };

struct param { const char *name; const char *value; };
struct params { struct param list[REQUEST_PARAMS_MAX]; size_t n; };

struct request {
	enum method method;
	const char *path;            /* decoded; "/" first; never "//", "/./" or "/../" */
	const char *target;          /* path and query as sent, for "come back here after login" */
	struct params query;
	struct params cookies;
	struct params form;          /* of an urlencoded body */
	enum body_kind body_kind;
	const char *body;            /* as sent; NUL after it */
	size_t body_bytes;
	size_t body_declared_bytes;  /* CONTENT_LENGTH */
	const char *rid;             /* nginx's request id; [0-9A-Za-z-]{1,40}, or made here */
	const char *client;          /* address of the client as nginx sees it */
	/* Headers; "" when not sent. */
	const char *host, *origin, *fetch_site, *if_none_match, *accept_language, *authorization, *idempotency_key;
};

/* Where request_read_head() takes a parameter from (FCGX_GetParam); NULL when absent. */
typedef const char *(*request_param_fn)(void *ctx, const char *name);
/* Reads at most n bytes into buf; fewer only at the end (FCGX_GetStr). */
typedef size_t (*request_read_fn)(void *ctx, char *buf, size_t n);

/* Everything but the body. ERR_BADREQ or ERR_TOOBIG; *ret is then filled as far as it goes (rid, method and
 * path are never NULL), so that an error page can be made. */
int request_read_head(struct arena *a, request_param_fn param, void *ctx, struct request *ret) MUST_CHECK;
/* The body: at most max_bytes (and never over REQUEST_BODY_MAX: ERR_TOOBIG), exactly as many as declared
 * (ERR_BADREQ). urlencoded fields go to req->form; JSON stays raw; other kinds are ERR_TYPE. */
int request_read_body(struct arena *a, struct request *req, size_t max_bytes, request_read_fn read, void *ctx)
	MUST_CHECK;

/* The value of the first parameter of that name, or NULL. */
const char *params_get(const struct params *p, const char *name);
/* How many parameters have that name. */
size_t params_count(const struct params *p, const char *name);

/* --- cores: n bytes at s need no NUL after them --- */

/* "a=1&b=%E4%BD%A0+x" → parameters. ERR_BADREQ: broken %XX, invalid UTF-8, NUL, a name empty or longer than 64
 * bytes. ERR_TOOBIG: more than REQUEST_PARAMS_MAX. */
int request_parse_form(struct arena *a, const char *s, size_t n, struct params *ret) MUST_CHECK;
/* As above; more than REQUEST_QUERY_MAX bytes is ERR_TOOBIG. */
int request_parse_query(struct arena *a, const char *s, size_t n, struct params *ret) MUST_CHECK;
/* "sid=…; x=y". A broken pair is skipped: other software of the host may set cookies we cannot read. Of
 * cookies with the same name none is kept: one of them was planted. */
void request_parse_cookies(struct arena *a, const char *s, size_t n, struct params *ret);
/* Decodes a path once. ERR_BADREQ: not starting with "/", broken %XX, %00, %2F, %5C, a backslash, control
 * characters, invalid UTF-8, an empty segment, "." or ".." as a segment, or over REQUEST_PATH_MAX. */
int request_decode_path(struct arena *a, const char *s, size_t n, const char **ret_path) MUST_CHECK;
/* Percent-decoding into the arena; plus: "+" is a space. ERR_BADREQ as in request_parse_form(). */
int request_decode(struct arena *a, const char *s, size_t n, bool plus, const char **ret) MUST_CHECK;
/* True for a path (with query) of this site that is safe in a Location header: "/x", not "//x". */
bool request_own_path(const char *s);

#endif
