/* structure - see structure.h. The words were chosen on some two thousand answers that offices really sent. */
#include "structure.h"

#include <string.h>

#include "conf.h"
#include "sentences.h"
#include "str.h"
#include "text.h"
#include "ticket.h"

#define SHORT_MAX 30
#define SENTENCE_SHOWN 40

static const struct { const char *code, *name, *advice; } parts[STRUCTURE__MAX] = {
	[STRUCTURE_FACTS] = { "facts", "查明的事实", "写明何时、由谁核实，查到了什么" },
	[STRUCTURE_BASIS] = { "basis", "依据", "写明依据的文件名称和条款" },
	[STRUCTURE_CONCLUSION] = { "conclusion", "结论", "直接回答：能不能、办没办、什么时候办" },
	[STRUCTURE_REMEDY] = { "remedy", "救济途径", "不予支持时，告诉写信人可以向哪里申请复议、诉讼或复查" },
	[STRUCTURE_CONTACT] = { "contact", "联系电话", "留下承办单位的联系电话" },
};

/* A sign of a part: two pieces that stand one after the other in a sentence, at most `apart` bytes between them; the
 * second may be "". */
struct sign { enum structure_part part; const char *first, *then; size_t apart; };

static const struct sign signs[] = {
	{ STRUCTURE_FACTS, "经", "核实", 60 }, { STRUCTURE_FACTS, "经", "调查", 60 }, { STRUCTURE_FACTS, "经", "核查", 60 },
	{ STRUCTURE_FACTS, "经", "了解", 60 }, { STRUCTURE_FACTS, "经查", "", 0 }, { STRUCTURE_FACTS, "经", "查看", 60 },
	{ STRUCTURE_FACTS, "经", "检查", 60 }, { STRUCTURE_FACTS, "经", "排查", 60 }, { STRUCTURE_FACTS, "经", "勘查", 60 },
	{ STRUCTURE_FACTS, "经", "勘察", 60 }, { STRUCTURE_FACTS, "经", "查实", 60 }, { STRUCTURE_FACTS, "经", "查询", 60 },
	{ STRUCTURE_FACTS, "调查", "情况", 60 }, { STRUCTURE_FACTS, "现场", "查", 30 }, { STRUCTURE_FACTS, "现场", "了解", 60 },
	{ STRUCTURE_FACTS, "情况如下", "", 0 }, { STRUCTURE_FACTS, "情况属实", "", 0 }, { STRUCTURE_FACTS, "问题属实", "", 0 },
	{ STRUCTURE_FACTS, "不属实", "", 0 }, { STRUCTURE_FACTS, "到现场", "", 0 }, { STRUCTURE_FACTS, "实地", "", 0 },
	{ STRUCTURE_FACTS, "工作人员", "前往", 60 }, { STRUCTURE_FACTS, "目前", "已", 120 }, { STRUCTURE_FACTS, "目前", "正在", 120 },
	{ STRUCTURE_FACTS, "该项目", "", 0 }, { STRUCTURE_FACTS, "位于", "", 0 }, { STRUCTURE_FACTS, "反映", "系", 120 },
	{ STRUCTURE_FACTS, "据查", "", 0 }, { STRUCTURE_FACTS, "据了解", "", 0 }, { STRUCTURE_FACTS, "查明", "", 0 },
	{ STRUCTURE_FACTS, "经研究", "", 0 }, { STRUCTURE_FACTS, "据悉", "", 0 }, { STRUCTURE_FACTS, "原因是", "", 0 },
	{ STRUCTURE_FACTS, "是由于", "", 0 },
	{ STRUCTURE_BASIS, "《", "法》", 200 }, { STRUCTURE_BASIS, "《", "条例", 200 }, { STRUCTURE_BASIS, "《", "办法", 200 },
	{ STRUCTURE_BASIS, "《", "规定", 200 }, { STRUCTURE_BASIS, "《", "通知", 240 }, { STRUCTURE_BASIS, "《", "意见", 240 },
	{ STRUCTURE_BASIS, "《", "细则", 200 }, { STRUCTURE_BASIS, "《", "标准", 200 }, { STRUCTURE_BASIS, "《", "规范", 200 },
	{ STRUCTURE_BASIS, "《", "方案", 240 }, { STRUCTURE_BASIS, "《", "规划", 200 }, { STRUCTURE_BASIS, "《", "决定", 200 },
	{ STRUCTURE_BASIS, "《", "公告", 200 }, { STRUCTURE_BASIS, "《", "规程", 200 }, { STRUCTURE_BASIS, "《", "合同", 200 },
	{ STRUCTURE_BASIS, "《", "指南", 200 }, { STRUCTURE_BASIS, "根据", "规定", 240 }, { STRUCTURE_BASIS, "按照", "规定", 240 },
	{ STRUCTURE_BASIS, "依据", "规定", 240 }, { STRUCTURE_BASIS, "依照", "规定", 240 }, { STRUCTURE_BASIS, "根据", "政策", 240 },
	{ STRUCTURE_BASIS, "根据", "文件", 240 }, { STRUCTURE_BASIS, "按照", "文件", 240 }, { STRUCTURE_BASIS, "根据", "要求", 120 },
	{ STRUCTURE_BASIS, "按照", "要求", 120 }, { STRUCTURE_BASIS, "根据", "条例", 240 }, { STRUCTURE_BASIS, "根据", "规划", 120 },
	{ STRUCTURE_BASIS, "依法", "", 0 }, { STRUCTURE_BASIS, "发〔", "号", 40 }, { STRUCTURE_BASIS, "发[", "号", 40 },
	{ STRUCTURE_BASIS, "国家标准", "", 0 },
	{ STRUCTURE_CONCLUSION, "已", "解决", 90 }, { STRUCTURE_CONCLUSION, "已", "完成", 90 },
	{ STRUCTURE_CONCLUSION, "已", "整改", 90 }, { STRUCTURE_CONCLUSION, "已", "修复", 90 },
	{ STRUCTURE_CONCLUSION, "已", "处理", 90 }, { STRUCTURE_CONCLUSION, "已", "责令", 60 },
	{ STRUCTURE_CONCLUSION, "已", "要求", 60 }, { STRUCTURE_CONCLUSION, "已", "安排", 60 },
	{ STRUCTURE_CONCLUSION, "已", "更换", 60 }, { STRUCTURE_CONCLUSION, "已", "恢复", 60 },
	{ STRUCTURE_CONCLUSION, "已", "改正", 60 }, { STRUCTURE_CONCLUSION, "已", "列入", 60 },
	{ STRUCTURE_CONCLUSION, "已", "纳入", 60 }, { STRUCTURE_CONCLUSION, "全部正常", "", 0 },
	{ STRUCTURE_CONCLUSION, "将", "", 0 }, { STRUCTURE_CONCLUSION, "预计", "", 0 },
	{ STRUCTURE_CONCLUSION, "计划", "", 0 }, { STRUCTURE_CONCLUSION, "拟", "", 0 },
	{ STRUCTURE_CONCLUSION, "采纳", "", 0 }, { STRUCTURE_CONCLUSION, "不予", "", 0 },
	{ STRUCTURE_CONCLUSION, "予以", "", 0 }, { STRUCTURE_CONCLUSION, "属实", "", 0 },
	{ STRUCTURE_CONCLUSION, "符合", "", 0 }, { STRUCTURE_CONCLUSION, "无法", "", 0 },
	{ STRUCTURE_CONCLUSION, "不能", "", 0 }, { STRUCTURE_CONCLUSION, "可以", "", 0 },
	{ STRUCTURE_CONCLUSION, "可凭", "", 0 }, { STRUCTURE_CONCLUSION, "不需要", "", 0 },
	{ STRUCTURE_CONCLUSION, "不属于", "", 0 }, { STRUCTURE_CONCLUSION, "建议您", "", 0 },
	{ STRUCTURE_CONCLUSION, "需", "办理", 120 }, { STRUCTURE_CONCLUSION, "暂不", "", 0 },
	{ STRUCTURE_CONCLUSION, "暂未", "", 0 }, { STRUCTURE_CONCLUSION, "应", "办理", 120 },
	{ STRUCTURE_CONCLUSION, "不是", "", 0 },
	{ STRUCTURE_REMEDY, "行政复议", "", 0 }, { STRUCTURE_REMEDY, "人民法院", "", 0 }, { STRUCTURE_REMEDY, "行政诉讼", "", 0 },
	{ STRUCTURE_REMEDY, "法律途径", "", 0 }, { STRUCTURE_REMEDY, "司法途径", "", 0 }, { STRUCTURE_REMEDY, "申请仲裁", "", 0 },
	{ STRUCTURE_REMEDY, "申请复查", "", 0 }, { STRUCTURE_REMEDY, "申请复核", "", 0 }, { STRUCTURE_REMEDY, "提起诉讼", "", 0 },
	{ STRUCTURE_REMEDY, "如", "不服", 90 }, { STRUCTURE_REMEDY, "申诉", "", 0 },
};

