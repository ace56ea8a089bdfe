/* request - see request.h. Everything here distrusts its input: nginx passes overlong UTF-8 and encoded slashes on. */
#include "request.h"

#include <sodium.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "str.h"
#include "text.h"

#define NAME_MAX_BYTES 64
#define HEADER_MAX_BYTES 4096
#define RID_MAX_BYTES 40

static int hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

int request_decode(struct arena *a, const char *s, size_t n, bool plus, const char **ret)
{
	char *out = arena_alloc(a, n + 1);
	size_t len = 0;

	for (size_t i = 0; i < n; i++) {
		char c = s[i];

		if (c == '%') {
			int high = i + 2 < n ? hex(s[i + 1]) : -1, low = i + 2 < n ? hex(s[i + 2]) : -1;

			if (high < 0 || low < 0)
				return err_set(ERR_BADREQ, "broken percent encoding");
			c = (char)(high * 16 + low);
			i += 2;
		} else if (c == '+' && plus) {
			c = ' ';
		}
		out[len++] = c;
	}
	if (!text_valid_utf8(out, len))
		return err_set(ERR_BADREQ, "not UTF-8, or with NUL");
	out[len] = '\0';
	*ret = out;
	return 0;
}

static int parse_pair(struct arena *a, const char *s, size_t n, struct params *ret)
{
	const char *eq = memchr(s, '=', n);
	size_t name_n = eq != NULL ? (size_t)(eq - s) : n;
	struct param one = { NULL, "" };
	int rc;

	if (ret->n == REQUEST_PARAMS_MAX)
		return err_set(ERR_TOOBIG, "more than %d fields", REQUEST_PARAMS_MAX);
	rc = request_decode(a, s, name_n, true, &one.name);
	if (rc == 0 && eq != NULL)
		rc = request_decode(a, eq + 1, n - name_n - 1, true, &one.value);
	if (rc != 0)
		return rc;
	if (one.name[0] == '\0' || strlen(one.name) > NAME_MAX_BYTES)
		return err_set(ERR_BADREQ, "a field name of %zu bytes", strlen(one.name));
	ret->list[ret->n++] = one;
	return 0;
}

int request_parse_form(struct arena *a, const char *s, size_t n, struct params *ret)
{
	struct params *got = ARENA_NEW(a, struct params);

	while (n > 0) {
		const char *amp = memchr(s, '&', n);
		size_t len = amp != NULL ? (size_t)(amp - s) : n;
		int rc = len > 0 ? parse_pair(a, s, len, got) : 0;

		if (rc != 0)
			return rc;
		if (amp == NULL)
			break;
		s += len + 1;
		n -= len + 1;
	}
	*ret = *got;
	return 0;
}

int request_parse_query(struct arena *a, const char *s, size_t n, struct params *ret)
{
	if (n > REQUEST_QUERY_MAX)
		return err_set(ERR_TOOBIG, "query of %zu bytes", n);
	return request_parse_form(a, s, n, ret);
}

/* RFC 6265 4.1.1: a token, and cookie-octets (no space, quote, comma, semicolon, backslash). */
static bool cookie_ok(const char *name, size_t name_n, const char *value, size_t value_n)
{
	if (name_n == 0 || name_n > NAME_MAX_BYTES || value_n > HEADER_MAX_BYTES)
		return false;
	for (size_t i = 0; i < name_n; i++) {
		if (name[i] <= ' ' || name[i] >= 0x7F || strchr("()<>@,;:\\\"/[]?={}", name[i]) != NULL)
			return false;
	}
	for (size_t i = 0; i < value_n; i++) {
		if (value[i] <= ' ' || value[i] >= 0x7F || strchr("\",;\\", value[i]) != NULL)
			return false;
	}
	return true;
}

static void drop_doubles(struct params *p)
{
	struct params all = *p;

	p->n = 0;
	for (size_t i = 0; i < all.n; i++) {
		if (params_count(&all, all.list[i].name) == 1)
			p->list[p->n++] = all.list[i];
	}
}

