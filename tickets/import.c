/* import - see import.h. */
#include "import.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "clock.h"
#include "import_letter.h"
#include "import_seen.h"
#include "queries.h"
#include "seal.h"
#include "stats.h"
#include "text.h"

#define BATCH 100
#define BATCH_BYTES ((size_t)64 << 20)
#define ROW_BYTES ((size_t)1 << 30)
#define PROGRESS_MS 1000

/* Units by name, as found or made. */
struct unit {
	struct unit *next;
	const char *name;
	int64_t id;
};

struct importing {
	struct db *db;
	struct arena *a;             /* for the run */
	struct arena *batch;         /* until the batch is committed */
	struct import_map map;
	const struct worktime *wt;
	const char *subject;
	bool dry;
	int64_t now;
	int64_t total, row;          /* rows of letters, from 1 */
	int64_t added, there, warned, refused[IMPORT_REFUSAL__MAX];
	struct import_seen numbers, texts;
	struct unit *units;
	struct import_letter letters[BATCH];
	size_t n;
	int64_t shown_ms;
};

/* --- the report --- */

static void report(const struct importing *m, const struct import_row *row, const char *kind, const char *what)
{
	fprintf(stderr, "第 %lld 条（表格第 %zu 行，原编号 %s）%s：%s\n", (long long)m->row, row->line,
	        *row->no ? row->no : "无", kind, what);
}

static void refuse(struct importing *m, const struct import_row *row, enum import_refusal why, const char *more)
{
	m->refused[why]++;
	report(m, row, "未收", arena_printf(m->batch, "%s%s", import_map_refusal(why), more));
}

static void warn(struct importing *m, const struct import_row *row)
{
	if (row->short_reply)
		report(m, row, "已收，请留意", arena_printf(m->batch, "答复只有 %zu 字", text_graphemes(row->reply)));
	if (row->long_unit)
		report(m, row, "已收，请留意", "承办单位一栏过长，用默认单位");
	m->warned += row->short_reply || row->long_unit;
}

static void progress(struct importing *m)
{
	int64_t ms = clock_mono_ms();

	if (ms - m->shown_ms < PROGRESS_MS)
		return;
	m->shown_ms = ms;
	fprintf(stderr, "导入：%lld / %lld\n", (long long)m->row, (long long)m->total);
}

static int64_t sum_up(const struct importing *m, int64_t ms)
{
	int64_t refused = 0;

	for (int i = 0; i < IMPORT_REFUSAL__MAX; i++)
		refused += m->refused[i];
	fprintf(stderr, "%s：共 %lld 条，新收 %lld，已在库中 %lld，未收 %lld，请留意 %lld，用时 %lld.%01lld 秒\n",
	        m->dry ? "试运行" : "导入完成", (long long)m->row, (long long)m->added, (long long)m->there,
	        (long long)refused, (long long)m->warned, (long long)(ms / 1000), (long long)(ms / 100 % 10));
	for (int i = 0; i < IMPORT_REFUSAL__MAX; i++) {
		if (m->refused[i])
			fprintf(stderr, "  未收 %lld 条：%s\n", (long long)m->refused[i],
			        import_map_refusal((enum import_refusal)i));
	}
	return refused;
}

/* --- units --- */

static bool is_ascii(const char *s)
{
	while ((signed char)*s > 0)
		s++;
	return *s == '\0';
}

static int find_unit(struct importing *m, const char *name, int64_t *ret_id)
{
	struct q_unit_by_name by_name;
	struct q_unit_by_code by_code;
	int r = q_unit_by_name(m->db, m->batch, name, &by_name);

	if (r == 0)
		*ret_id = by_name.id;
	/* The server does not compare a code with text that no code can be. */
	if (r != ERR_NOTFOUND || !is_ascii(name))
		return r;
	r = q_unit_by_code(m->db, m->batch, name, &by_code);
	if (r == 0)
		*ret_id = by_code.id;
	return r;
}