/* Words by which something is refused. */
static const char *const refusing[] = {
	"不予支持", "不予受理", "不予认定", "不予立案", "不予处罚", "不予赔偿", "不予补偿", "不予办理", "不予许可", "不能支持",
	"不支持您", "无法支持", "不予采信",
};

static bool in(struct piece text, const char *word)
{
	return memmem(text.s, text.n, word, strlen(word)) != NULL;
}

static bool has_sign(struct piece sentence, const struct sign *sign)
{
	const char *end = sentence.s + sentence.n, *at = sentence.s, *from;

	while ((at = memmem(at, (size_t)(end - at), sign->first, strlen(sign->first))) != NULL) {
		from = at + strlen(sign->first);
		if (sign->then[0] == '\0')
			return true;
		if (in((struct piece){ from, (size_t)(end - from) < sign->apart + strlen(sign->then)
				? (size_t)(end - from) : sign->apart + strlen(sign->then) }, sign->then))
			return true;
		at = from;
	}
	return false;
}

/* --- numbers --- */

/* A run of digits, with single dashes and blanks between them left out; returns the bytes it takes. */
static size_t digits(const char *s, size_t n, char *ret, size_t most, size_t *ret_n)
{
	size_t i = 0, end = 0;

	*ret_n = 0;
	while (i < n) {
		if (s[i] >= '0' && s[i] <= '9') {
			if (*ret_n < most)
				ret[(*ret_n)++] = s[i];
			end = ++i;
		} else if (end == i && end > 0 && (s[i] == '-' || s[i] == ' ')) {
			i++;
		} else {
			break;
		}
	}
	return end;
}

