#!/usr/bin/env bash
# Tests in a browser, against an instance of their own: run.sh [FILE.test.mjs ...]
#   MINSHENG_BUILD  the programs to run (default build/dev)
#   E2E_PORT        first of two ports (default 18700)
#   E2E_PAGES       names of pages.mjs, by commas: only these in every_page.test.mjs
#   SHOTS=1         pictures of every page into shots/ as well
# Last line: "N passed, N failed". What is missing (npm, its packages, Chromium) is a failure, not a skip.
set -u
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
root=$(cd "$here/../.." && pwd -P)
cd "$here" || exit 1

missing() {
	echo "e2e: $1"
	echo "0 passed, 1 failed"
	exit 1
}

packages() {
	command -v npm >/dev/null || missing "npm is missing: apt-get install npm"
	cmp -s package-lock.json node_modules/.installed && return
	npm ci --no-audit --no-fund --ignore-scripts --loglevel=error || missing "npm could not get the packages"
	cp package-lock.json node_modules/.installed
}

# All of them: what every page looks like, which takes longest, beside the journeys, each with an instance of its own.
both() {
	local logs rest=() f p1 f1 p2 f2
	logs=$(mktemp -d "${TMPDIR:-/tmp}/minsheng-e2e-logs.XXXXXX")
	for f in ./*.test.mjs; do
		[ "$f" = ./every_page.test.mjs ] || rest+=("$f")
	done
	E2E_PORT=$((${E2E_PORT:-18700} + 4)) ./run.sh ./every_page.test.mjs >"$logs/pages" 2>&1 &
	trap 'kill "$!" 2>/dev/null; rm -rf "$logs"' EXIT
	./run.sh "${rest[@]}" >"$logs/journeys" 2>&1
	cat "$logs/journeys"
	wait "$!"
	cat "$logs/pages"
	read -r p1 _ f1 _ < <(tail -n 1 "$logs/journeys")
	read -r p2 _ f2 _ < <(tail -n 1 "$logs/pages")
	rm -rf "$logs"
	trap - EXIT
	echo "$((p1 + p2)) passed, $((f1 + f2)) failed"
	[ "$p1" -gt 0 ] && [ "$p2" -gt 0 ] && [ "$((f1 + f2))" -eq 0 ]
}

build=${MINSHENG_BUILD:-build/dev}
[[ $build == /* ]] || build="$root/$build"
port=${E2E_PORT:-18700}
[ -x "$build/bin/minsheng-web" ] || missing "there is no finished build in $build"
[ -x /usr/bin/chromium ] || missing "Chromium is missing: apt-get install chromium"
packages
if [ $# -eq 0 ] && [ -z "${SHOTS:-}" ]; then
	both
	exit
fi

dir=$(mktemp -d "${TMPDIR:-/tmp}/minsheng-e2e.XXXXXX")
stop() {
	[ -z "${MINSHENG_KEEP_LOGS:-}" ] || { mkdir -p "$MINSHENG_KEEP_LOGS/e2e" && cp -R "$dir/log/." "$MINSHENG_KEEP_LOGS/e2e/"; }
	"$root/minsheng" down --dir "$dir" >/dev/null 2>&1
	rm -rf "$dir" "$dir.log"
}
trap stop EXIT
trap 'exit 1' INT TERM HUP
MINSHENG_BUILD="$build" MINSHENG_WORKERS=${MINSHENG_WORKERS:-2} "$root/minsheng" up --env test --dir "$dir" --port "$port" >"$dir.log" 2>&1 ||
	missing "the instance did not start: $(tail -n 3 "$dir.log" | tr "\n" " ")"

export E2E_DIR="$dir" E2E_PUBLIC="http://127.0.0.1:$port" E2E_DESK="http://127.0.0.1:$((port + 1))"
[ $# -gt 0 ] || set -- ./*.test.mjs
[ -z "${SHOTS:-}" ] || node shots.mjs || exit 1
passed=0 failed=0
for file; do
	node --test --test-reporter=spec --test-reporter-destination=stdout \
		--test-reporter=tap --test-reporter-destination="$dir/tap" "$file" || true
	read -r p f < <(awk '/^# pass / { p = $3 } /^# (fail|cancelled) / { f += $3 } END { print p + 0, f + 0 }' "$dir/tap" 2>/dev/null)
	[ $((p + f)) -gt 0 ] || f=1
	passed=$((passed + p)) failed=$((failed + f))
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
