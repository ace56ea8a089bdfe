/* redact_number - see redact_text.h: what is a run of digits? */
#include <string.h>

#include "redact_text.h"

#define DIGITS_MAX 24
#define MOBILE_DIGITS 11
#define PAPER_MAX 30

/* Digits in groups, with one blank, dash, dot or bracket (or a dash among blanks) between them. */
struct run {
	char d[DIGITS_MAX + 1];      /* the digits */
	size_t end[DIGITS_MAX + 1];  /* the cell after the k-th digit */
	size_t n;
	size_t group[DIGITS_MAX];    /* how many digits up to the end of each group */
	char sep[DIGITS_MAX];        /* what follows the group */
	size_t groups;
	size_t from;                 /* the first cell, + and ( included */
};

static struct redact_words lines = REDACT_WORDS("电话 座机 热线 固话 联系方式 传真 tel phone 致电 拨打 分机 小灵通");
static struct redact_words mobiles = REDACT_WORDS("手机 电话 联系方式 移动电话 tel phone 微信 致电 号码");
static struct redact_words identities = REDACT_WORDS("身份证 身份证号 身份证号码 身份证件 公民身份号码 证件 证件号 证号 身份号");
static struct redact_words accounts = REDACT_WORDS("卡号 账号 帐号 账户 帐户 银行卡 储蓄卡 信用卡 银联卡 存折 一卡通");
static struct redact_words papers = REDACT_WORDS(
	"编号 证号 证件 证件号 许可证 执照 注册号 流水号 查询码 单号 工号 学号 护照 通行证 社保 医保 残疾证 档案号 合同号 案号 "
	"户号 "
	"卡号 受理号 订单 序列号 车架号 发动机号 机身号 保单 号码 登记证 资格证 学籍 信用代码 税号 证书 准考证 报名号 订单号 回执号");

/* --- gathering --- */

static bool is_separator(unsigned char f)
{
	return f == ' ' || f == '-' || f == '.' || f == ')' || f == '_';
}

static size_t add_group(const struct cells *t, size_t i, struct run *r)
{
	for (; redact_is_digit(&t->c[i]) && r->n < DIGITS_MAX; i++) {
		r->d[r->n] = (char)t->c[i].f;
		r->end[++r->n] = i + 1;
	}
	r->group[r->groups] = r->n;
	return i;
}

/* Where the next group begins; the end of the text: there is none. */
static size_t next_group(const struct cells *t, size_t i, char *sep)
{
	size_t k = i;

	while (k < t->n && k < i + 3 && is_separator(t->c[k].f))
		k++;
	*sep = (char)t->c[i].f;
	for (size_t s = i; s < k; s++)
		*sep = t->c[s].f == ' ' ? *sep : (char)t->c[s].f;
	return k > i && redact_is_digit(&t->c[k]) ? k : t->n;
}

static struct run run_at(const struct cells *t, size_t i)
{
	struct run r = { .from = i };

	while (t->c[i].f == '+' || t->c[i].f == '(')
		i++;
	r.end[0] = i;
	while (redact_is_digit(&t->c[i]) && r.n < DIGITS_MAX) {
		size_t after = add_group(t, i, &r);

		i = next_group(t, after, &r.sep[r.groups]);
		r.groups++;
	}
	r.d[r.n] = '\0';
	return r;
}

/* Is the k-th digit the last one of a group? */
static bool is_border(const struct run *r, size_t k)
{
	for (size_t g = 0; g < r->groups; g++) {
		if (r->group[g] == k)
			return true;
	}
	return false;
}

/* The group that ends with the k-th digit, or groups. */
static size_t group_of(const struct run *r, size_t k)
{
	size_t g = 0;

	while (g < r->groups && r->group[g] < k)
		g++;
	return g;
}

static bool found(struct found *ret, const struct run *r, size_t digits, enum redact_kind kind, const char *why)
{
	*ret = (struct found){ r->from, r->end[digits], kind, why };
	return true;
}

/* --- what digits can be --- */

static int two(const char *d)
{
	return (d[0] - '0') * 10 + (d[1] - '0');
}

static bool is_region(const char *d)
{
	static const char regions[] = "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 "
		"63 64 65 71 81 82 83 ";
	const char code[] = { d[0], d[1], ' ', '\0' };

	return strstr(regions, code) != NULL;
}

