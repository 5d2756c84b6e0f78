#!/usr/bin/env bash
# What is too heavy for each commit. A failure does not end it: the next morning one wants to know of all that fails.
set -euo pipefail
# shellcheck source=lib/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"

usage() {
    cat <<'TEXT'
Runs everything that is too heavy for each commit, one after the other; the output of each is in artifacts/nightly/NAME.log.

    hack/nightly.sh [--only NAME]...

TEXT
    printf '%-14s %s\n' NAME 'what runs' && list | awk -F '\t' '{ printf "%-14s %s\n", $1, $2 }'
    cat <<'TEXT'

Exit code 0: all of them ended well.
TEXT
}

# list: name, command. The first machine has nothing, not even package lists.
list() {
    printf '%s\t%s\n' \
        fresh 'hack/fresh.sh' \
        fresh-lists 'hack/fresh.sh --lists --no-openssl --run "make demo CHECK=1"' \
        fresh-root 'hack/fresh.sh --root --no-openssl --run "make demo CHECK=1"' \
        fresh-trixie 'hack/fresh.sh --suite trixie --own-binaries --run "make demo CHECK=1"' \
        repeat 'hack/repeat.sh Idp.Kubernetes 30 --busy' \
        ownership 'IDP_TEST_TIMES=40 hack/test.sh --project Idp.Operator --filter FullyQualifiedName~OwnershipHistory' \
        forgetting 'IDP_APPLICATIONS=1000 hack/test.sh --project Idp.EndToEnd --filter FullyQualifiedName~Forgetting' \
        owners 'IDP_OWNERS=10000 hack/test.sh --project Idp.EndToEnd --filter FullyQualifiedName~ManyOwners' \
        bad-objects 'IDP_BAD_OBJECTS=2000 hack/test.sh --project Idp.EndToEnd --filter FullyQualifiedName~BadObjects' \
        idle 'IDP_IDLE_SECONDS=300 hack/test.sh --project Idp.EndToEnd --filter FullyQualifiedName~IdleTest' \
        applications 'hack/test.sh --project Idp.EndToEnd --filter FullyQualifiedName~ManyApplications' \
        fleet 'IDP_FLEET=200 hack/test.sh --project Idp.Operator --filter FullyQualifiedName~FleetTest' \
        native 'hack/publish.sh artifacts/publish && IDP_OPERATOR_BINARY=$PWD/artifacts/publish/idp hack/test.sh --project Idp.EndToEnd' \
        crash 'make crash' \
        soak 'make soak'
}

run_one() {
    local name=$1 command=$2 started status=0 result=passed
    started=$(now_ms)
    progress "$name: $command" "$LOGS/$name.log" bash -c "$command" || status=$?
    ((status == 0)) || { result="failed ($status)" && FAILED=$((FAILED + 1)); }
    ROWS+=("$(printf '%-14s %-12s %9s s  %s' "$name" "$result" "$(seconds_since "$started")" "$command")")
}

main() {
    local only=() ROWS=() FAILED=0 name command
    while (($# > 0)); do
        case $1 in
            --help | -h) usage && exit 0 ;;
            --only) (($# > 1)) || die "--only needs a name; see --help." ;;
            *) die "unknown option '$1'; see --help." ;;
        esac
        list | cut -f1 | grep -qxF -- "$2" || die "there is no '$2'; see --help."
        only+=("$2")
        shift 2
    done
    cd "$ROOT"
    trap end_progress EXIT
    LOGS=$ROOT/artifacts/nightly
    rm -rf "$LOGS"
    mkdir -p "$LOGS"
    while IFS=$'\t' read -r name command <&4; do
        [[ ${#only[@]} -gt 0 && " ${only[*]} " != *" $name "* ]] || run_one "$name" "$command"
    done 4< <(list)
    printf '%s\n' "${ROWS[@]}"
    ((FAILED == 0))
}

main "$@"
