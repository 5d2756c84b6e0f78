# shellcheck shell=bash
# The checks of hack/golden-paths.sh. Sourced by it, never run. One that cannot be made says "SKIPPED: why" and has exit code 3.

LAST=0

# check NAME COMMAND...: runs it in a shell of its own, with its output in a log, and notes the verdict; LAST is its exit code.
check() {
    local name=$1 log started
    shift
    log=$WORK/$CHECKED/$name.log
    mkdir -p "$(dirname "$log")"
    started=$(now_ms)
    LAST=0
    # Not as a condition: there a function goes on after a failure.
    set +e
    (set -e && "$@") </dev/null >"$log" 2>&1
    LAST=$?
    set -e
    verdict "$name" "$LAST" "$started" "$(sed -n 's/^SKIPPED: //p' "$log" | tail -n 1)"
    ((LAST == 0 || LAST == 3)) || sed 's/^/      /' "$log" | tail -n 30 >&2
}

# verdict NAME EXIT STARTED WHY
verdict() {
    local word=failed
    case $2 in 0) word=passed ;; 3) word=skipped ;; esac
    printf '%s\t%s\t%s\t%s\n' "$CHECKED" "$1" "$word" "${4:-}" >>"$WORK/verdicts"
    say "  $1: $word$([[ $3 == 0 ]] || printf ' (%s s)' "$(seconds_since "$3")")${4:+: $4}"
}

# --- files ---------------------------------------------------------------------------------------------------------------------

# npm_recipe FOLDER: installs what its lock file names, by the checksums in it, once, and prints where.
npm_recipe() {
    local target
    command -v npm >/dev/null || { say "SKIPPED: node and npm are not installed." && return 3; }
    target=$CACHE_ROOT/golden-paths/$(basename "$1")-$(sha256sum <"$1/package-lock.json" | cut -c 1-16)
    if [[ ! -f $target/complete ]]; then
        rm -rf "$target" && mkdir -p "$target"
        cp "$1"/package*.json "$target"
        (cd "$target" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >&2) || { say "SKIPPED: the npm packages cannot be had." && return 3; }
        touch "$target/complete"
    fi
    printf '%s' "$target"
}

# need_tools: sets where lint_with finds its packages.
need_tools() {
    GOLDEN_PATH_TOOLS=$(npm_recipe "$ROOT/hack/golden-paths/tools") || return
    export GOLDEN_PATH_TOOLS
}

lint_with() { node "$ROOT/hack/golden-paths/tools/lint.mjs" "$@"; }

# part COMMAND...: a part of a check, which does not keep the others from being made. Sets STATUS.
part() {
    local status=0
    "$@" || status=$?
    case $status in
        0) ;;
        3) ((STATUS == 1)) || STATUS=3 ;;
        *) STATUS=1 ;;
    esac
}

