#!/usr/bin/env bash
# A query that nobody calls and a setting that nobody reads are dead: what they were for has changed.
cd "$(dirname "$0")/../.." || exit 2
bad=0
called=$(cat tickets/*.c fcgi/*.c notify/*.c tests/*/*.c | grep -oE '\bq_[a-z_0-9]+\b' | sort -u)
while read -r name; do
	grep -qx "q_$name" <<<"$called" || { echo "sql/queries: nobody calls $name"; bad=1; }
done < <(sed -nE 's/^-- query: ([a-z_0-9]+) .*/\1/p' sql/queries/*.sql)
read=$(cat tickets/*.c tickets/*.h tickets/util/*.c fcgi/*.c fcgi/views/*.html notify/*.c | grep -oE 'conf(\.|->)[a-z_]+' | sort -u)
while read -r name; do
	grep -qE "^conf(\.|->)$name\$" <<<"$read" || { echo "tickets/util/settings.tbl: nobody reads $name"; bad=1; }
done < <(sed -nE 's/^(TEXT|NUMBER|FLAG) *\(([a-z_]+).*/\2/p' tickets/util/settings.tbl)
exit $bad
