#!/usr/bin/env bash
# Fills a folder of the user's cache with what the GitHub contract server is compared with, and prints where it is.
set -euo pipefail
# shellcheck source=lib/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"

RECIPE=$ROOT/hack/contract
# GitHub's description of api.github.com, as @octokit/openapi publishes it.
DESCRIPTION_SHA256=829b4bebb19a53133289f7b0bc819f4f1118115821db2ca9f25e9ee995a7da2a
CANNOT=3

usage() {
    cat <<'TEXT'
Installs what the GitHub contract server is compared with, once, and prints the folder:

    hack/contract.sh

description.json  the part of GitHub's OpenAPI description that the client and the contract server are about
node_modules      the proxy that validates (Prism), answers recorded at GitHub, examples of webhooks

The packages and their checksums are those of hack/contract/package-lock.json. The folder is
${XDG_CACHE_HOME:-~/.cache}/idp-operator/contract/KEY, where KEY follows from the files of hack/contract.
Exit code 3, and a line that begins with REDUCED, if node or npm is missing or the packages cannot be had; node 18.20.1 or newer is needed.
TEXT
}

# reduced WHY: the tests that need the folder are skipped then, and say so as well.
reduced() {
    say "REDUCED: the GitHub contract server is not compared with GitHub's description: $*"
    exit $CANNOT
}

# key: ContractTools.cs computes the same.
key() { cat "$RECIPE/package-lock.json" "$RECIPE/slim.mjs" | sha256sum | cut -c 1-16; }

check_node() {
    local tool
    for tool in node npm; do
        command -v "$tool" >/dev/null || reduced "$tool is not installed."
    done
    node -e 'const [a, b, c] = process.versions.node.split(".").map(Number); process.exit(a > 18 || (a === 18 && (b > 20 || (b === 20 && c >= 1))) ? 0 : 1)' ||
        reduced "node $(node --version) is older than 18.20.1."
}

install_packages() {
    cp "$RECIPE/package.json" "$RECIPE/package-lock.json" "$1"
    # No script of a package runs, and npm compares every archive with the lock file.
    (cd "$1" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error)
}

# slim STAGE: keeps of the description, 450 MB in all its forms, what is needed.
slim() {
    local full=$1/node_modules/@octokit/openapi/generated/api.github.com.json
    printf '%s  %s\n' "$DESCRIPTION_SHA256" "$full" | sha256sum --check --status ||
        die "$full has not the checksum that hack/contract.sh names."
    node "$RECIPE/slim.mjs" "$full" "$1/description.json" >&2
    rm -rf "$1/node_modules/@octokit/openapi"
}

install_all() {
    local target=$1 stage log
    check_node
    mkdir -p "$CACHE_ROOT/contract"
    exec 9>"$CACHE_ROOT/contract.lock"
    flock 9
    if [[ ! -f $target/description.json ]]; then
        rm -rf "$CACHE_ROOT/contract"/.staging.*
        stage=$(mktemp -d "$CACHE_ROOT/contract/.staging.XXXXXX")
        log=$(mktemp "${TMPDIR:-/tmp}/idp-contract.XXXXXX")
        # shellcheck disable=SC2064 # the names of now
        trap "end_progress; rm -rf '$stage' '$log'" EXIT
        progress "installing GitHub's description and the proxy that validates" "$log" install_packages "$stage" ||
            reduced "the npm packages cannot be had."
        slim "$stage"
        rm -rf "$target"
        mv -T "$stage" "$target"
        find "$CACHE_ROOT/contract" -mindepth 1 -maxdepth 1 ! -path "$target" -mtime +30 -exec rm -rf {} +
    fi
    exec 9>&-
}

main() {
    local target
    case ${1:-} in
        --help | -h) usage && exit 0 ;;
        '') ;;
        *) die "unknown option '$1'; see --help." ;;
    esac
    target=$CACHE_ROOT/contract/$(key)
    [[ -f $target/description.json ]] || install_all "$target"
    printf '%s\n' "$target"
}

main "$@"
