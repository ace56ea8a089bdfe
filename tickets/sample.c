/* sample - see sample.h: announcing, drawing, publishing, closing. Scoring is sample_score.c. */
#include "sample.h"

#include <sodium.h>
#include <string.h>

#include "calendar.h"
#include "clock.h"
#include "draw.h"
#include "org_inner.h"
#include "str.h"

#define FRAME_PAGE 2000
/* Positions of one unit as JSON: seven digits and a comma each. */
#define JSON_MAX (8u * DRAW_LETTERS_MAX)

const char *sample_name(struct arena *a, int64_t year, int64_t quarter, int64_t batch)
{
	static const char *const names[] = { "一", "二", "三", "四" };
	const char *q = quarter >= 1 && quarter <= 4 ? names[quarter - 1] : "？";

	if (batch <= 1)
		return arena_printf(a, "%lld年第%s季度", (long long)year, q);
	return arena_printf(a, "%lld年第%s季度（第 %lld 批）", (long long)year, q, (long long)batch);
}

/* --- announcing --- */

struct job {
	const struct org *o;
	const struct sample_plan *plan;
	int64_t id;
	const char *text;
	int32_t day;
};

static bool is_share(int percent)
{
	return percent >= DRAW_PERCENT_MIN && percent <= 100;
}

static bool is_quarter(const struct sample_plan *p)
{
	return p->quarter >= 1 && p->quarter <= 4 && p->year >= CALENDAR_FIRST_YEAR && p->year <= CALENDAR_LAST_YEAR;
}

static int plan_ok(const struct sample_plan *p, int32_t today)
{
	if (!is_quarter(p))
		return err_say(ERR_INVALID, "请选择季度");
	if (p->from > p->to || p->to - p->from >= SAMPLE_DAYS_MAX)
		return err_say(ERR_INVALID, "答复日期的范围要从早到晚，不超过 %d 天", SAMPLE_DAYS_MAX);
	if (p->draw_on <= today)
		return err_say(ERR_INVALID, "抽取日期最早是明天：公告在先，抽取在后，才没有人能挑选结果");
	if (p->to >= p->draw_on)
		return err_say(ERR_INVALID, "抽取日期要在答复日期范围以后");
	if (!is_share(p->unit_percent) || !is_share(p->letter_percent))
		return err_say(ERR_INVALID, "抽查比例不低于百分之%d", DRAW_PERCENT_MIN);
	if (p->letters_min < 1 || p->letters_min > SAMPLE_LETTERS_MIN_MAX)
		return err_say(ERR_INVALID, "每个单位至少抽 1 件，最多规定 %d 件", SAMPLE_LETTERS_MIN_MAX);
	return 0;
}

static int announce(struct db *db, void *arg)
{
	struct job *w = arg;
	const struct sample_plan *p = w->plan;
	char secret[DRAW_HEX + 1], commitment[DRAW_HEX + 1];
	struct q_sample_batch_next batch;
	struct q_sheet_last sheet;
	int r = q_sheet_last(db, w->o->a, &sheet);

	if (r == 0)
		r = q_sample_batch_next(db, w->o->a, p->year, p->quarter, &batch);
	if (r < 0)
		return r;
	if (batch.batch > SAMPLE_BATCHES_MAX)
		return err_say(ERR_STATE, "一个季度最多抽查 %d 批", SAMPLE_BATCHES_MAX);
	draw_secret(secret);
	draw_hash(secret, commitment);
	r = q_sample_add(db, p->year, p->quarter, batch.batch, p->from, p->to, p->unit_percent, p->letter_percent,
	                 p->letters_min, p->draw_on, p->factor_source, sheet.id, commitment, org_by(w->o), clock_now(),
	                 &w->id);
	return r < 0 ? r : q_sample_secret_add(db, w->id, secret, NULL);
}

int sample_announce(const struct org *o, const struct sample_plan *plan, int64_t *ret_id)
{
	struct job w = { .o = o, .plan = plan };
	int r = org_may(o, CAP_SAMPLE, 0);

	if (r == 0)
		r = plan_ok(plan, clock_day(clock_now()));
	if (r == 0)
		r = db_tx(o->db, announce, &w);
	if (r == 0)
		*ret_id = w.id;
	return r;
}

/* --- drawing --- */

/* What can be drawn: units by code, each with how many letters; the span as moments. */
struct frame {
	int64_t from_at, to_at;
	struct q_sample_frame *rows;
	struct draw_unit *units;
	size_t n;
};

