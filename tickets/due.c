/* due - see due.h. */
#include "due.h"

#include <errno.h>
#include <string.h>

#include "clock.h"
#include "sla.h"
#include "str.h"

/* A line that makes sense has at most 22 bytes. */
#define LINE_MAX_BYTES 256
#define DAY_BYTES sizeof "2026-02-13"

struct question {
	int32_t received_on;
	int64_t received_at;         /* TIME_NONE: a bare date */
	int32_t start;               /* as of when it counts as received */
	int n;
};

/* RECEIVED and N understood, or what is wrong with them; NULL when nothing is. */
static const char *understand(const struct calendar *cal, const struct office_hours *hours, const char *received,
                              const char *n, struct question *ret)
{
	size_t len = strlen(received);
	long long amount;

	*ret = (struct question){ .received_at = TIME_NONE };
	if (len == strlen("2026-02-13T10:00") && received[10] == 'T') {
		if (clock_parse(received, &ret->received_at) < 0)
			return "收到时间不存在或格式不对";
		ret->received_on = clock_day(ret->received_at);
	} else if (clock_parse_day(received, &ret->received_on) < 0) {
		return "收到日期不存在或格式不对，应为 2026-02-13 或 2026-02-13T10:00";
	}
	if (!*n || strspn(n, "0123456789") != strlen(n) || str_to_int(n, 0, CALENDAR_ADD_MAX, &amount) < 0)
		return "工作日数应为 0 至 10000 的整数";
	ret->n = (int)amount;
	ret->start = ret->received_on;
	if (ret->received_at != TIME_NONE)
		ret->start = calendar_effective_day(cal, hours, ret->received_at);
	return ret->start == DAY_NONE ? "超出日历范围" : NULL;
}

/* Whether the day it counts as received rests on a year without a final notice: only a time asks the calendar. */
static bool start_is_provisional(const struct calendar *cal, const struct office_hours *hours, const struct question *q)
{
	if (q->received_at == TIME_NONE || !hours->deem_next_workday)
		return false;
	return calendar_is_provisional(cal, q->received_on) || calendar_span_provisional(cal, q->received_on, q->start);
}

static void print_day(char buf[static 32], int32_t day)
{
	int y, m, d;

	clock_civil(day, &y, &m, &d);
	snprintf(buf, 32, "%04d-%02d-%02d", y, m, d);
}

static const char *answer(const struct calendar *cal, const struct office_hours *hours, char *line, FILE *out)
{
	struct question q;
	char *tab = strchr(line, '\t'), day[32];
	const char *wrong;
	bool provisional;
	int32_t due;

	if (!*line)
		return "空行";
	if (!tab)
		return "缺少制表符：应为 收到时间<TAB>工作日数";
	*tab = '\0';
	if ((wrong = understand(cal, hours, line, tab + 1, &q)))
		return wrong;
	due = calendar_add(cal, q.start, q.n, &provisional);
	if (due == DAY_NONE)
		return "到期日超出日历范围";
	provisional |= start_is_provisional(cal, hours, &q);
	print_day(day, due);
	fprintf(out, "%s\t%s\t%s\t%s\n", line, tab + 1, day, provisional ? "provisional" : "final");
	return NULL;
}

/* The next line without its end. False at the end of the file. *ret_wrong: too long, or no text. */
static bool read_line(FILE *in, char buf[static LINE_MAX_BYTES], const char **ret_wrong)
{
	size_t n = 0;
	int c = getc(in);

	*ret_wrong = NULL;
	if (c == EOF)
		return false;
	for (; c != EOF && c != '\n'; c = getc(in)) {
		if (c == '\0')
			*ret_wrong = "含有空字符";
		if (n < LINE_MAX_BYTES - 1)
			buf[n++] = (char)c;
		else
			*ret_wrong = "行太长";
	}
	if (n && buf[n - 1] == '\r')
		n--;
	buf[n] = '\0';
	return true;
}

