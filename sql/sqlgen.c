/* sqlgen - the query compiler: named queries in sql/queries/<file>.sql become typed C functions.
 *
 *   -- query: ticket_by_no :one          kinds :one :many :exec :insert
 *   -- for: public desk                  the database accounts that run it
 *   -- in:  no text                      parameters, in the order of the question marks
 *   -- out: id int, due_at time?         columns, in the order of the SELECT; ? = may be NULL
 *   SELECT id, due_at FROM ticket WHERE no = ?;
 *
 * makes   int q_ticket_by_no(struct db *, struct arena *, const char *no, struct q_ticket_by_no *ret);
 * What a query may not get wrong is checked here (names, types, number of question marks); what the database
 * must agree to is checked by the test sql/prepare_all. Any other comment line inside a query is kept out.
 *
 * The functions that read (:one, :many) are declared in queries_read.h, which the web and the post room may include;
 * all of them in queries.h, which only the domain may.
 *
 * usage: sqlgen OUTDIR FILE.sql …     writes OUTDIR/queries_read.h, queries.h and queries.c */
#include <ctype.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sqlgen.h"

#define COLS_MAX 64
#define NAME_MAX_LEN 64
#define SQL_MAX 8192

struct col {
	char name[NAME_MAX_LEN];
	int type;
	bool null;
};

struct query {
	char name[NAME_MAX_LEN];
	char kind[16];
	char accounts[128];
	struct col in[COLS_MAX], out[COLS_MAX];
	size_t n_in, n_out;
	char sql[SQL_MAX];
	size_t sql_len;
	int line;
};

static const struct {
	const char *name, *c, *c_null, *code;
} types[] = {
	{ "int", "int64_t ", "const int64_t *", "DB_INT" },
	{ "bool", "bool ", NULL, "DB_BOOL" },
	{ "time", "int64_t ", "int64_t ", "DB_TIME" },
	{ "date", "int32_t ", "int32_t ", "DB_DATE" },
	{ "real", "double ", "const double *", "DB_REAL" },
	{ "text", "const char *", "const char *", "DB_TEXT" },
	{ "blob", "struct db_blob ", "struct db_blob ", "DB_BLOB" },
};
#define TYPES_N (sizeof types / sizeof types[0])

struct sqlgen {
	const char *file;
	int line;
	FILE *hr, *h, *c;
	char names[SQLGEN_QUERIES_MAX][NAME_MAX_LEN];
	size_t n;
	char error[256];
};

struct sqlgen *sqlgen_new(FILE *hr, FILE *h, FILE *c)
{
	struct sqlgen *g = calloc(1, sizeof *g);

	if (!g)
		abort();
	g->hr = hr;
	g->h = h;
	g->c = c;
	fputs("/* Made by sqlgen from sql/queries; change it there. */\n#ifndef QUERIES_READ_H\n#define QUERIES_READ_H\n\n"
	      "#include \"db.h\"\n", hr);
	fputs("/* Made by sqlgen from sql/queries; change it there. */\n#ifndef QUERIES_H\n#define QUERIES_H\n\n"
	      "#include \"queries_read.h\"\n", h);
	fputs("/* Made by sqlgen from sql/queries; change it there. */\n#include \"queries.h\"\n\n"
	      "#include <stddef.h>\n", c);
	return g;
}

const char *sqlgen_error(const struct sqlgen *g)
{
	return g->error;
}

__attribute__((format(printf, 2, 3))) static int bad(struct sqlgen *g, const char *fmt, ...)
{
	char what[160];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(what, sizeof what, fmt, ap);
	va_end(ap);
	snprintf(g->error, sizeof g->error, "%s:%d: error: %s", g->file, g->line, what);
	return -1;
}

static bool is_name(const char *s)
{
	if (!islower((unsigned char)*s))
		return false;
	for (; *s; s++) {
		if (!islower((unsigned char)*s) && !isdigit((unsigned char)*s) && *s != '_')
			return false;
	}
	return true;
}

static char *skip(char *s)
{
	return s + strspn(s, " \t");
}

/* The next word of *s, at most cap-1 bytes, up to a blank or one of stop. */
static int word(struct sqlgen *g, char **s, const char *stop, char *ret, size_t cap)
{
	size_t n;

	*s = skip(*s);
	n = strcspn(*s, stop);
	if (n == 0 || n >= cap)
		return bad(g, n ? "'%.20s…' is too long" : "something is missing at '%.20s'", *s);
	memcpy(ret, *s, n);
	ret[n] = '\0';
	*s = skip(*s + n);
	return 0;
}

