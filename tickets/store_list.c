/* store_list - see store_list.h. */
#include "store_list.h"

#include "err.h"
#include "queries.h"

static int taken(int r)
{
	return r == ERR_DUP ? err_say(ERR_INVALID, "您已经有一个同名的列表，请换一个名字") : r;
}

int saved_view_add(struct db *db, int64_t officer_id, const char *name, const char *filter, int64_t now)
{
	int64_t n = 0;
	int r = q_saved_view_add(db, officer_id, name, filter, now, officer_id, &n);

	if (r == 0 && n == 0)
		return err_say(ERR_INVALID, "最多保存 20 个列表，请先删除不用的");
	return taken(r);
}

int saved_view_rename(struct db *db, int64_t officer_id, int64_t id, const char *name, const char *filter)
{
	return taken(q_saved_view_change(db, name, filter, id, officer_id, NULL));
}

int saved_view_drop(struct db *db, int64_t officer_id, int64_t id)
{
	return q_saved_view_drop(db, id, officer_id, NULL);
}

int saved_view_start(struct db *db, int64_t officer_id, int64_t id)
{
	return q_saved_view_start(db, id, officer_id, NULL);
}

int export_log(struct db *db, int64_t officer_id, const char *filter, int64_t rows, int64_t now)
{
	return q_export_log_add(db, officer_id, now, filter, rows, NULL);
}
