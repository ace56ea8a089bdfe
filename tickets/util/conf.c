/* conf - see conf.h. */
#include "conf.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct conf conf = {
#define TEXT(name, def, help) .name = def,
#define NUMBER(name, def, min, max, unit, help) .name = def,
#define FLAG(name, def, help) .name = def,
#include "settings.tbl"
#undef TEXT
#undef NUMBER
#undef FLAG
};

enum kind { KIND_TEXT, KIND_NUMBER, KIND_FLAG };

static struct setting {
	const char *name;
	enum kind kind;
	void *value;
	long long min, max;
	const char *from;
} settings[] = {
#define TEXT(name, def, help) { #name, KIND_TEXT, &conf.name, 0, 0, "default" },
#define NUMBER(name, def, min, max, unit, help) { #name, KIND_NUMBER, &conf.name, min, max, "default" },
#define FLAG(name, def, help) { #name, KIND_FLAG, &conf.name, 0, 1, "default" },
#include "settings.tbl"
#undef TEXT
#undef NUMBER
#undef FLAG
};
#define SETTINGS_N (sizeof settings / sizeof settings[0])

/* The process's own memory: settings live as long as it does. */
static struct arena *keep(void)
{
	static struct arena *a;

	if (!a)
		a = arena_new(1 << 20);
	return a;
}

static int set(const char *key, const char *value, const char *from, const char *where)
{
	long long n;

	for (struct setting *s = settings; s < settings + SETTINGS_N; s++) {
		if (strcmp(s->name, key) != 0)
			continue;
		s->from = from;
		if (s->kind == KIND_TEXT) {
			*(const char **)s->value = arena_strdup(keep(), value);
			return 0;
		}
		if (str_to_int(value, s->min, s->max, &n) < 0)
			return err_set(ERR_INVALID, "%s: %s must be a number from %lld to %lld, not '%s'", where, key, s->min,
			               s->max, value);
		if (s->kind == KIND_NUMBER)
			*(int64_t *)s->value = n;
		else
			*(bool *)s->value = n != 0;
		return 0;
	}
	return err_set(ERR_INVALID, "%s: unknown setting '%s'", where, key);
}

static char *trim(char *s)
{
	size_t n;

	s += strspn(s, " \t");
	n = strlen(s);
	while (n && strchr(" \t\r\n", s[n - 1]))
		s[--n] = '\0';
	return s;
}

static int load_line(char *line, const char *path, int number)
{
	char where[600];
	char *eq, *key = trim(line);

	if (!*key || *key == '#')
		return 0;
	snprintf(where, sizeof where, "%s:%d", path, number);
	eq = strchr(key, '=');
	if (!eq)
		return err_set(ERR_INVALID, "%s: expected 'key = value'", where);
	*eq = '\0';
	return set(trim(key), trim(eq + 1), "file", where);
}

static int load_file(const char *path)
{
	char line[4096];
	int number = 0, r = 0;
	FILE *f = fopen(path, "re");

	if (!f)
		return err_set(ERR_INVALID, "cannot read %s", path);
	while (r == 0 && fgets(line, sizeof line, f))
		r = load_line(line, path, ++number);
	fclose(f);
	return r;
}

static int load_environment(void)
{
	char name[80];

	for (struct setting *s = settings; s < settings + SETTINGS_N; s++) {
		const char *v;
		size_t n = (size_t)snprintf(name, sizeof name, "MINSHENG_%s", s->name);
		int r;

		for (size_t i = 9; i < n; i++) {
			if (name[i] >= 'a' && name[i] <= 'z')
				name[i] = (char)(name[i] - 32);
		}
		v = getenv(name);
		if (v && (r = set(s->name, v, "environment", name)) < 0)
			return r;
	}
	return 0;
}

int conf_load(const char *path)
{
	int r;

	if (!path)
		path = getenv("MINSHENG_CONF");
	if (path && (r = load_file(path)) < 0)
		return r;
	if ((r = load_environment()) < 0)
		return r;
	if (strcmp(conf.environment, "production") != 0 && strcmp(conf.environment, "demo") != 0 &&
	    strcmp(conf.environment, "test") != 0)
		return err_set(ERR_INVALID, "environment must be production, demo or test, not '%s'", conf.environment);
	if (*conf.clock_file && strcmp(conf.environment, "test") != 0)
		return err_set(ERR_INVALID, "clock_file may be set only with environment = test");
	return 0;
}

int conf_secret(struct arena *a, const char *name, const char **ret)
{
	char buf[4097];
	const char *path = arena_printf(a, "%s/%s", conf.secrets_dir, name);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n;

	if (fd < 0)
		return err_set(ERR_NOTFOUND, "no secret %s in secrets_dir", name);
	n = read(fd, buf, sizeof buf - 1);
	close(fd);
	if (n < 0)
		return err_set(ERR_IO, "cannot read secret %s", name);
	while (n > 0 && (buf[n - 1] == '\n' || buf[n - 1] == '\r'))
		n--;
	*ret = arena_strndup(a, buf, (size_t)n);
	explicit_bzero(buf, sizeof buf);
	return 0;
}

void conf_print(struct str *o)
{
	for (struct setting *s = settings; s < settings + SETTINGS_N; s++) {
		if (s->kind == KIND_TEXT)
			str_addf(o, "%s = %s  # %s\n", s->name, *(const char **)s->value, s->from);
		else if (s->kind == KIND_NUMBER)
			str_addf(o, "%s = %lld  # %s\n", s->name, (long long)*(int64_t *)s->value, s->from);
		else
			str_addf(o, "%s = %d  # %s\n", s->name, *(bool *)s->value, s->from);
	}
}
