/* blocks - see blocks.h. */
#include "blocks.h"

#include <string.h>

#include "clock.h"
#include "queries.h"

bool block_may_change(const struct actor *who, int64_t unit_id, int64_t officer_id)
{
	if (officer_id != 0)
		return officer_id == who->officer_id && access_may(who, CAP_BLOCKS);
	return access_may_on(who, CAP_SHARE_BLOCKS, unit_id, false);
}

bool block_may_add(const struct actor *who, enum block_owner owner)
{
	return block_may_change(who, owner == BLOCK_UNIT ? who->unit_id : 0, owner == BLOCK_MINE ? who->officer_id : 0);
}

int block_add(struct db *db, struct arena *a, const struct actor *who, enum block_owner owner,
              const struct block_text *text)
{
	int64_t unit_id = owner == BLOCK_UNIT ? who->unit_id : 0, officer_id = owner == BLOCK_MINE ? who->officer_id : 0;
	struct q_text_block_count had;
	int r;

	if (!block_may_add(who, owner))
		return err_set(ERR_DENIED, "officer %lld may not add such blocks", (long long)who->officer_id);
	r = q_text_block_count(db, a, unit_id, officer_id, &had);
	if (r == 0 && had.n >= BLOCKS_MAX)
		return err_say(ERR_INVALID, "已经有 %d 条了，请先删去不用的", BLOCKS_MAX);
	if (r < 0)
		return r;
	return q_text_block_add(db, unit_id, officer_id, text->type, text->title, text->body, clock_now(), who->officer_id,
	                        NULL);
}

static int check(struct db *db, struct arena *a, const struct actor *who, int64_t id)
{
	struct q_text_block_get row;
	int r = q_text_block_get(db, a, id, &row);

	if (r == 0 && !block_may_change(who, row.unit_id, row.officer_id))
		return err_set(ERR_DENIED, "block %lld is not this officer's", (long long)id);
	return r;
}

int block_change(struct db *db, struct arena *a, const struct actor *who, int64_t id, const struct block_text *text)
{
	int r = check(db, a, who, id);

	return r < 0 ? r : q_text_block_set(db, text->type, text->title, text->body, clock_now(), who->officer_id, id,
	                                    NULL);
}

int block_drop(struct db *db, struct arena *a, const struct actor *who, int64_t id)
{
	int r = check(db, a, who, id);

	return r < 0 ? r : q_text_block_drop(db, id, NULL);
}

const char *block_fill(struct arena *a, const char *body, const struct block_facts *f)
{
	const struct { const char *mark, *value; } marks[] = {
		{ "{编号}", f->number }, { "{标题}", f->title }, { "{单位}", f->unit }, { "{电话}", f->phone },
		{ "{受理日期}", f->accepted },
	};
	struct str o;

	/* A title has at most some hundred characters, so that many marks fit whatever they become. */
	str_init(&o, a, strlen(body) * 200 + 1);
	while (*body != '\0') {
		size_t i = 0, n = sizeof(marks) / sizeof(marks[0]);

		while (i < n && !(str_starts(body, marks[i].mark) && marks[i].value != NULL && marks[i].value[0] != '\0'))
			i++;
		if (i < n) {
			str_add(&o, marks[i].value);
			body += strlen(marks[i].mark);
		} else {
			str_addc(&o, *body++);
		}
	}
	return o.s;
}
