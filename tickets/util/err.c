/* err - see err.h. */
#include "err.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "log.h"

static const struct {
	const char *name;
	int http;
	int level;
	const char *text;
} rows[ERR__MAX] = {
	[ERR__OK] = { "OK", 200, LOG_INFO, "" },
#define ERR(name, http, level, retry, text) [ERR__SEQ_##name] = { #name, http, LOG_##level, text },
#include "errors.tbl"
#undef ERR
};

static char detail[512];
static char said[512];

static int row_of(int code)
{
	return code <= 0 && code > -ERR__MAX ? -code : ERR__SEQ_BUG;
}

int err_set(int code, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(detail, sizeof detail, fmt, ap);
	va_end(ap);
	said[0] = '\0';
	return code;
}

int err_say(int code, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(said, sizeof said, fmt, ap);
	va_end(ap);
	detail[0] = '\0';
	return code;
}

const char *err_detail(void)
{
	return detail;
}

const char *err_text(int code)
{
	return said[0] ? said : rows[row_of(code)].text;
}

void err_clear(void)
{
	detail[0] = '\0';
	said[0] = '\0';
}

const char *err_name(int code)
{
	return rows[row_of(code)].name;
}

int err_http(int code)
{
	return rows[row_of(code)].http;
}

int err_level(int code)
{
	return rows[row_of(code)].level;
}

void err_must_failed(const char *what, const char *file, int line)
{
	log_event(LOG_ERROR, "must_failed", "what=\"%s\" at=%s:%d", what, file, line);
	abort();
}