static int load_frame(struct db *db, struct arena *a, const struct q_sample_lock *s, struct frame *ret)
{
	struct frame f = { .from_at = clock_day_start(s->from_on), .to_at = clock_day_start(s->to_on + 1) };
	int r = q_sample_frame(db, a, f.from_at, f.to_at, &f.rows, &f.n);

	if (r < 0)
		return r;
	if (f.n > DRAW_UNITS_MAX)
		return err_set(ERR_TOOBIG, "%zu units", f.n);
	f.units = arena_array(a, f.n + 1, sizeof *f.units);
	for (size_t i = 0; i < f.n; i++) {
		if (f.rows[i].letters > DRAW_LETTERS_MAX)
			return err_set(ERR_TOOBIG, "%lld letters of %s", (long long)f.rows[i].letters, f.rows[i].code);
		f.units[i] = (struct draw_unit){ .code = f.rows[i].code, .letters = f.rows[i].letters };
	}
	*ret = f;
	return 0;
}

/* SHA-256 over "CODE NO\n" of every letter, units by code, letters in the order of their positions. */
static int hash_frame(struct db *db, const struct frame *f, char ret[DRAW_HEX + 1])
{
	struct arena *tmp = arena_new((size_t)64 << 20);
	unsigned char hash[crypto_hash_sha256_BYTES];
	crypto_hash_sha256_state state;
	int r = 0;

	crypto_hash_sha256_init(&state);
	for (size_t i = 0; r == 0 && i < f->n; i++) {
		struct q_sample_frame_page *page;
		int64_t after = 0;
		size_t n = FRAME_PAGE;

		while (r == 0 && n == FRAME_PAGE) {
			r = q_sample_frame_page(db, tmp, f->rows[i].unit_id, f->from_at, f->to_at, after, FRAME_PAGE, &page, &n);
			for (size_t k = 0; r == 0 && k < n; k++) {
				const char *line = arena_printf(tmp, "%s %s\n", f->units[i].code, page[k].no);

				crypto_hash_sha256_update(&state, (const unsigned char *)line, strlen(line));
				after = page[k].id;
			}
			arena_reset(tmp);
		}
	}
	crypto_hash_sha256_final(&state, hash);
	sodium_bin2hex(ret, DRAW_HEX + 1, hash, sizeof hash);
	arena_free(tmp);
	return r;
}

static const char *as_json(struct arena *a, const int64_t *positions, int64_t n)
{
	struct str o;

	str_init(&o, a, JSON_MAX);
	str_addc(&o, '[');
	for (int64_t i = 0; i < n; i++)
		str_addf(&o, "%s%lld", i ? "," : "", (long long)positions[i]);
	str_addc(&o, ']');
	return o.s;
}

/* One unit's letters, in memory of their own: there may be very many. */
static int pick(struct db *db, const struct q_sample_lock *s, const struct frame *f, size_t i, const char *seed)
{
	struct arena *tmp = arena_new((size_t)256 << 20);
	const struct draw_unit *u = &f->units[i];
	int64_t k = u->drawn ? draw_count(u->letters, (int)s->letter_percent, s->letters_min) : 0, picked = 0;
	int r = q_sample_unit_add(db, s->id, f->rows[i].unit_id, u->letters, u->drawn, k, NULL);

	if (r == 0 && k > 0) {
		const int64_t *positions = draw_letters(tmp, seed, u->code, u->letters, k);

		r = q_sample_pick(db, s->id, f->rows[i].unit_id, f->from_at, f->to_at, as_json(tmp, positions, k), &picked);
	}
	arena_free(tmp);
	/* A letter of the list changed between counting and picking: all of it again. */
	if (r == 0 && picked != k)
		return err_set(ERR_RETRY, "%lld letters of %s instead of %lld", (long long)picked, u->code, (long long)k);
	return r;
}

static int drawable(const struct q_sample_lock *s, const char *factor)
{
	if (strcmp(s->state, "announced") != 0)
		return err_say(ERR_STATE, "%s", strcmp(s->state, "cancelled") == 0 ? "这次抽查已经取消" : "已经抽取过，不能再抽");
	if (s->draw_on > clock_day(clock_now()))
		return err_say(ERR_STATE, "还没有到公告的抽取日期");
	if (*s->factor_source && !*factor)
		return err_say(ERR_INVALID, "请填写公告里说的那个公开数");
	if (!*s->factor_source && *factor)
		return err_say(ERR_INVALID, "公告里没有说用公开数，请留空");
	return 0;
}

