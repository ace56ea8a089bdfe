/* ctl_search - minshengctl search: the index of published letters compared with them, built anew, asked. */
#include <jansson.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "clock.h"
#include "ctl.h"
#include "search.h"
#include "search_feed.h"

#define USAGE "search check | search rebuild | search find [--most N]"
#define TOLD_EVERY_MS 1000
#define PAGE_ROWS 20
#define LINE_BYTES 4096
#define MOST 10000000

struct progress { int64_t began, told; };

/* On a terminal one line that changes, else a line every now and then. */
static bool tell(void *arg, const char *what, int64_t done, int64_t of)
{
	struct progress *p = arg;
	int64_t now = clock_mono_ms();

	if (now - p->told < TOLD_EVERY_MS && done < of)
		return true;
	p->told = now;
	fprintf(stderr, "%s%s: %lld of %lld, %lld s%s", isatty(STDERR_FILENO) ? "\r" : "", what, (long long)done,
		(long long)of, (long long)(now - p->began) / 1000, isatty(STDERR_FILENO) && done < of ? "" : "\n");
	return true;
}

static void print_account(const struct search_account *s)
{
	printf("published %lld, in the index %lld, waiting %lld, different %lld%s\n", (long long)s->letters,
		(long long)s->docs, (long long)s->waiting, (long long)s->differ,
		!s->ready ? "; the index is not in use: letters are compared directly"
		: s->differ > 0 ? "; what differs was queued" : "");
}

static json_t *ids_of(const struct search_found *found, json_t *ids)
{
	for (size_t i = 0; i < found->n; i++)
		json_array_append_new(ids, json_integer(found->hits[i].id));
	return ids;
}

/* The ids of what holds the words, by date, at most most of them; how long its first page took, and how many it said
 * there are: more than SEARCH_COUNT_MAX, or -1 when it did not know. */
static int find(struct ctl *c, const char *q, long long most)
{
	struct search_ask ask = { .from_on = SEARCH_DAY_FIRST, .to_on = SEARCH_DAY_LAST, .before_on = SEARCH_DAY_LAST,
		.before_id = INT64_MAX };
	struct search_found found = { .more = true };
	int64_t began = clock_mono_us(), us = 0, count = -1;
	json_t *o, *ids = json_array();
	size_t n = PAGE_ROWS;
	int r = 0;

	search_words(c->a, q, &ask.words);
	while (r == 0 && ask.words.n > 0 && found.more && (long long)json_array_size(ids) < most) {
		r = search_page(c->db, c->a, &ask, n, us == 0, &found);
		count = us == 0 ? found.count : count;
		us = us == 0 ? clock_mono_us() - began : us;
		ids_of(&found, ids);
		ask.before_on = found.next_on;
		ask.before_id = found.next_id;
		n = SEARCH_HITS_MAX;
	}
	o = json_pack("{s:s, s:o, s:I, s:I}", "q", q, "ids", ids, "us", (json_int_t)us, "count", (json_int_t)count);
	json_dumpf(o, stdout, JSON_COMPACT);
	putchar('\n');
	json_decref(o);
	return r;
}

/* Each line of standard input is a query. */
static int find_lines(struct ctl *c)
{
	const char *given = ctl_option(c, "--most");
	char line[LINE_BYTES];
	long long most = MOST;
	int r = 0;

	if ((given != NULL && str_to_int(given, 1, MOST, &most) != 0) || c->argc != 2)
		return ctl_usage(USAGE);
	while (r == 0 && fgets(line, sizeof line, stdin) != NULL) {
		line[strcspn(line, "\n")] = '\0';
		r = find(c, line, most);
		arena_reset(c->a);
	}
	return r < 0 ? ctl_fail(r) : fflush(stdout) != 0;
}

int ctl_search(struct ctl *c)
{
	struct progress p = { .began = clock_mono_ms() };
	const struct search_telling t = { tell, &p };
	struct search_account account;
	bool rebuild = c->argc == 2 && strcmp(c->argv[1], "rebuild") == 0;
	int r;

	if (c->argc >= 2 && strcmp(c->argv[1], "find") == 0)
		return find_lines(c);
	if (!rebuild && (c->argc != 2 || strcmp(c->argv[1], "check") != 0))
		return ctl_usage(USAGE);
	if (rebuild && (r = search_rebuild(c->db, c->a, &t)) < 0)
		return ctl_fail(r);
	if ((r = search_compare(c->db, c->a, &t, &account)) < 0)
		return ctl_fail(r);
	print_account(&account);
	return account.differ > account.waiting || !account.ready ? 1 : 0;
}
