/* redact_known - see redact.h: does a text name the person who wrote it? Runs in the vault, where the name is
 * opened. */
#include <string.h>

#include "redact_text.h"
#include "str.h"
#include "text.h"

/* Blanks or marks somebody may put between the characters of a name, or the digits of a number. */
#define APART_MAX 2
#define PHONE_MIN 7
#define NAME_MAX 40

static struct redact_words nobody = REDACT_WORDS("匿名 市民 网友 群众 居民 业主 村民 家长 学生 路人 热心 保密 不愿 本人 某");
static struct redact_words titles = REDACT_WORDS("先生 女士 小姐 同志 老师 阿姨 叔叔 大爷 大妈 师傅 同学 业主");

const struct redact_span redact_known_forms[REDACT_OWN__MAX] = {
	[REDACT_OWN_NAME] = { 0, 0, REDACT_NAME, "和写信时填的姓名相同", false },
	[REDACT_OWN_PHONE] = { 0, 0, REDACT_MOBILE, "和写信时填的电话相同", false },
	[REDACT_OWN_MAIL] = { 0, 0, REDACT_EMAIL, "和写信时填的邮箱相同", false },
	[REDACT_OWN_ADDRESS] = { 0, 0, REDACT_NAME, "写信人的姓和称呼", true },
};

struct names { const struct cells *t; struct cells name, phone, mail; size_t surname; };

static bool same(const struct cell *x, const struct cell *y)
{
	unsigned char a = x->f, b = y->f;

	if (a == WIDE || b == WIDE)
		return x->cp == y->cp;
	return (a >= 'A' && a <= 'Z' ? a + 32 : a) == (b >= 'A' && b <= 'Z' ? b + 32 : b);
}

/* Where the word that begins at i ends, read over what stands between its characters; 0: it is another one. */
static size_t reads(const struct cells *t, size_t i, const struct cells *word)
{
	for (size_t k = 0, apart = 0; k < word->n;) {
		unsigned char f = t->c[i].f;

		if (i < t->n && same(&t->c[i], &word->c[k])) {
			i++;
			k++;
			apart = 0;
		} else if (k > 0 && i < t->n && apart < APART_MAX && f != WIDE && strchr(" -.()", f) != NULL) {
			i++;
			apart++;
		} else {
			return 0;
		}
	}
	return i;
}

static size_t add(struct redact_span *list, const struct cells *t, size_t from, size_t to, const struct redact_span *as)
{
	*list = *as;
	list->from = t->c[from].at;
	list->to = t->c[to].at;
	return to;
}

/* The surname and a form of address: where they end, 0 for nothing. */
static size_t address_end(const struct names *w, size_t i)
{
	size_t n = 0, title;

	while (n < w->surname && same(&w->t->c[i + n], &w->name.c[n]))
		n++;
	title = n > 0 && n == w->surname ? redact_longest(w->t, i + n, &titles) : 0;
	return title > 0 ? i + n + title : 0;
}

static size_t phone_end(const struct names *w, size_t i)
{
	const struct cells *t = w->t;
	size_t to = i == 0 || !redact_is_digit(&t->c[i - 1]) ? reads(t, i, &w->phone) : 0;

	return to > 0 && !redact_is_digit(&t->c[to]) ? to : 0;
}

/* The first of what can stand at i; where it ends, 0 for nothing. */
static size_t find_at(const struct names *w, size_t i, struct redact_span *ret)
{
	const struct redact_span *forms = redact_known_forms;
	const struct cells *t = w->t;
	size_t to;

	if (w->name.n > 0 && (to = reads(t, i, &w->name)) > 0)
		return add(ret, t, i, to, &forms[REDACT_OWN_NAME]);
	if (w->phone.n > 0 && (to = phone_end(w, i)) > 0)
		return add(ret, t, i, to, &forms[REDACT_OWN_PHONE]);
	if (w->mail.n > 0 && (to = reads(t, i, &w->mail)) > 0)
		return add(ret, t, i, to, &forms[REDACT_OWN_MAIL]);
	to = address_end(w, i);
	return to > 0 ? add(ret, t, i, to, &forms[REDACT_OWN_ADDRESS]) : 0;
}

/* What was given, as it is compared; nothing when it would find everybody. */
static struct cells cells_of_name(struct arena *a, const char *name)
{
	struct cells t = redact_cells(a, text_characters(name, strlen(name)) <= NAME_MAX ? name : "");

	while (t.n > 0 && t.c[t.n - 1].f == ' ')
		t.n--;
	for (size_t i = 0; i < t.n; i++) {
		if (redact_longest(&t, i, &nobody) > 0)
			t.n = 0;
		else if (i > 0 && i + redact_longest(&t, i, &titles) == t.n && redact_longest(&t, i, &titles) > 0)
			t.n = i;
	}
	return t;
}

static struct cells cells_of_phone(struct arena *a, const char *phone)
{
	char digits[32];
	struct cells t;
	size_t n = 0;

	for (const char *s = phone; *s != '\0' && n + 1 < sizeof digits; s++) {
		if (*s >= '0' && *s <= '9')
			digits[n++] = *s;
	}
	digits[n] = '\0';
	t = redact_cells(a, n >= PHONE_MIN ? digits : "");
	explicit_bzero(digits, sizeof digits);
	return t;
}

/* They are sealed everywhere else: nothing of them stays in memory. */
static void forget(struct cells *t)
{
	explicit_bzero(t->c, (t->n + 1) * sizeof *t->c);
}

size_t redact_known(struct arena *a, const char *text, const struct redact_who *who, struct redact_span **ret)
{
	struct cells t = redact_cells(a, text);
	struct names w = { &t, cells_of_name(a, who->name), cells_of_phone(a, who->phone), redact_cells(a, who->email), 0 };
	size_t n = 0, room = 16;
	struct redact_span *list = arena_array(a, room, sizeof *list);

	w.surname = redact_surname(&w.name, 0);
	/* One character, or a few letters, stand in every text. */
	if (w.name.n < 2 || (w.name.n < 5 && !redact_is_han(&w.name.c[0])))
		w.name.n = 0;
	for (size_t i = 0; i < t.n;) {
		size_t to = find_at(&w, i, &list[n]);

		i = to > i ? to : i + 1;
		n += to > 0;
		if (n == room) {
			struct redact_span *more = arena_array(a, room *= 2, sizeof *more);

			memcpy(more, list, n * sizeof *list);
			list = more;
		}
	}
	forget(&w.name);
	forget(&w.phone);
	forget(&w.mail);
	*ret = list;
	return n;
}