void request_parse_cookies(struct arena *a, const char *s, size_t n, struct params *ret)
{
	ret->n = 0;
	while (n > 0 && ret->n < REQUEST_PARAMS_MAX) {
		const char *semi = memchr(s, ';', n), *eq;
		size_t len = semi != NULL ? (size_t)(semi - s) : n, skip = len + (semi != NULL);
		const char *p = s;

		while (len > 0 && (*p == ' ' || *p == '\t')) {
			p++;
			len--;
		}
		eq = memchr(p, '=', len);
		if (eq != NULL && cookie_ok(p, (size_t)(eq - p), eq + 1, len - (size_t)(eq - p) - 1)) {
			ret->list[ret->n].name = arena_strndup(a, p, (size_t)(eq - p));
			ret->list[ret->n].value = arena_strndup(a, eq + 1, len - (size_t)(eq - p) - 1);
			ret->n++;
		}
		s += skip;
		n -= skip;
	}
	drop_doubles(ret);
}

/* What would mean two things to two readers: an encoded slash or backslash. */
static bool has_encoded_slash(const char *s, size_t n)
{
	for (size_t i = 0; i + 2 < n; i++) {
		if (s[i] != '%')
			continue;
		if ((s[i + 1] == '2' && (s[i + 2] | 0x20) == 'f') || (s[i + 1] == '5' && (s[i + 2] | 0x20) == 'c'))
			return true;
	}
	return false;
}

/* path begins with "/"; a "/" at the end is allowed and simply finds no page. */
static bool segments_ok(const char *path)
{
	for (const char *p = path; *p != '\0';) {
		size_t n = strcspn(p + 1, "/");

		if (n == 0 && p[1] != '\0')
			return false;
		if ((n == 1 && p[1] == '.') || (n == 2 && p[1] == '.' && p[2] == '.'))
			return false;
		p += n + 1;
	}
	return true;
}

int request_decode_path(struct arena *a, const char *s, size_t n, const char **ret_path)
{
	const char *path;
	int rc;

	if (n > REQUEST_PATH_MAX)
		return err_set(ERR_BADREQ, "path of %zu bytes", n);
	if (n == 0 || s[0] != '/' || has_encoded_slash(s, n))
		return err_set(ERR_BADREQ, "path with tricks");
	rc = request_decode(a, s, n, false, &path);
	if (rc != 0)
		return rc;
	for (const char *p = path; *p != '\0'; p++) {
		if ((unsigned char)*p < 0x20 || *p == 0x7F || *p == '\\')
			return err_set(ERR_BADREQ, "control character or backslash in the path");
	}
	if (!segments_ok(path))
		return err_set(ERR_BADREQ, "path with empty or dot segments");
	*ret_path = path;
	return 0;
}

bool request_own_path(const char *s)
{
	size_t n = strlen(s);

	if (n == 0 || n > REQUEST_PATH_MAX + REQUEST_QUERY_MAX || s[0] != '/' || s[1] == '/')
		return false;
	for (size_t i = 0; i < n; i++) {
		if (s[i] <= ' ' || s[i] >= 0x7F || s[i] == '\\' || s[i] == '"' || s[i] == '<' || s[i] == '>')
			return false;
	}
	return true;
}

const char *params_get(const struct params *p, const char *name)
{
	for (size_t i = 0; i < p->n; i++) {
		if (strcmp(p->list[i].name, name) == 0)
			return p->list[i].value;
	}
	return NULL;
}

size_t params_count(const struct params *p, const char *name)
{
	size_t n = 0;

	for (size_t i = 0; i < p->n; i++)
		n += strcmp(p->list[i].name, name) == 0;
	return n;
}

/* --- the whole request --- */

struct source { struct arena *a; request_param_fn param; void *ctx; };

/* A header: "" when absent, too long, or with bytes no header of ours has. */
static const char *header(const struct source *src, const char *name)
{
	const char *v = src->param(src->ctx, name);

	if (v == NULL || strlen(v) > HEADER_MAX_BYTES)
		return "";
	for (const char *p = v; *p != '\0'; p++) {
		if ((unsigned char)*p < 0x20 || *p == 0x7F)
			return "";
	}
	return arena_strdup(src->a, v);
}

#define RID_CHARS "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-"

static const char *request_id(const struct source *src)
{
	const char *v = header(src, "REQUEST_ID");
	unsigned char random[8];
	char text[2 * sizeof(random) + 1];
	size_t n = strlen(v);

	if (n > 0 && n <= RID_MAX_BYTES && strspn(v, RID_CHARS) == n)
		return v;
	randombytes_buf(random, sizeof(random));
	sodium_bin2hex(text, sizeof(text), random, sizeof(random));
	return arena_strdup(src->a, text);
}

