/* alarm_rule - see alarm_rule.h. */
#include "alarm_rule.h"

#include <string.h>

#include "access.h"
#include "clock.h"
#include "queries.h"
#include "rule_add.h"
#include "str.h"

/* Units of a kind, the first one for an example; what is counted when it is a number (N). */
static const struct { const char *units, *counted, *example; } kinds[INSPECT__MAX] = {
	[INSPECT_veto] = { "DM", "", "45 天：红牌" },
	[INSPECT_freshness] = { "DM", "", "30 天：预警：督办员、发布员" },
	[INSPECT_home] = { "DM", "", "7 天：预警：发布员" },
	[INSPECT_site_error] = { "W", "", "1 个工作日：预警" },
	[INSPECT_clearing] = { "W", "", "5 个工作日：黄牌" },
	[INSPECT_stuck] = { "NH", "个", "1 小时：黄牌：督办员、系统管理员" },
	[INSPECT_probe_week] = { "P", "", "2%：预警：督办员、值班员" },
	[INSPECT_probe_down] = { "N", "次", "3 次：黄牌：督办员、值班员" },
	[INSPECT_footer] = { "N", "个页面", "1 个页面：黄牌：系统管理员" },
	[INSPECT_simulated] = { "W", "", "4 个工作日：黄牌：督办员" },
	[INSPECT_known_until] = { "D", "", "60 天：预警：系统管理员、督办员" },
	[INSPECT_incident_first] = { "H", "", "3 小时：黄牌：值班员、督办员，随时" },
	[INSPECT_incident_full] = { "H", "", "18 小时：预警：值班员，随时" },
};

/* In the order of the column's set. */
static const enum role roles[] = { ROLE_SUPERVISOR, ROLE_PUBLISHER, ROLE_DUTY_OFFICER, ROLE_SYS_ADMIN, ROLE_LEADER,
	ROLE_REGISTRAR };
#define ROLES_N (sizeof roles / sizeof roles[0])

const char *alarm_rule_example(enum inspect_kind kind)
{
	return kinds[kind].example;
}

/* --- reading --- */

static const char *unit_word(enum inspect_kind kind, char unit)
{
	switch (unit) {
	case 'D': return "天";
	case 'W': return "个工作日";
	case 'M': return "个月";
	case 'H': return "小时";
	case 'P': return "%";
	default: return kinds[kind].counted;
	}
}

static bool take_amount(const char **s, struct inspect_rule *step)
{
	const char *unit = kinds[step->kind].units;

	if (!rule_take_number(s, &step->amount))
		return false;
	/* 个月 and 个工作日 begin like 个: the longer words come first. */
	for (; *unit != '\0'; unit++) {
		if (*unit != 'N' && rule_take(s, unit_word(step->kind, *unit)))
			break;
	}
	if (*unit == '\0' && strchr(kinds[step->kind].units, 'N') != NULL && rule_take(s, kinds[step->kind].counted))
		unit = "N";
	step->unit = *unit;
	return *unit != '\0' && (step->amount > 0 || step->kind == INSPECT_known_until)
		&& (step->unit != 'P' || step->amount <= 100);
}

static bool take_level(const char **s, struct inspect_rule *step)
{
	for (int level = INSPECT_NOTICE; level <= INSPECT_LATE; level++) {
		if (rule_take(s, inspect_level_name((enum inspect_level)level))) {
			step->level = (enum inspect_level)level;
			return true;
		}
	}
	return false;
}

static bool take_role(const char **s, bool *set)
{
	for (size_t i = 0; i < ROLES_N; i++) {
		if (rule_take(s, access_role_name(roles[i]))) {
			set[i] = true;
			return true;
		}
	}
	return false;
}

static const char *codes_of(struct arena *a, const bool *set)
{
	const char *codes = "";

	for (size_t i = 0; i < ROLES_N; i++) {
		if (set[i])
			codes = arena_printf(a, "%s%s%s", codes, *codes ? "," : "", access_role_code(roles[i]));
	}
	return codes;
}

static bool take_colon(const char **s)
{
	return rule_take(s, "：") || rule_take(s, ":");
}

static bool take_comma(const char **s)
{
	return rule_take(s, "、") || rule_take(s, "，") || rule_take(s, ",");
}

static bool read_line(struct arena *a, const char *line, struct inspect_rule *step)
{
	const char *s = line;
	bool set[ROLES_N] = { false };
	bool ok = take_amount(&s, step) && take_colon(&s) && take_level(&s, step);

	if (ok && take_colon(&s)) {
		ok = take_role(&s, set);
		while (ok && take_comma(&s)) {
			if (rule_take(&s, "随时")) {
				step->wakes = true;
				break;
			}
			ok = take_role(&s, set);
		}
	}
	while (*s == ' ')
		s++;
	step->roles = codes_of(a, set);
	return ok && *s == '\0';
}

