/* minsheng-paperd - makes files: takes orders from the table `paper` one by one and writes what was ordered.
 *
 * Lease, make, move into place, mark. The file is written beside its place and moved there whole, and the order is
 * marked last: whoever dies at any point leaves an order whose lease runs out, and a part that is swept away. What
 * the file holds is read with the rights of who ordered it, as they are when it is made. Files past their day are
 * removed.
 * SIGTERM ends it after the step in hand; the order goes back into the queue. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <time.h>
#include <unistd.h>

#include "clock.h"
#include "conf.h"
#include "daemon.h"
#include "log.h"
#include "papers.h"
#include "queries_read.h"
#include "str.h"

#define ARENA_BYTES ((size_t)64 * 1024 * 1024)
#define OWN_BYTES ((size_t)64 * 1024)
#define LEASE_S 120            /* more than the longest step */
#define TRIES_MAX 4
#define AGAIN_S 60
#define SWEEP_EVERY_MS 5000
#define SWEEP_ROWS 200
#define PART_OLD_S 86400
#define DISK_LEFT_MB 300
#define IDLE_MS 1000

static struct paperd {
	struct db *db, *read;
	struct arena *a, *own;       /* of one order; of the program */
	const char *dir;             /* of the files */
	int64_t swept_ms;
	bool db_failed;
} d;

static bool disk_is_full(void)
{
	struct statvfs v;

	return statvfs(d.dir, &v) != 0 || (uint64_t)v.f_bavail * v.f_frsize < (uint64_t)DISK_LEFT_MB << 20;
}

int paper_step(struct paper_job *job)
{
	if (daemon_stops_within(0))
		return err_set(ERR_RETRY, "the program is to end");
	if (disk_is_full())
		return err_set(ERR_FULL, "less than %d MiB left", DISK_LEFT_MB);
	return store_paper_progress(job->db, &job->order, job->rows, clock_now() + LEASE_S);
}

const char *paper_foot(const struct paper_job *job)
{
	return arena_printf(job->a, "%s %s（%s） %s", job->who.unit, job->who.actor.name, job->who.login,
		clock_fmt(job->a, job->now));
}

/* --- one order --- */

static int (*const makers[PAPER__MAX])(struct paper_job *job) = {
#define PAPER(name, code, ending, cap, zh) [PAPER_##name] = paper_##code,
#include "papers.tbl"
};

/* Size and hash of the finished file, and everything of it on the disk. */
static int seal_file(const char *path, struct paper_made *made)
{
	crypto_hash_sha256_state state;
	unsigned char bytes[65536];
	ssize_t n;
	int fd = open(path, O_RDONLY | O_CLOEXEC), r = 0;

	if (fd < 0)
		return err_set(ERR_IO, "open %s: %s", path, strerror(errno));
	crypto_hash_sha256_init(&state);
	while ((n = read(fd, bytes, sizeof bytes)) > 0) {
		crypto_hash_sha256_update(&state, bytes, (unsigned long long)n);
		made->size_bytes += n;
	}
	crypto_hash_sha256_final(&state, made->sha256);
	if (n < 0 || fsync(fd) != 0)
		r = err_set(errno == ENOSPC ? ERR_FULL : ERR_IO, "read %s: %s", path, strerror(errno));
	close(fd);
	return r;
}

/* Moves it to where it is fetched from. */
static int put_in_place(struct paper_job *job)
{
	const char *to = arena_printf(job->a, "%s/%lld.%s", d.dir, (long long)job->order.id,
		paper_rows[job->order.kind].ending);
	int fd;

	if (rename(job->path, to) != 0)
		return err_set(ERR_IO, "rename to %s: %s", to, strerror(errno));
	fd = open(d.dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd >= 0) {
		(void)fsync(fd);
		close(fd);
	}
	return 0;
}