struct numbers { bool phone, landline, mobile, identity; };

/* 0731-82345678, 82345678, 12345, 110 … */
static bool is_phone(const char *d, size_t n)
{
	return (n >= 7 && n <= 12) || (n == 5 && (memcmp(d, "12", 2) == 0 || memcmp(d, "96", 2) == 0));
}

/* 17 digits and a check character, which may be an X. */
static bool is_identity(size_t n, char next)
{
	return n == 18 || (n == 17 && (next == 'X' || next == 'x'));
}

static struct numbers numbers_in(struct piece text)
{
	struct numbers found = { false, false, false, false };
	char d[24];
	size_t n, taken;

	for (size_t i = 0; i < text.n; i += taken > 0 ? taken : 1) {
		taken = digits(text.s + i, text.n - i, d, sizeof(d), &n);
		if (n == 0)
			continue;
		found.phone |= is_phone(d, n);
		found.landline |= d[0] == '0' && n >= 10 && n <= 12;
		found.mobile |= n == 11 && d[0] == '1' && d[1] >= '3';
		found.identity |= is_identity(n, i + taken < text.n ? text.s[i + taken] : '\0');
	}
	return found;
}

static bool has_contact(struct piece sentence)
{
	static const char *const words[] = { "电话", "联系", "咨询", "拨打", "致电", "热线" };
	struct numbers n = numbers_in(sentence);
	bool said = n.landline;

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		said = said || in(sentence, words[i]);
	return said && n.phone;
}

/* --- what must not be there --- */

