/* desk_list - see desk_list.h. */
#include "desk_list.h"

#include <string.h>

#include "conf.h"
#include "gram.h"
#include "ticket.h"

/* Which desks the people of a role sit at (column desk of the letter), and whether they do so for all units. */
static const struct duty {
	enum role role;
	bool any;
	const char *desks;
} duties[] = {
	{ ROLE_REGISTRAR,         true,  "registrar,lapsed" },
	{ ROLE_LIAISON,           false, "liaison" },
	{ ROLE_HANDLER,           false, "handler,asks" },
	{ ROLE_DEPT_REVIEWER,     false, "dept,asks" },
	{ ROLE_OFFICE_REVIEWER,   true,  "office,asks" },
	{ ROLE_SUPERIOR_REVIEWER, true,  "superior" },
};
#define DUTIES_N (sizeof duties / sizeof duties[0])

/* The part of a unit's desk of decisions that lies behind its open letters: additions to answers. */
#define ANSWERED_ASKS "asks"

static const char *both(struct arena *a, const char *set, const char *more)
{
	return arena_printf(a, "%s%s%s", set, set[0] != '\0' ? "," : "", more);
}

struct desk_work desk_work(struct arena *a, const struct actor *who)
{
	struct desk_work w = { .own = "" };
	size_t n = 0;

	for (size_t i = 0; i < DUTIES_N; i++) {
		const struct duty *d = &duties[i];
		char **desks;

		if ((who->roles & (1U << d->role)) == 0)
			continue;
		if (!d->any) {
			w.own = both(a, w.own, d->desks);
			continue;
		}
		desks = str_split(a, arena_strdup(a, d->desks), ',', &n);
		for (size_t k = 0; k < n && w.any_n < DESK_ANY_MAX; k++)
			w.any[w.any_n++] = desks[k];
	}
	return w;
}

bool desk_works(const struct desk_work *w)
{
	return w->own[0] != '\0' || w->any_n > 0;
}

bool desk_in(const char *set, const char *desk)
{
	size_t n = strlen(desk);

	for (const char *at = strstr(set, desk); at != NULL; at = strstr(at + 1, desk)) {
		if ((at == set || at[-1] == ',') && (at[n] == ',' || at[n] == '\0'))
			return true;
	}
	return false;
}

const int64_t *desk_only_unit(const struct actor *who)
{
	return (access_whose(who, CAP_READ) & WHOSE_ANY) != 0 ? NULL : &who->unit_id;
}

struct desk_query desk_query_all(const struct actor *who)
{
	return (struct desk_query){ .unit = desk_only_unit(who), .received_from = DESK_DAY_FIRST,
		.received_to = DESK_DAY_LAST, .due_from = DESK_DAY_FIRST, .due_to = DESK_DAY_LAST,
		.topic_to = TOPIC_LAST, .limit = 51 };
}

enum desk_order desk_order_of(const struct desk_query *ask)
{
	return ask->words != NULL ? DESK_BY_ID : ask->ended ? DESK_LATEST_FIRST : DESK_BY_DUE;
}

/* --- one range of one index --- */

/* All list queries have the columns of list_open, in its order. */
#define SAME(query) _Static_assert(sizeof(struct q_##query) == sizeof(struct q_list_open), #query ": same columns")
SAME(list_desk);
SAME(list_received);
SAME(list_state);
SAME(list_unit);
SAME(list_handler);
SAME(list_ended);
SAME(list_state_ended);
SAME(list_unit_ended);
SAME(list_co);
SAME(list_unit_asks);
SAME(list_returned);
SAME(list_topic);
SAME(list_topic_ended);
SAME(list_words);
SAME(list_number);

/* What the queries take, worked out once. */
struct range {
	struct db *db;
	struct arena *a;
	const struct actor *who;
	const struct desk_query *ask;
	const int64_t *unit;
	const char *desks, *states;  /* never NULL */
	const int64_t *handler;      /* NULL: anybody */
	bool answered;               /* additions to answers that wait at the unit's desk */
	int32_t from, to;            /* due days, the last row shown taken in */
	int64_t after_id;
	void *rows;
	size_t n;
};

