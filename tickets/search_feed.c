/* search_feed - see search_feed.h. */
#include "search_feed.h"

#include <fcntl.h>
#include <jansson.h>
#include <string.h>
#include <unistd.h>

#include "clock.h"
#include "fold.h"
#include "queries.h"
#include "search_inner.h"
#include "states.h"

#define TAKE 100                         /* letters of one batch */
#define BUILD_TAKE 500                   /* the same when it is built anew */
#define BATCH_BYTES (2u << 20)           /* of folded text in one statement */
#define MANY 20000                       /* letters: added one by one they take as long as all of them at once */
#define WAIT_S 10                        /* for another writer to end its batch */
#define BOOT_FILE "/proc/sys/kernel/random/boot_id"
#define BOOT_MAX 40

struct boot { char id[BOOT_MAX + 1]; };

/* The start of this machine; the database is on it (its socket is a Unix socket). */
static struct boot boot_id(void)
{
	struct boot b = { "" };
	int fd = open(BOOT_FILE, O_RDONLY | O_CLOEXEC);
	ssize_t n = fd < 0 ? -1 : read(fd, b.id, BOOT_MAX);

	if (fd >= 0)
		close(fd);
	b.id[n > 0 ? strcspn(b.id, "\n") : 0] = '\0';
	return b;
}

static int64_t version(void)
{
	return (int64_t)(fold_version() & INT64_MAX);
}

static bool told(const struct search_telling *t, const char *what, int64_t done, int64_t of)
{
	return t->tell == NULL || t->tell(t->arg, what, done, of);
}

/* --- one writer --- */

static int lock(struct db *db, struct arena *a, int64_t wait_s)
{
	struct q_search_lock row;
	int r = q_search_lock(db, a, wait_s, &row);

	if (r < 0)
		return r;
	return row.got == 1 ? 0 : err_set(ERR_CONFLICT, "the index is being written by somebody else");
}

/* r, or what went wrong with letting go. */
static int unlock(struct db *db, struct arena *a, int r)
{
	struct q_search_unlock row;
	int released = q_search_unlock(db, a, &row);

	return r < 0 ? r : released;
}

/* --- letters into rows of the index --- */

static json_t *id_list(const int64_t *ids, size_t n)
{
	json_t *list = json_array();

	for (size_t i = 0; i < n; i++)
		json_array_append_new(list, json_integer(ids[i]));
	return list;
}

static json_t *doc(struct arena *a, const struct q_search_letters *row, size_t *bytes)
{
	struct search_texts t;

	search_fold(a, row->title, row->body, row->reply, &t);
	*bytes += strlen(t.title) + strlen(t.words);
	return json_pack("{s:I, s:I, s:I, s:i, s:I, s:I, s:I, s:I, s:I, s:s, s:s}", "i", (json_int_t)row->id, "p",
		(json_int_t)row->print, "k", (json_int_t)search_key(row->replied_on, row->id), "y",
		(int)states_type_from(row->type), "u", (json_int_t)row->unit_id, "a", (json_int_t)row->topic_top, "b",
		(json_int_t)row->topic_id, "l", (json_int_t)row->place_id, "r", (json_int_t)search_code(row->result), "t",
		t.title, "w", t.words);
}

/* Adds the rows with add, as many a statement as fit. */
static int add_docs(struct db *db, struct arena *a, const struct q_search_letters *rows, size_t n,
	int (*add)(struct db *db, const char *docs, int64_t *ret_n))
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < n;) {
		json_t *list = json_array();
		size_t bytes = 0;

		while (i < n && bytes < BATCH_BYTES)
			json_array_append_new(list, doc(a, &rows[i++], &bytes));
		r = add(db, search_json(a, list), NULL);
	}
	return r;
}

/* --- the queue --- */

struct batch { struct arena *a; const struct q_search_queued *rows; size_t n; };

/* The letters of the batch are indexed as they were read. */
static int done_with(struct db *db, void *arg)
{
	const struct batch *b = arg;
	json_t *list = json_array();
	int r;

	for (size_t i = 0; i < b->n; i++)
		json_array_append_new(list, json_pack("{s:I, s:I}", "i", (json_int_t)b->rows[i].pub_id, "t",
			(json_int_t)b->rows[i].turn));
	r = q_search_dequeue(db, search_json(b->a, list), NULL);
	return r < 0 ? r : q_search_writing(db, false, NULL);
}

