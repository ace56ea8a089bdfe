/* public_file - all published letters of a year or a month as one file, CSV or JSON.
 *
 * Too large for one answer in memory: the file is made twice from the same snapshot of the database, first to know
 * its length, then to send it, so that whoever gets less than that knows (a broken connection looks like the end
 * otherwise). Made when it is asked for: what has been taken down is in none, and when something is taken down while a
 * file is on its way it is broken off: what follows of it may be just that. Two at a time; the others are told to come
 * again. */
#include <string.h>

#include "clock.h"
#include "open_filter.h"
#include "open_names.h"
#include "open_write.h"
#include "public.h"
#include "report.h"

#define BATCH 250                                /* fewer cost the database more a letter, more no less */
#define BATCH_BYTES ((size_t)64 * 1024 * 1024)   /* so many letters with the longest texts */
#define ROW_BYTES ((size_t)1024 * 1024)
#define LINE_BYTES (4 * ROW_BYTES)               /* a row while it grows */
#define IDS_BYTES (BATCH * 21 + 2)
#define SECONDS_MAX 120                          /* of making one file */

struct file {
	struct db *db;
	struct db *now;                  /* a connection beside the snapshot: sees what has been taken down meanwhile */
	struct q_open_gone_last gone;    /* the last of that before the file was begun */
	struct open_names names;
	int32_t from, to;
	bool json;
	int64_t until_ms;
	struct reply_out *out;
	struct str *line;                /* the letter that is being written */
};

typedef int (*put_fn)(void *ctx, const char *s, size_t n);

static int count_bytes(void *ctx, const char *s, size_t n)
{
	(void)s;
	*(int64_t *)ctx += (int64_t)n;
	return 0;
}

static int send_bytes(void *ctx, const char *s, size_t n)
{
	struct reply_out *out = ctx;

	return out->put(out, s, n);
}

/* --- one letter after the other --- */

/* "[12,9]" of the next letters after a row; *ret_n 0 at the end. */
static int next_ids(const struct file *w, struct arena *a, int32_t *on, int64_t *id, const char **ret, size_t *ret_n)
{
	struct q_open_older *rows = NULL;
	struct str o;
	int rc = q_open_older(w->db, a, w->from, w->to < *on ? w->to : *on, *on, *id, NULL, NULL, BATCH, &rows, ret_n);

	if (rc != 0)
		return rc;
	str_init(&o, a, IDS_BYTES);
	for (size_t i = 0; i < *ret_n; i++)
		str_addf(&o, "%s%lld", i > 0 ? "," : "[", (long long)rows[i].id);
	str_add(&o, "]");
	must(!o.over);
	if (*ret_n > 0) {
		*on = rows[*ret_n - 1].replied_on;
		*id = rows[*ret_n - 1].id;
	}
	*ret = o.s;
	return 0;
}

static int put_one(const struct file *w, struct arena *a, const struct q_pub_full_page *row, bool first, put_fn put,
	void *ctx)
{
	struct open_one one = open_names_one(a, &w->names, row);
	struct str *o = w->line;

	str_cut(o, 0);
	if (w->json) {
		str_add(o, first ? "[\n" : ",\n");
		open_json_text(o, a, &one);
	} else {
		if (first)
			open_csv_head(o);
		open_csv_row(o, a, &one);
	}
	return o->over ? err_set(ERR_BUG, "a letter of over %zu bytes", ROW_BYTES) : put(ctx, o->s, o->len);
}

static int put_batch(const struct file *w, struct arena *a, const char *ids, bool first, put_fn put, void *ctx)
{
	struct q_pub_full_page *rows = NULL;
	size_t n = 0;
	int rc = q_pub_full_page(w->db, a, ids, &rows, &n);

	for (size_t i = 0; rc == 0 && i < n; i++)
		rc = put_one(w, a, &rows[i], first && i == 0, put, ctx);
	return rc;
}

static int put_end(const struct file *w, struct arena *a, bool nothing, put_fn put, void *ctx)
{
	struct str o;

	str_init(&o, a, 4096);
	if (nothing && !w->json)
		open_csv_head(&o);
	if (w->json)
		str_add(&o, nothing ? "[]\n" : "\n]\n");
	return put(ctx, o.s, o.len);
}

