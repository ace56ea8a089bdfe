/* watch - see watch.h. */
#include "watch.h"

#include <sodium.h>
#include <string.h>

#include "clock.h"
#include "err.h"
#include "queries.h"
#include "ticket.h"
#include "worktime.h"

static const char *kind_code(enum watch_kind kind)
{
	return kind == WATCH_ORDER ? "order" : "circular";
}

int watch_number(struct db *db, struct arena *a, enum watch_kind kind, int year, int64_t *ret_seq)
{
	struct q_watch_no_last row;
	int r = q_watch_no_next(db, kind_code(kind), year, NULL);

	if (r == 0)
		r = q_watch_no_last(db, a, kind_code(kind), year, &row);
	if (r == 0)
		*ret_seq = row.last;
	return r;
}

const char *watch_no_text(struct arena *a, enum watch_kind kind, int64_t year, int64_t seq)
{
	return arena_printf(a, "%s〔%lld〕%lld号", kind == WATCH_ORDER ? "督" : "通报", (long long)year, (long long)seq);
}

int watch_circular_put(struct db *db, int64_t ticket_id, int64_t unit_id, int64_t officer_id, const char *words,
	int64_t now)
{
	return q_circular_entry_put(db, ticket_id, unit_id, officer_id, words, now, now, NULL);
}

/* --- the draft --- */

struct drafting {
	struct arena *a;
	const struct actor *who;
	const struct watch_draft *d;
	int64_t now, id;
};

/* What a person chose has room before what the ladder lists; the rest waits for the next circular. */
static int gather_kind(struct db *db, struct arena *a, int64_t id, const char *why, int64_t most, int64_t *more)
{
	struct q_circular_size size;
	int64_t n = 0;
	int r = q_circular_size(db, a, id, &size);

	if (r == 0 && size.n < most)
		r = q_circular_gather(db, id, why, most - size.n, &n);
	*more += n;
	return r;
}

static int gather(struct db *db, struct arena *a, int64_t id, bool is_new)
{
	int64_t more = 0;
	int r = gather_kind(db, a, id, "chosen", WATCH_ENTRIES_MAX, &more);

	if (r == 0)
		r = gather_kind(db, a, id, "ladder", WATCH_LADDER_MAX, &more);
	if (r == 0 && more > 0 && !is_new)
		r = q_circular_grown(db, id, NULL);
	return r < 0 ? r : q_circular_units_fill(db, id, id, NULL);
}

static int begin(struct db *db, void *arg)
{
	static const char title[] = "关于网民来信办理情况的通报";
	static const char intro[] = "根据督办情况，现将超过答复期限仍未办结的来信通报如下。";
	static const char closing[] = "请有关单位立即整改，逐件答复写信人，并反馈整改情况。连续两次被通报且问题没有解决的，重点督办，并提交书面检讨。";
	struct drafting *w = arg;
	struct q_circular_draft draft;
	struct q_circular_waiting waiting;
	int r = q_circular_take(db, NULL);

	if (r == 0)
		r = q_circular_draft(db, w->a, &draft);
	if (r == 0) {
		w->id = draft.id;
		return gather(db, w->a, w->id, false);
	}
	if (r != ERR_NOTFOUND)
		return r;
	r = q_circular_waiting(db, w->a, &waiting);
	if (r == 0 && waiting.n == 0)
		r = err_say(ERR_STATE, "现在没有列入通报的信件");
	if (r == 0)
		r = q_circular_add(db, title, intro, closing, w->who->officer_id, w->now, &w->id);
	return r < 0 ? r : gather(db, w->a, w->id, true);
}

int watch_circular_begin(struct db *db, struct arena *a, const struct actor *who, int64_t *ret_id)
{
	struct drafting w = { .a = a, .who = who, .now = clock_now() };
	int r = db_tx(db, begin, &w);

	*ret_id = w.id;
	return r;
}

static int lock(struct db *db, const struct drafting *w)
{
	struct q_circular_lock row;
	int r = q_circular_lock(db, w->a, w->d->id, &row);

	if (r < 0)
		return r;
	if (strcmp(row.state, "draft") != 0)
		return err_say(ERR_STATE, "这份通报已经印发，不能再改");
	return row.version == w->d->version ? 0
		: err_say(ERR_CONFLICT, "别人刚刚改过这份通报，您填写的还在。请对照最新内容再保存");
}

static int save_draft(struct db *db, const struct drafting *w)
{
	const struct watch_draft *d = w->d;
	int r = lock(db, w);

	if (r == 0)
		r = q_circular_save(db, d->title, d->intro, d->closing, d->id, NULL);
	for (size_t i = 0; r == 0 && i < d->units_n; i++)
		r = q_circular_unit_words(db, d->units[i].words, d->id, d->units[i].unit_id, NULL);
	for (size_t i = 0; r == 0 && i < d->drops_n; i++)
		r = q_circular_entry_drop(db, w->now, w->who->officer_id, d->drops[i], d->id, NULL);
	return r < 0 ? r : q_circular_units_left(db, d->id, NULL);
}

static int save(struct db *db, void *arg)
{
	return save_draft(db, arg);
}

int watch_circular_save(struct db *db, struct arena *a, const struct actor *who, const struct watch_draft *d)
{
	struct drafting w = { .a = a, .who = who, .d = d, .now = clock_now() };

	return db_tx(db, save, &w);
}

/* --- issuing --- */

/* Working days between the day it was due and the day it was answered, or today. */
static int64_t late_days(const struct worktime *wt, const struct q_circular_late *row, int32_t today)
{
	int32_t end = row->replied_on != DAY_NONE ? row->replied_on : today;

	return row->due_on == DAY_NONE || end <= row->due_on ? 0 : calendar_between(wt->cal, row->due_on, end);
}

