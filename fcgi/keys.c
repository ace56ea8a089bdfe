/* keys - see keys.h. */
#include "keys.h"

#include <string.h>

#define KEYS_COOKIE "keys"

static const struct { const char *key, *target; } rows[] = {
#define KEY(place, key, target, text) { key, target },
#include "keys.tbl"
#undef KEY
};

const char *keys_of(const char *target)
{
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		if (rows[i].target[0] != '\0' && strcmp(rows[i].target, target) == 0)
			return rows[i].key;
	}
	return NULL;
}

bool keys_off(const struct page *p)
{
	return str_eq(params_get(&p->req->cookies, KEYS_COOKIE), "off");
}
