#!/usr/bin/env bash
# Calls and words that have no place here. Comments and strings are blanked first, so that they may speak of them.
cd "$(dirname "$0")/../.." || exit 2
bad=0

code() { # FILE: the code alone, with its line numbers
	perl -0pe 's{("(?:\\.|[^"\\\n])*"|\x27(?:\\.|[^\x27\\\n])*\x27|/\*.*?\*/)}{my $x = $1; $x =~ s/[^\n]/ /g; $x}gse' "$1"
}
ban() { # FILE REGEX WHY
	local hits
	hits=$(grep -nP "$2" <<<"$text" | sed "s|^|$1:|; s|\$|    [$3]|") || return 0
	[ -z "$hits" ] || { printf '%s\n' "$hits"; bad=1; }
}
is() { [[ $file =~ $1 ]]; } # does the path match?

while IFS= read -r -d '' file; do
	text=$(code "$file")
	ban "$file" '//' 'comments are /* */'
	ban "$file" '(?<![\w.>])(gets|strtok|alloca)\s*\(' 'unsafe call'
	is '^tests/' && continue
	ban "$file" '(?<![\w.>])(strcpy|strcat|v?sprintf|ato[ifl]|atoll)\s*\(' 'unsafe call'
	is '/(sqlgen|viewc)[a-z_]*\.c$' || ban "$file" '(?<![\w.>])[vfs]*scanf\s*\(' 'unsafe call'
	ban "$file" '(?<![\w.>])(system|popen|set[eu]?uid)\s*\(' 'no shell, no change of user'
	is '^tickets/supervise\.c$' || ban "$file" '(?<![\w.>])f?exec[lv][pe]*\s*\(' 'only the supervisor starts programs'
	is '^tickets/util/db(_bind)?\.c$' || ban "$file" '\bmysql_\w+\s*\(' 'only tickets/util/db*.c speak to the client library'
	is '^tickets/util/|^fcgi/reply\.c$|^tickets/ctl_show\.c$|/(sqlgen|viewc)[a-z_]*\.c$' || # jansson hands over its text
		ban "$file" '(?<![\w.>])(malloc|calloc|realloc|strdup|strndup|asprintf|free)\s*\(' 'memory comes from an arena'
done < <(find fcgi notify tickets sql tests -name node_modules -prune -o -name '*.[ch]' -print0 | sort -z)

grep -rnIE '\b(TODO|FIXME|XXX)\b' --include='*' --exclude-dir=node_modules --exclude-dir=build --exclude-dir=var \
	--exclude-dir=.git --exclude=banned.sh --exclude=package-lock.json --exclude-dir=corpus . && bad=1
exit $bad
