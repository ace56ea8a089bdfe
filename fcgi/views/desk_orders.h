#ifndef VIEW_DESK_ORDERS_H
#define VIEW_DESK_ORDERS_H

#include "_status.h"
#include "_tabs.h"
#include "choice.h"
#include "frame.h"

struct order_row {
	int64_t id;
	const char *no;                  /* 督〔2026〕12号 */
	const char *unit, *letter, *title, *words;
	struct part_status status;
	const char *issued, *due, *left, *css;
};
/* A report that is owed without an order. */
struct owed_row { const char *number, *title, *unit, *level, *words, *due, *left, *css; };
/* A self-criticism that is owed, or waits to be taken. */
struct critic_row {
	int64_t circular;
	const char *no, *unit, *due;
	bool written;
};

struct view_desk_orders {
	const struct frame *frame;
	struct part_tabs nav;
	bool all;                        /* of all units; else of the person's */
	const struct choice *tabs;
	size_t tabs_n;
	const char *view, *late;
	const struct choice *units;
	size_t units_n;
	const struct order_row *rows;
	size_t rows_n;
	struct url next;
	const struct owed_row *owed;
	size_t owed_n;
	const struct critic_row *critics;
	size_t critics_n;
};

void view_desk_orders(struct str *o, const struct view_desk_orders *v);

#endif
