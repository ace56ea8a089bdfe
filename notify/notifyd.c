/* minsheng-notifyd - the post room: takes notices from the outbox one by one and sends them.
 *
 * What clocks tell is gathered first: each person gets one mail for all of it (store_bundle.h).
 * Lease, commit, compose, send, mark. Whoever dies between sending and marking leaves a lease that runs out; the
 * notice goes out again under the same Message-ID, so that a repeat can be told from a second message. A
 * writer's address is asked of minsheng-vaultd for this one sending and kept nowhere.
 * A channel that is closed (no connection, no greeting) only delays: the notice goes back uncounted and
 * everything waits, at first FIRST_PAUSE_MS, then longer. What concerns one message alone is tried again after
 * 1 m, 5 m, 30 m, 2 h, 6 h and 24 h, and given up after TRIES_MAX with a line in the log. SIGTERM ends it after
 * the notice in hand. */
#include <sodium.h>
#include <string.h>

#include "channel.h"
#include "clock.h"
#include "compose.h"
#include "conf.h"
#include "daemon.h"
#include "digest.h"
#include "log.h"
#include "store_bundle.h"
#include "text.h"
#include "vault_client.h"

#define ARENA_BYTES ((size_t)4 * 1024 * 1024)
#define LEASE_S 120          /* more than the longest sending */
#define TRIES_MAX 8
#define BACK_S 60
#define FIRST_PAUSE_MS 2000
#define MOST_PAUSE_MS 60000
#define MARK_TRIES 5
#define RECIPIENTS_MAX 50
#define GATHER_MS 2000       /* what comes within this time goes into the same mail */

struct post {
	struct db *db;
	struct arena *a;
	const struct channel *channel;
	int64_t pause_ms;            /* 0: the channel is open */
	int64_t gathered_ms;         /* when something was last put into bundles */
	bool bundles_first;          /* in turn, so that neither holds up the other */
	bool db_failed, vault_failed;
};

/* How one notice ended. */
struct result { enum channel_outcome outcome; const char *why; };

static const struct result SKIP_NO_EMAIL = { CHANNEL_SKIPPED, "no_email" };

/* Up to a tenth more, so that what failed together is not tried together. */
static int64_t with_jitter(int64_t seconds)
{
	return seconds + randombytes_uniform((uint32_t)(seconds / 10 + 1));
}

static int64_t delay_after(int64_t tries)
{
	static const int64_t delays[] = { 60, 300, 1800, 7200, 21600, 86400 };
	size_t n = sizeof delays / sizeof delays[0];

	return with_jitter(delays[tries >= 1 && (size_t)tries <= n ? (size_t)tries - 1 : n - 1]);
}

/* --- to whom --- */

static int writer_address(struct post *p, const struct outbox_item *item, const struct outbox_letter *letter,
                          struct message *m, struct result *ret)
{
	const char **to = arena_array(p->a, 1, sizeof *to);
	struct contact contact;
	int r;

	if (!letter->has_email) {
		*ret = letter->has_phone ? SKIP_NO_EMAIL : (struct result){ CHANNEL_SKIPPED, "no_contact" };
		return 0;
	}
	r = vault_notify(p->a, item->ticket_id, item->id, item->lease, &contact);
	if (r == ERR_NOTFOUND || (r == 0 && contact.email[0] == '\0')) {
		*ret = SKIP_NO_EMAIL;
		return 0;
	}
	if ((r == ERR_DOWN) != p->vault_failed && (r == 0 || r == ERR_DOWN)) {
		p->vault_failed = r == ERR_DOWN;
		log_event(LOG_WARN, p->vault_failed ? "vault_down" : "vault_up", "detail=\"%s\"",
		          r == 0 ? "" : err_detail());
	}
	if (r < 0) {
		*ret = (struct result){ CHANNEL_LATER, arena_printf(p->a, "vault %s", err_name(r)) };
		return r;
	}
	to[0] = contact.email;
	m->to = to;
	m->n_to = 1;
	return 0;
}

static int officer_addresses(struct post *p, const struct outbox_item *item, const struct compose_row *row,
                             struct message *m, const char **ret_unit, struct result *ret)
{
	const char **to = NULL;
	size_t n = 0;
	int r;

