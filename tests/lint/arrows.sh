#!/usr/bin/env bash
# Which way includes may point: fcgi and notify know tickets, tickets knows util, util knows nobody; the functions
# made from sql/queries that write (queries.h) are for tickets alone, those that read (queries_read.h) for fcgi and notify
# too. Tests may look at everything.
cd "$(dirname "$0")/../.." || exit 2
find fcgi notify tickets sql -name node_modules -prune -o -name '*.[ch]' -print0 | sort -z |
	xargs -0 grep -nE '^[[:space:]]*#[[:space:]]*include[[:space:]]+"' | awk -v folders="$(
		find fcgi notify tickets sql -name node_modules -prune -o \( -name '*.h' -o -name '*.tbl' \) -printf '%f %h\n'
	)" '
	BEGIN {
		n = split(folders, line, "\n")
		for (i = 1; i <= n; i++) { split(line[i], w, " "); where[w[1]] = where[w[1]] " " area(w[2]) }
		may["fcgi"] = " fcgi tickets util "
		may["notify"] = " notify tickets util "
		may["tickets"] = " tickets util "
		may["util"] = " util "
		may["sql"] = " sql "
	}
	function area(path) {
		if (path ~ /^tickets\/util/) return "util"
		sub(/\/.*/, "", path)
		return path
	}
	function wrong(why) { print place ": " $2 ": " why; bad = 1 }
	{
		split($0, w, ":")
		place = w[1] ":" w[2]
		from = area(w[1])
		match($0, /"[^"]+"/)
		name = substr($0, RSTART + 1, RLENGTH - 2)
		sub(/.*\//, "", name)
		if (name == "queries.h") {
			if (from != "tickets") wrong("only tickets writes to the database")
			next
		}
		if (name == "queries_read.h") {
			if (from == "util") wrong("util knows no queries")
			next
		}
		if (name == "pages.tbl" && w[1] == "tickets/ctl.c") next # a table of text, printed by minshengctl pages
		if (!(name in where)) next # made by a generator, or a library of the system
		ok = 0
		m = split(where[name], to, " ")
		for (i = 1; i <= m; i++) if (index(may[from], " " to[i] " ")) ok = 1
		if (!ok) wrong(from " must not know" where[name])
	}
	END { exit bad }'
