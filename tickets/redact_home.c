/* redact_home - see redact_text.h: where somebody lives. Down to the building or the door it is an address
 * wherever it stands; a number in a street, a group of a village, only where it is said that somebody lives there,
 * else a hint. */
#include "redact_text.h"

/* Characters of a number of a house, of the numbers of several, of a room's at least; of the name of a place, at least
 * and at most; links of a chain of them. */
#define NUMBER_MAX 7
#define NUMBERS_MAX 16
#define ROOM_MIN 3
#define NAME_MIN 2
#define PLACE_MAX 24
#define LINKS_MAX 12

/* A number of a house or room: 3, 12, A, 十二, 甲3, 3-1; 11* has been hidden in part. */
static size_t house_number(const struct cells *t, size_t i)
{
	size_t n = 0;

	while (n < NUMBER_MAX && (t->c[i + n].house
			|| (n > 0 && t->c[i + n].f == '-' && redact_is_digit(&t->c[i + n + 1])) || (n > 0 && t->c[i + n].f == '*')))
		n++;
	return n;
}

/* Is cell i the beginning of a word of numbers, and not its middle? */
static bool begins(const struct cells *t, size_t i)
{
	return i == 0 || house_number(t, i - 1) == 0;
}

static bool in_place(const struct cell *c)
{
	return c->f == WIDE ? (c->cp >= 0x4e00 && c->cp <= 0x9fff) : redact_is_digit(c) || redact_is_letter(c);
}

static struct redact_words before_place = REDACT_WORDS("住在 住址 家住 地址 位于 住 是 在 我 于 的 到 了 为 与 和 向 从 由 租住 业主 居民 本人 对 就 有 系 "
	"经 至 去 来 给 把 被 将 及 走访 购置 购买 非");

/* Back over the name of the place, to where it begins; one blank may stand behind it. */
static size_t back_to_place(const struct cells *t, size_t i)
{
	size_t from = i > 1 && t->c[i - 1].f == ' ' ? i - 1 : i;

	while (from > 0 && i - from < PLACE_MAX && in_place(&t->c[from - 1])) {
		if (redact_label(t, from, 0, false, &before_place))
			break;
		from--;
	}
	return i - from > 1 || !redact_is_han(&t->c[from]) ? from : i;
}

/* --- numbers and what they count: 6栋1单元501室 --- */

struct chain {
	size_t end, links;
	size_t unit;                 /* the cell of what the first number counts */
	bool door, room;             /* down to a building or a door; to a room */
};

struct link { size_t end, unit, word; };

static size_t blank_at(const struct cells *t, size_t i)
{
	return t->c[i].f == ' ';
}

/* The numbers of several houses: 1、7、8栋, 16,17栋, 六/七组. */
static size_t house_numbers(const struct cells *t, size_t i)
{
	size_t n = house_number(t, i), more = 0;

	while (n > 0 && n < NUMBERS_MAX && (t->c[i + n].cp == 0x3001 || t->c[i + n].f == '/' || t->c[i + n].f == ',')
			&& (more = house_number(t, i + n + 1)) > 0)
		n += 1 + more;
	return n;
}

/* One number and what it counts, from i on, on a side of the house or not. word 0: there is none. */
static struct link link_at(const struct cells *t, size_t i, bool first)
{
	static struct redact_words inner = REDACT_WORDS("号楼 号栋 栋 幢 单元 室 号房 号院 房 门 户 座 楼 层 号 弄 巷 组 排"),
		sides = REDACT_WORDS("东 西 南 北 中 附"), unit = REDACT_WORDS("单元");
	size_t side = first ? 0 : redact_longest(t, i, &sides), at = i + side, number;
	struct link l;

	at += first || side > 0 ? 0 : blank_at(t, at);
	number = first ? house_numbers(t, at) : house_number(t, at);
	l.unit = at + number + (number > 0 ? blank_at(t, at + number) : 0);
	l.word = number > 0 ? redact_longest(t, l.unit, &inner) : side > 0 ? redact_longest(t, at, &unit) : 0;
	l.end = l.unit + l.word;
	return l;
}

