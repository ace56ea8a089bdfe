/* Made by viewc from attr.html; edit that. */
#include "views/attr.h"
#include "view.h"

void view_attr(struct str *o, const struct view_attr *v)
{
	(void)v;
	str_addn(o, "<input type=\"text\" value=\"", 26);
#line 1 "attr.html"
              view_attr(o, (v->value));
	str_addn(o, "\" title='it is ", 15);
#line 1 "attr.html"
                                           view_attr(o, (v->n));
	str_addn(o, "' class=\"a ", 11);
#line 1 "attr.html"
	if (view_true(v->bad)) {
	str_addn(o, "b", 1);
	}
	str_addn(o, "\"", 1);
#line 1 "attr.html"
	if (view_true(v->on)) {
	str_addn(o, " checked", 8);
	}
#line 1 "attr.html"
	if (view_true(v->off)) {
	str_addn(o, " disabled", 9);
	}
	str_addn(o, ">\n"
		"<br/>\n", 8);
}
