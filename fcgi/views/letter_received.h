#ifndef VIEW_LETTER_RECEIVED_H
#define VIEW_LETTER_RECEIVED_H

#include "_account.h"
#include "frame.h"

/* The receipt. It is shown once: the query code is not stored in clear. */
struct view_letter_received {
	const struct frame *frame;
	const char *number;          /* MS-Z-20261121-483920-7 */
	const char *code;            /* as it is typed, for the copy button */
	const char *code_groups;     /* ABCD EFGH JKMN */
	const char *title;
	const char *received;        /* 2026年11月21日 09:12 */
	const char *due;             /* 12月5日（星期六） */
	const char *provisional;     /* "" when the date is final */
	const char *accept_by;       /* until when we say whether we accept it: 11月24日（星期二） */
	struct part_account account; /* why it is that day */
	const char *told_by;         /* 电子邮件; "" */
	const char *effective;       /* 今天已下班，按 11月24日（星期二）收到计算; "" */
	struct safe_html qr;         /* the way back to this letter; empty for none */
};

void view_letter_received(struct str *o, const struct view_letter_received *v);

#endif
