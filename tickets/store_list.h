/* store_list - what a person keeps of the lists at the desk: lists under a name, and who took which list out of the
 * house. */
#ifndef STORE_LIST_H
#define STORE_LIST_H

#include "db.h"

#define SAVED_VIEWS_MAX 20
#define SAVED_VIEW_NAME_MAX 20

/* ERR_INVALID with a sentence when the name is taken or there are SAVED_VIEWS_MAX already. */
int saved_view_add(struct db *db, int64_t officer_id, const char *name, const char *filter, int64_t now) MUST_CHECK;
/* A new name. ERR_INVALID when it is taken. Nothing happens to what is not this person's. */
int saved_view_rename(struct db *db, int64_t officer_id, int64_t id, const char *name, const char *filter) MUST_CHECK;
int saved_view_drop(struct db *db, int64_t officer_id, int64_t id) MUST_CHECK;
/* The list that /queue begins with; 0: none of the person's own. */
int saved_view_start(struct db *db, int64_t officer_id, int64_t id) MUST_CHECK;
/* Before the first row leaves. */
int export_log(struct db *db, int64_t officer_id, const char *filter, int64_t rows, int64_t now) MUST_CHECK;

#endif
