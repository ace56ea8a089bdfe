/* Made by viewc from _part.html; edit that. */
#include "views/_part.h"
#include "view.h"

void part_part(struct str *o, const struct frame *v)
{
	(void)v;
	str_addn(o, "<!DOCTYPE html>\n"
		"<title>", 23);
#line 3 "_part.html"
view_attr(o, (v->title));
	str_addn(o, " - x</title>\n"
		"<textarea name=\"t\">\n", 33);
#line 4 "_part.html"
       view_attr(o, (v->body));
	str_addn(o, "</textarea>\n"
		"<script type=\"module\" src=\"/static/a.js\"></script>\n", 63);
}
