/* ctl_sample - minshengctl sample: drawing a sample again. Nothing is drawn here; the desk does that. */
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "ctl.h"
#include "draw.h"
#include "queries.h"
#include "sample.h"

#define OUT_MAX (64u << 20)
#define EXIT_DIFFERS 3
#define USAGE "sample list | draw --seed HEX [--units P] [--letters P] [--least N] | check FILE.json | verify ID"

struct rule { const char *seed; int units, letters; int64_t least; };

/* Draws and writes "CODE<TAB>POSITION" lines; returns the letters picked. */
static int64_t draw_all(struct ctl *c, const struct rule *r, struct draw_unit *units, size_t n, struct str *o)
{
	int64_t picked = 0;

	draw_units(c->a, r->seed, r->units, units, n);
	for (size_t i = 0; i < n; i++) {
		int64_t k = units[i].drawn ? draw_count(units[i].letters, r->letters, r->least) : 0;
		const int64_t *positions = k > 0 ? draw_letters(c->a, r->seed, units[i].code, units[i].letters, k) : NULL;

		for (int64_t j = 0; j < k; j++)
			str_addf(o, "%s\t%lld\n", units[i].code, (long long)positions[j]);
		picked += k;
	}
	return picked;
}

static int number(struct ctl *c, const char *name, long long min, long long max, long long *ret)
{
	const char *text = ctl_option(c, name);

	return text && str_to_int(text, min, max, ret) < 0 ? err_set(ERR_INVALID, "%s is not within %lld and %lld", name,
	                                                             min, max) : 0;
}

static int read_rule(struct ctl *c, struct rule *ret)
{
	long long units = DRAW_PERCENT_MIN, letters = DRAW_PERCENT_MIN, least = 1;
	int r = number(c, "--units", 1, 100, &units);

	ret->seed = ctl_option(c, "--seed");
	if (r == 0)
		r = number(c, "--letters", 1, 100, &letters);
	if (r == 0)
		r = number(c, "--least", 1, DRAW_LETTERS_MAX, &least);
	if (r == 0 && (!ret->seed || strlen(ret->seed) != DRAW_HEX || strspn(ret->seed, "0123456789abcdef") != DRAW_HEX))
		r = err_set(ERR_INVALID, "--seed takes %d hex digits", DRAW_HEX);
	ret->units = (int)units;
	ret->letters = (int)letters;
	ret->least = least;
	return r;
}

/* "CODE<TAB>LETTERS" lines of standard input; a bad line is told and left out. */
static size_t read_units(struct ctl *c, struct draw_unit *units, int *bad)
{
	char line[256];
	size_t n = 0;

	for (int at = 1; fgets(line, sizeof line, stdin); at++) {
		char *tab = strchr(line, '\t');
		long long letters;

		line[strcspn(line, "\r\n")] = '\0';
		if (!tab || n == DRAW_UNITS_MAX || (*tab = '\0', str_to_int(tab + 1, 1, DRAW_LETTERS_MAX, &letters)) < 0) {
			fprintf(stderr, "minshengctl: line %d: not CODE<TAB>LETTERS\n", at);
			++*bad;
			continue;
		}
		units[n++] = (struct draw_unit){ .code = arena_strdup(c->a, line), .letters = letters };
	}
	return n;
}

static int draw_again(struct ctl *c, struct str *o)
{
	struct draw_unit *units = arena_array(c->a, DRAW_UNITS_MAX, sizeof *units);
	struct rule rule;
	int bad = 0, r = read_rule(c, &rule);
	size_t n;

	if (r < 0)
		return ctl_fail(r);
	if (c->argc != 2)
		return ctl_usage(USAGE);
	n = read_units(c, units, &bad);
	draw_all(c, &rule, units, n, o);
	return ctl_print(o) != 0 || bad ? 1 : 0;
}

/* The members of draw.json, as the public page gives it. */
struct file {
	const char *commitment, *secret, *factor, *seed;
	json_int_t unit_percent, letter_percent, letters_min;
	json_t *units;
};

static int read_file(struct ctl *c, const char *path, struct file *ret)
{
	json_error_t error;
	json_t *o = json_load_file(path, JSON_REJECT_DUPLICATES, &error);

	if (!o)
		return err_set(ERR_INVALID, "%s:%d: %s", path, error.line, error.text);
	arena_defer(c->a, (void (*)(void *))json_decref, o);
	if (json_unpack_ex(o, &error, 0, "{s:s,s:s,s:s,s:s,s:I,s:I,s:I,s:o}", "commitment", &ret->commitment, "secret",
	                   &ret->secret,
	                   "factor", &ret->factor, "seed", &ret->seed, "unit_percent", &ret->unit_percent, "letter_percent",
	                   &ret->letter_percent, "letters_min", &ret->letters_min, "units", &ret->units) < 0 ||
	    !json_is_array(ret->units) || json_array_size(ret->units) > DRAW_UNITS_MAX || ret->unit_percent < 1 ||
	    ret->unit_percent > 100 || ret->letter_percent < 1 || ret->letter_percent > 100)
		return err_set(ERR_INVALID, "%s: not the file of a draw: %s", path, error.text);
	return 0;
}

