/* raw_submit - the limit of a submission: the rows of one letter in one transaction, prepared statements, nothing else.
 *
 * `raw_submit SOCKET DATABASE CONNECTIONS SECONDS BODYFILE` prints transactions a second. The database has the product's
 * schema and is on the same server with the same settings, so the durability is the same. It reads nothing, decides
 * nothing, seals nothing; a statement a row, as anybody would write it first. */
#include <mysql.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define PARAMS_MAX 16
#define BODY_MAX (64 << 10)
#define SEALED_BYTES 256

/* Where the values come from: one letter a parameter, see value(). */
static const struct row { const char *sql, *values; char keep; } rows[] = {
	{ "INSERT INTO ticket (no, type, channel, state, version, title, unit_id, wanted_unit_id, publish_ok, received_at, "
	  "received_on, accepted_at, due_on, due_provisional, first_due_on) VALUES (?, ?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
	  "NtasTxx1@DxD0x", 'I' },
	{ "INSERT INTO ticket_text (ticket_id, body, demand, place) VALUES (?, ?, ?, ?)", "IBep", 0 },
	{ "INSERT INTO ticket_code (ticket_id, code_hash) VALUES (?, ?)", "IH", 0 },
	{ "INSERT INTO contact (ticket_id, key_id, sealed, has_phone, has_email) VALUES (?, ?, ?, ?, ?)", "IkS10", 0 },
	{ "INSERT INTO timer (ticket_id, kind, round, state, policy_id, start_on, amount, amount_unit, due_on, provisional, "
	  "next_at, next_what) VALUES (?, ?, ?, 'running', NULLIF(?, 0), ?, ?, ?, ?, ?, ?, ?)", "IA11D1wD0@b", 'M' },
	{ "INSERT INTO timer_event (timer_id, ticket_id, what, due_at, at, old_due_on, new_due_on, version) "
	  "VALUES (?, ?, ?, ?, ?, ?, ?, NULLIF(?, 0))", "MIrx@xD1", 0 },
	{ "INSERT INTO timer (ticket_id, kind, round, state, policy_id, start_on, amount, amount_unit, due_on, provisional, "
	  "next_at, next_what) VALUES (?, ?, ?, 'running', NULLIF(?, 0), ?, ?, ?, ?, ?, ?, ?)", "IV11D1wD0@b", 'M' },
	{ "INSERT INTO timer_event (timer_id, ticket_id, what, due_at, at, old_due_on, new_due_on, version) "
	  "VALUES (?, ?, ?, ?, ?, ?, ?, NULLIF(?, 0))", "MIrx@xD1", 0 },
	{ "INSERT INTO history (ticket_id, version, at, actor, officer_id, unit_id, action, from_state, to_state, round, reason, "
	  "note, public_note) VALUES (?, ?, ?, ?, NULLIF(?, 0), NULLIF(?, 0), ?, ?, ?, ?, ?, ?, ?)", "I1@z00uns1xxx", 0 },
	{ "INSERT INTO outbox (ticket_id, event, audience, unit_id, next_at, created_at) VALUES (?, ?, ?, NULLIF(?, 0), ?, ?)",
	  "Iuy0@@", 0 },
	{ "INSERT INTO stat_delta (day, unit_id, type, measure, bucket, n) VALUES (?, ?, ?, ?, ?, ?)", "D0tm01", 0 },
	{ "INSERT INTO idem (ik, body_hash, ticket_id, due_on, provisional, created_at) VALUES (?, ?, ?, ?, ?, ?)", "JHID0@", 0 },
};
#define ROWS_N (sizeof(rows) / sizeof(rows[0]))

static const struct { char letter; const char *text; } texts[] = {
	{ 't', "complaint" }, { 'a', "api" }, { 's', "submitted" }, { 'e', "" }, { 'p', "人民路 12 号" }, { 'A', "accept" },
	{ 'V', "veto" }, { 'w', "W" }, { 'b', "breach" }, { 'r', "start" }, { 'z', "citizen" }, { 'u', "submit" },
	{ 'n', "none" }, { 'y', "writer" }, { 'm', "received" }, { 'T', "路灯不亮请维修 000000000000" },
};

static struct {
	char no[40], body[BODY_MAX];
	unsigned char ik[32], hash[32], key_id[8], sealed[SEALED_BYTES];
	unsigned long body_n;
	long long ticket_id, timer_id, zero, one;
	MYSQL_TIME now, day;
} v;

static __attribute__((noreturn)) void die(const char *what, const char *detail)
{
	fprintf(stderr, "raw_submit: %s: %s\n", what, detail);
	exit(1);
}

static void bytes(MYSQL_BIND *b, enum enum_field_types type, const void *p, unsigned long n)
{
	b->buffer_type = type;
	b->buffer = (void *)p;
	b->buffer_length = n;
}

static void text(MYSQL_BIND *b, char letter)
{
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		if (texts[i].letter == letter) {
			bytes(b, MYSQL_TYPE_STRING, texts[i].text, strlen(texts[i].text));
			return;
		}
	}
	die("no such value", &letter);
}