static int make_unit(struct importing *m, const char *name, int64_t *ret_id)
{
	const unsigned char *hash = seal_sha256(m->batch, &name, 1).p;
	const char *code = arena_printf(m->batch, "import-%02x%02x%02x%02x%02x%02x", hash[0], hash[1], hash[2], hash[3],
	                                hash[4], hash[5]);

	if (!m->map.create_units)
		return err_set(ERR_NOTFOUND, "no unit of that name");
	if (m->dry) {
		*ret_id = 0;
		return 0;
	}
	return q_import_unit_add(m->db, code, name, name, ret_id);
}

/* Units are made before the batch that needs them, on their own: one without letters does no harm. */
static int unit_of(struct importing *m, const struct import_row *row, int64_t *ret_id)
{
	const char *name = row->unit ? row->unit : m->map.unit;
	struct unit *u = m->units;
	int64_t id;
	int r;

	while (u && strcmp(u->name, name) != 0)
		u = u->next;
	if (!u) {
		r = find_unit(m, name, &id);
		if (r == ERR_NOTFOUND)
			r = make_unit(m, name, &id);
		if (r < 0)
			return r;
		u = ARENA_NEW(m->a, struct unit);
		*u = (struct unit){ m->units, arena_strdup(m->a, name), id };
		m->units = u;
	}
	*ret_id = u->id;
	return 0;
}

/* --- batches --- */

static int put_job(struct importing *m, const char *state)
{
	int64_t now = clock_now();

	return q_job_put(m->db, "import", m->subject, m->row, m->total, state, now, now, NULL);
}

static int write_batch(struct db *db, void *arg)
{
	struct importing *m = arg;
	struct stats_row *rows = arena_array(m->batch, BATCH * STATS_ROWS_MAX, sizeof *rows);
	size_t n = 0;
	int r = 0;

	for (size_t i = 0; r == 0 && i < m->n; i++) {
		struct ticket t;

		r = import_letter_add(db, m->batch, m->wt, &m->letters[i], &t);
		if (r == 0)
			n += stats_of(&t, rows + n);
	}
	if (r == 0)
		r = stats_append(db, rows, stats_merge(rows, n));
	return r < 0 ? r : put_job(m, "running");
}

static int flush(struct importing *m)
{
	int r = m->n && !m->dry ? db_tx(m->db, write_batch, m) : 0;

	if (r < 0)
		return r;
	m->added += (int64_t)m->n;
	m->n = 0;
	arena_reset(m->batch);
	progress(m);
	return 0;
}

/* --- rows --- */

/* Whether an earlier row of this table was the same, and which. */
static bool repeated(struct importing *m, const struct import_row *row)
{
	const char *text[] = { row->title, row->body, arena_printf(m->batch, "%lld", (long long)row->received_at) };
	int64_t first = import_seen(&m->numbers, seal_sha256(m->batch, &row->no, 1), m->row);
	enum import_refusal why = IMPORT_SAME_NUMBER;

	if (!first) {
		first = import_seen(&m->texts, seal_sha256(m->batch, text, 3), m->row);
		why = IMPORT_SAME_TEXT;
	}
	if (first)
		refuse(m, row, why, arena_printf(m->batch, "，见第 %lld 条", (long long)first));
	return first != 0;
}

static int plan(struct importing *m, const struct import_row *row)
{
	struct import_letter *letter = &m->letters[m->n];
	int r;

	*letter = (struct import_letter){ .map = &m->map, .row = *row };
	r = unit_of(m, row, &letter->unit_id);
	if (r == ERR_NOTFOUND) {
		refuse(m, row, IMPORT_NO_UNIT, arena_printf(m->batch, "：%s", row->unit ? row->unit : m->map.unit));
		return 0;
	}
	if (r == 0 && (r = import_letter_plan(m->wt, letter)) == ERR_NOTFOUND) {
		refuse(m, row, IMPORT_NO_POLICY, "");
		return 0;
	}
	if (r < 0)
		return r;
	m->n++;
	warn(m, row);
	return 0;
}

static int take(struct importing *m, const struct csv_row *cells)
{
	struct import_row row;
	struct q_external_get known;
	enum import_refusal why = import_map_row(&m->map, m->batch, cells, m->now, &row);
	int r;

	if (why != IMPORT_TAKEN) {
		refuse(m, &row, why, cells->wrong ? arena_printf(m->batch, "：%s", cells->wrong) : "");
		return 0;
	}
	if (repeated(m, &row))
		return 0;
	r = q_external_get(m->db, m->batch, m->map.system, row.no, &known);
	if (r == 0) {
		m->there++;
		return 0;
	}
	return r == ERR_NOTFOUND ? plan(m, &row) : r;
}