/* Units of the file; wrong ones end it. */
static int file_units(struct ctl *c, const struct file *f, struct draw_unit **ret)
{
	struct draw_unit *units = arena_array(c->a, json_array_size(f->units) + 1, sizeof *units);
	json_int_t letters;
	const json_t *u;
	size_t i;

	json_array_foreach(f->units, i, u) {
		if (json_unpack((json_t *)u, "{s:s,s:I}", "code", &units[i].code, "letters", &letters) < 0 || letters < 1 ||
		    letters > DRAW_LETTERS_MAX)
			return err_set(ERR_INVALID, "unit %zu of the file", i + 1);
		units[i].letters = letters;
	}
	*ret = units;
	return 0;
}

static int compare(struct ctl *c, const struct file *f, struct draw_unit *units, struct str *o)
{
	char commitment[DRAW_HEX + 1], seed[DRAW_HEX + 1];
	int wrong = 0;
	const json_t *u;
	size_t i;

	draw_hash(f->secret, commitment);
	draw_seed(c->a, f->secret, f->factor, seed);
	if (strcmp(commitment, f->commitment) != 0)
		str_add(o, "the secret is not the one that was announced\n"), wrong++;
	if (strcmp(seed, f->seed) != 0)
		str_add(o, "the seed is not SHA-256(secret|factor)\n"), wrong++;
	draw_units(c->a, f->seed, (int)f->unit_percent, units, json_array_size(f->units));
	json_array_foreach(f->units, i, u) {
		json_int_t picked = json_integer_value(json_object_get(u, "picked"));
		int64_t k = units[i].drawn ? draw_count(units[i].letters, (int)f->letter_percent, f->letters_min) : 0;

		if (units[i].drawn != json_is_true(json_object_get(u, "drawn")) || k != picked)
			str_addf(o, "%s: %lld letters instead of %lld\n", units[i].code, (long long)k, (long long)picked), wrong++;
	}
	return wrong;
}

static int check(struct ctl *c, const char *path, struct str *o)
{
	struct draw_unit *units = NULL;
	struct file f;
	int wrong, r = read_file(c, path, &f);

	if (r == 0)
		r = file_units(c, &f, &units);
	if (r < 0)
		return ctl_fail(r);
	wrong = compare(c, &f, units, o);
	if (wrong == 0) {
		const struct rule rule = { f.seed, (int)f.unit_percent, (int)f.letter_percent, f.letters_min };

		draw_all(c, &rule, units, json_array_size(f.units), o);
	}
	return ctl_print(o) != 0 ? 1 : wrong ? EXIT_DIFFERS : 0;
}

static int verify(struct ctl *c, const char *text, struct str *o)
{
	int64_t wrong = 0;
	long long id;
	int r;

	if (str_to_int(text, 1, INT32_MAX, &id) < 0)
		return ctl_usage(USAGE);
	r = sample_verify(c->db, c->a, id, o, &wrong);
	if (r < 0)
		return ctl_fail(r);
	if (wrong == 0)
		str_add(o, "ok: drawn as announced\n");
	return ctl_print(o) != 0 ? 1 : wrong ? EXIT_DIFFERS : 0;
}

static int list(struct ctl *c, struct str *o)
{
	struct q_sample_list *rows;
	size_t n;
	int r = q_sample_list(c->db, c->a, 200, &rows, &n);

	if (r < 0)
		return ctl_fail(r);
	for (size_t i = 0; i < n; i++)
		str_addf(o, "%lld\t%s\t%s\t%lld units\t%lld letters\n", (long long)rows[i].id, sample_name(c->a, rows[i].year,
		                                                                                           rows[i].quarter,
		         rows[i].batch), rows[i].state, (long long)rows[i].units, (long long)rows[i].picked);
	return ctl_print(o);
}

int ctl_sample(struct ctl *c)
{
	struct str *o = ARENA_NEW(c->a, struct str);
	const char *what = c->argc > 1 ? c->argv[1] : "";

	str_init(o, c->a, OUT_MAX);
	if (strcmp(what, "draw") == 0)
		return draw_again(c, o);
	if (strcmp(what, "check") == 0 && c->argc == 3)
		return check(c, c->argv[2], o);
	if (strcmp(what, "verify") == 0 && c->argc == 3)
		return verify(c, c->argv[2], o);
	if (strcmp(what, "list") == 0 && c->argc == 2)
		return list(c, o);
	return ctl_usage(USAGE);
}
