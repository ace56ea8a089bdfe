/* Made by viewc from url.html; edit that. */
#include "views/url.h"
#include "view.h"

void view_url(struct str *o, const struct view_url *v)
{
	(void)v;
	str_addn(o, "<a href=\"", 9);
#line 1 "url.html"
view_url(o, (r->url));
	str_addn(o, "\">x</a>\n"
		"<a href=\"", 17);
#line 2 "url.html"
view_url(o, (r->url));
	str_addn(o, "#top\">x</a>\n"
		"<a href=\"/open/", 27);
#line 3 "url.html"
view_url_part(o, (v->id));
	str_addn(o, "?q=", 3);
#line 3 "url.html"
             view_url_part(o, (v->q));
	str_addn(o, "\">x</a>\n"
		"<a href=\"https://example.org/", 37);
#line 4 "url.html"
             view_url_part(o, (v->q));
	str_addn(o, "\">x</a>\n"
		"<a href=\"tel:", 21);
#line 5 "url.html"
view_url_part(o, (v->phone));
	str_addn(o, "\">x</a>\n"
		"<a href=\"", 17);
#line 6 "url.html"
	if (view_true(v->a)) {
	str_addn(o, "/a", 2);
#line 6 "url.html"
	} else {
#line 6 "url.html"
                     view_url(o, (v->b));
	}
	str_addn(o, "/", 1);
#line 6 "url.html"
                                  view_url_part(o, (v->id));
	str_addn(o, "\">x</a>\n"
		"<button formaction=\"/x#", 31);
#line 7 "url.html"
       view_url_part(o, (v->field));
	str_addn(o, "\">x</button>\n", 13);
}
