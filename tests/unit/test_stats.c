/* What a letter adds to the statistics; that differences along any path come to what the letter is at its end; merging,
 * quantiles, means and rates. */
#include "shipped.h"
#include "stats.h"

static struct ticket letter(void)
{
	return (struct ticket){ .id = 1, .no = "MS-T-20260302-000001-0", .type = TYPE_COMPLAINT, .state = TICKET_SUBMITTED,
		.pub = PUB_NOT_DUE, .version = 1, .round = 1, .received_at = moment_of("2026-03-02T10:00"),
		.received_on = day_of("2026-03-02"), .accepted_at = TIME_NONE, .due_on = day_of("2026-03-17"),
		.first_due_on = DAY_NONE, .replied_at = TIME_NONE, .reply_workdays = -1, .closed_at = TIME_NONE };
}

static struct ticket accepted(void)
{
	struct ticket t = letter();

	t.state = TICKET_HANDLING;
	t.accepted_at = moment_of("2026-03-03T09:00");
	t.due_on = t.first_due_on = day_of("2026-03-17");
	t.unit_id = 7;
	return t;
}

static struct ticket answered(void)
{
	struct ticket t = accepted();

	t.state = TICKET_REPLIED;
	t.pub = PUB_PENDING_REVIEW;
	t.replied_at = moment_of("2026-03-17T23:59:59");
	t.reply_workdays = 10;
	return t;
}

/* "2026-03-02 received, …" in the order of the rows. */
static const char *rows_of(struct arena *a, const struct ticket *t)
{
	struct stats_row rows[STATS_ROWS_MAX];
	size_t n = stats_of(t, rows);
	struct str o;

	str_init(&o, a, 4000);
	for (size_t i = 0; i < n; i++) {
		assert_int_equal(rows[i].unit_id, t->unit_id);
		assert_int_equal(rows[i].type, t->type);
		assert_int_equal(rows[i].n, 1);
		str_addf(&o, "%s%s %s", i ? ", " : "", clock_fmt_day(a, rows[i].day) + 5, stats_measure_code(rows[i].measure));
		if (rows[i].bucket)
			str_addf(&o, "[%d]", rows[i].bucket);
	}
	return o.s;
}

static void a_letter_counts_by_what_has_become_of_it(void **state)
{
	struct arena *a = arena_new(1 << 20);
	struct ticket t = { .state = TICKET_NONE };

	(void)state;
	assert_string_equal(rows_of(a, &t), "");
	t = letter();
	assert_string_equal(rows_of(a, &t), "03-02 received");
	t.state = TICKET_REFUSED;
	assert_string_equal(rows_of(a, &t), "03-02 received, 03-02 refused");
	t.state = TICKET_INVALID;
	assert_string_equal(rows_of(a, &t), "03-02 invalid");
	t = accepted();
	assert_string_equal(rows_of(a, &t), "03-02 received, 03-03 accepted, 03-17 due");
	t.state = TICKET_MERGED;
	assert_string_equal(rows_of(a, &t), "03-02 received, 03-02 merged, 03-03 accepted");
	t.state = TICKET_WITHDRAWN;
	assert_string_equal(rows_of(a, &t), "03-02 received, 03-02 withdrawn, 03-03 accepted");
	t.state = TICKET_INVALID;
	assert_string_equal(rows_of(a, &t), "03-02 invalid");
	arena_free(a);
}

