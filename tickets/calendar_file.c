/* calendar_file - see calendar_file.h. */
#include "calendar_file.h"

#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clock.h"
#include "str.h"

#define FILE_MAX_BYTES ((size_t)1 << 20)
#define DAYS_MAX 400
#define NAME_MAX_BYTES 100
#define NAME_MAX_CHARS 40          /* columns of the schema */
#define SOURCE_MAX_BYTES 500

static void close_file(FILE **f)
{
	if (*f)
		fclose(*f);
}

static void drop_json(json_t **root)
{
	json_decref(*root);
}

struct source {
	FILE *f;
	size_t n_bytes;
};

/* jansson's reader: stops with an error past the ceiling, so that nothing larger is ever held. */
static size_t read_some(void *buf, size_t n, void *data)
{
	struct source *from = data;
	size_t got = fread(buf, 1, n, from->f);

	from->n_bytes += got;
	return ferror(from->f) || from->n_bytes > FILE_MAX_BYTES ? (size_t)-1 : got;
}

static int load_json(const char *path, json_t **ret)
{
	__attribute__((cleanup(close_file))) FILE *f = fopen(path, "re");
	struct source from = { .f = f };
	json_error_t e;

	if (!f)
		return err_set(errno == ENOENT ? ERR_NOTFOUND : ERR_IO, "%s: %s", path, strerror(errno));
	errno = 0;
	*ret = json_load_callback(read_some, &from, JSON_REJECT_DUPLICATES, &e);
	if (ferror(f))
		return err_set(ERR_IO, "%s: %s", path, strerror(errno));
	if (from.n_bytes > FILE_MAX_BYTES)
		return err_set(ERR_TOOBIG, "%s: longer than %zu bytes", path, FILE_MAX_BYTES);
	if (!*ret)
		return err_set(ERR_INVALID, "%s:%d: %s", path, e.line, e.text);
	return 0;
}

/* year and provisional. */
static int read_year(const char *path, const json_t *root, struct calendar_file *file)
{
	const json_t *year = json_object_get(root, "year"), *flag = json_object_get(root, "provisional");

	if (!json_is_integer(year) || json_integer_value(year) < CALENDAR_FIRST_YEAR + 1 ||
	    json_integer_value(year) > CALENDAR_LAST_YEAR)
		return err_set(ERR_INVALID, "%s: year: a whole number from %d to %d is needed", path,
		               CALENDAR_FIRST_YEAR + 1, CALENDAR_LAST_YEAR);
	if (flag && !json_is_boolean(flag))
		return err_set(ERR_INVALID, "%s: provisional: neither true nor false", path);
	file->year = (int)json_integer_value(year);
	file->provisional = json_is_true(flag);
	return 0;
}

/* source and papers, joined. */
static int read_source(struct arena *a, const char *path, const json_t *root, struct calendar_file *file)
{
	const json_t *source = json_object_get(root, "source"), *papers = json_object_get(root, "papers");
	struct str o;

	if (source && !json_is_string(source))
		return err_set(ERR_INVALID, "%s: source: not a text", path);
	if (papers && !json_is_array(papers))
		return err_set(ERR_INVALID, "%s: papers: not an array", path);
	str_init(&o, a, SOURCE_MAX_BYTES);
	if (source)
		str_add(&o, json_string_value(source));
	for (size_t i = 0; i < json_array_size(papers); i++) {
		const char *paper = json_string_value(json_array_get(papers, i));

		if (!paper)
			return err_set(ERR_INVALID, "%s: papers[%zu]: not a text", path, i);
		if (o.len)
			str_addc(&o, ' ');
		str_add(&o, paper);
	}
	if (o.over)
		return err_set(ERR_TOOBIG, "%s: source and papers: longer than %d bytes", path, SOURCE_MAX_BYTES);
	file->source = o.s;
	return 0;
}

/* The date of an entry, which must exist and belong to the notice of that year. */
static int read_date(const char *path, size_t i, const char *date, int year, int32_t *ret_day)
{
	int y, m, d;

	if (clock_parse_day(date, ret_day) < 0)
		return err_set(ERR_INVALID, "%s: days[%zu]: \"%.40s\" is not a date (2026-01-31)", path, i, date);
	clock_civil(*ret_day, &y, &m, &d);
	if (y != year && !(y == year - 1 && m == 12))
		return err_set(ERR_INVALID, "%s: days[%zu]: %s is neither in %d nor in the December before", path, i,
		               date, year);
	return 0;
}

static size_t chars_of(const char *s)
{
	size_t n = 0;

	for (; *s != '\0'; s++)
		n += ((unsigned char)*s & 0xc0) != 0x80;
	return n;
}

