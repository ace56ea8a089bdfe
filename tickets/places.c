/* places - see places.h. */
#include "places.h"

#include <string.h>

#include "queries.h"
#include "str.h"
#include "text.h"

#define CODE_MAX 24
#define NAME_MAX 20
#define WORD_MIN 2
#define WORD_MAX 20
#define BATCH 1000                    /* letters of one statement */

struct setting { struct arena *a; const json_t *list; };

/* --- the list --- */

static bool code_ok(const char *s)
{
	return *s >= 'a' && *s <= 'z' && strlen(s) <= CODE_MAX
		&& s[strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789_")] == '\0';
}

static bool line_ok(const char *s, size_t min, size_t max)
{
	size_t n = text_graphemes(s);

	return n >= min && n <= max && s[strcspn(s, "\t\r\n")] == '\0';
}

static int check_one(const json_t *o, size_t i, size_t *words)
{
	const char *code = json_string_value(json_object_get(o, "code"));
	const char *name = json_string_value(json_object_get(o, "name"));
	const json_t *list = json_object_get(o, "words"), *word;
	size_t k;

	if (!code || !code_ok(code))
		return err_set(ERR_INVALID, "place %zu: \"code\" is missing, or not a-z 0-9 _", i + 1);
	if (!name || !line_ok(name, 1, NAME_MAX))
		return err_set(ERR_INVALID, "place %zu: \"name\" is missing, or longer than %d", i + 1, NAME_MAX);
	if (json_array_size(list) == 0)
		return err_set(ERR_INVALID, "place %zu: \"words\" is missing or empty", i + 1);
	json_array_foreach(list, k, word) {
		if (!json_is_string(word) || !line_ok(json_string_value(word), WORD_MIN, WORD_MAX))
			return err_set(ERR_INVALID, "place %zu: word %zu has not %d to %d characters", i + 1, k + 1, WORD_MIN,
				WORD_MAX);
	}
	*words += json_array_size(list);
	return 0;
}

static int check(const json_t *list)
{
	size_t i, words = 0;
	const json_t *o;
	int r = 0;

	if (!json_is_array(list) || json_array_size(list) > PLACES_MAX)
		return err_set(ERR_INVALID, "not a list of at most %d places", PLACES_MAX);
	json_array_foreach(list, i, o) {
		if (r == 0)
			r = check_one(o, i, &words);
	}
	if (r == 0 && words > PLACE_WORDS_MAX)
		return err_set(ERR_INVALID, "more than %d words", PLACE_WORDS_MAX);
	return r;
}

static int put_one(struct db *db, struct arena *a, const json_t *o, size_t i)
{
	const char *code = json_string_value(json_object_get(o, "code"));
	struct q_place_by_code row;
	const json_t *word;
	size_t k;
	int r = q_place_put(db, code, json_string_value(json_object_get(o, "name")), (int64_t)i, NULL);

	if (r == 0)
		r = q_place_by_code(db, a, code, &row);
	json_array_foreach(json_object_get(o, "words"), k, word) {
		if (r == 0)
			r = q_place_word_add(db, json_string_value(word), row.id, NULL);
		if (r == ERR_DUP)
			return err_set(ERR_INVALID, "place %zu: \"%s\" is there already", i + 1, json_string_value(word));
	}
	return r;
}

static int put(struct db *db, void *arg)
{
	struct setting *w = arg;
	const json_t *o;
	size_t i;
	int r = q_place_words_drop(db, NULL);

	json_array_foreach(w->list, i, o) {
		if (r == 0)
			r = put_one(db, w->a, o, i);
	}
	return r;
}

/* --- the letters --- */

int places_set(struct db *db, struct arena *a, const json_t *list, int64_t *ret_letters)
{
	struct setting w = { a, list };
	struct q_place_letters last;
	int r = check(list);

	*ret_letters = 0;
	if (r == 0)
		r = db_tx(db, put, &w);
	if (r == 0)
		r = q_place_letters(db, a, &last);
	for (int64_t id = 0; r == 0 && id < last.last_id; id += BATCH)
		r = q_place_letters_set(db, id + 1, id + BATCH, NULL);
	if (r < 0)
		return r;
	*ret_letters = last.n;
	return q_place_drop(db, NULL);
}
