#ifndef VIEW_DESK_FILE_H
#define VIEW_DESK_FILE_H

#include "frame.h"

struct desk_file_fact { const char *name, *text; };
struct desk_file_taken { const char *at, *name; };

/* One file that was ordered: how far it is, then what to do with it. */
struct view_desk_file {
	const struct frame *frame;
	int64_t id;
	const char *title;
	const char *state;               /* 正在制作 */
	const char *next;                /* what happens now, in a sentence */
	bool working;                    /* not finished: the page asks again */
	const char *progress;            /* 已写入 3,000 行; "" */
	struct url fetch;                /* .s NULL: nothing to fetch */
	const char *fetch_text;          /* 下载（xlsx，148 KB） */
	bool again;                      /* it can be made again */
	const struct desk_file_fact *facts;
	size_t facts_n;
	const struct desk_file_taken *taken;
	size_t taken_n;
};

void view_desk_file(struct str *o, const struct view_desk_file *v);

#endif
