/* channel_null - no mail server is set: nothing is sent, and the row says so. */
#include "channel.h"

static int check(struct arena *a)
{
	(void)a;
	return 0;
}

static enum channel_outcome send_nothing(struct arena *a, const struct message *m, const char **ret_why)
{
	(void)a;
	(void)m;
	*ret_why = "no_channel";
	return CHANNEL_SKIPPED;
}

static void close_nothing(void)
{
}

const struct channel channel_null = { "null", check, send_nothing, close_nothing };