/* So many days of receipt are sorted rather than found along the due days. */
#define FEW_DAYS 8

static bool is_one(const char *set)
{
	return strchr(set, ',') == NULL;
}

/* Last what the person must keep away from. */
#define FILTERS(r) (r)->ask->type, (r)->ask->channel, (r)->ask->received_from, (r)->ask->received_to, \
	(r)->ask->topic_from, (r)->ask->topic_to, (r)->who->unit_id, (r)->who->officer_id
#define PAGE_UP(r) (r)->from, (r)->to, (r)->from, (r)->after_id, (r)->ask->limit, (void *)&(r)->rows, &(r)->n
#define PAGE_DOWN(r) (r)->from, (r)->to, (r)->to, (r)->after_id, (r)->ask->limit, (void *)&(r)->rows, &(r)->n

/* Whether the list of a topic is sorted: not where thousands are about it and nothing else is asked. */
static int by_topic(struct range *r, bool open, bool *ret)
{
	struct q_topic_broad many = { false };
	int rc = 0;

	*ret = r->ask->topic_from > 0;
	if (*ret && r->ask->type == NULL && r->ask->channel == NULL && !is_one(r->desks) && !is_one(r->states))
		rc = q_topic_broad(r->db, r->a, open, r->ask->topic_from, r->ask->topic_to, &many);
	*ret = *ret && !many.broad;
	return rc;
}

static int run_ended(struct range *r)
{
	struct db *db = r->db;
	struct arena *a = r->a;
	bool topic;
	int rc;

	r->after_id = r->ask->after_id > 0 ? r->ask->after_id : INT64_MAX;
	if (r->ask->after_id > 0 && r->ask->after_due < r->to)
		r->to = r->ask->after_due;
	if (r->unit != NULL)
		return q_list_unit_ended(db, a, *r->unit, r->states, FILTERS(r), r->handler, PAGE_DOWN(r));
	rc = by_topic(r, false, &topic);
	if (rc != 0)
		return rc;
	if (topic)
		return q_list_topic_ended(db, a, r->states, FILTERS(r), r->handler, PAGE_DOWN(r));
	if (is_one(r->states))
		return q_list_state_ended(db, a, r->states, FILTERS(r), r->handler, PAGE_DOWN(r));
	return q_list_ended(db, a, r->states, FILTERS(r), r->handler, PAGE_DOWN(r));
}

/* Of one unit, one handler, or what a unit helps with. */
static int run_narrow(struct range *r)
{
	struct db *db = r->db;
	struct arena *a = r->a;

	if (r->ask->co)
		return q_list_co(db, a, r->who->unit_id, r->ask->co_done, FILTERS(r), PAGE_UP(r));
	if (r->unit != NULL && r->answered)
		return q_list_unit_asks(db, a, *r->unit, r->states, FILTERS(r), r->handler, PAGE_UP(r));
	if (r->unit != NULL)
		return q_list_unit(db, a, *r->unit, r->desks, r->states, FILTERS(r), r->handler, PAGE_UP(r));
	return q_list_handler(db, a, *r->handler, r->desks, r->states, FILTERS(r), PAGE_UP(r));
}

static int run_all_units(struct range *r)
{
	struct db *db = r->db;
	struct arena *a = r->a;
	bool topic;
	int rc = by_topic(r, true, &topic);

	if (rc != 0)
		return rc;
	if (r->ask->received_to - r->ask->received_from < FEW_DAYS)
		return q_list_received(db, a, r->desks, r->states, FILTERS(r), r->handler, PAGE_UP(r));
	if (topic)
		return q_list_topic(db, a, r->desks, r->states, FILTERS(r), r->handler, PAGE_UP(r));
	if (is_one(r->desks))
		return q_list_desk(db, a, r->desks, r->states, FILTERS(r), r->handler, PAGE_UP(r));
	if (is_one(r->states))
		return q_list_state(db, a, r->states, FILTERS(r), r->handler, PAGE_UP(r));
	return q_list_open(db, a, r->states, FILTERS(r), r->handler, PAGE_UP(r));
}

