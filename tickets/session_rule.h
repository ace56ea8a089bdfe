/* session_rule - when a desk session has ended. One rule for those who ask: the desk (fcgi/session.c) and the
 * vault, which trusts nobody's word that somebody is logged in. */
#ifndef SESSION_RULE_H
#define SESSION_RULE_H

#include <stdbool.h>
#include <stdint.h>

#include "conf.h"

static inline bool session_has_ended(int64_t created_at, int64_t seen_at, int64_t now)
{
	return now - seen_at > conf.session_idle_min * 60 || now - created_at > conf.session_hours * 3600;
}

#endif
