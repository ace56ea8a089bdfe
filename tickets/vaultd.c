/* minsheng-vaultd - the only program that can open sealed contact data.
 *
 * Serves one connection after the other on a Unix socket: one JSON line in, one out (vault.h). Who may connect at
 * all is decided by the socket's mode and by the peer's user id; what it may ask, by who it is: the desk may view
 * and match, the post room may notify, the clock may match what is public. The socket comes from systemd
 * (descriptor 3) or is made here, 0660, under conf.vault_socket. The log says who looked at which letter and how
 * it ended, and nothing of what was seen. SIGTERM ends it after the request in hand. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pwd.h>
#include <signal.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "clock.h"
#include "conf.h"
#include "log.h"
#include "seal.h"
#include "vault.h"

#define ARENA_BYTES ((size_t)32 << 20)
#define WAIT_MS 2000
#define BACKLOG 64
#define SYSTEMD_FD 3

/* Users of the other programs in an installation with a user a program; one's own user and root may ask for all. */
static struct peer {
	const char *user;
	unsigned ops;
	bool known;
	uid_t uid;
} peers[] = {
	{ .user = "ms_desk", .ops = VAULT_VIEW | VAULT_MATCH },
	{ .user = "ms_notifyd", .ops = VAULT_NOTIFY },
	{ .user = "ms_slad", .ops = VAULT_MATCH },
};

static volatile sig_atomic_t stopping;

static void on_term(int sig)
{
	(void)sig;
	stopping = 1;
}

/* SIGTERM and SIGINT are let in only while waiting for the next connection. */
static void init_signals(sigset_t *ret_waiting)
{
	struct sigaction act = { .sa_handler = on_term };
	sigset_t stop;

	sigemptyset(&act.sa_mask);
	must(sigaction(SIGTERM, &act, NULL) == 0 && sigaction(SIGINT, &act, NULL) == 0);
	act.sa_handler = SIG_IGN;
	must(sigaction(SIGPIPE, &act, NULL) == 0);
	sigemptyset(&stop);
	sigaddset(&stop, SIGTERM);
	sigaddset(&stop, SIGINT);
	must(sigprocmask(SIG_BLOCK, &stop, ret_waiting) == 0);
	sigdelset(ret_waiting, SIGTERM);
	sigdelset(ret_waiting, SIGINT);
}

static void find_peers(void)
{
	for (size_t i = 0; i < sizeof peers / sizeof peers[0]; i++) {
		const struct passwd *pw = getpwnam(peers[i].user);

		peers[i].known = pw != NULL;
		peers[i].uid = pw != NULL ? pw->pw_uid : 0;
	}
}

/* The set of enum vault_op the other side may ask for. */
static unsigned ops_of(int fd)
{
	struct ucred peer = { .uid = (uid_t)-1 };
	socklen_t n = sizeof peer;
	unsigned ops = 0;

	if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &n) != 0)
		return 0;
	if (peer.uid == 0 || peer.uid == geteuid())
		return VAULT_VIEW | VAULT_NOTIFY | VAULT_MATCH;
	for (size_t i = 0; i < sizeof peers / sizeof peers[0]; i++) {
		if (peers[i].known && peers[i].uid == peer.uid)
			ops |= peers[i].ops;
	}
	return ops;
}

/* Waits until fd is ready or the time is up. */
static bool ready(int fd, short events, int64_t until_ms)
{
	struct pollfd p = { .fd = fd, .events = events };
	int64_t left = until_ms - clock_mono_ms();

	return left > 0 && poll(&p, 1, (int)left) > 0;
}

/* One line of at most VAULT_LINE_MAX bytes, without its end, within WAIT_MS whatever the pieces. Its length, or -1. */
static ssize_t read_line(int fd, char *buf)
{
	int64_t until = clock_mono_ms() + WAIT_MS;
	size_t n = 0;

	while (n < VAULT_LINE_MAX && ready(fd, POLLIN, until)) {
		ssize_t got = recv(fd, buf + n, VAULT_LINE_MAX - n, 0);
		const char *end;

		if (got < 0 && errno == EAGAIN)
			continue;
		if (got <= 0)
			return -1;
		end = memchr(buf + n, '\n', (size_t)got);
		if (end != NULL)
			return end - buf;
		n += (size_t)got;
	}
	return -1;
}

static void write_all(int fd, const char *buf, size_t n)
{
	int64_t until = clock_mono_ms() + WAIT_MS;

	while (n > 0 && ready(fd, POLLOUT, until)) {
		ssize_t put = send(fd, buf, n, MSG_NOSIGNAL);

		if (put < 0 && errno != EAGAIN)
			return;
		if (put > 0) {
			buf += put;
			n -= (size_t)put;
		}
	}
}

static void log_ask(const struct vault_ask *ask, int r)
{
	enum log_level level = r == 0 ? LOG_INFO : (enum log_level)err_level(r);

	if (ask->op == VAULT_VIEW)
		log_event(level, "view", "officer=#%lld ticket=%lld result=%s detail=\"%s\"",
		          (long long)ask->officer_id, (long long)ask->ticket_id, err_name(r),
		          r == 0 ? "" : err_detail());
	else if (ask->op == VAULT_MATCH)
		log_event(level, "match", "ticket=%lld result=%s detail=\"%s\"", (long long)ask->ticket_id, err_name(r),
		          r == 0 ? "" : err_detail());
	else
		log_event(level, "notify", "outbox=%lld ticket=%lld result=%s detail=\"%s\"", (long long)ask->outbox_id,
		          (long long)ask->ticket_id, err_name(r), r == 0 ? "" : err_detail());
}