static int draw(struct db *db, void *arg)
{
	struct job *w = arg;
	struct arena *a = w->o->a;
	char seed[DRAW_HEX + 1], list[DRAW_HEX + 1];
	struct q_sample_secret_of secret;
	struct q_sample_lock s;
	struct frame f;
	int r = q_sample_lock(db, a, w->id, &s);

	if (r == 0)
		r = drawable(&s, w->text);
	if (r == 0)
		r = q_sample_secret_of(db, a, w->id, &secret);
	if (r == 0)
		r = load_frame(db, a, &s, &f);
	if (r < 0)
		return r;
	if (f.n == 0)
		return err_say(ERR_STATE, "这段时间没有答复过的信件，没有可抽的");
	draw_seed(a, secret.secret, w->text, seed);
	draw_units(a, seed, (int)s.unit_percent, f.units, f.n);
	r = hash_frame(db, &f, list);
	for (size_t i = 0; r == 0 && i < f.n; i++)
		r = pick(db, &s, &f, i, seed);
	return r < 0 ? r : q_sample_drawn(db, secret.secret, w->text, seed, list, org_by(w->o), clock_now(), w->id, NULL);
}

int sample_draw(const struct org *o, int64_t id, const char *factor)
{
	struct job w = { .o = o, .id = id, .text = factor ? factor : "" };
	int r = org_may(o, CAP_SAMPLE, 0);

	return r < 0 ? r : db_tx(o->db, draw, &w);
}

static int cancel(struct db *db, void *arg)
{
	struct job *w = arg;
	struct q_sample_lock s;
	int r = q_sample_lock(db, w->o->a, w->id, &s);

	if (r == 0 && strcmp(s.state, "announced") != 0)
		return err_say(ERR_STATE, "只有还没有抽取的才能取消");
	return r < 0 ? r : q_sample_end(db, "cancelled", w->text, org_by(w->o), clock_now(), w->id, NULL);
}

int sample_cancel(const struct org *o, int64_t id, const char *reason)
{
	struct job w = { .o = o, .id = id, .text = reason };
	int r = org_may(o, CAP_SAMPLE, 0);

	return r < 0 ? r : db_tx(o->db, cancel, &w);
}

/* --- results --- */

static int publish(struct db *db, void *arg)
{
	struct job *w = arg;
	struct q_sample_counts n;
	struct q_sample_lock s;
	int r = q_sample_lock(db, w->o->a, w->id, &s);

	if (r == 0 && strcmp(s.state, "drawn") != 0)
		return err_say(ERR_STATE, "抽取以后、公布以前才能公布结果");
	if (r == 0)
		r = q_sample_counts(db, w->o->a, w->id, &n);
	if (r < 0)
		return r;
	if (n.scored < n.letters)
		return err_say(ERR_STATE, "还有 %lld 件没有评分，评完才能公布", (long long)(n.letters - n.scored));
	if (n.standing > 0 && w->day <= clock_day(clock_now()))
		return err_say(ERR_INVALID, "有 %lld 件不合格，请写明整改期限，最早是明天", (long long)n.standing);
	return q_sample_publish(db, w->text, n.standing > 0 ? w->day : DAY_NONE, org_by(w->o), clock_now(), w->id, NULL);
}

int sample_publish(const struct org *o, int64_t id, const char *summary, int32_t rectify_by)
{
	struct job w = { .o = o, .id = id, .text = summary, .day = rectify_by };
	int r = org_may(o, CAP_SAMPLE, 0);

	return r < 0 ? r : db_tx(o->db, publish, &w);
}

static int close_it(struct db *db, void *arg)
{
	struct job *w = arg;
	struct q_sample_counts n;
	struct q_sample_of s;
	struct q_sample_lock locked;
	int r = q_sample_lock(db, w->o->a, w->id, &locked);

	if (r == 0 && strcmp(locked.state, "published") != 0)
		return err_say(ERR_STATE, "结果公布以后才能公布整改情况，只公布一次");
	if (r == 0)
		r = q_sample_of(db, w->o->a, w->id, &s);
	if (r == 0)
		r = q_sample_counts(db, w->o->a, w->id, &n);
	if (r < 0)
		return r;
	if (n.standing > 0 && s.rectify_by != DAY_NONE && s.rectify_by >= clock_day(clock_now()))
		return err_say(ERR_STATE, "还有 %lld 件没有整改好，整改期限还没有过", (long long)n.standing);
	return q_sample_end(db, "closed", w->text, org_by(w->o), clock_now(), w->id, NULL);
}

