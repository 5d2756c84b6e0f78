#!/usr/bin/env bash
# Writes package-lock.json of the golden path node-express anew, from the package.json of its skeleton.
set -euo pipefail
# shellcheck source=../lib/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/../lib/common.sh"

SKELETON=$ROOT/golden-paths/node-express/skeleton
NAME=golden-path

usage() {
    cat <<'TEXT'
Writes golden-paths/node-express/skeleton/package-lock.json anew: to be run after each change of its package.json.

    hack/golden-paths/node-lock.sh

What applications with a database have in addition stands in lines with {{? database }}, as in package.json.
Versions that the lock file holds already stay, as far as package.json lets them.
TEXT
}

# lock SED FOLDER: the lock file of what is left of the skeleton.
lock() {
    mkdir -p "$2"
    local file
    for file in package.json package-lock.json; do
        sed -e "$1" -e "s/{{ application | json }}/\"$NAME\"/" -e 's/{{ description | json }}/""/' "$SKELETON/$file" >"$2/$file"
    done
    (cd "$2" && npm install --package-lock-only --ignore-scripts --no-audit --no-fund --omit-lockfile-registry-resolved) >&2
    sed -i "s/\"name\": \"$NAME\"/\"name\": {{ application | json }}/" "$2/package-lock.json"
}

(($# == 0)) || { usage && exit 0; }
WORK=$(mktemp -d)
trap 'rm -rf "$WORK"' EXIT
lock '/{{? database }}/d; s/{{?! database }}//' "$WORK/without"
lock 's/{{? database }}//; /{{?! database }}/d' "$WORK/with"
status=0
diff --old-line-format='{{?! database }}%L' --new-line-format='{{? database }}%L' --unchanged-line-format='%L' \
    "$WORK/without/package-lock.json" "$WORK/with/package-lock.json" >"$WORK/package-lock.json" || status=$?
((status < 2)) || die "the two lock files could not be compared."
# A condition takes the blanks that follow it away.
sed -E 's/^(\{\{\?!? database \}\})( *)/\2\1/' "$WORK/package-lock.json" >"$SKELETON/package-lock.json"
say "Wrote ${SKELETON#"$ROOT/"}/package-lock.json."
