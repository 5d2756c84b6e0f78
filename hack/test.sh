#!/usr/bin/env bash
# What `make test` runs: builds once, runs every test project, and closes with one line, "N passed, N failed".
set -euo pipefail
# shellcheck source=lib/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"

RESULTS=$ROOT/artifacts/test-results
CONFIGURATION=${CONFIGURATION:-Debug}
# A hanging test is a bug, and a run that never ends tells nobody which. The longest one, 500 applications, took 8.5 minutes on a busy machine.
HANG_TIMEOUT=15m
# What people want to know before they wait; docs/testing.md has it by project.
USUALLY="about 16 minutes on two idle cores, and 10 to 25 minutes more the first time"
# It waits more than it works, so the others run beside it.
LONGEST=test/Idp.EndToEnd.Tests/Idp.EndToEnd.Tests.csproj

usage() {
    cat <<'TEXT'
Runs the tests.

    hack/test.sh [--project NAME]... [--filter EXPRESSION]

Beside the test projects it proves the golden paths (hack/golden-paths.sh), each check of which counts as a test.

--project NAME       only test/NAME or test/NAME.Tests, e.g. Idp.Kubernetes; may be given more than once
--filter EXPRESSION  as in `dotnet test --filter`, e.g. FullyQualifiedName~Backoff; without it, all but Category=Nightly

CONFIGURATION   Debug (default) or Release
IDP_SHARED      folder whose crds/ holds upstream definitions; default ../shared beside the repository, used if it is there

Exit code 0 only if at least one test ran and none failed.
TEXT
}

