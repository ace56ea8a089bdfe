#include "daemon.h"

#include <errno.h>
#include <signal.h>
#include <time.h>

#include "clock.h"
#include "conf.h"
#include "err.h"
#include "log.h"

static sigset_t stop_signals;
static bool stopping;

int daemon_begin(const char *name)
{
	int r;

	log_init(name, LOG_INFO);
	sigemptyset(&stop_signals);
	sigaddset(&stop_signals, SIGTERM);
	sigaddset(&stop_signals, SIGINT);
	must(sigprocmask(SIG_BLOCK, &stop_signals, NULL) == 0 && signal(SIGPIPE, SIG_IGN) != SIG_ERR);
	r = conf_load(NULL);
	if (r < 0)
		log_event(LOG_ERROR, "start", "error=%s detail=\"%s\"", err_name(r), err_detail());
	else
		clock_init(conf.clock_file);
	return r;
}

bool daemon_stops_within(int64_t ms)
{
	const struct timespec ts = { ms / 1000, ms % 1000 * 1000000 };
	int sig;

	if (stopping)
		return true;
	do
		sig = sigtimedwait(&stop_signals, NULL, &ts);
	while (sig < 0 && errno == EINTR);
	stopping = sig > 0;
	return stopping;
}
