/* Made by viewc from text.html; edit that. */
#include "views/text.h"
#include "view.h"

void view_text(struct str *o, const struct view_text *v)
{
	(void)v;
	str_addn(o, "<p>您好，\n", 13);
#line 3 "text.html"
view_text(o, (v->name));
	str_addn(o, "！</p>\n"
		"<p>两行中文之间 没有空隙</p>\n"
		"<p>two\n"
		"words here</p>\n"
		"<pre>  kept\n"
		"  as it is ", 92);
#line 10 "text.html"
view_text(o, (v->name));
	str_addn(o, "</pre>\n", 7);
}
