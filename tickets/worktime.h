/* worktime - the calendar, the office hours and the policies in force, loaded from the database and kept.
 *
 * worktime_get() asks for the version each time (one short query) and loads again only when it changed, so that an
 * imported notice holds everywhere at once. What it returns lives until the next call. */
#ifndef WORKTIME_H
#define WORKTIME_H

#include "calendar.h"
#include "calendar_file.h"
#include "db.h"
#include "ladder.h"
#include "sla.h"
#include "states.h"

struct worktime {
	const struct calendar *cal;
	struct office_hours hours;
	const struct sla_policy *policies;
	size_t n_policies;
	const struct ladder *ladders;
	size_t n_ladders;
	const struct light_rule *lights;
	size_t n_lights;
	const char *version;         /* another one after each change of anything above; NULL of worktime_as_if() */
};

int worktime_get(struct db *db, const struct worktime **ret) MUST_CHECK;
/* As it would be with these notices in force instead of those of their years, and with one more term (NULL: none),
 * which is then the last of the policies. Lives in a. */
int worktime_as_if(struct db *db, struct arena *a, const struct calendar_file *files, size_t n_files,
                   const struct sla_policy *term, struct worktime *ret) MUST_CHECK;
/* What worktime_get() gave last, without asking again: for who called something that has just asked. */
const struct worktime *worktime_last(void);
/* A number that grows with each change of the list of topics, as worktime_get() read it last along with the versions of
 * the rest; -1: it has not. For topic_list(), which so asks nothing of its own. */
int64_t worktime_topics(void);
/* The policy of a timer for a type and unit on a day; NULL when there is none. name: a timer's code, or objection,
 * rework, follow_up. */
const struct sla_policy *worktime_policy(const struct worktime *wt, const char *name, enum ticket_type type,
                                         int64_t unit_id,
                                         int32_t day);
/* The day by which an answer is promised for a letter that counts as received on `day`: the accept term, then the reply
 * term. */
int32_t worktime_promise(const struct worktime *wt, enum ticket_type type, int32_t day, bool *ret_provisional);

#endif
