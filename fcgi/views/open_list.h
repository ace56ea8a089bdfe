#ifndef VIEW_OPEN_LIST_H
#define VIEW_OPEN_LIST_H

#include "_open_rows.h"
#include "choice.h"
#include "frame.h"

/* One filter: its choices as links. */
struct open_facet {
	const char *id;                  /* unit */
	const char *label;               /* 单位 */
	struct choice *choices;
	size_t choices_n;
	bool any;                        /* one of them is chosen */
	bool folded;                     /* there are many: they open on demand */
};

/* Another way to ask, when nothing was found. */
struct open_offer { struct url url; const char *words, *count; };
struct open_hidden { const char *name, *value; };

/* The disclosure listing. Fields of the form: q from to sort, and as hidden ones what is chosen by links. */
struct view_open_list {
	const struct frame *frame;
	const char *q;                   /* as typed */
	const char *from, *to;           /* 2026-11-01; "" */
	bool by_match;                   /* the best matches first */
	struct url by_date_url, by_match_url; /* the same words in the other order; .s NULL without words */
	const struct open_hidden *hidden;
	size_t hidden_n;
	const struct open_facet *facets;
	size_t facets_n;
	const struct choice *chosen;     /* each links to the listing without it */
	size_t chosen_n;
	bool dated;                      /* by days: those fields stand open */
	const char *found;               /* 共 1,204 封; 找到 12 封 */
	const char *slow;                /* not everything was looked through: what that means; "" */
	const char *busy;                /* too many search: nothing was looked for; "" */
	const struct open_offer *offers; /* when nothing was found */
	size_t offers_n;
	bool filtered;                   /* any filter is on */
	struct part_open_rows list;
	struct url newer, older;         /* pages beside this one; .s NULL: none */
	struct url first;                /* back to the newest; .s NULL on the first page */
	struct url atom, csv, json;      /* the same list for programs */
};

void view_open_list(struct str *o, const struct view_open_list *v);

#endif