static void an_answer_counts_on_its_day_and_on_time_until_midnight(void **state)
{
	struct arena *a = arena_new(1 << 20);
	struct ticket t = answered();

	(void)state;
	assert_string_equal(rows_of(a, &t),
	                    "03-02 received, 03-03 accepted, 03-17 due, 03-17 on_time, 03-17 replied[10]");
	t.replied_at++;
	t.reply_workdays = 11;
	assert_string_equal(rows_of(a, &t), "03-02 received, 03-03 accepted, 03-17 due, 03-17 late, 03-18 replied[11]");
	t.reply_workdays = 1500;
	t.pub = PUB_PUBLISHED;
	t.grade = 3;
	assert_string_equal(rows_of(a, &t), "03-02 received, 03-03 accepted, 03-17 due, 03-17 late, 03-18 replied[999], "
	                                    "03-18 published, 03-18 rated[3], 03-18 satisfied");
	t.grade = 2;
	t.pub = PUB_WITHDRAWN_PUB;
	assert_string_equal(rows_of(a, &t),
	                    "03-02 received, 03-03 accepted, 03-17 due, 03-17 late, 03-18 replied[999], 03-18 rated[2]");
	arena_free(a);
}

/* The second round has a due day of its own; the figures are those of the first answer. */
static void a_later_round_does_not_move_the_first_answer(void **state)
{
	struct arena *a = arena_new(1 << 20);
	struct ticket t = answered();
	const char *before = rows_of(a, &t);

	(void)state;
	t.state = TICKET_HANDLING;
	t.round = 2;
	t.due_on = day_of("2026-04-10");
	assert_string_equal(rows_of(a, &t), before);
	t.due_on = DAY_NONE;
	assert_string_equal(rows_of(a, &t), before);
	arena_free(a);
}

/* Any change at all: what stats_changed() would append, summed up, is what the letter adds in the end. */
static void wander(struct ticket *t, uint64_t *seed)
{
	switch (random_int(seed, 0, 11)) {
	case 0: t->state = (enum ticket_state)random_int(seed, 0, TICKET__MAX - 1); break;
	case 1: t->pub = (enum pub_state)random_int(seed, 0, PUB__MAX - 1); break;
	case 2: t->unit_id = random_int(seed, 0, 3); break;
	case 3: t->due_on = random_int(seed, 0, 4) ? day_of("2026-03-01") + random_int(seed, 0, 40) : DAY_NONE; break;
	case 4: t->first_due_on = random_int(seed, 0, 4) ? day_of("2026-03-01") + random_int(seed, 0, 40) : DAY_NONE; break;
	case 5: t->accepted_at = t->received_at + random_int(seed, 0, 200000); break;
	case 6:
		t->replied_at = t->received_at + random_int(seed, 200000, 4000000);
		t->reply_workdays = random_int(seed, 0, 1200);
		break;
	case 7: t->grade = random_int(seed, 0, 5); break;
	case 8: t->round++; break;
	case 9: t->topic_id = random_int(seed, 0, 3) * 100; break;
	case 10: t->marks |= (unsigned)random_int(seed, 0, 15); break;
	case 11: t->simulated = random_int(seed, 0, 3) == 0; break;
	}
}

static size_t put(struct stats_row *rows, size_t n, const struct ticket *t, int sign)
{
	size_t more = stats_of(t, rows + n);

	for (size_t i = 0; i < more; i++)
		rows[n + i].n = sign;
	return n + more;
}

static void differences_add_up_to_the_letter(void **state)
{
	static struct stats_row rows[100 * STATS_ROWS_MAX];
	uint64_t seed = 42;

	(void)state;
	for (int path = 0; path < 2000; path++) {
		struct ticket none = { .state = TICKET_NONE }, before = none, now = letter();
		size_t n = 0;

		for (int step = 0; step < 12; step++) {
			size_t from = n;

			n = put(rows, n, &before, -1);
			n = put(rows, n, &now, 1);
			n = from + stats_merge(rows + from, n - from);
			before = now;
			wander(&now, &seed);
		}
		n = put(rows, n, &before, -1);
		assert_int_equal(stats_merge(rows, n), 0);
	}
}

static void nothing_changed_is_no_row(void **state)
{
	struct stats_row rows[2 * STATS_ROWS_MAX];
	struct ticket t = answered();
	size_t n = put(rows, 0, &t, -1);

	(void)state;
	t.version++;
	t.handler_id = 9;
	t.state = TICKET_HANDLING;
	t.round = 2;
	n = put(rows, n, &t, 1);
	assert_int_equal(stats_merge(rows, n), 0);
	assert_int_equal(stats_merge(rows, 0), 0);
}

