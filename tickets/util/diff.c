/* diff - see diff.h. */
#include "diff.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "sentences.h"
#include "text.h"

/* The most differences that are looked for: cost and memory grow with the square. */
#define EDITS_MAX 700
/* What is the same between two changes, but shorter than this many characters, only confuses. */
#define ISLAND_MIN 3
/* Characters of two sentences that may be compared one by one. */
#define CHARS_MAX 1500

struct piece_list { struct piece *p; size_t n; };

/* A run of one kind; its pieces lie side by side in one of the two texts. */
struct run { enum diff_kind kind; struct piece text; };

struct diff {
	struct arena *a;
	int32_t *trail;              /* EDITS_MAX rows of Myers, one after the other; used by all comparisons */
	struct run *runs;
	size_t n, cap;
};

/* --- the script of one comparison: for each old piece whether it stays, for each new one whether it is kept --- */

struct script { bool *gone, *new; };

/* Walks the rows back from the end, marking what was removed and what was added. */
static void walk_back(const struct diff *d, int edits, struct piece_list x, struct piece_list y, struct script *s)
{
	int i = (int)x.n, j = (int)y.n;

	for (int e = edits; e > 0; e--) {
		/* Row e - 1 holds e entries, for the diagonals -(e-1), -(e-3) … e-1. */
		const int32_t *row = d->trail + (size_t)(e - 1) * (size_t)e / 2;
		int k = i - j;
		bool down = k == -e || (k != e && row[(k - 1 + e - 1) / 2] < row[(k + 1 + e - 1) / 2]);
		int from = row[((down ? k + 1 : k - 1) + e - 1) / 2];

		j = from - (down ? k + 1 : k - 1);
		i = from;
		if (down)
			s->new[j] = true;
		else
			s->gone[i] = true;
	}
}

static int slide(struct piece_list x, struct piece_list y, int i, int j)
{
	while (i < (int)x.n && j >= 0 && j < (int)y.n && sentences_same(x.p[i], y.p[j])) {
		i++;
		j++;
	}
	return i;
}

/* False when the two differ in more than EDITS_MAX places. */
static bool compare(const struct diff *d, struct piece_list x, struct piece_list y, struct script *s)
{
	s->gone = arena_array(d->a, x.n + 1, sizeof(bool));
	s->new = arena_array(d->a, y.n + 1, sizeof(bool));
	for (int e = 0; e < EDITS_MAX; e++) {
		int32_t *row = d->trail + (size_t)e * (size_t)(e + 1) / 2;
		const int32_t *last = e > 0 ? d->trail + (size_t)(e - 1) * (size_t)e / 2 : NULL;

		for (int k = -e; k <= e; k += 2) {
			int left = k > -e ? last[(k - 1 + e - 1) / 2] + 1 : -1;
			int above = k < e ? last[(k + 1 + e - 1) / 2] : -1;
			int i = e == 0 ? 0 : left > above ? left : above;

			i = slide(x, y, i, i - k);
			row[(k + e) / 2] = i;
			if (i >= (int)x.n && i - k >= (int)y.n) {
				walk_back(d, e, x, y, s);
				return true;
			}
		}
	}
	return false;
}

/* --- what is given back --- */

static void emit(struct diff *d, enum diff_kind kind, struct piece text)
{
	struct run *last = d->n > 0 ? &d->runs[d->n - 1] : NULL;

	if (text.n == 0)
		return;
	if (last != NULL && last->kind == kind) {
		last->text.n += text.n;
		return;
	}
	if (d->n == d->cap) {
		struct run *more = arena_array(d->a, d->cap * 2 + 16, sizeof(*more));

		if (d->n > 0)
			memcpy(more, d->runs, d->n * sizeof(*more));
		d->runs = more;
		d->cap = d->cap * 2 + 16;
	}
	d->runs[d->n++] = (struct run){ kind, text };
}

/* From the first byte of piece a to the last of piece b - 1. */
static struct piece span(struct piece_list l, size_t a, size_t b)
{
	return a < b ? (struct piece){ l.p[a].s, (size_t)(l.p[b - 1].s + l.p[b - 1].n - l.p[a].s) }
		: (struct piece){ "", 0 };
}

/* How many pieces from i and j on are the same in both. */
static size_t run_of_same(struct piece_list x, struct piece_list y, const struct script *s, size_t i, size_t j)
{
	size_t run = 0;

	while (i + run < x.n && j + run < y.n && !s->gone[i + run] && !s->new[j + run])
		run++;
	return run;
}

