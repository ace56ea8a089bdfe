/* intake - see intake.h. */
#include "intake.h"

#include <sodium.h>
#include <string.h>
#include <sys/statvfs.h>

#include "clock.h"
#include "conf.h"
#include "gram.h"
#include "queries.h"
#include "seal.h"
#include "stats.h"
#include "text.h"
#include "timers.h"
#include "tries.h"
#include "watch.h"

#define CODE_TRIES 5
#define CODE_TRIES_ALL 50
#define NUMBER_TRIES 8
#define DISK_ENOUGH (2ull << 30)

struct submitting {
	struct change c;
	struct act act;
	const struct intake *in;
	struct db_blob ik, body_hash;
	struct receipt receipt;
	bool simulated;              /* the system's own question of the week (simulation.h) */
};

static const char *or_empty(const char *s)
{
	return s ? s : "";
}

static int check_length(const char *s, size_t min, size_t max, const char *what)
{
	size_t n = s ? text_graphemes(s) : 0;

	if (n < min)
		return err_say(ERR_INVALID, n ? "%s至少 %zu 个字" : "请填写%s", what, min);
	return n > max ? err_say(ERR_INVALID, "%s最多 %zu 个字，现在有 %zu 个字", what, max, n) : 0;
}

static int check_contact(const struct intake *in)
{
	return *or_empty(in->phone) || *or_empty(in->email) ? 0 : err_say(ERR_INVALID, "请至少留下手机号码或电子邮箱");
}

static int check_received(int64_t at)
{
	int64_t now = clock_now();

	if (!at)
		return 0;
	if (at > now)
		return err_say(ERR_INVALID, "收到时间不能晚于现在");
	if (clock_day(at) < clock_day(now) - INTAKE_DAYS_BACK)
		return err_say(ERR_INVALID, "收到时间不能早于 %d 天前", INTAKE_DAYS_BACK);
	return 0;
}

static int check(const struct intake *in, bool need_contact)
{
	const struct { const char *text; size_t min, max; const char *what; } texts[] = {
		{ in->title, INTAKE_TITLE_MIN, INTAKE_TITLE_MAX, "标题" },
		{ in->body, INTAKE_BODY_MIN, INTAKE_BODY_MAX, "内容" },
		{ in->demand, 0, INTAKE_LINE_MAX, "主要诉求" },
		{ in->place, 0, INTAKE_LINE_MAX, "地点" },
		{ in->name, need_contact ? 1 : 0, INTAKE_NAME_MAX, "姓名" },
	};
	int r = 0;

	must(in->type < TYPE__MAX && in->channel && in->key && in->key_scope);
	for (size_t i = 0; r == 0 && i < sizeof texts / sizeof texts[0]; i++)
		r = check_length(texts[i].text, texts[i].min, texts[i].max, texts[i].what);
	if (r == 0 && need_contact)
		r = check_contact(in);
	if (r < 0)
		return r;
	return !*in->key || strlen(in->key) > 100 ? err_say(ERR_INVALID, "提交凭证应为 1 到 100 个字符") : 0;
}

/* Letters stop before the disk is full: MariaDB aborts on a full one. */
int intake_room(void)
{
	struct statvfs fs;
	bool share, room;

	if (!*conf.dir || statvfs(conf.dir, &fs) != 0 || fs.f_blocks == 0)
		return 0;
	share = (fs.f_blocks - fs.f_bavail) * 100 / fs.f_blocks >= (fsblkcnt_t)conf.disk_full_percent;
	room = fs.f_bavail * fs.f_frsize >= DISK_ENOUGH; /* a large disk is not full at 92 % */
	if (share && !room)
		return err_set(ERR_FULL, "disk is %d%% full", (int)conf.disk_full_percent);
	return 0;
}

/* What an officer notes besides is part of the submission; of other letters the hash is as it has always been. */
static struct db_blob hash_of(struct arena *a, const struct intake *in, bool by_officer)
{
	const char *unit = in->about_unit_id ? arena_printf(a, "%lld, not %lld", (long long)in->wanted_unit_id,
	                                                    (long long)in->about_unit_id)
	                                     : arena_printf(a, "%lld", (long long)in->wanted_unit_id);
	const char *parts[] = { states_type_code(in->type), in->title, in->body, or_empty(in->demand),
	                       or_empty(in->place), unit,
		                in->publish_ok ? "1" : "0", or_empty(in->name), or_empty(in->phone), or_empty(in->email),
		in->channel, or_empty(in->external_system), or_empty(in->external_no), or_empty(in->answer_by),
		in->at_once ? or_empty(in->at_once->reply) : "", in->at_once ? or_empty(in->at_once->result) : "",
		arena_printf(a, "%lld %d", (long long)in->received_at, (int)in->external_due_on) };
	size_t n = sizeof parts / sizeof parts[0];