static void warn(struct structure *s, const char *words)
{
	if (s->warnings < STRUCTURE_WARNINGS_MAX)
		s->warning[s->warnings++] = words;
}

/* "尊敬的张先生", "张女士：": the writer is known by it once the answer is public. */
static bool names_the_writer(struct piece first)
{
	static const char *const titles[] = { "先生", "女士", "同志", "老师", "大爷", "大妈", "阿姨", "师傅" };
	static const char *const nobody[] = { "市民", "网友", "来信", "写信", "家长", "业主", "群众", "朋友", "居民", "匿名" };

	for (size_t i = 0; i < sizeof(titles) / sizeof(titles[0]); i++) {
		const char *at = memmem(first.s, first.n, titles[i], strlen(titles[i]));
		const char *from = first.s;
		size_t chars;

		if (at == NULL)
			continue;
		if (at - from >= 9 && memcmp(from, "尊敬的", 9) == 0)
			from += 9;
		chars = text_characters(from, (size_t)(at - from));
		for (size_t k = 0; k < sizeof(nobody) / sizeof(nobody[0]); k++) {
			if (in((struct piece){ from, (size_t)(at - from) }, nobody[k]))
				chars = 0;
		}
		if (chars >= 1 && chars <= 4)
			return true;
	}
	return false;
}

/* {电话}, ××, XX left in. */
static const char *left_open(struct arena *a, const char *answer)
{
	static const char *const marks[] = { "×", "XX", "xx", "＊＊", "某某", "（ ）", "（　）" };
	const char *open = strchr(answer, '{'), *close = open != NULL ? strchr(open, '}') : NULL;

	if (close != NULL && close - open < 60)
		return arena_printf(a, "“%.*s”还没有填", (int)(close - open + 1), open);
	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
		if (strstr(answer, marks[i]) != NULL)
			return arena_printf(a, "还有没填的空：“%s”", marks[i]);
	}
	return NULL;
}

/* A number of a letter that is not this one. */
static const char *other_number(struct arena *a, const char *answer, const char *number)
{
	static const char allowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-";

	for (const char *s = answer; *s != '\0'; s++) {
		size_t n = strspn(s, allowed);
		const char *word = n > 0 ? arena_strndup(a, s, n) : "", *no;

		if (str_starts(word, conf.number_prefix) && ticket_number_ok(a, word, &no) && !str_eq(no, number))
			return arena_printf(a, "文中有另一封信的编号 %s", no);
		s += n > 0 ? n - 1 : 0;
	}
	return NULL;
}

/* Share of the pairs of characters of one text that are in the other, in hundredths; 100 for too little to tell. */
static int overlap(struct arena *a, const char *wish, const char *answer)
{
	struct piece *c;
	size_t n, pairs = 0, found = 0;

	c = sentences_characters(a, wish, strlen(wish), &n);
	for (size_t i = 0; i + 1 < n; i++) {
		if (c[i].n < 3 || c[i + 1].n < 3 || (unsigned char)c[i].s[0] < 0xE4 || (unsigned char)c[i + 1].s[0] < 0xE4)
			continue;
		pairs++;
		found += memmem(answer, strlen(answer), c[i].s, c[i].n + c[i + 1].n) != NULL;
	}
	return pairs < 4 ? 100 : (int)(found * 100 / pairs);
}

static void look_for_slips(struct arena *a, const char *answer, const struct structure_of *of, struct structure *s)
{
	struct numbers all = numbers_in((struct piece){ answer, strlen(answer) });
	const char *words;

	if (all.mobile)
		warn(s, "文中有手机号码，请确认不是第三人的");
	if (all.identity)
		warn(s, "文中有像身份证号的号码，请删去");
	if ((words = left_open(a, answer)) != NULL)
		warn(s, words);
	if ((words = other_number(a, answer, of->number)) != NULL)
		warn(s, words);
	for (size_t i = 0; i < of->earlier_n; i++) {
		if (str_eq(of->earlier[i], answer))
			warn(s, "和这封信以前的答复一字不差");
	}
	if (of->same_as != NULL && of->same_as[0] != '\0')
		warn(s, arena_printf(a, "和 %s 的答复一字不差", of->same_as));
}

