/* form - a form's fields as a table → typed values, or a list of what is wrong, all at once.
 *
 * dispatch.c parses the form named in pages.tbl before the page function runs; mistakes of the person do not end
 * the request: the page function asks form_ok() and shows its page again with form_raw() and form_error().
 * The same table reads urlencoded fields (a POST body, or the query of a GET page) and a JSON object: a field
 * named "contact.name" is {"contact": {"name": …}} there. Fields not in the table are ignored.
 * Text reaches page functions clean: valid UTF-8, NFC, no control characters, trimmed.
 *
 *	static const struct field fields[] = {
 *		{ "title", FIELD_LINE, .label = "标题", .min = 4, .max = 40, .required = true },
 *		{ "body",  FIELD_TEXT, .label = "内容", .min = 10, .max = 2000, .required = true },
 *		{ "publish", FIELD_BOOL, .label = "公开" },
 *	};
 *	const struct form_def form_letter = { fields, ARRAY_LEN(fields) };
 */
#ifndef FORM_H
#define FORM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "arena.h"
#include "err.h"
#include "request.h"

#define ARRAY_LEN(x) (sizeof(x) / sizeof((x)[0]))
#define FORM_ERRORS_MAX 64

enum field_type {
	FIELD_LINE,    /* one line of text; min/max in graphemes (what a person counts as characters) */
	FIELD_TEXT,    /* several lines; min/max in graphemes */
	FIELD_PHONE,   /* normalised by text_phone() */
	FIELD_EMAIL,   /* checked by text_email() */
	FIELD_BOOL,    /* 1/0, true/false, on/off, yes/no; a box not ticked is absent = false */
	FIELD_CHOICE,  /* one of .choices */
	FIELD_INT,     /* min/max are values; both 0: any int64_t */
	FIELD_DATE,    /* 2026-09-29, 2026/9/29, 2026年9月29日 */
	FIELD_TOKEN,   /* a code, key or number of ours: [A-Za-z0-9._~:-]; min/max in bytes (max 0: 128) */
	FIELD_LIST,    /* the only type that may be repeated: FIELD_TOKENs (ticked boxes); JSON array; max: how many */
	FIELD_SECRET,  /* a password: kept byte for byte, never shown again; min/max in graphemes (max 0: 128) */
	FIELD_TRAP     /* honeypot: people leave it empty; form_trapped() tells */
};

struct field {
	const char *name;
	enum field_type type;
	int min, max;
	bool required;
	const char *label;            /* 标题; used in the sentences made when those below are NULL */
	const char *const *choices;   /* FIELD_CHOICE: codes, NULL at the end */
	const char *missing;          /* sentence: required and empty */
	const char *wrong;            /* sentence: not readable as its type, or not among the choices */
	const char *too_short;
	const char *too_long;
};

struct form_def { const struct field *fields; size_t n; };
/* The form of a page that takes no fields. */
extern const struct form_def form_none;

struct form_value {
	const char *raw;              /* as typed, for showing again; "" when absent */
	const char *text;             /* clean; NULL when absent or wrong */
	const char *const *list;      /* FIELD_LIST */
	size_t list_n;
	int64_t number;               /* FIELD_INT; FIELD_CHOICE: index */
	int32_t day;                  /* FIELD_DATE */
	bool yes;                     /* FIELD_BOOL */
	bool given;                   /* something was sent, right or wrong */
};
struct form_error { const char *field; const char *message; };

struct form {
	struct arena *a;
	const struct form_def *def;
	struct form_value *values;    /* def->n of them */
	struct form_error errors[FORM_ERRORS_MAX];
	size_t n_errors;
};

/* From urlencoded parameters. ERR_BADREQ only for a scalar field that is repeated: no browser page does that. */
int form_from_params(struct arena *a, const struct form_def *def, const struct params *p, struct form *ret) MUST_CHECK;
/* From a JSON object of n bytes. ERR_BADREQ: not JSON, not an object, or a repeated key. */
int form_from_json(struct arena *a, const struct form_def *def, const char *s, size_t n, struct form *ret) MUST_CHECK;
/* An empty form, for the first visit of a page. */
void form_empty(struct arena *a, const struct form_def *def, struct form *ret);

bool form_ok(const struct form *f);
/* Adds a mistake only the domain could find. Only the first one of a field is kept. */
void form_fail(struct form *f, const char *field, const char *message);
/* What is wrong with a field, or NULL. */
const char *form_error(const struct form *f, const char *field);

/* The names must be in the table (a wrong one is a programming error and ends the process).
 * Absent or wrong values: NULL, the default given, false, DAY_NONE. */
const char *form_text(const struct form *f, const char *name);
int64_t form_int(const struct form *f, const char *name, int64_t otherwise);
bool form_bool(const struct form *f, const char *name);
int32_t form_day(const struct form *f, const char *name);
/* Index into .choices, or -1. */
int form_choice(const struct form *f, const char *name);
const char *const *form_list(const struct form *f, const char *name, size_t *ret_n);
/* Whether it was sent at all. */
bool form_given(const struct form *f, const char *name);
/* As typed, for showing again; "" when absent. Never a FIELD_SECRET. */
const char *form_raw(const struct form *f, const char *name);
/* Sets what form_raw() and form_text() give: for a page that shows a form filled from the database. */
void form_set(struct form *f, const char *name, const char *text);
/* True when a FIELD_TRAP was filled in: a program did it. */
bool form_trapped(const struct form *f);

#endif
