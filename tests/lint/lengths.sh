#!/usr/bin/env bash
# A file at most 700 lines, a line at most 120 columns (a tab counts as 4), a function at most 60 lines and complexity 12.
# Tables (.tbl, and the tables of cases in tests: width only) and generated files are excepted.
cd "$(dirname "$0")/../.." || exit 2
bad=0

while IFS= read -r -d '' file; do
	n=$(wc -l <"$file")
	[ "$n" -le 700 ] || { echo "$file:$n: more than 700 lines"; bad=1; }
done < <(find minsheng fcgi notify tickets sql tests nginx -name node_modules -prune -o \
	\( -name '*.[ch]' -o -name '*.py' -o -name '*.mjs' -o -name '*.js' -o -name '*.sh' -o -name '*.scss' -o -name minsheng \) \
	-type f -print0)

find fcgi notify tickets sql -name node_modules -prune -o -name '*.[ch]' -print0 | sort -z | xargs -0 perl -CSD -ne '
	chomp;
	1 while s/\t/" " x (4 - $-[0] % 4)/e;
	if (length > 120) { print "$ARGV:$.: ", length, " columns\n"; $bad = 1 }
	close ARGV if eof;
	END { $? = $bad }' || bad=1

find fcgi notify tickets sql tests -name node_modules -prune -o -name '*.c' -print0 | sort -z | xargs -0 pmccabe | awk -F'\t' '
	$5 > 60 { print $6 ": " $5 " lines"; bad = 1 }
	$1 > 12 { print $6 ": complexity " $1; bad = 1 }
	END { exit bad }' || bad=1
exit $bad
