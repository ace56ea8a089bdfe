#ifndef VIEW_RULES_MOVES_H
#define VIEW_RULES_MOVES_H

#include "_tabs.h"

struct rules_unit {
	const char *name;
	struct url url;
	int64_t letters, clocks, later, earlier, late;
};
struct rules_move {
	const char *number, *kind, *unit, *was, *will;
	bool left;                   /* it was not moved after all: the letter had ended */
};
struct rules_day {
	const char *day, *name, *words;
};

/* A change of holidays or of a term: what it moves, or has moved. */
struct view_rules_moves {
	const struct frame *frame;
	struct part_tabs nav;
	const char *problem;         /* NULL, or why it could not be done */
	int64_t id, letters, late, moved, to_move, to_confirm, looked_at;
	const char *title, *reason, *made, *applied, *done, *source;
	bool looking, ready, applying, over, dropped, only_new, may_change;
	int percent;
	const struct rules_day *days;
	const struct rules_unit *units;
	const struct rules_move *moves;
	size_t days_n, units_n, moves_n;
	struct url next, all;        /* .s NULL: none */
};
void view_rules_moves(struct str *o, const struct view_rules_moves *v);

#endif
