/* text - what people type: checked, cleaned, counted, normalised.
 *
 * Used on every field before anything else sees it (fcgi/form.c), on imported files, and by masks. Pure functions;
 * results live in the arena. A length of text is its number of graphemes: what a person calls a character (a family
 * emoji is one, 中 is one). */
#ifndef TEXT_H
#define TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "arena.h"
#include "err.h"

/* True when the n bytes are valid UTF-8 (no overlong forms, no surrogates) without NUL. */
bool text_valid_utf8(const char *s, size_t n);

/* One line: NFC, control characters (line ends and tabs become one space), bidirectional controls, zero-width
 * and other invisible format characters (but the joiners of emoji and scripts) removed, runs of spaces made one,
 * trimmed. ERR_INVALID: not UTF-8. ERR_TOOBIG: more than max_graphemes, or more than 4 × max_graphemes + 16 code
 * points: a column of that many characters holds it always. */
int text_clean_line(struct arena *a, const char *s, size_t max_graphemes, const char **ret_line) MUST_CHECK;
/* Several lines: NFC, CRLF and CR become LF, a tab a space, other control characters and bidirectional controls are
 * removed, spaces at line ends too, at most two empty lines in a row, trimmed (wide spaces before the first line
 * stay: letters are indented by two). Errors as above. */
int text_clean_body(struct arena *a, const char *s, size_t max_graphemes, const char **ret_body) MUST_CHECK;
/* Graphemes of valid UTF-8; 0 for anything else. */
size_t text_graphemes(const char *s);
/* At most max_graphemes of s, "…" after it when something was cut. */
const char *text_cut(struct arena *a, const char *s, size_t max_graphemes);
/* Bytes of the character (code point) at s, 1 to 4; s is valid UTF-8 and not at its end. */
size_t text_step(const char *s);
/* Code points of the n bytes of valid UTF-8. */
size_t text_characters(const char *s, size_t n);
/* A to Z become a to z; everything else stays. The copy may be changed. */
char *text_lower(struct arena *a, const char *s);
/* Full-width ASCII and the wide space become half-width (１３８ → 138). */
const char *text_fold_width(struct arena *a, const char *s);

/* A Chinese telephone number, however it was typed: mobile "13800138000", landline with area code
 * "010-66001234", with extension "010-66001234-801". ERR_INVALID for anything else. */
int text_phone(struct arena *a, const char *s, const char **ret_phone) MUST_CHECK;
/* An address that mail systems take: local@domain with a dot-atom local part, at most 64 and 254 bytes, ASCII,
 * domain in lower case. ERR_INVALID otherwise. */
int text_email(struct arena *a, const char *s, const char **ret_email) MUST_CHECK;

/* 138****5678, 010-****1234; "****" for what is too short to show anything of. */
const char *text_mask_phone(struct arena *a, const char *phone);
/* 张三丰 → 张**, 欧阳锋 → 欧**; Latin names: the first letter. "" stays "". */
const char *text_mask_name(struct arena *a, const char *name);

#endif
