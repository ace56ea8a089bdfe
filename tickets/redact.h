/* redact - personal data in a text: found, named, hidden.
 *
 * What must not be public stands in a letter in many forms: with blanks and dashes, in full width, in Chinese numerals.
 * This finds it and says why; a person decides (fcgi/desk_pub.c), and minshengctl redact does it in batches. Pure: no
 * database, no clock. Names of the writer are not compared here: they are sealed, only the vault can.
 *
 * Forms: mobiles and land lines as in 电信网编号计划; identity numbers with 18 digits and check digit (GB 11643-1999) and with
 * 15; bank cards with Luhn's check digit (GB/T 19584); plates (GA 36-2018). */
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
	K(CERTIFICATE_NO, certificate_no, "证件或业务编号")

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
};

/* The texts looked at are at most this long, in bytes; of a longer one the rest is not looked at. */
#define REDACT_TEXT_MAX ((size_t)1 << 20)

/* What is found in valid UTF-8, in order, never overlapping. The array lives in the arena. */
size_t redact_find(struct arena *a, const char *text, struct redact_span **ret);
/* The text with each span replaced by ［已隐去］. */
const char *redact_apply(struct arena *a, const char *text, const struct redact_span *spans, size_t n);

const char *redact_code(enum redact_kind kind);
const char *redact_name(enum redact_kind kind);

#endif
