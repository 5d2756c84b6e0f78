#!/usr/bin/env bash
# Fills a folder with the definitions of other projects' kinds: Argo CD, External Secrets, CloudNativePG, SchemaHero.
set -euo pipefail
# shellcheck source=lib/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"

LIST=$ROOT/hack/upstream-crds.tsv
HOST=https://raw.githubusercontent.com

usage() {
    cat <<'TEXT'
Fills DEST with the CustomResourceDefinitions that hack/upstream-crds.tsv lists, each checked against its SHA-256.

    hack/upstream-crds.sh DEST

They are copied from $IDP_SHARED/crds (default: ../shared/crds beside the repository) where that folder is there, else downloaded.
Exit code 3, and nothing in DEST, if neither works: use hack/permissive-crds.yaml then, which lets through whatever is sent.
docs/decisions/0003-upstream-crds.md says why they are not kept in this repository.
TEXT
}

# rows: file, path and checksum of each, without comments and heading.
rows() { grep -v -e '^#' -e '^file' "$LIST"; }

verify() { printf '%s  %s\n' "$2" "$1" | sha256sum --check --status; }

copy_all() {
    local from=${IDP_SHARED:-$(dirname "$ROOT")/shared}/crds file path sum
    [[ -d $from ]] || return 1
    while IFS=$'\t' read -r file path sum; do
        if [[ ! -f $from/$file ]]; then
            say "$from lacks $file."
            return 1
        fi
        verify "$from/$file" "$sum" || die "$from/$file has not the checksum that hack/upstream-crds.tsv lists."
        cp "$from/$file" "$1/$(basename "$file")"
    done < <(rows)
}

download_all() {
    local file path sum target
    command -v curl >/dev/null || return 1
    while IFS=$'\t' read -r file path sum; do
        target=$1/$(basename "$file")
        curl --fail --silent --show-error --location --connect-timeout 5 --max-time 120 --output "$target" "$HOST/$path" || return 1
        verify "$target" "$sum" || die "$HOST/$path has not the checksum that hack/upstream-crds.tsv lists."
    done < <(rows)
}

main() {
    local stage
    case ${1:-} in
        --help | -h) usage && exit 0 ;;
        '' | -*) die "give the folder to fill; see --help." ;;
    esac
    stage=$(mktemp -d)
    # shellcheck disable=SC2064 # the folder of now
    trap "rm -rf '$stage'" EXIT
    if ! copy_all "$stage" && ! download_all "$stage"; then
        say "WARNING: the upstream definitions cannot be had: there is no $(dirname "$ROOT")/shared/crds (or \$IDP_SHARED/crds),"
        say "WARNING: and they cannot be downloaded from here. Nothing checks objects of those kinds against their real schema."
        exit 3
    fi
    mkdir -p "$1"
    cp "$stage"/*.yaml "$1/"
    say "$(rows | wc -l) definitions in $1."
}

main "$@"
