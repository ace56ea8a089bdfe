/* import_map - see import_map.h. The reading of the map file; rows are in import_row.c. */
#include "import_map.h"

#include <errno.h>
#include <jansson.h>
#include <string.h>

#include "clock.h"
#include "text.h"

#define FILE_MAX_BYTES ((size_t)64 << 10)

static const struct { const char *key; bool needed; } columns[] = {
#define COLUMN(name, key, needed) { #key, needed },
	IMPORT_COLUMNS(COLUMN)
#undef COLUMN
};

const char *import_map_refusal(enum import_refusal why)
{
	static const char *const words[] = {
#define REFUSAL(name, zh) zh,
		IMPORT_REFUSALS(REFUSAL)
#undef REFUSAL
	};

	return words[why];
}

const char *import_map_help(void)
{
	return "对照文件（JSON）：\n"
	       "{\n"
	       "  \"system\": \"a4\",                  原系统的代号：小写字母、数字、. _ -，不超过 40 个；与原编号一起保证不重复导入\n"
	       "  \"columns\": {                      各列在表头中的名称\n"
	       "    \"number\": \"letter_no\",         原编号，必填\n"
	       "    \"title\": \"title\",              标题，必填\n"
	       "    \"body\": \"detail\",              内容，必填\n"
	       "    \"received\": \"time\",            来信时间，必填\n"
	       "    \"reply\": \"reply\",              答复（与 replied 同有同无；某一条两者都空，为未答复）\n"
	       "    \"replied\": \"reply_time\",       答复时间\n"
	       "    \"unit\": \"reply_unit\",          承办单位名称，可省略；空时用 unit.default\n"
	       "    \"type\": \"kind\",                原系统的类别，可省略；有则 type.rules 看它，否则看标题\n"
	       "    \"published\": \"open\"            是否公开，可省略：1 true yes y 是 公开 已公开\n"
	       "  },\n"
	       "  \"type\": { \"default\": \"complaint\",   leader_mail consult complaint suggestion site_error\n"
	       "            \"rules\": [ { \"contains\": \"建议\", \"type\": \"suggestion\" } ] },   从上到下，先合者为准\n"
	       "  \"unit\": { \"default\": \"市政府办公室\",   单位代码或名称\n"
	       "            \"create\": true },       没有的单位：true 建为停用单位（不能被选、不能分办），false 不收这一条\n"
	       "  \"published\": true,                原系统已公开的答复：true 进入公开栏目；false 不公开\n"
	       "  \"withhold_reason\": \"privacy\",    不公开的理由代码；有不公开的就要填\n"
	       "  \"result\": \"explained\",           办理结果代码，默认 explained\n"
	       "  \"timezone\": \"Asia/Shanghai\"      时间所用时区：Asia/Shanghai（默认）、UTC 或 +08:00 这样的\n"
	       "}\n"
	       "时间：2019/4/25 9:32:09、2019-11-15 16:07:12、2019年4月25日 9:32、带 T 和时区的，或只有日期。\n";
}

static void close_file(FILE **f)
{
	if (*f)
		fclose(*f);
}

static void drop_json(json_t **root)
{
	json_decref(*root);
}

static int load_json(const char *path, struct arena *a, json_t **ret)
{
	__attribute__((cleanup(close_file))) FILE *f = fopen(path, "re");
	char *text = arena_alloc(a, FILE_MAX_BYTES + 1);
	json_error_t e;
	size_t n;

	if (!f)
		return err_set(errno == ENOENT ? ERR_NOTFOUND : ERR_IO, "%s: %s", path, strerror(errno));
	n = fread(text, 1, FILE_MAX_BYTES + 1, f);
	if (ferror(f))
		return err_set(ERR_IO, "%s: %s", path, strerror(errno));
	if (n > FILE_MAX_BYTES)
		return err_set(ERR_TOOBIG, "%s: longer than %zu bytes", path, FILE_MAX_BYTES);
	*ret = json_loadb(text, n, JSON_REJECT_DUPLICATES, &e);
	if (!*ret)
		return err_set(ERR_INVALID, "%s:%d: %s", path, e.line, e.text);
	return json_is_object(*ret) ? 0 : err_set(ERR_INVALID, "%s: not an object", path);
}

