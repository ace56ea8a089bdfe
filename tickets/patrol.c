/* patrol - see patrol.h. */
#include "patrol.h"

#include <sodium.h>
#include <string.h>

#include "queries.h"

#define FAR_S 7200
#define KEEP_S (400ll * 86400)

struct taking {
	struct arena *a;
	int64_t now;
	struct patrol_target target;
};

static int take(struct db *db, void *arg)
{
	struct taking *w = arg;
	struct q_patrol_due row;
	int r = q_patrol_due(db, w->a, w->now, w->now + FAR_S, &row);
	int64_t every_s;

	if (r < 0)
		return r;
	w->target = (struct patrol_target){ row.id, row.code, row.path, row.must_hold, row.foot };
	every_s = row.every_min * 60;
	return q_patrol_next(db, w->now + every_s - randombytes_uniform((uint32_t)(every_s / 10 + 1)), row.id, NULL);
}

int patrol_take(struct db *db, struct arena *a, int64_t now, struct patrol_target *ret)
{
	struct taking w = { .a = a, .now = now };
	int r = db_tx(db, take, &w);

	if (r == 0)
		*ret = w.target;
	return r;
}

int patrol_record(struct db *db, int64_t target_id, int64_t at, int status, int64_t ms, const char *why,
                  const char *foot_missing)
{
	return q_patrol_visit_add(db, target_id, at, why[0] == '\0', status, ms, why, foot_missing, NULL);
}

int patrol_sweep(struct db *db, int64_t now)
{
	return q_patrol_sweep(db, now - KEEP_S, NULL);
}

/* The code of an address names it in alarms; made of the path, so that one path is visited once. */
static const char *code_of(struct arena *a, const char *path)
{
	unsigned char hash[8];
	char hex[2 * sizeof hash + 1];

	must(crypto_generichash(hash, sizeof hash, (const unsigned char *)path, strlen(path), NULL, 0) == 0);
	return arena_printf(a, "p%s", sodium_bin2hex(hex, sizeof hex, hash, sizeof hash));
}

int patrol_target_add(struct db *db, struct arena *a, const struct actor *who, const char *name, const char *path,
                      const char *must_hold, int every_min)
{
	if (!access_may(who, CAP_INSPECT))
		return err_set(ERR_DENIED, "addresses are not for this role");
	/* Below our own site only: the patrol must not be led anywhere else. */
	if (path[0] != '/' || path[1] == '/' || strpbrk(path, " \\#\"<>") != NULL)
		return err_say(ERR_INVALID, "地址应以一个“/”开头，例如 /open，不含空格和引号");
	return q_patrol_target_add(db, code_of(a, path), name, path, must_hold ? must_hold : "", true, every_min, NULL);
}

int patrol_target_set(struct db *db, const struct actor *who, int64_t id, bool active)
{
	if (!access_may(who, CAP_INSPECT))
		return err_set(ERR_DENIED, "addresses are not for this role");
	return q_patrol_target_active(db, active, id, NULL);
}

int patrol_note(struct db *db, const struct actor *who, bool found, const char *words, const char *done, int64_t now)
{
	if (!access_may(who, CAP_PATROL))
		return err_set(ERR_DENIED, "rounds are not for this role");
	return q_patrol_note_add(db, now, who->officer_id, found ? "found" : "fine", words, done ? done : "", NULL);
}
