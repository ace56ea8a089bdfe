/* db_time - see db_time.h. */
#include "db_time.h"

#include "clock.h"

void db_time_to(int64_t at, MYSQL_TIME *t)
{
	int y, m, d;
	int32_t day = (int32_t)(at / 86400 - (at % 86400 < 0));
	int s = (int)(at - (int64_t)day * 86400);

	clock_civil(day, &y, &m, &d);
	*t = (MYSQL_TIME){ .year = (unsigned)y, .month = (unsigned)m, .day = (unsigned)d, .hour = (unsigned)(s / 3600),
	                   .minute = (unsigned)(s / 60 % 60), .second = (unsigned)(s % 60),
	                   .time_type = MYSQL_TIMESTAMP_DATETIME };
}

void db_date_to(int32_t day, MYSQL_TIME *t)
{
	int y, m, d;

	clock_civil(day, &y, &m, &d);
	*t = (MYSQL_TIME){ .year = (unsigned)y, .month = (unsigned)m, .day = (unsigned)d,
	                   .time_type = MYSQL_TIMESTAMP_DATE };
}

int64_t db_time_from(const MYSQL_TIME *t)
{
	return (int64_t)clock_day_of((int)t->year, (int)t->month, (int)t->day) * 86400 + t->hour * 3600 + t->minute * 60 +
	       t->second;
}
