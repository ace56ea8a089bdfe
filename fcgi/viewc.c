/* viewc - compiles one template, fcgi/views/NAME.html, into one C function.
 *
 *     viewc [-o FILE] NAME.html
 *
 * Run by the build for every view. The HTML is read character by character, so that the context of each
 * placeholder is known: it becomes view_text(), view_attr(), view_url() or view_url_part() of view.h, which
 * take only the types that are safe there. Where no escaping is safe (scripts, styles, comments, tag names,
 * unquoted attributes) a placeholder is refused, and so are inline scripts, styles and handlers. A block must
 * end in the context in which it began. Every piece of C carries the #line of the template, so that a wrong
 * field is a compile error at the line of the .html. The syntax is described in views/README.md.
 * It knows nothing about the meaning of expressions, and does not check that tags are nested. */
#include "viewc.h"
#include "viewc_html.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define BLOCKS_MAX 32

struct block {
	bool each;
	bool has_else;
	int line;
	struct context begin;    /* as the block began */
	struct context end;      /* as its first branch ended; valid with has_else */
};

struct vc {
	struct html h;
	char name[64];
	char type[80];
	struct buf body, includes;
	struct block blocks[BLOCKS_MAX];
	int depth;
};

static bool is_name(const char *s)
{
	if (!isalpha((unsigned char)*s) && *s != '_')
		return false;
	while (isalnum((unsigned char)*s) || *s == '_')
		s++;
	return !*s;
}

static void c_literal(struct buf *b, const char *s, size_t n)
{
	buf_add(b, "\"");
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)s[i];

		if (c == '"' || c == '\\')
			buf_addf(b, "\\%c", c);
		else if (c == '\n')
			buf_add(b, i + 1 < n ? "\\n\"\n\t\t\"" : "\\n");
		else if (c < 0x20 || c == 0x7F)
			buf_addf(b, "\\%03o", c);
		else
			buf_addn(b, s + i, 1);
	}
	buf_add(b, "\"");
}

static void flush_literal(struct vc *vc)
{
	html_write_space(&vc->h, false);
	vc->h.after_wide = false;
	if (!vc->h.lit.len)
		return;
	buf_add(&vc->body, "\tstr_addn(o, ");
	c_literal(&vc->body, vc->h.lit.s, vc->h.lit.len);
	buf_addf(&vc->body, ", %zu);\n", vc->h.lit.len);
	vc->h.lit.len = 0;
}

static void write_line_mark(struct vc *vc, int line)
{
	flush_literal(vc);
	buf_addf(&vc->body, "#line %d ", line);
	c_literal(&vc->body, vc->h.path, strlen(vc->h.path));
	buf_add(&vc->body, "\n");
}

/* s points at a quote: the matching one, or the end of the string. */
static const char *skip_quoted(const char *s)
{
	const char quote = *s++;

	for (; *s && *s != quote; s++)
		s += *s == '\\' && s[1];
	return s;
}

static bool refused_in_expr(const char *s)
{
	return strchr(";{}#\\@`", *s) || strncmp(s, "//", 2) == 0 || strncmp(s, "/*", 2) == 0;
}

/* Keeps an expression an expression: nothing in it can end the call around it. */
static void check_expr(struct vc *vc, const char *s)
{
	int round = 0, square = 0;

	if (!*s)
		html_fail(&vc->h, "empty expression");
	for (; *s && round >= 0 && square >= 0; s++) {
		if (*s == '"' || *s == '\'')
			s = skip_quoted(s);
		if (refused_in_expr(s)) {
			html_fail(&vc->h, *s ? "'%c' in an expression" : "unclosed quote in an expression%c", *s);
			return;
		}
		round += (*s == '(') - (*s == ')');
		square += (*s == '[') - (*s == ']');
	}
	if (round || square)
		html_fail(&vc->h, "unbalanced brackets in an expression");
}

