/* dispatch - see dispatch.h. */
#include "dispatch.h"

#include <string.h>

#include "clock.h"
#include "failure.h"
#include "held.h"
#include "log.h"

/* --- finding the page --- */

/* Matches "/open/:id.json" against "/open/12.json"; the :part is at least one byte and has no slash. */
static bool matches(const char *pattern, const char *path, const char **ret_part, size_t *ret_n)
{
	const char *colon = strchr(pattern, ':'), *tail;
	size_t head, n;

	*ret_part = "";
	*ret_n = 0;
	if (colon == NULL)
		return strcmp(pattern, path) == 0;
	head = (size_t)(colon - pattern);
	if (strncmp(pattern, path, head) != 0)
		return false;
	tail = colon + strcspn(colon, "/.");
	path += head;
	n = strcspn(path, "/");
	if (*tail == '.')
		n = n > strlen(tail) ? n - strlen(tail) : 0;
	if (n == 0 || strcmp(path + n, tail) != 0)
		return false;
	*ret_part = path;
	*ret_n = n;
	return true;
}

static bool method_fits(enum method row, enum method asked)
{
	return row == asked || (row == METHOD_GET && asked == METHOD_HEAD);
}

/* For the path that was found, but not with this method. */
static const char *allowed(bool get, bool post)
{
	return get && post ? "GET, HEAD, POST" : get ? "GET, HEAD" : "POST";
}

int dispatch_find(struct arena *a, const struct page_row *rows, size_t n, const struct request *req, enum site site,
	const struct page_row **ret_row, const char **ret_param, const char **ret_allow)
{
	const struct page_row *best = NULL;
	const char *best_part = "", *part;
	size_t best_n = SIZE_MAX, part_n;
	bool get = false, post = false;

	for (size_t i = 0; i < n; i++) {
		const struct page_row *row = &rows[i];

		if (row->site != site || !matches(row->pattern, req->path, &part, &part_n))
			continue;
		get = get || row->method == METHOD_GET;
		post = post || row->method == METHOD_POST;
		/* The page with the shortest :part is the most literal one. */
		if (method_fits(row->method, req->method) && part_n < best_n) {
			best = row;
			best_part = part;
			best_n = part_n;
		}
	}
	if (!get && !post)
		return err_set(ERR_NOTFOUND, "no such page");
	if (best == NULL) {
		*ret_allow = allowed(get, post);
		return err_set(ERR_METHOD, "allowed: %s", *ret_allow);
	}
	*ret_row = best;
	*ret_param = arena_strndup(a, best_part, best_n);
	return 0;
}

/* --- who may --- */

static const char *after_scheme(const char *url)
{
	const char *p = strstr(url, "://");

	return p != NULL ? p + 3 : url;
}

bool dispatch_same_origin(const struct request *req, enum site site)
{
	const char *ours = site == SITE_DESK ? conf.desk_url : conf.public_url;

	if (req->fetch_site[0] != '\0')
		return str_eq(req->fetch_site, "same-origin") || str_eq(req->fetch_site, "none");
	/* "null" comes from our own forms too, where a browser hides the referrer; the token decides then. */
	if (req->origin[0] == '\0' || str_eq(req->origin, "null"))
		return true;
	return str_eq(req->origin, ours) || str_eq(after_scheme(req->origin), req->host);
}

static int check_session(struct page *p)
{
	int rc;

	if (p->site != SITE_DESK)
		return 0;
	rc = session_find(p);
	if (rc == ERR_LOGIN && p->row->who.kind == WHO_ANYONE)
		return 0;
	return rc;
}

static int check_who(const struct page *p)
{
	if (p->row->who.kind != WHO_CAP || access_may(page_actor(p), p->row->who.cap))
		return 0;
	return err_set(ERR_DENIED, "officer %lld lacks %s", (long long)p->session->officer_id,
		access_cap_code(p->row->who.cap));
}

/* Whoever logged in with a password that somebody else knows chooses an own one before anything else. */
static bool must_choose_password(const struct page *p)
{
	return p->session != NULL && p->session->must_change && p->row->who.kind != WHO_ANYONE
		&& strcmp(p->row->pattern, "/password") != 0 && strcmp(p->row->pattern, "/logout") != 0;
}

static int ask_for_password(struct page *p)
{
	if (p->req->method != METHOD_POST && !page_is_json(p))
		return reply_redirect(p->reply, "/password");
	err_set(ERR_DENIED, "officer %lld has to choose a password first", (long long)p->session->officer_id);
	err_say(ERR_DENIED, "请先修改初始密码，再做别的事");
	failure_reply(p, ERR_DENIED);
	return ERR_DENIED;
}

/* What to do with a request that came without a (living) session: read pages go to the login and come back,
 * what was typed is kept. */
