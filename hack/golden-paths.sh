#!/usr/bin/env bash
# Proves the golden paths: renders each, with and without a database, and has real tools look at what came out.
set -euo pipefail
# shellcheck source=lib/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"
# shellcheck source=golden-paths/servers.sh
source "$ROOT/hack/golden-paths/servers.sh"
# shellcheck source=golden-paths/checks.sh
source "$ROOT/hack/golden-paths/checks.sh"

VARIANTS=(plain database separate)
# What a rendered Deployment says: SHUTDOWN_DELAY_SECONDS of a test is shorter, its grace is not longer.
GRACE=30

usage() {
    cat <<'TEXT'
Proves the golden paths with real tools.

    hack/golden-paths.sh [--path NAME]... [--keep] [--verdicts FILE]

--path NAME      only this one of golden-paths/; may be given more than once
--keep           leaves what was rendered and logged in artifacts/golden-paths
--verdicts FILE  writes the verdicts there as well, by tabs: golden path and variant, check, verdict, why

Each golden path is rendered by the operator itself (idp plan --render) without a database, with one, and with a separate deployment repository; then
  its own lint and tests pass; the service starts, answers, asks a real PostgreSQL, is scraped by a real Prometheus, from which its metrics are
  read, sends its traces to a collector, and ends on SIGTERM within its grace, with the answer to a request that was under way;
  its overlays build, with what the manifest decides on top, and apply to a real API server, in server-side dry run, under the guardrails of
  their namespaces;
  its workflow, Dockerfile, YAML, shell and catalogue entry satisfy actionlint, dockerfilelint, yamllint, shellcheck and Backstage's own model.
A tool that cannot be had is a skip, with its reason, and no pass.

CONFIGURATION        Debug (default) or Release: which build of the operator renders
IDP_OPERATOR_BINARY  a built operator to render with, in place of one that is built here

Exit code 0 only if at least one check passed and none failed.
TEXT
}

parse_options() {
    PATHS=() KEEP='' VERDICTS=''
    while (($# > 0)); do
        case $1 in
            --help | -h) usage && exit 0 ;;
            --keep) KEEP=1 && shift ;;
            --verdicts)
                (($# > 1)) || die "--verdicts needs a file."
                VERDICTS=$2 && shift 2
                ;;
            --path)
                (($# > 1)) || die "--path needs a name."
                [[ -f golden-paths/$2/template.yaml ]] || die "there is no golden path '$2' in golden-paths/."
                PATHS+=("$2") && shift 2
                ;;
            *) die "unknown option '$1'; see --help." ;;
        esac
    done
    ((${#PATHS[@]} > 0)) || mapfile -t PATHS < <(cd golden-paths && for path in */template.yaml; do dirname "$path"; done)
}

# find_operator: sets IDP. The one of a build before is taken, since all tests use it; a run of its own builds it.
find_operator() {
    local configuration=${CONFIGURATION:-Debug}
    IDP=${IDP_OPERATOR_BINARY:-}
    [[ -z $IDP ]] || return 0
    IDP=$ROOT/artifacts/bin/Idp.Operator/${configuration,,}/idp
    hack/build.sh src/Idp.Operator --configuration "$configuration"
}

# render PATH VARIANT: sets REPO, DEPLOYMENT (the repository of the manifests) and PLAN.
render() {
    local folder=$WORK/$1/$2
    REPO=$folder/acme/$NAME DEPLOYMENT=$folder/acme/$NAME PLAN=$folder/plan.yaml
    [[ $2 != separate ]] || DEPLOYMENT+=-deploy
    mkdir -p "$folder"
    write_platform "$2" >"$folder/platform.yaml"
    write_manifest "$1" "$2" >"$folder/manifest.yaml"
    "$IDP" plan --offline -f "$folder/manifest.yaml" --platform "$folder/platform.yaml" --golden-paths golden-paths --render "$folder" \
        >"$PLAN" 2>"$folder/plan.log" && [[ -d $REPO ]] && return
    cat "$folder/plan.log" "$PLAN" >&2
    return 1
}

# write_platform VARIANT: the two differ in all that a golden path is written for.
write_platform() {
    printf 'github: {owner: acme}\n'
    case $1 in
        plain | separate) printf 'ingress: {domain: apps.acme.dev}\nmonitoring: Annotations\n' ;;
        database)
            cat <<'TEXT'
ingress: {domain: apps.acme.dev, className: nginx, certificateIssuer: letsencrypt}
monitoring: ServiceMonitor
argocd: {project: platform}
stages:
  Staging: {guardrails: {networkIsolation: None}}
  Production: {maxReplicas: 6}
TEXT
            ;;
    esac
}

# write_manifest PATH VARIANT: with a description that no file may stumble over.
write_manifest() {
    cat <<TEXT
apiVersion: idp.dev/v1alpha1
kind: BackendApp
metadata: {name: $NAME, namespace: payments}
spec:
  description: "Takes \"card\" payments: 100 % \$(safe) & sound; \${{ secrets.X }}, 'quotes' # and more"
  system: billing
  template: {name: $1}
TEXT
    case $2 in
        plain) printf '  env: [{name: LOG_LEVEL, value: debug}]\n  environments: [{name: staging, replicas: 2}, {name: production}]\n' ;;
        database) printf '  database: {}\n' ;;
        separate) printf '  repository: {deployment: Separate}\n' ;;
    esac
}

