#!/usr/bin/env bash
# Builds with a line every ten seconds that says how far it is: the first build restores every package and takes minutes.
set -euo pipefail
# shellcheck source=lib/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"

usage() {
    cat <<'TEXT'
Builds a project or the solution, with a sign of how far it is at least every 15 seconds; the whole output is in artifacts/build.log.

    hack/build.sh PROJECT [OPTION of dotnet build]...

Exit code 0: built. Else: that of dotnet build, and the errors were printed.
TEXT
}

# shellcheck disable=SC2317 # called by progress
projects_so_far() { printf '%s projects' "$(grep -c -- ' -> ' "$LOG" || true)"; }

# end_compiler: the server that compiled for this build, and for no other, has a name of its own.
# shellcheck disable=SC2013,SC2317 # pids are words; called at the end
end_compiler() {
    local pid
    for pid in $(grep -lsz -e "-pipename:[i]${COMPILER#i}" /proc/[0-9]*/cmdline | cut -d/ -f3); do kill -KILL "$pid" 2>/dev/null || true; done
}

main() {
    local status=0
    # One compiler for all projects is three times as fast as a new one for each.
    COMPILER=idp-build-$$
    case ${1:-} in
        --help | -h) usage && exit 0 ;;
        '' | -*) die "give the project to build; see --help." ;;
    esac
    trap 'end_progress; end_compiler' EXIT
    cd "$ROOT"
    mkdir -p artifacts
    LOG=$ROOT/artifacts/build.log
    : >"$LOG"
    PROGRESS_SIGN=projects_so_far progress "building $1" "$LOG" \
        dotnet build "$1" --nologo --verbosity minimal -p:UseSharedCompilation=true -p:SharedCompilationId="$COMPILER" "${@:2}" || status=$?
    ((status == 0)) || grep -E '(error|warning) [A-Z]+[0-9]+' "$LOG" | sort -u >&2 || true
    exit "$status"
}

main "$@"
