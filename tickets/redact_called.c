/* redact_called - see redact_text.h: who is named, by the surname and by what stands beside it. Guessing, so a hint. */
#include "redact_text.h"

/* The cells of a given name. */
#define GIVEN_MAX 2
/* A name stands by itself as a signature within so many cells before the end. */
#define SIGNATURE 60

/* Words that begin like a surname and are none. */
static struct redact_words no_names = REDACT_WORDS(
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
	"吕梁 魏县 苏醒 程控 杜绝 成绩 麻将 辛苦 辛辛 曾多 代表 代理 代办 占用 占道 闻到 伊始 强行 阳历 农历 祝好 祝福 万分 万般 万能 盛大 "
	"常务 温馨 时代 金钱 高度 平方 齐心 满意 顾虑 连带 单方 成果 路过 万一 全校 全班 全年 全县 全区 景象 安慰 甘心 于理 任教 连锁 查获 "
	"纪检 纪委 管委 查证 苑小 苑进 任课 付制 付钱 关爱 谈论");

/* What does not stand in a name, but behind one. */
static struct redact_words behind = REDACT_WORDS(
	"的 在 于 是 和 与 说 有 去 到 因 为 已 被 把 将 从 向 对 等 也 就 都 不 没 要 找 请 来 让 给 用 住 家 今 现 又 还 患 上 读 及 或 跟 "
	"会 能 可 想 做 打 系 均 并 经 先 女 同 身 电 手 却 只 才 便 （ 某");

/* Surnames that are mostly words: never one when it goes on from what stands before. */
static struct redact_words wordy = REDACT_WORDS(
	"向 于 和 时 成 全 应 连 路 房 管 商 游 麻 单 从 司 师 容 相 满 顾 代 占 闻 安 强 方 高 平 万 明 钱 金 古 党 农 车 项 费 经 包 项 都");

static struct redact_words called = REDACT_WORDS(
	"先生 女士 小姐 同志 老师 医生 大夫 护士 主任 局长 科长 处长 所长 队长 镇长 村长 区长 县长 市长 厅长 省长 乡长 经理 书记 校长 园长 站长 "
	"院长 警官 法官 律师 师傅 阿姨 大爷 大妈 叔叔 同学 教练 会计 老板 组长 拳师 麻将馆");
static struct redact_words relatives = REDACT_WORDS(
	"人: 名 叫 本人 丈夫 妻子 老公 老婆 爱人 儿子 女儿 父亲 母亲 爸爸 妈妈 孩子 哥哥 弟弟 姐姐 妹妹 继母 岳父 岳母 女婿 我女 我夫 邻居 房东 "
	"老板 店主 店长 法人 法人代表 负责人 经办人 联系人 代理人 收件人 举报人 投诉人 反映人 申请人 报告人 户主 同事 学生 患者 病人 业主 村民 村员 "
	"司机 房主 原告 被告 承包人 包工头 中介 经理 村支书 村主任 班主任 校长 园长 教师 老师 医生 护士 职工 员工 工人 保安 交警 民警 警官 局长 县长 "
	"市长 厅长 书记 镇长 村长 队长 组长 站长 会计 律师 法官 教练 董事长");
static struct redact_words before_called = REDACT_WORDS("的 找 和 给 由 被 让 叫 跟 对 与 是 请 问 有 了 得 为 及 把 向");

/* The cells of a given name behind a surname that ends at i; 0: none. */
static size_t given(const struct cells *t, size_t i)
{
	size_t n = 0;

	while (n < GIVEN_MAX && redact_is_han(&t->c[i + n]) && redact_longest(t, i + n, &behind) == 0)
		n++;
	return n;
}

/* Does a name that ends at i end there? */
static bool ends(const struct cells *t, size_t i)
{
	return !redact_is_han(&t->c[i]) || redact_longest(t, i, &behind) > 0;
}

/* 张小明老师: where the name ends whose surname begins at i; 0: nobody is called so. */
static size_t called_end(const struct cells *t, size_t i, size_t family)
{
	bool goes_on = i > 0 && redact_is_han(&t->c[i - 1]);

	if (goes_on && redact_longest(t, i, &wordy) > 0)
		return 0;
	for (size_t n = 1, end; n <= GIVEN_MAX && redact_is_han(&t->c[i + family + n - 1]); n++) {
		end = i + family + n;
		if (redact_longest(t, end, &called) > 0 && redact_longest(t, end - 1, &behind) == 0
				&& (n > 1 || !goes_on || redact_longest(t, i - 1, &before_called) > 0))
			return end;
	}
	return 0;
}

/* 我儿子王小明; 联系人：李四. One character alone only where the name ends behind it. */
static size_t related_end(const struct cells *t, size_t i, size_t family)
{
	size_t n = redact_label(t, i, 1, true, &relatives) ? given(t, i + family) : 0;

	if (n == 0 || (redact_is_han(&t->c[i - 1]) && redact_longest(t, i, &wordy) > 0))
		return 0;
	return n > 1 || ends(t, i + family + n) ? i + family + n : 0;
}

/* Is a number of a telephone said to follow, behind a mark and a blank at most? */
static bool before_phone(const struct cells *t, size_t i)
{
	static struct redact_words phones = REDACT_WORDS("电话 手机 联系 tel");

	while (t->c[i].f == ' ')
		i++;
	return redact_longest(t, i, &phones) > 0;
}

/* 此致敬礼 王小明: by itself near the end, or before a number. */
static size_t signature_end(const struct cells *t, size_t i, size_t family)
{
	static struct redact_words marks = REDACT_WORDS("。 ! 礼");
	size_t n, end;

	if (i > 0 && t->c[i - 1].f != ' ' && redact_longest(t, i - 1, &marks) == 0)
		return 0;
	n = given(t, i + family);
	end = i + family + n;
	if (n == 0 || redact_is_han(&t->c[end]))
		return 0;
	if (t->n - end < SIGNATURE && (t->c[end].f == ' ' || t->c[end].f == '\0' || t->c[end].house))
		return end;
	return before_phone(t, end) ? end : 0;
}

static bool is_name(struct found *ret, size_t from, size_t to, const char *why)
{
	*ret = (struct found){ from, to, REDACT_NAME, why };
	return to > 0;
}

bool redact_is_word(const struct cells *t, size_t i)
{
	return redact_longest(t, i, &no_names) > 0;
}

/* What costs most to look up comes last. */
bool redact_called(const struct cells *t, size_t i, struct found *ret)
{
	size_t family = redact_surname(t, i);

	if (family == 0)
		return false;
	return (is_name(ret, i, called_end(t, i, family), "姓氏开头，后面是称呼")
		|| is_name(ret, i, related_end(t, i, family), "姓氏开头，前面写着是谁")
		|| is_name(ret, i, signature_end(t, i, family), "姓氏开头，像落款")) && !redact_is_word(t, i);
}
