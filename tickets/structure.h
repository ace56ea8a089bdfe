/* structure - does an answer have what an answer needs, and nothing that it must not have?
 *
 * A help for who writes and who reviews, never a judgement: it looks at words, says what it found and where, and what
 * is likely missing (domain 1.1 #10: facts, basis, conclusion, remedy). Pure; texts live in the arena. */
#ifndef STRUCTURE_H
#define STRUCTURE_H

#include <stdbool.h>
#include <stddef.h>

#include "arena.h"

enum structure_part {
	STRUCTURE_FACTS,             /* 查明的事实 */
	STRUCTURE_BASIS,             /* 依据 */
	STRUCTURE_CONCLUSION,        /* 结论 */
	STRUCTURE_REMEDY,            /* 救济途径: needed when something is refused */
	STRUCTURE_CONTACT,           /* 联系电话 */
	STRUCTURE__MAX
};
#define STRUCTURE_WARNINGS_MAX 10

/* What the answer is measured against; texts may be NULL. */
struct structure_of {
	const char *number;          /* of the letter */
	const char *title, *demand;
	const char *type;            /* code: consult … */
	const char *result;          /* code: not_supported … */
	const char *const *earlier;  /* answers this letter has had */
	size_t earlier_n;
	const char *same_as;         /* number of another letter that got the very same words */
};
struct structure_found {
	bool needed, there;
	const char *sentence;        /* where; "" when it is not there */
};
struct structure {
	struct structure_found part[STRUCTURE__MAX];
	const char *warning[STRUCTURE_WARNINGS_MAX];
	size_t warnings;
	bool short_text;             /* under 30 characters: nothing else was looked for */
};

void structure_check(struct arena *a, const char *answer, const struct structure_of *of, struct structure *ret);
/* Whether something needed is missing or something was warned of. */
bool structure_asks(const struct structure *s);
/* "facts"; 查明的事实; what to do when it is missing. */
const char *structure_code(enum structure_part part);
const char *structure_name(enum structure_part part);
const char *structure_advice(enum structure_part part);
/* The names of what is missing, by 、; "" for nothing. */
const char *structure_missing(struct arena *a, const struct structure *s);

#endif
