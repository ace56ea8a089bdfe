#include "db_bind.h"

#include <string.h>

#include "clock.h"
#include "db_time.h"

static void bind_number(MYSQL_BIND *b, struct db_cell *c, long long n)
{
	c->u.n = n;
	b->buffer_type = MYSQL_TYPE_LONGLONG;
	b->buffer = &c->u.n;
}

static void bind_bytes(MYSQL_BIND *b, struct db_cell *c, enum enum_field_types type, const void *p, size_t n)
{
	c->is_null = p == NULL;
	c->length = (unsigned long)n;
	b->buffer_type = type;
	b->buffer = (void *)p;
	b->buffer_length = (unsigned long)n;
	b->length = &c->length;
}

/* A nullable number is a pointer; *is_null tells that it is NULL. */
static const void *number_at(const struct db_col *col, const void *member, my_bool *is_null)
{
	const void *p = member;

	if (col->null)
		p = *(const void *const *)member;
	*is_null = p == NULL;
	return p;
}

void db_bind_in(const struct db_col *col, const void *args, MYSQL_BIND *b, struct db_cell *c)
{
	const void *m = (const char *)args + col->offset;
	const void *p;

	b->is_null = &c->is_null;
	switch (col->type) {
	case DB_INT:
		p = number_at(col, m, &c->is_null);
		bind_number(b, c, p ? *(const int64_t *)p : 0);
		break;
	case DB_BOOL:
		bind_number(b, c, *(const bool *)m);
		break;
	case DB_REAL:
		p = number_at(col, m, &c->is_null);
		c->u.real = p ? *(const double *)p : 0;
		b->buffer_type = MYSQL_TYPE_DOUBLE;
		b->buffer = &c->u.real;
		break;
	case DB_TIME:
		c->is_null = *(const int64_t *)m == TIME_NONE;
		if (!c->is_null)
			db_time_to(*(const int64_t *)m, &c->u.time);
		b->buffer_type = MYSQL_TYPE_DATETIME;
		b->buffer = &c->u.time;
		break;
	case DB_DATE:
		c->is_null = *(const int32_t *)m == DAY_NONE;
		if (!c->is_null)
			db_date_to(*(const int32_t *)m, &c->u.time);
		b->buffer_type = MYSQL_TYPE_DATE;
		b->buffer = &c->u.time;
		break;
	case DB_TEXT: {
		const char *s = *(const char *const *)m;

		bind_bytes(b, c, MYSQL_TYPE_STRING, s, s ? strlen(s) : 0);
		break;
	}
	case DB_BLOB: {
		const struct db_blob *blob = m;

		bind_bytes(b, c, MYSQL_TYPE_BLOB, blob->p, blob->n);
		break;
	}
	}
}

void db_bind_out(const struct db_col *col, MYSQL_BIND *b, struct db_cell *c)
{
	b->is_null = &c->is_null;
	b->length = &c->length;
	b->error = &c->error;
	b->buffer = &c->u;
	switch (col->type) {
	case DB_INT:
	case DB_BOOL:
		b->buffer_type = MYSQL_TYPE_LONGLONG;
		break;
	case DB_REAL:
		b->buffer_type = MYSQL_TYPE_DOUBLE;
		break;
	case DB_TIME:
		b->buffer_type = MYSQL_TYPE_DATETIME;
		break;
	case DB_DATE:
		b->buffer_type = MYSQL_TYPE_DATE;
		break;
	case DB_TEXT:
		b->buffer_type = MYSQL_TYPE_STRING;
		b->buffer_length = DB_SCRATCH_BYTES;
		break;
	case DB_BLOB:
		b->buffer_type = MYSQL_TYPE_BLOB;
		b->buffer_length = DB_SCRATCH_BYTES;
		break;
	}
}

/* The bytes of a text or blob column, from the scratch or fetched again in full. */
static char *bytes_of(MYSQL_STMT *st, struct arena *a, unsigned column, struct db_cell *c)
{
	MYSQL_BIND b = { .buffer_type = MYSQL_TYPE_BLOB };
	unsigned long n = c->length;
	char *p;

	if (n <= DB_SCRATCH_BYTES)
		return arena_strndup(a, c->u.text, n);
	p = arena_alloc(a, n + 1);
	b.buffer = p;
	b.buffer_length = n;
	b.length = &c->length;
	must(mysql_stmt_fetch_column(st, &b, column, 0) == 0);
	p[n] = '\0';
	return p;
}

static void *number_member(struct arena *a, const struct db_col *col, void *member, bool is_null, size_t size)
{
	if (!col->null)
		return member;
	return *(void **)member = is_null ? NULL : arena_alloc(a, size);
}

static void take_number(struct arena *a, const struct db_col *col, const struct db_cell *c, void *m)
{
	void *p = number_member(a, col, m, c->is_null, 8);

	_Static_assert(sizeof(int64_t) == 8 && sizeof(double) == 8, "one size for both");
	if (p && col->type == DB_REAL)
		*(double *)p = c->is_null ? 0 : c->u.real;
	else if (p)
		*(int64_t *)p = c->is_null ? 0 : c->u.n;
}

static void take_bytes(MYSQL_STMT *st, struct arena *a, const struct db_col *col, unsigned i, struct db_cell *c,
                       void *m)
{
	size_t n = c->length;
	const char *bytes = c->is_null ? NULL : bytes_of(st, a, i, c);

	if (col->type == DB_BLOB)
		*(struct db_blob *)m = (struct db_blob){ bytes, c->is_null ? 0 : n };
	else
		*(const char **)m = bytes || col->null ? bytes : "";
}

void db_take(MYSQL_STMT *st, struct arena *a, const struct db_query *q, unsigned i, struct db_cell *c, void *row)
{
	const struct db_col *col = &q->out[i];
	const MYSQL_TIME *t = &c->u.time;
	void *m = (char *)row + col->offset;

	switch (col->type) {
	case DB_INT:
	case DB_REAL:
		take_number(a, col, c, m);
		break;
	case DB_BOOL:
		*(bool *)m = !c->is_null && c->u.n != 0;
		break;
	case DB_TIME:
		*(int64_t *)m = c->is_null ? TIME_NONE : db_time_from(t);
		break;
	case DB_DATE:
		*(int32_t *)m = c->is_null ? DAY_NONE : clock_day_of((int)t->year, (int)t->month, (int)t->day);
		break;
	case DB_TEXT:
	case DB_BLOB:
		take_bytes(st, a, col, i, c, m);
		break;
	}
}
