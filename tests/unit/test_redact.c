/* redact: what is found in which form, and what only looks like it. All values are made up. */
#include "unit.h"

#include <stdio.h>
#include <string.h>

#include "redact.h"
#include "redact_text.h"
#include "str.h"

UNIT_ARENA(a, 16 << 20);

/* "mobile=138 0013 8000;id_card=…" */
static const char *found(const char *text)
{
	struct redact_span *spans;
	size_t n = redact_find(a, text, &spans);
	struct str o;

	str_init(&o, a, 4096);
	for (size_t i = 0; i < n; i++)
		str_addf(&o, "%s%s=%.*s", i ? ";" : "", redact_code(spans[i].kind), (int)(spans[i].to - spans[i].from),
			text + spans[i].from);
	return o.s;
}

struct example { const char *text, *found; };

static void check(const struct example *list, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (strcmp(found(list[i].text), list[i].found) != 0)
			fail_msg("“%s”: %s, not %s", list[i].text, found(list[i].text), list[i].found);
	}
}
#define CHECK(list) check(list, sizeof(list) / sizeof((list)[0]))

static void test_mobiles_in_every_dress(void **state)
{
	static const struct example list[] = {
		{ "电话13800138000。", "mobile=13800138000" },
		{ "138 0013 8000", "mobile=138 0013 8000" },
		{ "138-0013-8000", "mobile=138-0013-8000" },
		{ "１３８００１３８０００", "mobile=１３８００１３８０００" },
		{ "一三八〇〇一三八〇〇〇", "mobile=一三八〇〇一三八〇〇〇" },
		{ "+86 13800138000", "mobile=+86 13800138000" },
		{ "008613800138000", "mobile=008613800138000" },
		{ "138\xe2\x80\x8b"
		  "00138000",
			"mobile=138\xe2\x80\x8b"
			"00138000" },
		{ "电话138.0013.8000", "mobile=138.0013.8000" },
		{ "13800138000、13900139000", "mobile=13800138000;mobile=13900139000" },
		{ "共 13500.000000 元", "" }, { "12345678901", "" }, { "2026年11月22日", "" }, { "138001380001", "" },
	};

	(void)state;
	CHECK(list);
}

static void test_land_lines(void **state)
{
	static const struct example list[] = {
		{ "0571-82345678", "landline=0571-82345678" },
		{ "(010)66001234", "landline=(010)66001234" },
		{ "座机 0731—8223 5678", "landline=0731—8223 5678" },
		{ "0571-82345678 转 801", "landline=0571-82345678 转 801" },
		{ "固定电话：82345678", "landline=82345678" },
		{ "0731-0000-00000000", "" }, { "拨打 12345", "" }, { "面积 82345678 平方米", "" },
	};

	(void)state;
	CHECK(list);
}

static void test_identity_numbers(void **state)
{
	static const struct example list[] = {
		{ "11010519491231002X", "id_card=11010519491231002X" },
		{ "身份证号：11010519491231002x，男", "id_card=11010519491231002x" },
		{ "110105 19491231 002X", "id_card=110105 19491231 002X" },
		{ "１１０１０５１９４９１２３１００２Ｘ", "id_card=１１０１０５１９４９１２３１００２Ｘ" },
		{ "110105491231002", "id_card=110105491231002" },
		{ "身份证 110105194912310021", "id_card=110105194912310021" }, /* a digit mistyped */
		{ "流水 110105194912310021", "" }, { "110105194913310024", "" },
	};

	(void)state;
	CHECK(list);
}

static void test_cards_plates_and_papers(void **state)
{
	static const struct example list[] = {
		{ "6222021234567890129", "" },
		{ "卡号 6222 0212 3456 7890 129", "bank_card=6222 0212 3456 7890 129" },
		{ "4111111111111111", "bank_card=4111111111111111" },
		{ "湘A·12345", "plate=湘A·12345" }, { "浙AD12345", "plate=浙AD12345" }, { "粤B1234学", "plate=粤B1234学" },
		{ "京津冀 A 区", "" }, { "新VIP客户", "" },
		{ "护照E12345678", "certificate_no=E12345678" }, { "许可证编号：C93815363", "certificate_no=C93815363" },
		{ "证号：0000-00000000", "" }, { "〔2018〕48号文件", "" },
	};

	(void)state;
	CHECK(list);
}

