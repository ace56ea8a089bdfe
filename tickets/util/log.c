/* log - see log.h. */
#include "log.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "clock.h"

static char program[32] = "minsheng";
static char request[41];
static enum log_level most = LOG_INFO;
static unsigned dropped;

void log_init(const char *name, enum log_level level)
{
	snprintf(program, sizeof program, "%s", name);
	most = level;
}

void log_request(const char *rid)
{
	snprintf(request, sizeof request, "%s", rid);
}

/* A value must not be able to end the line or hide text. */
static void flatten(char *s)
{
	for (; *s; s++) {
		if ((unsigned char)*s < 0x20 || *s == 0x7f)
			*s = ' ';
	}
}

void log_event(enum log_level level, const char *event, const char *fmt, ...)
{
	char line[2048];
	int n;
	va_list ap;

	if (level > most)
		return;
	n = snprintf(line, sizeof line - 1, "<%d>%s[%d]: ev=%s t=%lld%s%s ", (int)level, program, (int)getpid(), event,
	             (long long)clock_now(), request[0] ? " rid=" : "", request);
	if (dropped && n < (int)sizeof line - 1)
		n += snprintf(line + n, sizeof line - 1 - (size_t)n, "dropped=%u ", dropped);
	if (n < (int)sizeof line - 1) {
		va_start(ap, fmt);
		vsnprintf(line + n, sizeof line - 1 - (size_t)n, fmt, ap);
		va_end(ap);
	}
	flatten(line);
	n = (int)strlen(line);
	line[n++] = '\n';
	if (write(STDERR_FILENO, line, (size_t)n) == n)
		dropped = 0;
	else
		dropped++;
}
