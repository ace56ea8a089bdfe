/* topic_change - see topic_change.h. */
#include "topic_change.h"

#include <string.h>

#include "queries.h"
#include "topic.h"

struct job {
	const struct topic_by *by;
	int64_t id, version;         /* of the upper one, when one is added */
	const char *name;
	bool offered;
	int64_t new_id;
};

static int note(const struct job *w, int64_t id, const char *kind, const char *name, const char *was)
{
	return q_topic_event_add(w->by->db, w->by->now, id, w->by->officer_id, kind, name, was, NULL);
}

static int check_name(const struct job *w, int64_t parent_id, int64_t not)
{
	struct q_topic_same same;
	int r = q_topic_same(w->by->db, w->by->a, parent_id, w->name, not, &same);

	if (r == 0 && same.n > 0)
		return err_say(ERR_INVALID, "已经有“%s”了。请换一个名称；它如果停用了，可以恢复", w->name);
	return r;
}

/* The next free id: of the upper level the next hundred, else the next one under its own. */
static int free_id(const struct job *w, int64_t *ret)
{
	struct q_topic_last last;
	int64_t to = w->id > 0 ? w->id + TOPIC_BELOW - 1 : TOPIC_LAST;
	int r = q_topic_last(w->by->db, w->by->a, w->id, to, &last);

	if (r < 0)
		return r;
	*ret = w->id > 0 ? last.id + 1 : last.id / TOPIC_BELOW * TOPIC_BELOW + TOPIC_BELOW;
	return *ret <= to ? 0 : err_say(ERR_INVALID, "这里的主题太多了，放不下新的。请先把能合并的合并");
}

static int check_parent(const struct job *w)
{
	struct q_topic_one parent;
	int r = w->id > 0 ? q_topic_one(w->by->db, w->by->a, w->id, &parent) : 0;

	if (w->id == 0 || (r < 0 && r != ERR_NOTFOUND))
		return r;
	if (r == ERR_NOTFOUND || parent.parent_id > 0)
		return err_say(ERR_INVALID, "没有这个上级主题，请从列表里选");
	return parent.active ? 0 : err_say(ERR_INVALID, "“%s”已停用，请先恢复它", parent.name);
}

static int add(struct db *db, void *arg)
{
	struct job *w = arg;
	int r = check_parent(w);

	if (r == 0)
		r = check_name(w, w->id, 0);
	if (r == 0)
		r = free_id(w, &w->new_id);
	if (r == 0)
		r = q_topic_add(db, w->new_id, w->id, arena_printf(w->by->a, "t%lld", (long long)w->new_id), w->name, w->id,
			NULL);
	/* Two that are added at once ask for the same id. */
	if (r == ERR_DUP)
		return err_say(ERR_CONFLICT, "别人刚刚也新增了主题。请核对以后再保存");
	return r < 0 ? r : note(w, w->new_id, "added", w->name, NULL);
}

int topic_add(const struct topic_by *by, int64_t parent_id, const char *name, int64_t *ret_id)
{
	struct job w = { .by = by, .id = parent_id, .name = name };
	int r = db_tx(by->db, add, &w);

	*ret_id = w.new_id;
	return r;
}

static int change(const struct job *w, const struct q_topic_one *now, const char *name, bool active)
{
	int64_t changed = 0;
	int r = q_topic_change(w->by->db, name, active, now->id, w->version, &changed);

	if (r == 0 && changed == 0)
		return err_say(ERR_CONFLICT, "别人刚刚改过这个主题，现在叫“%s”。您填写的还在，请核对以后再保存", now->name);
	return r;
}

static int rename_it(struct db *db, void *arg)
{
	const struct job *w = arg;
	struct q_topic_one now;
	int r = q_topic_one(db, w->by->a, w->id, &now);

	if (r < 0 || (strcmp(now.name, w->name) == 0 && now.version == w->version))
		return r;
	if ((r = check_name(w, now.parent_id, now.id)) < 0 || (r = change(w, &now, w->name, now.active)) < 0)
		return r;
	return note(w, now.id, "renamed", w->name, now.name);
}

int topic_rename(const struct topic_by *by, int64_t id, int64_t version, const char *name)
{
	struct job w = { .by = by, .id = id, .version = version, .name = name };

	return db_tx(by->db, rename_it, &w);
}

static int offer(struct db *db, void *arg)
{
	const struct job *w = arg;
	struct q_topic_one now;
	int r = q_topic_one(db, w->by->a, w->id, &now);

	if (r < 0 || now.active == w->offered)
		return r;
	if ((r = change(w, &now, now.name, w->offered)) < 0)
		return r;
	return note(w, now.id, w->offered ? "offered" : "retired", now.name, NULL);
}

int topic_offer(const struct topic_by *by, int64_t id, int64_t version, bool offered)
{
	struct job w = { .by = by, .id = id, .version = version, .offered = offered };

	return db_tx(by->db, offer, &w);
}
