#!/usr/bin/env bash
# What `make test` runs: builds once, runs every test project, and closes with one line, "N passed, N failed".
set -euo pipefail
# shellcheck source=lib/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"

RESULTS=$ROOT/artifacts/test-results
CONFIGURATION=${CONFIGURATION:-Debug}
# A hanging test is a bug, and a run that never ends tells nobody which.
HANG_TIMEOUT=10m

usage() {
    cat <<'TEXT'
Runs the tests.

    hack/test.sh [--project NAME]... [--filter EXPRESSION]

--project NAME       only test/NAME or test/NAME.Tests, e.g. Idp.Kubernetes; may be given more than once
--filter EXPRESSION  as in `dotnet test --filter`, e.g. FullyQualifiedName~Backoff

CONFIGURATION   Debug (default) or Release
IDP_SHARED      folder whose crds/ holds upstream definitions; default ../shared beside the repository, used if it is there

Exit code 0 only if at least one test ran and none failed.
TEXT
}

parse_options() {
    PROJECTS=() FILTER=''
    while (($# > 0)); do
        case $1 in
            --help | -h) usage && exit 0 ;;
            --project | --filter) (($# > 1)) || die "$1 needs a value." ;;
            *) die "unknown option '$1'; see --help." ;;
        esac
        case $1 in
            --project) PROJECTS+=("$(project_named "$2")") ;;
            --filter) FILTER=$2 ;;
        esac
        shift 2
    done
    ((${#PROJECTS[@]} > 0)) || mapfile -t PROJECTS < <(cd "$ROOT" && ls test/*/*.csproj)
}

project_named() {
    local name
    for name in "$1" "$1.Tests"; do
        if [[ -f $ROOT/test/$name/$name.csproj ]]; then
            printf 'test/%s/%s.csproj' "$name" "$name"
            return
        fi
    done
    die "there is no test project '$1' in test/."
}

build() {
    local started
    started=$(now_ms)
    say "Building ($CONFIGURATION)."
    dotnet build Idp.Operator.sln --configuration "$CONFIGURATION" --nologo --verbosity minimal
    say "Built in $(seconds_since "$started") s."
}

# install_contract: what two projects compare the GitHub contract server with. Exit code 3 says why it cannot be had; the tests are skipped then.
install_contract() {
    [[ " ${PROJECTS[*]} " == *Idp.@(Sandbox|Operator).Tests* ]] || return 0
    hack/contract.sh >/dev/null || (($? == 3))
}

# install_modern: today's server of custom resources, on which two projects try our kinds as well. Exit code 3 as above.
install_modern() {
    [[ " ${PROJECTS[*]} " == *Idp.@(Entities|Kubernetes).Tests* ]] || return 0
    hack/modern-crds.sh >/dev/null || (($? == 3))
}

# run_project PROJECT: its tests, and one row for the table.
run_project() {
    local name trx status=0 started arguments=()
    name=$(basename "$1" .csproj)
    trx=$RESULTS/$name.trx
    started=$(now_ms)
    [[ -z $FILTER ]] || arguments=(--filter "$FILTER")
    printf '\n== %s\n' "$name"
    dotnet test "$1" --no-build --configuration "$CONFIGURATION" --nologo --results-directory "$RESULTS" \
        --logger "trx;LogFileName=$name.trx" --logger 'console;verbosity=minimal' \
        --blame-hang-timeout "$HANG_TIMEOUT" --blame-hang-dump-type none "${arguments[@]}" || status=$?
    add_row "$name" "$trx" "$status" "$(seconds_since "$started")"
}

# counter NAME TRX: one number of the result file; 0 where there is none, as for a project without tests.
counter() { sed -n "s/.*<Counters [^>]*\b$1=\"\([0-9]*\)\".*/\1/p" "$2" 2>/dev/null || true; }

# add_row NAME TRX STATUS SECONDS: a project that ends badly without a failed test (a crash, a hang) counts as one failure itself.
add_row() {
    local total passed failed skipped note=''
    total=$(counter total "$2") passed=$(counter passed "$2") failed=$(counter failed "$2")
    total=${total:-0} passed=${passed:-0} failed=${failed:-0}
    skipped=$((total - passed - failed))
    if (($3 != 0 && failed == 0)); then
        failed=1 skipped=0 note="did not run to its end (exit code $3)"
    elif ((total == 0)); then
        note="no tests"
    fi
    PASSED=$((PASSED + passed)) FAILED=$((FAILED + failed)) SKIPPED=$((SKIPPED + skipped))
    ROWS+=("$(printf '%-28s %7d %7d %8d %9s  %s' "$1" "$passed" "$failed" "$skipped" "$4" "$note")")
}

# failures TRX: the names of the failed tests, each with the first line of what it said.
failures() {
    [[ -f $1 ]] || return 0
    awk '
        /<UnitTestResult / { name = "" }
        /<UnitTestResult .*outcome="Failed"/ { name = $0; sub(/.* testName="/, "", name); sub(/".*/, "", name) }
        name != "" && /<Message>/ { text = $0; sub(/.*<Message>/, "", text); sub(/<\/Message>.*/, "", text); print "  " name ": " text; name = "" }
    ' "$1" | sed 's/&lt;/</g; s/&gt;/>/g; s/&quot;/"/g; s/&#x[AD];//g; s/&amp;/\&/g'
}

report() {
    local failed
    failed=$(for trx in "$RESULTS"/*.trx; do failures "$trx"; done)
    [[ -z $failed ]] || printf '\nFailed:\n%s\n' "$failed"
    printf '\n%-28s %7s %7s %8s %9s\n' project passed failed skipped seconds
    printf '%s\n' "${ROWS[@]}"
    ((PASSED + FAILED > 0)) || say "error: no test ran."
    printf '\n%d passed, %d failed' "$PASSED" "$FAILED"
    ((SKIPPED == 0)) || printf ', %d skipped' "$SKIPPED"
    printf '\n'
    ((FAILED == 0 && PASSED > 0))
}

main() {
    local project PASSED=0 FAILED=0 SKIPPED=0 ROWS=()
    parse_options "$@"
    need dotnet "Install the .NET SDK $(sed -n 's/.*"version": "\(.*\)".*/\1/p' "$ROOT/global.json")."
    cd "$ROOT"
    export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 IDP_SHARED=${IDP_SHARED:-$(dirname "$ROOT")/shared}
    hack/control-plane.sh install
    install_contract
    install_modern
    build
    rm -rf "$RESULTS"
    for project in "${PROJECTS[@]}"; do
        run_project "$project"
    done
    report
}

main "$@"