static void value(MYSQL_BIND *b, char letter)
{
	switch (letter) {
	case 'x': b->buffer_type = MYSQL_TYPE_NULL; break;
	case 'I': bytes(b, MYSQL_TYPE_LONGLONG, &v.ticket_id, 8); break;
	case 'M': bytes(b, MYSQL_TYPE_LONGLONG, &v.timer_id, 8); break;
	case '0': bytes(b, MYSQL_TYPE_LONGLONG, &v.zero, 8); break;
	case '1': bytes(b, MYSQL_TYPE_LONGLONG, &v.one, 8); break;
	case '@': bytes(b, MYSQL_TYPE_DATETIME, &v.now, sizeof(v.now)); break;
	case 'D': bytes(b, MYSQL_TYPE_DATE, &v.day, sizeof(v.day)); break;
	default:
		if (letter == 'N')
			bytes(b, MYSQL_TYPE_STRING, v.no, strlen(v.no));
		else if (letter == 'B')
			bytes(b, MYSQL_TYPE_STRING, v.body, v.body_n);
		else if (letter == 'H' || letter == 'J')
			bytes(b, MYSQL_TYPE_BLOB, letter == 'H' ? v.hash : v.ik, 32);
		else if (letter == 'k')
			bytes(b, MYSQL_TYPE_BLOB, v.key_id, sizeof(v.key_id));
		else if (letter == 'S')
			bytes(b, MYSQL_TYPE_BLOB, v.sealed, sizeof(v.sealed));
		else
			text(b, letter);
	}
}

static double now_s(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static MYSQL *open_database(const char *socket, const char *name)
{
	MYSQL *my = mysql_init(NULL);

	mysql_options(my, MYSQL_SET_CHARSET_NAME, "utf8mb4");
	mysql_options(my, MYSQL_INIT_COMMAND, "SET SESSION tx_isolation='READ-COMMITTED'");
	if (!mysql_real_connect(my, NULL, NULL, NULL, name, 0, socket, 0))
		die("connect", mysql_error(my));
	return my;
}

static void prepare(MYSQL *my, MYSQL_STMT *st[ROWS_N])
{
	MYSQL_BIND binds[PARAMS_MAX];

	for (size_t i = 0; i < ROWS_N; i++) {
		size_t n = strlen(rows[i].values);

		memset(binds, 0, sizeof(binds));
		for (size_t k = 0; k < n; k++)
			value(&binds[k], rows[i].values[k]);
		st[i] = mysql_stmt_init(my);
		if (mysql_stmt_prepare(st[i], rows[i].sql, strlen(rows[i].sql)) || mysql_stmt_param_count(st[i]) != n ||
		    mysql_stmt_bind_param(st[i], binds))
			die(rows[i].sql, mysql_stmt_error(st[i]));
	}
}

static void submit(MYSQL *my, MYSQL_STMT *st[ROWS_N], unsigned connection, unsigned n)
{
	snprintf(v.no, sizeof(v.no), "RAW-T-20260929-%02u%08u", connection, n);
	memcpy(v.ik, v.no, sizeof(v.ik));
	if (mysql_query(my, "START TRANSACTION"))
		die("begin", mysql_error(my));
	for (size_t i = 0; i < ROWS_N; i++) {
		/* The number's length and the ids are read where they were bound. */
		if (mysql_stmt_execute(st[i]))
			die(rows[i].sql, mysql_stmt_error(st[i]));
		if (rows[i].keep == 'I')
			v.ticket_id = (long long)mysql_stmt_insert_id(st[i]);
		else if (rows[i].keep == 'M')
			v.timer_id = (long long)mysql_stmt_insert_id(st[i]);
	}
	if (mysql_commit(my))
		die("commit", mysql_error(my));
}

static unsigned run(const char *socket, const char *database, unsigned connection, unsigned first, double from, double to)
{
	MYSQL *my = open_database(socket, database);
	MYSQL_STMT *st[ROWS_N];
	unsigned n = 0;

	snprintf(v.no, sizeof(v.no), "RAW-T-20260929-%02u%08u", connection, first);
	prepare(my, st);
	while (now_s() < from)
		usleep(500);
	while (now_s() < to)
		submit(my, st, connection, first + n++);
	return n;
}

static void read_body(const char *path)
{
	FILE *f = fopen(path, "rb");

	if (!f)
		die("cannot read", path);
	v.body_n = fread(v.body, 1, sizeof(v.body), f);
	fclose(f);
}

int main(int argc, char **argv)
{
	unsigned connections = argc == 6 ? (unsigned)strtoul(argv[3], NULL, 10) : 0, sum = 0, n;
	double seconds = argc == 6 ? strtod(argv[4], NULL) : 0, from = now_s() + 0.3;
	unsigned first = (unsigned)time(NULL) % 10000 * 10000;
	int ends[2], status, failed = 0;

	if (!connections || pipe(ends)) {
		fputs("usage: raw_submit SOCKET DATABASE CONNECTIONS SECONDS BODYFILE\n", stderr);
		return 2;
	}
	read_body(argv[5]);
	v.one = 1;
	v.day = (MYSQL_TIME){ .year = 2026, .month = 9, .day = 29, .time_type = MYSQL_TIMESTAMP_DATE };
	v.now = (MYSQL_TIME){ .year = 2026, .month = 9, .day = 29, .hour = 8, .time_type = MYSQL_TIMESTAMP_DATETIME };
	for (unsigned i = 0; i < connections; i++) {
		if (fork() == 0) {
			n = run(argv[1], argv[2], i, first, from, from + seconds);
			_exit(write(ends[1], &n, sizeof(n)) != sizeof(n));
		}
	}
	while (wait(&status) > 0)
		failed |= status;
	close(ends[1]);
	while (read(ends[0], &n, sizeof(n)) == sizeof(n))
		sum += n;
	printf("%.1f\n", sum / seconds);
	return failed != 0;
}