static int parse_type(struct sqlgen *g, const char *s, struct col *col)
{
	char name[NAME_MAX_LEN];
	size_t n = strlen(s);

	col->null = n && s[n - 1] == '?';
	snprintf(name, sizeof name, "%.*s", (int)(n - col->null), s);
	for (size_t i = 0; i < TYPES_N; i++) {
		if (strcmp(types[i].name, name) == 0) {
			col->type = (int)i;
			return col->null && !types[i].c_null ? bad(g, "%s cannot be NULL", name) : 0;
		}
	}
	return bad(g, "unknown type '%s'", name);
}

/* "id int, due_at time?" */
static int parse_cols(struct sqlgen *g, char *s, struct col *cols, size_t *n)
{
	char type[NAME_MAX_LEN];

	for (s = skip(s); *s;) {
		struct col *col = &cols[*n];

		if (*n == COLS_MAX)
			return bad(g, "more than %d columns", COLS_MAX);
		if (word(g, &s, " \t,", col->name, sizeof col->name) < 0 || word(g, &s, " \t,", type, sizeof type) < 0 ||
		    parse_type(g, type, col) < 0)
			return -1;
		if (!is_name(col->name))
			return bad(g, "'%s' is not a column name", col->name);
		for (size_t i = 0; i < *n; i++) {
			if (strcmp(cols[i].name, col->name) == 0)
				return bad(g, "'%s' is named twice", col->name);
		}
		++*n;
		if (*s == ',')
			s = skip(s + 1);
		else if (*s)
			return bad(g, "expected a comma at '%.20s'", s);
	}
	return 0;
}

static int parse_head(struct sqlgen *g, char *s, struct query *q)
{
	*q = (struct query){ .line = g->line };
	if (word(g, &s, " \t", q->name, sizeof q->name) < 0 || word(g, &s, " \t", q->kind, sizeof q->kind) < 0)
		return -1;
	if (!is_name(q->name))
		return bad(g, "'%s' is not a query name", q->name);
	if (strcmp(q->kind, ":one") && strcmp(q->kind, ":many") && strcmp(q->kind, ":exec") && strcmp(q->kind, ":insert"))
		return bad(g, "unknown kind '%s'", q->kind);
	if (*s)
		return bad(g, "'%.20s' after the kind", s);
	for (size_t i = 0; i < g->n; i++) {
		if (strcmp(g->names[i], q->name) == 0)
			return bad(g, "query %s exists already", q->name);
	}
	if (g->n == SQLGEN_QUERIES_MAX)
		return bad(g, "more than %d queries", SQLGEN_QUERIES_MAX);
	return 0;
}

/* Question marks outside quotes; -1 for an unclosed quote. */
static long count_marks(const char *s)
{
	long n = 0;

	for (; *s; s++) {
		if (*s == '\'' || *s == '"' || *s == '`') {
			s = strchr(s + 1, *s);
			if (!s)
				return -1;
		} else if (*s == '?') {
			n++;
		}
	}
	return n;
}

static int check(struct sqlgen *g, struct query *q)
{
	bool rows = strcmp(q->kind, ":one") == 0 || strcmp(q->kind, ":many") == 0;
	long marks;

	g->line = q->line;
	while (q->sql_len && strchr(" \t\r\n", q->sql[q->sql_len - 1]))
		q->sql[--q->sql_len] = '\0';
	if (!q->sql_len || q->sql[q->sql_len - 1] != ';')
		return bad(g, "%s does not end with a semicolon", q->name);
	q->sql[--q->sql_len] = '\0';
	if (strchr(q->sql, ';'))
		return bad(g, "%s has more than one statement", q->name);
	if (!*q->accounts)
		return bad(g, "%s has no '-- for:' line", q->name);
	marks = count_marks(q->sql);
	if (marks < 0)
		return bad(g, "%s has an unclosed quote", q->name);
	if ((size_t)marks != q->n_in)
		return bad(g, "%s has %ld question marks and %zu parameters", q->name, marks, q->n_in);
	if (rows != (q->n_out > 0) && strcmp(q->kind, ":insert") != 0)
		return bad(g, "%s is %s and has %zu columns", q->name, q->kind, q->n_out);
	return 0;
}

static void put_member(FILE *f, const struct col *col, const char *end)
{
	fprintf(f, "%s%s%s", col->null ? types[col->type].c_null : types[col->type].c, col->name, end);
}

static void put_struct(FILE *f, const char *head, const struct query *q, const struct col *cols, size_t n)
{
	fprintf(f, "\nstruct %s%s {\n", head, q->name);
	for (size_t i = 0; i < n; i++) {
		fputc('\t', f);
		put_member(f, &cols[i], ";\n");
	}
	if (n == 0)
		fputs("\tchar none;\n", f);
	fputs("};\n", f);
}

