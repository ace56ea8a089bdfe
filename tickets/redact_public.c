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

/* Does a number begin at i, and not go on there? */
static bool begins_number(const struct cells *t, size_t i)
{
	return redact_is_digit(&t->c[i]) && (i == 0 || !redact_is_digit(&t->c[i - 1]));
}

/* 45678901.59 and 3500000元 are amounts; whatever else is that long is somebody's number. */
static bool long_number(const struct cells *t, size_t i, struct found *ret)
{
	static struct redact_words amounts = REDACT_WORDS("元 万 平方");
	size_t n, end;

	if (!begins_number(t, i) || (i > 1 && t->c[i - 1].f == '.' && redact_is_digit(&t->c[i - 2])))
		return false;
	n = digits_at(t, i);
	end = i + n;
	if (n < LONG_NUMBER || (t->c[end].f == '.' && redact_is_digit(&t->c[end + 1]))
			|| redact_longest(t, end, &amounts) > 0)
		return false;
	return hint(ret, i, end, REDACT_CERTIFICATE_NO, "七位以上的一串数字，不是金额");
}

/* --- birthdays --- */

/* One mark or word between the parts of a date; 0: there is none. */
static size_t between(const struct cells *t, size_t i, const char *word)
{
	if (t->c[i].f != '\0' && t->c[i].f < WIDE && strchr("-./", t->c[i].f) != NULL)
		return 1;
	return redact_word(t, i, word);
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
	static struct redact_words days = REDACT_WORDS("日 号");
	bool year = digits_at(t, i) == 4 && ((t->c[i].f == '1' && t->c[i + 1].f == '9')
		|| (t->c[i].f == '2' && t->c[i + 1].f == '0'));
	size_t month = year ? next_part(t, i + 4, "年") : 0, day = month > 0 ? next_part(t, month, "月") : 0;

	if (day > 0)
		return day + redact_longest(t, day, &days);
	return month > 0 ? month + redact_word(t, month, "月") : 0;
}

static bool birthday(const struct cells *t, size_t i, struct found *ret)
{
	static struct redact_words born = REDACT_WORDS("出生 生人 生。 生， 生、 诞生"),
		birth = REDACT_WORDS("出生 生于 出生于 出生日期 出生年月 生日");
	size_t end = begins_number(t, i) ? date_end(t, i) : 0;

	if (end == 0 || !(redact_longest(t, end, &born) > 0 || redact_label(t, i, 3, true, &birth)))
		return false;
	return hint(ret, i, end, REDACT_BIRTHDAY, "像出生日期");
}

/* --- school classes --- */

static struct redact_words numerals = REDACT_WORDS("一 二 三 四 五 六 七 八 九 十"), stages = REDACT_WORDS("初 高 大 中 小"),
	levels = REDACT_WORDS("年级 级"), upper = REDACT_WORDS("初 高");

/* A number of one to `most` digits, or a Chinese one of up to two characters. */
static size_t small_number(const struct cells *t, size_t i, size_t most)
{
	size_t n = 0;

	while (n <= most && redact_is_digit(&t->c[i + n]))
		n++;
	if (n > 0)
		return n <= most ? n : 0;
	while (n < 2 && redact_longest(t, i + n, &numerals) > 0)
		n++;
	return n;
}

/* 三年级2班, 初二（3）班, 2023级5班: the class, not the level alone. */
static bool school_class(const struct cells *t, size_t i, struct found *ret)
{
	size_t at = i + redact_longest(t, i, &stages), level = small_number(t, at, 4), word, n;

	if (level == 0 || (i > 0 && redact_is_digit(&t->c[i - 1])))
		return false;
	word = redact_longest(t, at + level, &levels);
	if (word == 0 && redact_longest(t, i, &upper) == 0)
		return false;
	at += level + word;
	at += t->c[at].f == '(';
	n = small_number(t, at, 2);
	at += n;
	at += n > 0 && t->c[at].f == ')';
	if (n == 0 || redact_word(t, at, "班") == 0)
		return false;
	return hint(ret, i, at + 1, REDACT_CLASS, "像学校班级");
}

/* --- all together --- */

typedef bool finder(const struct cells *t, size_t i, struct found *ret);
static const struct { finder *find; bool hint; } finders[] = {
	{ birthday, true }, { school_class, true }, { long_number, false }, { redact_spread, true }, { redact_place, true },
	{ redact_called, true },
};

static bool find_at(const struct cells *t, size_t i, struct found *ret, bool *hint)
{
	for (size_t k = 0; k < sizeof finders / sizeof finders[0]; k++) {
		*hint = finders[k].hint;
		if (finders[k].find(t, i, ret))
			return true;
	}
	return false;
}

static size_t find_more(struct arena *a, const struct cells *t, struct redact_span **ret)
{
	size_t n = 0, room = 64, last = 0;
	struct redact_span *list = arena_array(a, room, sizeof *list);
	struct found f;
	bool hint;

	for (size_t i = 0; i < t->n;) {
		if (!find_at(t, i, &f, &hint)) {
			i++;
			continue;
		}
		/* A place reaches back to its name, never over what was found before it. */
		f.from = f.from > last ? f.from : last;
		i = last = f.to;
		list[n++] = (struct redact_span){ t->c[f.from].at, t->c[f.to].at, f.kind, f.why, hint };
		if (n == room) {
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

static size_t take_sure(struct redact_span *list, size_t n, const struct redact_span *from, size_t from_n)
{
	for (size_t i = 0; i < from_n; i++) {
		if (!from[i].hint)
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

/* The hints of `from` that overlap nothing of the list, put into it; both in order. *ret has room for both. */
static size_t add_hints(const struct redact_span *list, size_t n, const struct redact_span *from, size_t from_n,
	struct redact_span *ret)
{
	size_t k = 0, kept = 0;

	for (size_t i = 0; i < from_n; i++) {
		while (k < n && list[k].to <= from[i].from)
			ret[kept++] = list[k++];
		if (from[i].hint && (k == n || from[i].to <= list[k].from))
			ret[kept++] = from[i];
	}
	while (k < n)
		ret[kept++] = list[k++];
	return kept;
}

size_t redact_merge(struct arena *a, const struct redact_span *first, size_t first_n, const struct redact_span *then,
	size_t then_n, struct redact_span **ret)
{
	size_t most = first_n + then_n + 1, n = 0;
	struct redact_span *sure = arena_array(a, most, sizeof *sure), *list = arena_array(a, most, sizeof *list);

	n = take_sure(sure, n, first, first_n);
	n = join(sure, take_sure(sure, n, then, then_n));
	n = add_hints(sure, n, first, first_n, list);
	n = add_hints(list, n, then, then_n, sure);
	*ret = sure;
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
	struct cells t = redact_cells(a, text);
	struct redact_span *found, *more;
	size_t n = redact_find_in(a, &t, &found), kept = 0, more_n;

	for (size_t i = 0; i < n; i++) {
		if (voice == REDACT_OFFICE && stays(found[i].kind))
			continue;
		found[i].hint = voice == REDACT_OFFICE && may_stay(found[i].kind);
		found[kept++] = found[i];
	}
	*ret = found;
	if (voice == REDACT_OFFICE)
		return kept;
	more_n = find_more(a, &t, &more);
	return redact_merge(a, found, kept, more, more_n, ret);
}