int due_batch(const struct calendar *cal, const struct office_hours *hours, FILE *in, FILE *out, FILE *err)
{
	static const char mark[] = "\xEF\xBB\xBF";
	char buf[LINE_MAX_BYTES];
	const char *wrong;
	int bad = 0;

	for (long long number = 1; read_line(in, buf, &wrong); number++) {
		char *line = number == 1 && str_starts(buf, mark) ? buf + strlen(mark) : buf;

		if (!wrong)
			wrong = answer(cal, hours, line, out);
		if (wrong) {
			fprintf(err, "第 %lld 行：%s\n", number, wrong);
			bad = 1;
		}
	}
	if (ferror(in))
		return err_set(ERR_IO, "due: reading: %s", strerror(errno));
	if (fflush(out) || ferror(out))
		return err_set(ERR_IO, "due: writing: %s", strerror(errno));
	return bad;
}

static const char *weekday(int32_t day)
{
	static const char *const names[] = { "周一", "周二", "周三", "周四", "周五", "周六", "周日" };

	return names[clock_weekday(day) - 1];
}

static const char *reason(struct arena *a, const struct sla_step *step)
{
	if (step->why == SLA_START)
		return "收到之日，不计入";
	switch (step->kind) {
	case CALENDAR_WORK:
		return "工作日";
	case CALENDAR_MAKEUP:
		return arena_printf(a, "调休上班（%s）", step->name);
	case CALENDAR_WEEKEND:
		return "周末，不计";
	case CALENDAR_HOLIDAY:
		return arena_printf(a, "放假，不计（%s）", step->name);
	}
	return "";
}

static void explain_receipt(const struct calendar *cal, const struct office_hours *hours,
                            const struct question *q, FILE *out)
{
	char day[32], start[32];
	int s;

	print_day(day, q->received_on);
	print_day(start, q->start);
	fprintf(out, "收到：%s %s", day, weekday(q->received_on));
	if (q->received_at != TIME_NONE) {
		s = clock_second_of_day(q->received_at);
		fprintf(out, " %02d:%02d", s / 3600, s / 60 % 60);
	}
	fputc('\n', out);
	if (q->start == q->received_on)
		return;
	if (calendar_is_workday(cal, q->received_on))
		fprintf(out, "在下班时间 %02d:%02d 之后收到，", hours->close_min / 60, hours->close_min % 60);
	else
		fputs("在非工作日收到，", out);
	fprintf(out, "视为下一个工作日 %s %s 收到\n", start, weekday(q->start));
}

int due_explain(struct arena *a, const struct calendar *cal, const struct office_hours *hours, const char *received,
                const char *n, FILE *out, FILE *err)
{
	struct question q;
	struct sla_step *steps;
	size_t n_steps;
	char day[32];
	bool provisional;
	int rc;
	const char *wrong = understand(cal, hours, received, n, &q);

	if (wrong) {
		fprintf(err, "%s\n", wrong);
		return 1;
	}
	rc = sla_explain(a, cal, q.start, (struct sla_term){ .amount = q.n, .unit = 'W' }, NULL, 0, &steps, &n_steps);
	if (rc < 0)
		return rc;
	provisional = start_is_provisional(cal, hours, &q) ||
	              calendar_span_provisional(cal, q.start, steps[n_steps - 1].day);
	explain_receipt(cal, hours, &q, out);
	fprintf(out, "期限：%d 个工作日\n\n日期        星期   计数  说明\n", q.n);
	for (size_t i = 0; i < n_steps; i++) {
		char counted[16] = "";

		if (steps[i].counted)
			snprintf(counted, sizeof counted, "%d", steps[i].counted);
		print_day(day, steps[i].day);
		fprintf(out, "%s  %s  %5s  %s%s\n", day, weekday(steps[i].day), counted, reason(a, &steps[i]),
		        steps[i].provisional ? "，暂定" : "");
	}
	fprintf(out, "\n到期：%s %s 24:00\n", day, weekday(steps[n_steps - 1].day));
	if (provisional)
		fputs("暂定：所涉年份的放假安排尚未公布，公布后会重新计算\n", out);
	if (fflush(out) || ferror(out))
		return err_set(ERR_IO, "due: writing: %s", strerror(errno));
	return 0;
}
