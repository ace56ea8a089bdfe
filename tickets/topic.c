/* topic - see topic.h. */
#include "topic.h"

#include "clock.h"
#include "queries.h"
#include "stats.h"
#include "worktime.h"

#define KEEP_MS 60000

int topic_list(struct db *db, const struct q_topic_all **ret, size_t *ret_n)
{
	static struct arena *memory;
	static struct q_topic_all *kept;
	static size_t kept_n;
	static int64_t kept_at, kept_version;
	struct q_topic_all *rows;
	struct arena *a;
	size_t n;
	int r;

	if (!memory || clock_mono_ms() - kept_at > KEEP_MS || kept_version != worktime_topics()) {
		a = arena_new(1 << 20);
		r = q_topic_all(db, a, &rows, &n);
		if (r < 0) {
			arena_free(a);
			return r;
		}
		arena_free(memory);
		memory = a;
		kept = rows;
		kept_n = n;
		kept_at = clock_mono_ms();
		kept_version = worktime_topics();
	}
	*ret = kept;
	*ret_n = kept_n;
	return 0;
}

void topic_range(int64_t id, int32_t *ret_from, int32_t *ret_to)
{
	*ret_from = id > 0 && id <= TOPIC_LAST ? (int32_t)id : 0;
	*ret_to = id < 0 || id > TOPIC_LAST ? TOPIC_LAST : id > 0 && id % TOPIC_BELOW == 0 ? *ret_from + TOPIC_BELOW - 1
		: *ret_from;
}

struct setting { struct arena *a; int64_t ticket_id, topic_id; };

static int check(struct db *db, int64_t topic_id)
{
	const struct q_topic_all *topics;
	size_t n;
	int r = topic_id ? topic_list(db, &topics, &n) : 0;

	if (r < 0 || topic_id == 0)
		return r;
	for (size_t i = 0; i < n; i++) {
		if (topics[i].id == topic_id && topics[i].active)
			return 0;
	}
	return err_say(ERR_INVALID, "没有这个主题，请重新选择");
}

static int set(struct db *db, void *arg)
{
	const struct setting *w = arg;
	struct q_ticket_lock row;
	struct ticket before, t;
	int r = q_ticket_lock(db, w->a, w->ticket_id, &row);

	if (r < 0 || row.topic_id == w->topic_id)
		return r;
	ticket_from_row(&row, &before);
	t = before;
	t.topic_id = w->topic_id;
	r = q_ticket_topic_set(db, w->topic_id, w->ticket_id, NULL);
	return r < 0 ? r : stats_changed(db, &before, &t);
}

int topic_set(struct db *db, struct arena *a, int64_t ticket_id, int64_t topic_id)
{
	struct setting w = { a, ticket_id, topic_id };
	int r = check(db, topic_id);

	return r < 0 ? r : db_tx(db, set, &w);
}