static int freeze(struct db *db, const struct drafting *w, int32_t today)
{
	const struct worktime *wt;
	struct q_circular_late *rows = NULL;
	size_t n = 0;
	int r = worktime_get(db, &wt);

	if (r == 0)
		r = q_circular_late(db, w->a, w->d->id, &rows, &n);
	if (r == 0 && n == 0)
		r = err_say(ERR_STATE, "通报里没有信件了，不能印发");
	for (size_t i = 0; r == 0 && i < n; i++)
		r = q_circular_freeze(db, late_days(wt, &rows[i], today), rows[i].open, rows[i].id, NULL);
	return r;
}

static int find_second(struct db *db, const struct drafting *w, int32_t today)
{
	const struct worktime *wt;
	struct q_circular_previous previous;
	int r = q_circular_previous(db, w->a, &previous);

	if (r < 0)
		return r == ERR_NOTFOUND ? 0 : r;
	r = worktime_get(db, &wt);
	return r < 0 ? r : q_circular_second(db, previous.id, calendar_add(wt->cal, today, WATCH_CRITIC_DAYS, NULL),
		w->d->id,
	                                     previous.id, NULL);
}

static int issue(struct db *db, void *arg)
{
	const struct drafting *w = arg;
	int32_t today = clock_day(w->now);
	int64_t seq = 0;
	int year, month, day;
	int r = save_draft(db, w);

	if (r == 0)
		r = freeze(db, w, today);
	if (r == 0)
		r = find_second(db, w, today);
	clock_civil(today, &year, &month, &day);
	if (r == 0)
		r = watch_number(db, w->a, WATCH_CIRCULAR, year, &seq);
	return r < 0 ? r : q_circular_issue(db, year, seq, w->who->officer_id, w->now, w->d->id, NULL);
}

int watch_circular_issue(struct db *db, struct arena *a, const struct actor *who, const struct watch_draft *d)
{
	struct drafting w = { .a = a, .who = who, .d = d, .now = clock_now() };

	return db_tx(db, issue, &w);
}

/* The step `circularise` would put the letter into the next circular: it is in this one, and so is told here. */
static int tell_one(struct db *db, struct arena *a, const struct actor *who, const struct q_circular_untold *row,
                    const char *circular)
{
	struct act act = { .action = ACT_CIRCULARISE, .which = row->id, .on = DAY_NONE,
		.text = arena_printf(a, "%s：%s", circular, row->words[0] ? row->words : "超过答复期限没有办结，予以通报。") };
	int r = row->open ? ticket_apply(db, a, row->ticket_id, who, &act, NULL) : 0;

	return r < 0 ? r : q_circular_told(db, clock_now(), row->id, NULL);
}

int watch_circular_tell(struct db *db, struct arena *a, const struct actor *who, int64_t id)
{
	struct q_circular_untold *rows = NULL;
	struct q_circular_one one;
	size_t n = 0;
	int r = q_circular_one(db, a, id, &one);

	if (r < 0 || strcmp(one.state, "issued") != 0)
		return r;
	r = q_circular_untold(db, a, id, who->unit_id, who->officer_id, WATCH_TELL_MAX, &rows, &n);
	for (size_t i = 0; r == 0 && i < n; i++) {
		int told = tell_one(db, a, who, &rows[i], watch_no_text(a, WATCH_CIRCULAR, one.year, one.seq));

		/* One letter that somebody is changing just now holds up no other. */
		if (told == ERR_DB || told == ERR_UNSURE)
			return told;
	}
	return r;
}

int watch_circular_untold(struct db *db, struct arena *a, const struct actor *who, int64_t id, struct watch_untold *ret)
{
	struct q_circular_untold_n row;
	int r = q_circular_untold_n(db, a, who->unit_id, who->officer_id, id, &row);

	if (r == 0)
		*ret = (struct watch_untold){ row.own, row.others };
	return r;
}

/* --- self-criticism --- */

int watch_criticise(struct db *db, const struct actor *who, int64_t circular_id, const char *words)
{
	int64_t n = 0;
	int r = q_circular_criticise(db, words, who->officer_id, clock_now(), circular_id, who->unit_id, &n);

	return r == 0 && n != 1 ? err_say(ERR_STATE, "这份通报没有要求贵单位写书面检讨，或者已经提交过") : r;
}

int watch_criticism_taken(struct db *db, const struct actor *who, int64_t circular_id, int64_t unit_id)
{
	return q_circular_criticism_taken(db, who->officer_id, clock_now(), circular_id, unit_id, NULL);
}

/* --- talks --- */

int watch_talk(struct db *db, struct arena *a, const struct actor *who, const struct watch_talk *talk)
{
	unsigned char key[32];
	int64_t now = clock_now(), letter = 0;
	int r = 0;

	if (talk->held_on > clock_day(now))
		return err_say(ERR_INVALID, "约谈日期不能晚于今天：谈过以后再记录");
	if (talk->letter)
		r = ticket_id(db, a, talk->letter, &letter);
	if (r == ERR_NOTFOUND)
		return err_say(ERR_INVALID, "没有这个编号的信件，请核对");
	crypto_generichash(key, sizeof key, (const unsigned char *)talk->key, strlen(talk->key), NULL, 0);
	return r < 0 ? r : q_talk_add(db, talk->unit_id, talk->held_on, talk->person, talk->about, talk->words,
	                              talk->promise, talk->promise_on, letter, who->officer_id, now,
	                              (struct db_blob){ key, sizeof key }, NULL);
}
