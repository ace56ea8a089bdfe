/* channel - a way out: by mail, or none. One file each. */
#ifndef CHANNEL_H
#define CHANNEL_H

#include <stddef.h>
#include <stdint.h>

#include "arena.h"
#include "err.h"

struct message {
	const char *series;          /* "notice", "bundle": ids are counted apart */
	int64_t id, created_at;      /* the row's: the same for every try, so that a repeat can be seen */
	const char *const *to;
	size_t n_to;
	const char *subject, *body;
};

enum channel_outcome {
	CHANNEL_SENT,
	CHANNEL_LATER,               /* this message not now */
	CHANNEL_CLOSED,              /* nothing gets out now */
	CHANNEL_NEVER,               /* this message not at all */
	CHANNEL_SKIPPED              /* there is no way out */
};

struct channel {
	const char *name;
	/* Are its settings usable? Asked once at the start; does not connect. */
	int (*check)(struct arena *a);
	/* *ret_why: a short code for the row and the log, without an address. */
	enum channel_outcome (*send)(struct arena *a, const struct message *m, const char **ret_why);
	/* Lets go of connections. */
	void (*close)(void);
};

extern const struct channel channel_mail, channel_null;

#endif
