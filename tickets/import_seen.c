/* import_seen - see import_seen.h. Open addressing; the keys are hashes already. */
#include "import_seen.h"

#include <string.h>

static struct import_seen_slot *find(struct import_seen_slot *slots, size_t cap, const uint64_t key[2])
{
	size_t i = key[0] & (cap - 1);

	while (slots[i].row && (slots[i].key[0] != key[0] || slots[i].key[1] != key[1]))
		i = (i + 1) & (cap - 1);
	return &slots[i];
}

static void grow(struct import_seen *seen)
{
	size_t cap = seen->cap ? seen->cap * 2 : 1024;
	struct import_seen_slot *slots = arena_array(seen->a, cap, sizeof *slots);

	for (size_t i = 0; i < seen->cap; i++) {
		if (seen->slots[i].row)
			*find(slots, cap, seen->slots[i].key) = seen->slots[i];
	}
	seen->slots = slots;
	seen->cap = cap;
}

int64_t import_seen(struct import_seen *seen, struct db_blob hash, int64_t row)
{
	struct import_seen_slot *slot;
	uint64_t key[2];

	must(hash.n >= sizeof key && row > 0);
	memcpy(key, hash.p, sizeof key);
	if (seen->n * 2 >= seen->cap)
		grow(seen);
	slot = find(seen->slots, seen->cap, key);
	if (slot->row)
		return slot->row;
	*slot = (struct import_seen_slot){ { key[0], key[1] }, row };
	seen->n++;
	return 0;
}