static struct stats_line line_of(int64_t *hist, size_t n)
{
	return (struct stats_line){ .hist = hist, .hist_n = n };
}

static void quantiles_are_the_smallest_day_that_covers_the_share(void **state)
{
	int64_t one[] = { 0, 0, 0, 1 }, two[] = { 0, 1, 0, 1 }, ten[] = { 1, 1, 1, 1, 1, 1, 1, 1, 1, 1 };
	int64_t thirty[] = { 20, 7, 0, 3 }, nought[] = { 5 }, gone[] = { 0, 0 };
	struct stats_line l = line_of(NULL, 0);

	(void)state;
	assert_int_equal(stats_quantile(&l, 0.5), -1);
	l = line_of(gone, 2);
	assert_int_equal(stats_quantile(&l, 0.5), -1);
	l = line_of(one, 4);
	assert_int_equal(stats_quantile(&l, 0.5), 3);
	l = line_of(two, 4);
	assert_int_equal(stats_quantile(&l, 0.5), 1);
	assert_int_equal(stats_quantile(&l, 0.9), 3);
	l = line_of(ten, 10);
	assert_int_equal(stats_quantile(&l, 0.5), 4);
	assert_int_equal(stats_quantile(&l, 0.9), 8);
	assert_int_equal(stats_quantile(&l, 1.0), 9);
	l = line_of(thirty, 4);
	assert_int_equal(stats_quantile(&l, 0.9), 1);
	l = line_of(nought, 1);
	assert_int_equal(stats_quantile(&l, 0.9), 0);
}

static void means_and_rates_are_rounded_half_up(void **state)
{
	int64_t half[] = { 19, 1 }, third[] = { 2, 1 };
	struct stats_line l = line_of(half, 2);

	(void)state;
	assert_int_equal(stats_mean_tenths(&l), 1);          /* 0.05 → 0.1 */
	l = line_of(third, 2);
	assert_int_equal(stats_mean_tenths(&l), 3);
	l = line_of(NULL, 0);
	assert_int_equal(stats_mean_tenths(&l), -1);
	assert_int_equal(stats_on_time_rate(&l), -1);
	l.n[STATS_due] = 3;
	assert_int_equal(stats_on_time_rate(&l), 0);
	l.n[STATS_on_time] = 2;
	assert_int_equal(stats_on_time_rate(&l), 6667);
	l.n[STATS_on_time] = 3;
	assert_int_equal(stats_on_time_rate(&l), 10000);
	l.n[STATS_due] = 20000;
	l.n[STATS_on_time] = 1;
	assert_int_equal(stats_on_time_rate(&l), 1);         /* 0.005 % → 0.01 % */
}

static void every_measure_has_a_name_a_code_and_a_definition(void **state)
{
	(void)state;
	for (int m = 0; m < STATS__MAX; m++) {
		assert_int_equal(stats_measure_from(stats_measure_code((enum stats_measure)m)), m);
		assert_true(*stats_measure_name((enum stats_measure)m) && *stats_measure_definition((enum stats_measure)m));
	}
	assert_int_equal(stats_measure_from("nothing"), STATS__MAX);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_letter_counts_by_what_has_become_of_it),
		cmocka_unit_test(an_answer_counts_on_its_day_and_on_time_until_midnight),
		cmocka_unit_test(a_later_round_does_not_move_the_first_answer),
		cmocka_unit_test(differences_add_up_to_the_letter),
		cmocka_unit_test(nothing_changed_is_no_row),
		cmocka_unit_test(quantiles_are_the_smallest_day_that_covers_the_share),
		cmocka_unit_test(means_and_rates_are_rounded_half_up),
		cmocka_unit_test(every_measure_has_a_name_a_code_and_a_definition),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
