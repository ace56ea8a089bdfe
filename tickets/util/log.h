/* log - one line per event on standard error: key=value, level prefix for journald (sd-daemon(3)).
 *
 * Never letter text, names, telephone numbers or tokens. Control characters and newlines in values are
 * replaced, so that a value cannot forge a line. Writing never blocks: a full pipe drops the line and the
 * next line that gets through says how many were dropped. */
#ifndef LOG_H
#define LOG_H

enum log_level { LOG_ERROR = 3, LOG_WARN = 4, LOG_INFO = 6, LOG_DEBUG = 7 };

/* program: goes into each line. */
void log_init(const char *program, enum log_level most);
/* The request id that goes into each line until changed; "" for none. At most 40 bytes are kept. */
void log_request(const char *rid);
/* log_event(LOG_INFO, "request", "page=%s status=%d", …): ev=request rid=… page=… status=… */
void log_event(enum log_level level, const char *event, const char *fmt, ...) __attribute__((format(printf, 3, 4)));

#endif
