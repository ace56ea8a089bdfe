/* tries - see tries.h. */
#include "tries.h"

#include <arpa/inet.h>
#include <string.h>

#include "clock.h"
#include "queries.h"
#include "seal.h"

#define WAIT_S 3600
#define EVERYWHERE "*"

static const char *network4(struct arena *a, const unsigned char *ip)
{
	return arena_printf(a, "%d.%d.%d.0/24", ip[0], ip[1], ip[2]);
}

const char *tries_network(struct arena *a, const char *address)
{
	static const unsigned char mapped[12] = { [10] = 0xff, [11] = 0xff };
	unsigned char ip[16];
	char text[INET6_ADDRSTRLEN];

	if (inet_pton(AF_INET, address, ip) == 1)
		return network4(a, ip);
	if (inet_pton(AF_INET6, address, ip) != 1)
		return address;
	if (memcmp(ip, mapped, sizeof mapped) == 0)
		return network4(a, ip + sizeof mapped);
	memset(ip + 6, 0, sizeof ip - 6);
	must(inet_ntop(AF_INET6, ip, text, sizeof text) != NULL);
	return arena_printf(a, "%s/48", text);
}

static int id_of(struct arena *a, const char *purpose, const char *what, const char *from, struct db_blob *ret)
{
	const char *const parts[] = { "minsheng tries 1", purpose, what, from };

	return seal_keyed(a, parts, sizeof parts / sizeof parts[0], ret);
}

int tries_count(struct db *db, struct arena *a, const char *purpose, const char *from, int64_t limit)
{
	int64_t now = clock_now();
	struct q_code_try_one row;
	struct db_blob id;
	int r = id_of(a, purpose, "", from, &id);

	must(db_in_tx(db));
	if (r < 0 || (r = q_code_try_one(db, a, id, now, now - WAIT_S, &row)) < 0)
		return r;
	return row.failures > limit ? err_set(ERR_SLOWDOWN, "%s tried too often", purpose) : 0;
}

int tries_count_both(struct db *db, struct arena *a, const char *purpose, const char *what, const char *from,
                     int64_t *ret_here, int64_t *ret_all)
{
	int64_t now = clock_now();
	struct q_code_try *rows;
	struct db_blob here, all;
	size_t n;
	int r = id_of(a, purpose, what, from, &here);

	must(db_in_tx(db));
	if (r < 0 || (r = id_of(a, purpose, what, EVERYWHERE, &all)) < 0 ||
	    (r = q_code_try(db, a, here, now, all, now, now - WAIT_S, &rows, &n)) < 0)
		return r;
	must(n == 2);
	*ret_here = rows[0].failures;
	*ret_all = rows[1].failures;
	return 0;
}

int tries_forget(struct db *db, struct arena *a, const char *purpose, const char *what, const char *from)
{
	struct db_blob here, all;
	int r = id_of(a, purpose, what, from, &here);

	if (r < 0 || (r = id_of(a, purpose, what, EVERYWHERE, &all)) < 0 || (r = q_code_right(db, here, NULL)) < 0)
		return r;
	return q_code_less(db, all, NULL);
}
