/* redact_words - see redact_text.h: plates, addresses of mail, names. */
#include <string.h>

#include "redact_text.h"

/* Characters of a WeChat id. */
#define WECHAT_MIN 6
#define WECHAT_MAX 20

/* --- plates --- */

static bool on_plate(const struct cell *c)
{
	unsigned char f = c->f >= 'a' && c->f <= 'z' ? (unsigned char)(c->f - 32) : c->f;

	return redact_is_digit(c) || (f >= 'A' && f <= 'Z' && f != 'I' && f != 'O');
}

static bool is_green(const struct cells *t, size_t i)
{
	size_t digits = 0;

	for (size_t k = 0; k < 6; k++)
		digits += redact_is_digit(&t->c[i + k]);
	return digits >= 4 && (redact_is_letter(&t->c[i]) || redact_is_letter(&t->c[i + 5]));
}

struct on_plate { size_t n, digits, capitals; };

/* What stands behind the letter of the place: at most six. */
static struct on_plate count_plate(const struct cells *t, size_t from)
{
	static struct redact_words special = REDACT_WORDS("警 学 挂 港 澳 领 使 试 超");
	struct on_plate p = { 0 };

	for (; p.n < 6 && on_plate(&t->c[from + p.n]); p.n++) {
		p.digits += redact_is_digit(&t->c[from + p.n]);
		p.capitals += t->c[from + p.n].f >= 'A' && t->c[from + p.n].f <= 'Z';
	}
	if (p.n == 4 && t->c[from + 4].f == WIDE && redact_longest(t, from + 4, &special) > 0)
		p.n = 5;
	return p;
}

/* The character of a province and a letter. */
static bool begins_plate(const struct cells *t, size_t i)
{
	static struct redact_words provinces = REDACT_WORDS(
		"京 津 沪 渝 冀 豫 云 辽 黑 湘 皖 鲁 新 苏 浙 赣 鄂 桂 甘 晋 蒙 陕 吉 闽 贵 粤 青 藏 川 宁 琼 楚 使 领");

	return i + 6 < t->n && !redact_is_digit(&t->c[i + 1]) && on_plate(&t->c[i + 1])
		&& redact_longest(t, i, &provinces) > 0;
}

bool redact_plate(const struct cells *t, size_t i, struct found *ret)
{
	static struct redact_words said = REDACT_WORDS("车牌 牌照 车号 牌号");
	size_t from = i + 2;
	struct on_plate p;

	if (!begins_plate(t, i))
		return false;
	while (from < i + 4 && t->c[from].f != '\0' && strchr(". -", t->c[from].f) != NULL)
		from++;
	p = count_plate(t, from);
	/* 新VIP客户 is none: where no figure is, it is all capitals, or said to be a plate. */
	if (p.n < 5 || (p.digits == 0 && p.capitals < 5 && !redact_label(t, i, 4, true, &said)))
		return false;
	*ret = (struct found){ i, from + (p.n == 6 && is_green(t, from) ? 6 : 5), REDACT_PLATE, "形式是车牌" };
	return true;
}

/* --- mail --- */

static bool is_word(const struct cell *c)
{
	return redact_is_digit(c) || redact_is_letter(c);
}

static bool in_local(const struct cell *c)
{
	return is_word(c) || (c->f != '\0' && strchr("._-+%", c->f) != NULL);
}

/* Where the last label of a domain that begins at i ends; 0: there is no dot, or nothing behind it. */
static size_t domain_end(const struct cells *t, size_t i)
{
	size_t dot = 0, end;

	for (end = i; is_word(&t->c[end]) || t->c[end].f == '-' || (t->c[end].f == '.' && t->c[end + 1].f != '.'); end++) {
		if (t->c[end].f == '.' && end > i && redact_is_letter(&t->c[end + 1]))
			dot = end;
	}
	for (end = dot + 1; dot > 0 && redact_is_letter(&t->c[end]); end++)
		;
	return dot > 0 && end - dot > 2 ? end : 0;
}

bool redact_email(const struct cells *t, size_t i, struct found *ret)
{
	size_t at = i, end;

	if (i > 0 && in_local(&t->c[i - 1]))
		return false;
	while (at < i + 64 && in_local(&t->c[at]))
		at++;
	end = t->c[at].f == '@' ? domain_end(t, at + 1) : 0;
	*ret = (struct found){ i, end, REDACT_EMAIL, "电子邮箱地址" };
	return end > 0;
}

static bool in_wechat(const struct cell *c)
{
	return is_word(c) || c->f == '_' || c->f == '-';
}

bool redact_wechat(const struct cells *t, size_t i, struct found *ret)
{
	static struct redact_words said = REDACT_WORDS("微信 微信号 微信名 微信账号 微信id vx vx号 威信");
	size_t n = 0;

	if (!redact_is_letter(&t->c[i]) || (i > 0 && is_word(&t->c[i - 1])))
		return false;
	while (n <= WECHAT_MAX && in_wechat(&t->c[i + n]))
		n++;
	if (n < WECHAT_MIN || n > WECHAT_MAX || !redact_label(t, i, 4, true, &said))
		return false;
	*ret = (struct found){ i, i + n, REDACT_WECHAT, "前面写着微信" };
	return true;
}

/* --- names --- */

