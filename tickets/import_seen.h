/* import_seen - which keys have come by before, and in which row. Only grows; lives in an arena. */
#ifndef IMPORT_SEEN_H
#define IMPORT_SEEN_H

#include <stdint.h>

#include "db.h"

struct import_seen {
	struct arena *a;
	struct import_seen_slot { uint64_t key[2]; int64_t row; } *slots;
	size_t n, cap;
};

/* Remembers the first 16 bytes of a hash with its row (> 0). Returns 0, or the row in which it was seen before. */
int64_t import_seen(struct import_seen *seen, struct db_blob hash, int64_t row);

#endif
