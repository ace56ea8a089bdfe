/* tracked - a letter as its writer may see it: loaded once, shown by the page and by the interface.
 *
 * The caller has made sure that it is the writer who asks (intake_find(), or the pass of a form). */
#ifndef TRACKED_H
#define TRACKED_H

#include "page.h"
#include "queries_read.h"
#include "ticket.h"
#include "views/_timeline.h"
#include "worktime.h"

struct tracked {
	int64_t id;
	int32_t today;
	const struct worktime *wt;
	struct ticket t;
	struct facts facts;
	struct q_track_get letter;
	struct q_track_events *events;
	size_t events_n;
	struct q_track_replies *replies;
	size_t replies_n;
	int32_t due_on;              /* of the answer; DAY_NONE when none is running */
	bool late;
	int32_t accept_by, supplement_by, rate_by; /* DAY_NONE when that clock does not run */
	int32_t half_on;             /* from then on half of the time for the answer is over; DAY_NONE */
};

/* Nine queries. */
int tracked_load(struct page *p, int64_t id, struct tracked *ret) MUST_CHECK;
/* Whether the writer may do this now. */
bool tracked_may(const struct tracked *t, enum action action);
/* Who has it; "" when nobody yet. */
const char *tracked_unit(const struct tracked *t);
/* The state for programs: those that are the office's own business are told as what the writer reads. */
const char *tracked_state(const struct tracked *t);
/* Whether this event is told to the writer. */
bool tracked_told(const struct q_track_events *e);
/* What happens next, and by whom; "". */
const char *tracked_next(struct arena *a, const struct tracked *t);
/* Why it was refused, merged or suspended, and where to turn; "". */
const char *tracked_reason(const struct tracked *t);
struct part_timeline tracked_timeline(struct arena *a, const struct tracked *t);
/* The text of the last final answer, or NULL. */
const char *tracked_answer(const struct tracked *t);

#endif
