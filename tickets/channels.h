/* channels - the ways a letter comes in: ticket.channel, and what people call it. */
#ifndef CHANNELS_H
#define CHANNELS_H

#include <stddef.h>

/* 网站, 手机, 12345 热线 …; the code itself when it is new. */
const char *channels_name(const char *code);
/* The code at place i; NULL behind the last. */
const char *channels_at(size_t i);

#endif