static int index_batch(struct db *db, struct arena *a, const struct batch *b)
{
	int64_t *ids = arena_array(a, b->n, sizeof(*ids));
	struct q_search_letters *rows;
	const char *list;
	size_t n;
	int r;

	for (size_t i = 0; i < b->n; i++)
		ids[i] = b->rows[i].pub_id;
	list = search_json(a, id_list(ids, b->n));
	r = q_search_letters(db, a, list, &rows, &n);
	if (r == 0)
		r = q_search_writing(db, true, NULL);
	if (r == 0)
		r = q_search_doc_remove(db, list, NULL);
	if (r == 0)
		r = add_docs(db, a, rows, n, q_search_doc_add);
	return r;
}

static int feed(struct db *db, struct arena *a, size_t *done)
{
	struct q_search_queued *rows;
	struct batch b = { .a = a };
	int r = q_search_queued(db, a, TAKE, &rows, &b.n);

	b.rows = rows;
	if (r < 0 || b.n == 0)
		return r;
	r = index_batch(db, a, &b);
	if (r == 0)
		r = db_tx(db, done_with, &b);
	if (r == 0)
		*done = b.n;
	return r;
}

/* --- compared with the truth --- */

static int queue_ids(struct db *db, struct arena *a, const int64_t *ids, size_t n)
{
	return n > 0 ? q_search_enqueue(db, search_json(a, id_list(ids, n)), NULL) : 0;
}

/* The letters of one part, by id on both sides. */
static int compare_part(struct db *db, struct arena *a, int64_t part, int64_t *differ)
{
	struct q_search_prints_letters *x;
	struct q_search_prints_docs *y;
	size_t nx, ny, i = 0, k = 0, n = 0;
	int64_t *ids;
	int r = q_search_prints_letters(db, a, part, part, &x, &nx);

	if (r == 0)
		r = q_search_prints_docs(db, a, part, part, &y, &ny);
	if (r < 0)
		return r;
	ids = arena_array(a, nx + ny + 1, sizeof(*ids));
	while (i < nx || k < ny) {
		if (k == ny || (i < nx && x[i].id < y[k].id)) {
			ids[n++] = x[i++].id;
		} else if (i == nx || y[k].id < x[i].id) {
			ids[n++] = y[k++].id;
		} else {
			if (x[i].print != y[k].print)
				ids[n++] = x[i].id;
			i++;
			k++;
		}
	}
	*differ += (int64_t)n;
	return queue_ids(db, a, ids, n);
}

struct sums { struct q_search_sums_letters *x; struct q_search_sums_docs *y; size_t nx, ny, i, k; };

/* The next part whose count or checksum differs; -1: none. */
static int64_t next_difference(struct sums *s)
{
	while (s->i < s->nx || s->k < s->ny) {
		if (s->k == s->ny || (s->i < s->nx && s->x[s->i].part < s->y[s->k].part))
			return s->x[s->i++].part;
		if (s->i == s->nx || s->y[s->k].part < s->x[s->i].part)
			return s->y[s->k++].part;
		if (s->x[s->i].n != s->y[s->k].n || s->x[s->i].sum != s->y[s->k].sum) {
			s->k++;
			return s->x[s->i++].part;
		}
		s->i++;
		s->k++;
	}
	return -1;
}

static int compare_parts(struct db *db, const struct search_telling *t, struct sums *s, struct search_account *ret)
{
	struct arena *part = arena_new((size_t)64 << 20);
	int r = 0;

	for (int64_t n; r == 0 && (n = next_difference(s)) >= 0;) {
		r = compare_part(db, part, n, &ret->differ);
		if (r == 0 && !told(t, "compare", (int64_t)s->i, (int64_t)s->nx))
			r = err_set(ERR_STATE, "told to stop");
		arena_reset(part);
	}
	arena_free(part);
	return r;
}

/* *ret_much, where it is asked for: so many letters are missing that building anew takes less time; nothing was
 * queued. */
static int compare_all(struct db *db, struct arena *a, const struct search_telling *t, struct search_account *ret,
	bool *ret_much)
{
	struct sums s = { 0 };
	int r = q_search_sums_letters(db, a, &s.x, &s.nx);

	if (r == 0)
		r = q_search_sums_docs(db, a, &s.y, &s.ny);
	for (size_t i = 0; r == 0 && i < s.nx; i++)
		ret->letters += s.x[i].n;
	for (size_t i = 0; r == 0 && i < s.ny; i++)
		ret->docs += s.y[i].n;
	if (r == 0 && ret_much != NULL && (*ret_much = ret->letters - ret->docs > MANY))
		return 0;
	if (r == 0)
		r = compare_parts(db, t, &s, ret);
	return r < 0 ? r : q_search_checked(db, clock_now(), NULL);
}

/* --- built anew --- */

