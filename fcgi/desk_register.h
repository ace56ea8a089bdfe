/* desk_register - what the two halves of 登记来信 share: the page as a view (desk_register_form.c), and what is made of
 * it (desk_register.c). */
#ifndef DESK_REGISTER_H
#define DESK_REGISTER_H

#include "desk.h"
#include "views/desk_register.h"

/* In the order of desk_channels. */
enum desk_channel { BY_HOTLINE, BY_VISIT, BY_PAPER, BY_SUPERIOR, BY_WECHAT, BY_TERMINAL };
extern const char *const desk_channels[];
extern const char *const desk_answer_ways[];
extern const char *const desk_publish_ways[];

/* What a page of the form shows besides what was typed. */
struct desk_register {
	struct page *p;
	const struct worktime *wt;
	const char *token;
	const char *problem;         /* "" */
	int64_t received_at;         /* as typed and right; 0: now */
	const char *existing;        /* number of the letter that has this number elsewhere; NULL */
	struct q_caller_letters *callers;
	size_t callers_n;
	const char *callers_said;    /* "" */
};

/* Renders the page; errors of the database only. */
int desk_register_show(struct desk_register *d, int status) MUST_CHECK;
/* How a writer of that channel gets the answer. */
const char *desk_answer_words(const char *answer_by);

#endif
