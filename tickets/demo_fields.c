/* demo_fields - see demo_fields.h. */
#include "demo_fields.h"

#include <string.h>

#include "str.h"
#include "text.h"

static void mistake(struct demo_fields *f, const char *key, const char *what)
{
	if (f->r == 0)
		f->r = err_set(ERR_INVALID, "'%s' %s", key, what);
}

static bool listed(const char *keys, const char *key)
{
	size_t n = strlen(key);

	for (const char *p = keys; (p = strstr(p, key)); p += n) {
		if ((p == keys || p[-1] == ' ') && (p[n] == ' ' || !p[n]))
			return true;
	}
	return false;
}

struct demo_fields demo_fields_open(struct arena *a, const json_t *o, const char *keys)
{
	struct demo_fields f = { a, o, 0 };
	const char *key;
	json_t *value;

	if (!json_is_object(o)) {
		mistake(&f, "", "is no object");
		return f;
	}
	json_object_foreach((json_t *)o, key, value) {
		if (!listed(keys, key))
			mistake(&f, key, "is not a known key");
	}
	return f;
}

static const char *text_at(struct demo_fields *f, const char *key)
{
	const json_t *v = json_object_get(f->o, key);

	if (v && !json_is_string(v))
		mistake(f, key, "is no text");
	return v && json_is_string(v) ? json_string_value(v) : "";
}

const char *demo_fields_line(struct demo_fields *f, const char *key, size_t max_graphemes)
{
	const char *s = "";

	if (text_clean_line(f->a, text_at(f, key), max_graphemes, &s) < 0)
		mistake(f, key, "is too long");
	return s;
}

const char *demo_fields_body(struct demo_fields *f, const char *key, size_t max_graphemes)
{
	const char *s = "";

	if (text_clean_body(f->a, text_at(f, key), max_graphemes, &s) < 0)
		mistake(f, key, "is too long");
	return s;
}

const char *demo_fields_need(struct demo_fields *f, const char *key, size_t max_graphemes)
{
	const char *s = demo_fields_line(f, key, max_graphemes);

	if (!*s)
		mistake(f, key, "is missing");
	return s;
}

int64_t demo_fields_int(struct demo_fields *f, const char *key, int64_t absent)
{
	const json_t *v = json_object_get(f->o, key);

	if (v && !json_is_integer(v))
		mistake(f, key, "is no whole number");
	return v ? json_integer_value(v) : absent;
}

bool demo_fields_flag(struct demo_fields *f, const char *key, bool absent)
{
	const json_t *v = json_object_get(f->o, key);

	if (v && !json_is_boolean(v))
		mistake(f, key, "is neither true nor false");
	return v ? json_is_true(v) : absent;
}

const json_t *demo_fields_object(struct demo_fields *f, const char *key)
{
	const json_t *v = json_object_get(f->o, key);

	if (v && !json_is_object(v))
		mistake(f, key, "is no object");
	return v;
}

const json_t *demo_fields_array(struct demo_fields *f, const char *key)
{
	const json_t *v = json_object_get(f->o, key);

	if (v && !json_is_array(v))
		mistake(f, key, "is no list");
	return json_is_array(v) ? v : NULL;
}
