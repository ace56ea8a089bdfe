/* Terms: due dates over holidays and make-up days, pauses, months, what is left, lights and policies. */
#include "shipped.h"
#include "sla.h"

static struct arena *arena;
static struct calendar *cal;

static int setup(void **state)
{
	(void)state;
	arena = arena_new((size_t)256 << 20);
	cal = shipped_calendar(arena);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static struct sla_due due_of(int32_t start, int amount, char unit, const struct sla_pause *pauses, size_t n)
{
	struct sla_due due = { .on = DAY_NONE };

	assert_int_equal(sla_due(cal, start, (struct sla_term){ amount, unit }, pauses, n, &due), 0);
	assert_int_equal(due.at, clock_day_start(due.on + 1));
	return due;
}

/* Received at a moment, with the office closing at 17:30: the effective day and the due day, with the deem rule
 * and without. */
static void terms_end_where_the_notices_say(void **state)
{
	static const struct { const char *at; int n; const char *effective, *deemed, *plain; bool provisional; } want[] = {
		{ "2026-02-13T10:00", 2,  "2026-02-13", "2026-02-24", "2026-02-24", false },
		{ "2026-09-18T16:00", 2,  "2026-09-18", "2026-09-21", "2026-09-21", false },
		{ "2025-09-30T16:00", 5,  "2025-09-30", "2025-10-14", "2025-10-14", false },
		{ "2025-10-03T09:00", 5,  "2025-10-09", "2025-10-15", "2025-10-14", false },
		{ "2026-03-02T18:30", 5,  "2026-03-03", "2026-03-10", "2026-03-09", false },
		{ "2024-02-08T09:00", 5,  "2024-02-08", "2024-02-21", "2024-02-21", false },
		{ "2024-09-13T17:00", 5,  "2024-09-13", "2024-09-23", "2024-09-23", false },
		{ "2024-09-30T18:00", 7,  "2024-10-08", "2024-10-16", "2024-10-15", false },
		{ "2025-01-24T17:31", 5,  "2025-01-26", "2025-02-08", "2025-02-07", false },
		{ "2025-04-25T11:00", 2,  "2025-04-25", "2025-04-28", "2025-04-28", false },
		{ "2026-04-30T09:00", 10, "2026-04-30", "2026-05-18", "2026-05-18", false },
		{ "2026-01-01T12:00", 15, "2026-01-04", "2026-01-23", "2026-01-22", false },
		{ "2025-12-29T10:00", 7,  "2025-12-29", "2026-01-08", "2026-01-08", false },
		{ "2026-05-08T17:30", 2,  "2026-05-08", "2026-05-11", "2026-05-11", false },
		{ "2026-12-28T10:00", 5,  "2026-12-28", "2027-01-05", "2027-01-05", true },
	};
	struct office_hours on = { .open_min = 510, .close_min = 1050, .deem_next_workday = true }, off = on;
	size_t n = sizeof want / sizeof want[0];

	(void)state;
	off.deem_next_workday = false;
	for (size_t i = 0; i < n; i++) {
		int32_t effective = calendar_effective_day(cal, &on, moment_of(want[i].at));
		struct sla_due deemed = due_of(effective, want[i].n, 'W', NULL, 0);
		struct sla_due plain = due_of(calendar_effective_day(cal, &off, moment_of(want[i].at)), want[i].n, 'W', NULL, 0);

		assert_int_equal(effective, day_of(want[i].effective));
		assert_int_equal(deemed.on, day_of(want[i].deemed));
		assert_int_equal(plain.on, day_of(want[i].plain));
		assert_int_equal(deemed.provisional, want[i].provisional);
		assert_false(deemed.paused);
	}
	print_message("[ NOTE ] %zu of 15 terms agree\n", n);
}

static void the_last_day_lasts_until_midnight(void **state)
{
	(void)state;
	assert_int_equal(due_of(day_of("2026-03-02"), 5, 'W', NULL, 0).at, moment_of("2026-03-10T00:00"));
}

static void calendar_days_and_months_end_on_a_working_day(void **state)
{
	static const struct { const char *start; int amount; char unit; const char *due; } want[] = {
		{ "2026-03-02", 15, 'D', "2026-03-17" }, { "2026-03-06", 1, 'D', "2026-03-09" },
		{ "2026-09-16", 15, 'D', "2026-10-08" }, { "2026-02-13", 1, 'D', "2026-02-14" },
		{ "2026-02-07", 0, 'D', "2026-02-07" },  { "2026-03-02", 0, 'M', "2026-03-02" },
		{ "2026-03-02", 3, 'M', "2026-06-02" },  { "2026-01-31", 1, 'M', "2026-02-28" },
		{ "2024-01-31", 1, 'M', "2024-02-29" },  { "2026-03-31", 1, 'M', "2026-04-30" },
		{ "2025-12-31", 2, 'M', "2026-02-28" },  { "2026-07-01", 3, 'M', "2026-10-08" },
		{ "2025-11-30", 3, 'M', "2026-02-28" },  { "2026-01-15", 11, 'M', "2026-12-15" },
		{ "2025-12-10", 12, 'M', "2026-12-10" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof want / sizeof want[0]; i++)
		assert_int_equal(due_of(day_of(want[i].start), want[i].amount, want[i].unit, NULL, 0).on, day_of(want[i].due));
}

#define PAUSE(from, to) { day_of(from), day_of(to) }

static void paused_days_are_not_counted(void **state)
{
	/* Monday the 2nd, five working days: Monday the 9th without a pause. */
	const int32_t start = day_of("2026-03-02");
	const struct { struct sla_pause p[2]; size_t n; const char *w5, *d5, *m1; } want[] = {
		{ { PAUSE("2026-03-03", "2026-03-05") }, 1, "2026-03-11", "2026-03-09", "2026-04-07" },
		{ { PAUSE("2026-03-03", "2026-03-03") }, 1, "2026-03-09", "2026-03-09", "2026-04-02" },
		{ { PAUSE("2026-03-06", "2026-03-08") }, 1, "2026-03-09", "2026-03-09", "2026-04-07" },
		{ { PAUSE("2026-02-20", "2026-03-04") }, 1, "2026-03-11", "2026-03-09", "2026-04-07" },
		{ { PAUSE("2026-03-09", "2026-03-20") }, 1, "2026-03-09", "2026-03-09", "2026-04-13" },
		{ { PAUSE("2026-04-10", "2026-04-20") }, 1, "2026-03-09", "2026-03-09", "2026-04-02" },
		{ { PAUSE("2026-03-05", "2026-03-10"), PAUSE("2026-03-03", "2026-03-06") }, 2, "2026-03-16", "2026-03-16", "2026-04-09" },
		{ { PAUSE("2026-03-02", "2026-03-03"), PAUSE("2026-03-03", "2026-03-04") }, 2, "2026-03-11", "2026-03-09", "2026-04-07" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof want / sizeof want[0]; i++) {
		assert_int_equal(due_of(start, 5, 'W', want[i].p, want[i].n).on, day_of(want[i].w5));
		assert_int_equal(due_of(start, 5, 'D', want[i].p, want[i].n).on, day_of(want[i].d5));
		assert_int_equal(due_of(start, 1, 'M', want[i].p, want[i].n).on, day_of(want[i].m1));
	}
}

static void an_open_pause_is_told_and_moves_nothing(void **state)
{
	const int32_t start = day_of("2026-03-02");
	const struct sla_pause open[] = { { day_of("2026-03-04"), DAY_NONE }, PAUSE("2026-03-02", "2026-03-03") };
	const struct sla_pause late = { day_of("2026-03-09"), DAY_NONE };
	struct sla_due due = due_of(start, 5, 'W', open, 2);

	(void)state;
	assert_true(due.paused);
	assert_int_equal(due.on, day_of("2026-03-10"));
	/* The term had run out before the pause began. */
	due = due_of(start, 5, 'W', &late, 1);
	assert_false(due.paused);
	assert_int_equal(due.on, day_of("2026-03-09"));
}

static void an_extension_is_a_larger_amount(void **state)
{
	const int32_t start = day_of("2026-09-21");
	int32_t first = due_of(start, 5, 'W', NULL, 0).on;

	(void)state;
	assert_int_equal(due_of(start, 10, 'W', NULL, 0).on, due_of(first, 5, 'W', NULL, 0).on);
}

static void what_makes_no_sense_is_refused(void **state)
{
	const int32_t start = day_of("2026-03-02");
	const struct sla_pause backwards = { start, start - 1 }, endless = { DAY_NONE, start };
	const struct { int32_t start; struct sla_term term; const struct sla_pause *pause; } bad[] = {
		{ start, { 5, 'X' }, NULL }, { start, { -1, 'W' }, NULL }, { start, { 10001, 'W' }, NULL },
		{ start, { 10001, 'D' }, NULL }, { start, { 241, 'M' }, NULL }, { DAY_NONE, { 5, 'W' }, NULL },
		{ start, { 5, 'W' }, &backwards }, { start, { 5, 'D' }, &endless },
		{ clock_day_of(2299, 12, 30), { 5, 'W' }, NULL }, { clock_day_of(2299, 12, 30), { 5, 'D' }, NULL },
		{ clock_day_of(2299, 12, 30), { 1, 'M' }, NULL }, { clock_day_of(2299, 12, 30), { 1, 'D' }, NULL },
	};
	struct sla_due due = { .on = 7 };

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
		assert_int_equal(sla_due(cal, bad[i].start, bad[i].term, bad[i].pause, bad[i].pause != NULL, &due), ERR_INVALID);
	assert_int_equal(due.on, 7);
}

/* --- against a slow reference that walks one day at a time --- */

static bool is_paused(const struct sla_pause *p, size_t n, int32_t day)
{
	bool in = false;

	for (size_t i = 0; i < n; i++)
		in |= p[i].to != DAY_NONE && p[i].from < day && p[i].to >= day;
	return in;
}

static int32_t slow_months(int32_t start, int months)
{
	int y, m, d;
	int32_t day;

	clock_civil(start, &y, &m, &d);
	for (; months > 0; months--)
		y += m == 12, m = m % 12 + 1;
	for (day = clock_day_of(y, m, 1) + 27;; day++) {
		int y2, m2, d2;

		clock_civil(day + 1, &y2, &m2, &d2);
		if (m2 != m)
			break;
	}
	return clock_day_of(y, m, d) < day ? clock_day_of(y, m, d) : day;
}

static int32_t slow_due(int32_t start, struct sla_term term, const struct sla_pause *p, size_t n)
{
	int32_t day = start;
	int left = term.unit == 'M' ? slow_months(start, term.amount) - start : term.amount;

	while (left > 0) {
		day++;
		left -= !is_paused(p, n, day) && (term.unit != 'W' || calendar_is_workday(cal, day));
	}
	while (day > start && (is_paused(p, n, day) || !calendar_is_workday(cal, day)))
		day++;
	return day;
}

static struct sla_term random_term(uint64_t *seed)
{
	static const char units[] = "WWDDM";
	char unit = units[random_int(seed, 0, 4)];

	return (struct sla_term){ random_int(seed, 0, unit == 'M' ? 14 : 60), unit };
}

static size_t random_pauses(uint64_t *seed, int32_t start, struct sla_pause p[4])
{
	size_t n = (size_t)random_int(seed, 0, 4);

	for (size_t i = 0; i < n; i++) {
		p[i].from = start + random_int(seed, -20, 60);
		p[i].to = random_int(seed, 0, 9) ? p[i].from + random_int(seed, 0, 25) : DAY_NONE;
	}
	return n;
}

static void the_account_fits(int32_t start, struct sla_term term, const struct sla_pause *p, size_t n, int32_t on)
{
	struct sla_step *steps;
	size_t n_steps;
	int counted = 0, want = term.unit == 'M' ? slow_months(start, term.amount) - start : term.amount;

	assert_int_equal(sla_explain(arena, cal, start, term, p, n, &steps, &n_steps), 0);
	assert_int_equal(n_steps, on - start + 1);
	assert_int_equal(steps[0].why, SLA_START);
	for (size_t i = 0; i < n_steps; i++) {
		assert_int_equal(steps[i].day, start + (int32_t)i);
		assert_int_equal(steps[i].kind, calendar_kind_of(cal, steps[i].day));
		assert_int_equal(steps[i].counted, steps[i].why == SLA_COUNTED ? ++counted : 0);
		assert_int_equal(steps[i].why == SLA_PAUSED, i && is_paused(p, n, steps[i].day));
	}
	assert_int_equal(counted, want);
	if (want)
		assert_true(steps[n_steps - 1].why == SLA_COUNTED || steps[n_steps - 1].why == SLA_MOVED);
}

static void terms_agree_with_walking_day_by_day(void **state)
{
	struct arena *keep = arena;
	uint64_t seed = 5;

	(void)state;
	arena = arena_new((size_t)64 << 20);
	for (int i = 0; i < 20000; i++) {
		int32_t start = clock_day_of(2005, 1, 1) + random_int(&seed, 0, 26 * 365);
		struct sla_term term = random_term(&seed);
		struct sla_pause p[4];
		size_t n = random_pauses(&seed, start, p);
		struct sla_due due = due_of(start, term.amount, term.unit, p, n);

		assert_int_equal(due.on, slow_due(start, term, p, n));
		assert_int_equal(due.provisional, calendar_span_provisional(cal, start, due.on));
		if (i % 10 == 0)
			the_account_fits(start, term, p, n, due.on);
		arena_reset(arena);
	}
	arena_free(arena);
	arena = keep;
}

static void more_days_or_pauses_never_end_sooner(void **state)
{
	uint64_t seed = 9;

	(void)state;
	for (int i = 0; i < 2000; i++) {
		int32_t start = clock_day_of(2010, 1, 1) + random_int(&seed, 0, 18 * 365);
		struct sla_term term = random_term(&seed);
		struct sla_pause p[4];
		size_t n = random_pauses(&seed, start, p);
		int32_t on = due_of(start, term.amount, term.unit, p, n).on;

		assert_true(due_of(start, term.amount + 1, term.unit, p, n).on >= on);
		if (n)
			assert_true(due_of(start, term.amount, term.unit, p, n - 1).on <= on);
		assert_true(due_of(start + 1, term.amount, term.unit, p, n).on >= on || term.unit == 'M');
	}
}

/* --- the account --- */

static void the_account_names_each_day(void **state)
{
	const struct sla_pause pause = PAUSE("2026-02-24", "2026-02-25");
	static const struct { enum sla_why why; int counted; const char *name; } want[] = {
		{ SLA_START, 0, "" }, { SLA_COUNTED, 1, "春节" },
		{ SLA_HOLIDAY, 0, "春节" }, { SLA_HOLIDAY, 0, "春节" }, { SLA_HOLIDAY, 0, "春节" }, { SLA_HOLIDAY, 0, "春节" },
		{ SLA_HOLIDAY, 0, "春节" }, { SLA_HOLIDAY, 0, "春节" }, { SLA_HOLIDAY, 0, "春节" }, { SLA_HOLIDAY, 0, "春节" },
		{ SLA_HOLIDAY, 0, "春节" }, { SLA_COUNTED, 2, "" }, { SLA_PAUSED, 0, "" }, { SLA_COUNTED, 3, "" },
	};
	struct sla_step *steps;
	size_t n;

	(void)state;
	assert_int_equal(sla_explain(arena, cal, day_of("2026-02-13"), (struct sla_term){ 3, 'W' }, &pause, 1, &steps, &n), 0);
	assert_int_equal(n, sizeof want / sizeof want[0]);
	for (size_t i = 0; i < n; i++) {
		assert_int_equal(steps[i].why, want[i].why);
		assert_int_equal(steps[i].counted, want[i].counted);
		assert_string_equal(steps[i].name, want[i].name);
		assert_false(steps[i].provisional);
	}
}

static void the_account_shows_the_move_to_a_working_day(void **state)
{
	static const enum sla_why want[] = { SLA_START, SLA_COUNTED, SLA_COUNTED, SLA_WEEKEND, SLA_MOVED };
	struct sla_step *steps;
	size_t n;

	(void)state;
	assert_int_equal(sla_explain(arena, cal, day_of("2026-03-05"), (struct sla_term){ 2, 'D' }, NULL, 0, &steps, &n), 0);
	assert_int_equal(n, 5);
	for (size_t i = 0; i < n; i++)
		assert_int_equal(steps[i].why, want[i]);
}

static void an_endless_account_is_refused(void **state)
{
	const struct sla_pause century = { day_of("1950-01-02"), day_of("2100-01-01") };
	struct sla_step *steps;
	size_t n;

	(void)state;
	assert_int_equal(sla_explain(arena, cal, day_of("1950-01-02"), (struct sla_term){ 3, 'W' }, &century, 1, &steps, &n),
	                 ERR_TOOBIG);
	assert_int_equal(sla_explain(arena, cal, day_of("2026-01-02"), (struct sla_term){ 10000, 'W' }, NULL, 0, &steps, &n), 0);
}

/* --- what is left --- */

static void days_left_at_the_edges(void **state)
{
	static const struct { const char *today, *due; int left; } want[] = {
		{ "2026-03-09", "2026-03-09", 0 },  { "2026-03-06", "2026-03-09", 1 },  { "2026-03-08", "2026-03-09", 1 },
		{ "2026-03-02", "2026-03-09", 5 },  { "2026-03-10", "2026-03-09", -1 }, { "2026-03-07", "2026-03-06", -1 },
		{ "2026-03-08", "2026-03-06", -1 }, { "2026-03-09", "2026-03-06", -1 }, { "2026-03-10", "2026-03-06", -2 },
		{ "2026-10-07", "2026-09-30", -1 }, { "2026-10-08", "2026-09-30", -1 }, { "2026-09-30", "2026-10-08", 1 },
		{ "2026-03-07", "2026-03-08", 1 },  { "2026-02-13", "2026-02-24", 2 },  { "2026-02-14", "2026-02-24", 1 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof want / sizeof want[0]; i++)
		assert_int_equal(sla_left(cal, day_of(want[i].today), day_of(want[i].due)), want[i].left);
}

static void days_left_in_words(void **state)
{
	(void)state;
	assert_string_equal(sla_left_words(arena, 4), "还有 4 个工作日");
	assert_string_equal(sla_left_words(arena, 0), "今天到期");
	assert_string_equal(sla_left_words(arena, -1), "超期 1 个工作日");
}

static void lights_change_at_their_thresholds(void **state)
{
	static const struct { int left; enum sla_light usual, strict; } want[] = {
		{ 6, SLA_GREEN, SLA_GREEN },    { 5, SLA_GREEN, SLA_WARNING }, { 3, SLA_GREEN, SLA_WARNING },
		{ 2, SLA_WARNING, SLA_WARNING }, { 0, SLA_WARNING, SLA_WARNING }, { -1, SLA_YELLOW, SLA_RED },
		{ -2, SLA_YELLOW, SLA_RED },    { -3, SLA_RED, SLA_RED },
	};
	static const struct sla_thresholds strict = { .warn = 5, .yellow = 0 };

	(void)state;
	for (size_t i = 0; i < sizeof want / sizeof want[0]; i++) {
		assert_int_equal(sla_light(want[i].left, NULL), want[i].usual);
		assert_int_equal(sla_light(want[i].left, &strict), want[i].strict);
	}
}

static void the_most_specific_policy_applies(void **state)
{
	const int32_t d = day_of("2026-01-01");
	const struct sla_policy p[] = {
		{ .id = 1, .timer = "reply", .amount = 15, .unit = 'W', .valid_from = DAY_NONE, .valid_to = DAY_NONE },
		{ .id = 2, .timer = "reply", .type = "consult", .amount = 5, .unit = 'W', .valid_from = d, .valid_to = DAY_NONE },
		{ .id = 3, .timer = "reply", .unit_id = 9, .amount = 6, .unit = 'W', .valid_from = d, .valid_to = DAY_NONE },
		{ .id = 4, .timer = "reply", .type = "consult", .unit_id = 9, .amount = 3, .unit = 'W', .valid_from = d + 10, .valid_to = d + 20 },
		{ .id = 5, .timer = "reply", .type = "consult", .amount = 4, .unit = 'W', .valid_from = d + 30, .valid_to = DAY_NONE },
		{ .id = 6, .timer = "accept", .amount = 1, .unit = 'W', .valid_from = d, .valid_to = DAY_NONE },
		{ .id = 7, .timer = "accept", .amount = 2, .unit = 'W', .valid_from = d, .valid_to = DAY_NONE },
	};
	const struct { const char *timer, *type; int64_t unit_id; int32_t day; int64_t id; } want[] = {
		{ "reply", "suggest", 1, d, 1 },      { "reply", "consult", 1, d, 2 },      { "reply", "suggest", 9, d, 3 },
		{ "reply", "consult", 9, d + 9, 3 },  { "reply", "consult", 9, d + 10, 4 }, { "reply", "consult", 9, d + 20, 4 },
		{ "reply", "consult", 9, d + 21, 3 }, { "reply", "consult", 1, d + 29, 2 }, { "reply", "consult", 1, d + 30, 5 },
		{ "reply", "consult", 1, d - 1, 1 },  { "reply", NULL, 0, d, 1 },           { "reply", NULL, 9, d, 3 },
		{ "accept", "consult", 1, d, 7 },     { "accept", "consult", 1, d - 1, 0 }, { "sign", "consult", 1, d, 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof want / sizeof want[0]; i++) {
		const struct sla_policy *got = sla_policy_pick(p, sizeof p / sizeof p[0], want[i].timer, want[i].type,
		                                               want[i].unit_id, want[i].day);

		assert_int_equal(got ? got->id : 0, want[i].id);
	}
}

/* From this day on a writer may ask where the answer is. */
static void half_of_a_term_is_over(void **state)
{
	static const struct { const char *from, *to, *half; char unit; } want[] = {
		{ "2026-09-29", "2026-10-20", "2026-10-13", 'W' }, /* 10 working days over the National Day break */
		{ "2026-11-02", "2026-11-09", "2026-11-05", 'W' }, /* 5: the third */
		{ "2026-11-02", "2026-11-03", "2026-11-03", 'W' },
		{ "2026-11-02", "2026-11-02", "2026-11-02", 'W' },
		{ "2026-11-02", "2026-11-12", "2026-11-07", 'D' }, { "2026-11-02", "2026-11-05", "2026-11-04", 'D' },
		{ "2026-11-09", "2026-11-02", "2026-11-02", 'W' }, /* shortened by a leader to before its beginning */
	};

	(void)state;
	for (size_t i = 0; i < sizeof want / sizeof want[0]; i++) {
		int32_t from, to;

		assert_int_equal(clock_parse_day(want[i].from, &from), 0);
		assert_int_equal(clock_parse_day(want[i].to, &to), 0);
		assert_string_equal(clock_fmt_day(arena, sla_half(cal, from, to, want[i].unit)), want[i].half);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(terms_end_where_the_notices_say),
		cmocka_unit_test(the_last_day_lasts_until_midnight),
		cmocka_unit_test(calendar_days_and_months_end_on_a_working_day),
		cmocka_unit_test(paused_days_are_not_counted),
		cmocka_unit_test(an_open_pause_is_told_and_moves_nothing),
		cmocka_unit_test(an_extension_is_a_larger_amount),
		cmocka_unit_test(what_makes_no_sense_is_refused),
		cmocka_unit_test(terms_agree_with_walking_day_by_day),
		cmocka_unit_test(more_days_or_pauses_never_end_sooner),
		cmocka_unit_test(the_account_names_each_day),
		cmocka_unit_test(the_account_shows_the_move_to_a_working_day),
		cmocka_unit_test(an_endless_account_is_refused),
		cmocka_unit_test(days_left_at_the_edges),
		cmocka_unit_test(days_left_in_words),
		cmocka_unit_test(lights_change_at_their_thresholds),
		cmocka_unit_test(the_most_specific_policy_applies),
		cmocka_unit_test(half_of_a_term_is_over),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