static void test_mail_and_messengers(void **state)
{
	static const struct example list[] = {
		{ "邮箱 li.si@example.com。", "email=li.si@example.com" }, { "ＬＩ＠example.cn", "email=ＬＩ＠example.cn" },
		{ "QQ：123456789", "qq=123456789" }, { "微信号 wxid_abc123", "wechat=wxid_abc123" },
		{ "a@b", "" }, { "公众号“城市交通”", "" },
	};

	(void)state;
	CHECK(list);
}

static void test_homes_and_names(void **state)
{
	static const struct example list[] = {
		{ "家住幸福小区3栋2单元501室，", "address=幸福小区3栋2单元501室" },
		{ "位于人民路28号5栋302", "address=人民路28号5栋302" },
		{ "我叫王小明，", "name=王小明" }, { "投诉人：李四 男", "name=李四" },
		{ "家住望湖路88号，", "address=望湖路88号" }, { "住在马家湾村8组", "address=马家湾村8组" },
		{ "幸福巷7号的住户", "address=幸福巷7号" }, { "翠湖公寓B座1203", "" }, { "住在5号线旁边", "" },
		{ "我叫李先生", "" }, { "我是安徽人", "" }, { "人民路28号市民中心", "" }, { "3楼会议室", "" },
	};

	(void)state;
	CHECK(list);
}

static void test_numbers_in_disguise(void **state)
{
	static const struct example list[] = {
		{ "手机138OO138OOO", "mobile=138OO138OOO" }, { "l38-0013-8ooo。", "mobile=l38-0013-8ooo" },
		{ "1３8００13８000", "mobile=1３8００13８000" }, { "138\n0013\r\n8000", "mobile=138\n0013\r\n8000" },
		{ "1 3 8 0 0 1 3 8 0 0 0", "mobile=1 3 8 0 0 1 3 8 0 0 0" }, { "电话138 00 13 80 00", "mobile=138 00 13 80 00" },
		{ "138😀0013😀8000", "mobile=138😀0013😀8000" }, { "☎13800138000", "mobile=13800138000" },
		{ "1️⃣3️⃣8️⃣0️⃣0️⃣1️⃣3️⃣8️⃣0️⃣0️⃣0️⃣", "mobile=1️⃣3️⃣8️⃣0️⃣0️⃣1️⃣3️⃣8️⃣0️⃣0️⃣0️⃣" },
		{ "𝟏𝟑𝟖𝟎𝟎𝟏𝟑𝟖𝟎𝟎𝟎", "mobile=𝟏𝟑𝟖𝟎𝟎𝟏𝟑𝟖𝟎𝟎𝟎" }, { "壹叁捌零零壹叁捌零零零", "mobile=壹叁捌零零壹叁捌零零零" },
		{ "一三八零零一三八〇〇〇", "mobile=一三八零零一三八〇〇〇" }, { "其二13800138000", "mobile=13800138000" },
		{ "0571一82345678", "landline=0571一82345678" }, { "电话……13800138000", "mobile=13800138000" },
		{ "电话...13800138000", "mobile=13800138000" }, { "3.13800138000", "mobile=13800138000" }, { "0.13800138000", "" },
		{ "身份證號：11010519491231OO2X", "id_card=11010519491231OO2X" }, { "座機：82345678", "landline=82345678" },
		{ "證號：C93815363、C93815364", "certificate_no=C93815363;certificate_no=C93815364" },
		{ "我叫張小明，", "name=張小明" }, { "幸福小區3棟2單元501室", "address=幸福小區3棟2單元501室" },
		{ "1 3 5 7 9 11 13 15", "" }, { "SOLO 2018 OIL", "" }, { "二〇二六年十一月二十二日", "" },
	};

	(void)state;
	CHECK(list);
}

/* Each is 100,000 bytes long and would take minutes if a place were read from each of its characters on. */
static void test_the_worst_texts_are_read_once(void **state)
{
	static const char *const parts[] = { "1", "1号", "1区", "a1", "a-", "1 ", "一", "王", "O1", "路1组、", "a@b.", "1、", "张明 " };
	static const struct redact_who who = { "王小明", "13800138000", "w@mail.cn" };

	(void)state;
	for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
		struct redact_span *spans;
		struct arena *own = arena_new(512 << 20);
		struct str o;

		str_init(&o, own, 100000 + 16);
		while (o.len < 100000)
			str_add(&o, parts[i]);
		assert_true(redact_public(own, o.s, REDACT_CITIZEN, &spans) <= o.len);
		assert_true(redact_known(own, o.s, &who, &spans) <= o.len);
		arena_free(own);
	}
}