# prove PATH: every check of it, in every variant.
prove() {
    local variant ready='' NO_TRACES=''
    unset -f build_service
    if [[ ! -f hack/golden-paths/$1.sh ]]; then
        CHECKED=$1
        say "$1:"
        verdict proof 1 0 "there is no hack/golden-paths/$1.sh that says how it is proved"
        return
    fi
    # shellcheck source=/dev/null
    source "$ROOT/hack/golden-paths/$1.sh"
    for variant in "${VARIANTS[@]}"; do
        say "$1, $variant:"
        CHECKED=$1/$variant
        render "$1" "$variant" || { verdict render 1 0 "" && continue; }
        check files check_files "$REPO"
        check overlays check_overlays "$DEPLOYMENT" "$PLAN" "$WORK/$CHECKED/overlays"
        # Its service is that of the plain one.
        [[ $variant != separate ]] || continue
        if [[ -z $ready ]]; then
            check prepare prepare "$REPO"
            ready=$LAST
        fi
        if ((ready != 0)); then skip "see prepare" lint tests start answers database metrics traces stop && continue; fi
        check lint check_lint "$REPO"
        check tests with_database "$variant" check_tests "$REPO"
        if declare -F build_service >/dev/null; then
            check build build_service "$REPO"
            if ((LAST != 0)); then skip "it was not built" start answers database metrics traces stop && continue; fi
        fi
        check_service "$variant"
    done
}

end_all() {
    local status=$?
    trap - EXIT INT TERM
    [[ -z $SERVICE ]] || end_process "$SERVICE"
    end_servers
    [[ -n $KEEP ]] || rm -rf "$WORK"
    exit "$status"
}

report() {
    local passed failed skipped
    printf '\n%-26s %s\n' 'golden path' 'checks'
    awk -F '\t' '{ row[$1] = row[$1] sprintf(" %s:%s", $2, $3); if (!seen[$1]++) order[++n] = $1 }
        END { for (i = 1; i <= n; i++) printf "%-26s%s\n", order[i], row[order[i]] }' "$WORK/verdicts"
    passed=$(grep -c $'\tpassed' "$WORK/verdicts" || true)
    failed=$(grep -c $'\tfailed' "$WORK/verdicts" || true)
    skipped=$(grep -c $'\tskipped' "$WORK/verdicts" || true)
    ((skipped == 0)) || { printf '\nSkipped:\n' && awk -F '\t' '$3 == "skipped" { printf "  %s %s: %s\n", $1, $2, $4 }' "$WORK/verdicts"; }
    printf '\ngolden paths: %d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
    ((failed == 0 && passed > 0))
}

main() {
    local path
    cd "$ROOT"
    NAME=pay SERVICE='' KEEP='' WORK=''
    parse_options "$@"
    hack/prerequisites.sh curl git make
    hack/prerequisites.sh --optional node yamllint shellcheck prometheus postgresql:server python:yaml
    if [[ -n $KEEP ]]; then
        WORK=$ROOT/artifacts/golden-paths && rm -rf "$WORK" && mkdir -p "$WORK"
    else
        WORK=$(mktemp -d "${TMPDIR:-/tmp}/idp-golden-paths.XXXXXX")
    fi
    trap end_all EXIT
    : >"$WORK/verdicts"
    # What tools leave in the temporary folder, such as the compile cache of node, goes with the run.
    mkdir "$WORK/tmp"
    export TMPDIR=$WORK/tmp
    trap 'exit 130' INT TERM
    find_operator
    begin_servers
    for path in "${PATHS[@]}"; do prove "$path"; done
    [[ -z $VERDICTS ]] || cp "$WORK/verdicts" "$VERDICTS"
    report
}

main "$@"
