/* conf - the settings in force.
 *
 * settings.tbl has one row a setting: type, default, range, help. conf_load() reads the file, then the
 * environment; an unknown or out-of-range key is an error that names the line, and the program must stop. */
#ifndef CONF_H
#define CONF_H

#include <stdbool.h>
#include <stdint.h>

#include "arena.h"
#include "err.h"
#include "str.h"

struct conf {
#define TEXT(name, def, help) const char *name;
#define NUMBER(name, def, min, max, unit, help) int64_t name;
#define FLAG(name, def, help) bool name;
#include "settings.tbl"
#undef TEXT
#undef NUMBER
#undef FLAG
};

/* The settings; defaults until conf_load(). Strings live as long as the process. */
extern struct conf conf;

/* path: the file, or NULL for $MINSHENG_CONF. ERR_INVALID with file, line and key in the detail. */
int conf_load(const char *path) MUST_CHECK;
/* The secret of that name (a file in secrets_dir, its last newline removed), at most 4 KiB.
 * ERR_NOTFOUND when there is none. */
int conf_secret(struct arena *a, const char *name, const char **ret) MUST_CHECK;
/* name = value # where it came from; one line a setting. Secrets are not settings and do not appear. */
void conf_print(struct str *o);

#endif