static int run_rows(struct importing *m, struct csv *csv)
{
	struct csv_row cells;
	int r;

	while ((r = csv_next(csv, m->batch, &cells)) == 1) {
		m->row++;
		if ((r = take(m, &cells)) < 0)
			return r;
		if ((m->n == BATCH || m->n == 0 || arena_used(m->batch) > BATCH_BYTES) && (r = flush(m)) < 0)
			return r;
	}
	if (r == 0)
		r = flush(m);
	return r == 0 && !m->dry ? put_job(m, "done") : r;
}

/* --- the file --- */

/* Counts the rows, so that progress means something. */
static int count(struct importing *m, FILE *in)
{
	struct csv_row cells;
	struct csv csv;
	int r;

	csv_begin(&csv, in);
	while ((r = csv_next(&csv, m->batch, &cells)) == 1) {
		m->total++;
		arena_reset(m->batch);
	}
	m->total -= m->total > 0;
	rewind(in);
	return r;
}

static int run_file(struct importing *m, FILE *in)
{
	struct csv_row head;
	struct csv csv;
	int r = count(m, in);

	if (r < 0 || (r = worktime_get(m->db, &m->wt)) < 0)
		return r;
	csv_begin(&csv, in);
	if ((r = csv_next(&csv, m->batch, &head)) < 0)
		return r;
	if (r == 0)
		return err_say(ERR_INVALID, "表格是空的");
	if ((r = import_map_bind(&m->map, m->batch, &head)) < 0)
		return r;
	r = run_rows(m, &csv);
	if (r < 0 && !m->dry && put_job(m, "failed") < 0)
		return r;
	return r;
}

struct arguments {
	const char *file, *map;
	bool help, dry;
};

static int understand(int argc, char **argv, struct arguments *ret)
{
	for (int i = 0; i < argc; i++) {
		if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0)
			ret->help = true;
		else if (strcmp(argv[i], "--dry-run") == 0)
			ret->dry = true;
		else if (strcmp(argv[i], "--map") == 0 && i + 1 < argc)
			ret->map = argv[++i];
		else if (argv[i][0] != '-' && !ret->file)
			ret->file = argv[i];
		else
			return -1;
	}
	return ret->help || (ret->file && ret->map) ? 0 : -1;
}

static void help(FILE *o)
{
	fputs("用法：minshengctl import FILE.csv --map MAP.json [--dry-run]\n"
	      "把原信箱的来信和答复导入。表格为 UTF-8 的 CSV，第一行是表头。\n"
	      "原编号已在库中的跳过：中断之后再运行一次即可。未收的各条及理由写到标准错误；有未收的，退出码为 1。\n"
	      "--dry-run  只检查，不写入\n\n", o);
	fputs(import_map_help(), o);
}

int import_run(struct db *db, struct arena *a, int argc, char **argv)
{
	struct importing *m = ARENA_NEW(a, struct importing);
	struct arguments args = { 0 };
	const char *base;
	int64_t from = clock_mono_ms();
	FILE *in;
	int r;

	if (understand(argc, argv, &args) < 0) {
		help(stderr);
		return 64;
	}
	if (args.help) {
		help(stdout);
		return 0;
	}
	*m = (struct importing){ .db = db, .a = a, .dry = args.dry, .now = clock_now(), .shown_ms = from,
	                         .numbers.a = a, .texts.a = a };
	if ((r = import_map_read(a, args.map, &m->map)) < 0)
		return r;
	in = fopen(args.file, "re");
	if (!in)
		return err_set(errno == ENOENT ? ERR_NOTFOUND : ERR_IO, "%s: %s", args.file, strerror(errno));
	base = strrchr(args.file, '/');
	m->subject = arena_printf(a, "%s %s", m->map.system, text_cut(a, base ? base + 1 : args.file, 100));
	m->batch = arena_new(ROW_BYTES);
	r = run_file(m, in);
	fclose(in);
	if (r == 0)
		r = sum_up(m, clock_mono_ms() - from) > 0;
	arena_free(m->batch);
	return r;
}
