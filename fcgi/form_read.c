/* form_read - see form_read.h. One function a type. */
#include "form_read.h"

#include <string.h>

#include "clock.h"
#include "str.h"
#include "text.h"

#define LINE_DEFAULT 200
#define TEXT_DEFAULT 5000
#define TOKEN_DEFAULT 128
#define LIST_DEFAULT REQUEST_PARAMS_MAX

static const char *label(const struct field *d)
{
	return d->label != NULL ? d->label : "这一项";
}

static void say_missing(struct form *f, const struct field *d)
{
	const char *verb = "请填写";

	if (d->type == FIELD_CHOICE || d->type == FIELD_LIST)
		verb = "请选择";
	else if (d->type == FIELD_BOOL)
		verb = "请确认";
	form_fail(f, d->name, d->missing != NULL ? d->missing : arena_printf(f->a, "%s%s", verb, label(d)));
}

static const char *wrong_text(enum field_type type)
{
	switch (type) {
	case FIELD_PHONE:
		return "不正确，请填写手机号码（如 13800138000）或带区号的固定电话（如 010-66001234）";
	case FIELD_EMAIL:
		return "不正确，应类似 name@example.com";
	case FIELD_CHOICE:
		return "请从列出的选项中选择";
	case FIELD_INT:
		return "应是整数";
	case FIELD_DATE:
		return "应是日期，如 2026-09-29";
	default:
		return "的格式不对";
	}
}

static void say_wrong(struct form *f, const struct field *d)
{
	form_fail(f, d->name, d->wrong != NULL ? d->wrong : arena_printf(f->a, "%s%s", label(d), wrong_text(d->type)));
}

static void say_short(struct form *f, const struct field *d)
{
	form_fail(f, d->name, d->too_short != NULL ? d->too_short
		: arena_printf(f->a, "%s至少要有 %d 个字", label(d), d->min));
}

static void say_long(struct form *f, const struct field *d, int max, size_t now)
{
	form_fail(f, d->name, d->too_long != NULL ? d->too_long : now > (size_t)max
		? arena_printf(f->a, "%s不能超过 %d 个字，现在有 %zu 个字", label(d), max, now)
		: arena_printf(f->a, "%s不能超过 %d 个字", label(d), max));
}

/* --- one function a type --- */

static int max_of(const struct field *d, int otherwise)
{
	return d->max > 0 ? d->max : otherwise;
}

static void read_text(struct form *f, const struct field *d, struct form_value *v)
{
	int max = max_of(d, d->type == FIELD_LINE ? LINE_DEFAULT : TEXT_DEFAULT);
	const char *clean = NULL;
	int rc;

	if (d->type == FIELD_LINE)
		rc = text_clean_line(f->a, v->raw, (size_t)max, &clean);
	else
		rc = text_clean_body(f->a, v->raw, (size_t)max, &clean);
	if (rc == ERR_TOOBIG)
		say_long(f, d, max, text_graphemes(v->raw));
	else if (rc != 0)
		say_wrong(f, d);
	else if (clean[0] == '\0' && d->required)
		say_missing(f, d);
	else if (clean[0] != '\0' && text_graphemes(clean) < (size_t)d->min)
		say_short(f, d);
	else
		v->text = clean;
}

static void read_contact(struct form *f, const struct field *d, struct form_value *v)
{
	const char *clean = NULL;
	int rc = d->type == FIELD_PHONE ? text_phone(f->a, v->raw, &clean) : text_email(f->a, v->raw, &clean);

	if (rc != 0)
		say_wrong(f, d);
	else
		v->text = clean;
}

static void read_bool(struct form *f, const struct field *d, struct form_value *v)
{
	static const char *const yes[] = { "1", "true", "on", "yes" };
	static const char *const no[] = { "0", "false", "off", "no" };

	for (size_t i = 0; i < ARRAY_LEN(yes); i++) {
		if (str_eq(v->raw, yes[i])) {
			v->yes = true;
			v->text = "1";
			return;
		}
		if (str_eq(v->raw, no[i])) {
			v->text = "0";
			return;
		}
	}
	say_wrong(f, d);
}

static void read_choice(struct form *f, const struct field *d, struct form_value *v)
{
	must(d->choices != NULL);
	for (int i = 0; d->choices[i] != NULL; i++) {
		if (strcmp(d->choices[i], v->raw) == 0) {
			v->text = d->choices[i];
			v->number = i;
			return;
		}
	}
	say_wrong(f, d);
}

static void read_int(struct form *f, const struct field *d, struct form_value *v)
{
	bool any = d->min == 0 && d->max == 0;
	const char *clean = text_fold_width(f->a, v->raw);
	long long n = 0;

	while (*clean == ' ')
		clean++;
	if (str_to_int(clean, INT64_MIN, INT64_MAX, &n) != 0) {
		say_wrong(f, d);
	} else if (!any && (n < d->min || n > d->max)) {
		form_fail(f, d->name, n < d->min && d->too_short != NULL ? d->too_short
			: n > d->max && d->too_long != NULL ? d->too_long
			: arena_printf(f->a, "%s应在 %d 到 %d 之间", label(d), d->min, d->max));
	} else {
		v->number = n;
		v->text = clean;
	}
}