static bool twice(const struct inspect_rule *steps, size_t n)
{
	for (size_t i = 0; i + 1 < n; i++) {
		if (steps[i].amount == steps[n - 1].amount && steps[i].unit == steps[n - 1].unit)
			return true;
	}
	return false;
}

static int read_step(struct arena *a, const char *line, size_t no, struct inspect_rule *step)
{
	if (!read_line(a, line, step))
		return err_say(ERR_INVALID, "第 %zu 行看不懂，请写成“%s”这样；不写人就只亮灯", no, kinds[step->kind].example);
	if (inspect_of_letters(step->kind) && step->roles[0] != '\0')
		return err_say(ERR_INVALID, "第 %zu 行：这一项只亮灯。信件到期提醒谁，请在“预警和督促”里定", no);
	return 0;
}

int alarm_rule_read(struct arena *a, enum inspect_kind kind, const char *text, struct inspect_rule **ret, size_t *ret_n)
{
	struct inspect_rule *steps = arena_array(a, ALARM_STEPS_MAX, sizeof *steps);
	size_t n_lines, n = 0;
	char **lines = str_split(a, arena_strdup(a, text), '\n', &n_lines);
	int r = 0;

	for (size_t i = 0; r == 0 && i < n_lines; i++) {
		lines[i][strcspn(lines[i], "\r")] = '\0';
		if (lines[i][strspn(lines[i], " \t")] == '\0')
			continue;
		if (n == ALARM_STEPS_MAX)
			return err_say(ERR_INVALID, "最多写 %d 步", ALARM_STEPS_MAX);
		steps[n] = (struct inspect_rule){ .kind = kind };
		r = read_step(a, lines[i], i + 1, &steps[n]);
		if (r == 0 && twice(steps, ++n))
			r = err_say(ERR_INVALID, "第 %zu 行和前面的是同一步，请并成一行", i + 1);
	}
	if (r == 0 && n == 0)
		r = err_say(ERR_INVALID, "请至少写一步，例如“%s”", kinds[kind].example);
	*ret = steps;
	*ret_n = n;
	return r;
}

/* --- writing --- */

const char *alarm_rule_amount(struct arena *a, const struct inspect_rule *step)
{
	return arena_printf(a, "%d%s%s", step->amount, step->unit == 'P' ? "" : " ", unit_word(step->kind, step->unit));
}

static const char *names_of(struct arena *a, const char *codes)
{
	size_t n;
	char **list = str_split(a, arena_strdup(a, codes), ',', &n);
	const char *names = "";

	for (size_t i = 0; i < n; i++) {
		enum role role = access_role_from(list[i]);

		if (role < ROLE__MAX)
			names = arena_printf(a, "%s%s%s", names, *names ? "、" : "", access_role_name(role));
	}
	return names;
}

const char *alarm_rule_told(struct arena *a, const struct inspect_rule *step)
{
	if (step->roles[0] == '\0')
		return "只亮灯，不通知";
	return arena_printf(a, "%s%s", names_of(a, step->roles), step->wakes ? "，随时" : "");
}

const char *alarm_rule_write(struct arena *a, const struct inspect_rule *steps, size_t n)
{
	struct str o;

	str_init(&o, a, 4096);
	for (size_t i = 0; i < n; i++) {
		const struct inspect_rule *s = &steps[i];

		str_addf(&o, "%s：%s%s%s\n", alarm_rule_amount(a, s), inspect_level_name(s->level), s->roles[0] ? "：" : "",
			s->roles[0] ? alarm_rule_told(a, s) : "");
	}
	return o.len ? o.s : "";
}

/* --- adding --- */

static const char *level_code(enum inspect_level level)
{
	return level == INSPECT_NOTICE ? "notice" : level == INSPECT_WARN ? "warn" : "late";
}

static int add(struct db *db, void *arg)
{
	const struct alarm_set *set = arg;
	const char *kind = inspect_kind_code(set->kind);
	int64_t id;
	int r = q_alarm_set_add(db, kind, set->valid_from, set->grounds, set->officer_id, set->now, &id);

	for (size_t i = 0; r == 0 && i < set->n; i++) {
		const struct inspect_rule *s = &set->steps[i];
		const char unit[] = { s->unit, '\0' };
		int64_t n = 0;

		r = q_alarm_rule_add(db, kind, level_code(s->level), s->amount, unit, s->roles, s->wakes, NULL);
		if (r == 0)
			r = q_alarm_set_rule_add(db, id, kind, level_code(s->level), s->amount, unit, s->roles, s->wakes, &n);
		if (r == 0 && n != 1)
			r = err_set(ERR_BUG, "step %zu of set %lld is not there", i, (long long)id);
	}
	return r;
}

int alarm_rule_add(struct db *db, const struct alarm_set *set)
{
	struct alarm_set copy = *set;

	if (set->valid_from < clock_day(set->now))
		return err_say(ERR_INVALID, "生效日期不能早于今天");
	return db_tx(db, add, &copy);
}