	if (item->audience == OUTBOX_UNIT)
		r = store_outbox_unit_mails(p->db, p->a, item->unit_id, item->ticket_id, &to, &n, ret_unit);
	else if (item->audience == OUTBOX_HANDLER)
		r = store_outbox_handler_mails(p->db, p->a, item->ticket_id, &to, &n, ret_unit);
	else
		r = store_outbox_role_mails(p->db, p->a, item->role != NULL ? item->role : row->role, item->ticket_id, &to, &n);
	if (r < 0)
		return r;
	/* One that is no address must not keep the others from being told. */
	for (size_t i = 0; i < n && m->n_to < RECIPIENTS_MAX; i++) {
		if (text_email(p->a, to[i], &to[m->n_to]) == 0)
			m->n_to++;
	}
	m->to = to;
	if (m->n_to == 0)
		*ret = SKIP_NO_EMAIL;
	return 0;
}

static int due_of(struct post *p, const struct outbox_item *item, const struct compose_row *row,
                  const struct outbox_letter *letter, int32_t *ret)
{
	*ret = DAY_NONE;
	if (strcmp(row->due, "") == 0)
		return 0;
	if (strcmp(row->due, "answer") == 0) {
		*ret = letter->due_on;
		return 0;
	}
	return store_outbox_due(p->db, p->a, item->ticket_id, strcmp(row->due, "next") == 0 ? "" : row->due, ret);
}

/* --- sending --- */

static int letter_words(struct post *p, const struct outbox_item *item, const struct compose_row *row,
                        struct outbox_letter *letter, struct notice *n)
{
	int r = store_outbox_letter(p->db, p->a, item->ticket_id, letter);

	n->number = letter->no;
	return r < 0 ? r : due_of(p, item, row, letter, &n->due);
}

static int alarm_words(struct post *p, const struct outbox_item *item, struct notice *n, bool *ret_over)
{
	struct outbox_alarm alarm = { .due_at = TIME_NONE };
	int r = store_outbox_alarm(p->db, p->a, item->alarm_id, &alarm);

	n->what = alarm.what;
	n->light = alarm.light;
	n->words = alarm.words;
	n->since = clock_fmt(p->a, alarm.due_at);
	n->due = DAY_NONE;
	*ret_over = alarm.over;
	return r;
}

/* Composes and sends. An error: of the database or the vault; *ret says what becomes of the notice in any case. */
static int deliver(struct post *p, const struct outbox_item *item, struct result *ret)
{
	const struct compose_row *row = compose_row(item->audience, item->event);
	struct message m = { .series = "notice", .id = item->id, .created_at = item->created_at };
	struct notice notice = { .today = clock_day(clock_now()) };
	struct outbox_letter letter = { 0 };
	bool over = false;
	int r = item->alarm_id ? alarm_words(p, item, &notice, &over) : letter_words(p, item, row, &letter, &notice);

	*ret = (struct result){ CHANNEL_LATER, "database" };
	if (r < 0)
		return r;
	/* What was settled while the notice waited for the office to open is no news. */
	*ret = over ? (struct result){ CHANNEL_SKIPPED, "over" } : (struct result){ CHANNEL_SENT, NULL };
	if (over)
		return 0;
	if (item->audience == OUTBOX_WRITER)
		r = writer_address(p, item, &letter, &m, ret);
	else
		r = officer_addresses(p, item, row, &m, &notice.unit, ret);
	if (r < 0 || ret->outcome != CHANNEL_SENT)
		return r;
	r = compose(p->a, row, &notice, &m.subject, &m.body);
	if (r < 0) {
		*ret = (struct result){ CHANNEL_LATER, "text" };
		return r;
	}
	ret->outcome = p->channel->send(p->a, &m, &ret->why);
	return 0;
}

/* One letter as if it had come alone; several as a list. */
static int bundle_words(struct post *p, const struct bundle_line *lines, size_t n, const char *unit, struct message *m)
{
	int32_t today = clock_day(clock_now());
	const struct notice one = { .number = lines[0].no, .due = lines[0].due_on, .unit = unit, .today = today };
	const struct notice many = { .due = DAY_NONE, .unit = unit, .today = today,
		.count = arena_printf(p->a, "%zu", digest_letters(lines, n)), .list = digest_list(p->a, lines, n, today) };

	if (n == 1)
		return compose(p->a, compose_row(lines[0].audience, lines[0].event), &one, &m->subject, &m->body);
	return compose_bundle(p->a, &many, &m->subject, &m->body);
}

