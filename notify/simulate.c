/* simulate - see simulate.h. */
#include "simulate.h"

#include <jansson.h>

#include "conf.h"
#include "log.h"
#include "simulation.h"
#include "visit.h"

#define JSON_MAX ((size_t)64 * 1024)

static const char *letter_json(struct arena *a, const struct simulation *q)
{
	json_t *o = json_pack("{s:s, s:s, s:s, s:b, s:{s:s, s:s}, s:s}", "type", q->type, "title", q->title,
	                      "body", q->body, "publish", 1, "contact", "name", q->name,
	                      "email", q->email, "idempotency_key", q->key);
	char *text = arena_alloc(a, JSON_MAX);
	size_t n;

	must(o != NULL);
	n = json_dumpb(o, text, JSON_MAX - 1, JSON_COMPACT);
	json_decref(o);
	must(n < JSON_MAX);
	return text;
}

/* Number and query code out of the answer; false when they are not there. */
static bool read_receipt(struct arena *a, const char *body, const char **ret_no, const char **ret_code)
{
	json_t *o = json_loads(body, 0, NULL);
	const char *no = json_string_value(json_object_get(o, "number"));
	const char *code = json_string_value(json_object_get(o, "query_code"));
	bool ok = no != NULL && code != NULL;

	*ret_no = ok ? arena_strdup(a, no) : NULL;
	*ret_code = ok ? arena_strdup(a, code) : NULL;
	json_decref(o);
	return ok;
}

int simulate_file(struct db *db, struct arena *a, int64_t now)
{
	struct simulation q;
	const char *no, *code, *why;
	struct visit v;
	int r = simulation_take(db, a, now, &q);

	if (r < 0)
		return r;
	visit(a, arena_printf(a, "%s/api/v1/letters", conf.public_url), letter_json(a, &q), &v);
	if (v.status == 201 && read_receipt(a, v.body, &no, &code))
		return simulation_filed(db, q.id, no, code, now);
	why = v.why[0] != '\0' ? v.why : arena_printf(a, "status %d", v.status);
	log_event(LOG_WARN, "simulation_failed", "simulation=%lld why=\"%s\" ms=%lld", (long long)q.id, why,
	          (long long)v.ms);
	return simulation_failed(db, q.id, why, now);
}
