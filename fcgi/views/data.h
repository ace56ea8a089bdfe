#ifndef VIEW_DATA_H
#define VIEW_DATA_H

#include "frame.h"

struct data_file {
	const char *format, *words, *path;   /* path as shown */
	struct url url;                      /* .s NULL: the path is a pattern */
};
struct data_set {
	const char *code, *title, *words, *cycle;
	struct url page;
	const struct data_file *files;
	size_t files_n;
};
/* One year or month of letters. */
struct data_part { const char *name, *count; struct url csv, json; };
struct data_year {
	const char *name, *count;            /* 2026年, 1,204 封 */
	struct url csv, json;                /* .s NULL: too many for one file */
	const struct data_part *months;
	size_t months_n;
};
struct data_field { const char *name, *head, *kind, *meaning; };

/* Open data: what there is, how to take it, what it may be used for. */
struct view_data {
	const struct frame *frame;
	const char *licence;                 /* name of it */
	struct url licence_url;
	const struct data_set *sets;
	size_t sets_n;
	const struct data_year *years;
	size_t years_n;
	const struct data_field *fields;
	size_t fields_n;
};

void view_data(struct str *o, const struct view_data *v);

#endif
