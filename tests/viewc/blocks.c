/* Made by viewc from blocks.html; edit that. */
#include "views/blocks.h"
#include "view.h"
#include "views/_part.h"

void view_blocks(struct str *o, const struct view_blocks *v)
{
	(void)v;
	str_addn(o, "<ul>\n", 5);
#line 2 "blocks.html"
	for (size_t r_i = 0; r_i < v->rows_n; r_i++) { const struct row *r = &v->rows[r_i]; (void)r;
	str_addn(o, "<li>", 4);
#line 3 "blocks.html"
view_text(o, (r_i));
	str_addn(o, " ", 1);
#line 3 "blocks.html"
    view_text(o, (r->title));
#line 3 "blocks.html"
	for (size_t s_i = 0; s_i < r->count; s_i++) { const char *s = r->tags[s_i]; (void)s;
	str_addn(o, " ", 1);
#line 3 "blocks.html"
                                                          view_text(o, (s));
	}
	str_addn(o, "</li>\n", 6);
	}
	str_addn(o, "</ul>\n", 6);
#line 6 "blocks.html"
	if (view_true(v->a && str_eq(v->b, "}}"))) {
	str_addn(o, "<p>a</p>\n", 9);
#line 8 "blocks.html"
	} else if (view_true(v->b)) {
	str_addn(o, "<p>b</p>\n", 9);
#line 10 "blocks.html"
	} else {
	str_addn(o, "<p>c</p>\n", 9);
	}
#line 13 "blocks.html"
	part_part(o, (v->part));
}