/* 信件列表-2026-11-21-0930.xlsx */
static const char *name_of(const struct paper_job *job)
{
	const struct paper_row *row = &paper_rows[job->order.kind];
	int second = clock_second_of_day(job->now);

	return arena_printf(job->a, "%s-%s-%02d%02d.%s", row->zh, clock_fmt_day(job->a, clock_day(job->now)), second / 3600,
		second / 60 % 60, row->ending);
}

static int make(struct paper_job *job)
{
	struct paper_made made = { .keep_until = clock_day(job->now) + (int32_t)conf.paper_keep_days };
	int r;

	/* Whoever took it those times did not live to say why. */
	if (job->order.tries > TRIES_MAX)
		return err_set(ERR_BUG, "taken %lld times", (long long)job->order.tries);
	r = store_paper_person(d.db, job->a, job->order.asked_by, clock_day(job->now), &job->who);
	if (r < 0)
		return r;
	if (job->order.kind == PAPER__MAX || !access_may(&job->who.actor, paper_rows[job->order.kind].cap))
		return err_set(ERR_DENIED, "not this person's any more");
	job->path = arena_printf(job->a, "%s/%lld.%08x.part", d.dir, (long long)job->order.id, randombytes_random());
	job->tmp_dir = d.dir;
	r = makers[job->order.kind](job);
	if (r == 0)
		r = seal_file(job->path, &made);
	if (r == 0)
		r = put_in_place(job);
	if (r < 0) {
		(void)unlink(job->path);
		return r;
	}
	made.rows = job->rows;
	made.file_name = job->file_name != NULL ? job->file_name : name_of(job);
	if (job->keep)
		made.keep_until = DAY_NONE;
	r = store_paper_log(d.db, &job->order, job->rows, clock_now());
	return r < 0 ? r : store_paper_done(d.db, &job->order, &made, clock_now());
}

/* A sentence for the person; NULL: it is worth another try. */
static const char *sorry(const struct paper_order *o, int r)
{
	switch (r) {
	case ERR_DENIED:
		return "您已经没有查看这些内容的权限";
	case ERR_TOOBIG:
		return "内容太多，请缩小范围后分几次制作";
	case ERR_INVALID:
	case ERR_NOTFOUND:
		return "要制作的内容已经不在了，请回到原来的页面重新制作";
	case ERR_FULL:
		return o->tries < TRIES_MAX ? NULL : "系统存储空间不足，请联系系统管理员，之后再制作";
	default:
		return o->tries < TRIES_MAX ? NULL : "没有做成，请过一会儿再制作；还是不行请联系系统管理员";
	}
}

static void end(struct paper_job *job, int r, int64_t ms)
{
	const struct paper_order *o = &job->order;
	const char *why = sorry(o, r);
	int marked;

	if (r == 0 || r == ERR_CONFLICT) {
		log_event(LOG_INFO, r == 0 ? "made" : "passed_on", "paper=%lld kind=%s rows=%lld ms=%lld", (long long)o->id,
		          o->kind < PAPER__MAX ? paper_rows[o->kind].code : "?", (long long)job->rows,
		          (long long)ms);
		return;
	}
	log_event(why != NULL ? LOG_ERROR : LOG_WARN, why != NULL ? "failed" : "again",
	          "paper=%lld tries=%lld error=%s detail=\"%s\"", (long long)o->id, (long long)o->tries, err_name(r),
	          err_detail());
	if (why != NULL)
		marked = store_paper_failed(d.db, o, why, clock_now());
	else
		marked = store_paper_later(d.db, o, clock_now() + (daemon_stops_within(0) ? 0 : AGAIN_S));
	if (marked < 0) /* the lease runs out */
		log_event(LOG_WARN, "not_marked", "paper=%lld error=%s detail=\"%s\"", (long long)o->id, err_name(marked),
		          err_detail());
}

