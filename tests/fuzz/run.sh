#!/bin/sh
# Builds the fuzz entries (preset fuzz) and runs each FUZZ_SECONDS (20) on its kept corpus; in CI from one seed, so that a
# change is not blamed for what chance found: that is what runs outside CI are for.
# FUZZ_BUILD names another build folder. FUZZ_KEEP=1 adds what was new to the corpus, made as small as possible.
# An input that crashes is left in the build folder as crash-*; put it into the corpus with the fix.
set -eu
top=$(cd "$(dirname "$0")/../.." && pwd)
build=${FUZZ_BUILD:-$top/build/fuzz}
seconds=${FUZZ_SECONDS:-20}
names=${*:-form cookie path text json csv redact viewc sqlgen}
targets=
for name in $names; do targets="$targets fuzz_$name"; done

cd "$top"
cmake --preset fuzz -B "$build" >"${TMPDIR:-/tmp}/fuzz-configure.$$" 2>&1 || { cat "${TMPDIR:-/tmp}/fuzz-configure.$$"; exit 1; }
rm -f "${TMPDIR:-/tmp}/fuzz-configure.$$"
# shellcheck disable=SC2086
cmake --build "$build" -j2 --target $targets >/dev/null

passed=0 failed=0
for name in $names; do
  new="$build/corpus-$name"
  kept="$top/tests/fuzz/corpus/$name"
  mkdir -p "$new" "$kept"
  if "$build/bin/fuzz_$name" ${CI:+-seed=20261121} -max_total_time="$seconds" -max_len=4096 -timeout=10 -rss_limit_mb=2048 \
      -verbosity=0 -artifact_prefix="$build/$name-" "$new" "$kept" >"$build/$name.log" 2>&1; then
    passed=$((passed + 1))
    echo "ok      fuzz $name (${seconds} s)"
    if [ "${FUZZ_KEEP:-0}" = 1 ]; then
      "$build/bin/fuzz_$name" -merge=1 "$kept" "$new" >/dev/null 2>&1
    fi
  else
    failed=$((failed + 1))
    echo "FAILED  fuzz $name: $build/$name.log"
    tail -n 25 "$build/$name.log"
  fi
done
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
