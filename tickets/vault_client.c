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
#include "vault.h"

#define ANSWER_MAX VAULT_ANSWER_MAX
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

/* Takes the question. The answer is a line of *ret_n bytes, to be wiped. */
static int exchange(struct arena *a, json_t *question, char answer[ANSWER_MAX], size_t *ret_n)
{
	int64_t until = clock_mono_ms() + WAIT_MS;
	size_t n = question != NULL ? json_dumpb(question, NULL, 0, JSON_COMPACT) : 0;
	char *line = n > 0 && n < VAULT_LINE_MAX ? arena_alloc(a, n + 1) : NULL;
	int fd = -1, r;

	if (line != NULL)
		json_dumpb(question, line, n, JSON_COMPACT);
	json_decref(question);
	if (line == NULL)
		return err_set(n > 0 ? ERR_TOOBIG : ERR_INVALID, "question to the vault of %zu bytes", n);
	line[n++] = '\n';
	if ((r = dial(&fd)) < 0)
		return r;
	r = send_line(fd, line, n, until);
	if (r == 0)
		r = receive_line(fd, answer, until, ret_n);
	close(fd);
	return r;
}

static int ask(struct arena *a, json_t *question, struct contact *ret)
{
	char line[ANSWER_MAX];
	size_t n = 0;
	int r = exchange(a, question, line, &n);

	*ret = (struct contact){ "", "", "" };
	if (r == 0)
		r = take(a, line, n, ret);
	sodium_memzero(line, sizeof line);
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

/* --- comparing --- */

static int take_place(const json_t *row, const char *const *texts, size_t n, struct known *ret)
{
	int text = 0, form = 0;
	json_int_t from = 0, to = 0;
	struct redact_span *span;

	if (json_unpack((json_t *)row, "[i, I, I, i]", &text, &from, &to, &form) != 0 || text < 0 || (size_t)text >= n
			|| form < 0 || form >= REDACT_OWN__MAX || from < 0 || to <= from || (size_t)to > strlen(texts[text]))
		return err_set(ERR_DOWN, "vault: answer is not a list of places");
	span = &ret[text].spans[ret[text].n++];
	*span = redact_known_forms[form];
	span->from = (size_t)from;
	span->to = (size_t)to;
	return 0;
}

static int take_places(struct arena *a, const json_t *o, const char *const *texts, size_t n, struct known *ret)
{
	const json_t *list = json_object_get(o, "spans"), *row;
	const char *error = json_string_value(json_object_get(o, "error"));
	size_t i;
	int r = 0;

	if (error != NULL)
		return err_set(code_of(error), "vault: %s", error);
	if (!json_is_array(list) || json_array_size(list) > VAULT_SPANS_MAX)
		return err_set(ERR_DOWN, "vault: answer is not a list of places");
	for (size_t k = 0; k < n; k++)
		ret[k] = (struct known){ arena_array(a, json_array_size(list) + 1, sizeof *ret[k].spans), 0 };
	json_array_foreach(list, i, row) {
		if (r == 0)
			r = take_place(row, texts, n, ret);
	}
	return r;
}

int vault_known(struct arena *a, int64_t ticket_id, const char *const *texts, size_t n, struct known *ret)
{
	json_t *list = json_array(), *o;
	char line[ANSWER_MAX];
	size_t len = 0;
	int r;

	for (size_t i = 0; i < n; i++) {
		ret[i] = (struct known){ NULL, 0 };
		json_array_append_new(list, json_string(texts[i]));
	}
	o = json_pack("{s:s, s:I, s:o}", "op", "match", "ticket_id", (json_int_t)ticket_id, "texts", list);
	r = exchange(a, o, line, &len);
	if (r < 0)
		return r;
	o = json_loadb(line, len, 0, NULL);
	r = take_places(a, o, texts, n, ret);
	json_decref(o);
	return r;
}
