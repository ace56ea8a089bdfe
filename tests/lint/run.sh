#!/usr/bin/env bash
# All checks of this folder; each prints the places that offend.
cd "$(dirname "$0")" || exit 2
passed=0 failed=0
for check in arrows banned lengths shell unused; do
	if bash $check.sh; then
		passed=$((passed + 1))
	else
		echo "lint: $check failed"
		failed=$((failed + 1))
	fi
done
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
