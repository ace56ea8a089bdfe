#ifndef PART_ACT_FORM_H
#define PART_ACT_FORM_H

#include "choice.h"
#include "form.h"
#include "view.h"

/* One action on a letter: a button, or a button with the fields that the action needs. */
struct part_act_form {
	const char *csrf;
	struct url url;              /* POST /tickets/NO/act */
	const char *code;            /* accept */
	const char *button;          /* 受理 */
	const char *hint;            /* what it does, one sentence; "" */
	int64_t version;             /* the version of the letter it is based on; 0: whatever it is */
	const char *seen;            /* SHA-256 in hex of the text it is about; NULL or "" */
	const char *from;            /* page to come back to: watch; "" */
	const char *id;              /* of the form, for fields elsewhere on the page; NULL or "" */
	const char *prefix;          /* of the ids, so that several forms fit on a page; "" */
	const struct form *form;     /* mistakes, on the page of one action; NULL */
	const char *key;             /* data-key of its button; NULL */
	bool danger;                 /* cannot be undone */
	bool plain;                  /* a button without fields */
	bool quiet;                  /* not the main thing to do: a paler button */

	const char *text_label;      /* NULL: no text */
	const char *text_hint;
	const char *text;            /* as typed */
	bool text_optional;
	const char *reason_label;
	const struct choice *reasons; /* hint: the lawful path */
	size_t reasons_n;
	bool has_paths;
	const char *unit_label;      /* NULL: no unit */
	const struct choice *units;
	size_t units_n;
	const char *officer_label;   /* NULL: no handler */
	const struct choice *officers;
	size_t officers_n;
	const struct choice *topics; /* what it is about; none: not asked */
	size_t topics_n;
	const char *co_label;        /* NULL: no co-handling units */
	const struct choice *co;
	size_t co_n;
	const char *master_label;    /* NULL: no number of another letter */
	const char *master;
	const char *days_label;      /* NULL: no number of days */
	const struct choice *days;
	size_t days_n;
	const char *on_label;        /* NULL: no date */
	const char *on;
	const char *login_label;     /* NULL: no account of an officer */
	const char *login;
	const char *which_label;     /* NULL: nothing of the letter to choose from */
	const struct choice *which;
	size_t which_n;
	const char *reply_label;     /* NULL: no answer for the writer */
	const char *reply;
	const struct choice *results;
	size_t results_n;
	const char *const *sentences; /* ready-made ones for the text */
	size_t sentences_n;
	bool previews;               /* what the writer will read can be seen before it is sent */
	const char *preview;         /* it, of what was typed; "" */
	const char *unit_key;        /* accesskey of the unit; "" */
	bool note;                   /* a remark for the office */
	const char *note_text;
};

void part_act_form(struct str *o, const struct part_act_form *v);

#endif
