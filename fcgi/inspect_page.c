/* inspect_page - see inspect_page.h. */
#include "inspect_page.h"

#include <string.h>

#include "alarm_rule.h"

const char *inspect_css(enum inspect_level level)
{
	static const char *const css[] = { "lx-tag--grey", "lx-tag--green", "lx-tag--orange", "lx-tag--orange",
		"lx-tag--red" };

	return css[level];
}

const char *inspect_limit(struct arena *a, const struct inspect_rule *rules, size_t n, enum inspect_kind kind)
{
	const struct inspect_rule *last = NULL;

	for (size_t i = 0; i < n; i++) {
		/* In the order of amounts; months come with a smaller number than days and still later. */
		if (rules[i].kind == kind && (last == NULL || rules[i].level > last->level
				|| (rules[i].level == last->level && (rules[i].unit == 'M' || last->unit != 'M'))))
			last = &rules[i];
	}
	if (last == NULL)
		return "";
	if (kind == INSPECT_probe_down)
		return arena_printf(a, "连续 %d 次", last->amount);
	return last->amount > 0 ? alarm_rule_amount(a, last) : "到期";
}

const char *inspect_span(struct arena *a, int64_t seconds)
{
	long long minutes = seconds / 60;

	if (minutes >= 2 * 1440)
		return arena_printf(a, "%lld 天 %lld 小时", minutes / 1440, minutes % 1440 / 60);
	if (minutes >= 60)
		return arena_printf(a, "%lld 小时 %lld 分", minutes / 60, minutes % 60);
	return arena_printf(a, "%lld 分钟", minutes);
}

static const struct page_done done[] = {
	{ "noted", "巡检已登记。" },
	{ "target", "已增加拨测的页面，一分钟内开始访问。" },
	{ "off", "已停止拨测这个页面。" },
	{ "on", "已恢复拨测这个页面。" },
	{ "incident", "事件已登记。请按时限报告，报告后在这里登记。" },
	{ "reported", "报告已登记。" },
	{ "start", "每周提问已打开。" },
	{ "stop", "每周提问已关掉。" },
	{ "question", "题目已添加。" },
	{ "retire", "这一题不再使用。" },
	{ "use", "这一题重新使用。" },
	{ "end", "信件已收回，承办单位看到的是写信人撤回。" },
};

int inspect_done(struct page *p, const char *path, const char *code)
{
	return reply_redirect(p->reply, arena_printf(p->a, "%s?ok=%s", path, code));
}

void inspect_flash(struct page *p)
{
	page_tell_done(p, "ok", done, ARRAY_LEN(done));
}
