/* reply - the answer being made: status, headers, body; sent in one piece at the end.
 *
 * A page function writes into p->reply->body (a struct str) or calls one of reply_redirect(), reply_json().
 * Security headers are nginx's; caching is decided here and is no-store unless a page says otherwise. */
#ifndef REPLY_H
#define REPLY_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "arena.h"
#include "err.h"
#include "request.h"
#include "str.h"

#define REPLY_BODY_MAX ((size_t)2 * 1024 * 1024)
#define REPLY_KEPT (-1)
#define REPLY_HEADERS_MAX ((size_t)16 * 1024)

struct reply {
	struct arena *a;
	int status;                /* 200 until changed */
	const char *type;          /* Content-Type */
	struct str headers;        /* finished "Name: value\r\n" lines */
	struct str body;
	int cache_s;               /* 0: no-store; REPLY_KEPT: this browser only */
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

/* Adds the ETag (weak, from its content) to a 200 reply that may be cached, and turns it into 304 when the
 * browser has it. Called by dispatch.c for GET pages. */
void reply_etag(struct reply *r, const char *if_none_match);
/* The whole answer as FastCGI wants it ("Status: …"), *ret_n bytes in the reply's arena. head_only: no body. */
const char *reply_finish(struct reply *r, bool head_only, size_t *ret_n);

#endif