# check_files REPO: every tool looks at its files.
check_files() {
    need_tools || return
    cd "$1"
    STATUS=0
    part complete .editorconfig .gitignore .github/CODEOWNERS .github/dependabot.yaml README.md Makefile Dockerfile catalog-info.yaml
    part lint_with workflow .github/workflows/*.yaml
    part lint_with dockerfile Dockerfile
    part lint_with catalog catalog-info.yaml
    part pinned
    part shell_scripts
    part yaml_files
    part whitespace
    return "$STATUS"
}

complete() {
    local file status=0
    for file in "$@"; do [[ -f $file ]] || { say "there is no $file" && status=1; }; done
    return "$status"
}

yaml_files() {
    command -v yamllint >/dev/null || { say "SKIPPED: yamllint is not installed." && return 3; }
    yamllint --strict --config-file "$ROOT/hack/golden-paths/yamllint.yaml" .
}

whitespace() { git init --quiet . && git add --all && git diff --cached --check; }

# pinned: every action by its commit, every base by its whole version.
pinned() {
    local status=0
    if grep -nE '^ *-? *uses: ' .github/workflows/*.yaml | grep -vE '@[0-9a-f]{40} # v[0-9]'; then status=1; fi
    if grep -nE '^FROM ' Dockerfile | grep -vE ':[0-9]+\.[0-9]+\.[0-9]+[-a-z0-9.]*( AS |$)'; then status=1; fi
    return "$status"
}

# shell_scripts: what a runner gives to a shell, and every script of the repository.
shell_scripts() {
    local folder scripts
    command -v shellcheck >/dev/null || { say "SKIPPED: shellcheck is not installed." && return 3; }
    folder=$(mktemp -d "$WORK/scripts.XXXXXX")
    /usr/bin/python3 "$ROOT/hack/golden-paths/manifests.py" scripts "$folder" .github/workflows/*.yaml || return 1
    mapfile -t scripts < <(find . "$folder" -name '*.sh' -not -path './node_modules/*')
    shellcheck "${scripts[@]}"
}

# --- overlays ------------------------------------------------------------------------------------------------------------------

# check_overlays REPO PLAN OUT: each as it lies there, and as Argo CD builds it with what the manifest decides.
check_overlays() {
    local environment built tool=$ROOT/hack/golden-paths/manifests.py
    [[ -n $API_SERVER ]] || { say "SKIPPED: $NO_API_SERVER" && return 3; }
    "$KUBECTL" version --client | grep -qE 'Kustomize Version: v([5-9]|[1-9][0-9])\.' || { say "SKIPPED: $KUBECTL has no kustomize 5." && return 3; }
    need_definitions || return
    mkdir -p "$3"
    /usr/bin/python3 "$tool" guardrails "$2" "$3/guardrails.yaml"
    kube apply -f "$3/guardrails.yaml"
    /usr/bin/python3 "$tool" overlays "$2" "$1" "$3" >"$3/environments"
    while read -r environment; do
        built=$3/$environment.yaml
        "$KUBECTL" kustomize "$1/deploy/overlays/$environment" >"$built"
        /usr/bin/python3 "$tool" contract "$built" "$NAME"
        /usr/bin/python3 "$tool" restricted "$built"
        "$KUBECTL" kustomize "$3/$environment" >"$built"
        /usr/bin/python3 "$tool" contract "$built" "$NAME"
        /usr/bin/python3 "$tool" restricted "$built"
        /usr/bin/python3 "$tool" older "$built" "$WORK/served"
        kube apply --dry-run=server -f "$built"
    done <"$3/environments"
}

# need_definitions: ServiceMonitors are somebody else's kind. Without its definition no server can say whether ours are right.
need_definitions() {
    local definition=${IDP_SHARED:-$ROOT/../shared}/crds/prometheus-operator/monitoring.coreos.com_servicemonitors.yaml
    [[ -f $definition ]] || { say "SKIPPED: the definition of ServiceMonitor is not there (\$IDP_SHARED/crds/prometheus-operator)." && return 3; }
    kube apply --server-side --validate=false -f "$definition" || return 1
    wait_until "ServiceMonitor is served" 30 kube get servicemonitors --all-namespaces
}

# --- the service ---------------------------------------------------------------------------------------------------------------

# with_database VARIANT COMMAND...: with the address of a new database in its environment, where the variant has one.
with_database() {
    local variant=$1
    shift
    if [[ $variant == database ]]; then
        [[ -n $POSTGRES_URL ]] || { say "SKIPPED: $NO_POSTGRES" && return 3; }
        DATABASE_URL=$(new_database "${CHECKED//[^a-z]/_}_$RANDOM")
        export DATABASE_URL
    fi
    "$@"
}

# check_service VARIANT: one process, all questions, then SIGTERM.
check_service() {
    local port name log=$WORK/$CHECKED/service.log
    port=$(free_port)
    export URL=http://127.0.0.1:$port TARGET=127.0.0.1:$port LOG=$log DATABASE='' GRACE NAME PROMETHEUS=$PROMETHEUS_URL TRACES=$WORK/traces
    [[ $1 != database ]] || DATABASE=yes
    if [[ -n $DATABASE && -z $POSTGRES_URL ]]; then
        skip "$NO_POSTGRES" start answers database metrics traces stop && return
    fi
    (export PORT=$port SHUTDOWN_DELAY_SECONDS=3 && with_traces with_database "$1" run_service "$REPO") </dev/null >"$log" 2>"$log.errors" &
    SERVICE=$!
    export PID=$SERVICE
    [[ -z $PROMETHEUS_URL ]] || scrape "$TARGET"
    check start probe ready
    if ((LAST == 0)); then
        for name in answers database metrics traces stop; do check "$name" probe "$name"; done
    else
        tail -n 20 "$log" "$log.errors" >&2
        skip "the service did not start" answers database metrics traces stop
    fi
    end_process "$SERVICE"
    wait "$SERVICE" 2>/dev/null || true
    SERVICE=''
}

# with_traces COMMAND...: sends traces to the collector, in the protocol that every language has, where the service can.
with_traces() {
    if [[ -z $NO_TRACES ]]; then
        export OTEL_EXPORTER_OTLP_ENDPOINT=$COLLECTOR_URL OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf OTEL_BSP_SCHEDULE_DELAY=200
    fi
    "$@"
}

probe() {
    [[ $1 != metrics || -n $PROMETHEUS_URL ]] || { say "SKIPPED: $NO_PROMETHEUS" && return 3; }
    [[ $1 != traces || -z $NO_TRACES ]] || { say "SKIPPED: $NO_TRACES" && return 3; }
    /usr/bin/python3 "$ROOT/hack/golden-paths/probe.py" "$1"
}

# skip WHY NAME...: checks that cannot be made.
skip() {
    local name why=$1
    shift
    for name in "$@"; do verdict "$name" 3 0 "$why"; done
}
