#ifndef VIEW_TRACK_SHOW_H
#define VIEW_TRACK_SHOW_H

#include "_status.h"
#include "_timeline.h"
#include "form.h"
#include "frame.h"

struct track_reply {
	const char *kind;            /* 正式答复, 阶段性答复, 暂缓答复说明 … */
	const char *unit;
	const char *on;              /* 2026年11月25日 */
	struct safe_html text;       /* view_paragraphs() */
	const char *next;            /* 下一次最迟 …告诉您进展; "" */
};

/* Something the writer can or cannot do now. */
struct track_todo {
	const char *name;            /* 催一下 */
	const char *words;           /* what it does; or why not, and from when */
	struct url anchor;           /* where its form stands on the page; .s NULL: post */
	struct url post;             /* a button, with number and pass */
};

/* The letter as its writer sees it. The forms appear when the domain allows the step; each is sent by POST to its
 * address. A mistake in one shows this page again with `form`. */
struct view_track_show {
	const struct frame *frame;
	const struct form *form;         /* of the form that was sent wrongly; NULL on a plain visit */
	const char *done;                /* what was just done: 您的评价已收到; "" */
	const char *problem;             /* why what was sent cannot be done any more; "" */
	const char *typed;               /* what was written then, to be copied; "" */
	const char *number;
	const char *pass;                /* signed, for half an hour: lets the forms act without the query code */
	const char *title;
	const char *type;
	const char *unit;                /* who has it; "" when nobody yet */
	struct part_status status;
	const char *next;                /* what happens next, and by whom, in one sentence */
	const char *due;                 /* 11月27日（星期五）; "" when no date is running */
	const char *due_left;            /* 还有 4 个工作日; 已超过 1 个工作日; "" */
	bool late;
	const char *provisional;         /* why the date may still move; "" */
	const char *extended;            /* 经批准延期：原定 …，原因 …; "" */
	const char *late_words;          /* by how much, and what is done about it; "" */
	const char *reason;              /* refused: what the registrar added; merged, suspended: why; "" */
	const char *card_why;            /* refused: the reason; NULL */
	const char *const *card_ways;    /* where to turn: body, way, time limit */
	size_t card_ways_n;
	const struct track_todo *todos, *cannot;
	size_t todos_n, cannot_n;
	const char *over;                /* why nothing can be done any more; "" */
	const char *received;
	const char *accepted;            /* ""  when not yet */
	const char *publish;             /* 同意公开来信内容 */
	const char *seen;                /* 您的联系方式被查看过 1 次（承办人，11月23日）; "" when never */
	struct part_timeline timeline;
	struct safe_html body;
	const char *demand;
	const char *place;
	const struct track_reply *replies;
	size_t replies_n;

	struct url supplement_url;       /* field: answer. .s NULL: not asked */
	const char *supplement_question;
	struct url rate_url;             /* fields: grade (5…1) solved (yes partly no) words. .s NULL: not now */
	const char *rate_by;
	const char *rated;               /* 满意，问题已解决; "" */
	const char *rated_words;
	struct url ask_url;              /* field: question. .s NULL: not now */
};

void view_track_show(struct str *o, const struct view_track_show *v);

#endif