static void put_prototype(FILE *f, const struct query *q)
{
	bool one = strcmp(q->kind, ":one") == 0, many = strcmp(q->kind, ":many") == 0;

	fprintf(f, "int q_%s(struct db *db%s", q->name, one || many ? ", struct arena *a" : "");
	for (size_t i = 0; i < q->n_in; i++) {
		fputs(", ", f);
		put_member(f, &q->in[i], "");
	}
	if (one)
		fprintf(f, ", struct q_%s *ret)", q->name);
	else if (many)
		fprintf(f, ", struct q_%s **ret_rows, size_t *ret_n)", q->name);
	else
		fprintf(f, ", int64_t *ret_%s)", strcmp(q->kind, ":exec") == 0 ? "affected" : "id");
}

static void put_cols(FILE *f, const char *which, const char *head, const struct query *q, const struct col *cols,
                     size_t n)
{
	if (n == 0)
		return;
	fprintf(f, "static const struct db_col %s_%s[] = {\n", which, q->name);
	for (size_t i = 0; i < n; i++)
		fprintf(f, "\t{ \"%s\", %s, %s, offsetof(struct %s%s, %s) },\n", cols[i].name, types[cols[i].type].code,
		        cols[i].null ? "true" : "false", head, q->name, cols[i].name);
	fputs("};\n", f);
}

static void put_sql(FILE *f, const char *s)
{
	fputs("\t\"", f);
	for (; *s; s++) {
		if (*s == '\n')
			fputs(s[1] ? "\\n\"\n\t\"" : "", f);
		else if (*s == '"' || *s == '\\')
			fprintf(f, "\\%c", *s);
		else
			fputc(*s == '\t' ? ' ' : *s, f);
	}
	fputs("\"", f);
}

static void put_body(FILE *f, const struct query *q)
{
	fprintf(f, "{\n\tstruct a_%s args = { ", q->name);
	for (size_t i = 0; i < q->n_in; i++)
		fprintf(f, "%s%s", i ? ", " : "", q->in[i].name);
	fprintf(f, "%s };\n", q->n_in ? "" : "0");
	if (strcmp(q->kind, ":one") == 0) {
		fprintf(f, "\n\treturn db_one(db, a, &query_%s, &args, ret);\n}\n", q->name);
	} else if (strcmp(q->kind, ":many") == 0) {
		fprintf(f, "\tvoid *rows;\n\tint r = db_many(db, a, &query_%s, &args, &rows, ret_n);\n\n"
		           "\tif (r == 0)\n\t\t*ret_rows = rows;\n\treturn r;\n}\n", q->name);
	} else {
		bool exec = strcmp(q->kind, ":exec") == 0;

		fprintf(f, "\n\treturn db_exec(db, &query_%s, &args, %s);\n}\n", q->name,
		        exec ? "ret_affected, NULL" : "NULL, ret_id");
	}
}

static void put_query(struct sqlgen *g, const struct query *q)
{
	FILE *h = q->n_out ? g->hr : g->h;

	if (q->n_out)
		put_struct(h, "q_", q, q->out, q->n_out);
	fprintf(h, "/* %s:%d */\n", g->file, q->line);
	put_prototype(h, q);
	fputs(" MUST_CHECK;\n", h);

	put_struct(g->c, "a_", q, q->in, q->n_in);
	put_cols(g->c, "in", "a_", q, q->in, q->n_in);
	put_cols(g->c, "out", "q_", q, q->out, q->n_out);
	fprintf(g->c, "static const struct db_query query_%s = {\n\t\"%s\",\n", q->name, q->name);
	put_sql(g->c, q->sql);
	fprintf(g->c, ",\n\t\"%s\", \"%s:%d\", ", q->accounts, g->file, q->line);
	fprintf(g->c, q->n_in ? "in_%s, " : "NULL, ", q->name);
	fprintf(g->c, q->n_out ? "out_%s, " : "NULL, ", q->name);
	fprintf(g->c, "%zu, %zu, ", q->n_in, q->n_out);
	fprintf(g->c, q->n_out ? "sizeof(struct q_%s), " : "0, ", q->name);
	fprintf(g->c, "%zu,\n};\n\n", g->n);
	put_prototype(g->c, q);
	fputs("\n", g->c);
	put_body(g->c, q);
	snprintf(g->names[g->n++], NAME_MAX_LEN, "%s", q->name);
}