	return seal_sha256(a, parts, by_officer ? n : n - 7);
}

/* The receipt of a letter that this key has already made. ERR_NOTFOUND: it has not. */
static int find_receipt(struct db *db, struct submitting *w)
{
	struct q_idem_get row;
	int r = q_idem_get(db, w->c.a, w->ik, &row);

	if (r < 0)
		return r;
	if (memcmp(row.body_hash.p, w->body_hash.p, 32) != 0)
		return err_set(ERR_REUSED, "idempotency key used for another body");
	w->receipt = (struct receipt){ .ticket_id = row.ticket_id, .no = row.no, .due_on = row.due_on,
	                               .provisional = row.provisional, .repeated = true };
	return seal_code(w->c.a, w->in->key_scope, w->in->key, row.no, &w->receipt.query_code);
}

/* Six random digits; a number that is taken is tried again with others. */
static int add_ticket(struct submitting *w)
{
	struct ticket *t = &w->c.t;
	const struct intake *in = w->in;
	int r = ERR_DUP;

	for (int i = 0; r == ERR_DUP && i < NUMBER_TRIES; i++) {
		int64_t wanted = in->wanted_unit_id;

		t->no = ticket_number(w->c.a, t->type, clock_day(t->received_at), randombytes_uniform(1000000));
		r = q_ticket_add(w->c.db, t->no, states_type_code(t->type), w->simulated ? "web" : in->channel,
		                 states_code(t->state), in->title, NULL, wanted ? &wanted : NULL, t->publish_ok,
		                 t->received_at, t->received_on, t->accepted_at, t->due_on, t->due_provisional,
		                 t->first_due_on, &t->id);
	}
	return r;
}

/* Without its secret there is no index of numbers; that never keeps a letter out. */
static int add_phone_key(struct change *c, const char *phone)
{
	struct q_same_number same;
	struct db_blob key;
	int r = seal_phone_key(c->a, phone, &key);

	if (r == ERR_DOWN) {
		err_clear();
		return 0;
	}
	if (r == 0)
		r = q_contact_key_add(c->db, c->t.id, key, NULL);
	if (r == 0)
		r = q_same_number(c->db, c->a, c->t.id, c->today - WATCH_SAME_DAYS, &same);
	return r == 0 && same.found ? q_ticket_sign(c->db, WATCH_SAME, c->t.id, NULL) : r;
}

static int add_parts(struct submitting *w)
{
	struct change *c = &w->c;
	const struct intake *in = w->in;
	struct db_blob hash, key_id, sealed;
	bool phone = *or_empty(in->phone), email = *or_empty(in->email);
	int r;

	if ((r = q_ticket_text_add(c->db, c->t.id, in->body, or_empty(in->demand), or_empty(in->place), NULL)) < 0 ||
	    (r = gram_add(c->db, c->a, c->t.id, c->t.no, in->title, or_empty(in->place))) < 0 ||
	    (r = seal_code(c->a, in->key_scope, in->key, c->t.no, &w->receipt.query_code)) < 0 ||
	    (r = seal_code_hash(c->a, c->t.no, w->receipt.query_code, &hash)) < 0 ||
	    (r = q_ticket_code_add(c->db, c->t.id, hash, NULL)) < 0)
		return r;
	if (!phone && !email && !*or_empty(in->name))
		return 0;
	r = seal_contact(c->a, or_empty(in->name), or_empty(in->phone), or_empty(in->email), &key_id, &sealed);
	if (r == 0)
		r = q_contact_add(c->db, c->t.id, key_id, sealed, phone, email, NULL);
	return r == 0 && phone ? add_phone_key(c, in->phone) : r;
}