static void ask_to_login(struct page *p)
{
	struct str to;

	if (page_is_json(p)) {
		failure_reply(p, ERR_LOGIN);
		return;
	}
	if (p->req->method == METHOD_POST) {
		held_ask(p);
		return;
	}
	str_init(&to, p->a, REQUEST_QUERY_MAX * 4);
	str_add(&to, "/login");
	if (strcmp(p->req->path, "/") != 0 && strlen(p->req->target) < 1000)
		view_query_add(&to, "next", p->req->target);
	if (reply_redirect(p->reply, to.s) != 0)
		failure_reply(p, ERR_LOGIN);
}

/* --- the request, step by step --- */

static int read_form(struct page *p)
{
	const struct request *req = p->req;

	p->form = ARENA_NEW(p->a, struct form);
	if (req->method != METHOD_POST)
		return form_from_params(p->a, p->row->form, &req->query, p->form);
	if (req->body_kind == BODY_JSON)
		return form_from_json(p->a, p->row->form, req->body, req->body_bytes, p->form);
	return form_from_params(p->a, p->row->form, &req->form, p->form);
}

/* A form sent by somebody who is logged in bears the token of that session. */
static bool token_fits(const struct page *p)
{
	return p->req->method != METHOD_POST || p->session == NULL || p->row->who.kind == WHO_ANYONE
		|| session_csrf_ok(p, params_get(&p->req->form, "csrf"));
}

static int run_page(struct page *p)
{
	int rc = check_who(p);

	if (rc == 0 && !token_fits(p)) {
		if (page_is_json(p))
			failure_reply(p, ERR_DENIED);
		else
			failure_again(p, ERR_DENIED, "请再点一次提交", "这个页面打开得太久，或者您在别的窗口重新登录过。您填写的内容还在。");
		return err_set(ERR_DENIED, "csrf token does not fit");
	}
	if (rc == 0)
		rc = read_form(p);
	if (rc == 0)
		rc = p->row->fn(p);
	if (rc == 0 && (p->reply->body.over || p->reply->headers.over))
		rc = err_set(ERR_BUG, "page over %zu bytes", p->reply->body.max);
	if (rc != 0)
		failure_reply(p, rc);
	return rc;
}

static int page_or_password(struct page *p)
{
	return must_choose_password(p) ? ask_for_password(p) : run_page(p);
}

static int handle(struct page *p, int head_rc, const struct page_row *rows, size_t n, request_read_fn read, void *ctx)
{
	const char *allow = NULL;
	int rc = head_rc;

	if (rc == 0)
		rc = dispatch_find(p->a, rows, n, p->req, p->site, &p->row, &p->param, &allow);
	if (rc == 0 && p->req->method == METHOD_POST && !dispatch_same_origin(p->req, p->site))
		rc = err_set(ERR_DENIED, "sent by another site");
	if (rc == 0 && p->req->method == METHOD_POST)
		rc = request_read_body(p->a, p->req, p->row->body_max_bytes, read, ctx);
	if (rc == 0)
		rc = check_session(p);
	page_frame(p);
	if (rc == 0)
		return page_or_password(p);
	if (rc == ERR_LOGIN && p->row != NULL)
		ask_to_login(p);
	else
		failure_reply(p, rc);
	if (allow != NULL)
		reply_header(p->reply, "Allow", allow);
	return rc;
}

static void log_request_line(const struct page *p, int rc, int64_t us, unsigned db_n, int64_t db_us)
{
	enum log_level level = rc != 0 ? (enum log_level)err_level(rc) : LOG_INFO;
	int64_t ms = us / 1000;
	const char *who = p->session == NULL ? ""
		: arena_printf(p->a, " user=#%lld", (long long)p->session->officer_id);
	const char *why = rc != 0 ? arena_printf(p->a, " error=%s detail=\"%s\"", err_name(rc), err_detail()) : "";

	if (ms > conf.slow_ms && level > LOG_WARN)
		level = LOG_WARN;
	log_event(level, "request", "site=%s page=%s status=%d ms=%lld db_ms=%lld db_n=%u%s%s",
		p->site == SITE_DESK ? "desk" : "public", p->row != NULL ? p->row->name : "-", p->reply->status,
		(long long)ms, (long long)(db_us / 1000), db_n, who, why);
}

void dispatch(struct page *p, int head_rc, const struct page_row *rows, size_t n, request_read_fn read, void *ctx)
{
	int64_t began_us = clock_mono_us(), us, db_us = 0;
	unsigned db_n = 0;
	int rc;

	p->csrf = p->param = "";
	log_request(p->req->rid);
	if (head_rc == 0)
		err_clear();
	if (p->db != NULL)
		db_stats_reset(p->db);
	rc = handle(p, head_rc, rows, n, read, ctx);
	if (p->req->method == METHOD_GET || p->req->method == METHOD_HEAD)
		reply_etag(p->reply, p->req->if_none_match);
	us = clock_mono_us() - began_us;
	if (p->db != NULL)
		db_stats(p->db, &db_n, &db_us);
	if (p->site == SITE_DESK)
		reply_header(p->reply, "Server-Timing", arena_printf(p->a, "app;dur=%.1f, db;dur=%.1f;desc=\"%u\"",
			(double)us / 1000, (double)db_us / 1000, db_n));
	log_request_line(p, rc, us, db_n, db_us);
	log_request("");
}
