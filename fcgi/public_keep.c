/* public_keep - a letter that is not finished: kept under a code, gone on with elsewhere, deleted.
 *
 * What was typed is kept as it stands, right or wrong, as one JSON text; what is done with it is tickets/kept.c. The
 * code stands in no address and in no browser storage: pages carry it as a hidden field of the form. */
#include <jansson.h>

#include "clock.h"
#include "kept.h"
#include "public.h"
#include "public_letter.h"
#include "show.h"
#include "views/letter_continue.h"
#include "views/letter_dropped.h"
#include "views/letter_kept.h"

#define WAIT_S "3600"

static const struct field continue_fields[] = {
	{ "code", FIELD_LINE, .label = "草稿代码", .max = 60, .required = true },
};
const struct form_def form_continue = { continue_fields, ARRAY_LEN(continue_fields) };

static const char *const kept_fields[] = { "type", "unit", "title", "body", "demand", "place", "about", "publish",
	"name", "phone", "email" };

/* --- form to text and back --- */

static const char *text_of_form(const struct page *p)
{
	json_t *o = json_object();
	size_t n;
	char *text;

	for (size_t i = 0; i < ARRAY_LEN(kept_fields); i++) {
		const char *typed = form_raw(p->form, kept_fields[i]);

		if (typed[0] != '\0')
			must(json_object_set_new(o, kept_fields[i], json_string(typed)) == 0);
	}
	n = json_dumpb(o, NULL, 0, JSON_COMPACT | JSON_SORT_KEYS);
	text = arena_alloc(p->a, n + 1);
	must(json_dumpb(o, text, n, JSON_COMPACT | JSON_SORT_KEYS) == n);
	text[n] = '\0';
	json_decref(o);
	return text;
}

static const char *of_text(struct arena *a, const char *text, const char *name)
{
	json_t *o = json_loads(text, 0, NULL);
	const char *value = o != NULL ? json_string_value(json_object_get(o, name)) : NULL;
	const char *copy = arena_strdup(a, value != NULL ? value : "");

	json_decref(o);
	return copy;
}

static void form_of_text(struct page *p, const char *text)
{
	form_empty(p->a, &form_letter, p->form);
	for (size_t i = 0; i < ARRAY_LEN(kept_fields); i++)
		form_set(p->form, kept_fields[i], of_text(p->a, text, kept_fields[i]));
}

static void belongs_to(struct page *p, const struct kept *k)
{
	form_set(p->form, "kept", k->code);
	form_set(p->form, "kept_version", arena_printf(p->a, "%lld", (long long)k->version));
}

static bool nothing_typed(const struct page *p)
{
	for (size_t i = 0; i < ARRAY_LEN(kept_fields); i++) {
		if (form_raw(p->form, kept_fields[i])[0] != '\0')
			return false;
	}
	return true;
}

/* --- keeping --- */

static int keep(struct page *p, const char *seed, struct kept *ret)
{
	const char *code = letter_kept(p), *text = text_of_form(p);
	long long version = 0;
	int rc;

	if (code == NULL)
		return kept_new(p->db, p->a, seed, text, p->req->client, ret);
	if (str_to_int(form_raw(p->form, "kept_version"), 1, INT32_MAX, &version) != 0)
		version = 0;
	rc = kept_again(p->db, p->a, code, version, text, p->req->client, ret);
	/* It has run out, or was deleted in another window: what is on the screen counts. */
	return rc == ERR_NOTFOUND ? kept_new(p->db, p->a, seed, text, p->req->client, ret) : rc;
}

static const char *groups(struct arena *a, const char *code)
{
	char *s = arena_strdup(a, code);

	for (char *c = s; *c != '\0'; c++) {
		if (*c == '-')
			*c = ' ';
	}
	return s;
}

static int render_kept(struct page *p, const struct kept *k)
{
	struct view_letter_kept v = { .frame = page_titled(p, "草稿存好了"), .form = p->form, .code = k->code };
	int32_t today = clock_day(p->now);
	const char *key;

	v.token = letter_token(p, &key);
	v.code_groups = groups(p->a, k->code);
	v.until = show_day(p->a, k->until_on, today);
	v.days = KEPT_DAYS;
	v.saved = show_moment(p->a, k->saved_at, today);
	v.qr = view_qr(p->a, arena_printf(p->a, "%s/letters/continue", conf.public_url), "“继续写”页面的二维码");
	view_letter_kept(&p->reply->body, &v);
	return 0;
}

static const char *other_words(struct page *p, const struct kept *k)
{
	return arena_printf(p->a, "%s\n%s", of_text(p->a, k->text, "title"), of_text(p->a, k->text, "body"));
}