parse_options() {
    WHOLE=1
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
        WHOLE=''
        shift 2
    done
    FILTER=${FILTER:-Category!=Nightly}
    ((${#PROJECTS[@]} > 0)) || mapfile -t PROJECTS < <(cd "$ROOT" && ls test/*.Tests/*.csproj)
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

# What a failed test and a skipped one say, of those of a result file whose OUTCOME is that: "NAME: first line".
said_by() {
    [[ -f $2 ]] || return 0
    awk -v outcome="outcome=\"$1\"" '
        /<UnitTestResult / { name = "" }
        /<UnitTestResult / && index($0, outcome) { name = $0; sub(/.* testName="/, "", name); sub(/".*/, "", name) }
        name != "" && /<Message>/ { text = $0; sub(/.*<Message>/, "", text); sub(/<\/Message>.*/, "", text); print name ": " text; name = "" }
    ' "$2" | sed 's/&lt;/</g; s/&gt;/>/g; s/&quot;/"/g; s/&#x[AD];//g; s/&amp;/\&/g'
}

tests_so_far() { printf '%s tests' "$(grep -c -E '^  (Passed|Failed|Skipped) ' "$LOG" || true)"; }

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
    local name trx status=0 started
    name=$(basename "$1" .csproj)
    trx=$RESULTS/$name.trx
    LOG=$RESULTS/$name.log
    started=$(now_ms)
    PROGRESS_SIGN=tests_so_far progress "$name" "$LOG" \
        hack/leftovers.sh dotnet test "$1" --no-build --configuration "$CONFIGURATION" --nologo --results-directory "$RESULTS" \
        --logger "trx;LogFileName=$name.trx" --logger 'console;verbosity=normal' \
        --blame-hang-timeout "$HANG_TIMEOUT" --blame-hang-dump-type none --filter "$FILTER" || status=$?
    add_row "$name" "$trx" "$status" "$(seconds_since "$started")"
}

# prove_golden_paths: as if it were one more project.
prove_golden_paths() {
    local verdicts=$RESULTS/golden-paths.tsv status=0 started passed failed skipped note=''
    started=$(now_ms)
    IDP_OPERATOR_BINARY=$ROOT/artifacts/bin/Idp.Operator/${CONFIGURATION,,}/idp PROGRESS_SIGN='' progress golden-paths "$RESULTS/golden-paths.log" hack/leftovers.sh hack/golden-paths.sh --verdicts "$verdicts" || status=$?
    [[ -f $verdicts ]] || : >"$verdicts"
    passed=$(cut -f 3 "$verdicts" | grep -c passed || true)
    failed=$(cut -f 3 "$verdicts" | grep -c failed || true)
    skipped=$(cut -f 3 "$verdicts" | grep -c skipped || true)
    if ((status != 0 && failed == 0)); then failed=1 note="ended badly (exit code $status), see above"; fi
    printf '%-28s %7d %7d %8d %9s  %s\n' golden-paths "$passed" "$failed" "$skipped" "$(seconds_since "$started")" "$note" >"$RESULTS/golden-paths.row"
}

# counter NAME TRX: one number of the result file; 0 where there is none, as for a project without tests.
counter() { sed -n "s/.*<Counters [^>]*\b$1=\"\([0-9]*\)\".*/\1/p" "$2" 2>/dev/null || true; }

# add_row NAME TRX STATUS SECONDS: a project that ends badly without a failed test (a crash, a hang, something left behind) counts as one failure itself.
add_row() {
    local total passed failed skipped note=''
    total=$(counter total "$2") passed=$(counter passed "$2") failed=$(counter failed "$2")
    total=${total:-0} passed=${passed:-0} failed=${failed:-0}
    skipped=$((total - passed - failed))
    if (($3 != 0 && failed == 0)); then
        failed=1 skipped=0 note="ended badly (exit code $3), see above"
    elif ((total == 0)); then
        note="no tests"
    fi
    printf '%-28s %7d %7d %8d %9s  %s\n' "$1" "$passed" "$failed" "$skipped" "$4" "$note" >"$RESULTS/$1.row"
}

# run_all: each project in its turn, the longest beside them in a shell of its own, which ends what it runs when it is told to.
run_all() {
    local project
    if ((${#PROJECTS[@]} > 1)) && [[ " ${PROJECTS[*]} " == *" $LONGEST "* ]]; then
        (
            trap end_progress EXIT
            trap 'exit 130' INT TERM
            run_project "$LONGEST"
        ) &
        BESIDE=$!
    fi
    [[ -z $WHOLE ]] || prove_golden_paths
    for project in "${PROJECTS[@]}"; do
        [[ -n $BESIDE && $project == "$LONGEST" ]] || run_project "$project"
    done
    [[ -z $BESIDE ]] || wait "$BESIDE"
    BESIDE=''
}

end_all() {
    if [[ -n $BESIDE ]]; then
        kill -TERM "$BESIDE" 2>/dev/null || true
        wait "$BESIDE" || true
    fi
    end_progress
}

# verdicts WORD: the checks of golden paths with that verdict, as said_by says them.
verdicts() {
    [[ ! -f $RESULTS/golden-paths.tsv ]] ||
        awk -F '\t' -v word="$1" '$3 == word { print $1 " " $2 ": " ($4 == "" ? "see golden-paths.log" : $4) }' "$RESULTS/golden-paths.tsv"
}

# skipped_by_reason: a check that could not be made here is no check that was passed, so each is named below what it lacks.
skipped_by_reason() {
    local trx
    { for trx in "$RESULTS"/*.trx; do said_by NotExecuted "$trx"; done && verdicts skipped; } |
        awk -F ': ' '{ reason = substr($0, length($1) + 3); if (!(reason in names)) order[++n] = reason; names[reason] = names[reason] "\n    " $1 }
            END { for (i = 1; i <= n; i++) print "  " order[i] names[order[i]] }'
}

report() {
    local failed skipped trx rows passed_all failed_all skipped_all
    failed=$({ for trx in "$RESULTS"/*.trx; do said_by Failed "$trx"; done && verdicts failed; } | sed 's/^/  /')
    skipped=$(skipped_by_reason)
    rows=$(cat "$RESULTS"/*.row)
    read -r passed_all failed_all skipped_all < <(awk '{ passed += $2; failed += $3; skipped += $4 } END { print passed, failed, skipped }' <<<"$rows")
    [[ -z $skipped ]] || printf '\nSkipped:\n%s\n' "$skipped"
    [[ -z $failed ]] || printf '\nFailed (%s):\n%s\n' "the whole output is in artifacts/test-results/*.log" "$failed"
    printf '\n%-28s %7s %7s %8s %9s\n%s\n' project passed failed skipped seconds "$rows"
    ((passed_all + failed_all > 0)) || say "error: no test ran."
    printf '\n%d passed, %d failed' "$passed_all" "$failed_all"
    ((skipped_all == 0)) || printf ', %d skipped' "$skipped_all"
    printf '\n'
    ((failed_all == 0 && passed_all > 0))
}

main() {
    PROJECTS=() FILTER='' BESIDE=''
    parse_options "$@"
    cd "$ROOT"
    trap end_all EXIT
    hack/prerequisites.sh dotnet git curl openssl make
    say "Test projects to run: ${#PROJECTS[@]}. All of them together take $USUALLY."
    export IDP_SHARED=${IDP_SHARED:-$(dirname "$ROOT")/shared}
    hack/control-plane.sh install
    install_contract
    install_modern
    rm -rf "$RESULTS"
    mkdir -p "$RESULTS"
    hack/build.sh Idp.Operator.sln --configuration "$CONFIGURATION"
    run_all
    report
}

main "$@"