static int run_open(struct range *r)
{
	r->after_id = r->ask->after_id;
	if (r->ask->after_id > 0 && r->ask->after_due > r->from)
		r->from = r->ask->after_due;
	/* One day alone, as “after the day before”: such a range comes in the index's order, an equal day is sorted. */
	if (r->from == r->to && r->after_id == 0) {
		r->from--;
		r->after_id = INT64_MAX;
	}
	return r->unit != NULL || r->handler != NULL || r->ask->co ? run_narrow(r) : run_all_units(r);
}

/* The three rarest pairs come first, the rarest of all at the head: few letters are looked at. */
static int rarest_first(struct range *r, struct gram_pairs *pairs)
{
	struct q_gram_counts n;
	const char **g = pairs->g;
	int rc = q_gram_counts(r->db, r->a, g[0], g[1], g[2], g[3], g[4], g[5], g[6], g[7], &n);
	int64_t counts[GRAM_PICK_MAX] = { n.one_n, n.two_n, n.three_n, n.four_n, n.five_n, n.six_n, n.seven_n, n.eight_n };

	for (size_t i = 0; rc == 0 && i < 3 && i < pairs->n; i++) {
		for (size_t k = i + 1; k < pairs->n; k++) {
			const char *pair = g[i];
			int64_t count = counts[i];

			if (counts[k] >= counts[i])
				continue;
			g[i] = g[k];
			counts[i] = counts[k];
			g[k] = pair;
			counts[k] = count;
		}
	}
	for (size_t i = pairs->n; i < 3; i++)
		g[i] = g[0];
	return rc;
}

static int run_words(struct range *r)
{
	struct db *db = r->db;
	struct arena *a = r->a;
	const char *folded = gram_fold(a, r->ask->words), *no = NULL;
	struct gram_pairs pairs;
	int rc;

	if (ticket_number_ok(a, r->ask->words, &no) || str_starts(no, conf.number_prefix))
		return q_list_number(db, a, no, r->unit, r->desks, r->states, FILTERS(r), r->handler, r->from, r->to,
			r->ask->limit, (void *)&r->rows, &r->n);
	if (!gram_pick(a, folded, &pairs))
		return 0;
	rc = rarest_first(r, &pairs);
	if (rc != 0)
		return rc;
	return q_list_words(db, a, pairs.g[0], r->ask->after_id > 0 ? r->ask->after_id : INT64_MAX, pairs.g[1], pairs.g[2],
		folded, r->unit, r->desks, r->states, FILTERS(r), r->handler,
		r->from, r->to, r->ask->limit, (void *)&r->rows, &r->n);
}

static int run(const struct desk_reader *by, const struct desk_query *ask, const int64_t *unit, const char *desks,
	bool answered, struct q_list_open **ret, size_t *ret_n)
{
	const struct actor *who = by->who;
	struct range r = { .db = by->db, .a = by->a, .who = who, .ask = ask, .unit = unit, .answered = answered,
		.desks = desks != NULL ? desks : DESK_ALL_DESKS,
		.states = ask->states != NULL ? ask->states : ask->ended ? DESK_ENDED : DESK_ALL_STATES,
		.handler = ask->handler > 0 ? &ask->handler : NULL, .from = ask->due_from, .to = ask->due_to };
	int rc = ask->returned
		? q_list_returned(by->db, by->a, who->officer_id, who->unit_id, who->unit_id, who->officer_id, ask->limit,
			(void *)&r.rows, &r.n)
		: ask->words != NULL ? run_words(&r) : ask->ended ? run_ended(&r) : run_open(&r);

	*ret = r.rows;
	*ret_n = r.n;
	return rc;
}

/* --- several ranges made one --- */

static bool comes_first(enum desk_order order, const struct q_list_open *x, const struct q_list_open *y)
{
	if (order == DESK_BY_ID)
		return x->id > y->id;
	if (order == DESK_LATEST_FIRST)
		return x->sort_due != y->sort_due ? x->sort_due > y->sort_due : x->id > y->id;
	return x->sort_due != y->sort_due ? x->sort_due < y->sort_due : x->id < y->id;
}