static void note_database(int r)
{
	bool failed = r < 0 && r != ERR_NOTFOUND;

	if (failed && !d.db_failed)
		log_event(LOG_ERROR, "database_down", "error=%s detail=\"%s\"", err_name(r), err_detail());
	else if (!failed && d.db_failed)
		log_event(LOG_INFO, "database_up", "after an error");
	d.db_failed = failed;
}

/* Makes one file. False when there is none to make. */
static bool work(void)
{
	struct paper_job job = { .db = d.db, .read = d.read, .a = d.a, .now = clock_now() };
	int64_t began_ms = clock_mono_ms();
	int r = store_paper_take(d.db, d.a, job.now, job.now + LEASE_S, &job.order);

	note_database(r);
	if (r < 0)
		return false;
	r = make(&job);
	end(&job, r, clock_mono_ms() - began_ms);
	return true;
}

/* --- sweeping --- */

static void remove_old(void)
{
	struct q_paper_old *rows = NULL;
	size_t n = 0;
	int r = q_paper_old(d.db, d.a, clock_day(clock_now()), SWEEP_ROWS, &rows, &n);

	for (size_t i = 0; r == 0 && i < n; i++) {
		enum paper_kind kind = paper_kind_from(rows[i].kind);
		const char *path = kind == PAPER__MAX ? "" : arena_printf(d.a, "%s/%lld.%s", d.dir, (long long)rows[i].id,
			paper_rows[kind].ending);

		if (path[0] != '\0' && unlink(path) != 0 && errno != ENOENT)
			log_event(LOG_WARN, "not_removed", "paper=%lld why=\"%s\"", (long long)rows[i].id, strerror(errno));
		else
			r = store_paper_gone(d.db, rows[i].id);
	}
	if (r < 0)
		log_event(LOG_WARN, "sweep", "error=%s detail=\"%s\"", err_name(r), err_detail());
}

/* Parts of who was killed. A part that is being written is young. */
static void remove_parts(void)
{
	DIR *dir = opendir(d.dir);
	struct dirent *e;
	struct stat st;

	while (dir != NULL && (e = readdir(dir)) != NULL) {
		if (str_ends(e->d_name, ".part") && fstatat(dirfd(dir), e->d_name, &st, AT_SYMLINK_NOFOLLOW) == 0
				&& time(NULL) - st.st_mtime > PART_OLD_S)
			(void)unlinkat(dirfd(dir), e->d_name, 0);
	}
	if (dir != NULL)
		closedir(dir);
}

static void sweep(void)
{
	if (d.swept_ms != 0 && clock_mono_ms() - d.swept_ms < SWEEP_EVERY_MS)
		return;
	d.swept_ms = clock_mono_ms();
	remove_old();
	remove_parts();
}

/* --- the program --- */

static int start(void)
{
	must(sodium_init() >= 0);
	d.dir = conf.paper_dir[0] != '\0' ? conf.paper_dir : arena_printf(d.own, "%s/paper", conf.dir);
	if (mkdir(d.dir, 0750) != 0 && errno != EEXIST)
		return err_set(ERR_IO, "mkdir %s: %s", d.dir, strerror(errno));
	return 0;
}

int main(void)
{
	int64_t wait_ms = 0;
	int r = daemon_begin("paperd");

	if (r < 0)
		return 1;
	d.own = arena_new(OWN_BYTES);
	d.a = arena_new(ARENA_BYTES);
	r = start();
	if (r < 0) {
		log_event(LOG_ERROR, "start", "error=%s detail=\"%s\"", err_name(r), err_detail());
		return 1;
	}
	db_open("paperd", &d.db);
	db_open("paperd", &d.read);
	log_event(LOG_INFO, "start", "dir=\"%s\"", d.dir);
	while (!daemon_stops_within(wait_ms)) {
		err_clear();
		sweep();
		wait_ms = work() ? 0 : IDLE_MS;
		arena_reset(d.a);
	}
	log_event(LOG_INFO, "stop", "signal");
	db_close(d.read);
	db_close(d.db);
	arena_free(d.a);
	arena_free(d.own);
	return 0;
}
