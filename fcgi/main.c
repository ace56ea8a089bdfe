/* minsheng-web - the FastCGI worker of one of the two sites: `minsheng-web public` or `minsheng-web desk`.
 *
 * Started by the supervisor (or systemd) with the listening socket as descriptor 0; several workers share it. One
 * request at a time, each in an emptied arena. SIGTERM ends it after the request in hand. A request that takes
 * longer than WATCHDOG_S, for whatever reason, ends the process: a stalled peer must not hold a worker. */
#include <fcgiapp.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "clock.h"
#include "dispatch.h"
#include "failure.h"
#include "formtoken.h"
#include "log.h"
#include "sandbox.h"

#define ARENA_BYTES ((size_t)16 * 1024 * 1024)
#define WATCHDOG_S 15
#define REQUESTS_MAX 20000
#define LISTEN_FD 0
#define EXIT_STALLED 3

static volatile sig_atomic_t stopping;

static void on_term(int sig)
{
	(void)sig;
	stopping = 1;
}

static void on_alarm(int sig)
{
	static const char line[] = "<3>web: ev=watchdog detail=\"a request took too long, the worker ends\"\n";
	ssize_t ignored = write(STDERR_FILENO, line, sizeof(line) - 1);

	(void)sig;
	(void)ignored;
	_exit(EXIT_STALLED);
}

static void handle_signal(int sig, void (*fn)(int))
{
	struct sigaction act = { .sa_handler = fn };

	sigemptyset(&act.sa_mask);
	must(sigaction(sig, &act, NULL) == 0);
}

/* SIGTERM and SIGINT are let in only while waiting for the next request. */
static void init_signals(sigset_t *ret_waiting)
{
	sigset_t stop;

	handle_signal(SIGTERM, on_term);
	handle_signal(SIGINT, on_term);
	handle_signal(SIGALRM, on_alarm);
	sigemptyset(&stop);
	sigaddset(&stop, SIGTERM);
	sigaddset(&stop, SIGINT);
	must(sigprocmask(SIG_BLOCK, &stop, ret_waiting) == 0);
	sigdelset(ret_waiting, SIGTERM);
	sigdelset(ret_waiting, SIGINT);
	sigdelset(ret_waiting, SIGALRM);
}

static const char *fcgi_param(void *ctx, const char *name)
{
	FCGX_Request *fcgi = ctx;

	return FCGX_GetParam(name, fcgi->envp);
}

static size_t fcgi_read(void *ctx, char *buf, size_t n)
{
	FCGX_Request *fcgi = ctx;
	int got = FCGX_GetStr(buf, (int)n, fcgi->in);

	return got > 0 ? (size_t)got : 0;
}

/* --- bodies that are sent piece by piece --- */

struct long_out {
	struct reply_out base;           /* the first member: what the page sees */
	FCGX_Request *fcgi;
	struct reply *reply;
	bool begun;
};

static int out_alive(struct reply_out *out)
{
	(void)out;
	alarm(WATCHDOG_S);
	return 0;
}

static int out_put(struct reply_out *out, const char *s, size_t n)
{
	struct long_out *l = (struct long_out *)out;

	return FCGX_PutStr(s, (int)n, l->fcgi->out) == (int)n ? 0 : err_set(ERR_IO, "the reader has gone");
}

static int out_begin(struct reply_out *out, int64_t bytes)
{
	struct long_out *l = (struct long_out *)out;
	const char *head;
	size_t n;

	l->reply->long_bytes = bytes;
	l->begun = true;
	head = reply_finish(l->reply, true, &n);
	return out_put(out, head, n);
}

/* False when nothing was sent and the reply is an error now. A body that breaks off is shorter than was announced: the
 * reader sees that. */
static bool send_long(FCGX_Request *fcgi, struct page *p)
{
	struct long_out out = { { out_begin, out_put, out_alive }, fcgi, p->reply, false };
	int64_t began_ms = clock_mono_ms();
	int rc = p->reply->long_make(p->reply->long_ctx, &out.base);

	log_request(p->req->rid);
	log_event(rc != 0 ? LOG_WARN : LOG_INFO, "long", "page=%s bytes=%lld ms=%lld%s%s", p->row->name,
		(long long)p->reply->long_bytes, (long long)(clock_mono_ms() - began_ms), rc != 0 ? " error=" : "",
		rc != 0 ? err_name(rc) : "");
	log_request("");
	if (rc != 0 && !out.begun)
		failure_reply(p, rc);
	return out.begun;
}

