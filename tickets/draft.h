/* draft - keeping a reply while it is being written. Not a change of the letter's state.
 *
 * Every save that differs stays in the table reply_version; what lost a race is set aside there too, so that nothing
 * typed is lost. The automatic saves of one person within two minutes are one row. */
#ifndef DRAFT_H
#define DRAFT_H

#include "ticket.h"

struct draft {
	int64_t id;                  /* 0: nothing written yet */
	int64_t version;             /* to send back when saving */
	const char *body, *result;   /* "" and NULL when nothing */
	int32_t on;
};

enum draft_event { DRAFT_AUTO, DRAFT_SAVE, DRAFT_RESTORE, DRAFT_SUBMIT, DRAFT_RETURN, DRAFT_ASIDE, DRAFT__MAX };

/* What somebody wrote. */
struct draft_text {
	const char *body, *result;   /* result NULL or "": not chosen */
	int32_t on;
};

/* The draft of the letter's present round. */
int draft_get(struct db *db, struct arena *a, int64_t ticket_id, int round, struct draft *ret) MUST_CHECK;
/* Saves it. version: the one it is based on, 0 for a first one. ERR_CONFLICT when somebody saved since, ERR_STATE
 * when it cannot be written now: the text is then set aside among the versions (draft_get() has theirs); ERR_DENIED,
 * ERR_INVALID. *ret_version: the new one; the old one when nothing differs. */
int draft_save(struct db *db, struct arena *a, int64_t ticket_id, const struct actor *who,
               const struct draft_text *text, enum draft_event event, int64_t version, int64_t *ret_version) MUST_CHECK;
/* Keeps a text that could not be saved or handed in among the versions, without touching the draft. */
int draft_aside(struct db *db, struct arena *a, int64_t ticket_id, const struct actor *who,
                const struct draft_text *text) MUST_CHECK;
/* Which of the reviewer's words at places the drafter has seen to: ids by commas; the others are open again. */
int draft_tick(struct db *db, struct arena *a, int64_t ticket_id, const struct actor *who, const char *done) MUST_CHECK;

/* For effects.c, within its transaction: the version that is handed in or sent back. note: "" or what was said with
 * it. */
int draft_record(struct db *db, struct arena *a, int64_t reply_id, int64_t version, enum draft_event event,
                 int64_t officer_id, const struct draft_text *text, const char *note) MUST_CHECK;

/* "auto" …; DRAFT__MAX for a code that is none. */
enum draft_event draft_event_from(const char *code);
/* 自动保存, 提交 … */
const char *draft_event_name(enum draft_event e);

/* Somebody has the draft or the review of a letter open; those seen within DRAFT_PRESENT_S are there. */
#define DRAFT_PRESENT_S 120
int draft_present(struct db *db, int64_t ticket_id, int64_t officer_id, bool reviews) MUST_CHECK;

#endif
