/* sandbox - after start a worker gives up every system call it does not need.
 *
 * What gets into a worker through a request cannot start a program, open a file for writing, or talk to
 * anything but Unix sockets: the kernel ends the process and the supervisor starts a clean one. */
#ifndef SANDBOX_H
#define SANDBOX_H

#include <stdbool.h>

#include "err.h"

/* reads_files: open() for reading stays allowed (the clock file of a test, secrets at a reconnect); otherwise it
 * fails with EACCES. Built with a sanitizer this does nothing. ERR_BUG when the kernel refuses. */
int sandbox_enter(bool reads_files) MUST_CHECK;

#endif