static void serve(FCGX_Request *fcgi, struct arena *a, struct db *db, enum site site)
{
	struct request *req = ARENA_NEW(a, struct request);
	struct reply *reply = ARENA_NEW(a, struct reply);
	struct page page = { .a = a, .db = db, .req = req, .reply = reply, .site = site, .now = clock_now() };
	const char *out;
	size_t n = 0;
	int rc;

	err_clear();
	reply_init(a, reply);
	rc = request_read_head(a, fcgi_param, fcgi, req);
	dispatch(&page, rc, page_rows, page_rows_n, fcgi_read, fcgi);
	if (reply->long_make != NULL && req->method != METHOD_HEAD && send_long(fcgi, &page))
		return;
	out = reply_finish(reply, req->method == METHOD_HEAD, &n);
	(void)FCGX_PutStr(out, (int)n, fcgi->out);
}

/* Waits for a connection; false when it is time to stop. */
static bool wait_for_request(const sigset_t *waiting)
{
	struct pollfd listening = { .fd = LISTEN_FD, .events = POLLIN };

	while (!stopping) {
		if (ppoll(&listening, 1, NULL, waiting) > 0)
			return true;
		must(errno == EINTR);
	}
	return false;
}

static int serve_all(struct arena *a, struct db *db, enum site site, const sigset_t *waiting)
{
	FCGX_Request fcgi;
	int served = 0, rc;

	must(FCGX_InitRequest(&fcgi, LISTEN_FD, FCGI_FAIL_ACCEPT_ON_INTR) == 0);
	while (served < REQUESTS_MAX && wait_for_request(waiting)) {
		/* From here on, since accepting includes reading the parameters. The socket does not block: when
		 * another worker was faster this one goes back to waiting. */
		alarm(WATCHDOG_S);
		rc = FCGX_Accept_r(&fcgi);
		if (rc == 0) {
			serve(&fcgi, a, db, site);
			FCGX_Finish_r(&fcgi);
			arena_reset(a);
			served++;
		} else if (rc != -EAGAIN && rc != -EINTR && rc != -ECONNABORTED) {
			log_event(LOG_ERROR, "accept", "rc=%d", rc);
			return 1;
		}
		alarm(0);
	}
	log_event(LOG_INFO, "stop", "served=%d", served);
	return 0;
}

static int start(struct arena *a)
{
	int rc = conf_load(NULL);

	if (rc != 0)
		return rc;
	clock_init(conf.clock_file);
	must(sodium_init() >= 0);
	if (fcntl(LISTEN_FD, F_SETFL, O_NONBLOCK) != 0 || FCGX_Init() != 0 || FCGX_IsCGI())
		return err_set(ERR_BUG, "descriptor 0 is not a FastCGI socket");
	/* After FCGX_Init(), which sets a handler of its own. */
	handle_signal(SIGPIPE, SIG_IGN);
	rc = formtoken_init(a);
	arena_reset(a);
	return rc;
}

static bool reads_files(void)
{
	return strcmp(conf.environment, "production") != 0 || conf.secrets_dir[0] != '\0';
}

int main(int argc, char **argv)
{
	struct arena *a = arena_new(ARENA_BYTES);
	struct db *db = NULL;
	sigset_t waiting;
	bool desk;
	int rc;

	if (argc != 2 || (strcmp(argv[1], "public") != 0 && strcmp(argv[1], "desk") != 0)) {
		fprintf(stderr, "usage: minsheng-web public|desk   (with the listening socket as descriptor 0)\n");
		return 2;
	}
	desk = strcmp(argv[1], "desk") == 0;
	log_init(desk ? "web-desk" : "web-public", LOG_INFO);
	init_signals(&waiting);
	rc = start(a);
	if (rc == 0) {
		db_open(argv[1], &db);
		rc = sandbox_enter(reads_files());
	}
	if (rc != 0) {
		log_event(LOG_ERROR, "start", "error=%s detail=\"%s\"", err_name(rc), err_detail());
		return 1;
	}
	log_event(LOG_INFO, "start", "site=%s", argv[1]);
	rc = serve_all(a, db, desk ? SITE_DESK : SITE_PUBLIC, &waiting);
	db_close(db);
	arena_free(a);
	return rc;
}
