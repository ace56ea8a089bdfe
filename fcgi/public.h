/* public - what the pages of the citizens' site share: types and units to choose from, words for codes.
 *
 * Used by public_*.c and api_*.c. */
#ifndef PUBLIC_H
#define PUBLIC_H

#include "page.h"
#include "queries_read.h"
#include "states.h"
#include "views/_open_rows.h"
#include "views/choice.h"

/* The five types in the order of enum ticket_type, NULL at the end: for FIELD_CHOICE. */
extern const char *const public_types[];
/* 投诉 for "complaint"; the code itself when it is new. */
const char *public_type_name(const char *code);
/* 已解决 for "solved"; "" for NULL. */
const char *public_result(const char *code);
/* 已答复, 已办结; 重新办理中 when it is being handled once more. */
const char *public_state(const char *code);
/* 6 个工作日; 当天 */
const char *public_workdays(struct arena *a, int64_t workdays);
/* 2026年11月2日; "" for DAY_NONE. */
const char *public_day(struct arena *a, int32_t day);

/* The units a writer may choose, `code` being the chosen one. */
int public_units(struct page *p, const char *code, const struct choice **ret, size_t *ret_n) MUST_CHECK;
/* The unit of that code, whether it takes letters or not. ERR_NOTFOUND. */
int public_unit(struct page *p, const char *code, struct q_unit_all *ret) MUST_CHECK;

/* A row of the listing; `words` are marked in its title. */
struct open_row public_open_row(struct arena *a, const struct q_pub_page *row, const char *words);
/* "https://…/open/12" */
const char *public_open_link(struct arena *a, int64_t id);

#endif