static bool in_place(const struct cell *c)
{
	return c->f == WIDE ? (c->cp >= 0x4e00 && c->cp <= 0x9fff) : redact_is_digit(c) || redact_is_letter(c);
}

static struct redact_words long_surnames = REDACT_WORDS("欧阳 司马 上官 诸葛 东方 皇甫 尉迟 公孙 慕容 令狐 夏侯");
static const char surnames[] =
	"王 李 张 刘 陈 杨 黄 "
	"赵 吴 周 徐 孙 马 朱 胡 郭 何 高 林 罗 郑 梁 谢 宋 唐 许 韩 冯 邓 曹 彭 曾 肖 田 "
	"董 袁 潘 于 蒋 蔡 余 杜 叶 程 苏 魏 吕 丁 任 沈 姚 卢 姜 崔 钟 谭 陆 汪 范 金 石 "
	"廖 贾 夏 韦 付 方 白 邹 孟 熊 秦 邱 江 尹 薛 闫 段 雷 侯 龙 史 陶 黎 贺 顾 毛 郝 "
	"龚 邵 万 钱 严 覃 武 戴 莫 孔 向 汤 温 康 施 文 牛 樊 葛 邢 安 齐 易 乔 伍 庞 颜 "
	"倪 庄 聂 章 鲁 岳 翟 殷 詹 申 欧 耿 关 兰 焦 俞 左 柳 甘 祝 包 宁 尚 符 舒 阮 柯 "
	"纪 梅 童 凌 毕 单 季 裴 霍 涂 成 苗 谷 盛 曲 翁 冉 骆 蓝 路 游 辛 靳 管 柴 蒙 鲍 "
	"华 喻 祁 蒲 房 滕 屈 饶 解 牟 艾 尤 阳 时 穆 农 司 卓 古 吉 缪 简 车 项 连 芦 麦 "
	"褚 娄 窦 戚 岑 景 党 宫 费 卜 冷 晏 席 卫 米 柏 宗 瞿 桂 全 佟 应 臧 闵 苟 邬 边 "
	"卞 姬 师 和 仇 栾 隋 商 刁 沙 荣 巫 寇 桑 郎 甄 丛 仲 虞 敖 巩 明 佘 池 查 麻 苑 "
	"迟 邝 谈 丘 储 匡 阎 赖 蔺 屠 胥 厉 鄢 冼 占 伊 隗 荀 阚 茹 揭 檀 闻 粟 代 卿 尧 郜 邸 钮 鞠";
/* The characters that are a surname, one bit each. */
static unsigned char is_surname[(REDACT_HAN_LAST - REDACT_HAN_FIRST) / 8 + 1];

static void read_surnames(void)
{
	for (const unsigned char *s = (const unsigned char *)surnames; *s != '\0'; s += *s == ' ') {
		unsigned at = redact_decode(&s) - REDACT_HAN_FIRST;

		is_surname[at / 8] |= (unsigned char)(1u << at % 8);
	}
}

size_t redact_surname(const struct cells *t, size_t i)
{
	static bool ready;
	uint32_t at = t->c[i].cp - REDACT_HAN_FIRST;
	size_t n;

	if (!ready)
		read_surnames();
	ready = true;
	if (!redact_is_han(&t->c[i]))
		return 0;
	n = redact_longest(t, i, &long_surnames);
	return n > 0 ? n : is_surname[at / 8] >> at % 8 & 1;
}

/* Quick to say no: a label ends with one of these, and between it and a name stand marks and blanks only. */
static bool is_announced(const struct cells *t, size_t i)
{
	for (size_t back = 1; back <= 3 && back <= i; back++) {
		switch (t->c[i - back].cp) {
		case 0x540d: case 0x4eba: case 0x53eb: case 0x662f: case 0x4e3b: case 0x8005: /* 名人叫是主者 */
			return true;
		default:
			if (in_place(&t->c[i - back]))
				return false;
		}
	}
	return false;
}

static struct redact_words announcing = REDACT_WORDS("姓名 投诉人 举报人 反映人 申请人 写信人 来信人 本人叫 我叫 我是 户主 当事人 被投诉人 受害人 伤者 死者 "
	"报案人");

/* 姓名：王小明; 投诉人李某 is no name. Only behind a word that announces one: anything else is guessing. */
bool redact_person(const struct cells *t, size_t i, struct found *ret)
{
	static struct redact_words no_given = REDACT_WORDS("某 先生 女士 小姐 同志"),
		no_end = REDACT_WORDS("人 县 市 区 村 任 师 民 主 长 员 生 镇 乡 街 局 厂 院 校 城");
	size_t family, n = 0;

	if (!is_announced(t, i) || !redact_label(t, i, 2, true, &announcing))
		return false;
	family = redact_surname(t, i);
	if (family == 0 || redact_is_word(t, i))
		return false;
	while (n < 3 && redact_is_han(&t->c[i + family + n]))
		n++;
	/* The name ends where something else begins: a mark, a blank, a figure. */
	if (n < 1 || n > 2 || redact_longest(t, i + family, &no_given) > 0
			|| redact_longest(t, i + family + n - 1, &no_end) > 0)
		return false;
	*ret = (struct found){ i, i + family + n, REDACT_NAME, "前面写着姓名或联系人" };
	return true;
}
