/* public_track - what public_track.c and public_act.c share: the letter's page. */
#ifndef PUBLIC_TRACK_H
#define PUBLIC_TRACK_H

#include "tracked.h"

#define NUMBER_MAX 60            /* of a number or code as typed */

/* What is said about what was sent: form has mistakes; or it was done; or there is a problem, with what was typed. */
struct track_said { const struct form *form; const char *done, *problem, *typed; };

/* The letter's page. */
int track_render(struct page *p, const struct tracked *t, int status, struct track_said said) MUST_CHECK;
/* Why the code did not open the letter, said in the form. *ret_status: of the page. Other errors are passed on. */
int track_refused(struct page *p, int rc, int *ret_status) MUST_CHECK;
/* What the forms of this letter's page carry in the place of its code, for half an hour: a signed token, and the code's
 * keyed hash, without which the database shows nothing of the letter. */
const char *track_pass(struct page *p, int64_t id, const struct q_track_get *letter);
/* The letter of that number by its pass. ERR_LOGIN: not of this letter, or too old. */
int track_pass_check(struct page *p, const char *number, const char *pass, int64_t *ret_id) MUST_CHECK;

/* The letter that a form of its page speaks of, or the page that asks for its code once more: then *ret_id is 0. */
int track_open(struct page *p, int64_t *ret_id) MUST_CHECK;

#endif