/* --- lists of words: what says no at once must never say it wrongly --- */

static size_t slow_longest(const char *text, const char *list)
{
	size_t best = 0;

	for (const char *w = list; *w != '\0'; w += strcspn(w, " "), w += *w == ' ') {
		size_t n = strcspn(w, " ");

		best = strncmp(text, w, n) == 0 && n > best ? n : best;
	}
	return best;
}

static bool slow_ends(const char *text, size_t end, const char *list)
{
	for (const char *w = list; *w != '\0'; w += strcspn(w, " "), w += *w == ' ') {
		size_t n = strcspn(w, " ");

		if (n <= end && strncmp(text + end - n, w, n) == 0)
			return true;
	}
	return false;
}

static void test_lists_find_what_a_slow_reading_finds(void **state)
{
	static struct redact_words lists[] = { REDACT_WORDS("号 号楼 号房 楼 层"), REDACT_WORDS("qq qq群 微信 vx"),
		REDACT_WORDS("村 新村 小区 区 新区"), REDACT_WORDS("人: 人 : 、 12 2") };
	static const char *const parts[] = { "号", "楼", "房", "层", "q", "群", "微", "信", "v", "x", "村", "新", "小", "区", "人", ":",
		"、", "1", "2", "路", "的" };
	unsigned seed = 20261122;
	char text[256];

	(void)state;
	for (size_t round = 0; round < 2000; round++) {
		struct redact_words *words = &lists[round % 4];
		struct cells t;

		text[0] = '\0';
		for (size_t i = 0; i < 40; i++) {
			seed = seed * 1103515245u + 12345u;
			strcat(text, parts[(seed >> 16) % (sizeof parts / sizeof parts[0])]);
		}
		t = redact_cells(a, text);
		for (size_t i = 0; i < t.n; i++) {
			size_t n = redact_longest(&t, i, words);

			assert_int_equal(t.c[i + n].at - t.c[i].at, slow_longest(text + t.c[i].at, words->list));
			assert_int_equal(redact_label(&t, i, 0, false, words), slow_ends(text, t.c[i].at, words->list));
		}
		arena_reset(a);
	}
}

/* "name?=张建国;mobile=…"; ? marks a hint. */
static const char *public_of(const char *text, enum redact_voice voice)
{
	struct redact_span *spans;
	size_t n = redact_public(a, text, voice, &spans);
	struct str o;

	str_init(&o, a, 4096);
	for (size_t i = 0; i < n; i++)
		str_addf(&o, "%s%s%s=%.*s", i ? ";" : "", redact_code(spans[i].kind), spans[i].hint ? "?" : "",
			(int)(spans[i].to - spans[i].from), text + spans[i].from);
	return o.s;
}