static int answer(struct db *db, struct arena *a, unsigned ops, const char *line, size_t n, json_t **ret)
{
	struct vault_ask ask;
	int r = vault_parse(a, line, n, &ask);

	if (r == 0) {
		r = ops & ask.op ? vault_open(db, a, &ask, clock_now(), ret) : err_set(ERR_DENIED, "not for this user");
		log_ask(&ask, r);
	} else {
		log_event(LOG_WARN, "bad_request", "bytes=%zu", n);
	}
	return r;
}

static void serve(int fd, struct db *db, struct arena *a)
{
	static char in[VAULT_LINE_MAX], out[VAULT_ANSWER_MAX + 1];
	json_t *o = NULL;
	ssize_t n = read_line(fd, in);
	size_t len;
	int r;

	err_clear();
	r = n < 0 ? err_set(ERR_BADREQ, "no line") : answer(db, a, ops_of(fd), in, (size_t)n, &o);
	if (o == NULL)
		o = json_pack("{s:s}", "error", err_name(r < 0 ? r : ERR_BUG));
	len = json_dumpb(o, out, VAULT_ANSWER_MAX, JSON_COMPACT);
	must(len < VAULT_ANSWER_MAX);
	out[len++] = '\n';
	write_all(fd, out, len);
	vault_wipe(o);
	sodium_memzero(out, sizeof out);
	sodium_memzero(in, n > 0 ? (size_t)n : 0);
}

static int serve_all(int listening, struct db *db, struct arena *a, const sigset_t *waiting)
{
	struct pollfd p = { .fd = listening, .events = POLLIN };

	while (!stopping) {
		int fd;

		if (ppoll(&p, 1, NULL, waiting) < 0) {
			must(errno == EINTR);
			continue;
		}
		fd = accept4(listening, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
		if (fd < 0) {
			must(errno == EAGAIN || errno == EINTR || errno == ECONNABORTED);
			continue;
		}
		serve(fd, db, a);
		close(fd);
		arena_reset(a);
	}
	log_event(LOG_INFO, "stop", "signal");
	return 0;
}

/* Made beside its place and moved there, so that there is never a moment without a socket. */
static int make_socket(const char *path, int *ret)
{
	struct sockaddr_un to = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	mode_t old;
	int r;

	if (fd < 0 || path[0] == '\0' || strlen(path) + sizeof ".new" > sizeof to.sun_path)
		return err_set(ERR_INVALID, "vault_socket is empty or too long");
	snprintf(to.sun_path, sizeof to.sun_path, "%s.new", path);
	unlink(to.sun_path);
	old = umask(0117);
	r = bind(fd, (const struct sockaddr *)&to, sizeof to);
	umask(old);
	if (r != 0 || listen(fd, BACKLOG) != 0 || rename(to.sun_path, path) != 0)
		return err_set(ERR_IO, "cannot listen on %s: %s", path, strerror(errno));
	*ret = fd;
	return 0;
}

static int get_socket(int *ret)
{
	const char *pid = getenv("LISTEN_PID"), *n = getenv("LISTEN_FDS");
	char own[24];

	snprintf(own, sizeof own, "%d", (int)getpid());
	if (pid == NULL || n == NULL || strcmp(pid, own) != 0 || strcmp(n, "1") != 0)
		return make_socket(conf.vault_socket, ret);
	*ret = SYSTEMD_FD;
	return fcntl(SYSTEMD_FD, F_SETFL, O_NONBLOCK) == 0 ? 0 : err_set(ERR_IO, "descriptor 3 is not a socket");
}

static int start(struct arena *a, int *ret_listening)
{
	const struct rlimit no_core = { 0, 0 };
	const char *none = NULL;
	int r = conf_load(NULL);

	if (r < 0)
		return r;
	clock_init(conf.clock_file);
	if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0 || setrlimit(RLIMIT_CORE, &no_core) != 0)
		return err_set(ERR_BUG, "cannot switch off core dumps: %s", strerror(errno));
	/* Nothing to open yet: tells only whether the key is there. */
	if ((r = seal_open(a, (struct db_blob){ NULL, 0 }, &none)) == ERR_DOWN)
		return r;
	err_clear();
	find_peers();
	return get_socket(ret_listening);
}

int main(void)
{
	struct arena *a = arena_new(ARENA_BYTES);
	struct db *db = NULL;
	sigset_t waiting;
	int listening = -1, r;

	log_init("vaultd", LOG_INFO);
	init_signals(&waiting);
	r = start(a, &listening);
	if (r < 0) {
		log_event(LOG_ERROR, "start", "error=%s detail=\"%s\"", err_name(r), err_detail());
		arena_free(a);
		return 1;
	}
	db_open("vaultd", &db);
	log_event(LOG_INFO, "start", "socket=%s", conf.vault_socket);
	r = serve_all(listening, db, a, &waiting);
	db_close(db);
	arena_free(a);
	return r;
}