static bool is_birthday(int year, int month, int day)
{
	static const int days[] = { 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

	return year >= 1880 && year <= 2100 && month >= 1 && month <= 12 && day >= 1 && day <= days[month - 1];
}

static bool is_checked(const char *d, char last)
{
	static const int weights[] = { 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2 };
	int sum = 0;

	for (int i = 0; i < 17; i++)
		sum += weights[i] * (d[i] - '0');
	return "10X98765432"[sum % 11] == (last == 'x' ? 'X' : last);
}

static bool is_luhn(const char *d, size_t n)
{
	int sum = 0;

	for (size_t i = 0; i < n; i++) {
		int v = d[n - 1 - i] - '0';

		v = i % 2 == 1 ? (2 * v > 9 ? 2 * v - 9 : 2 * v) : v;
		sum += v;
	}
	return sum % 10 == 0;
}

static bool is_mobile(const char *d)
{
	return d[0] == '1' && d[1] >= '3' && d[1] <= '9';
}

/* Digits of an area code: 010, 02x, 03xx–09xx; 0: none. */
static size_t area_of(const char *d)
{
	if (d[0] != '0')
		return 0;
	if (d[1] == '1')
		return d[2] == '0' ? 3 : 0;
	return d[1] == '2' ? 3 : d[1] >= '3' ? 4 : 0;
}

/* --- one kind each; how many digits it takes, 0 for none --- */

static bool ends_in_x(const struct cells *t, const struct run *r)
{
	return r->n >= 17 && is_border(r, 17) && (t->c[r->end[17]].f == 'X' || t->c[r->end[17]].f == 'x');
}

/* 17 digits and the check digit, whole or in groups. */
static bool identity_18(const struct cells *t, const struct run *r, bool labelled, struct found *ret)
{
	bool x = ends_in_x(t, r);
	const char *d = r->d;

	if (!(x || (r->n >= 18 && is_border(r, 18))) || !is_region(d)
			|| !is_birthday(two(d + 6) * 100 + two(d + 8), two(d + 10), two(d + 12)))
		return false;
	if (!labelled && !is_checked(d, x ? 'X' : d[17]))
		return false;
	found(ret, r, x ? 17 : 18, REDACT_ID_CARD, "十八位，校验码相符，或前面写着身份证");
	ret->to += x;
	return true;
}

static bool identity_15(const struct run *r)
{
	const char *d = r->d;

	return r->group[0] == 15 && is_region(d) && is_birthday(1900 + two(d + 6), two(d + 8), two(d + 10));
}

static bool identity(const struct cells *t, const struct run *r, struct found *ret)
{
	bool labelled = redact_label(t, r->from, 4, true, &identities);

	if (identity_18(t, r, labelled, ret))
		return true;
	if (identity_15(r))
		return found(ret, r, 15, REDACT_ID_CARD, "十五位旧身份证号，含出生日期");
	/* One digit wrong is still somebody's. */
	if (labelled && (r->group[0] == 18 || r->group[0] == 15))
		return found(ret, r, r->group[0], REDACT_ID_CARD, "前面写着身份证");
	return false;
}

/* Groups of two digits and less are no telephone number's. */
static bool in_parts(const struct run *r, size_t from, size_t to)
{
	size_t before = from;

	for (size_t g = 0; g < r->groups && r->group[g] <= to; g++) {
		if (r->group[g] <= from)
			continue;
		if (r->group[g] - before < 3)
			return false;
		before = r->group[g];
	}
	return true;
}

/* Digits before the number itself: 86, 0086, a 0 for the long distance. */
static size_t prefix_of(const struct run *r)
{
	static const char *const prefixes[] = { "0086", "086", "86" };

	for (size_t i = 0; i < 3; i++) {
		if (strncmp(r->d, prefixes[i], strlen(prefixes[i])) == 0)
			return strlen(prefixes[i]);
	}
	return r->d[0] == '0' && is_mobile(r->d + 1) && r->group[0] == 12 ? 1 : 0;
}

/* 1 3 8 0 0 1 3 8 0 0 0: each digit by itself. */
static bool is_spelled(const struct run *r, size_t from, size_t to)
{
	for (size_t k = from + 1; k <= to; k++) {
		if (!is_border(r, k))
			return false;
	}
	return true;
}

/* 13800.138000 is an amount, 138.0013.8000 a number. */
static bool is_amount(const struct run *r, size_t skip)
{
	return r->sep[group_of(r, skip + 1)] == '.' && !is_border(r, skip + 3) && r->group[0] < skip + 11;
}

static bool mobile(const struct cells *t, const struct run *r, struct found *ret)
{
	static const char why[] = "十一位，号段是手机的";
	size_t skip = prefix_of(r), end = skip + MOBILE_DIGITS;
	bool labelled;

	/* A number that somebody has hidden behind one that nobody has: 187858912000000-0000. */
	if (r->group[0] > 11 && is_mobile(r->d) && strncmp(r->d + 11, "0000", 4) == 0)
		return found(ret, r, 11, REDACT_MOBILE, why);
	if (r->n < end || !is_mobile(r->d + skip) || !is_border(r, end))
		return false;
	labelled = redact_label(t, r->from, 4, true, &mobiles);
	if (!labelled && (is_amount(r, skip) || !(in_parts(r, skip, end) || is_spelled(r, skip, end))))
		return false;
	return found(ret, r, end, REDACT_MOBILE, why);
}

/* -801, 转 801. */
static void add_extension(const struct cells *t, struct found *ret)
{
	size_t i = ret->to, n = 0;

	while (i < t->n && (t->c[i].f == ' ' || t->c[i].f == '-' || t->c[i].cp == 0x8f6c))
		i++;
	while (n <= 5 && redact_is_digit(&t->c[i + n]))
		n++;
	if (i > ret->to && n >= 1 && n <= 5)
		ret->to = i + n;
}

/* With its area code: how many digits that takes; 0: it is none. */
static size_t with_area(const struct run *r)
{
	size_t area = area_of(r->d), n = area + (area == 3 || is_border(r, 12) ? 8 : 7);

	if (area == 0 || r->n < n || !is_border(r, n) || r->d[area] < '2')
		return 0;
	return in_parts(r, area, n) ? n : 0;
}

static bool landline(const struct cells *t, const struct run *r, struct found *ret)
{
	size_t n = with_area(r), local = r->group[0];

	if (n > 0)
		found(ret, r, n, REDACT_LANDLINE, "区号和市话号码");
	else if ((local == 7 || local == 8) && r->d[0] >= '2' && redact_label(t, r->from, 3, true, &lines))
		found(ret, r, local, REDACT_LANDLINE, "前面写着电话");
	else
		return false;
	add_extension(t, ret);
	return true;
}

static bool in_fours(const struct run *r, size_t n)
{
	for (size_t g = 0; g < r->groups && r->group[g] < n; g++) {
		if (r->group[g] != 4 * (g + 1))
			return false;
	}
	return true;
}

/* 62 of UnionPay with 16 to 19 digits; Visa, MasterCard and JCB with 16. */
static bool is_issued(const char *d, size_t n)
{
	return strncmp(d, "62", 2) == 0 || (n == 16 && (d[0] == '4' || (d[0] == '5' && d[1] >= '1' && d[1] <= '5')
		|| strncmp(d, "35", 2) == 0));
}

static bool bank_card(const struct cells *t, const struct run *r, struct found *ret)
{
	for (size_t n = 19; n >= 16; n--) {
		if (r->n < n || !is_border(r, n) || !(in_fours(r, n) || r->group[0] == 6))
			continue;
		if (is_issued(r->d, n) && is_luhn(r->d, n))
			return found(ret, r, n, REDACT_BANK_CARD, "校验码与银行卡相符");
		if (redact_label(t, r->from, 6, true, &accounts))
			return found(ret, r, n, REDACT_BANK_CARD, "前面写着账号或卡号");
	}
	if (r->group[0] >= 10 && r->group[0] < 16 && redact_label(t, r->from, 4, true, &accounts))
		return found(ret, r, r->group[0], REDACT_BANK_CARD, "前面写着账号或卡号");
	return false;
}

static bool qq(const struct cells *t, const struct run *r, struct found *ret)
{
	static struct redact_words said = REDACT_WORDS("qq qq号 扣扣 qq群 企鹅号 qq邮箱 qq号码");
	size_t n = r->group[0];

	if (n < 5 || n > 12 || !redact_label(t, r->from, 4, true, &said))
		return false;
	return found(ret, r, n, REDACT_QQ, "前面写着 QQ");
}

static bool chat(const struct cells *t, const struct run *r, struct found *ret)
{
	static struct redact_words said = REDACT_WORDS("微信 微信号 vx wechat weixin 微信账号");
	size_t n = r->group[0];

	if (n < 5 || n > 20 || !redact_label(t, r->from, 4, true, &said))
		return false;
	return found(ret, r, n, REDACT_WECHAT, "前面写着微信");
}

static bool in_paper(const struct cells *t, size_t i)
{
	return redact_is_digit(&t->c[i]) || redact_is_letter(&t->c[i]);
}

/* Back over a number and the mark before it: where a number that stands before this one ends; i: none does. */
static size_t before_paper(const struct cells *t, size_t i)
{
	static struct redact_words marks = REDACT_WORDS("、 , ; / 和 及 与");
	size_t at = i;

	while (at > 0 && t->c[at - 1].f == ' ')
		at--;
	if (at > 0 && redact_longest(t, at - 1, &marks) == 1)
		at--;
	while (at > 0 && at < i && t->c[at - 1].f == ' ')
		at--;
	return at > 0 && at < i && in_paper(t, at - 1) ? at : i;
}

/* 证号：A1234567、B1234567: said of all that stand in a row. */
static bool is_said_paper(const struct cells *t, size_t i)
{
	for (int k = 0; k < 4; k++) {
		size_t at = before_paper(t, i), end = at;

		if (redact_label(t, i, 4, true, &papers))
			return true;
		if (at == i)
			return false;
		while (at > 0 && end - at < PAPER_MAX && (in_paper(t, at - 1) || t->c[at - 1].f == '-'))
			at--;
		i = at;
	}
	return false;
}

/* A number of a paper or of a business with somebody: letters and digits together. */
static bool certificate(const struct cells *t, size_t i, struct found *ret)
{
	size_t n = 0, digits = 0;

	while (n <= PAPER_MAX && (in_paper(t, i + n)
			|| (n > 0 && t->c[i + n].f == '-' && redact_is_digit(&t->c[i + n + 1]))))
		digits += redact_is_digit(&t->c[i + n++]);
	/* 0000-00000000 stands for a number that somebody has hidden already. */
	if (digits < 7 || n > PAPER_MAX || (t->c[i].f == '0' && t->c[i + 1].f == '0' && t->c[i + 2].f == '0')
			|| !is_said_paper(t, i))
		return false;
	*ret = (struct found){ i, i + n, REDACT_CERTIFICATE_NO, "前面写着编号或证号" };
	return true;
}

static bool is_alone(const struct cells *t, size_t i)
{
	return i == 0 || !(redact_is_letter(&t->c[i - 1]) || redact_is_digit(&t->c[i - 1]));
}

/* Not I and O, which look like digits. */
static bool is_second_letter(unsigned char f)
{
	return f >= 'A' && f <= 'Z' && f != 'I' && f != 'O';
}

/* A passport: E12345678, G12345678, EA1234567. */
static bool passport(const struct cells *t, size_t i, struct found *ret)
{
	size_t n = t->c[i].f == 'E' && is_second_letter(t->c[i + 1].f) ? 2 : 1;

	if (strchr("EGDSP", t->c[i].f) == NULL || !is_alone(t, i))
		return false;
	while (n < 9 && redact_is_digit(&t->c[i + n]))
		n++;
	if (n != 9 || redact_is_digit(&t->c[i + 9]) || redact_is_letter(&t->c[i + 9]))
		return false;
	*ret = (struct found){ i, i + 9, REDACT_CERTIFICATE_NO, "形式是护照号" };
	return true;
}

static bool paper(const struct cells *t, const struct run *r, struct found *ret)
{
	return redact_is_digit(&t->c[r->from]) && certificate(t, r->from, ret);
}

/* The number of a paper that begins with 0 looks like one of a telephone. */
static bool long_paper(const struct cells *t, const struct run *r, struct found *ret)
{
	return r->d[0] == '0' && r->group[0] >= 12 && paper(t, r, ret);
}

/* 0.13800138000 is an amount. 3.13800138000 may be the third of a list, so what is known by its form alone counts. */
static bool behind_point(const struct cells *t, const struct run *r, struct found *ret)
{
	return (r->group[0] == MOBILE_DIGITS && t->c[r->from - 2].f != '0' && mobile(t, r, ret))
		|| identity_18(t, r, false, ret);
}

static bool lettered(const struct cells *t, size_t i, struct found *ret)
{
	return (i == 0 || !redact_is_letter(&t->c[i - 1])) && (passport(t, i, ret) || certificate(t, i, ret));
}

bool redact_number(const struct cells *t, size_t i, struct found *ret)
{
	static bool (*const kinds[])(const struct cells *t, const struct run *r, struct found *ret) = {
		long_paper, identity, mobile, landline, qq, chat, bank_card, paper,
	};
	struct run r;

	if (redact_is_letter(&t->c[i]))
		return lettered(t, i, ret);
	if (i > 0 && redact_is_digit(&t->c[i - 1]))
		return false;
	r = run_at(t, i);
	if (i > 1 && t->c[i - 1].f == '.' && redact_is_digit(&t->c[i - 2]))
		return behind_point(t, &r, ret);
	for (size_t k = 0; r.n >= 5 && k < sizeof kinds / sizeof kinds[0]; k++) {
		if (kinds[k](t, &r, ret))
			return true;
	}
	return false;
}

/* 1971.12-1972.1 are two dates, 138.00.13.80.00 is a number. */
static bool is_evenly_spread(const struct run *r)
{
	for (size_t g = 1; g + 1 < r->groups; g++) {
		if (r->sep[g] != r->sep[0])
			return false;
	}
	return r->groups > 1;
}

bool redact_spread(const struct cells *t, size_t i, struct found *ret)
{
	struct run r;
	size_t skip;

	if (!redact_is_digit(&t->c[i]) || (i > 0 && redact_is_digit(&t->c[i - 1])))
		return false;
	r = run_at(t, i);
	skip = prefix_of(&r);
	if (!is_evenly_spread(&r) || r.n != skip + MOBILE_DIGITS || !is_mobile(r.d + skip))
		return false;
	return found(ret, &r, r.n, REDACT_MOBILE, "十一位，中间隔开，像手机号码");
}
