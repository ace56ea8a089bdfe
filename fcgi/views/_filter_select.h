#ifndef PART_FILTER_SELECT_H
#define PART_FILTER_SELECT_H

#include <stddef.h>

#include "choice.h"

/* A <select> among the fields of a filter. */
struct part_filter_select {
	const char *name;            /* also its id */
	const char *label;
	const char *all;             /* says that nothing is chosen; "": the choices say it themselves */
	const struct choice *choices;
	size_t choices_n;
};

/* In a template: {{> filter_select FILTER_SELECT("unit", "承办单位", "全部单位", v->units)}} */
#define FILTER_SELECT(name, label, all, list) (&(struct part_filter_select){ name, label, all, list, list##_n })

void part_filter_select(struct str *o, const struct part_filter_select *v);

#endif
