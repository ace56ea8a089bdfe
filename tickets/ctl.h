/* ctl - minshengctl: one function a command, called by name from ctl.c's table. Each gets the words after its name and
 * returns the exit code. ctl_show.c prints letters; ctl_admin.c the rest. */
#ifndef CTL_H
#define CTL_H

#include "db.h"
#include "str.h"

struct ctl {
	struct arena *a;
	struct db *db;               /* account migrate */
	int argc;
	char **argv;                 /* argv[0] is the command's name */
};

int ctl_show(struct ctl *c);
int ctl_trace(struct ctl *c);
int ctl_stuck(struct ctl *c);
int ctl_act(struct ctl *c);
int ctl_selftest(struct ctl *c);
int ctl_user(struct ctl *c);
int ctl_calendar(struct ctl *c);
int ctl_redact(struct ctl *c);
int ctl_rescan(struct ctl *c);
int ctl_sample(struct ctl *c);
int ctl_search(struct ctl *c);
int ctl_places(struct ctl *c);
int ctl_key(struct ctl *c);

/* Prints the sentence and detail of an error on standard error; returns 1, or 2 for a refusal. */
int ctl_fail(int code);
/* The value after --name, or NULL. ctl_flag: true when --name is there. Both take the word(s) out of argv. */
const char *ctl_option(struct ctl *c, const char *name);
bool ctl_flag(struct ctl *c, const char *name);
/* Writes o to standard output; 0, or 1 when that failed. */
int ctl_print(const struct str *o);
/* Prints usage for the command, 64. */
int ctl_usage(const char *line);

#endif