static int nothing_gone(const struct file *w, struct arena *a)
{
	struct q_open_gone_last gone;
	int rc = q_open_gone_last(w->now, a, &gone);

	if (rc == 0 && (gone.at != w->gone.at || gone.n != w->gone.n))
		rc = err_say(ERR_SLOWDOWN, "文件生成时有答复被撤下，请重新下载");
	return rc;
}

/* The whole file, from the newest to the oldest. */
static int put_all(const struct file *w, struct arena *a, put_fn put, void *ctx)
{
	int32_t on = OPEN_DAY_LAST;
	int64_t id = INT64_MAX;
	bool first = true;
	const char *ids;
	size_t n;
	int rc;

	for (;;) {
		arena_reset(a);
		if (clock_mono_ms() > w->until_ms)
			return err_set(ERR_SLOWDOWN, "a file takes over %d s", SECONDS_MAX);
		rc = next_ids(w, a, &on, &id, &ids, &n);
		if (rc == 0 && n == 0)
			return put_end(w, a, first, put, ctx);
		if (rc == 0)
			rc = nothing_gone(w, a);
		if (rc == 0)
			rc = put_batch(w, a, ids, first, put, ctx);
		if (rc == 0)
			rc = w->out->alive(w->out);
		if (rc != 0)
			return rc;
		first = false;
	}
}

static int make(struct db *db, void *arg)
{
	struct file *w = arg;
	struct arena *a = arena_new(BATCH_BYTES), *lines = arena_new(LINE_BYTES);
	struct str line;
	int64_t bytes = 0;
	int rc;

	str_init(&line, lines, ROW_BYTES);
	w->line = &line;
	w->db = db;
	rc = put_all(w, a, count_bytes, &bytes);
	if (rc == 0)
		rc = w->out->begin(w->out, bytes);
	if (rc == 0)
		rc = put_all(w, a, send_bytes, w->out);
	arena_free(lines);
	arena_free(a);
	return rc;
}

/* --- the answer --- */

static int send_file(void *ctx, struct reply_out *out)
{
	struct file *w = ctx;
	struct q_open_file_place place;
	struct q_open_file_leave left;
	struct arena *a = arena_new(1 << 16);
	int rc = q_open_file_place(w->db, a, &place), rc_left;

	w->out = out;
	w->until_ms = clock_mono_ms() + SECONDS_MAX * 1000;
	if (rc == 0 && place.place == NULL)
		rc = err_say(ERR_SLOWDOWN, "现在下载的人多，请过一会儿再下载");
	if (rc == 0) {
		db_open("public", &w->now);
		rc = q_open_gone_last(w->now, a, &w->gone);
		if (rc == 0)
			rc = db_read_tx(w->db, make, w);
		db_close(w->now);
		rc_left = q_open_file_leave(w->db, a, &left);
		rc = rc != 0 ? rc : rc_left;
	}
	arena_free(a);
	return rc;
}

static int file_of(struct page *p, bool json)
{
	struct file *w = ARENA_NEW(p->a, struct file);
	enum report_kind kind;
	bool same;
	int rc;

	*w = (struct file){ .db = p->db, .json = json };
	if (report_period(p->param, &kind, &w->from, &w->to) != 0)
		return err_set(ERR_NOTFOUND, "no such period");
	rc = open_unchanged(p, &same);
	if (rc == 0)
		open_names_headers(p);
	if (rc != 0 || same)
		return rc;
	rc = open_names_load(p, &w->names);
	if (rc != 0)
		return rc;
	reply_type(p->reply, json ? "application/json; charset=utf-8" : "text/csv; charset=utf-8");
	reply_download(p->reply, arena_printf(p->a, "公开答复%s.%s", p->param, json ? "json" : "csv"));
	reply_long(p->reply, send_file, w);
	return 0;
}

int open_file_csv(struct page *p)
{
	return file_of(p, false);
}

int open_file_json(struct page *p)
{
	return file_of(p, true);
}
