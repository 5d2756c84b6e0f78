#!/usr/bin/env bash
# Runs the tests of one project again and again, on a busy machine if wanted: what fails by chance fails here. One line per run, one at the end.
set -euo pipefail
# shellcheck source=lib/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"

CONFIGURATION=${CONFIGURATION:-Debug}
# Busy loops end by themselves after so long, whatever becomes of this script.
BUSY_LIMIT=${BUSY_LIMIT:-4h}
HANG_TIMEOUT=10m
LOOPS=() RUN=''

usage() {
    cat <<'TEXT'
Runs the tests of a project many times.

    hack/repeat.sh PROJECT TIMES [--busy] [--filter EXPRESSION] [--no-build]

PROJECT              test/PROJECT or test/PROJECT.Tests, e.g. Idp.Kubernetes
TIMES                how often
--busy               beside two busy loops per core
--filter EXPRESSION  as in `dotnet test --filter`, e.g. FullyQualifiedName~Leases
--no-build           runs what was built before

CONFIGURATION   Debug (default) or Release

The output of each run is in artifacts/repeat/PROJECT. Exit code 0 only if every run was green.
TEXT
}

parse_options() {
    local name
    PROJECT='' NAME='' TIMES='' BUSY='' FILTER=() BUILD=1
    while (($# > 0)); do
        case $1 in
            --help | -h) usage && exit 0 ;;
            --busy) BUSY=1 ;;
            --no-build) BUILD='' ;;
            --filter)
                (($# > 1)) || die "$1 needs a value."
                FILTER=(--filter "$2")
                shift
                ;;
            -*) die "unknown option '$1'; see --help." ;;
            *) if [[ -z $NAME ]]; then NAME=$1; else TIMES=$1; fi ;;
        esac
        shift
    done
    [[ $TIMES =~ ^[1-9][0-9]*$ ]] || die "how often? See --help."
    for name in "$NAME" "$NAME.Tests"; do
        [[ ! -f $ROOT/test/$name/$name.csproj ]] || PROJECT=test/$name/$name.csproj
    done
    [[ -n $PROJECT ]] || die "there is no test project '$NAME' in test/."
}

keep_busy() {
    local count
    for ((count = 2 * $(nproc); count > 0; count--)); do
        timeout "$BUSY_LIMIT" bash -c 'while :; do :; done' &
        LOOPS+=($!)
    done
}

# Ended by their own pids; `timeout` passes the signal on to its loop. An interrupted run has a process group of its own, which goes with it.
end_all() {
    [[ -z $RUN ]] || kill -TERM -- "-$RUN" 2>/dev/null || true
    end_busy
}

end_busy() {
    ((${#LOOPS[@]} > 0)) || return 0
    kill -TERM "${LOOPS[@]}" 2>/dev/null || true
    wait "${LOOPS[@]}" 2>/dev/null || true
    LOOPS=()
}

# run_once NUMBER: one run and its line.
run_once() {
    local log=$LOGS/$1.log started status=0
    started=$(now_ms)
    set -m
    dotnet test "$PROJECT" --no-build --configuration "$CONFIGURATION" --nologo --logger 'console;verbosity=minimal' \
        --blame-hang-timeout "$HANG_TIMEOUT" --blame-hang-dump-type none --results-directory "$LOGS/$1" "${FILTER[@]}" \
        </dev/null >"$log" 2>&1 &
    RUN=$!
    set +m
    wait "$RUN" || status=$?
    RUN=''
    # Green is a run that says how many passed: a filter that finds nothing ends with 0, too.
    if ((status == 0)) && grep -q '^Passed!' "$log"; then
        GREEN=$((GREEN + 1))
        printf '%3d  green  %7s s  %s\n' "$1" "$(seconds_since "$started")" "$(sed -n 's/^Passed! *- //p' "$log" | tail -n 1)"
        rm -rf "${LOGS:?}/$1"
    else
        printf '%3d  RED    %7s s  %s\n' "$1" "$(seconds_since "$started")" "$(failed_tests "$log")"
    fi
}

failed_tests() {
    local names
    names=$(sed -n 's/^  Failed \(.*\) \[.*\]$/\1/p' "$1" | sort -u | paste -sd ' ')
    printf '%s (%s)' "${names:-did not run to its end}" "$1"
}

main() {
    local run GREEN=0 started
    parse_options "$@"
    need dotnet "Install the .NET SDK $(sed -n 's/.*"version": "\(.*\)".*/\1/p' "$ROOT/global.json")."
    cd "$ROOT"
    export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 IDP_SHARED=${IDP_SHARED:-$(dirname "$ROOT")/shared}
    LOGS=artifacts/repeat/$(basename "$PROJECT" .csproj)
    rm -rf "$LOGS" && mkdir -p "$LOGS"
    hack/control-plane.sh install
    [[ -z $BUILD ]] || dotnet build "$PROJECT" --configuration "$CONFIGURATION" --nologo --verbosity quiet
    trap end_all EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM
    [[ -z $BUSY ]] || keep_busy
    started=$(now_ms)
    for ((run = 1; run <= TIMES; run++)); do
        run_once "$run"
    done
    end_busy
    printf '%s: %d of %d runs green%s, in %s s\n' "$NAME" "$GREEN" "$TIMES" "${BUSY:+ beside $((2 * $(nproc))) busy loops}" "$(seconds_since "$started")"
    ((GREEN == TIMES))
}

main "$@"