/* Adds sorted rows to sorted rows; a letter that lies at two of the person's desks is one. */
static void merge(const struct desk_reader *by, const struct desk_query *ask, struct q_list_open **rows, size_t *n,
	const struct q_list_open *more, size_t more_n)
{
	struct q_list_open *all = arena_array(by->a, *n + more_n + 1, sizeof(*all));
	enum desk_order order = desk_order_of(ask);
	size_t i = 0, k = 0, out = 0;

	while (out < (size_t)ask->limit && (i < *n || k < more_n)) {
		if (i < *n && k < more_n && (*rows)[i].id == more[k].id)
			k++;
		else if (k == more_n || (i < *n && comes_first(order, &(*rows)[i], &more[k])))
			all[out++] = (*rows)[i++];
		else
			all[out++] = more[k++];
	}
	*rows = all;
	*n = out;
}

static int add_more(const struct desk_reader *by, const struct desk_query *ask, const int64_t *unit, const char *desks,
	bool answered, struct q_list_open **rows, size_t *n)
{
	struct q_list_open *more = NULL;
	size_t more_n = 0;
	int rc = run(by, ask, unit, desks, answered, &more, &more_n);

	if (rc != 0)
		return rc;
	if (*n == 0) {
		*rows = more;
		*n = more_n;
	} else {
		merge(by, ask, rows, n, more, more_n);
	}
	return 0;
}

static int add_range(const struct desk_reader *by, const struct desk_query *ask, const int64_t *unit, const char *desks,
	struct q_list_open **rows, size_t *n)
{
	return add_more(by, ask, unit, desks, false, rows, n);
}

/* The desks of the own unit. */
static int add_own(const struct desk_reader *by, const struct desk_query *ask, const struct desk_work *w,
	struct q_list_open **rows, size_t *n)
{
	const int64_t *unit = &by->who->unit_id;
	int rc = add_range(by, ask, unit, w->own, rows, n);

	if (rc != 0 || ask->words != NULL || !desk_in(w->own, ANSWERED_ASKS))
		return rc;
	return add_more(by, ask, unit, ANSWERED_ASKS, true, rows, n);
}

/* The person's desks, or the one of them that is asked for. */
static struct desk_work work_asked(const struct desk_reader *by, const struct desk_query *ask)
{
	struct desk_work all = desk_work(by->a, by->who), one = { .own = "" };

	if (ask->desks == NULL)
		return all;
	one.own = desk_in(all.own, ask->desks) ? ask->desks : "";
	for (size_t i = 0; i < all.any_n && one.any_n == 0; i++) {
		if (strcmp(all.any[i], ask->desks) == 0)
			one.any[one.any_n++] = all.any[i];
	}
	return one;
}

/* Search reads the whole set of desks in one go; a list by date reads each desk in its order. */
static int load_work(const struct desk_reader *by, const struct desk_query *ask, struct q_list_open **rows, size_t *n)
{
	struct desk_work w = work_asked(by, ask);
	const char *any = "";
	int rc = 0;

	for (size_t i = 0; i < w.any_n; i++)
		any = both(by->a, any, w.any[i]);
	if (w.own[0] != '\0' && (ask->unit == NULL || *ask->unit == by->who->unit_id))
		rc = add_own(by, ask, &w, rows, n);
	if (rc == 0 && any[0] != '\0' && (ask->words != NULL || ask->unit != NULL))
		return add_range(by, ask, ask->unit, any, rows, n);
	for (size_t i = 0; rc == 0 && i < w.any_n; i++)
		rc = add_range(by, ask, NULL, w.any[i], rows, n);
	return rc;
}

int desk_list_load(const struct desk_reader *by, const struct desk_query *ask, struct q_list_open **ret, size_t *ret_n)
{
	*ret = NULL;
	*ret_n = 0;
	return ask->work ? load_work(by, ask, ret, ret_n) : add_range(by, ask, ask->unit, ask->desks, ret, ret_n);
}
