/* reply - the answer being made: status, headers, body; sent in one piece at the end.
 *
 * A page function writes into p->reply->body (a struct str) or calls one of reply_redirect(), reply_json().
 * Security headers are nginx's; caching is decided here and is no-store unless a page says otherwise. */
#ifndef REPLY_H
#define REPLY_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "arena.h"
#include "err.h"
#include "request.h"
#include "str.h"

#define REPLY_BODY_MAX ((size_t)2 * 1024 * 1024)
#define REPLY_KEPT (-1)
#define REPLY_FRESH (-2)
#define REPLY_HEADERS_MAX ((size_t)16 * 1024)

/* Where a long body goes to; functions return 0, or an error when the reader has gone. */
struct reply_out {
	/* Once, before the first put(): how long the whole will be. Sends the head. */
	int (*begin)(struct reply_out *out, int64_t bytes);
	int (*put)(struct reply_out *out, const char *s, size_t n);
	/* Now and then while nothing is put: it goes on. */
	int (*alive)(struct reply_out *out);
};
/* Makes a long body. An error before begin() becomes an error page; after it the reader gets less than was
 * announced. */
typedef int (*reply_long_fn)(void *ctx, struct reply_out *out);

struct reply {
	struct arena *a;
	int status;                /* 200 until changed */
	const char *type;          /* Content-Type */
	struct str headers;        /* finished "Name: value\r\n" lines */
	struct str body;
	int cache_s;               /* 0: no-store; REPLY_KEPT: this browser only; REPLY_FRESH: asked for anew each time */
	bool tagged;               /* has its ETag already */
	reply_long_fn long_make;   /* NULL: the body is the body */
	void *long_ctx;
	int64_t long_bytes;        /* -1: not known yet */
};

void reply_init(struct arena *a, struct reply *ret);
/* Throws away headers and body made so far: an error page takes their place. Cookies go too. */
void reply_reset(struct reply *r);
/* A header; a name or value with CR, LF or NUL, or a name that is not a token, ends the process: only
 * checked values may reach this. */
void reply_header(struct reply *r, const char *name, const char *value);
void reply_status(struct reply *r, int status);
/* "text/csv; charset=utf-8" */
void reply_type(struct reply *r, const char *type);
/* Offers the body as a file; the name may be Chinese (RFC 6266: filename and filename*). */
void reply_download(struct reply *r, const char *filename);
/* 303 to a path of ours. Returns 0, or ERR_BUG for anything else. */
int reply_redirect(struct reply *r, const char *path) MUST_CHECK;
/* public, max-age=seconds: only for what everyone sees alike (but for the size of the letters: Vary: Cookie). */
void reply_public_cache(struct reply *r, int seconds);
/* public, no-cache: what shows letters. Everybody may keep it and must ask each time whether it is still the same
 * (ETag), so that what is taken down is gone from every cache in that moment; our own nginx keeps nothing of it. */
void reply_public_fresh(struct reply *r);
/* private, no-cache: asked for anew each time, but the back button shows it as it was left. Some browsers forget what
 * was typed into a page that is no-store. Not for pages that show what somebody wrote. */
void reply_browser_keeps(struct reply *r);
/* Writes the JSON as the body and gives up the caller's reference. Returns 0, or ERR_BUG when it does not fit. */
int reply_json(struct reply *r, int status, json_t *value) MUST_CHECK;
/* {"error": {"code", "message", "field"}} with the status of that error; field may be NULL, message NULL is the
 * error's own sentence. */
void reply_json_error(struct reply *r, int code, const char *field, const char *message);
/* A cookie for the whole site, HttpOnly, SameSite=Strict; Secure and "__Host-" with conf.secure_cookies.
 * value NULL deletes it. */
void reply_cookie(struct reply *r, const char *name, const char *value);
/* A preference that is no secret, kept for `days`; SameSite=Lax, no prefix. */
void reply_cookie_kept(struct reply *r, const char *name, const char *value, int days);
/* The name a cookie really has: "sid" or "__Host-sid". */
const char *reply_cookie_name(struct arena *a, const char *name);

/* reply_public_fresh() with an ETag that the page knows before it is made: W/"…" of printable ASCII, another one
 * whenever anything in the answer would be. True when the reader has it: the reply is then 304, and there is nothing
 * to make. */
bool reply_tagged(struct reply *r, const char *tag, const char *if_none_match);
/* The body is made by make(ctx, …) when all else is done, piece by piece: for files that fit into no memory. Never
 * asked for HEAD, nor when the reader has it already. */
void reply_long(struct reply *r, reply_long_fn make, void *ctx);
/* Adds the ETag (weak, from its content) to a 200 reply that may be cached, and turns it into 304 when the
 * browser has it. Called by dispatch.c for GET pages. */
void reply_etag(struct reply *r, const char *if_none_match);
/* The whole answer as FastCGI wants it ("Status: …"), *ret_n bytes in the reply's arena. head_only: no body. */
const char *reply_finish(struct reply *r, bool head_only, size_t *ret_n);

#endif