/* As deliver(), what was gathered for one person. */
static int deliver_bundle(struct post *p, const struct outbox_item *item, struct result *ret)
{
	struct message m = { .series = "bundle", .id = item->id, .created_at = item->created_at };
	const char **to = arena_array(p->a, 1, sizeof *to), *mail, *unit;
	struct bundle_line *lines;
	size_t n;
	int r = store_bundle_lines(p->db, p->a, item, &mail, &unit, &lines, &n);

	*ret = (struct result){ CHANNEL_LATER, "database" };
	if (r == ERR_NOTFOUND || (r == 0 && text_email(p->a, mail, &to[0]) < 0)) {
		*ret = SKIP_NO_EMAIL;
		return 0;
	}
	if (r < 0)
		return r;
	if (n == 0) {
		*ret = (struct result){ CHANNEL_SKIPPED, "over" };
		return 0;
	}
	m.to = to;
	m.n_to = 1;
	if ((r = bundle_words(p, lines, n, unit, &m)) < 0) {
		*ret = (struct result){ CHANNEL_LATER, "text" };
		return r;
	}
	ret->outcome = p->channel->send(p->a, &m, &ret->why);
	return 0;
}

/* What the row says from now on. */
static int mark(struct post *p, const struct outbox_item *item, const struct result *res, bool counts)
{
	int64_t now = clock_now();

	switch (res->outcome) {
	case CHANNEL_SENT:
		return store_outbox_sent(p->db, item, now);
	case CHANNEL_SKIPPED:
		return store_outbox_skipped(p->db, item, res->why, now);
	case CHANNEL_NEVER:
		return store_outbox_dead(p->db, item, res->why, now);
	case CHANNEL_CLOSED:
		return store_outbox_back(p->db, item, res->why, now + with_jitter(BACK_S));
	case CHANNEL_LATER:
		break;
	}
	if (!counts)
		return store_outbox_back(p->db, item, res->why, now + with_jitter(BACK_S));
	if (item->tries >= TRIES_MAX)
		return store_outbox_dead(p->db, item, res->why, now);
	return store_outbox_later(p->db, item, res->why, now + delay_after(item->tries));
}

/* A sent notice that is not marked would be sent again: worth more than one try. */
static void mark_surely(struct post *p, const struct outbox_item *item, const struct result *res, bool counts)
{
	int r = mark(p, item, res, counts);

	for (int i = 1; i < MARK_TRIES && (r == ERR_DB || r == ERR_RETRY); i++) {
		(void)daemon_stops_within(200 << i);
		r = mark(p, item, res, counts);
	}
	if (r < 0)
		log_event(LOG_WARN, "not_marked", "outbox=%lld error=%s detail=\"%s\"", (long long)item->id,
		          err_name(r), err_detail());
}

static void log_result(const struct outbox_item *item, const struct result *res)
{
	static const char *const events[] = { [CHANNEL_SENT] = "sent", [CHANNEL_LATER] = "later",
		[CHANNEL_CLOSED] = "back", [CHANNEL_NEVER] = "dead", [CHANNEL_SKIPPED] = "skipped" };
	bool dead = res->outcome == CHANNEL_NEVER || (res->outcome == CHANNEL_LATER && item->tries >= TRIES_MAX);
	enum log_level level = LOG_INFO;

	if (dead)
		level = LOG_ERROR;
	else if (res->outcome == CHANNEL_LATER)
		level = LOG_WARN;
	log_event(level, dead ? "dead" : events[res->outcome], "%s=%lld ticket=%lld event=%s tries=%lld why=\"%s\"",
	          item->bundle ? "bundle" : "outbox", (long long)item->id, (long long)item->ticket_id, item->event,
	          (long long)item->tries, res->why != NULL ? res->why : "");
}

