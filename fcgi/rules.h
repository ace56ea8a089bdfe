/* rules - what the pages of terms, holidays and reminders share. Used by rules_*.c alone. */
#ifndef RULES_H
#define RULES_H

#include "admin.h"
#include "clock_change.h"
#include "page.h"
#include "show.h"
#include "tabs.h"

/* 投诉的答复时限, with the unit's name; 各类 … when it is for all types. */
const char *rules_scope(struct arena *a, const char *timer, const char *type, const char *unit);
/* What may be chosen for timer (of the terms in force), type and unit; chosen: its code. "" stands for any. */
int rules_timers(struct page *p, const char *any, const char *chosen, const struct choice **ret,
	size_t *ret_n) MUST_CHECK;
void rules_types(struct page *p, const char *chosen, const struct choice **ret, size_t *ret_n);
/* Whether a term of that code is in the table of terms. */
bool rules_is_timer(const char *code);
/* The id of the unit of a code; 0 for "". ERR_NOTFOUND. */
int rules_unit(struct page *p, const char *code, int64_t *ret_id) MUST_CHECK;
/* From a day on: 2026年11月20日起; with an end: 2026年11月20日 至 2026年12月31日. */
const char *rules_valid(struct arena *a, int32_t from, int32_t to);
/* A warning when the calendar ends soon: how long it is known, and what to do; "" while all is well. */
const char *rules_known_words(struct arena *a, const struct worktime *wt, int32_t today);

#endif