static void write_value(struct vc *vc, const char *expr, int line, int col)
{
	const char *fn = "view_text";
	int pad;

	check_expr(vc, expr);
	vc->h.started = true;
	if (vc->h.cx.where == IN_RCDATA) {
		fn = "view_attr";
	} else if (vc->h.cx.where == IN_VALUE) {
		fn = !vc->h.cx.url ? "view_attr" : vc->h.cx.url_begun ? "view_url_part" : "view_url";
		vc->h.cx.url_begun = vc->h.cx.url;
	} else if (vc->h.cx.where == IN_TAG) {
		html_fail_at(&vc->h, line, col, "placeholder between attributes");
	}
	write_line_mark(vc, line);
	/* The C compiler then names the column of the template, too. */
	pad = col + 2 - (int)strlen(fn) - 6;
	buf_addf(&vc->body, "%*s%s(o, (%s));\n", pad > 0 ? pad : 0, "", fn, expr);
}

static void block_begin(struct vc *vc, bool each, int line)
{
	if (vc->depth == BLOCKS_MAX) {
		html_fail(&vc->h, "blocks too deep");
		return;
	}
	vc->blocks[vc->depth++] = (struct block){ .each = each, .line = line, .begin = vc->h.cx };
}

static void write_if(struct vc *vc, const char *expr, int line)
{
	check_expr(vc, expr);
	write_line_mark(vc, line);
	buf_addf(&vc->body, "\tif (view_true(%s)) {\n", expr);
	block_begin(vc, false, line);
}