int sample_close(const struct org *o, int64_t id, const char *outcome)
{
	struct job w = { .o = o, .id = id, .text = outcome };
	int r = org_may(o, CAP_SAMPLE, 0);

	return r < 0 ? r : db_tx(o->db, close_it, &w);
}

/* --- doing it again --- */

static int verify_unit(struct db *db, struct arena *tmp, const struct q_sample_lock *s, const char *seed,
                       const struct q_sample_units *was, bool drawn, struct str *o, int64_t *wrong)
{
	int64_t k = drawn ? draw_count(was->letters, (int)s->letter_percent, s->letters_min) : 0;
	const int64_t *positions = draw_letters(tmp, seed, was->code, was->letters, k);
	struct q_sample_positions *rows;
	size_t n;
	int r = q_sample_positions(db, tmp, s->id, was->unit_id, &rows, &n);

	if (r < 0)
		return r;
	if (drawn != was->drawn || k != was->picked || (int64_t)n != k) {
		str_addf(o, "%s: drawn %lld of %lld, recorded %lld\n", was->code, (long long)k, (long long)was->letters,
		         (long long)n);
		++*wrong;
		return 0;
	}
	for (size_t i = 0; i < n; i++) {
		if (rows[i].position != positions[i]) {
			str_addf(o, "%s: position %lld instead of %lld\n", was->code, (long long)rows[i].position,
			         (long long)positions[i]);
			++*wrong;
		}
	}
	return 0;
}

static int by_code(const struct q_sample_units *a, const struct q_sample_units *b)
{
	return strcmp(a->code, b->code);
}

static int verify_draw(struct db *db, struct arena *a, const struct q_sample_lock *s, const struct q_sample_of *was,
                       struct str *o, int64_t *wrong)
{
	struct q_sample_units *rows;
	struct draw_unit *units;
	char text[DRAW_HEX + 1];
	size_t n;
	int r = q_sample_units(db, a, s->id, &rows, &n);

	if (r < 0)
		return r;
	draw_hash(was->secret, text);
	if (strcmp(text, was->commitment) != 0)
		str_add(o, "the secret is not the one that was announced\n"), ++*wrong;
	draw_seed(a, was->secret, was->factor, text);
	if (strcmp(text, was->seed) != 0)
		str_add(o, "the seed is not made of secret and public number\n"), ++*wrong;
	/* By code, as they were drawn. */
	for (size_t i = 1; i < n; i++) {
		for (size_t k = i; k > 0 && by_code(&rows[k - 1], &rows[k]) > 0; k--) {
			struct q_sample_units swap = rows[k];

			rows[k] = rows[k - 1];
			rows[k - 1] = swap;
		}
	}
	units = arena_array(a, n + 1, sizeof *units);
	for (size_t i = 0; i < n; i++)
		units[i] = (struct draw_unit){ .code = rows[i].code, .letters = rows[i].letters };
	draw_units(a, was->seed, (int)s->unit_percent, units, n);
	for (size_t i = 0; r == 0 && i < n; i++) {
		struct arena *tmp = arena_new((size_t)256 << 20);

		r = verify_unit(db, tmp, s, was->seed, &rows[i], units[i].drawn, o, wrong);
		arena_free(tmp);
	}
	return r;
}

int sample_verify(struct db *db, struct arena *a, int64_t id, struct str *o, int64_t *ret_wrong)
{
	struct q_sample_lock s;
	struct q_sample_of was;
	struct frame f;
	char list[DRAW_HEX + 1];
	int64_t wrong = 0;
	int r = q_sample_of(db, a, id, &was);

	if (r == 0 && !was.seed)
		return err_say(ERR_STATE, "还没有抽取");
	if (r == 0)
		r = q_sample_lock(db, a, id, &s);
	if (r == 0)
		r = verify_draw(db, a, &s, &was, o, &wrong);
	if (r == 0)
		r = load_frame(db, a, &s, &f);
	if (r == 0)
		r = hash_frame(db, &f, list);
	if (r < 0)
		return r;
	if (strcmp(list, was.frame_sha256) != 0)
		str_add(o, "note: the list of letters is not what it was at the draw (some passed to other units since)\n");
	*ret_wrong = wrong;
	return 0;
}