/* Not kept, and why; what was typed stands in the form. */
static int not_kept(struct page *p, int rc, const struct kept *k)
{
	struct letter_said said = { 0 };
	int status = err_http(rc);

	if (rc == ERR_CONFLICT) {
		belongs_to(p, k);
		said.other = other_words(p, k);
		said.problem = "这份草稿在别的设备或窗口上改过。下面的框里是您现在写的，再点一次“先存起来”就存这一份；"
			"还需要另一份的，先从这里抄下来";
	} else if (rc == ERR_TOOBIG) {
		said.problem = "写的内容太长，存不下。请删去一些再存；一封信最多 3000 字";
		status = 422;
	} else if (rc == ERR_SLOWDOWN) {
		said.problem = arena_strdup(p->a, err_text(rc));
		reply_header(p->reply, "Retry-After", WAIT_S);
	} else {
		return rc;
	}
	err_clear();
	return letter_render(p, status, said);
}

/* Whether this may be kept at all: 0, or the page has been shown. */
static bool may_keep(struct page *p, const char *key, struct letter_said *said)
{
	if (nothing_typed(p))
		said->problem = "还没有写内容，写一点再存";
	else if (form_trapped(p->form))
		said->problem = "有一栏是给程序设的，请留空。如果是浏览器自动填写的，请再点一次“先存起来”";
	else if (key == NULL)
		said->problem = "这个页面打开得太久了，还没有存。您写的内容都在，请再点一次“先存起来”";
	return said->problem == NULL;
}

int letter_keep(struct page *p)
{
	struct letter_said said = { 0 };
	const char *key;
	struct kept k;
	int rc;

	p->form->n_errors = 0; /* unfinished is what it is for */
	letter_token(p, &key);
	if (!may_keep(p, key, &said))
		return letter_render(p, 422, said);
	rc = keep(p, key, &k);
	if (rc != 0)
		return not_kept(p, rc, &k);
	belongs_to(p, &k);
	return render_kept(p, &k);
}

/* The same while typing, for the script: only for a draft that has a code. */
int letter_keep_json(struct page *p)
{
	const char *key, *code = letter_kept(p);
	struct kept k;
	json_t *o;
	int rc;

	letter_token(p, &key);
	if (key == NULL || code == NULL || form_trapped(p->form))
		return err_set(ERR_BADREQ, "no draft, or a worn-out form");
	rc = keep(p, key, &k);
	if (rc != 0)
		return rc;
	o = json_object();
	json_object_set_new(o, "code", json_string(k.code));
	json_object_set_new(o, "version", json_integer(k.version));
	json_object_set_new(o, "saved", json_string(show_moment(p->a, k.saved_at, clock_day(p->now))));
	json_object_set_new(o, "until", json_string(clock_fmt_day(p->a, k.until_on)));
	return reply_json(p->reply, 200, o);
}

/* --- going on --- */

static int render_ask(struct page *p, int status)
{
	struct view_letter_continue v = { .frame = page_titled(p, "继续写"), .form = p->form, .days = KEPT_DAYS };

	reply_status(p->reply, status);
	view_letter_continue(&p->reply->body, &v);
	return 0;
}

int letter_continue_ask(struct page *p)
{
	form_empty(p->a, &form_continue, p->form);
	return render_ask(p, 200);
}

int letter_continue(struct page *p)
{
	int32_t today = clock_day(p->now);
	struct letter_said said = { 0 };
	struct kept k;
	int rc;

	if (!form_ok(p->form))
		return render_ask(p, 422);
	rc = kept_find(p->db, p->a, form_text(p->form, "code"), p->req->client, &k);
	if (rc == ERR_NOTFOUND || rc == ERR_SLOWDOWN) {
		form_fail(p->form, "code", rc == ERR_SLOWDOWN ? arena_strdup(p->a, err_text(rc))
			: "没有这个代码的草稿。请对照抄下的代码再填一次；也可能已经过期、删除，或者信已经寄出");
		if (rc == ERR_SLOWDOWN)
			reply_header(p->reply, "Retry-After", WAIT_S);
		err_clear();
		return render_ask(p, err_http(rc));
	}
	if (rc != 0)
		return rc;
	form_of_text(p, k.text);
	belongs_to(p, &k);
	said.done = arena_printf(p->a, "已取回 %s 存的草稿，保存到 %s", show_moment(p->a, k.saved_at, today),
		show_day(p->a, k.until_on, today));
	return letter_render(p, 200, said);
}

int letter_drop(struct page *p)
{
	struct view_letter_dropped v = { .form = p->form };
	const char *key;
	int rc = letter_kept(p) != NULL ? kept_drop(p->db, p->a, letter_kept(p)) : 0;

	if (rc != 0)
		return rc;
	form_set(p->form, "kept", NULL);
	form_set(p->form, "kept_version", NULL);
	v.frame = page_titled(p, "草稿已经删除");
	v.token = letter_token(p, &key);
	v.typed = !nothing_typed(p);
	view_letter_dropped(&p->reply->body, &v);
	return 0;
}