static bool is_path(const char *s)
{
	return *s && strspn(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.->[]") == strlen(s);
}

/* {{#each TYPE VAR in PATH}}, or … in PATH of COUNT}}: TYPE is a struct's name, or `text` for an array of
 * strings; without COUNT it is PATH_n. */
static void write_each(struct vc *vc, const char *s, int line)
{
	char type[64], var[64], array[128], count[136] = "", tail[2] = "";
	int n = sscanf(s, "%63s %63s in %127s of %130s %1s", type, var, array, count, tail);

	if (n < 3 || n > 4 || !is_name(type) || !is_name(var) || !is_path(array) || (n == 4 && !is_path(count))) {
		html_fail(&vc->h, "expected {{#each TYPE VAR in ARRAY}} or {{#each TYPE VAR in ARRAY of COUNT}}");
		return;
	}
	if (n == 3)
		snprintf(count, sizeof(count), "%s_n", array);
	write_line_mark(vc, line);
	buf_addf(&vc->body, "\tfor (size_t %s_i = 0; %s_i < %s; %s_i++) { ", var, var, count, var);
	if (strcmp(type, "text") == 0)
		buf_addf(&vc->body, "const char *%s = %s[%s_i]; (void)%s;\n", var, array, var, var);
	else
		buf_addf(&vc->body, "const struct %s *%s = &%s[%s_i]; (void)%s;\n", type, var, array, var, var);
	block_begin(vc, true, line);
}

static struct block *top_block(struct vc *vc, bool each)
{
	struct block *b = vc->depth ? &vc->blocks[vc->depth - 1] : NULL;

	if (!b)
		html_fail(&vc->h, "end without a block");
	else if (b->each != each)
		html_fail(&vc->h, "wrong end of the block begun at line %d", b->line);
	return b && b->each == each ? b : NULL;
}

/* {{#else}} and {{#elif EXPR}}: this branch is over, the next starts where the block did. */
static void write_else(struct vc *vc, const char *expr, int line)
{
	struct block *b = top_block(vc, false);

	if (!b)
		return;
	if (b->has_else && !html_same(&b->end, &vc->h.cx))
		html_fail(&vc->h, "branches of the block begun at line %d end in different contexts", b->line);
	write_line_mark(vc, line);
	if (expr) {
		check_expr(vc, expr);
		buf_addf(&vc->body, "\t} else if (view_true(%s)) {\n", expr);
	} else {
		buf_add(&vc->body, "\t} else {\n");
	}
	b->has_else = true;
	b->end = vc->h.cx;
	vc->h.cx = b->begin;
	vc->h.url_head[0] = '\0';
}

static void write_end(struct vc *vc, bool each)
{
	struct block *b = top_block(vc, each);

	if (!b)
		return;
	if (!html_same(b->has_else ? &b->end : &b->begin, &vc->h.cx))
		html_fail(&vc->h, "the block begun at line %d does not end in the context in which it began", b->line);
	flush_literal(vc);
	buf_add(&vc->body, "\t}\n");
	vc->depth--;
}

static void write_partial(struct vc *vc, char *s, int line)
{
	size_t n = strcspn(s, " \t\n");
	char name[64];

	snprintf(name, sizeof(name), "%.*s", (int)n, s);
	s += n + strspn(s + n, " \t\n");
	if (!is_name(name) || vc->h.cx.where != IN_TEXT) {
		html_fail(&vc->h, "expected {{> PARTIAL EXPR}}, in text");
		return;
	}
	check_expr(vc, s);
	write_line_mark(vc, line);
	buf_addf(&vc->body, "\tpart_%s(o, (%s));\n", name, s);
	buf_addf(&vc->includes, "#include \"views/_%s.h\"\n", name);
}

/* s is the trimmed inside of {{ }}. */
static void directive(struct vc *vc, char *s, int line, int col)
{
	if (*s == '>')
		write_partial(vc, s + 1 + strspn(s + 1, " \t\n"), line);
	else if (*s == '@' && is_name(s + 1 + strspn(s + 1, " ")))
		snprintf(vc->type, sizeof(vc->type), "%s", s + 1 + strspn(s + 1, " "));
	else if (strncmp(s, "#if ", 4) == 0)
		write_if(vc, s + 4, line);
	else if (strncmp(s, "#elif ", 6) == 0)
		write_else(vc, s + 6, line);
	else if (strcmp(s, "#else") == 0)
		write_else(vc, NULL, line);
	else if (strncmp(s, "#each ", 6) == 0)
		write_each(vc, s + 6, line);
	else if (strcmp(s, "/if") == 0 || strcmp(s, "/each") == 0)
		write_end(vc, s[1] == 'e');
	else if (strchr("#/@&^", *s))
		html_fail_at(&vc->h, line, col, "unknown directive {{%s}}", s);
	else
		write_value(vc, s, line, col);
}

/* The }} that ends the {{ at p, or NULL. Quotes hide it, but not in comments. */
static const char *find_close(const char *p, const char *end)
{
	char quote = 0;

	if (end - p > 2 && p[2] == '!')
		return memmem(p, (size_t)(end - p), "}}", 2);
	for (p += 2; p + 1 < end; p++) {
		if (quote && *p == '\\')
			p++;
		else if (quote)
			quote = *p == quote ? 0 : quote;
		else if (*p == '"' || *p == '\'')
			quote = *p;
		else if (memcmp(p, "}}", 2) == 0)
			return p;
		else if (memcmp(p, "{{", 2) == 0)
			return NULL;
	}
	return NULL;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

/* A block, a partial or a comment alone on its line leaves no empty line behind. */
static void skip_line_end(struct html *h, const char *open)
{
	const char *p = open, *q = h->p;

	while (p > h->src && is_blank(p[-1]))
		p--;
	while (q < h->end && is_blank(*q))
		q++;
	if ((p != h->src && p[-1] != '\n') || q == h->end || *q != '\n')
		return;
	while (h->p < h->end && html_is_space(*h->p))
		html_skip(h, 1);
}

/* The inside of {{ }}, from p to close, on one line and without white space at its ends. */
static char *inner_text(const char *p, const char *close)
{
	struct buf b = { 0 };

	buf_add(&b, "");
	for (; p < close; p++)
		if (b.len || !html_is_space(*p))
			buf_addn(&b, html_is_space(*p) ? " " : p, 1);
	while (b.len && b.s[b.len - 1] == ' ')
		b.s[--b.len] = '\0';
	return b.s;
}

static void step_directive(struct vc *vc)
{
	struct html *h = &vc->h;
	const char *open = h->p, *close = find_close(open, h->end);
	int line = h->line, col = h->col;
	char *s;

	if (!close)
		html_fail(h, "{{ without }}");
	else
		html_placeholder(h);
	if (h->error.len)
		return;
	s = inner_text(open + 2, close);
	if (!*s)
		html_fail(h, "empty expression");
	else if (*s != '!')
		directive(vc, s, line, col);
	html_skip(h, (size_t)(close + 2 - h->p));
	if (h->cx.where == IN_TEXT && !h->cx.pre && *s && strchr("#/!>@", *s))
		skip_line_end(h, open);
	free(s);
}

static void run(struct vc *vc)
{
	struct html *h = &vc->h;

	while (h->p < h->end && !h->error.len) {
		if (html_at(h, "{{"))
			step_directive(vc);
		else if (html_at(h, "}}"))
			html_fail(h, "}} without {{");
		else
			html_step(h);
	}
	if (vc->depth)
		html_fail_at(h, vc->blocks[vc->depth - 1].line, 1, "block without an end");
	if (h->cx.where != IN_TEXT)
		html_fail(h, "the file ends inside a tag, a comment or an element");
	flush_literal(vc);
}

/* NAME of …/NAME.html; false when it cannot name a function. */
static bool base_name(const char *path, char *name, size_t size)
{
	const char *base = strrchr(path, '/');
	size_t n;

	base = base ? base + 1 : path;
	n = strlen(base);
	if (n < 6 || n >= size || strcmp(base + n - 5, ".html") != 0)
		return false;
	snprintf(name, size, "%.*s", (int)n - 5, base);
	return is_name(name);
}

int viewc_compile(const char *src, size_t len, const char *path, char **ret_text)
{
	struct vc vc = { .h = { .src = src, .end = src + len, .p = src, .path = path, .line = 1, .col = 1 } };
	struct buf out = { 0 };
	bool part;

	if (!base_name(path, vc.name, sizeof(vc.name)))
		html_fail(&vc.h, "a template's name is [a-z_]….html");
	part = vc.name[0] == '_';
	snprintf(vc.type, sizeof(vc.type), "%s%s", part ? "part" : "view_", vc.name);
	buf_add(&vc.includes, "");
	run(&vc);
	buf_addf(&out, "/* Made by viewc from %s; edit that. */\n#include \"views/%s.h\"\n#include \"view.h\"\n%s\n",
		path, vc.name,
		vc.includes.s);
	buf_addf(&out, "void %s%s(struct str *o, const struct %s *v)\n{\n\t(void)v;\n", part ? "part" : "view_", vc.name,
		vc.type);
	buf_addf(&out, "%s}\n", vc.body.len ? vc.body.s : "");
	free(vc.h.lit.s);
	free(vc.body.s);
	free(vc.includes.s);
	if (vc.h.error.len)
		free(out.s);
	else
		free(vc.h.error.s);
	*ret_text = vc.h.error.len ? vc.h.error.s : out.s;
	return vc.h.error.len ? -1 : 0;
}

#ifndef VIEWC_LIB
static int write_file(const char *path, const char *text)
{
	FILE *f = path ? fopen(path, "w") : stdout;
	int bad;

	if (!f)
		return -1;
	bad = fputs(text, f) < 0;
	bad |= path ? fclose(f) != 0 : fflush(f) != 0;
	return bad ? -1 : 0;
}

static int compile_file(const char *in, const char *out)
{
	struct buf src = { 0 };
	char part[4096], *text = NULL;
	FILE *f = fopen(in, "r");
	size_t n;
	int r = -1;

	buf_add(&src, "");
	while (f && (n = fread(part, 1, sizeof(part), f)) > 0)
		buf_addn(&src, part, n);
	if (!f || ferror(f))
		perror(in);
	else if ((r = viewc_compile(src.s, src.len, in, &text)) < 0)
		fprintf(stderr, "%s\n", text);
	else if ((r = write_file(out, text)) < 0)
		perror(out ? out : "stdout");
	if (f)
		fclose(f);
	free(text);
	free(src.s);
	return r == 0 ? 0 : 1;
}

int main(int argc, char **argv)
{
	if (argc == 2)
		return compile_file(argv[1], NULL);
	if (argc == 4 && strcmp(argv[1], "-o") == 0)
		return compile_file(argv[3], argv[2]);
	fprintf(stderr, "usage: viewc [-o FILE] NAME.html\n");
	return 2;
}
#endif
