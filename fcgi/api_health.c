/* api_health - one line for whoever watches: `ok`, or what is wrong. It tells nothing about letters. */
#include "clock.h"
#include "page.h"
#include "queries_read.h"
#include "worktime.h"

#define BACKLOG_S (15 * 60)

static const char *trouble(struct page *p)
{
	const struct worktime *wt;
	struct q_outbox_backlog backlog;
	int32_t known;

	if (q_outbox_backlog(p->db, p->a, p->now - BACKLOG_S, &backlog) != 0)
		return "database: no answer";
	if (backlog.late > 0)
		return arena_printf(p->a, "queue: %lld messages are waiting for more than %d minutes", (long long)backlog.late,
			BACKLOG_S / 60);
	if (worktime_get(p->db, &wt) != 0)
		return "calendar: cannot be read";
	known = calendar_known_until(wt->cal);
	if (known == DAY_NONE || known < clock_day(p->now))
		return "calendar: no notice for this year";
	return NULL;
}

/* What is well, but not for ever: how far the holidays are known. */
static void add_detail(struct page *p)
{
	const struct worktime *wt;
	int32_t known;

	if (worktime_get(p->db, &wt) != 0)
		return;
	known = calendar_known_until(wt->cal);
	if (known == DAY_NONE)
		str_add(&p->reply->body, "calendar: known until nothing\n");
	else
		str_addf(&p->reply->body, "calendar: known until %s, %d days\n", clock_fmt_day(p->a, known),
			(int)(known - clock_day(p->now)));
}

static int health(struct page *p)
{
	const char *wrong = trouble(p);

	err_clear();
	reply_type(p->reply, "text/plain; charset=utf-8");
	if (wrong != NULL)
		reply_status(p->reply, err_http(ERR_DOWN));
	str_addf(&p->reply->body, "%s\n", wrong != NULL ? wrong : "ok");
	if (params_get(&p->req->query, "detail") != NULL)
		add_detail(p);
	return 0;
}

int health_public(struct page *p)
{
	return health(p);
}

int health_desk(struct page *p)
{
	return health(p);
}
