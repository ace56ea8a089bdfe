/* reply - see reply.h. */
#include "reply.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "conf.h"

void reply_init(struct arena *a, struct reply *ret)
{
	*ret = (struct reply){ .a = a };
	str_init(&ret->headers, a, REPLY_HEADERS_MAX);
	str_init(&ret->body, a, REPLY_BODY_MAX);
	reply_reset(ret);
}

void reply_reset(struct reply *r)
{
	str_cut(&r->headers, 0);
	str_cut(&r->body, 0);
	r->headers.over = r->body.over = false;
	r->status = 200;
	r->type = "text/html; charset=utf-8";
	r->cache_s = 0;
	r->tagged = false;
	r->long_make = NULL;
	r->long_ctx = NULL;
	r->long_bytes = -1;
}

static bool header_value_ok(const char *s)
{
	for (; *s != '\0'; s++) {
		if (((unsigned char)*s < 0x20 && *s != '\t') || *s == 0x7F)
			return false;
	}
	return true;
}

static bool header_name_ok(const char *s)
{
	return *s != '\0' && s[strspn(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-")] == '\0';
}

void reply_header(struct reply *r, const char *name, const char *value)
{
	must(header_name_ok(name));
	must(header_value_ok(value));
	str_addf(&r->headers, "%s: %s\r\n", name, value);
}

void reply_status(struct reply *r, int status)
{
	r->status = status;
}

void reply_type(struct reply *r, const char *type)
{
	must(header_value_ok(type));
	r->type = type;
}

static bool is_alnum(unsigned char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* RFC 8187: what is not an attr-char is percent-encoded. */
static void add_ext_value(struct str *o, const char *s)
{
	for (; *s != '\0'; s++) {
		unsigned char c = (unsigned char)*s;

		if (is_alnum(c) || c == '-' || c == '.' || c == '_')
			str_addc(o, (char)c);
		else
			str_addf(o, "%%%02X", c);
	}
}

void reply_download(struct reply *r, const char *filename)
{
	struct str o;

	str_init(&o, r->a, 1024);
	str_add(&o, "attachment; filename=\"");
	for (const char *p = filename; *p != '\0'; p++) {
		if (*p > ' ' && *p < 0x7F && *p != '"' && *p != '\\' && *p != '%' && *p != '/')
			str_addc(&o, *p);
		else if ((unsigned char)*p < 0x80 || ((unsigned char)*p & 0xC0) == 0xC0)
			str_addc(&o, '_');
	}
	str_add(&o, "\"; filename*=UTF-8''");
	add_ext_value(&o, filename);
	must(!o.over);
	reply_header(r, "Content-Disposition", o.s);
}

int reply_redirect(struct reply *r, const char *path)
{
	if (!request_own_path(path))
		return err_set(ERR_BUG, "redirect to something that is no path of ours");
	str_cut(&r->body, 0);
	r->status = 303;
	reply_header(r, "Location", path);
	return 0;
}

void reply_public_cache(struct reply *r, int seconds)
{
	r->cache_s = seconds;
}

void reply_public_fresh(struct reply *r)
{
	r->cache_s = REPLY_FRESH;
}

void reply_browser_keeps(struct reply *r)
{
	r->cache_s = REPLY_KEPT;
}

int reply_json(struct reply *r, int status, json_t *value)
{
	char *text = json_dumps(value, JSON_COMPACT);

	json_decref(value);
	if (text == NULL)
		return err_set(ERR_BUG, "JSON cannot be written");
	r->status = status;
	r->type = "application/json; charset=utf-8";
	str_cut(&r->body, 0);
	str_add(&r->body, text);
	free(text);
	return r->body.over ? err_set(ERR_BUG, "JSON over %zu bytes", r->body.max) : 0;
}

void reply_json_error(struct reply *r, int code, const char *field, const char *message)
{
	json_t *error = json_object(), *root = json_object();

	json_object_set_new(error, "code", json_string(err_name(code)));
	json_object_set_new(error, "message", json_string(message != NULL ? message : err_text(code)));
	json_object_set_new(error, "field", field != NULL ? json_string(field) : json_null());
	json_object_set_new(root, "error", error);
	must(reply_json(r, err_http(code), root) == 0);
}

const char *reply_cookie_name(struct arena *a, const char *name)
{
	return conf.secure_cookies ? arena_printf(a, "__Host-%s", name) : name;
}

void reply_cookie(struct reply *r, const char *name, const char *value)
{
	if (value != NULL)
		must(value[strspn(value, "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_.")] == '\0');
	reply_header(r, "Set-Cookie", arena_printf(r->a, "%s=%s; Path=/; HttpOnly; SameSite=Strict%s%s",
		reply_cookie_name(r->a, name), value != NULL ? value : "", value != NULL ? "" : "; Max-Age=0",
		conf.secure_cookies ? "; Secure" : ""));
}

void reply_cookie_kept(struct reply *r, const char *name, const char *value, int days)
{
	must(value[strspn(value, "0123456789abcdefghijklmnopqrstuvwxyz")] == '\0');
	reply_header(r, "Set-Cookie", arena_printf(r->a, "%s=%s; Path=/; HttpOnly; SameSite=Lax; Max-Age=%d%s", name,
		value, days * 24 * 3600, conf.secure_cookies ? "; Secure" : ""));
}

/* If-None-Match is "*" or a list; weak comparison: W/ in front does not count. */
static bool etag_listed(const char *list, const char *tag)
{
	const char *opaque = tag + strlen("W/");
	size_t n = strlen(opaque);

	if (strcmp(list, "*") == 0)
		return true;
	for (const char *p = list; (p = strstr(p, opaque)) != NULL; p += n) {
		if (p[n] == '\0' || p[n] == ',' || p[n] == ' ')
			return true;
	}
	return false;
}

void reply_long(struct reply *r, reply_long_fn make, void *ctx)
{
	r->long_make = make;
	r->long_ctx = ctx;
}

/* True when the reader has it: 304, and no body. */
static bool tag_it(struct reply *r, const char *tag, const char *if_none_match)
{
	r->tagged = true;
	reply_header(r, "ETag", tag);
	if (!etag_listed(if_none_match, tag))
		return false;
	r->status = 304;
	str_cut(&r->body, 0);
	r->long_make = NULL;
	return true;
}

bool reply_tagged(struct reply *r, const char *tag, const char *if_none_match)
{
	r->cache_s = REPLY_FRESH;
	return tag_it(r, tag, if_none_match);
}

void reply_etag(struct reply *r, const char *if_none_match)
{
	unsigned char hash[16];
	char text[2 * sizeof(hash) + 1];

	if (r->status != 200 || (r->cache_s <= 0 && r->cache_s != REPLY_FRESH) || r->tagged || r->body.over)
		return;
	crypto_generichash(hash, sizeof(hash), (const unsigned char *)r->body.s, r->body.len, NULL, 0);
	sodium_bin2hex(text, sizeof(text), hash, sizeof(hash));
	tag_it(r, arena_printf(r->a, "W/\"%s\"", text), if_none_match);
}

/* X-Accel-Expires is for our own nginx: so many seconds it answers the next readers itself (nginx/snippets/). */
static const char *cache_control(const struct reply *r)
{
	if (r->status >= 400)
		return "no-store";
	if (r->cache_s > 0)
		return arena_printf(r->a, "public, max-age=%d\r\nVary: Cookie\r\nX-Accel-Expires: 10", r->cache_s);
	if (r->cache_s == REPLY_FRESH)
		return "public, no-cache\r\nVary: Cookie";
	return r->cache_s == REPLY_KEPT ? "private, no-cache" : "no-store";
}

const char *reply_finish(struct reply *r, bool head_only, size_t *ret_n)
{
	bool has_body = r->status != 304 && r->status != 204;
	size_t body_n = has_body && !head_only ? r->body.len : 0;
	struct str head;
	char *out;

	str_init(&head, r->a, REPLY_HEADERS_MAX + 1024);
	str_addf(&head, "Status: %d\r\n", r->status);
	if (has_body)
		str_addf(&head, "Content-Type: %s\r\n", r->type);
	if (has_body && r->long_make == NULL)
		str_addf(&head, "Content-Length: %zu\r\n", r->body.len);
	if (has_body && r->long_make != NULL && r->long_bytes >= 0)
		str_addf(&head, "Content-Length: %lld\r\n", (long long)r->long_bytes);
	str_addf(&head, "Cache-Control: %s\r\n", cache_control(r));
	str_addn(&head, r->headers.s, r->headers.len);
	str_add(&head, "\r\n");
	must(!head.over && !r->headers.over);
	/* Exactly as large as needed: a str would double, and the body may be large. */
	out = arena_alloc(r->a, head.len + body_n + 1);
	memcpy(out, head.s, head.len);
	memcpy(out + head.len, r->body.s, body_n);
	*ret_n = head.len + body_n;
	return out;
}