/* Past what was removed from i on and added from j on; false when that is nothing. */
static bool skip_change(struct piece_list x, struct piece_list y, const struct script *s, size_t *i, size_t *j)
{
	size_t from = *i + *j;

	while (*i < x.n && s->gone[*i])
		(*i)++;
	while (*j < y.n && s->new[*j])
		(*j)++;
	return *i + *j > from;
}

/* Short runs that stayed between two changes become part of the change. */
static void drown_islands(struct piece_list x, struct piece_list y, struct script *s)
{
	size_t i = 0, j = 0, run;
	bool changed = false;

	while (i < x.n || j < y.n) {
		run = run_of_same(x, y, s, i, j);
		if (changed && run > 0 && run < ISLAND_MIN && (i + run < x.n || j + run < y.n)) {
			memset(s->gone + i, true, run);
			memset(s->new + j, true, run);
		}
		i += run;
		j += run;
		changed = skip_change(x, y, s, &i, &j);
	}
}

/* Less than two fifths of the longer one stayed: characters that happen to be in both say nothing. */
static bool little_stays(struct piece_list x, struct piece_list y, const struct script *s)
{
	size_t stays = 0, longer = x.n > y.n ? x.n : y.n;

	for (size_t i = 0; i < x.n; i++)
		stays += !s->gone[i];
	return stays * 5 < longer * 2;
}

/* Emits a comparison piece by piece; `inside` is called for a run that was replaced. */
static void emit_script(struct diff *d, struct piece_list x, struct piece_list y, const struct script *s,
	void (*inside)(struct diff *d, struct piece gone, struct piece new))
{
	size_t i = 0, j = 0, a, b;

	while (i < x.n || j < y.n) {
		for (size_t run = run_of_same(x, y, s, i, j); run > 0; run--, i++, j++)
			emit(d, DIFF_SAME, x.p[i]);
		a = i;
		b = j;
		skip_change(x, y, s, &i, &j);
		inside(d, span(x, a, i), span(y, b, j));
	}
}

static void emit_both(struct diff *d, struct piece gone, struct piece new)
{
	emit(d, DIFF_GONE, gone);
	emit(d, DIFF_NEW, new);
}

/* Sentences that were replaced by others: which characters? */
static void emit_inside(struct diff *d, struct piece gone, struct piece new)
{
	struct piece_list x = { NULL, 0 }, y = { NULL, 0 };
	struct script s;

	if (gone.n > 0 && new.n > 0 && gone.n <= CHARS_MAX * 4 && new.n <= CHARS_MAX * 4) {
		x.p = sentences_characters(d->a, gone.s, gone.n, &x.n);
		y.p = sentences_characters(d->a, new.s, new.n, &y.n);
	}
	if (x.n == 0 || x.n > CHARS_MAX || y.n > CHARS_MAX || !compare(d, x, y, &s)) {
		emit_both(d, gone, new);
		return;
	}
	drown_islands(x, y, &s);
	if (little_stays(x, y, &s))
		emit_both(d, gone, new);
	else
		emit_script(d, x, y, &s, emit_both);
}

struct diff_piece *diff_texts(struct arena *a, const char *before, const char *after, size_t *ret_n)
{
	struct diff d = { .a = a, .trail = arena_array(a, (size_t)EDITS_MAX * (EDITS_MAX + 1) / 2, sizeof(int32_t)) };
	struct diff_piece *pieces;
	struct piece_list x, y;
	struct script s;

	x.p = sentences_cut(a, before, strlen(before), &x.n);
	y.p = sentences_cut(a, after, strlen(after), &y.n);
	if (!compare(&d, x, y, &s)) {
		x.p = sentences_lines(a, before, strlen(before), &x.n);
		y.p = sentences_lines(a, after, strlen(after), &y.n);
		if (compare(&d, x, y, &s))
			emit_script(&d, x, y, &s, emit_both);
		else
			emit_both(&d, (struct piece){ before, strlen(before) }, (struct piece){ after, strlen(after) });
	} else {
		emit_script(&d, x, y, &s, emit_inside);
	}
	pieces = arena_array(a, d.n + 1, sizeof(*pieces));
	for (size_t i = 0; i < d.n; i++)
		pieces[i] = (struct diff_piece){ d.runs[i].kind, arena_strndup(a, d.runs[i].text.s, d.runs[i].text.n) };
	*ret_n = d.n;
	return pieces;
}

void diff_count(const struct diff_piece *pieces, size_t n, size_t *ret_added, size_t *ret_removed)
{
	*ret_added = *ret_removed = 0;
	for (size_t i = 0; i < n; i++) {
		if (pieces[i].kind == DIFF_NEW)
			*ret_added += text_graphemes(pieces[i].s);
		else if (pieces[i].kind == DIFF_GONE)
			*ret_removed += text_graphemes(pieces[i].s);
	}
}
