/* ctl_search - minshengctl search: the index of published letters compared with them, and built anew. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "clock.h"
#include "ctl.h"
#include "search_feed.h"

#define USAGE "search check | search rebuild"
#define TOLD_EVERY_MS 1000

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

int ctl_search(struct ctl *c)
{
	struct progress p = { .began = clock_mono_ms() };
	const struct search_telling t = { tell, &p };
	struct search_account account;
	bool rebuild = c->argc == 2 && strcmp(c->argv[1], "rebuild") == 0;
	int r;

	if (!rebuild && (c->argc != 2 || strcmp(c->argv[1], "check") != 0))
		return ctl_usage(USAGE);
	if (rebuild && (r = search_rebuild(c->db, c->a, &t)) < 0)
		return ctl_fail(r);
	if ((r = search_compare(c->db, c->a, &t, &account)) < 0)
		return ctl_fail(r);
	print_account(&account);
	return account.differ > account.waiting || !account.ready ? 1 : 0;
}