static enum method method_of(const char *s)
{
	if (strcmp(s, "GET") == 0)
		return METHOD_GET;
	if (strcmp(s, "HEAD") == 0)
		return METHOD_HEAD;
	return strcmp(s, "POST") == 0 ? METHOD_POST : METHOD_OTHER;
}

static int body_length(const char *s, size_t *ret)
{
	long long n = 0;

	if (*s != '\0' && (strspn(s, "0123456789") != strlen(s) || str_to_int(s, 0, INT64_MAX, &n) != 0))
		return err_set(ERR_BADREQ, "Content-Length is not a number");
	*ret = (size_t)n;
	return 0;
}

static int body_kind(const char *type, enum body_kind *ret)
{
	size_t n = strcspn(type, "; \t");

	if (n == 0)
		*ret = BODY_NONE;
	else if (n == 33 && strncasecmp(type, "application/x-www-form-urlencoded", n) == 0)
		*ret = BODY_FORM;
	else if (n == 16 && strncasecmp(type, "application/json", n) == 0)
		*ret = BODY_JSON;
	else
		return err_set(ERR_TYPE, "content type of %zu bytes", n);
	return 0;
}

int request_read_head(struct arena *a, request_param_fn param, void *ctx, struct request *ret)
{
	struct source src = { a, param, ctx };
	const char *uri = param(ctx, "REQUEST_URI"), *cookie = param(ctx, "HTTP_COOKIE"), *mark;
	size_t path_n;
	int rc;

	*ret = (struct request){ .path = "/", .target = "/", .body = "" };
	ret->rid = request_id(&src);
	ret->method = method_of(header(&src, "REQUEST_METHOD"));
	ret->client = header(&src, "REMOTE_ADDR");
	ret->host = header(&src, "HTTP_HOST");
	ret->origin = header(&src, "HTTP_ORIGIN");
	ret->fetch_site = header(&src, "HTTP_SEC_FETCH_SITE");
	ret->if_none_match = header(&src, "HTTP_IF_NONE_MATCH");
	ret->accept_language = header(&src, "HTTP_ACCEPT_LANGUAGE");
	ret->authorization = header(&src, "HTTP_AUTHORIZATION");
	ret->idempotency_key = header(&src, "HTTP_IDEMPOTENCY_KEY");
	if (cookie != NULL)
		request_parse_cookies(a, cookie, strlen(cookie), &ret->cookies);
	if (uri == NULL)
		return err_set(ERR_BADREQ, "no REQUEST_URI");
	mark = strchr(uri, '?');
	path_n = mark != NULL ? (size_t)(mark - uri) : strlen(uri);
	rc = request_decode_path(a, uri, path_n, &ret->path);
	if (rc == 0 && mark != NULL)
		rc = request_parse_query(a, mark + 1, strlen(mark + 1), &ret->query);
	if (rc == 0)
		rc = body_length(header(&src, "CONTENT_LENGTH"), &ret->body_declared_bytes);
	if (rc == 0 && ret->method == METHOD_POST)
		rc = body_kind(header(&src, "CONTENT_TYPE"), &ret->body_kind);
	if (rc == 0 && request_own_path(uri))
		ret->target = arena_strdup(a, uri);
	return rc;
}

int request_read_body(struct arena *a, struct request *req, size_t max_bytes, request_read_fn read, void *ctx)
{
	size_t n = req->body_declared_bytes, got = 0;
	char *buf;

	if (max_bytes > REQUEST_BODY_MAX)
		max_bytes = REQUEST_BODY_MAX;
	if (n > max_bytes)
		return err_set(ERR_TOOBIG, "body of %zu bytes, %zu allowed", n, max_bytes);
	if (n > 0 && req->body_kind == BODY_NONE)
		return err_set(ERR_TYPE, "a body without Content-Type");
	buf = arena_alloc(a, n + 1);
	while (got < n) {
		size_t more = read(ctx, buf + got, n - got);

		if (more == 0)
			break;
		got += more;
	}
	if (got != n)
		return err_set(ERR_BADREQ, "body ended after %zu of %zu bytes", got, n);
	buf[n] = '\0';
	req->body = buf;
	req->body_bytes = n;
	return req->body_kind == BODY_FORM ? request_parse_form(a, buf, n, &req->form) : 0;
}