static int read_day(struct arena *a, const char *path, size_t i, const json_t *day, struct calendar_file *file)
{
	const char *name = json_string_value(json_object_get(day, "name"));
	const char *date = json_string_value(json_object_get(day, "date"));
	const json_t *off = json_object_get(day, "isOffDay");
	struct calendar_entry *entry = &file->days[i];
	int rc;

	if (!json_is_object(day))
		return err_set(ERR_INVALID, "%s: days[%zu]: not an object", path, i);
	if (!date)
		return err_set(ERR_INVALID, "%s: days[%zu]: date: a text is needed", path, i);
	if ((rc = read_date(path, i, date, file->year, &entry->day)) < 0)
		return rc;
	if (!name || !*name || strlen(name) > NAME_MAX_BYTES || chars_of(name) > NAME_MAX_CHARS)
		return err_set(ERR_INVALID, "%s: days[%zu] (%s): name: a text of 1 to %d bytes is needed", path, i,
		               date, NAME_MAX_BYTES);
	if (!json_is_boolean(off))
		return err_set(ERR_INVALID, "%s: days[%zu] (%s): isOffDay: neither true nor false", path, i, date);
	entry->off = json_is_true(off);
	entry->name = arena_strdup(a, name);
	return 0;
}

static int by_day(const void *a, const void *b)
{
	const struct calendar_entry *x = a, *y = b;

	return (x->day > y->day) - (x->day < y->day);
}

static int read_days(struct arena *a, const char *path, const json_t *root, struct calendar_file *file)
{
	const json_t *days = json_object_get(root, "days");
	size_t n = json_array_size(days);

	if (!json_is_array(days))
		return err_set(ERR_INVALID, "%s: days: an array is needed", path);
	if (n > DAYS_MAX)
		return err_set(ERR_TOOBIG, "%s: days: more than %d", path, DAYS_MAX);
	file->days = arena_array(a, n ? n : 1, sizeof *file->days);
	file->n_days = n;
	for (size_t i = 0; i < n; i++) {
		int rc = read_day(a, path, i, json_array_get(days, i), file);

		if (rc < 0)
			return rc;
	}
	qsort(file->days, n, sizeof *file->days, by_day);
	for (size_t i = 1; i < n; i++)
		if (file->days[i].day == file->days[i - 1].day)
			return err_set(ERR_INVALID, "%s: days: %s stands there twice", path,
			               clock_fmt_day(a, file->days[i].day));
	return 0;
}

static int read_notice(struct arena *a, const char *path, const json_t *root, struct calendar_file *ret)
{
	struct calendar_file file = { .year = 0 };
	int rc;

	if (!json_is_object(root))
		return err_set(ERR_INVALID, "%s: not an object", path);
	if ((rc = read_year(path, root, &file)) < 0 || (rc = read_source(a, path, root, &file)) < 0 ||
	    (rc = read_days(a, path, root, &file)) < 0)
		return rc;
	file.provisional |= file.n_days == 0;
	*ret = file;
	return 0;
}

int calendar_file_read(struct arena *a, const char *path, struct calendar_file *ret)
{
	__attribute__((cleanup(drop_json))) json_t *root = NULL;
	int rc = load_json(path, &root);

	return rc < 0 ? rc : read_notice(a, path, root, ret);
}

int calendar_file_parse(struct arena *a, const char *name, const char *text, size_t n_bytes, struct calendar_file **ret,
                        size_t *ret_n)
{
	json_error_t e;
	__attribute__((cleanup(drop_json))) json_t *root = json_loadb(text, n_bytes, JSON_REJECT_DUPLICATES, &e);
	size_t n = json_is_array(root) ? json_array_size(root) : 1;
	int rc = 0;

	if (!root)
		return err_set(ERR_INVALID, "%s:%d: %s", name, e.line, e.text);
	if (n == 0 || n > CALENDAR_FILES_MAX)
		return err_set(ERR_INVALID, "%s: 1 to %d notices are needed", name, CALENDAR_FILES_MAX);
	*ret = arena_array(a, n, sizeof **ret);
	for (size_t i = 0; rc == 0 && i < n; i++)
		rc = read_notice(a, name, json_is_array(root) ? json_array_get(root, i) : root, &(*ret)[i]);
	*ret_n = n;
	return rc;
}

/* The JSON of one day; dates and names are checked, so nothing in them needs more care than jansson takes. */
static json_t *day_json(struct arena *a, const struct calendar_entry *day)
{
	return json_pack("{s:s, s:s, s:b}", "name", day->name, "date", clock_fmt_day(a, day->day), "isOffDay", day->off);
}

const char *calendar_file_json(struct arena *a, const struct calendar_file *files, size_t n)
{
	__attribute__((cleanup(drop_json))) json_t *all = json_array();
	const size_t flags = JSON_COMPACT | JSON_PRESERVE_ORDER;
	size_t bytes;
	char *text;

	for (size_t i = 0; i < n; i++) {
		json_t *days = json_array();

		for (size_t k = 0; k < files[i].n_days; k++)
			json_array_append_new(days, day_json(a, &files[i].days[k]));
		json_array_append_new(all, json_pack("{s:i, s:b, s:s, s:o}", "year", files[i].year, "provisional",
		                                     files[i].provisional, "source", files[i].source, "days", days));
	}
	bytes = json_dumpb(all, NULL, 0, flags);
	text = arena_alloc(a, bytes + 1);
	must(json_dumpb(all, text, bytes, flags) == bytes);
	return text;
}