/* 3期, A区: a part of an estate is a door of nobody. Where it ends; i: none is there. */
static size_t part_end(const struct cells *t, size_t i)
{
	static struct redact_words part = REDACT_WORDS("区 期");
	size_t number = house_number(t, i);

	return number > 0 && redact_longest(t, i + number, &part) > 0 ? i + number + 1 : i;
}

/* The room may stand there bare: 5栋302, A座1203, 404房. 5栋200户 is none. */
static void add_room(const struct cells *t, struct chain *c)
{
	static struct redact_words rooms = REDACT_WORDS("房 室 号房 号"),
		amounts = REDACT_WORDS("户 余 多 平 米 元 万 人 个 年 辆 ㎡ 套 %");
	size_t n = redact_is_digit(&t->c[c->end]) ? house_number(t, c->end) : 0;

	if (n < ROOM_MIN || redact_longest(t, c->end + n, &amounts) > 0)
		return;
	c->room = true;
	c->end += n;
	c->end += redact_longest(t, c->end, &rooms);
}

static struct chain chain_at(const struct cells *t, size_t i)
{
	static struct redact_words firm = REDACT_WORDS("号楼 号栋 栋 幢 单元 室 号房"), floors = REDACT_WORDS("层");
	struct chain c = { .end = i };

	for (size_t step = 0; step < LINKS_MAX; step++) {
		struct link l = link_at(t, c.end, c.links == 0);

		if (l.word == 0) {
			size_t end = part_end(t, c.end);

			if (end == c.end)
				break;
			c.end = end;
			continue;
		}
		c.door = c.door || redact_longest(t, l.unit, &firm) > 0;
		c.unit = c.links == 0 ? l.unit : c.unit;
		/* A storey says how high a house is, not who lives there. */
		c.links += redact_longest(t, l.unit, &floors) == 0;
		c.end = l.end;
	}
	if (c.links > 0)
		add_room(t, &c);
	return c;
}

/* What a building is, not which. */
static struct redact_words described = REDACT_WORDS(
	"高 楼 房 别墅 建筑 住宅 大楼 小高 写字 公寓 厂房 宿舍 危 民房 洋房 商 门面");

/* 共5栋, 两栋高楼, 150户, 三室: so many, not which. */
static bool is_count(const struct cells *t, size_t i, const struct chain *c)
{
	static struct redact_words so_many = REDACT_WORDS(
		"共 有 约 近 每 各 几 数 多 整 这 那 哪 某 建 成 由 余 达 仅 就 只 另 等 剩 超 过 盖 修 出 分 计 设"),
		few = REDACT_WORDS("一 二 两 三 四 五 六 七 八 九 十 几 整"), households = REDACT_WORDS("户");

	if (c->links > 1 || c->room)
		return false;
	if (redact_longest(t, c->unit, &households) > 0 || (i > 0 && redact_longest(t, i - 1, &so_many) > 0))
		return true;
	if (c->unit != i + 1 || redact_longest(t, i, &few) == 0)
		return false;
	return redact_word(t, c->unit, "室") > 0 || (c->door && redact_longest(t, c->end, &described) > 0);
}

/* Down to the building or the door; a single link only behind the name of a place. */
bool redact_address(const struct cells *t, size_t i, struct found *ret)
{
	static struct redact_words places = REDACT_WORDS("小区 苑 园 花园 家园 公寓 大厦 里 村 城 府 庭 院 居 湾 郡 广场 宿舍 新村 路 街 巷 号 社区 期");
	struct chain c;

	if (!t->c[i].house || !begins(t, i))
		return false;
	c = chain_at(t, i);
	if (!c.door || is_count(t, i, &c) || (c.links == 1 && !redact_label(t, i, 1, false, &places)))
		return false;
	*ret = (struct found){ back_to_place(t, i), c.end, REDACT_ADDRESS, "写到了楼栋或门户" };
	return true;
}

/* --- where somebody lives, or may live --- */

/* 2-1-301 */
static size_t dashed_door(const struct cells *t, size_t i)
{
	size_t n = house_number(t, i), dashes = 0;

	for (size_t k = 0; k < n; k++)
		dashes += t->c[i + k].f == '-';
	return dashes == 2 && n >= 5 && redact_is_digit(&t->c[i]) ? i + n : 0;
}