static void test_before_it_is_public_more_is_looked_at(void **state)
{
	static const struct example list[] = {
		{ "老板张建国不听", "name?=张建国" }, { "我儿子王晓东在上学", "name?=王晓东" }, { "李小芳老师", "name?=李小芳" },
		{ "2017年3月5日出生", "birthday?=2017年3月5日" }, { "2017年3月5日来信", "" },
		{ "在三年级2班", "class?=三年级2班" }, { "初二（3）班", "class?=初二（3）班" }, { "三年级的课", "" },
		{ "望湖路88号", "address?=望湖路88号" }, { "流水号是20261122", "certificate_no=20261122" },
		{ "138 00 13 80 00", "mobile?=138 00 13 80 00" }, { "1986.2-1991.11", "" },
		{ "鸿昌国际A幢漏水", "address?=鸿昌国际A幢" }, { "坝塘村六、七组的田", "address?=坝塘村六、七组" },
		{ "香墅里 8 栋漏水", "address=香墅里 8 栋" }, { "二号栋405漏水", "address?=二号栋405" }, { "三元口六组人", "address?=三元口六组" },
		{ "我是57栋业主", "address?=57栋" }, { "16,17栋漏水", "address?=16,17栋" }, { "目前有9栋楼交房", "" }, { "11栋高层", "" },
		{ "小区共662户业主", "" }, { "融创城三栋高楼", "" }, { "由11栋18层小高层组成", "" }, { "要三室一厅", "" },
		{ "园长谭建兰不管", "name?=谭建兰" }, { "尊敬的盛华荣市长", "name?=盛华荣" }, { "联系人:谈君", "name?=谈君" },
		{ "此致敬礼！\n王微 电话", "name?=王微" }, { "业主向领导请愿", "" }, { "学生成绩不好", "" },
		{ "花了3500000元", "" }, { "许多同学，高中老师", "" }, { "师傅说，主任来过", "" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof list / sizeof list[0]; i++)
		assert_string_equal(public_of(list[i].text, REDACT_CITIZEN), list[i].found);
	assert_string_equal(public_of("电话 0571-82345678，编号：A1234567，联系人：李四", REDACT_OFFICE), "");
	assert_string_equal(public_of("手机 13800138000，您家3栋2单元501室", REDACT_OFFICE),
		"mobile=13800138000;address?=您家3栋2单元501室");
}

static const char *known_in(const char *text, const char *name, const char *phone, const char *email)
{
	struct redact_span *spans;
	size_t n = redact_known(a, text, &(struct redact_who){ name, phone, email }, &spans);
	struct str o;

	str_init(&o, a, 4096);
	for (size_t i = 0; i < n; i++)
		str_addf(&o, "%s%.*s%s", i ? ";" : "", (int)(spans[i].to - spans[i].from), text + spans[i].from,
			spans[i].hint ? "?" : "");
	return o.s;
}

static void test_the_writer_is_known_however_written(void **state)
{
	static const struct { const char *text, *found; } list[] = {
		{ "感谢王小明同志", "王小明" }, { "王 小 明", "王 小 明" }, { "王女士您好", "王女士?" }, { "小明路", "" },
		{ "打 138 0013 8000 或一三八〇〇一三八〇〇〇", "138 0013 8000;一三八〇〇一三八〇〇〇" }, { "5138001380001", "" },
		{ "邮箱WXM@Mail.cn", "WXM@Mail.cn" }, { "王府井", "" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof list / sizeof list[0]; i++)
		assert_string_equal(known_in(list[i].text, "王小明", "13800138000", "wxm@mail.cn"), list[i].found);
	assert_string_equal(known_in("匿名市民反映，某先生", "匿名", "", ""), "");
	assert_string_equal(known_in("在 Li 家", "Li", "", ""), "");
	assert_string_equal(known_in("李先生", "李先生", "", ""), "李先生?");
}

static void test_what_overlaps_is_one_place(void **state)
{
	const struct redact_span own[] = { { 6, 15, REDACT_NAME, "own", false } },
		found[] = { { 0, 30, REDACT_ADDRESS, "rule", false }, { 12, 40, REDACT_NAME, "hint", true } };
	struct redact_span *list;

	(void)state;
	assert_int_equal(redact_merge(a, own, 1, found, 2, &list), 1);
	assert_int_equal(list[0].from, 0);
	assert_int_equal(list[0].to, 30);
	assert_string_equal(list[0].why, "rule");
}

static void test_what_is_found_is_hidden_and_the_rest_stays(void **state)
{
	static const char text[] = "我叫王小明，电话 138 0013 8000。\n路灯不亮。";
	struct redact_span *spans;
	size_t n = redact_find(a, text, &spans);

	(void)state;
	assert_string_equal(redact_apply(a, text, spans, n), "我叫［已隐去］，电话 ［已隐去］。\n路灯不亮。");
	assert_string_equal(redact_apply(a, "", spans, 0), "");
	assert_int_equal(redact_find(a, "", &spans), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_mobiles_in_every_dress), cmocka_unit_test(test_land_lines),
		cmocka_unit_test(test_identity_numbers), cmocka_unit_test(test_cards_plates_and_papers),
		cmocka_unit_test(test_mail_and_messengers), cmocka_unit_test(test_homes_and_names),
		cmocka_unit_test(test_numbers_in_disguise), cmocka_unit_test(test_the_worst_texts_are_read_once),
		cmocka_unit_test(test_lists_find_what_a_slow_reading_finds),
		cmocka_unit_test(test_before_it_is_public_more_is_looked_at),
		cmocka_unit_test(test_the_writer_is_known_however_written), cmocka_unit_test(test_what_overlaps_is_one_place),
		cmocka_unit_test(test_what_is_found_is_hidden_and_the_rest_stays),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