/* Opens and closes the gate for everything: one probe at a time, further and further apart. */
static void note_channel(struct post *p, const struct result *res)
{
	if (res->outcome == CHANNEL_CLOSED) {
		if (p->pause_ms == 0)
			log_event(LOG_ERROR, "channel_closed", "channel=%s why=\"%s\"", p->channel->name, res->why);
		p->pause_ms = p->pause_ms == 0 ? FIRST_PAUSE_MS : p->pause_ms * 2;
		if (p->pause_ms > MOST_PAUSE_MS)
			p->pause_ms = MOST_PAUSE_MS;
	} else if (res->outcome == CHANNEL_SENT || res->outcome == CHANNEL_NEVER) {
		if (p->pause_ms != 0)
			log_event(LOG_INFO, "channel_open", "channel=%s", p->channel->name);
		p->pause_ms = 0;
	}
}

static void note_database(struct post *p, int r)
{
	bool failed = r < 0 && r != ERR_NOTFOUND;

	if (failed && !p->db_failed)
		log_event(LOG_ERROR, "database_down", "error=%s detail=\"%s\"", err_name(r), err_detail());
	else if (!failed && p->db_failed)
		log_event(LOG_INFO, "database_up", "after an error");
	p->db_failed = failed;
}

/* A bundle, when nothing has been put into bundles for a moment. ERR_NOTFOUND: none is to be sent yet. */
static int take_bundle(struct post *p, int64_t now, struct outbox_item *item)
{
	size_t n;
	int r = store_bundle_gather(p->db, p->a, now, &n);

	if (r < 0)
		return r;
	if (n)
		p->gathered_ms = clock_mono_ms();
	if (p->gathered_ms && clock_mono_ms() - p->gathered_ms < GATHER_MS)
		return ERR_NOTFOUND;
	return store_bundle_take(p->db, p->a, now, now + LEASE_S, item);
}

static int take(struct post *p, int64_t now, struct outbox_item *item)
{
	int r = ERR_NOTFOUND;

	p->bundles_first = !p->bundles_first;
	if (p->bundles_first)
		r = take_bundle(p, now, item);
	if (r == ERR_NOTFOUND)
		r = store_outbox_take(p->db, p->a, now, now + LEASE_S, item);
	if (r == ERR_NOTFOUND && !p->bundles_first)
		r = take_bundle(p, now, item);
	return r;
}

/* One notice, or one bundle. Returns how long to wait before the next, in ms. */
static int64_t work(struct post *p)
{
	struct outbox_item item;
	struct result res;
	int64_t now = clock_now(), idle_ms = conf.tick_s * 1000;
	int r = take(p, now, &item);

	note_database(p, r);
	if (r < 0) {
		if (r == ERR_NOTFOUND)
			p->channel->close();
		return idle_ms;
	}
	r = item.bundle ? deliver_bundle(p, &item, &res) : deliver(p, &item, &res);
	if (r < 0 && r != ERR_DOWN)
		log_event(LOG_WARN, "cannot_deliver", "outbox=%lld error=%s detail=\"%s\"", (long long)item.id,
		          err_name(r), err_detail());
	/* A database or a vault that is away is not the notice's fault. */
	mark_surely(p, &item, &res, r != ERR_DOWN && r != ERR_DB && r != ERR_RETRY);
	log_result(&item, &res);
	note_channel(p, &res);
	return res.outcome == CHANNEL_CLOSED ? p->pause_ms : 0;
}

static int start(struct post *p)
{
	int r;

	must(sodium_init() >= 0);
	p->channel = conf.smtp_url[0] != '\0' ? &channel_mail : &channel_null;
	r = p->channel->check(p->a);
	if (r < 0)
		log_event(LOG_ERROR, "start", "error=%s detail=\"%s\"", err_name(r), err_detail());
	arena_reset(p->a);
	return r;
}

int main(void)
{
	struct post p = { .a = arena_new(ARENA_BYTES) };
	int64_t wait_ms = 0;

	if (daemon_begin("notifyd") < 0 || start(&p) < 0) {
		arena_free(p.a);
		return 1;
	}
	db_open("notifyd", &p.db);
	log_event(LOG_INFO, "start", "channel=%s", p.channel->name);
	while (!daemon_stops_within(wait_ms)) {
		err_clear();
		wait_ms = work(&p);
		arena_reset(p.a);
	}
	log_event(LOG_INFO, "stop", "signal");
	p.channel->close();
	db_close(p.db);
	arena_free(p.a);
	return 0;
}