/* The transfer is accepted at once; another letter is promised an answer from its receipt. */
static void fill_ticket(struct submitting *w)
{
	struct change *c = &w->c;
	bool transfer = w->act.action == ACT_INTAKE_TRANSFER;
	int64_t received;

	c->now = clock_now();
	c->today = clock_day(c->now);
	received = w->in->received_at ? w->in->received_at : c->now;
	c->t = (struct ticket){ .type = w->in->type, .state = c->move.to, .pub = PUB_NOT_DUE, .version = 1, .round = 1,
		.publish_ok = w->in->publish_ok, .received_at = received,
		.received_on = calendar_effective_day(c->wt->cal, &c->wt->hours, received), .accepted_at = TIME_NONE,
		.due_on = DAY_NONE, .first_due_on = DAY_NONE, .replied_at = TIME_NONE, .reply_workdays = -1,
		.closed_at = TIME_NONE };
	if (transfer)
		c->t.accepted_at = c->now;
	else
		c->t.due_on = worktime_promise(c->wt, c->t.type, c->t.received_on, &c->t.due_provisional);
}

/* Its number elsewhere, who took it down, and the answer given at once. */
static int add_notes(struct submitting *w)
{
	const struct intake *in = w->in;
	struct change *c = &w->c;
	int r = 0;

	if (*or_empty(in->external_no))
		r = q_external_add(c->db, in->external_system, in->external_no, c->t.id, in->external_due_on, NULL);
	if (r == 0 && c->who->officer_id)
		r = q_registration_add(c->db, c->t.id, c->who->officer_id, c->now, in->answer_by ? in->answer_by : "contact",
		                       NULL);
	if (r == 0 && in->at_once)
		r = ticket_apply(c->db, c->a, c->t.id, c->who, in->at_once, &c->t);
	return r;
}

/* The system asks over the interface for programs; its letter is to look like anybody's. */
static int know_simulated(struct db *db, struct submitting *w)
{
	struct q_simulation_is planned;
	int r;

	w->simulated = false;
	if (!str_eq(w->in->key_scope, "api"))
		return 0;
	r = q_simulation_is(db, w->c.a, w->ik, &planned);
	w->simulated = r == 0 && planned.n > 0;
	return r;
}

/* What holds for this letter alone: who keeps away, by when its superior wants it, that it counts nowhere. */
static int add_rules(struct db *db, struct submitting *w)
{
	const struct ticket *t = &w->c.t;
	int r = 0;

	if (w->in->about_unit_id)
		r = q_recusal_add(db, t->id, w->in->about_unit_id, 0, 0, w->c.now, "写信人反映的单位", NULL);
	/* The clock of a transfer has just said by when. */
	if (r == 0 && w->act.action == ACT_INTAKE_TRANSFER)
		r = q_ticket_due(db, t->due_on, t->due_provisional, t->first_due_on, t->id, NULL);
	return r == 0 && w->simulated ? stats_simulated(db, w->c.a, t->id) : r;
}

static int submit(struct db *db, void *arg)
{
	struct submitting *w = arg;
	struct change *c = &w->c;
	struct facts nothing = { .state = TICKET_NONE, .type = w->in->type, .proposal = -1 };
	int r;

	/* A key that is used already comes to light at the end, as ERR_DUP: hardly any is, so nobody looks first. */
	c->public_note = c->reason = NULL;
	if ((r = worktime_get(db, &c->wt)) < 0 || (r = states_decide(&nothing, c->who, &w->act, &c->move)) < 0 ||
	    (r = know_simulated(db, w)) < 0)
		return r;
	fill_ticket(w);
	if ((r = add_ticket(w)) < 0 || (r = add_parts(w)) < 0 || (r = ticket_begin(c)) < 0)
		return r;
	if ((r = add_rules(db, w)) < 0 || (r = add_notes(w)) < 0)
		return r;
	w->receipt.ticket_id = c->t.id;
	w->receipt.no = c->t.no;
	w->receipt.due_on = c->t.due_on;
	w->receipt.provisional = c->t.due_provisional;
	w->receipt.repeated = false;
	return q_idem_add(db, w->ik, w->body_hash, c->t.id, c->t.due_on, c->t.due_provisional, c->now, NULL);
}

static int run(struct db *db, struct arena *a, const struct actor *who, const struct intake *in, enum action action,
               struct receipt *ret)
{
	struct submitting w = { .c = { .db = db, .a = a, .who = who }, .act = { .action = action,
	                                                                       .on = in->external_due_on },
	                        .in = in };
	const char *key[] = { in->key_scope, in->key };
	int r = check_received(in->received_at);

