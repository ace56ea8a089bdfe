/* db_time - moments and days as the client library of the database has them. For db.c alone. */
#ifndef DB_TIME_H
#define DB_TIME_H

#include <mysql.h>
#include <stdint.h>

/* Seconds since 1970 UTC, and days since 1970. */
void db_time_to(int64_t at, MYSQL_TIME *t);
void db_date_to(int32_t day, MYSQL_TIME *t);
int64_t db_time_from(const MYSQL_TIME *t);

#endif
