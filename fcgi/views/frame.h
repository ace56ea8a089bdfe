/* frame - what stands around every page: head, navigation, foot. Filled once by the dispatcher.
 *
 * Used by the partials public_head, public_foot, desk_head, desk_foot; each view has `const struct frame *frame`
 * as its first member. */
#ifndef FRAME_H
#define FRAME_H

#include <stdbool.h>
#include <stddef.h>

#include "conf.h"
#include "view.h"

struct frame_link {
	const char *text;
	struct url url;
	bool current;       /* the page that is shown, or its section */
	int count;          /* desk: shown beside the text when not 0 */
	const char *key;    /* desk: that leads there, "g h"; NULL */
};

struct frame {
	const char *title;              /* the page's own name; the site's name is added */
	const struct conf *conf;        /* site_*, environment */
	const char *version;            /* of the static files, for their addresses */
	const struct frame_link *nav;
	size_t nav_n;
	const struct frame_link *langs; /* other languages of this page; none: no language links */
	size_t langs_n;
	bool large;                     /* 长者模式 is on */
	struct url large_url;           /* switches it over and comes back here */
	struct url error_url;           /* 我为政府网站找错: the national entry, or our own form */
	const char *csrf;               /* token for forms; "" when the page has none */

	/* desk only; "" before login */
	const char *officer;            /* 王芳 */
	const char *unit;               /* 市信访局 */
	const char *role;               /* 受理员 */
	bool keys_off;                  /* single keys do nothing */
	const char *standing;           /* 您正在代理 张三 至11月30日; "" */
	const char *flash;              /* what was just done: 已转办 MS…; "" for none */
	struct url undo_url;            /* takes it back: POST action version. .s NULL: cannot be taken back */
	const char *undo_code;
	int64_t undo_version;
};

#endif
