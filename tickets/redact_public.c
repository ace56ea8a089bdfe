/* redact_public - see redact.h: what is looked at before a text becomes public, beside what is found anyway:
 * numbers too long to be anything else, and what only looks like a person, a birthday, a class, somebody's house.
 * A hint is cheap: somebody clicks it away; what nobody was shown is published. */
#include <stdlib.h>
#include <string.h>

#include "redact_text.h"

#define LONG_NUMBER 7

static bool hint(struct found *ret, size_t from, size_t to, enum redact_kind kind, const char *why)
{
	*ret = (struct found){ from, to, kind, why };
	return true;
}

/* --- numbers --- */

/* Digits without anything between them, from i on. */
static size_t digits_at(const struct cells *t, size_t i)
{
	size_t n = 0;

	while (redact_is_digit(&t->c[i + n]))
		n++;
	return n;
}

/* 45678901.59 and 3500000元 are amounts; whatever else is that long is somebody's number. */
static bool long_number(const struct cells *t, size_t i, struct found *ret)
{
	size_t n = digits_at(t, i), end = i + n;

	if (n < LONG_NUMBER || (i > 0 && (redact_is_digit(&t->c[i - 1]) || t->c[i - 1].f == '.')))
		return false;
	if ((t->c[end].f == '.' && redact_is_digit(&t->c[end + 1])) || redact_longest(t, end, "元 万 平方") > 0)
		return false;
	return hint(ret, i, end, REDACT_CERTIFICATE_NO, "七位以上的一串数字，不是金额");
}

/* --- birthdays --- */

/* One mark or word between the parts of a date; 0: there is none. */
static size_t between(const struct cells *t, size_t i, const char *word)
{
	if (t->c[i].f != '\0' && t->c[i].f < WIDE && strchr("-./", t->c[i].f) != NULL)
		return 1;
	return redact_longest(t, i, word);
}

/* Behind the year or month that ends at i: a mark or `word`, and one or two digits; where those end, 0 for neither. */
static size_t next_part(const struct cells *t, size_t i, const char *word)
{
	size_t mark = between(t, i, word), n = mark > 0 ? digits_at(t, i + mark) : 0;

	return n == 1 || n == 2 ? i + mark + n : 0;
}

/* 1990年3月5日, 1990-03-05, 1990年3月: where it ends; 0: it is no date. */
static size_t date_end(const struct cells *t, size_t i)
{
	bool year = digits_at(t, i) == 4 && ((t->c[i].f == '1' && t->c[i + 1].f == '9')
		|| (t->c[i].f == '2' && t->c[i + 1].f == '0'));
	size_t month = year ? next_part(t, i + 4, "年") : 0, day = month > 0 ? next_part(t, month, "月") : 0;

	if (day > 0)
		return day + redact_longest(t, day, "日 号");
	return month > 0 ? month + redact_longest(t, month, "月") : 0;
}

static bool birthday(const struct cells *t, size_t i, struct found *ret)
{
	size_t end = i > 0 && redact_is_digit(&t->c[i - 1]) ? 0 : date_end(t, i);

	if (end == 0 || !(redact_longest(t, end, "出生 生人 生。 生， 生、 诞生") > 0
			|| redact_label(t, i, 3, true, "出生 生于 出生于 出生日期 出生年月 生日")))
		return false;
	return hint(ret, i, end, REDACT_BIRTHDAY, "像出生日期");
}

/* --- school classes --- */

static const char numerals[] = "一 二 三 四 五 六 七 八 九 十";

/* A number of one to `most` digits, or a Chinese one of up to two characters. */
static size_t small_number(const struct cells *t, size_t i, size_t most)
{
	size_t n = digits_at(t, i);

	if (n > 0)
		return n <= most ? n : 0;
	while (n < 2 && redact_longest(t, i + n, numerals) > 0)
		n++;
	return n;
}

/* 三年级2班, 初二（3）班, 2023级5班: the class, not the level alone. */
static bool school_class(const struct cells *t, size_t i, struct found *ret)
{
	size_t at = i, level, word, n;

	if (!redact_is_digit(&t->c[i]) && !redact_is_han(&t->c[i]))
		return false;
	at += redact_longest(t, i, "初 高 大 中 小");
	level = small_number(t, at, 4);
	if (level == 0 || (i > 0 && redact_is_digit(&t->c[i - 1])))
		return false;
	word = redact_longest(t, at + level, "年级 级");
	if (word == 0 && redact_longest(t, i, "初 高") == 0)
		return false;
	at += level + word;
	at += t->c[at].f == '(';
	n = small_number(t, at, 2);
	at += n;
	at += n > 0 && t->c[at].f == ')';
	if (n == 0 || redact_longest(t, at, "班") == 0)
		return false;
	return hint(ret, i, at + 1, REDACT_CLASS, "像学校班级");
}

/* --- names --- */

