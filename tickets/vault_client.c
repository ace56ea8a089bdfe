/* vault_client - see vault_client.h. One connection a question; whatever goes wrong on the way is ERR_DOWN. */
#include "vault_client.h"

#include <errno.h>
#include <jansson.h>
#include <poll.h>
#include <sodium.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "clock.h"
#include "conf.h"

#define ANSWER_MAX 4096
#define WAIT_MS 2000

static int down(const char *what)
{
	return err_set(ERR_DOWN, "vault: %s: %s", what, strerror(errno));
}

static bool ready(int fd, short events, int64_t until_ms)
{
	struct pollfd p = { .fd = fd, .events = events };
	int64_t left = until_ms - clock_mono_ms();

	errno = ETIMEDOUT;
	return left > 0 && poll(&p, 1, (int)left) > 0;
}

static int dial(int *ret)
{
	struct sockaddr_un to = { .sun_family = AF_UNIX };
	int fd;

	if (conf.vault_socket[0] == '\0' || strlen(conf.vault_socket) >= sizeof to.sun_path)
		return err_set(ERR_DOWN, "vault_socket is empty or too long");
	memcpy(to.sun_path, conf.vault_socket, strlen(conf.vault_socket) + 1);
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0)
		return down("socket");
	/* A Unix socket connects at once or not at all; EAGAIN is a full queue. */
	if (connect(fd, (const struct sockaddr *)&to, sizeof to) != 0) {
		int r = down("connect");

		close(fd);
		return r;
	}
	*ret = fd;
	return 0;
}

static int send_line(int fd, const char *line, size_t n, int64_t until)
{
	while (n > 0) {
		ssize_t put;

		if (!ready(fd, POLLOUT, until))
			return down("send");
		put = send(fd, line, n, MSG_NOSIGNAL);
		if (put < 0 && errno != EAGAIN)
			return down("send");
		if (put > 0) {
			line += put;
			n -= (size_t)put;
		}
	}
	return 0;
}

static int receive_line(int fd, char *line, int64_t until, size_t *ret_n)
{
	size_t n = 0;

	while (n < ANSWER_MAX) {
		ssize_t got;

		if (!ready(fd, POLLIN, until))
			return down("receive");
		got = recv(fd, line + n, ANSWER_MAX - n, 0);
		if (got == 0)
			return err_set(ERR_DOWN, "vault: hung up");
		if (got < 0 && errno != EAGAIN)
			return down("receive");
		if (got > 0)
			n += (size_t)got;
		if (n > 0 && line[n - 1] == '\n') {
			*ret_n = n - 1;
			return 0;
		}
	}
	return err_set(ERR_DOWN, "vault: answer too long");
}

/* The code of an err_name(); ERR_DOWN for one we do not know. */
static int code_of(const char *name)
{
#define ERR(code, http, level, retry, text) if (strcmp(name, #code) == 0) return ERR_##code;
#include "errors.tbl"
#undef ERR
	return ERR_DOWN;
}

static int take(struct arena *a, const char *line, size_t n, struct contact *ret)
{
	const char *error = NULL, *name = "", *phone = "", *email = "";
	json_t *o = json_loadb(line, n, 0, NULL);
	int r = 0;

	if (json_unpack(o, "{s:s}", "error", &error) == 0)
		r = err_set(code_of(error), "vault: %s", error);
	else if (json_unpack(o, "{s:s, s:s, s:s}", "name", &name, "phone", &phone, "email", &email) != 0)
		r = err_set(ERR_DOWN, "vault: answer is not a contact");
	else
		*ret = (struct contact){ arena_strdup(a, name), arena_strdup(a, phone), arena_strdup(a, email) };
	json_decref(o);
	return r;
}

/* Takes the question. */
static int ask(struct arena *a, json_t *question, struct contact *ret)
{
	char line[ANSWER_MAX];
	int64_t until = clock_mono_ms() + WAIT_MS;
	size_t n = question != NULL ? json_dumpb(question, line, ANSWER_MAX - 1, JSON_COMPACT) : 0;
	int fd = -1, r;

	json_decref(question);
	*ret = (struct contact){ "", "", "" };
	if (n == 0 || n >= ANSWER_MAX)
		return err_set(ERR_INVALID, "question to the vault of %zu bytes", n);
	line[n++] = '\n';
	if ((r = dial(&fd)) < 0)
		return r;
	r = send_line(fd, line, n, until);
	if (r == 0)
		r = receive_line(fd, line, until, &n);
	if (r == 0)
		r = take(a, line, n, ret);
	sodium_memzero(line, sizeof line);
	close(fd);
	return r;
}

int vault_view(struct arena *a, int64_t ticket_id, const unsigned char session_hash[32], const char *reason,
               struct contact *ret)
{
	char hex[65];

	sodium_bin2hex(hex, sizeof hex, session_hash, 32);
	return ask(a, json_pack("{s:s, s:I, s:s, s:s}", "op", "view", "ticket_id", (json_int_t)ticket_id, "session",
	                        hex, "reason", reason), ret);
}

int vault_notify(struct arena *a, int64_t ticket_id, int64_t outbox_id, const unsigned char lease[16],
                 struct contact *ret)
{
	char hex[33];

	sodium_bin2hex(hex, sizeof hex, lease, 16);
	return ask(a, json_pack("{s:s, s:I, s:I, s:s}", "op", "notify", "ticket_id", (json_int_t)ticket_id, "outbox_id",
	                        (json_int_t)outbox_id, "lease", hex), ret);
}
