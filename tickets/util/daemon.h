/* daemon - how the programs that work by themselves begin, wait and end: slad, searchd, notifyd, patrold, paperd.
 *
 * SIGTERM and SIGINT interrupt nothing: they are held back until daemon_stops_within() looks, so that a program ends
 * after the thing in hand. SIGPIPE is ignored. */
#ifndef DAEMON_H
#define DAEMON_H

#include <stdbool.h>
#include <stdint.h>

/* The log under this name, signals, settings and the clock; to be called first, before there is any thread. An error
 * of the settings is logged and returned. */
int daemon_begin(const char *name) __attribute__((warn_unused_result));
/* Waits up to ms; true when it is time to stop, from the first signal on and without waiting. */
bool daemon_stops_within(int64_t ms);

#endif
