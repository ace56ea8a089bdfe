/* redact - personal data in a text: found, named, hidden.
 *
 * What must not be public stands in a letter in many forms: with blanks and dashes, in full width, in Chinese
 * numerals. This finds it and says why; a person decides (fcgi/desk_pub.c), and minshengctl redact does it in
 * batches. Pure: no database, no clock. The writer's own name and number are sealed: redact_known() compares them,
 * in the vault alone.
 *
 * Forms: mobiles and land lines as in 电信网编号计划; identity numbers with 18 digits and check digit (GB
 * 11643-1999) and with 15; bank cards with Luhn's check digit (GB/T 19584); plates (GA 36-2018). */
#ifndef REDACT_H
#define REDACT_H

#include <stdbool.h>
#include <stddef.h>

#include "arena.h"

/* KIND(NAME, code, Chinese) */
#define REDACT_KINDS(K)                                                                                              \
	K(MOBILE, mobile, "手机号码")                                                                                 \
	K(LANDLINE, landline, "固定电话")                                                                             \
	K(ID_CARD, id_card, "身份证号")                                                                               \
	K(BANK_CARD, bank_card, "银行卡号")                                                                           \
	K(PLATE, plate, "车牌号")                                                                                     \
	K(EMAIL, email, "电子邮箱")                                                                                   \
	K(QQ, qq, "QQ 号")                                                                                            \
	K(WECHAT, wechat, "微信号")                                                                                   \
	K(ADDRESS, address, "住址")                                                                                   \
	K(NAME, name, "姓名")                                                                                         \
	K(CERTIFICATE_NO, certificate_no, "证件或业务编号")                                                            \
	K(BIRTHDAY, birthday, "出生日期")                                                                             \
	K(CLASS, class, "学校班级")

enum redact_kind {
#define K(name, code, zh) REDACT_##name,
	REDACT_KINDS(K)
#undef K
	REDACT__MAX
};

struct redact_span {
	size_t from, to;             /* bytes of the text; to is the first one after it */
	enum redact_kind kind;
	const char *why;             /* by what it was known, in Chinese; static */
	bool hint;                   /* only looks like it: a person decides */
};

/* The version of the rules. It goes up whenever what redact_public() finds changes: what was published under an
 * older one is looked at again (rescan.h). */
#define REDACT_RULES 2

/* The texts looked at are at most this long, in bytes; of a longer one the rest is not looked at. */
#define REDACT_TEXT_MAX ((size_t)1 << 20)

/* What is found in valid UTF-8, in order, never overlapping. The array lives in the arena. */
size_t redact_find(struct arena *a, const char *text, struct redact_span **ret);
/* Whose words they are: an office's own stay full of what reaches it (land lines, numbers of papers); what else
 * may be its own, or somebody's who is written about (addresses, mail, names), is a hint there. */
enum redact_voice { REDACT_CITIZEN, REDACT_OFFICE };

/* What has to be hidden, or looked at, before a text becomes public, in order, never overlapping: what
 * redact_find() finds, long numbers that are no amounts, and hints: names by surname, birthdays, school classes,
 * numbers of houses. */
size_t redact_public(struct arena *a, const char *text, enum redact_voice voice, struct redact_span **ret);

/* As what redact_known() knows something; of the rows from and to are 0. */
enum redact_own { REDACT_OWN_NAME, REDACT_OWN_PHONE, REDACT_OWN_MAIL, REDACT_OWN_ADDRESS, REDACT_OWN__MAX };
extern const struct redact_span redact_known_forms[REDACT_OWN__MAX];

/* What somebody gave as the own name and address; "" where there is none. */
struct redact_who { const char *name, *phone, *email; };

/* Where a text names just that person: the whole name, also with blanks in it, the number however it is written,
 * the address; the surname with a form of address is a hint. In order. Names that are nobody's (匿名, 市民) are
 * not looked for. */
size_t redact_known(struct arena *a, const char *text, const struct redact_who *who, struct redact_span **ret);

/* Two lists become one, in order: what overlaps becomes one span, named after the longest; hints give way to what
 * is sure. */
size_t redact_merge(struct arena *a, const struct redact_span *first, size_t first_n, const struct redact_span *then,
	size_t then_n, struct redact_span **ret);

/* What stands in the place of a span. */
#define REDACT_HIDDEN "［已隐去］"
/* The text with each span replaced by REDACT_HIDDEN. */
const char *redact_apply(struct arena *a, const char *text, const struct redact_span *spans, size_t n);

const char *redact_code(enum redact_kind kind);
const char *redact_name(enum redact_kind kind);

#endif
