/* form - see form.h. Where the fields come from, and how page functions ask for them. */
#include "form.h"

#include <jansson.h>
#include <string.h>

#include "clock.h"
#include "form_read.h"

const struct form_def form_none = { NULL, 0 };

/* --- sources --- */

void form_empty(struct arena *a, const struct form_def *def, struct form *ret)
{
	*ret = (struct form){ .a = a, .def = def };
	ret->values = arena_array(a, def->n + 1, sizeof(*ret->values));
	for (size_t i = 0; i < def->n; i++) {
		ret->values[i].raw = "";
		ret->values[i].day = DAY_NONE;
	}
}

int form_from_params(struct arena *a, const struct form_def *def, const struct params *p, struct form *ret)
{
	struct form f;

	form_empty(a, def, &f);
	for (size_t i = 0; i < def->n; i++) {
		const struct field *d = &def->fields[i];
		struct form_input in = { .raw = params_get(p, d->name) };
		size_t n = params_count(p, d->name);

		if (n > 1 && d->type != FIELD_LIST)
			return err_set(ERR_BADREQ, "field %s is there %zu times", d->name, n);
		in.given = n > 0;
		in.list = arena_array(a, n + 1, sizeof(*in.list));
		for (size_t k = 0; k < p->n; k++) {
			if (strcmp(p->list[k].name, d->name) == 0)
				in.list[in.list_n++] = p->list[k].value;
		}
		form_read(&f, i, &in);
	}
	*ret = f;
	return 0;
}

/* "contact.name" → the member name of the member contact. */
static json_t *json_at(json_t *root, const char *name)
{
	const char *dot;

	while ((dot = strchr(name, '.')) != NULL) {
		root = json_object_getn(root, name, (size_t)(dot - name));
		name = dot + 1;
	}
	return json_object_get(root, name);
}

static void input_from_array(struct arena *a, json_t *value, struct form_input *in)
{
	size_t n = json_array_size(value);

	in->list = arena_array(a, n + 1, sizeof(*in->list));
	for (size_t i = 0; i < n; i++) {
		const char *s = json_string_value(json_array_get(value, i));

		if (s == NULL)
			in->wrong_type = true;
		else
			in->list[in->list_n++] = arena_strdup(a, s);
	}
}

static void input_from_json(struct arena *a, enum field_type type, json_t *value, struct form_input *in)
{
	in->given = value != NULL && !json_is_null(value);
	if (!in->given)
		return;
	if (json_is_array(value) && type == FIELD_LIST)
		input_from_array(a, value, in);
	else if (json_is_string(value) && type != FIELD_LIST)
		in->raw = arena_strdup(a, json_string_value(value));
	else if (json_is_boolean(value) && type == FIELD_BOOL)
		in->raw = json_is_true(value) ? "1" : "0";
	else if (json_is_integer(value) && type == FIELD_INT)
		in->raw = arena_printf(a, "%lld", (long long)json_integer_value(value));
	else
		in->wrong_type = true;
}

int form_from_json(struct arena *a, const struct form_def *def, const char *s, size_t n, struct form *ret)
{
	json_error_t bad;
	json_t *root = json_loadb(s, n, JSON_REJECT_DUPLICATES, &bad);
	struct form f;

	if (root == NULL)
		return err_set(ERR_BADREQ, "JSON is broken in line %d column %d", bad.line, bad.column);
	if (!json_is_object(root)) {
		json_decref(root);
		return err_set(ERR_BADREQ, "JSON is not an object");
	}
	form_empty(a, def, &f);
	for (size_t i = 0; i < def->n; i++) {
		struct form_input in = { 0 };

		input_from_json(a, def->fields[i].type, json_at(root, def->fields[i].name), &in);
		form_read(&f, i, &in);
	}
	json_decref(root);
	*ret = f;
	return 0;
}

/* --- for page functions --- */

bool form_ok(const struct form *f)
{
	return f->n_errors == 0;
}

const char *form_error(const struct form *f, const char *field)
{
	for (size_t i = 0; i < f->n_errors; i++) {
		if (strcmp(f->errors[i].field, field) == 0)
			return f->errors[i].message;
	}
	return NULL;
}

void form_fail(struct form *f, const char *field, const char *message)
{
	if (f->n_errors < FORM_ERRORS_MAX && form_error(f, field) == NULL)
		f->errors[f->n_errors++] = (struct form_error){ field, arena_strdup(f->a, message) };
}

static size_t index_of(const struct form *f, const char *name)
{
	size_t i = 0;

	while (i < f->def->n && strcmp(f->def->fields[i].name, name) != 0)
		i++;
	must(i < f->def->n);
	return i;
}

static const struct form_value *value(const struct form *f, const char *name)
{
	return &f->values[index_of(f, name)];
}

const char *form_text(const struct form *f, const char *name)
{
	const char *text = value(f, name)->text;

	return text != NULL && text[0] != '\0' ? text : NULL;
}

int64_t form_int(const struct form *f, const char *name, int64_t otherwise)
{
	const struct form_value *v = value(f, name);

	return v->text != NULL ? v->number : otherwise;
}

bool form_bool(const struct form *f, const char *name)
{
	return value(f, name)->yes;
}

int32_t form_day(const struct form *f, const char *name)
{
	return value(f, name)->day;
}

int form_choice(const struct form *f, const char *name)
{
	const struct form_value *v = value(f, name);

	return v->text != NULL ? (int)v->number : -1;
}

const char *const *form_list(const struct form *f, const char *name, size_t *ret_n)
{
	const struct form_value *v = value(f, name);

	*ret_n = v->list_n;
	return v->list;
}

bool form_given(const struct form *f, const char *name)
{
	return value(f, name)->given;
}

const char *form_raw(const struct form *f, const char *name)
{
	return value(f, name)->raw;
}

void form_set(struct form *f, const char *name, const char *text)
{
	struct form_value *v = &f->values[index_of(f, name)];

	v->raw = text != NULL ? text : "";
	v->text = text;
}

bool form_trapped(const struct form *f)
{
	for (size_t i = 0; i < f->def->n; i++) {
		if (f->def->fields[i].type == FIELD_TRAP && f->values[i].text != NULL)
			return true;
	}
	return false;
}
