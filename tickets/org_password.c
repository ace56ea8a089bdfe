/* org_password - see org.h: what a password must be, and making one. Pure.
 *
 * As NIST SP 800-63B asks: long, and none of those that are tried first; no demand for kinds of characters, which only
 * make people write "Password2026!". What is tried first is found by what is left when the obvious words are taken
 * out. */
#include <sodium.h>
#include <string.h>

#include "conf.h"
#include "org.h"
#include "password.h"
#include "str.h"
#include "text.h"

#define LEFT_MIN 4

/* Taken out wherever they stand, longest first; letters in lower case. */
static const char *const obvious[] = {
	"administrator", "1qaz2wsx3edc4rfv", "qwertyuiop", "1qaz2wsx3edc", "asdfghjkl", "password", "passw0rd", "p@ssw0rd",
	"p@ssword", "qweasdzxc", "1qaz2wsx", "minsheng", "woaini", "welcome", "zxcvbnm", "letmein", "changeme", "5201314",
	"1314520", "iloveyou", "qwerty", "asdfgh", "abc123", "a1b2c3", "admin", "shizhang", "xinxiang", "zhengfu", "mima",
	"test", "user", "root", "demo", "qwer", "asdf", "zxcv", "民声", "密码", "政府", "市长", "信箱", "admin@",
};

/* As it is compared: half width, lower case. */
static char *fold(struct arena *a, const char *s)
{
	return text_lower(a, text_fold_width(a, s));
}

static void take_out(char *s, const char *word)
{
	size_t n = strlen(word);

	for (char *at = n ? strstr(s, word) : NULL; at; at = strstr(s, word))
		memmove(at, at + n, strlen(at + n) + 1);
}

/* What is no letter (digits, signs, blanks) may stand around the obvious, it adds little. */
static void take_out_signs(char *s)
{
	char *to = s;

	for (; *s; s++) {
		if ((*s >= 'a' && *s <= 'z') || (*s & 0x80))
			*to++ = *s;
	}
	*to = '\0';
}

/* "abcabcabc", "11111111", "123456789": a short piece again and again, or one step after the other. */
static bool is_run(const char *s)
{
	size_t n = strlen(s), same = 0, up = 0, down = 0;

	for (size_t period = 1; period <= 4; period++) {
		size_t k = period;

		while (k < n && s[k] == s[k - period])
			k++;
		if (k == n)
			return true;
	}
	for (size_t i = 1; i < n; i++) {
		same += s[i] == s[i - 1];
		up += s[i] == s[i - 1] + 1;
		down += s[i] == s[i - 1] - 1;
	}
	return same + up + down + 3 >= n;
}

/* Different bytes. */
static size_t variety(const char *s)
{
	bool seen[256] = { false };
	size_t n = 0;

	for (; *s; s++) {
		n += !seen[(unsigned char)*s];
		seen[(unsigned char)*s] = true;
	}
	return n;
}

int org_password_ok(struct arena *a, const char *password, const char *login, const char *name)
{
	char *left = fold(a, password);
	size_t n = text_graphemes(password);
	bool digits = strspn(left, "0123456789") == strlen(left);

	if (n < PASSWORD_MIN_GRAPHEMES)
		return err_say(ERR_INVALID, "新密码至少 %d 个字符，现在是 %zu 个", PASSWORD_MIN_GRAPHEMES, n);
	if (strlen(password) > PASSWORD_MAX_BYTES)
		return err_say(ERR_INVALID, "新密码太长");
	if (is_run(left) || variety(left) < 5)
		return err_say(ERR_INVALID, "新密码太有规律，容易被猜到。可以用几个互不相干的词连起来");
	if (digits)
		return err_say(ERR_INVALID, "新密码不能全是数字，容易被猜到。可以用几个互不相干的词连起来");
	take_out(left, fold(a, login));
	take_out(left, fold(a, name));
	for (size_t i = 0; i < sizeof obvious / sizeof obvious[0]; i++)
		take_out(left, obvious[i]);
	take_out_signs(left);
	if (strlen(left) < LEFT_MIN)
		return err_say(ERR_INVALID, "新密码是常见的，或者由登录名、姓名加数字组成，容易被猜到");
	return 0;
}

/* 78 bits. */
const char *org_password_make(struct arena *a)
{
	static const char alphabet[] = "abcdefghjkmnpqrstuvwxyz23456789";
	char *s = arena_alloc(a, 20);

	for (int i = 0; i < 19; i++)
		s[i] = i % 5 == 4 ? '-' : alphabet[randombytes_uniform(sizeof alphabet - 1)];
	return s;
}
