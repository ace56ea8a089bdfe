#!/bin/sh
# Golden tests of the query compiler: run.sh SQLGEN
# NAME.sql must give NAME.out (both headers and the code); bad_NAME.sql must be refused with NAME.err. A new case: write the
# .sql, run with UPDATE=1, and read what was made before committing it.
cd "$(dirname "$0")" || exit 1
sqlgen=${1:?usage: run.sh SQLGEN}
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
passed=0 failed=0
for sql in *.sql; do
	name=${sql%.sql}
	case $name in bad_*) want=$name.err code=1 ;; *) want=$name.out code=0 ;; esac
	"$sqlgen" "$tmp" "$sql" 2>"$tmp/$name.err"
	got=$?
	cat "$tmp/queries_read.h" "$tmp/queries.h" "$tmp/queries.c" >"$tmp/$name.out"
	[ -n "${UPDATE:-}" ] && cp "$tmp/$want" "$want"
	if [ "$got" = "$code" ] && cmp -s "$tmp/$want" "$want"; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "sqlgen: $sql: exit $got, $want differs" >&2
		diff -u "$want" "$tmp/$want" >&2
	fi
done
echo "$passed passed, $failed failed"
exit "$failed"
