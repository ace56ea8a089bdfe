/* mailhead - header lines and body of a mail: RFC 5322 folding, RFC 2047 encoded words, base64.
 *
 * An encoded word has at most 75 characters and never splits a character: longer ones are cut by some mail
 * systems. A value with a line end or another control character is refused, so that nothing put into a header
 * can make one of its own. */
#ifndef MAILHEAD_H
#define MAILHEAD_H

#include <stddef.h>
#include <stdint.h>

#include "err.h"
#include "str.h"

/* "Name: value\r\n". ERR_INVALID: not UTF-8, or control characters. */
int mailhead_text(struct str *o, const char *name, const char *value) MUST_CHECK;
/* "Name: display <address>\r\n". ERR_INVALID also for what is no address. */
int mailhead_from(struct str *o, const char *name, const char *display, const char *address) MUST_CHECK;
/* "Name: a@b.cn,\r\n c@d.cn\r\n". */
int mailhead_to(struct str *o, const char *name, const char *const *addresses, size_t n) MUST_CHECK;
/* "Date: Sat, 21 Nov 2026 21:29:36 +0800\r\n". */
void mailhead_date(struct str *o, int64_t at);
/* A text with lines ended by LF as base64 in lines of 76. */
void mailhead_body(struct str *o, const char *text);

#endif