/* Members that mean nothing are mistakes of spelling. */
static int check_keys(const json_t *o, const char *what, const char *const *known)
{
	const char *key;
	json_t *value;

	json_object_foreach((json_t *)o, key, value) {
		const char *const *k = known;

		while (*k && strcmp(*k, key) != 0)
			k++;
		if (!*k)
			return err_set(ERR_INVALID, "map: %s: unknown member \"%.40s\"", what, key);
	}
	return 0;
}

/* The text of a member; NULL when it is not there and need not be. */
static int get_text(struct arena *a, const json_t *o, const char *key, bool needed, const char **ret)
{
	const json_t *v = json_object_get(o, key);

	if (!v && !needed)
		return 0;
	if (!json_is_string(v) || !*json_string_value(v))
		return err_set(ERR_INVALID, "map: %s: a text is needed", key);
	return text_clean_line(a, json_string_value(v), 200, ret);
}

static int get_flag(const json_t *o, const char *key, bool *ret)
{
	const json_t *v = json_object_get(o, key);

	if (v && !json_is_boolean(v))
		return err_set(ERR_INVALID, "map: %s: neither true nor false", key);
	if (v)
		*ret = json_is_true(v);
	return 0;
}

static int get_type(struct arena *a, const json_t *o, const char *key, enum ticket_type *ret)
{
	const char *code = NULL;
	int r = get_text(a, o, key, true, &code);

	if (r < 0)
		return r;
	*ret = states_type_from(code);
	return *ret == TYPE__MAX ? err_set(ERR_INVALID, "map: %s: no type \"%.40s\"", key, code) : 0;
}

static int get_system(struct arena *a, const json_t *root, struct import_map *map)
{
	int r = get_text(a, root, "system", true, &map->system);

	if (r < 0)
		return r;
	if (strlen(map->system) > 40 ||
	    map->system[strspn(map->system, "abcdefghijklmnopqrstuvwxyz0123456789._-")] != '\0')
		return err_set(ERR_INVALID, "map: system: a-z 0-9 . _ - and at most 40 of them");
	return 0;
}

static int get_columns(struct arena *a, const json_t *root, struct import_map *map)
{
	const json_t *o = json_object_get(root, "columns");
	const char *known[IMPORT_COLUMN__MAX + 1] = { 0 };
	int r;

	if (!json_is_object(o))
		return err_set(ERR_INVALID, "map: columns: an object is needed");
	for (int i = 0; i < IMPORT_COLUMN__MAX; i++) {
		known[i] = columns[i].key;
		if ((r = get_text(a, o, columns[i].key, columns[i].needed, &map->column[i])) < 0)
			return r;
	}
	if (!map->column[IMPORT_REPLY] != !map->column[IMPORT_REPLIED])
		return err_set(ERR_INVALID, "map: columns: reply and replied go together");
	return check_keys(o, "columns", known);
}

static int get_rule(struct arena *a, const json_t *o, struct import_rule *rule)
{
	static const char *const known[] = { "contains", "type", NULL };
	int r;

	if (!json_is_object(o))
		return err_set(ERR_INVALID, "map: type.rules: an object is needed");
	if ((r = get_text(a, o, "contains", true, &rule->contains)) < 0 ||
	    (r = get_type(a, o, "type", &rule->type)) < 0)
		return r;
	return check_keys(o, "type.rules", known);
}

static int get_types(struct arena *a, const json_t *root, struct import_map *map)
{
	static const char *const known[] = { "default", "rules", NULL };
	const json_t *o = json_object_get(root, "type"), *rules = json_object_get(o, "rules");
	int r = get_type(a, o, "default", &map->type);

	if (r < 0 || (r = check_keys(o, "type", known)) < 0)
		return r;
	if ((rules && !json_is_array(rules)) || json_array_size(rules) > IMPORT_RULES_MAX)
		return err_set(ERR_INVALID, "map: type.rules: an array of at most %d is needed", IMPORT_RULES_MAX);
	map->n_rules = json_array_size(rules);
	for (size_t i = 0; r == 0 && i < map->n_rules; i++)
		r = get_rule(a, json_array_get(rules, i), &map->rules[i]);
	return r;
}