	if (r == 0)
		r = intake_room();
	if (r < 0)
		return r;
	w.c.act = &w.act;
	w.ik = seal_sha256(a, key, 2);
	w.body_hash = hash_of(a, in, who->officer_id != 0);
	r = db_tx(db, submit, &w);
	/* The same key a moment ago by another hand, or an answer lost on the way: what stands in the database counts. */
	if (r == ERR_DUP || r == ERR_UNSURE) {
		int found = find_receipt(db, &w);

		r = found == ERR_NOTFOUND ? r : found;
	}
	if (r == 0)
		*ret = w.receipt;
	return r;
}

int intake_submit(struct db *db, struct arena *a, const struct actor *who, const struct intake *in, struct receipt *ret)
{
	int r = check(in, who->roles & 1u << ROLE_CITIZEN);

	return r < 0 ? r : run(db, a, who, in, ACT_SUBMIT, ret);
}

int intake_transfer(struct db *db, struct arena *a, const struct actor *who, const struct intake *in,
                    struct receipt *ret)
{
	int r = check(in, false);

	if (r < 0)
		return r;
	must(in->external_system && in->external_no);
	return run(db, a, who, in, ACT_INTAKE_TRANSFER, ret);
}

int intake_done(struct db *db, struct arena *a, const struct intake *in, const char **ret_no)
{
	const char *key[] = { in->key_scope, in->key };
	struct db_blob hash = hash_of(a, in, false);
	struct q_idem_get row;
	int r = q_idem_get(db, a, seal_sha256(a, key, 2), &row);

	if (r < 0)
		return r;
	if (row.body_hash.n != hash.n || memcmp(row.body_hash.p, hash.p, hash.n) != 0)
		return err_set(ERR_NOTFOUND, "this key made another letter");
	*ret_no = row.no;
	return 0;
}

/* The letter, when the code is right. The same work for a number that does not exist. */
static int check_code(struct db *db, struct arena *a, const char *number, const char *code, int64_t *ret_ticket_id)
{
	struct q_track_of_code row;
	struct q_track_prove said;
	struct db_blob proof;
	int r = seal_code_hash(a, number, text_fold_width(a, code), &proof);

	if (r == 0)
		r = q_track_prove(db, a, proof, &said);
	if (r == 0)
		r = q_track_of_code(db, a, number, &row);
	if (r == 0)
		*ret_ticket_id = row.id;
	return r == ERR_NOTFOUND ? err_set(r, "unknown number or wrong query code") : r;
}

struct finding {
	struct arena *a;
	const char *number, *code, *from;
	int64_t ticket_id;
	bool found;
};

/* Nothing went wrong, and nothing is to be kept. */
#define ROLL_BACK 1

static int find(struct db *db, void *arg)
{
	struct finding *w = arg;
	int64_t here, all;
	int r = tries_count_both(db, w->a, "letter", w->number, w->from, &here, &all);

	w->found = false;
	if (r < 0)
		return r;
	if (here > CODE_TRIES)
		return err_say(ERR_SLOWDOWN, "查询码连续输错，请一小时后再试，或拨打 12345 查询");
	if (all > CODE_TRIES_ALL)
		return err_say(ERR_SLOWDOWN,
		               "这个编号被人多次输错查询码，为了保护写信人，请一小时后再试，或拨打 12345 查询");
	r = check_code(db, w->a, w->number, w->code, &w->ticket_id);
	if (r == ERR_NOTFOUND)
		return 0;
	w->found = r == 0;
	/* The right code takes back what was counted, and mistakes of its own network before it are forgotten. */
	return r < 0 ? r : here == 1 ? ROLL_BACK : tries_forget(db, w->a, "letter", w->number, w->from);
}

int intake_find(struct db *db, struct arena *a, const char *no, const char *code, const char *from,
                int64_t *ret_ticket_id)
{
	struct finding w = { .a = a, .code = code, .from = tries_network(a, from) };
	int r;

	/* What is no number is counted by its own words: it must not use up the tries of another. */
	if (!ticket_number_ok(a, no, &w.number))
		w.number = no;
	r = db_tx(db, find, &w);
	if (r < 0)
		return r;
	if (!w.found)
		return err_set(ERR_NOTFOUND, "unknown number or wrong query code");
	*ret_ticket_id = w.ticket_id;
	return 0;
}
