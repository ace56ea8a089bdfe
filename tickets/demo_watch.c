/* demo_watch - see demo_watch.h. */
#include "demo_watch.h"

#include <string.h>

#include "clock.h"
#include "demo_fields.h"
#include "watch.h"

#define DAY_S 86400ll

static const struct actor *supervisor(const struct demo *d)
{
	for (size_t i = 0; i < d->n_officers; i++) {
		if (d->officers[i].who.roles & 1u << ROLE_SUPERVISOR)
			return &d->officers[i].who;
	}
	return NULL;
}

/* The letter of that title is put into the next circular. */
static int choose(struct demo *d, const struct demo_letter *letters, size_t n, const char *title, const char *words)
{
	struct act act = { .action = ACT_CIRCULARISE, .text = words, .on = DAY_NONE };
	int64_t id;
	int r;

	for (size_t i = 0; i < n; i++) {
		if (strcmp(letters[i].title, title) != 0)
			continue;
		r = ticket_id(d->db, d->a, letters[i].no, &id);
		return r < 0 ? r : ticket_apply(d->db, d->a, id, supervisor(d), &act, NULL);
	}
	return err_set(ERR_INVALID, "circulars: there is no letter '%s'", title);
}

static int add_circular(struct demo *d, const json_t *json, const struct demo_letter *letters, size_t n)
{
	struct demo_fields f = demo_fields_open(d->a, json, "ago letter words title intro closing waits");
	int64_t ago = demo_fields_int(&f, "ago", 0);
	const char *letter = demo_fields_line(&f, "letter", 120), *words = demo_fields_line(&f, "words", WATCH_WORDS_MAX);
	struct watch_draft draft = { .version = 1, .title = demo_fields_line(&f, "title", 60),
		.intro = demo_fields_line(&f, "intro", 500), .closing = demo_fields_line(&f, "closing", 500) };
	bool waits = demo_fields_flag(&f, "waits", false);
	int r = f.r;

	clock_fix(d->time.now - ago * DAY_S);
	if (r == 0 && *letter)
		r = choose(d, letters, n, letter, words);
	/* It waits to be gathered. */
	if (r < 0 || waits)
		return r;
	if ((r = watch_circular_begin(d->db, d->a, supervisor(d), &draft.id)) < 0 ||
	    (r = watch_circular_issue(d->db, d->a, supervisor(d), &draft)) < 0)
		return r;
	return watch_circular_tell(d->db, d->a, supervisor(d), draft.id);
}

int demo_watch(struct demo *d, const json_t *circulars, const struct demo_letter *letters, size_t n)
{
	const json_t *one;
	size_t i;
	int r = 0;

	json_array_foreach((json_t *)circulars, i, one) {
		if (r == 0)
			r = add_circular(d, one, letters, n);
	}
	clock_fix(d->time.now);
	return r;
}
