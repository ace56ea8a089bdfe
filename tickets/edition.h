/* edition - the three texts of a public edition beside their originals: what is hidden, what still shows, and how
 * each becomes the other.
 *
 * An edition is text and nothing else: what its approval holds for. So what is hidden in it is found again by what
 * stands around it, in a text that people have edited, too. Pure: no database; places where the writer is named
 * come from the vault (vault_known()). Used by the page of an edition (fcgi/desk_edition.c) and by rescan.c. */
#ifndef EDITION_H
#define EDITION_H

#include "redact.h"

enum edition_field { EDITION_TITLE, EDITION_BODY, EDITION_REPLY, EDITION__FIELDS };

/* PLAIN: as it is. HIDDEN: REDACT_HIDDEN. SHOWN: still there, and should not be. HINT: still there, somebody
 * should look. */
enum edition_what { EDITION_PLAIN, EDITION_HIDDEN, EDITION_SHOWN, EDITION_HINT };

struct edition_piece {
	enum edition_what what;
	const char *text;            /* what stands there; of HIDDEN: of the original, NULL when that cannot be told */
	const char *kind, *why;      /* 手机号码; "" of PLAIN */
	const char *key;             /* what edition_turn() takes; "" when it cannot be turned */
};

/* One text. own: where each names the writer; NULL for nowhere. */
struct edition_text {
	const char *original, *text;
	const struct redact_span *original_own, *text_own;
	size_t original_own_n, text_own_n;
};

struct edition_pieces { struct edition_piece *list; size_t n; };

/* "title", "body", "reply". */
const char *edition_field_code(enum edition_field f);
/* Whose words stand in a field. */
enum redact_voice edition_voice(enum edition_field f);

/* The text in pieces, in order. */
struct edition_pieces edition_pieces(struct arena *a, enum edition_field f, const struct edition_text *t);
/* The original in pieces: SHOWN is what the rules hide, HINT what they propose; nothing is turned there. */
struct edition_pieces edition_original(struct arena *a, enum edition_field f, const struct edition_text *t);

/* Hides what the key names, or shows it again, in the text of its field of `texts` (EDITION__FIELDS of them), also
 * when the text around it has changed. Gives the field and the new text; false: there is no such place any more. */
bool edition_turn(struct arena *a, const struct edition_text *texts, const char *key, enum edition_field *ret_field,
	const char **ret_text);
/* The text with everything hidden that should be (SHOWN). */
const char *edition_hide_all(struct arena *a, enum edition_field f, const struct edition_text *t);

/* Places of a text that read like one of those where another text names the writer: the text on a screen is not yet the
 * one the vault saw. */
size_t edition_own_again(struct arena *a, const char *text, const char *const *seen,
	const struct redact_span *const *own, const size_t *own_n, size_t n, struct redact_span **ret);

#endif
