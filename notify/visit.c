/* visit - see visit.h. */
#include "visit.h"

#include <curl/curl.h>
#include <string.h>

#include "clock.h"
#include "err.h"
#include "str.h"

static CURL *handle;

static size_t take(char *buf, size_t size, size_t n, void *arg)
{
	struct str *body = arg;

	str_addn(body, buf, size * n);
	return body->over ? 0 : size * n;
}

static void free_list(void *p)
{
	curl_slist_free_all(p);
}

static void set_up(CURL *c, struct arena *a, const char *url, const char *json)
{
	curl_easy_reset(c);
	curl_easy_setopt(c, CURLOPT_URL, url);
	curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(c, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 1L);
	curl_easy_setopt(c, CURLOPT_MAXREDIRS, 3L);
	curl_easy_setopt(c, CURLOPT_PROXY, "");
	curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(c, CURLOPT_TIMEOUT, (long)VISIT_LIMIT_S);
	/* Every visit is somebody who has never been here. */
	curl_easy_setopt(c, CURLOPT_FRESH_CONNECT, 1L);
	curl_easy_setopt(c, CURLOPT_FORBID_REUSE, 1L);
	curl_easy_setopt(c, CURLOPT_USERAGENT, "Mozilla/5.0 (compatible; minsheng-patrold)");
	if (json != NULL) {
		struct curl_slist *list = curl_slist_append(NULL, "Content-Type: application/json");

		must(list != NULL);
		arena_defer(a, free_list, list);
		curl_easy_setopt(c, CURLOPT_HTTPHEADER, list);
		curl_easy_setopt(c, CURLOPT_POSTFIELDS, json);
	}
}

static const char *why_of(CURLcode rc, bool over)
{
	if (over)
		return "size";
	switch (rc) {
	case CURLE_OK:
		return "";
	case CURLE_OPERATION_TIMEDOUT:
		return "timeout";
	case CURLE_COULDNT_RESOLVE_HOST:
		return "name";
	case CURLE_SSL_CONNECT_ERROR:
	case CURLE_PEER_FAILED_VERIFICATION:
		return "tls";
	case CURLE_COULDNT_CONNECT:
		return "connect";
	default:
		return "other";
	}
}

void visit(struct arena *a, const char *url, const char *json, struct visit *ret)
{
	int64_t from = clock_mono_ms();
	struct str body;
	long status = 0;
	CURLcode rc;

	if (handle == NULL)
		handle = curl_easy_init();
	must(handle != NULL);
	str_init(&body, a, VISIT_BODY_MAX);
	set_up(handle, a, url, json);
	curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, take);
	curl_easy_setopt(handle, CURLOPT_WRITEDATA, &body);
	rc = curl_easy_perform(handle);
	curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
	curl_easy_setopt(handle, CURLOPT_HTTPHEADER, NULL);
	*ret = (struct visit){ .status = (int)status, .ms = clock_mono_ms() - from, .body = body.s,
	                       .why = why_of(rc, body.over) };
}

void visit_close(void)
{
	if (handle != NULL)
		curl_easy_cleanup(handle);
	handle = NULL;
}

const char *visit_failure(const struct visit *v, const char *must_hold)
{
	if (v->why[0] != '\0')
		return v->why;
	if (v->status < 200 || v->status > 299)
		return "status";
	return strstr(v->body, must_hold) == NULL ? "words" : "";
}

const char *visit_foot_missing(struct arena *a, const char *body)
{
	static const char *const named[] = { "主办单位", "承办单位", "联系方式", "网站标识码", "ICP备案号", "公安备案号",
		                             "我为政府网站找错" };
	const char *foot = strstr(body, "<footer");
	struct str o;

	str_init(&o, a, 400);
	for (size_t i = 0; i < sizeof named / sizeof named[0]; i++) {
		if (foot == NULL || strstr(foot, named[i]) == NULL)
			str_addf(&o, "%s%s", o.len ? "、" : "", named[i]);
	}
	return o.s;
}
