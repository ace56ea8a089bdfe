#ifndef VIEW_OPEN311_H
#define VIEW_OPEN311_H

#include "frame.h"

struct open311_service { const char *code, *name; };

/* Texts of examples are whole documents; request_*: NULL while no letter is public. */
struct view_open311 {
	const struct frame *frame;
	const char *url;                 /* https://letters.city.example */
	const char *base, *test;         /* /open311/v2, /open311/test */
	const struct open311_service *services;
	size_t services_n;
	const char *number;              /* of the letter in the examples */
	const char *service_json, *request_json, *request_xml, *error_json, *error_xml;
	int days, most, title_min, title_max, body_min, body_max, line_max, per_day;
};

void view_open311(struct str *o, const struct view_open311 *v);

#endif
