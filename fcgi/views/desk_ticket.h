#ifndef VIEW_DESK_TICKET_H
#define VIEW_DESK_TICKET_H

#include "_act_form.h"
#include "_callers.h"
#include "_neighbours.h"
#include "_opinions.h"
#include "_present.h"
#include "_status.h"
#include "_timeline.h"
#include "frame.h"

/* A name and its value, in a list. */
struct desk_fact {
	const char *label;
	const char *value;
};
struct desk_clock {
	const char *name;                /* 答复时限 */
	const char *day;
	const char *left;
	const char *css;
	const char *light;
	const char *note;                /* 暂定 …; 已暂停; "" */
	struct url account;              /* how the date was worked out; .s NULL */
};
struct desk_reply {
	const char *kind;                /* 正式答复 */
	const char *state;               /* 草稿, 审核中, 已退回, 已审核 */
	const char *by;                  /* 市城管局　李强 */
	const char *on;
	const char *result;              /* 已解决; "" */
	const char *promised;            /* 承诺日期; "" */
	struct safe_html text;
};
/* Something that waits for a decision: what it is, and the words of who asks. */
struct desk_ask {
	const char *heading;
	const char *by;
	const char *text;
};
struct desk_link {
	struct url url;
	const char *text;
	const char *hint;
};
struct desk_contact {
	bool have;                       /* the writer left one */
	bool may_see;
	bool shown;                      /* just opened */
	const char *name, *phone, *email;
	struct url url;                  /* POST reason */
	const char *seen;                /* 已被查看 2 次; "" */
	const char *problem;             /* why it could not be shown; "" */
	const char *reason;              /* as typed */
};

struct view_desk_ticket {
	const char *topic;               /* what it is about; "" */
	const struct choice *topics;     /* to choose from, for who registers; none: may not */
	size_t topics_n;
	struct url topic_url;            /* POST topic */
	const struct frame *frame;
	struct part_neighbours neighbours;
	const char *number, *title, *type;
	struct part_status status;
	struct part_status pub;          /* .text "" : not yet */
	bool petition;                   /* by its nature (信访事项) */
	const char *nudged;              /* 写信人 10月13日催过…; "" */
	struct part_present present;     /* who writes or reviews its answer now */
	const char *where;               /* 市城管局　协办：市公安局; "" */
	const struct desk_fact *facts;
	size_t facts_n;
	struct safe_html body;
	const char *demand, *place;
	const char *question, *answer;   /* of a supplement; "" */
	const struct desk_reply *replies;
	size_t replies_n;
	struct part_opinions helpers;    /* who helps, and what they say */
	struct part_timeline course;
	const struct desk_clock *clocks;
	size_t clocks_n;
	const struct desk_clock *nearest;  /* what runs out first; NULL */
	const struct desk_clock *far_end;  /* the last limit of all, while it is far away; NULL */
	const struct desk_ask *asks;
	size_t asks_n;
	const struct desk_link *links;   /* to pages with their own forms: draft, review, publish */
	size_t links_n;
	const struct part_act_form *main;
	size_t main_n;
	const struct part_act_form *others;
	size_t others_n;
	const struct desk_fact *not_now; /* button and why it cannot be pressed */
	size_t not_now_n;
	struct desk_contact contact;
	struct part_callers same;        /* other letters from the same number */
	const char *same_others;         /* 另有 2 封不在您能看的范围内; "" */
	struct part_callers like;        /* with a title like it */
};

void view_desk_ticket(struct str *o, const struct view_desk_ticket *v);

#endif
