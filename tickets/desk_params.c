/* desk_params - see desk_params.h. */
#include "desk_params.h"

#include <jansson.h>
#include <stddef.h>
#include <string.h>

#include "json_text.h"
#include "str.h"

#define PARAMS_BYTES 4000

/* The members of struct desk_query that say which letters; what is left at its start does not appear. */
enum param_kind { PARAM_FLAG, PARAM_TEXT, PARAM_DAY, PARAM_TOPIC, PARAM_ID };
static const struct param { const char *name; enum param_kind kind; size_t at; } params[] = {
#define ROW(kind, member) { #member, kind, offsetof(struct desk_query, member) }
	ROW(PARAM_FLAG, work), ROW(PARAM_FLAG, co), ROW(PARAM_FLAG, returned), ROW(PARAM_FLAG, ended),
	ROW(PARAM_FLAG, co_done), ROW(PARAM_TEXT, desks), ROW(PARAM_TEXT, states), ROW(PARAM_TEXT, type),
	ROW(PARAM_TEXT, channel), ROW(PARAM_TEXT, words), ROW(PARAM_ID, handler), ROW(PARAM_DAY, received_from),
	ROW(PARAM_DAY, received_to), ROW(PARAM_DAY, due_from), ROW(PARAM_DAY, due_to),
	ROW(PARAM_TOPIC, topic_from), ROW(PARAM_TOPIC, topic_to),
#undef ROW
};
#define PARAMS_N (sizeof params / sizeof params[0])

static const void *member_of(const struct desk_query *q, const struct param *p)
{
	return (const char *)q + p->at;
}

static json_t *value_of(const struct desk_query *q, const struct param *p)
{
	const void *m = member_of(q, p);

	switch (p->kind) {
	case PARAM_FLAG:
		return *(const bool *)m ? json_true() : NULL;
	case PARAM_TEXT:
		return *(const char *const *)m != NULL ? json_string(*(const char *const *)m) : NULL;
	case PARAM_DAY:
	case PARAM_TOPIC:
		return json_integer(*(const int32_t *)m);
	default:
		return *(const int64_t *)m != 0 ? json_integer(*(const int64_t *)m) : NULL;
	}
}

const char *desk_params_pack(struct arena *a, const struct desk_query *ask)
{
	json_t *o = json_object();
	struct str out;

	for (size_t i = 0; i < PARAMS_N; i++) {
		json_t *v = value_of(ask, &params[i]);

		if (v != NULL)
			json_object_set_new(o, params[i].name, v);
	}
	if (ask->unit != NULL)
		json_object_set_new(o, "unit", json_integer(*ask->unit));
	str_init(&out, a, PARAMS_BYTES);
	json_text_add(&out, o, JSON_COMPACT | JSON_SORT_KEYS);
	json_decref(o);
	return out.s;
}

static int set_value(struct arena *a, struct desk_query *q, const struct param *p, const json_t *v)
{
	void *m = (char *)q + p->at;
	json_int_t n = json_integer_value(v);

	switch (p->kind) {
	case PARAM_FLAG:
		*(bool *)m = json_is_true(v);
		return 0;
	case PARAM_TEXT:
		if (!json_is_string(v))
			return -1;
		*(const char **)m = arena_strdup(a, json_string_value(v));
		return 0;
	case PARAM_DAY:
		if (!json_is_integer(v) || n < DESK_DAY_FIRST || n > DESK_DAY_LAST)
			return -1;
		*(int32_t *)m = (int32_t)n;
		return 0;
	case PARAM_TOPIC:
		*(int32_t *)m = (int32_t)n;
		return json_is_integer(v) && n >= 0 && n <= TOPIC_LAST ? 0 : -1;
	default:
		*(int64_t *)m = n;
		return json_is_integer(v) && n > 0 ? 0 : -1;
	}
}

static int read_object(struct arena *a, const json_t *o, struct desk_query *q)
{
	const json_t *unit = json_object_get(o, "unit");

	for (size_t i = 0; i < PARAMS_N; i++) {
		const json_t *v = json_object_get(o, params[i].name);

		if (v != NULL && set_value(a, q, &params[i], v) != 0)
			return err_set(ERR_INVALID, "params of a list: %s", params[i].name);
	}
	/* Who may read one unit alone reads that one, whatever the order says. */
	if (unit != NULL && q->unit == NULL) {
		int64_t *id = ARENA_NEW(a, int64_t);

		*id = json_integer_value(unit);
		q->unit = id;
	}
	return 0;
}

int desk_params_unpack(struct arena *a, const char *text, const struct actor *who, struct desk_query *ret)
{
	json_t *o = json_loads(text, 0, NULL);
	int r;

	if (!json_is_object(o)) {
		json_decref(o);
		return err_set(ERR_INVALID, "params of a list are no object");
	}
	*ret = desk_query_all(who);
	r = read_object(a, o, ret);
	json_decref(o);
	return r;
}
