/* foldgen - writes the table by which fold.c folds text, at build time: for each character what it is compared as.
 *
 * NFKC of the character alone (full width, ligatures, circled digits, compatibility ideographs), its small letter, and
 * the simplified form that OpenCC has for it alone. Character by character on purpose: OpenCC's phrases make of 乾
 * what stands around it wants, and then a word would not be found in a text that holds it. */
#include <opencc.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unicase.h>
#include <unictype.h>
#include <uninorm.h>
#include <unistr.h>

#define FIRST 0x80
#define LAST 0x323AF                     /* the last ideograph of Unicode 15 */
#define SURROGATES 0xD800
#define AFTER_SURROGATES 0xE000
#define PARTS_MAX 18                     /* characters of the longest NFKC */
#define BYTES_MAX (PARTS_MAX * 4 + 1)
#define ROUNDS 3                         /* a simplified form may have a simplified form */
#define IDEOGRAPHS 0x2E80

static opencc_t simplify;

static const uint8_t *u8(const char *s)
{
	return (const uint8_t *)s;
}

/* The simplified form of one character, as long as OpenCC has one; false: OpenCC failed. */
static bool simplified(char s[BYTES_MAX])
{
	for (int i = 0; i < ROUNDS; i++) {
		char *t = opencc_convert_utf8(simplify, s, strlen(s));
		bool same;

		if (t == NULL || strlen(t) >= BYTES_MAX)
			return false;
		same = strcmp(s, t) == 0;
		memcpy(s, t, strlen(t) + 1);
		opencc_convert_utf8_free(t);
		if (same)
			break;
	}
	return true;
}

/* What c is compared as, into o; false: OpenCC failed. */
static bool folded(ucs4_t c, char o[BYTES_MAX])
{
	ucs4_t parts[PARTS_MAX];
	size_t n = PARTS_MAX, len = 0;

	if (u32_normalize(UNINORM_NFKC, &c, 1, parts, &n) == NULL || n > PARTS_MAX)
		return false;
	for (size_t i = 0; i < n; i++) {
		char one[BYTES_MAX] = "";
		ucs4_t small = uc_tolower(parts[i]);

		if (u8_uctomb((uint8_t *)one, small, 6) < 1 || (small >= IDEOGRAPHS && !simplified(one)))
			return false;
		if (len + strlen(one) >= BYTES_MAX)
			return false;
		memcpy(o + len, one, strlen(one) + 1);
		len += strlen(one);
	}
	return len > 0;
}

static void write_row(ucs4_t c, const char *to, uint64_t *version)
{
	printf("FOLD(0x%X, \"", (unsigned)c);
	for (const uint8_t *p = u8(to); *p != 0; p++) {
		printf("\\%03o", *p);
		*version = (*version ^ *p ^ (uint64_t)c << 8) * 0x100000001b3u; /* FNV-1a */
	}
	printf("\")\n");
}

int main(void)
{
	uint64_t version = 0xcbf29ce484222325u;

	simplify = opencc_open("t2s.json");
	if (simplify == (opencc_t)-1) {
		fprintf(stderr, "foldgen: OpenCC has no t2s.json: %s\n", opencc_error());
		return 1;
	}
	for (ucs4_t c = FIRST; c <= LAST; c++) {
		char was[BYTES_MAX] = "", to[BYTES_MAX] = "";

		if (c == SURROGATES)
			c = AFTER_SURROGATES;
		if (u8_uctomb((uint8_t *)was, c, 6) < 1 || !uc_is_print(c))
			continue;
		if (!folded(c, to)) {
			fprintf(stderr, "foldgen: cannot fold U+%04X\n", (unsigned)c);
			return 1;
		}
		if (strcmp(was, to) != 0)
			write_row(c, to, &version);
	}
	opencc_close(simplify);
	printf("FOLD_VERSION(0x%016llxu)\n", (unsigned long long)version);
	return ferror(stdout) || fflush(stdout) != 0;
}
