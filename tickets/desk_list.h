/* desk_list - letters in lists, read the quick way: which of the queries of lists.sql a list goes by.
 *
 * A list is described by struct desk_query; desk_list_load() picks the query whose index fits. A person's own work is
 * a list of the desks that the person's roles sit at, merged from at most a few ranges. Asked by the pages of the desk
 * (fcgi/desk_*.c) and by what makes a file of a list (notify/). */
#ifndef DESK_LIST_H
#define DESK_LIST_H

#include "access.h"
#include "db.h"
#include "queries_read.h"
#include "topic.h"

#define DESK_DAY_FIRST (-719162)  /* 0001-01-01 */
#define DESK_DAY_LAST 2932896     /* 9999-12-31, where letters without a due date are sorted */
#define DESK_ALL_DESKS "none,registrar,lapsed,writer,liaison,handler,asks,dept,office,superior,suspended"
#define DESK_OPEN "submitted,supplement,accepted,assigned,handling,objected,suspended,in_review,submitted_up"
#define DESK_ENDED "replied,closed,archived,refused,merged,withdrawn,invalid"
/* On whose answer a clock runs. */
#define DESK_CLOCKED "submitted,supplement,accepted,assigned,handling,objected,in_review"
#define DESK_ALL_STATES DESK_OPEN "," DESK_ENDED

#define DESK_ANY_MAX 6
/* At which desks a person's letters lie; sets as the column desk names them, "" for none. */
struct desk_work {
	const char *own;             /* in the person's unit: "handler,asks" */
	const char *any[DESK_ANY_MAX]; /* one each, in all units */
	size_t any_n;
};
struct desk_work desk_work(struct arena *a, const struct actor *who);
bool desk_works(const struct desk_work *w);
/* Whether a desk is one of a set such as own. */
bool desk_in(const char *set, const char *desk);

enum desk_order { DESK_BY_DUE, DESK_LATEST_FIRST, DESK_BY_ID };

struct desk_query {
	bool work;                   /* the person's own work */
	bool co, returned, ended;    /* helped by the unit; come back to the person; what has ended */
	bool co_done;                /* with co: those where the unit has said what it had to say */
	const char *desks, *states;  /* sets; NULL: all; with work, desks is one of the person's own */
	const int64_t *unit;         /* NULL: all units */
	const char *type, *channel;  /* NULL: all */
	int64_t handler;             /* 0: anybody */
	int32_t received_from, received_to, due_from, due_to;
	int32_t topic_from, topic_to; /* ids of topics, as topic_range() has them; 0 is “none” */
	const char *words;           /* NULL; else in number, title or place */
	int32_t after_due;           /* the last row shown; after_id 0: from the start */
	int64_t after_id;
	int limit;
};

/* Who reads, where from, and into which memory. */
struct desk_reader { struct db *db; struct arena *a; const struct actor *who; };

/* NULL: all units; else the person's own, the only one whose letters may be listed. Points into who. */
const int64_t *desk_only_unit(const struct actor *who);
/* Everything, from the start, as far as the person may read: to be narrowed by the caller. */
struct desk_query desk_query_all(const struct actor *who);
enum desk_order desk_order_of(const struct desk_query *ask);
/* Rows in their order, at most ask->limit. */
int desk_list_load(const struct desk_reader *by, const struct desk_query *ask, struct q_list_open **ret,
	size_t *ret_n) MUST_CHECK;

#endif
