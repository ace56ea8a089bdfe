#ifndef VIEW_DESK_FILES_H
#define VIEW_DESK_FILES_H

#include "frame.h"

struct desk_file_row {
	int64_t id;
	const char *title;
	const char *kind;                /* 信件列表（xlsx） */
	const char *asked;               /* 11月21日 09:12 */
	const char *state;               /* 做好了，148 KB; 正在制作，已写入 3,000 行 */
	const char *until;               /* 11月28日（星期六）前可以下载; "" */
	struct url fetch;                /* .s NULL: not to be fetched (yet, any more) */
};

/* The files a person has ordered. */
struct view_desk_files {
	const struct frame *frame;
	const char *kept;                /* 做好后保留 7 天 */
	const struct desk_file_row *rows;
	size_t rows_n;
	struct url next;                 /* older ones; .s NULL */
};

void view_desk_files(struct str *o, const struct view_desk_files *v);

#endif
