/* redact_home - see redact_text.h: where somebody lives. Down to the building or the door it is an address
 * wherever it stands; a number in a street, a group of a village, only where it is said that somebody lives there,
 * else a hint. */
#include <string.h>

#include "redact_text.h"

static bool is_numeral(uint32_t cp)
{
	switch (cp) {
	case 0x4e00: case 0x4e8c: case 0x4e09: case 0x56db: case 0x4e94: case 0x516d: case 0x4e03: case 0x516b: case 0x4e5d:
	case 0x5341: case 0x767e: case 0x3007: case 0x96f6: case 0x7532: case 0x4e59: case 0x4e19: case 0x4e01:
		return true;         /* 一 … 九 十 百 〇 零 甲 乙 丙 丁 */
	default:
		return false;
	}
}

/* A number of a house or room: 3, 12, A, 十二, 甲3, 3-1. */
static size_t house_number(const struct cells *t, size_t i)
{
	size_t n = 0;

	while (n < 7 && (redact_is_digit(&t->c[i + n]) || redact_is_letter(&t->c[i + n]) || is_numeral(t->c[i + n].cp)
			|| (n > 0 && t->c[i + n].f == '-' && redact_is_digit(&t->c[i + n + 1])) || t->c[i + n].f == '#'))
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

static const char before_place[] = "住在 住址 家住 地址 位于 住 是 在 我 于 的 到 了 为 与 和 向 从 由 租住 业主 居民 本人 对 就 有 系 "
	"经 至 去 来 给 把 被 将 及 走访 购置 购买 非";

/* Back over the name of the place, to where it begins. */
static size_t back_to_place(const struct cells *t, size_t i)
{
	size_t from = i;

	while (from > 0 && i - from < 24 && in_place(&t->c[from - 1])) {
		if (redact_label(t, from, 0, false, before_place))
			break;
		from--;
	}
	return from;
}

/* A chain of numbers and what they count: 6栋1单元501室. */
struct chain { size_t end, links; bool door; };

static const char sides[] = "东 西 南 北 中 附";

/* The room may stand there bare: 5栋302, A座1203, 404房. */
static void add_room(const struct cells *t, struct chain *c)
{
	size_t n = redact_is_digit(&t->c[c->end]) ? house_number(t, c->end) : 0;

	if (n < 3)
		return;
	c->end += n;
	c->end += redact_longest(t, c->end, "房 室 号房 号");
}

static struct chain chain_at(const struct cells *t, size_t i)
{
	static const char inner[] = "号楼 栋 幢 单元 室 号房 号院 房 门 户 座 楼 层 号 弄 巷 组 排", part[] = "区 期",
		firm[] = "号楼 栋 幢 单元 室 号房";
	struct chain c = { .end = i };

	for (size_t side = 0, number, word; ; side = redact_longest(t, c.end, sides)) {
		number = house_number(t, c.end + side);
		word = redact_longest(t, c.end + side + number, number > 0 ? inner : "单元");
		/* A part of an estate is a door of nobody. */
		if (word == 0 && number > 0 && redact_longest(t, c.end + side + number, part) > 0) {
			c.end += side + number + 1;
			continue;
		}
		if (word == 0 || (number == 0 && side == 0))
			break;
		c.door = c.door || redact_longest(t, c.end + side + number, firm) > 0;
		c.end += side + number + word;
		c.links++;
	}
	if (c.links > 0)
		add_room(t, &c);
	return c;
}

/* Down to the building or the door; a single link only behind the name of a place. */
bool redact_address(const struct cells *t, size_t i, struct found *ret)
{
	static const char places[] = "小区 苑 园 花园 家园 公寓 大厦 里 村 城 府 庭 院 居 湾 郡 广场 宿舍 新村 路 街 巷 号 社区 期";
	struct chain c;

	if (!begins(t, i))
		return false;
	c = chain_at(t, i);
	if (!c.door || (c.links == 1 && !redact_label(t, i, 1, false, places)))
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
	static const char houses[] = "大厦 公寓 大楼 广场 国际 中心 小区 花园 苑 家园 宿舍 城 楼";

	for (size_t i = end; i < end + 10 && redact_is_han(&t->c[i]); i++) {
		size_t word = redact_longest(t, i, houses);
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
static bool place_at(const struct cells *t, size_t i, struct found *ret)
{
	static const char no_house[] = "线 令 文 公告 公交 闸 窗口 台 机 车 桥 桩 井 织 成 合 建 团 长";
	struct chain c;
	size_t from, end;

	if (!begins(t, i))
		return false;
	c = chain_at(t, i);
	end = c.links > 0 ? c.end : dashed_door(t, i);
	if (end == 0 || redact_longest(t, end, no_house) > 0)
		return false;
	from = back_to_place(t, i);
	if (i - from < 2)
		return false;
	*ret = (struct found){ from, named_house(t, end), REDACT_ADDRESS, "像门牌" };
	return true;
}

bool redact_home(const struct cells *t, size_t i, struct found *ret)
{
	static const char lives[] = "住 住在 家住 家在 住址 现住 租住 居住在 居住于 住所 房子在 家庭地址 家庭住址 我家 我们家",
		dwellers[] = "住户 的住户 居民 的居民 业主 的业主 租户 的租户";

	if (!place_at(t, i, ret) || (!redact_label(t, ret->from, 2, true, lives)
			&& redact_longest(t, ret->to, dwellers) == 0))
		return false;
	ret->why = "写明了住在这里";
	return true;
}

bool redact_place(const struct cells *t, size_t i, struct found *ret)
{
	static const char before[] = "路 街 巷 道 里 弄 坊 胡同 村 社区 院 园 苑 区 寓 厦 城 队 湾 号 楼 小镇 家园 屋场";

	return house_number(t, i) > 0 && redact_label(t, i, 0, false, before) && place_at(t, i, ret);
}
