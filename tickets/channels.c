/* channels - see channels.h. */
#include "channels.h"

#include <string.h>

static const struct channel_word { const char *code, *zh; } words[] = {
	{ "web", "网站" }, { "mobile", "手机" }, { "terminal", "自助终端" }, { "wechat", "微信" }, { "hotline", "12345 热线" },
	{ "visit", "来访" }, { "paper", "来信" }, { "superior_transfer", "上级转办" },
	{ "national_site_error", "国家平台转办" }, { "api", "接口" }, { "import", "历史导入" },
};
#define WORDS_N (sizeof words / sizeof words[0])

const char *channels_name(const char *code)
{
	for (size_t i = 0; i < WORDS_N; i++) {
		if (strcmp(words[i].code, code) == 0)
			return words[i].zh;
	}
	return code;
}

const char *channels_at(size_t i)
{
	return i < WORDS_N ? words[i].code : NULL;
}