/* 5号创新大厦1507: a house that has a name goes on. */
static size_t named_house(const struct cells *t, size_t end)
{
	static struct redact_words houses = REDACT_WORDS("大厦 公寓 大楼 广场 国际 中心 小区 花园 苑 家园 宿舍 城 楼");

	for (size_t i = end; i < end + 10 && redact_is_han(&t->c[i]); i++) {
		size_t word = redact_longest(t, i, &houses);
		struct chain c = { .end = i + word };

		if (word == 0 || !redact_is_digit(&t->c[c.end]))
			continue;
		c = chain_at(t, c.end);
		if (c.links == 0)
			add_room(t, &c);
		return c.end > i + word ? c.end : end;
	}
	return end;
}

/* A number that can be one of a house: 路88号, 巷7号附3号, 村8组, 苑南区2-1-301. *ret: from its place on. */
static bool place_at(const struct cells *t, size_t i, struct chain *c, struct found *ret)
{
	static struct redact_words no_house = REDACT_WORDS("线 令 文 公告 公交 闸 窗口 台 机 车 桥 桩 井 织 成 合 建 团 长");
	size_t from, end;

	if (!t->c[i].house || !begins(t, i))
		return false;
	*c = chain_at(t, i);
	end = c->links > 0 ? c->end : dashed_door(t, i);
	if (end == 0 || (!c->door && redact_longest(t, end, &no_house) > 0) || (c->links > 0 && is_count(t, i, c)))
		return false;
	from = back_to_place(t, i);
	*ret = (struct found){ from, named_house(t, end), REDACT_ADDRESS, "像门牌" };
	return true;
}

bool redact_home(const struct cells *t, size_t i, struct found *ret)
{
	static struct redact_words lives = REDACT_WORDS(
		"住 住在 家住 家在 住址 现住 租住 居住在 居住于 住所 房子在 家庭地址 家庭住址 我家 我们家"),
		dwellers = REDACT_WORDS("住户 的住户 居民 的居民 业主 的业主 租户 的租户");
	struct chain c;

	if (!place_at(t, i, &c, ret) || i - ret->from < NAME_MIN || redact_word(t, ret->from, "宅") > 0)
		return false;
	ret->why = "写明了住在这里";
	return redact_label(t, ret->from, 2, true, &lives) || redact_longest(t, ret->to, &dwellers) > 0;
}

/* Groups of a village, by the last character of what it is called: 三元口六组. */
static bool is_group(const struct cells *t, size_t i, const struct chain *c)
{
	static struct redact_words groups = REDACT_WORDS("组"), villages = REDACT_WORDS(
		"村 居 会 社区 口 冲 岭 坪 湾 塘 坝 埭 桥 庄 屯 坡 垸 坑 场 坳 山 溪 河 洲 港 垅 屋 湖 铺 寨 组 集 堡 墩 渡 垭 沟 庙 岗 洞 田 林 "
		"园 街 力 第");

	return redact_longest(t, c->unit, &groups) > 0 && redact_label(t, i, 0, false, &villages);
}

/* 23幢, and whose it is stands elsewhere. */
static bool is_building(const struct cells *t, size_t i, const struct chain *c)
{
	static struct redact_words buildings = REDACT_WORDS("栋 幢 号楼 号栋");

	return c->links > 0 && !redact_is_han(&t->c[i]) && redact_longest(t, c->unit, &buildings) > 0
		&& redact_longest(t, c->end, &described) == 0;
}

bool redact_place(const struct cells *t, size_t i, struct found *ret)
{
	static struct redact_words before = REDACT_WORDS(
		"路 街 巷 道 里 弄 坊 胡同 村 社区 院 园 苑 区 寓 厦 城 队 湾 楼 小镇 家园 屋场 段 亍"),
		ordinal = REDACT_WORDS("第 新 老");
	struct chain c;
	size_t at = i > 1 && t->c[i - 1].f == ' ' ? i - 1 : i;

	if (!place_at(t, i, &c, ret))
		return false;
	if ((c.room && c.door) || is_building(t, i, &c))
		return true;
	if (i - ret->from < NAME_MIN)
		return false;
	at -= redact_label(t, at, 0, false, &ordinal);
	return redact_label(t, at, 0, false, &before) || (c.links > 0 && (c.door || is_group(t, i, &c)));
}