static int fill_next(struct db *db, struct arena *a, const struct search_telling *t, int64_t total)
{
	int64_t after = 0, done = 0;
	struct q_search_letters_after *rows;
	size_t n = BUILD_TAKE;
	int r = 0;

	_Static_assert(sizeof(*rows) == sizeof(struct q_search_letters), "both have the same columns");
	while (r == 0 && n == BUILD_TAKE) {
		r = q_search_letters_after(db, a, after, BUILD_TAKE, &rows, &n);
		if (r == 0 && n > 0) {
			after = rows[n - 1].id;
			r = add_docs(db, a, (const struct q_search_letters *)(const void *)rows, n, q_search_next_add);
		}
		done += (int64_t)n;
		if (r == 0)
			r = q_search_progress(db, done, total, NULL);
		if (r == 0 && !told(t, "build", done, total))
			r = err_set(ERR_STATE, "told to stop");
		arena_reset(a);
	}
	return r;
}

static int build(struct db *db, struct arena *a, const struct search_telling *t)
{
	struct boot boot = boot_id();
	int64_t began = clock_mono_ms();
	struct q_search_total total;
	int r = q_search_total(db, a, &total);

	if (r == 0)
		r = q_search_writing(db, true, NULL);
	if (r == 0)
		r = q_search_next_drop(db, NULL);
	if (r == 0)
		r = q_search_next_make(db, NULL);
	if (r == 0)
		r = fill_next(db, a, t, total.n);
	if (r == 0)
		r = q_search_next_index(db, NULL);
	if (r == 0)
		r = q_search_swap(db, NULL);
	if (r == 0)
		r = q_search_next_empty(db, NULL);
	if (r == 0)
		r = q_search_built(db, boot.id, version(), clock_now(), clock_mono_ms() - began, NULL);
	return r < 0 ? r : q_search_wake(db, NULL);
}

int search_rebuild(struct db *db, struct arena *a, const struct search_telling *t)
{
	int r = lock(db, a, WAIT_S);

	return r < 0 ? r : unlock(db, a, build(db, a, t));
}

/* --- turns --- */

/* Nobody has looked at the index since the server was started. */
static int look_after(struct db *db, struct arena *a, const struct search_telling *t, const struct q_search_health *h)
{
	struct search_account account = { 0 };
	struct boot boot = boot_id();
	bool much = false;
	int r;

	if (!h->ready || h->writing || strcmp(h->boot, boot.id) != 0 || h->fold != version()) {
		r = q_search_unready(db, NULL);
		return r < 0 ? r : build(db, a, t);
	}
	r = compare_all(db, a, t, &account, &much);
	if (r == 0 && much)
		return build(db, a, t);
	return r < 0 ? r : q_search_wake(db, NULL);
}

static int turn(struct db *db, struct arena *a, const struct search_telling *t, size_t *done)
{
	struct q_search_health h;
	int r = q_search_health(db, a, &h);

	if (r == 0 && (!h.alive || !h.ready || h.fold != version()))
		r = look_after(db, a, t, &h);
	return r < 0 ? r : feed(db, a, done);
}

/* Who wrote last was killed, and the server has lived on: what it was told to write it has written or left whole. */
static int lay_to_rest(struct db *db)
{
	int64_t alive;
	int r = q_search_sleep(db, &alive);

	return r < 0 || alive == 0 ? r : q_search_writing(db, false, NULL);
}

int search_begin(struct db *db, struct arena *a)
{
	int r = lock(db, a, WAIT_S);

	if (r == ERR_CONFLICT) { /* somebody builds it by hand */
		err_clear();
		return q_search_sleep(db, NULL);
	}
	return r < 0 ? r : unlock(db, a, lay_to_rest(db));
}

int search_turn(struct db *db, struct arena *a, const struct search_telling *t, size_t *done)
{
	int r = lock(db, a, 0);

	*done = 0;
	if (r == ERR_CONFLICT) {
		err_clear();
		return 0;
	}
	return r < 0 ? r : unlock(db, a, turn(db, a, t, done));
}

int search_compare(struct db *db, struct arena *a, const struct search_telling *t, struct search_account *ret)
{
	struct q_search_health h;
	int r = lock(db, a, WAIT_S);

	*ret = (struct search_account){ 0 };
	if (r < 0)
		return r;
	r = q_search_health(db, a, &h);
	if (r == 0)
		r = compare_all(db, a, t, ret, NULL);
	if (r == 0)
		r = q_search_health(db, a, &h);
	ret->waiting = h.waiting;
	ret->ready = h.ready && h.alive;
	return unlock(db, a, r);
}
