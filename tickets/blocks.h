/* blocks - pieces of text to begin an answer with (常用语): of one officer, of a unit, of the city. */
#ifndef BLOCKS_H
#define BLOCKS_H

#include "access.h"
#include "db.h"

#define BLOCKS_MAX 100           /* of one owner */
#define BLOCK_BODY_MAX 2000

enum block_owner { BLOCK_MINE, BLOCK_UNIT, BLOCK_CITY };

struct block_text { const char *type, *title, *body; };   /* type NULL: for all */

/* Whether this person may add such blocks; change that one (0: no unit, no officer). */
bool block_may_add(const struct actor *who, enum block_owner owner);
bool block_may_change(const struct actor *who, int64_t unit_id, int64_t officer_id);
/* ERR_DENIED; ERR_INVALID when the owner has BLOCKS_MAX already; ERR_NOTFOUND. */
int block_add(struct db *db, struct arena *a, const struct actor *who, enum block_owner owner,
              const struct block_text *text) MUST_CHECK;
int block_change(struct db *db, struct arena *a, const struct actor *who, int64_t id,
                 const struct block_text *text) MUST_CHECK;
int block_drop(struct db *db, struct arena *a, const struct actor *who, int64_t id) MUST_CHECK;

/* What stands for {编号} {标题} {单位} {电话} {受理日期}; NULL or "": the placeholder stays, to be seen. */
struct block_facts { const char *number, *title, *unit, *phone, *accepted; };
const char *block_fill(struct arena *a, const char *body, const struct block_facts *f);

#endif
