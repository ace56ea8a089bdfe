/* report - monthly bulletins and annual reports: figures that stay, words of people, a signature, publication.
 *
 * A report is made of a period that is over. Its figures are frozen (stats_frozen.h) and those of the same period a
 * year earlier with them; people write and change the words (report_parts.tbl); somebody other than who wrote last
 * signs; a publisher shows it to everybody. What is signed stays as it was signed (triggers of schema 0071) until the
 * signature is taken back, with a reason. An annual report is published by 31 January (国办函〔2018〕12号). */
#ifndef REPORT_H
#define REPORT_H

#include "access.h"
#include "db.h"

#define REPORT_TEXT_MAX 6000     /* characters of a part */
#define REPORT_NOTE_MAX 200
#define REPORT_YEAR_DUE_MONTH 1  /* an annual report is due by 31 January */
#define REPORT_YEAR_DUE_DAY 31

enum report_kind { REPORT_MONTH, REPORT_YEAR };
enum report_state { REPORT_DRAFT, REPORT_SIGNED, REPORT_PUBLISHED };
enum report_form { REPORT_TEXT, REPORT_YESNO, REPORT_COUNT };
enum report_part {
#define PART(kind, code, form, label, hint) REPORT_PART_##kind##_##code,
#include "report_parts.tbl"
	REPORT_PART__MAX
};
struct report_part_row { const char *code, *label, *hint; enum report_kind kind; enum report_form form; };
extern const struct report_part_row report_part_rows[REPORT_PART__MAX];

struct report {
	int64_t id, version, edited_by, paper_id;      /* paper_id 0: none */
	enum report_kind kind;
	enum report_state state;
	const char *code;                              /* 2026-10, 2026 */
	int32_t from, to;                              /* days, both in */
	const char *figures, *before, *extra;          /* JSON; before NULL: there are none */
	int64_t frozen_at, edited_at, signed_at, published_at;
	struct db_blob sha256;                         /* of the frozen figures */
	const char *edited_name, *signed_name;         /* signed_name NULL: nobody yet */
	const char *parts[REPORT_PART__MAX];           /* never NULL */
};

/* "2026-10" or "2026" → kind and days. 0, or -1 for anything else. Pure. */
int report_period(const char *code, enum report_kind *ret_kind, int32_t *ret_from, int32_t *ret_to);
/* 2026年10月月报, 2026年年度报告. */
const char *report_name(struct arena *a, const char *code);
const char *report_state_name(enum report_state s);
/* What was done, in words: of report_event.what. */
const char *report_event_name(const char *what);

/* ERR_NOTFOUND. For the desk and for paperd. */
int report_load(struct db *db, struct arena *a, const char *code, struct report *ret) MUST_CHECK;

/* What the PDF of a published report is to the public. */
struct report_paper { int64_t id, size_bytes; const char *file_name; bool made; };
/* The published one. ERR_NOTFOUND. */
int report_public(struct db *db, struct arena *a, const char *code, struct report *ret,
                  struct report_paper *ret_paper) MUST_CHECK;

/* Who acts, and on which version: ERR_DENIED; ERR_CONFLICT (with a sentence) when it has changed since; ERR_STATE when
 * it is not the turn of that; ERR_INVALID with a sentence. */
struct report_act { struct db *db; struct arena *a; const struct actor *who; int64_t id, version, now; };
/* Makes the report of a period that is over; one that exists stays. act->id and version are not used. */
int report_make(const struct report_act *act, const char *code) MUST_CHECK;
/* Takes the figures anew, while it is a draft. */
int report_refreeze(const struct report_act *act, const char *code) MUST_CHECK;
/* parts: REPORT_PART__MAX texts, NULL: as it is. Those that changed are kept beside the older ones. */
int report_write(const struct report_act *act, const char *const *parts) MUST_CHECK;
int report_sign(const struct report_act *act, const char *note) MUST_CHECK;
/* Back to a draft; a published one is no longer shown. */
int report_unsign(const struct report_act *act, const char *reason) MUST_CHECK;
int report_publish(const struct report_act *act) MUST_CHECK;
int report_withdraw(const struct report_act *act, const char *reason) MUST_CHECK;

#endif