static int get_unit(struct arena *a, const json_t *root, struct import_map *map)
{
	static const char *const known[] = { "default", "create", NULL };
	const json_t *o = json_object_get(root, "unit");
	int r = get_text(a, o, "default", true, &map->unit);

	if (r == 0)
		r = get_flag(o, "create", &map->create_units);
	if (r == 0 && text_graphemes(map->unit) > IMPORT_UNIT_MAX)
		r = err_set(ERR_INVALID, "map: unit.default: longer than %d characters", IMPORT_UNIT_MAX);
	return r < 0 ? r : check_keys(o, "unit", known);
}

static int get_publication(struct arena *a, const json_t *root, struct import_map *map)
{
	int r = get_flag(root, "published", &map->published);

	if (r < 0 || (r = get_text(a, root, "withhold_reason", false, &map->withhold_reason)) < 0 ||
	    (r = get_text(a, root, "result", false, &map->result)) < 0)
		return r;
	if (!map->withhold_reason && (!map->published || map->column[IMPORT_PUBLISHED]))
		return err_set(ERR_INVALID, "map: withhold_reason: needed where not everything is published");
	if (map->withhold_reason && !states_reason("withhold", map->withhold_reason))
		return err_set(ERR_INVALID, "map: withhold_reason: no such code");
	if (!states_reason("result", map->result))
		return err_set(ERR_INVALID, "map: result: no such code");
	return 0;
}

/* "+08:00": the seconds from the tail of a moment read with it. */
static int get_zone(struct arena *a, const json_t *root, struct import_map *map)
{
	const char *zone = "Asia/Shanghai";
	int64_t utc, there;
	int r = get_text(a, root, "timezone", false, &zone);

	if (r < 0)
		return r;
	if (strcmp(zone, "Asia/Shanghai") == 0)
		zone = "+08:00";
	else if (strcmp(zone, "UTC") == 0)
		zone = "Z";
	if (clock_parse("2000-01-01T00:00Z", &utc) < 0 ||
	    clock_parse(arena_printf(a, "2000-01-01T00:00%s", zone), &there) < 0)
		return err_set(ERR_INVALID, "map: timezone: Asia/Shanghai, UTC or like +08:00");
	map->zone_seconds = (int)(utc - there);
	return 0;
}

int import_map_read(struct arena *a, const char *path, struct import_map *ret)
{
	static const char *const known[] = { "system", "columns", "type", "unit", "published", "withhold_reason",
		                             "result", "timezone", NULL };
	__attribute__((cleanup(drop_json))) json_t *root = NULL;
	struct import_map map = { .result = "explained" };
	int r = load_json(path, a, &root);

	for (int i = 0; i < IMPORT_COLUMN__MAX; i++)
		map.at[i] = -1;
	if (r < 0 || (r = check_keys(root, "map", known)) < 0 || (r = get_system(a, root, &map)) < 0 ||
	    (r = get_columns(a, root, &map)) < 0 || (r = get_types(a, root, &map)) < 0 ||
	    (r = get_unit(a, root, &map)) < 0 || (r = get_publication(a, root, &map)) < 0 ||
	    (r = get_zone(a, root, &map)) < 0)
		return r;
	*ret = map;
	return 0;
}

int import_map_bind(struct import_map *map, struct arena *a, const struct csv_row *head)
{
	if (head->wrong)
		return err_set(ERR_INVALID, "first row of the table: %s", head->wrong);
	for (int i = 0; i < IMPORT_COLUMN__MAX; i++) {
		map->at[i] = -1;
		for (size_t k = 0; map->column[i] && k < head->n; k++) {
			const char *name;

			if (text_clean_line(a, head->field[k], 200, &name) == 0 && str_eq(name, map->column[i]))
				map->at[i] = (int)k;
		}
		if (map->column[i] && map->at[i] < 0)
			return err_set(ERR_INVALID, "the table has no column \"%s\" (%s)", map->column[i],
			               columns[i].key);
	}
	return 0;
}