/* --- the whole --- */

/* Questions are answered without an inspection, typing errors without a paragraph of law. */
static bool is_needed(enum structure_part part, const struct structure_of *of, const char *answer)
{
	bool refused = str_eq(of->result, "not_supported") || str_eq(of->result, "untrue");

	switch (part) {
	case STRUCTURE_FACTS:
		return !str_eq(of->type, "consult") && !str_eq(of->type, "suggestion");
	case STRUCTURE_BASIS:
		return !str_eq(of->type, "site_error") && !str_eq(of->result, "solved");
	case STRUCTURE_REMEDY:
		for (size_t i = 0; i < sizeof(refusing) / sizeof(refusing[0]); i++)
			refused = refused || strstr(answer, refusing[i]) != NULL;
		return refused;
	default:
		return true;
	}
}

/* A salutation repeats the letter; what it says there answers nothing. */
static bool is_greeting(struct piece s)
{
	return in(s, "您好") || in(s, "你好") || in(s, "收悉") || in(s, "感谢您") || in(s, "如下：");
}

static void find_parts(struct arena *a, struct piece *list, size_t n, struct structure *s)
{
	for (size_t i = 0; i < n; i++) {
		for (size_t k = 0; k < sizeof(signs) / sizeof(signs[0]); k++) {
			struct structure_found *f = &s->part[signs[k].part];

			if (f->there || (is_greeting(list[i]) && signs[k].part == STRUCTURE_CONCLUSION))
				continue;
			f->there = has_sign(list[i], &signs[k]);
			if (f->there)
				f->sentence = text_cut(a, arena_strndup(a, list[i].s, list[i].n), SENTENCE_SHOWN);
		}
		if (!s->part[STRUCTURE_CONTACT].there && has_contact(list[i]))
			s->part[STRUCTURE_CONTACT] = (struct structure_found){ false, true,
				text_cut(a, arena_strndup(a, list[i].s, list[i].n), SENTENCE_SHOWN) };
	}
}

void structure_check(struct arena *a, const char *answer, const struct structure_of *of, struct structure *ret)
{
	const char *wish = of->demand != NULL && of->demand[0] != '\0' ? of->demand : of->title;
	struct structure s = { .warnings = 0 };
	struct piece *list;
	size_t n;

	for (int i = 0; i < STRUCTURE__MAX; i++)
		s.part[i].sentence = "";
	list = sentences_cut(a, answer, strlen(answer), &n);
	find_parts(a, list, n, &s);
	for (int i = 0; i < STRUCTURE__MAX; i++)
		s.part[i].needed = is_needed((enum structure_part)i, of, answer);
	s.short_text = text_graphemes(answer) < SHORT_MAX;
	if (s.short_text)
		warn(&s, "不到 30 个字，恐怕没有回答来信");
	if (n > 0 && names_the_writer(list[0]))
		warn(&s, "称呼里有写信人的姓，公开时会认出是谁，请用“您”");
	look_for_slips(a, answer, of, &s);
	if (!s.short_text && wish != NULL && overlap(a, wish, answer) < 12)
		warn(&s, arena_printf(a, "几乎没有提到来信的诉求“%s”", text_cut(a, wish, 20)));
	*ret = s;
}

bool structure_asks(const struct structure *s)
{
	bool asks = s->warnings > 0;

	for (int i = 0; i < STRUCTURE__MAX; i++)
		asks = asks || (s->part[i].needed && !s->part[i].there);
	return asks;
}

const char *structure_code(enum structure_part part)
{
	return parts[part].code;
}

const char *structure_name(enum structure_part part)
{
	return parts[part].name;
}

const char *structure_advice(enum structure_part part)
{
	return parts[part].advice;
}

const char *structure_missing(struct arena *a, const struct structure *s)
{
	struct str o;

	str_init(&o, a, 200);
	for (int i = 0; i < STRUCTURE__MAX; i++) {
		if (!s->part[i].needed || s->part[i].there)
			continue;
		str_add(&o, o.len > 0 ? "、" : "");
		str_add(&o, parts[i].name);
	}
	return o.s;
}
