/* fuzz - what the fuzz entries share: an arena that is emptied, and a form with a field of every type. */
#ifndef FUZZ_H
#define FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "arena.h"
#include "err.h"
#include "form.h"
#include "text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

#define FUZZ_ARENA ((size_t)16 * 1024 * 1024)

static inline struct arena *fuzz_arena(void)
{
	static struct arena *arena;

	if (arena == NULL)
		arena = arena_new(FUZZ_ARENA);
	arena_reset(arena);
	return arena;
}

static const char *const fuzz_choices[] = { "complaint", "consultation", NULL };
static const struct field fuzz_fields[] = {
	{ "type", FIELD_CHOICE, .label = "类型", .choices = fuzz_choices, .required = true },
	{ "title", FIELD_LINE, .label = "标题", .min = 2, .max = 20, .required = true },
	{ "body", FIELD_TEXT, .label = "内容", .max = 200 },
	{ "contact.phone", FIELD_PHONE, .label = "电话" },
	{ "contact.email", FIELD_EMAIL, .label = "邮箱" },
	{ "publish", FIELD_BOOL, .label = "公开" },
	{ "days", FIELD_INT, .label = "天数", .min = 1, .max = 60 },
	{ "on", FIELD_DATE, .label = "日期" },
	{ "token", FIELD_TOKEN, .label = "查询码" },
	{ "letter", FIELD_LIST, .label = "信件", .max = 5 },
	{ "password", FIELD_SECRET, .label = "密码" },
	{ "website", FIELD_TRAP, .label = "网址" },
};
static const struct form_def fuzz_form = { fuzz_fields, ARRAY_LEN(fuzz_fields) };

/* What page functions rely on, whatever was sent. */
static inline void fuzz_check_form(const struct form *f)
{
	for (size_t i = 0; i < f->def->n; i++) {
		const struct field *d = &f->def->fields[i];
		const struct form_value *v = &f->values[i];

		must(v->raw != NULL && text_valid_utf8(v->raw, strlen(v->raw)));
		must(d->type != FIELD_SECRET || v->raw[0] == '\0');
		if (v->text == NULL)
			continue;
		must(text_valid_utf8(v->text, strlen(v->text)));
		must(d->type != FIELD_LINE || strpbrk(v->text, "\r\n\t\x1B") == NULL);
		must((d->type != FIELD_LINE && d->type != FIELD_TEXT) || text_graphemes(v->text) <= (size_t)d->max);
		must(d->type != FIELD_INT || (v->number >= d->min && v->number <= d->max));
	}
	for (size_t i = 0; i < f->n_errors; i++)
		must(form_error(f, f->errors[i].field) == f->errors[i].message);
}

#endif