/* Up to four digits and what separates dates; -1 when there are none. */
static int date_part(const char **p)
{
	int part = 0, digits = 0;

	for (; **p >= '0' && **p <= '9' && digits < 4; ++*p, digits++)
		part = part * 10 + (**p - '0');
	if (str_starts(*p, "年") || str_starts(*p, "月") || str_starts(*p, "日"))
		*p += strlen("年");
	else if (**p == '-' || **p == '/' || **p == '.')
		++*p;
	return digits > 0 ? part : -1;
}

/* 2026/9/29, 2026.9.29 and 2026年9月29日 become 2026-09-29; NULL when it has not three numbers. */
static const char *date_iso(struct arena *a, const char *raw)
{
	const char *p = text_fold_width(a, raw);
	int year, month, day;

	p += strspn(p, " ");
	year = date_part(&p);
	month = date_part(&p);
	day = date_part(&p);
	p += strspn(p, " ");
	if (*p != '\0' || year < 0 || month < 0 || day < 0)
		return NULL;
	return arena_printf(a, "%04d-%02d-%02d", year, month, day);
}

static void read_date(struct form *f, const struct field *d, struct form_value *v)
{
	const char *iso = date_iso(f->a, v->raw);
	int32_t day = DAY_NONE;

	if (iso == NULL || clock_parse_day(iso, &day) != 0) {
		say_wrong(f, d);
		return;
	}
	v->day = day;
	v->text = iso;
}

static bool token_ok(const char *s, size_t max)
{
	size_t n = strspn(s, "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ._~:-");

	return s[n] == '\0' && n <= max;
}

static void read_token(struct form *f, const struct field *d, struct form_value *v)
{
	const char *clean = NULL;

	/* Codes are typed from paper and pasted from messages: spaces around and wide letters are no mistake. */
	if (text_clean_line(f->a, text_fold_width(f->a, v->raw), TEXT_DEFAULT, &clean) != 0
			|| !token_ok(clean, (size_t)max_of(d, TOKEN_DEFAULT)))
		say_wrong(f, d);
	else if (strlen(clean) < (size_t)d->min)
		say_wrong(f, d);
	else
		v->text = clean;
}

static void read_list(struct form *f, const struct field *d, const struct form_input *in, struct form_value *v)
{
	const char **list = arena_array(f->a, in->list_n + 1, sizeof(*list));

	for (size_t i = 0; i < in->list_n; i++) {
		if (in->list[i][0] == '\0')
			continue;
		if (!token_ok(in->list[i], TOKEN_DEFAULT)) {
			say_wrong(f, d);
			return;
		}
		list[v->list_n++] = in->list[i];
	}
	v->list = list;
	if (v->list_n == 0 && d->required)
		say_missing(f, d);
	else if (v->list_n > (size_t)max_of(d, LIST_DEFAULT))
		form_fail(f, d->name, d->too_long != NULL ? d->too_long
			: arena_printf(f->a, "%s最多选 %d 个", label(d), max_of(d, LIST_DEFAULT)));
}

static void read_secret(struct form *f, const struct field *d, struct form_value *v)
{
	const char *secret = v->raw;
	size_t n = text_graphemes(secret);

	if (n > (size_t)max_of(d, TOKEN_DEFAULT))
		say_long(f, d, max_of(d, TOKEN_DEFAULT), n);
	else if (n < (size_t)d->min)
		say_short(f, d);
	else
		v->text = secret;
}

static void read_value(struct form *f, const struct field *d, struct form_value *v)
{
	switch (d->type) {
	case FIELD_LINE:
	case FIELD_TEXT:
		read_text(f, d, v);
		break;
	case FIELD_PHONE:
	case FIELD_EMAIL:
		read_contact(f, d, v);
		break;
	case FIELD_BOOL:
		read_bool(f, d, v);
		break;
	case FIELD_CHOICE:
		read_choice(f, d, v);
		break;
	case FIELD_INT:
		read_int(f, d, v);
		break;
	case FIELD_DATE:
		read_date(f, d, v);
		break;
	case FIELD_TOKEN:
		read_token(f, d, v);
		break;
	case FIELD_SECRET:
		read_secret(f, d, v);
		break;
	case FIELD_TRAP:
		v->text = v->raw;
		break;
	case FIELD_LIST:
		break;
	}
}

static bool is_blank(const char *s)
{
	return s[strspn(s, " \t\r\n")] == '\0';
}

void form_read(struct form *f, size_t i, const struct form_input *in)
{
	const struct field *d = &f->def->fields[i];
	struct form_value *v = &f->values[i];

	v->given = in->given;
	v->raw = in->raw != NULL ? in->raw : "";
	if (in->wrong_type)
		say_wrong(f, d);
	else if (d->type == FIELD_LIST)
		read_list(f, d, in, v);
	else if (!is_blank(v->raw))
		read_value(f, d, v);
	else if (d->required)
		say_missing(f, d);
	/* Never shown again, a password of blanks neither. */
	if (d->type == FIELD_SECRET)
		v->raw = "";
	/* The mistakes are in the form now; what the checks noted on the way must not end up in the log. */
	err_clear();
}
