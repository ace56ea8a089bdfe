/* channel_mail - SMTP by libcurl, to the relay of conf.smtp_url.
 *
 * The message is built here; libcurl carries it. What failed decides what happens: before RCPT the relay is closed, a
 * recipient refused for good is never, anything later is for later. With the secret smtp_login (user:password) TLS is
 * required; without, it is used when the relay offers it. */
#include <curl/curl.h>
#include <stdbool.h>
#include <string.h>

#include "channel.h"
#include "clock.h"
#include "conf.h"
#include "mailhead.h"
#include "text.h"

#define MAIL_MAX ((size_t)64 * 1024)
#define CONNECT_S 10L
#define ALL_S 30L
#define KEEP_S 20L

static CURL *handle;

struct upload {
	const char *p;
	size_t left;
	bool begun;
};

static int check(struct arena *a)
{
	const char *from;

	if (!str_starts(conf.smtp_url, "smtp://") && !str_starts(conf.smtp_url, "smtps://"))
		return err_set(ERR_INVALID, "smtp_url must begin with smtp:// or smtps://");
	if (text_email(a, conf.mail_from, &from) < 0)
		return err_set(ERR_INVALID, "mail_from is not a mail address");
	must(curl_global_init(CURL_GLOBAL_DEFAULT) == 0);
	return 0;
}

static int build(struct str *o, const struct message *m)
{
	const char *domain = strrchr(conf.mail_from, '@');
	int r = mailhead_from(o, "From", conf.site_short, conf.mail_from);

	if (r == 0)
		r = mailhead_to(o, "To", m->to, m->n_to);
	if (r == 0)
		r = mailhead_text(o, "Subject", m->subject);
	if (r < 0)
		return r;
	mailhead_date(o, clock_now());
	str_addf(o, "Message-ID: <%s.%lld.%lld%s>\r\n", m->series, (long long)m->id, (long long)m->created_at, domain);
	str_add(o, "Auto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
	           "Content-Language: zh-CN\r\nContent-Transfer-Encoding: base64\r\n\r\n");
	mailhead_body(o, m->body);
	return o->over ? err_set(ERR_BUG, "a notice of more than %zu bytes", MAIL_MAX) : 0;
}

static size_t read_upload(char *buf, size_t size, size_t n, void *arg)
{
	struct upload *u = arg;
	size_t take = size * n < u->left ? size * n : u->left;

	memcpy(buf, u->p, take);
	u->p += take;
	u->left -= take;
	u->begun = true;
	return take;
}

static void free_list(void *p)
{
	curl_slist_free_all(p);
}

static struct curl_slist *recipients(struct arena *a, const struct message *m)
{
	struct curl_slist *list = NULL;

	for (size_t i = 0; i < m->n_to; i++) {
		list = curl_slist_append(list, m->to[i]);
		must(list != NULL);
	}
	arena_defer(a, free_list, list);
	return list;
}

static void set_transport(CURL *c, struct arena *a)
{
	const char *login = NULL;

	curl_easy_setopt(c, CURLOPT_URL, conf.smtp_url);
	curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
	curl_easy_setopt(c, CURLOPT_PROXY, "");
	curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT, CONNECT_S);
	curl_easy_setopt(c, CURLOPT_SERVER_RESPONSE_TIMEOUT, ALL_S);
	curl_easy_setopt(c, CURLOPT_TIMEOUT, ALL_S);
	curl_easy_setopt(c, CURLOPT_MAXAGE_CONN, KEEP_S);
	curl_easy_setopt(c, CURLOPT_USE_SSL, (long)CURLUSESSL_TRY);
	if (conf_secret(a, "smtp_login", &login) == 0) {
		curl_easy_setopt(c, CURLOPT_USERPWD, login);
		curl_easy_setopt(c, CURLOPT_USE_SSL, (long)CURLUSESSL_ALL);
	}
}

static enum channel_outcome outcome_of(CURLcode rc, const char *what, bool begun)
{
	if (rc == CURLE_OK)
		return CHANNEL_SENT;
	if (str_starts(what, "RCPT failed: 5"))
		return CHANNEL_NEVER;
	if (begun || str_starts(what, "RCPT failed") || str_starts(what, "DATA failed"))
		return CHANNEL_LATER;
	return CHANNEL_CLOSED;
}

static enum channel_outcome send_mail(struct arena *a, const struct message *m, const char **ret_why)
{
	char what[CURL_ERROR_SIZE] = "";
	struct upload u = { 0 };
	struct str mail;
	enum channel_outcome outcome;
	CURLcode rc;
	long code = 0;

	str_init(&mail, a, MAIL_MAX);
	if (build(&mail, m) < 0) {
		*ret_why = "bad_address";
		return CHANNEL_NEVER;
	}
	u.p = mail.s;
	u.left = mail.len;
	if (handle == NULL)
		handle = curl_easy_init();
	must(handle != NULL);
	curl_easy_reset(handle);
	set_transport(handle, a);
	curl_easy_setopt(handle, CURLOPT_MAIL_FROM, conf.mail_from);
	curl_easy_setopt(handle, CURLOPT_MAIL_RCPT, recipients(a, m));
	curl_easy_setopt(handle, CURLOPT_MAIL_RCPT_ALLLOWFAILS, 1L);
	curl_easy_setopt(handle, CURLOPT_UPLOAD, 1L);
	curl_easy_setopt(handle, CURLOPT_READFUNCTION, read_upload);
	curl_easy_setopt(handle, CURLOPT_READDATA, &u);
	curl_easy_setopt(handle, CURLOPT_ERRORBUFFER, what);
	rc = curl_easy_perform(handle);
	curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &code);
	outcome = outcome_of(rc, what, u.begun);
	/* curl's own words, not the server's: those may repeat the address. */
	*ret_why = rc == CURLE_OK ? NULL : arena_printf(a, "smtp %ld: %s", code, curl_easy_strerror(rc));
	curl_easy_setopt(handle, CURLOPT_ERRORBUFFER, NULL);
	curl_easy_setopt(handle, CURLOPT_MAIL_RCPT, NULL);
	return outcome;
}

static void close_mail(void)
{
	if (handle != NULL)
		curl_easy_cleanup(handle);
	handle = NULL;
}

const struct channel channel_mail = { "mail", check, send_mail, close_mail };
