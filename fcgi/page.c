/* page - what every page shares: its head and foot, who is asking, and the size of the letters.
 *
 * Called by dispatch.c before each page function, and by the page functions themselves. */
#include "page.h"

#include <string.h>

#include "clock.h"
#include "keys.h"
#include "view.h"
#include "tabs.h"

#ifndef STATIC_VERSION
#define STATIC_VERSION "0"
#endif

#define SIZE_COOKIE "size"
#define SIZE_COOKIE_DAYS 365

static const struct field size_fields[] = {
	{ "to", FIELD_TOKEN, .max = 16 },
	{ "back", FIELD_LINE, .max = 1000 },
};
const struct form_def form_size = { size_fields, ARRAY_LEN(size_fields) };

#define ANYONE { WHO_ANYONE, CAP__MAX }
#define OFFICER { WHO_OFFICER, CAP__MAX }
#define CAP(name) { WHO_CAP, CAP_##name }
static const struct nav_row { enum site site; const char *path; struct page_who who; const char *text; } nav_rows[] = {
#define NAV(site, path, who, text) { SITE_##site, path, who, text },
#include "nav.tbl"
#undef NAV
};

const struct actor *page_actor(const struct page *p)
{
	must(p->session != NULL);
	return &p->session->actor;
}

bool page_is_json(const struct page *p)
{
	return str_starts(p->req->path, "/api/") || str_ends(p->req->path, ".json");
}

static bool may_see(const struct page *p, struct page_who who)
{
	if (who.kind == WHO_ANYONE)
		return true;
	return p->session != NULL && (who.kind == WHO_OFFICER || access_may(&p->session->actor, who.cap));
}

/* "/open" is current on /open and /open/12, "/" only on itself. */
static bool is_section(const char *path, const char *nav)
{
	size_t n = strlen(nav);

	return strncmp(path, nav, n) == 0 && (path[n] == '\0' || (n > 1 && path[n] == '/'));
}

/* The step of a letter belongs to writing one: "/letters/new" stands for all of "/letters". */
static const char *section_of(struct arena *a, const char *nav)
{
	static const char first[] = "/new";

	return str_ends(nav, first) ? arena_strndup(a, nav, strlen(nav) - strlen(first)) : nav;
}

/* Those who do not review have no link to /clearing: its other pages are theirs by the other one. */
static void mark_publication(const struct page *p, struct frame_link *links, size_t n)
{
	if (!tabs_have(TABS_PUB, p->req->path))
		return;
	for (size_t i = 0; i < n; i++) {
		if (links[i].current)
			return;
	}
	for (size_t i = 0; i < n; i++)
		links[i].current = tabs_have(TABS_PUB, links[i].url.s);
}

static void add_nav(struct page *p)
{
	struct frame_link *links = arena_array(p->a, ARRAY_LEN(nav_rows), sizeof(*links));
	size_t n = 0;

	for (size_t i = 0; i < ARRAY_LEN(nav_rows); i++) {
		const struct nav_row *row = &nav_rows[i];

		if (row->site != p->site || !may_see(p, row->who))
			continue;
		links[n].text = row->text;
		links[n].url.s = row->path;
		links[n].key = p->site == SITE_DESK ? keys_of(row->path) : NULL;
		links[n].current = is_section(p->req->path, section_of(p->a, row->path))
			|| (strcmp(row->path, TABS_WATCH_HOME) == 0 && tabs_have(TABS_WATCH, p->req->path));
		n++;
	}
	if (p->site == SITE_DESK)
		mark_publication(p, links, n);
	p->frame->nav = links;
	p->frame->nav_n = n;
}

const char *page_nav_text(enum site site, const char *path)
{
	for (size_t i = 0; i < ARRAY_LEN(nav_rows); i++) {
		if (nav_rows[i].site == site && strcmp(nav_rows[i].path, path) == 0)
			return nav_rows[i].text;
	}
	return NULL;
}

/* 您正在代理 张三 至11月30日（星期一） */
static const char *standing_text(struct page *p, const struct actor *who)
{
	int32_t day;
	struct str o;

	str_init(&o, p->a, 2000);
	for (size_t i = 0; i < who->n_lent; i++) {
		str_addf(&o, "%s%s", i > 0 ? "，" : "您正在代理 ", who->lent[i].name);
		if (clock_parse_day(who->lent[i].until, &day) == 0)
			str_addf(&o, " 至%s", clock_fmt_day_zh(p->a, day, clock_day(p->now)));
	}
	return o.s;
}

static const char *roles_text(struct arena *a, const struct actor *who)
{
	struct str o;

	str_init(&o, a, 400);
	for (int role = 0; role < ROLE__MAX; role++) {
		if (((who->n_lent > 0 ? who->own : who->roles) & (1U << role)) != 0) {
			str_add(&o, o.len > 0 ? "、" : "");
			str_add(&o, access_role_name((enum role)role));
		}
	}
	return o.s;
}

void page_frame(struct page *p)
{
	struct frame *f = ARENA_NEW(p->a, struct frame);
	const char *size = params_get(&p->req->cookies, SIZE_COOKIE);
	struct str o;

	p->frame = f;
	f->title = "";
	f->conf = &conf;
	f->version = STATIC_VERSION;
	f->large = str_eq(size, "large");
	str_init(&o, p->a, REQUEST_QUERY_MAX * 4);
	str_add(&o, "/size");
	view_query_add(&o, "to", f->large ? "normal" : "large");
	view_query_add(&o, "back", strlen(p->req->target) < 1000 ? p->req->target : p->req->path);
	f->large_url.s = o.s;
	f->error_url.s = conf.site_error_url[0] != '\0' ? conf.site_error_url : "/letters/new?type=site_error";
	f->csrf = p->csrf;
	f->officer = f->unit = f->role = f->flash = f->standing = "";
	if (p->session != NULL) {
		f->officer = p->session->name;
		f->unit = p->session->unit_name;
		f->role = roles_text(p->a, &p->session->actor);
		f->standing = standing_text(p, &p->session->actor);
	}
	f->keys_off = keys_off(p);
	add_nav(p);
}

const struct frame *page_titled(struct page *p, const char *title)
{
	bool wrong = p->req->method == METHOD_POST && p->form != NULL && !form_ok(p->form);

	p->frame->title = wrong ? page_wrong(p, title) : title;
	return p->frame;
}

/* Heard first by who listens to the page. The desk names its pages itself. */
const char *page_wrong(struct page *p, const char *title)
{
	return p->site == SITE_PUBLIC ? arena_printf(p->a, "有错误：%s", title) : title;
}

int page_id(const struct page *p, int64_t *ret)
{
	long long id = 0;

	if (str_to_int(p->param, 1, INT64_MAX, &id) != 0)
		return err_set(ERR_NOTFOUND, "no number");
	*ret = id;
	return 0;
}

void page_tell_done(struct page *p, const char *name, const struct page_done *done, size_t n)
{
	const char *said = params_get(&p->req->query, name);

	for (size_t i = 0; i < n; i++) {
		if (str_eq(said, done[i].code))
			p->frame->flash = done[i].text;
	}
}

static int size_change(struct page *p)
{
	const char *to = form_text(p->form, "to"), *back = form_text(p->form, "back");

	reply_cookie_kept(p->reply, SIZE_COOKIE, str_eq(to, "large") ? "large" : "normal", SIZE_COOKIE_DAYS);
	return reply_redirect(p->reply, back != NULL && request_own_path(back) ? back : "/");
}

int size_public(struct page *p)
{
	return size_change(p);
}

int size_desk(struct page *p)
{
	return size_change(p);
}
