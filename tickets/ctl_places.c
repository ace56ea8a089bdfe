/* ctl_places - minshengctl places: the parts of the city by which published letters are found. */
#include <jansson.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "ctl.h"
#include "places.h"
#include "queries.h"

#define FILE_MAX ((off_t)1 << 20)
#define USAGE "places | places import FILE.json"

static int show(struct ctl *c)
{
	struct q_place_list *rows;
	size_t n = 0;
	int r = q_place_list(c->db, c->a, &rows, &n);

	for (size_t i = 0; r == 0 && i < n; i++)
		printf("%s\t%s\t%s\n", rows[i].code, rows[i].name, rows[i].words);
	return r < 0 ? ctl_fail(r) : 0;
}

static int import(struct ctl *c, const char *path)
{
	json_error_t error;
	struct stat st;
	int64_t letters;
	json_t *o;
	int r;

	if (stat(path, &st) < 0 || st.st_size > FILE_MAX)
		return ctl_fail(err_set(ERR_IO, "%s cannot be read, or is larger than 1 MiB", path));
	o = json_load_file(path, JSON_REJECT_DUPLICATES, &error);
	if (!o)
		return ctl_fail(err_set(ERR_INVALID, "%s:%d: %s", path, error.line, error.text));
	r = places_set(c->db, c->a, o, &letters);
	if (r == 0)
		printf("%zu places; %lld published letters looked at\n", json_array_size(o), (long long)letters);
	json_decref(o);
	return r < 0 ? ctl_fail(r) : 0;
}

int ctl_places(struct ctl *c)
{
	if (c->argc == 1)
		return show(c);
	if (c->argc == 3 && strcmp(c->argv[1], "import") == 0)
		return import(c, c->argv[2]);
	return ctl_usage(USAGE);
}
