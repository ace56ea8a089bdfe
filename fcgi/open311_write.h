/* open311_write - documents of Open311 GeoReport v2 in their two forms, and its errors.
 *
 * A document is built once, as JSON by the specification's convention: the outer wrapper is dropped, what is empty is
 * null, groups are arrays. The XML is the same tree with element names (libxml2's writer). Used by open311*.c, and by
 * failure.c, so that whatever goes wrong below /open311/ is answered in its own form. */
#ifndef OPEN311_WRITE_H
#define OPEN311_WRITE_H

#include "reply.h"

enum o311_form { O311_XML, O311_JSON };

/* Whether errors of that path are Open311's: below /open311/. The page /open311 itself is one for people. */
bool o311_below(const char *path);
/* By the end of the path; XML for what ends in neither. */
enum o311_form o311_form_of(const char *path);

/* Text as a member: what is empty becomes null. Characters that XML does not know are left out. */
json_t *o311_text(struct arena *a, const char *s);
/* 2026-09-29T08:00:05Z: always UTC; null for TIME_NONE. */
json_t *o311_time(struct arena *a, int64_t at);

/* The body and its type, with the status; gives up the reference. root: an array or an object; name: of the root
 * element, known to items_of() when it is an array. ERR_BUG when it does not fit. */
int o311_reply(struct reply *r, enum o311_form form, int status, const char *name, json_t *root) MUST_CHECK;
/* The text alone, indented as for people to read, in the reply's arena. Keeps the reference. */
const char *o311_sample(struct arena *a, enum o311_form form, const char *name, json_t *root);

/* One {"code", "description"} more. */
void o311_error_add(struct arena *a, json_t *errors, int status, const char *words);
/* The status of an error (err.h): 403 for a missing key, 404, 400 for everything else a client did wrong, but 405, 409
 * and 429, which say more. */
int o311_status(int code);
/* Open data: also for scripts of other sites. */
void o311_everybody(struct reply *r);
/* Several errors at once. ERR_BUG never comes of them. */
void o311_reply_errors(struct reply *r, enum o311_form form, int status, json_t *errors);

#endif
