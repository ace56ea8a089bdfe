/* tracked_todo - what the writer can do with the letter now and what it does; what not, and why or from when.
 *
 * Words over a loaded letter; the rules are those of states.tbl, asked through tracked_may(). */
#ifndef TRACKED_TODO_H
#define TRACKED_TODO_H

#include "tracked.h"
#include "views/track_show.h"

/* Fills todos, cannot, and what the forms below need. */
void tracked_todo(struct page *p, const struct tracked *t, struct view_track_show *v);
/* Where to turn with a letter that was not taken: reason, the ways (one each), what the registrar added. */
void tracked_card(struct arena *a, const struct tracked *t, struct view_track_show *v);
/* Late: by how much, and what is done about it; "". */
const char *tracked_late_words(struct arena *a, const struct tracked *t);

#endif
