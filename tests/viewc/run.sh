#!/bin/sh
# Golden tests of the template compiler: run.sh VIEWC
# NAME.html must give NAME.c; bad_NAME.html must be refused with NAME.err. A new case: write the .html, run with
# UPDATE=1, and read what was made before committing it.
cd "$(dirname "$0")" || exit 1
viewc=${1:?usage: run.sh VIEWC}
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
passed=0 failed=0
for html in *.html; do
	name=${html%.html}
	case $name in bad_*) want=$name.err code=1 ;; *) want=$name.c code=0 ;; esac
	"$viewc" "$html" >"$tmp/$name.c" 2>"$tmp/$name.err"
	got=$?
	[ -n "${UPDATE:-}" ] && cp "$tmp/$want" "$want"
	if [ "$got" = "$code" ] && cmp -s "$tmp/$want" "$want"; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "viewc: $html: exit $got, $want differs" >&2
		diff -u "$want" "$tmp/$want" >&2
	fi
done
echo "$passed passed, $failed failed"
exit "$failed"