static int finish_query(struct sqlgen *g, struct query *q)
{
	int line = g->line;

	if (!*q->name)
		return 0;
	if (check(g, q) < 0)
		return -1;
	put_query(g, q);
	*q = (struct query){ 0 };
	g->line = line;
	return 0;
}

/* A line that begins with "--": a part of the header, or a comment. */
static int add_header(struct sqlgen *g, struct query *q, char *s)
{
	if (strncmp(s, "-- query:", 9) == 0)
		return finish_query(g, q) < 0 || parse_head(g, s + 9, q) < 0 ? -1 : 0;
	if (strncmp(s, "-- in:", 6) == 0)
		return parse_cols(g, s + 6, q->in, &q->n_in);
	if (strncmp(s, "-- out:", 7) == 0)
		return parse_cols(g, s + 7, q->out, &q->n_out);
	if (strncmp(s, "-- for:", 7) != 0)
		return 0;
	snprintf(q->accounts, sizeof q->accounts, "%.*s", (int)sizeof q->accounts - 1, skip(s + 7));
	return strpbrk(q->accounts, "\"\\") ? bad(g, "not a list of accounts") : 0;
}

static int add_line(struct sqlgen *g, struct query *q, char *s)
{
	size_t n = strlen(s);

	if (strncmp(s, "--", 2) == 0)
		return add_header(g, q, s);
	if (n == 0 && !q->sql_len)
		return 0;
	if (!*q->name)
		return *skip(s) ? bad(g, "text outside a query: '%.20s'", s) : 0;
	if (q->sql_len + n + 2 > SQL_MAX)
		return bad(g, "%s is longer than %d bytes", q->name, SQL_MAX);
	memcpy(q->sql + q->sql_len, s, n);
	q->sql_len += n;
	q->sql[q->sql_len++] = '\n';
	return 0;
}

int sqlgen_compile(struct sqlgen *g, const char *file, char *src)
{
	struct query *q = calloc(1, sizeof *q);
	int r = 0;

	if (!q)
		abort();
	g->file = file;
	g->line = 0;
	for (char *s = src, *next; r == 0 && s; s = next) {
		next = strchr(s, '\n');
		if (next)
			*next++ = '\0';
		g->line++;
		r = add_line(g, q, s);
	}
	if (r == 0)
		r = finish_query(g, q);
	free(q);
	return r;
}

void sqlgen_finish(struct sqlgen *g)
{
	fputs("\n#endif\n", g->hr);
	fputs("\n#endif\n", g->h);
	fputs("\nconst struct db_query *const db_queries[] = {\n", g->c);
	for (size_t i = 0; i < g->n; i++)
		fprintf(g->c, "\t&query_%s,\n", g->names[i]);
	fprintf(g->c, "\tNULL,\n};\nconst size_t db_queries_n = %zu;\n", g->n);
	free(g);
}

#ifndef SQLGEN_LIB
static char *slurp(const char *path)
{
	FILE *f = fopen(path, "re");
	char *s = calloc(1, SQLGEN_FILE_MAX + 1);
	size_t n;

	if (!f || !s) {
		fprintf(stderr, "sqlgen: cannot read %s\n", path);
		exit(1);
	}
	n = fread(s, 1, SQLGEN_FILE_MAX + 1, f);
	fclose(f);
	if (n > SQLGEN_FILE_MAX || strlen(s) != n) {
		fprintf(stderr, "sqlgen: %s is too long or holds a NUL\n", path);
		exit(1);
	}
	return s;
}

static FILE *create(const char *dir, const char *name)
{
	char path[4096];
	FILE *f;

	snprintf(path, sizeof path, "%s/%s", dir, name);
	f = fopen(path, "we");
	if (!f) {
		fprintf(stderr, "sqlgen: cannot write %s\n", path);
		exit(1);
	}
	return f;
}

int main(int argc, char **argv)
{
	FILE *hr, *h, *c;
	struct sqlgen *g;
	int r = 0;

	if (argc < 3) {
		fputs("usage: sqlgen OUTDIR FILE.sql …\n", stderr);
		return 2;
	}
	hr = create(argv[1], "queries_read.h");
	h = create(argv[1], "queries.h");
	c = create(argv[1], "queries.c");
	g = sqlgen_new(hr, h, c);
	for (int i = 2; r == 0 && i < argc; i++) {
		const char *base = strrchr(argv[i], '/');
		char *src = slurp(argv[i]);

		r = sqlgen_compile(g, base ? base + 1 : argv[i], src);
		if (r < 0)
			fprintf(stderr, "%s\n", sqlgen_error(g));
		free(src);
	}
	sqlgen_finish(g);
	r |= fclose(hr) | fclose(h) | fclose(c);
	return r ? 1 : 0;
}
#endif
