/* desk_writing - what writing an answer and reviewing it share: who else is at it, the check of the text, what changed.
 *
 * Used by desk_draft.c, desk_versions.c and desk_review.c. */
#ifndef DESK_WRITING_H
#define DESK_WRITING_H

#include "desk.h"
#include "draft.h"
#include "structure.h"
#include "views/_checklist.h"
#include "views/_diff.h"
#include "views/_present.h"

struct writing {
	struct desk_letter l;
	struct q_reply_of *replies;
	size_t replies_n;
	struct draft draft;
};

/* The letter of the address and its draft, for somebody who may write it. ERR_DENIED for others. */
int writing_load(struct page *p, struct writing *ret) MUST_CHECK;
/* The text in the form; the ticks at the reviewer's words, saved; both saved as a draft (errors of draft_save()). The
 * form is form_draft. */
struct draft_text writing_typed(const struct page *p);
int writing_tick(struct page *p, const struct writing *w) MUST_CHECK;
int writing_save(struct page *p, const struct writing *w, enum draft_event event, int64_t *ret_version) MUST_CHECK;
/* Others at work on a letter. */
int writing_present(struct page *p, int64_t ticket_id, struct part_present *ret) MUST_CHECK;
/* Looks at a text as an answer to the letter. own_id: the reply it is, so that it is not compared with itself; 0:
 * none. */
int writing_check(struct page *p, const struct desk_letter *l, const struct q_reply_of *replies, size_t replies_n,
	int64_t own_id, const char *body, const char *result, struct structure *ret) MUST_CHECK;
struct part_checklist writing_checklist(struct arena *a, const struct structure *s);
struct part_diff writing_diff(struct arena *a, const char *before, const char *after);
/* The lines of a text that say something: what a person calls its paragraphs. */
const char **writing_paragraphs(struct arena *a, const char *text, size_t *ret_n);

#endif