/* Words that begin like a surname and are none. */
static const char no_names[] =
	"高中 高层 高级 高速 高铁 高温 许多 许可 任何 任务 任意 方便 方案 方式 方面 方向 马路 马上 安全 安排 安装 成都 成年 成本 成立 "
	"华为 华侨 向前 向上 路口 路段 路边 路灯 路面 时候 时间 时常 时段 应该 应当 应急 万元 金额 金融 田地 何时 何况 于是 全体 全部 全国 "
	"全市 全家 管理 管道 管网 司机 司法 文化 文件 文明 温度 温泉 江西 江苏 江南 常年 常常 常住 和平 和谐 连续 连接 解决 解释 解答 平时 "
	"平台 平均 平安 明显 明确 明天 左右 关于 关系 关注 关闭 党员 党委 农民 农村 农业 车辆 车位 车库 车主 车道 项目 池塘 云南 钱款 白天 "
	"黄金 房东 房屋 房产 房子 石油 雷电 毛坯 牛奶 米饭 计划 计算 干部 周边 周围 周末 周期 周一 周二 周三 周四 周五 周六 周日 程序 程度 "
	"曾经 段时 段路 古城 古树 陈旧 严重 严格 严禁 罗列 陆续 陶瓷 梁柱 单位 单元 单独 单车 毕业 毕竟 季度 季节 符合 柏油 景区 景观 "
	"景点 游客 游戏 游泳 顾客 康复 贺卡 邮政 麻烦 苗木 花园 齐全 易燃 申请 申报 申诉 范围 鲁莽 金属 宫颈 查看 查询 查处 商店 商场 商品 "
	"商业 商户 商家 沙石 桂花 强制 仇恨 容易 巩固 师傅 师资 艾滋 车牌 蓝天 蓝牙 费用 甘蔗 游乐 舒适 舒服 童年 凌晨 盛夏 尤其 阳台 阳光 "
	"农户 卓越 吉祥 简单 简易 连夜 连同 桑叶 莫名 孔洞 向您 向我 向他 从事 利用 权益 武汉 常德 长沙 湘潭 岳阳 衡阳 益阳 娄底 邵阳 乐观 "
	"水平 水电 水管 汤药 易发 居住 居民 巷道 门口 强烈 邻居 包括 包含 包装 庄稼 宁可 宁波 祝您 祝愿 谢谢 谢绝 苏州 杭州 徐州 郑州 广州 "
	"贾鲁 夏季 夏天 付款 付费 付出 方才 江边 江水 龙头 史无 黎明 邱县 秦岭 江汉 汉口 汉阳 武昌 黄石 黄冈 黄色 白色 白酒 雷雨 钟点 钟头 "
	"谭家 石头 石材 石膏 金银 廖廖 叶子 余额 余下 余地 蔡甸 于今 于我 于他 于此 董事 田间 肖像 彭州 邓州 曹县 冯巷 唐山 唐河 韩国 许昌 "
	"许诺 宋代 梁山 郑重 林业 林地 林场 林木 何人 何处 何种 何以 郭守 高出 高于 高达 高价 高峰 高考 高龄 高空 胡乱 胡同 朱红 孙子 孙女 "
	"徐汇 周转 周到 吴江 赵州 黄河 黄牌 杨柳 陈述 陈列 陈年 刘海 张贴 张家 张开 李子 王者 汪洋 姜片 姚江 卢沟 沈阳 任职 任由 任期 丁字 "
	"吕梁 魏县 苏醒 程控 杜绝";

/* What does not stand in a name, but behind one. */
static const char behind[] =
	"的 在 于 是 和 与 说 有 去 到 因 为 已 被 把 将 从 向 对 等 也 就 都 不 没 要 找 请 来 让 给 用 住 家 今 现 又 还 患 上 读 及 或 跟 "
	"会 能 可 想 做 打 系 均 并 经 先 女 同 身 电 手 （ 某";

/* The cells of a given name behind a surname that ends at i: two, else one; 0: none. */
static size_t given(const struct cells *t, size_t i)
{
	size_t n = 0;

	while (n < 2 && redact_is_han(&t->c[i + n]) && redact_longest(t, i + n, behind) == 0)
		n++;
	return n;
}

static const char called[] = "先生 女士 小姐 同志 老师 医生 大夫 护士 主任 局长 科长 处长 所长 队长 镇长 村长 区长 经理 书记 校长 园长 "
	"站长 院长 警官 法官 律师 师傅 阿姨 大爷 大妈 叔叔 同学 教练 会计 老板 组长 村民 业主";
static const char relatives[] = "名叫 叫 丈夫 妻子 老公 老婆 爱人 儿子 女儿 父亲 母亲 爸爸 妈妈 孩子 哥哥 弟弟 姐姐 妹妹 邻居 房东 老板 "
	"店主 法人 法人代表 负责人 经办人 联系人 代理人 收件人 户主 同事 学生 患者 病人 业主 村民 司机 房主 原告 被告 承包人 包工头 "
	"中介 物业经理 村支书 村主任 班主任";

