/* open311_write - see open311_write.h. */
#include "open311_write.h"

#include <libxml/xmlwriter.h>
#include <stdlib.h>
#include <string.h>

#include "clock.h"

#define SAMPLE_MAX ((size_t)64 * 1024)

bool o311_below(const char *path)
{
	return str_starts(path, "/open311/");
}

enum o311_form o311_form_of(const char *path)
{
	return str_ends(path, ".json") ? O311_JSON : O311_XML;
}

/* --- values --- */

/* XML 1.0 has no control characters but three, and not U+FFFE and U+FFFF. */
static size_t unknown_to_xml(const char *s)
{
	unsigned char c = (unsigned char)*s;

	if (c < 0x20)
		return c == '\n' || c == '\t' || c == '\r' ? 0 : 1;
	return str_starts(s, "\xEF\xBF\xBE") || str_starts(s, "\xEF\xBF\xBF") ? 3 : 0;
}

json_t *o311_text(struct arena *a, const char *s)
{
	size_t n = 0, skip;
	char *clean;

	if (s == NULL || s[0] == '\0')
		return json_null();
	clean = arena_alloc(a, strlen(s) + 1);
	while (*s != '\0') {
		skip = unknown_to_xml(s);
		if (skip == 0)
			clean[n++] = *s++;
		s += skip;
	}
	return n > 0 ? json_stringn(clean, n) : json_null();
}

json_t *o311_time(struct arena *a, int64_t at)
{
	int year, month, day, seconds;

	if (at == TIME_NONE)
		return json_null();
	/* The clock's functions know the city's day: eight hours on. */
	at -= CLOCK_ZONE_SECONDS;
	clock_civil(clock_day(at), &year, &month, &day);
	seconds = clock_second_of_day(at);
	return json_string(arena_printf(a, "%04d-%02d-%02dT%02d:%02d:%02dZ", year, month, day, seconds / 3600,
		seconds / 60 % 60, seconds % 60));
}

/* --- XML --- */

/* What the members of a list are called. */
static const char *item_of(const char *list)
{
	static const char *const items[][2] = {
		{ "services", "service" }, { "service_requests", "request" }, { "service_request_updates", "request_update" },
		{ "errors", "error" }, { "attributes", "attribute" }, { "values", "value" }, { "endpoints", "endpoint" },
		{ "formats", "format" }, { "notes", "note" },
	};

	for (size_t i = 0; i < sizeof(items) / sizeof(items[0]); i++) {
		if (strcmp(items[i][0], list) == 0)
			return items[i][1];
	}
	must(!"a list without a name for its members");
	return "";
}

static void start(xmlTextWriterPtr w, const char *name)
{
	must(xmlTextWriterStartElement(w, BAD_CAST name) >= 0);
}

static void end(xmlTextWriterPtr w)
{
	must(xmlTextWriterEndElement(w) >= 0);
}

static void write_scalar(xmlTextWriterPtr w, const json_t *v)
{
	switch (json_typeof(v)) {
	case JSON_STRING:
		must(xmlTextWriterWriteString(w, BAD_CAST json_string_value(v)) >= 0);
		break;
	case JSON_INTEGER:
		must(xmlTextWriterWriteFormatString(w, "%lld", (long long)json_integer_value(v)) >= 0);
		break;
	case JSON_REAL:
		must(xmlTextWriterWriteFormatString(w, "%.7g", json_real_value(v)) >= 0);
		break;
	case JSON_TRUE:
	case JSON_FALSE:
		must(xmlTextWriterWriteString(w, BAD_CAST(json_is_true(v) ? "true" : "false")) >= 0);
		break;
	default:
		break; /* null: the element is empty */
	}
}

/* Documents are as deep as this program builds them. */
static void write_element(xmlTextWriterPtr w, const char *name, json_t *v)
{
	const char *key;
	json_t *member;
	size_t i;

	start(w, name);
	if (json_is_array(v)) {
		json_array_foreach(v, i, member)
			write_element(w, item_of(name), member);
	} else if (json_is_object(v)) {
		json_object_foreach(v, key, member)
			write_element(w, key, member);
	} else {
		write_scalar(w, v);
	}
	end(w);
}

/* The document; to be freed by the caller. */
static xmlBufferPtr write_xml(const char *name, json_t *root, bool indent)
{
	xmlBufferPtr buffer = xmlBufferCreate();
	xmlTextWriterPtr w = buffer != NULL ? xmlNewTextWriterMemory(buffer, 0) : NULL;

	must(w != NULL);
	if (indent)
		must(xmlTextWriterSetIndent(w, 1) >= 0 && xmlTextWriterSetIndentString(w, BAD_CAST "  ") >= 0);
	must(xmlTextWriterStartDocument(w, NULL, "utf-8", NULL) >= 0);
	write_element(w, name, root);
	must(xmlTextWriterEndDocument(w) >= 0);
	xmlFreeTextWriter(w);
	return buffer;
}

/* --- answers --- */

static int reply_xml(struct reply *r, int status, const char *name, json_t *root)
{
	xmlBufferPtr buffer = write_xml(name, root, false);

	r->status = status;
	r->type = "text/xml; charset=utf-8";
	str_cut(&r->body, 0);
	str_addn(&r->body, (const char *)xmlBufferContent(buffer), (size_t)xmlBufferLength(buffer));
	xmlBufferFree(buffer);
	json_decref(root);
	return r->body.over ? err_set(ERR_BUG, "XML over %zu bytes", r->body.max) : 0;
}

int o311_reply(struct reply *r, enum o311_form form, int status, const char *name, json_t *root)
{
	return form == O311_JSON ? reply_json(r, status, root) : reply_xml(r, status, name, root);
}

const char *o311_sample(struct arena *a, enum o311_form form, const char *name, json_t *root)
{
	struct str o;

	str_init(&o, a, SAMPLE_MAX);
	if (form == O311_XML) {
		xmlBufferPtr buffer = write_xml(name, root, true);

		str_addn(&o, (const char *)xmlBufferContent(buffer), (size_t)xmlBufferLength(buffer));
		xmlBufferFree(buffer);
	} else {
		size_t n = json_dumpb(root, NULL, 0, JSON_INDENT(2));
		char *text = arena_alloc(a, n + 1);

		must(json_dumpb(root, text, n, JSON_INDENT(2)) == n);
		str_add(&o, text);
	}
	return o.s;
}

/* --- errors --- */

void o311_error_add(struct arena *a, json_t *errors, int status, const char *words)
{
	json_t *one = json_object();

	json_object_set_new(one, "code", json_integer(status));
	json_object_set_new(one, "description", o311_text(a, words));
	json_array_append_new(errors, one);
}

int o311_status(int code)
{
	switch (code) {
	case ERR_LOGIN:
	case ERR_DENIED:
		return 403;
	case ERR_INVALID:
	case ERR_BADREQ:
	case ERR_TOOBIG:
	case ERR_TYPE:
		return 400;
	default:
		return err_http(code);
	}
}

void o311_everybody(struct reply *r)
{
	reply_header(r, "Access-Control-Allow-Origin", "*");
	reply_header(r, "Cross-Origin-Resource-Policy", "cross-origin");
}

void o311_reply_errors(struct reply *r, enum o311_form form, int status, json_t *errors)
{
	must(o311_reply(r, form, status, "errors", errors) == 0);
}
