#!/bin/sh
# Makes the static files: build.sh OUT [WORK]
#   OUT   gets minsheng.css, minsheng.js, desk.js, draft.js, edition.js, icons.svg, icon.svg, licences.txt
#   WORK  where npm puts its packages (default OUT/../npm); nothing is written into the sources
# With npm the sheet is compiled from minsheng.scss and govuk-frontend, whose prefix is renamed to ours.
# Without npm, or when its packages cannot be had, the sheet is plain.css: the pages stay usable, and this succeeds.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
out=${1:?usage: build.sh OUT [WORK]}
mkdir -p "$out"
out=$(cd "$out" && pwd)
cp "$here/intake.js" "$out/"
work=${2:-$out/../npm}

packages() {
	command -v npm >/dev/null || return 1
	mkdir -p "$work"
	if ! cmp -s "$here/../package-lock.json" "$work/.installed"; then
		cp "$here/../package.json" "$here/../package-lock.json" "$work/"
		(cd "$work" && npm ci --omit=optional --no-audit --no-fund --ignore-scripts --loglevel=error >&2) || return 1
		cp "$here/../package-lock.json" "$work/.installed"
	fi
}

compile() {
	node "$work/node_modules/sass/sass.js" --no-source-map --style=compressed --quiet-deps \
		--load-path="$work/node_modules" "$here/minsheng.scss" "$out/all.css"
	{
		echo '@charset "UTF-8";/* Parts under the MIT licence: see licences.txt */'
		sed -e 's/^\xEF\xBB\xBF//' -e 's/^@charset "UTF-8";//' -e 's/govuk-/lx-/g' "$out/all.css"
	} >"$out/minsheng.css.new"
	rm "$out/all.css"
	# Nothing of another government's identity may be left.
	if grep -qiE 'govuk|gov\.uk|gds transport|crest|crown' "$out/minsheng.css.new"; then
		echo "build.sh: foreign names are left in the sheet" >&2
		exit 1
	fi
	mv "$out/minsheng.css.new" "$out/minsheng.css"
}

cp "$here/minsheng.js" "$here/desk.js" "$here/draft.js" "$here/edition.js" "$here/icons.svg" "$here/icon.svg" "$here/licences.txt" "$out/"
if packages; then
	compile
	echo "static files: compiled sheet in $out"
else
	cp "$here/plain.css" "$out/minsheng.css"
	echo "static files: no npm packages, plain sheet in $out"
fi