/* 张小明老师; 我儿子王小明. */
static bool person(const struct cells *t, size_t i, struct found *ret)
{
	size_t family = redact_surname(t, i), n, g;

	if (family == 0 || redact_longest(t, i, no_names) > 0)
		return false;
	n = i + family;
	for (g = 1; g <= 2 && redact_is_han(&t->c[n + g - 1]); g++) {
		if (redact_longest(t, n + g, called) > 0 && redact_longest(t, n + g - 1, behind) == 0)
			return hint(ret, i, n + g, REDACT_NAME, "姓氏开头，后面是称呼");
	}
	g = given(t, n);
	if (g == 0 || !redact_label(t, i, 1, true, relatives))
		return false;
	return hint(ret, i, n + g, REDACT_NAME, "姓氏开头，前面写着是谁");
}

/* --- all together --- */

typedef bool finder(const struct cells *t, size_t i, struct found *ret);
static const struct { finder *find; bool hint; } finders[] = {
	{ birthday, true }, { school_class, true }, { long_number, false }, { redact_place, true }, { person, true },
};

static bool find_at(const struct cells *t, size_t i, struct redact_span *ret, size_t *ret_to)
{
	struct found f;

	for (size_t k = 0; k < sizeof finders / sizeof finders[0]; k++) {
		if (finders[k].find(t, i, &f)) {
			*ret = (struct redact_span){ t->c[f.from].at, t->c[f.to].at, f.kind, f.why, finders[k].hint };
			*ret_to = f.to;
			return true;
		}
	}
	return false;
}

static size_t find_more(struct arena *a, const struct cells *t, struct redact_span **ret)
{
	size_t n = 0, room = 64, to;
	struct redact_span *list = arena_array(a, room, sizeof *list);

	for (size_t i = 0; i < t->n;) {
		if (!find_at(t, i, &list[n], &to)) {
			i++;
			continue;
		}
		i = to;
		if (++n == room) {
			struct redact_span *more = arena_array(a, room *= 2, sizeof *more);

			memcpy(more, list, n * sizeof *list);
			list = more;
		}
	}
	*ret = list;
	return n;
}

static int by_place(const void *x, const void *y)
{
	const struct redact_span *p = x, *q = y;

	return p->from != q->from ? (p->from < q->from ? -1 : 1) : p->to > q->to ? -1 : p->to < q->to;
}

static size_t take(struct redact_span *list, size_t n, const struct redact_span *from, size_t from_n, bool hints)
{
	for (size_t i = 0; i < from_n; i++) {
		if (from[i].hint == hints)
			list[n++] = from[i];
	}
	return n;
}

/* Those that overlap become one, named after the longest. */
static size_t join(struct redact_span *list, size_t n)
{
	size_t kept = 0;

	qsort(list, n, sizeof *list, by_place);
	for (size_t i = 0; i < n; i++) {
		struct redact_span *last = kept > 0 ? &list[kept - 1] : NULL;

		if (last == NULL || list[i].from >= last->to) {
			list[kept++] = list[i];
			continue;
		}
		if (list[i].to - list[i].from > last->to - last->from) {
			last->kind = list[i].kind;
			last->why = list[i].why;
		}
		last->to = list[i].to > last->to ? list[i].to : last->to;
	}
	return kept;
}

static bool is_free(const struct redact_span *list, size_t n, const struct redact_span *span)
{
	for (size_t i = 0; i < n; i++) {
		if (span->from < list[i].to && list[i].from < span->to)
			return false;
	}
	return true;
}

size_t redact_merge(struct arena *a, const struct redact_span *first, size_t first_n, const struct redact_span *then,
	size_t then_n, struct redact_span **ret)
{
	size_t most = first_n + then_n + 1, n = 0, hints_n;
	struct redact_span *list = arena_array(a, most, sizeof *list), *hints = arena_array(a, most, sizeof *hints);

	n = take(list, n, first, first_n, false);
	n = join(list, take(list, n, then, then_n, false));
	hints_n = take(hints, 0, first, first_n, true);
	hints_n = take(hints, hints_n, then, then_n, true);
	for (size_t i = 0; i < hints_n; i++) {
		if (is_free(list, n, &hints[i]))
			list[n++] = hints[i];
	}
	qsort(list, n, sizeof *list, by_place);
	*ret = list;
	return n;
}

/* In an office's own words. */
static bool stays(enum redact_kind kind)
{
	return kind == REDACT_LANDLINE || kind == REDACT_CERTIFICATE_NO;
}

static bool may_stay(enum redact_kind kind)
{
	return kind == REDACT_ADDRESS || kind == REDACT_NAME || kind == REDACT_EMAIL;
}

size_t redact_public(struct arena *a, const char *text, enum redact_voice voice, struct redact_span **ret)
{
	struct redact_span *found, *more;
	size_t n = redact_find(a, text, &found), kept = 0, more_n;
	struct cells t;

	for (size_t i = 0; i < n; i++) {
		if (voice == REDACT_OFFICE && stays(found[i].kind))
			continue;
		found[i].hint = voice == REDACT_OFFICE && may_stay(found[i].kind);
		found[kept++] = found[i];
	}
	*ret = found;
	if (voice == REDACT_OFFICE)
		return kept;
	t = redact_cells(a, text);
	more_n = find_more(a, &t, &more);
	return redact_merge(a, found, kept, more, more_n, ret);
}
