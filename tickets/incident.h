/* incident - security incidents: discovered, reported within hours, reported in writing, closed.
 *
 * Two clocks run from the discovery and count hours of the clock, day and night: the first report to the
 * cyberspace administration within 4 h (国家网络安全事件报告管理办法: other operators), the written one within 24 h (武汉市 and
 * the seed rules). The terms are the `late` steps of alarm_rule in force when the incident is registered, and
 * are pinned to it; warnings and breaches are alarms (alarm.h). A report is a row that nobody can change; what
 * was late stays visible from the times. Registering and reporting takes CAP_INCIDENT, which is asked here. */
#ifndef INCIDENT_H
#define INCIDENT_H

#include "access.h"
#include "db.h"

#define INCIDENT_TITLE_MAX 60
#define INCIDENT_WORDS_MAX 3000
#define INCIDENT_TO_MAX 60
#define INCIDENT_DAYS_BACK 30

/* code, Chinese */
#define INCIDENT_KINDS(K)                                                                                            \
	K(attack, "网络攻击") K(tamper, "网页篡改") K(malware, "恶意程序") K(leak, "信息泄露") K(outage, "服务中断")     \
	K(content, "违法有害信息") K(other, "其他")
#define INCIDENT_SEVERITIES(S) S(general, "一般") S(serious, "较大") S(grave, "重大或特别重大")
#define INCIDENT_REPORTS(R) R(first, "首次报告") R(full, "书面报告") R(more, "补充报告") R(close, "处置完毕")
#define INCIDENT_WAYS(W) W(phone, "电话") W(platform, "报送平台") W(mail, "邮件") W(paper, "书面送达")

struct incident {
	const char *kind, *severity, *title, *words;  /* codes, and texts as above */
	int64_t found_at;
};
struct incident_report {
	const char *kind, *to_whom, *how, *words;
	int64_t reported_at;
};

/* Registers; *ret_no: AQ2026-0001. ERR_INVALID with a sentence when found_at is in the future or more than
 * INCIDENT_DAYS_BACK days ago; ERR_DENIED. */
int incident_add(struct db *db, struct arena *a, const struct actor *who, const struct incident *in, int64_t now,
                 const char **ret_no) MUST_CHECK;
/* Logs a report; version: the one that was read (ERR_CONFLICT when somebody was faster). The first report of any
 * kind stops the 4 hours, `full` also the 24 hours; `close` ends it, which takes both (ERR_INVALID with a
 * sentence). ERR_STATE when it is closed, ERR_NOTFOUND. */
int incident_report(struct db *db, struct arena *a, const struct actor *who, const char *no, int64_t version,
                    const struct incident_report *in, int64_t now) MUST_CHECK;

/* The Chinese of a code of one of the lists above; the code itself when it is none. */
const char *incident_word(const char *code);

#endif
