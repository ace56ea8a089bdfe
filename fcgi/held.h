/* held - what somebody had typed when their session ended: carried through the login, and back into its form.
 *
 * Nothing is stored: the login page holds it as hidden fields. It goes to the person whose session it was, and to
 * nobody else. */
#ifndef HELD_H
#define HELD_H

#include "page.h"

/* Bytes of what is carried; in base64url, so that a login's body holds it. */
#define HELD_MAX (200 * 1024)

/* The answer to a POST whose session has ended: the login with what was typed in it (401). Called by dispatch.c. More
 * than HELD_MAX is shown by failure_again() instead. */
void held_ask(struct page *p);
/* After the login: the form it came from, as it was typed, not yet carried out; or, for forms that cannot be shown
 * that way, the fields with a button that sends them. Called by login_send(). */
int held_bring_back(struct page *p, const char *held, const char *to, int64_t by) MUST_CHECK;

#endif
