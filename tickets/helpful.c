/* helpful - see helpful.h. */
#include "helpful.h"

#include "queries.h"
#include "tries.h"

/* Behind one network there are many people: /24 of IPv4, /48 of IPv6. */
#define OF_A_LETTER 5
#define OF_A_NETWORK 120

struct saying { struct arena *a; int64_t letter_id; bool yes; const char *from; };

static int say(struct db *db, void *arg)
{
	struct saying *w = arg;
	const char *letter = arena_printf(w->a, "%lld", (long long)w->letter_id);
	int64_t here, all, n;
	int r = tries_count(db, w->a, "helpful", w->from, OF_A_NETWORK);

	if (r == ERR_SLOWDOWN)
		return err_say(r, "从您的网络点得太多了，请一小时后再点");
	if (r == 0)
		r = tries_count_both(db, w->a, "helpful letter", letter, w->from, &here, &all);
	if (r < 0 || here > OF_A_LETTER)
		return r;
	r = q_pub_helpful_add(db, w->yes, !w->yes, w->letter_id, &n);
	return r == 0 && n == 0 ? err_set(ERR_NOTFOUND, "no such letter is published") : r;
}

int helpful_say(struct db *db, struct arena *a, int64_t letter_id, bool yes, const char *from)
{
	struct saying w = { a, letter_id, yes, tries_network(a, from) };

	return db_tx(db, say, &w);
}
