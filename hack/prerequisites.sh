#!/usr/bin/env bash
# Makes sure of what a long run needs before the run begins: nobody should wait for minutes and then be told of a missing package.
set -euo pipefail
# shellcheck source=lib/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"

usage() {
    cat <<'TEXT'
Makes sure of the commands that are named, before anything long begins:

    hack/prerequisites.sh [--optional] COMMAND...

dotnet has to be the SDK that global.json names, and is never installed. Every other command comes from the package of its name, or the one
that this script knows: root (or sudo, where it asks for no password) installs what is missing with apt-get; everybody else is told in
one line which packages to install.

--optional   what is missing and cannot be installed is said, and is no error: tests that need it are skipped

Exit code 0: all is there. 1: something is missing; nothing long was begun.
TEXT
}

# packages_of WHAT: the Debian packages that bring it. A name with a colon is no command but several things at once.
packages_of() {
    case $1 in
        python:service)
            printf 'python3 python3-fastapi python3-httpx python3-prometheus-client python3-psycopg python3-psycopg-pool python3-pytest python3-uvicorn'
            ;;
        python:types) printf mypy ;;
        python:yaml) printf 'python3 python3-yaml' ;;
        postgresql:server) printf postgresql ;;
        native:compiler) printf 'gcc libc6-dev zlib1g-dev' ;;
        node | npm) printf 'nodejs npm' ;;
        promtool) printf prometheus ;;
        flock | setsid | unshare) printf util-linux ;;
        *) printf '%s' "$1" ;;
    esac
}

there() {
    case $1 in
        python:service) /usr/bin/python3 -c 'import fastapi, httpx, prometheus_client, psycopg, psycopg_pool, pytest, uvicorn' 2>/dev/null ;;
        python:types) command -v mypy >/dev/null ;;
        python:yaml) /usr/bin/python3 -c 'import yaml' 2>/dev/null ;;
        postgresql:server) command -v initdb >/dev/null || compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null ;;
        native:compiler) c_compiler | { read -r cc && printf '#include <zlib.h>\n' | "$cc" -E - >/dev/null 2>&1; } ;;
        *) command -v "$1" >/dev/null ;;
    esac
}

# c_compiler: the one that the .NET SDK would link a native program with.
c_compiler() { command -v clang || command -v gcc; }

check_sdk() {
    local version said
    version=$(sed -n 's/.*"version": "\(.*\)".*/\1/p' "$ROOT/global.json")
    command -v dotnet >/dev/null ||
        die "the .NET SDK is not installed: version $version or a later one of that feature band, https://dotnet.microsoft.com/download"
    said=$(cd "$ROOT" && dotnet --version 2>&1) ||
        die "dotnet does not run, or is not the SDK $version (or a later one of that feature band) that global.json names:
$said"
}

missing_of() {
    local what
    for what in "$@"; do there "$what" || printf '%s\n' "$what"; done
}

# installer: the words that install as root; nothing where this user may not.
installer() {
    command -v apt-get >/dev/null || return 0
    if ((EUID == 0)); then
        printf 'env DEBIAN_FRONTEND=noninteractive'
    elif sudo -n true 2>/dev/null; then
        printf 'sudo -n env DEBIAN_FRONTEND=noninteractive'
    fi
}

# install AS PACKAGE...: the lists of a container image are empty or old, so they are read first.
install() {
    local as=$1 log status=0
    shift
    log=$(mktemp "${TMPDIR:-/tmp}/idp-packages.XXXXXX")
    # shellcheck disable=SC2086 # several words
    { progress "reading the package lists" "$log" $as apt-get update -q &&
        progress "installing $*" "$log" $as apt-get install -q -y --no-install-recommends "$@"; } || status=$?
    rm -f "$log"
    return "$status"
}

main() {
    local optional='' missing as packages
    case ${1:-} in
        --help | -h) usage && exit 0 ;;
        --optional) optional=1 && shift ;;
        -*) die "unknown option '$1'; see --help." ;;
    esac
    trap end_progress EXIT
    [[ " $* " != *' dotnet '* ]] || check_sdk
    mapfile -t missing < <(missing_of "$@")
    ((${#missing[@]} > 0)) || return 0
    packages=$(for what in "${missing[@]}"; do printf '%s ' "$(packages_of "$what")"; done | xargs -n 1 | sort -u | xargs)
    as=$(installer)
    # shellcheck disable=SC2086 # several packages
    if [[ -n $as ]] && install "$as" $packages; then
        mapfile -t missing < <(missing_of "${missing[@]}")
        ((${#missing[@]} > 0)) || return 0
    fi
    [[ -z $optional ]] || { say "Not there, so some tests will be skipped: ${missing[*]} (packages: $packages)." && return 0; }
    die "missing: ${missing[*]}. Install the packages: $packages"
}

main "$@"
