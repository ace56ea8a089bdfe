#!/usr/bin/env bash
# Every shell script without a remark from shellcheck.
cd "$(dirname "$0")/../.." || exit 2
find fcgi notify tickets sql tests nginx -name node_modules -prune -o -name '*.sh' -print0 |
	xargs -0 shellcheck -x -S warning minsheng .ci/run
