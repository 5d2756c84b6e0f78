#!/usr/bin/env bash
# A real Kubernetes control plane for tests, demo and bench: etcd, kube-apiserver and kube-controller-manager on loopback.
set -euo pipefail
umask 077
# shellcheck source=lib/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"
# shellcheck source=lib/debian.sh
source "$ROOT/hack/lib/debian.sh"
# shellcheck source=lib/binaries.sh
source "$ROOT/hack/lib/binaries.sh"
# shellcheck source=lib/servers.sh
source "$ROOT/hack/lib/servers.sh"
# shellcheck source=lib/crds-server.sh
source "$ROOT/hack/lib/crds-server.sh"

usage() {
    cat <<'TEXT'
A real Kubernetes control plane on loopback, without root and without containers.

    hack/control-plane.sh up [--dir DIR] [--port PORT] [--watch-pid PID]
    hack/control-plane.sh status|env|refresh|crds|down [--dir DIR]
    hack/control-plane.sh install

up       starts etcd, kube-apiserver and kube-controller-manager and waits until they are ready; where they run already it
         succeeds at once; where one of them has died it starts that one again on the same data
status   says what runs; exit code 0: all and ready, 1: not all or not ready, 3: nothing there
env      prints the lines to evaluate: eval "$(hack/control-plane.sh env)" sets KUBECONFIG and PATH
refresh  restarts the controller manager: its garbage collector looks for new kinds only every 30 seconds, and at its start
crds     starts today's server of custom resources beside a control plane that is up, whatever its version; DIR/crds.kubeconfig leads
         to it; exit code 3 and a line that begins with SKIPPED where hack/modern-crds.sh has not built it
down     ends everything and removes DIR
install  only makes sure that the binaries are there; `up` does the same

--dir DIR        data, logs and kubeconfig of this instance; default artifacts/control-plane; one instance per folder, any number at once
--port PORT      port of the API server; default a free one
--watch-pid PID  when process PID ends, in whatever way, so does this control plane

KUBEBUILDER_ASSETS        folder with etcd, kube-apiserver, kubectl (and kube-controller-manager) to use instead of our own
IDP_CONTROL_PLANE_SOURCE  where `install` takes the binaries from: any (default), envtest, debian
XDG_CACHE_HOME            they are kept in $XDG_CACHE_HOME/idp-operator/control-plane; default ~/.cache

DIR then holds kubeconfig (of an administrator), tokens.csv, ca.crt, ports, log/*.log and bin/, a link to the binaries.
TEXT
}

# parse_options: the options of every verb. Sets DIR, PORT, WATCH.
parse_options() {
    DIR=$ROOT/artifacts/control-plane PORT='' WATCH='' WATCH_START=''
    while (($# > 0)); do
        case $1 in
            --dir | --port | --watch-pid | --watch-start) (($# > 1)) || die "$1 needs a value." ;;
            --help | -h) usage && exit 0 ;;
            *) die "unknown option '$1'; see --help." ;;
        esac
        case $1 in
            --dir) DIR=$2 ;;
            --port) PORT=$2 ;;
            --watch-pid) WATCH=$2 ;;
            --watch-start) WATCH_START=$2 ;;
        esac
        shift 2
    done
    [[ -z $PORT || $PORT =~ ^[0-9]{1,5}$ ]] || die "--port must be a number, not '$PORT'."
    [[ -z $WATCH || $WATCH =~ ^[0-9]+$ ]] || die "--watch-pid must be a number, not '$WATCH'."
    DIR=$(realpath -m -- "$DIR")
}

cmd_up() {
    local started
    started=$(now_ms)
    ensure_binaries
    lock_dir
    # Before anything else, so that not even killing this very process leaves servers behind.
    [[ -z $WATCH ]] || start_watchdog "$WATCH"
    if ! all_running || ! ready; then
        [[ -e $DIR/ports ]] || FRESH=1
        trap 'abandon' EXIT
        start_all
        trap - EXIT
    elif [[ -n $PORT && $PORT != "$(port_of apiserver)" ]]; then
        die "the control plane in $DIR runs already, on port $(port_of apiserver)."
    fi
    say "Control plane $(server_version) ready after $(seconds_since "$started") s: $(server_url)"
    say "export KUBECONFIG=$DIR/kubeconfig"
}

# abandon: an `up` that was interrupted leaves nothing behind, one that failed its logs, one that restarted a server the data.
abandon() {
    local status=$?
    stop_all
    if ((status == 130 || status == 143)); then
        remove_dir
    else
        # What is left of servers that never were ready must not decide how the next ones start.
        [[ -z ${FRESH:-} ]] || remove_all_but log
        say "The control plane did not start; its logs are in $DIR/log."
    fi
}

cmd_down() {
    local started
    started=$(now_ms)
    if [[ ! -e $DIR/$MARKER ]]; then
        say "No control plane in $DIR."
        return
    fi
    lock_dir
    stop_all
    remove_dir
    say "Control plane in $DIR ended and removed in $(seconds_since "$started") s."
}

cmd_status() {
    local name bad=0
    if [[ ! -e $DIR/$MARKER ]]; then
        printf 'no control plane in %s\n' "$DIR"
        return 3
    fi
    for name in $(server_names); do
        if running "$name"; then
            printf '%-24s running, pid %s\n' "$name" "$(pid_of "$name")"
        else
            printf '%-24s not running; log: %s\n' "$name" "$DIR/log/$name.log"
            bad=1
        fi
    done
    if ((bad == 0)) && ready; then
        printf '%-24s %s\n' ready "$(server_url)"
    else
        printf '%-24s no\n' ready
        bad=1
    fi
    return "$bad"
}

cmd_env() {
    [[ -r $DIR/kubeconfig ]] || die "no control plane in $DIR; start one: hack/control-plane.sh up"
    printf 'export KUBECONFIG=%q\n' "$DIR/kubeconfig"
    printf 'export PATH=%q:"$PATH"\n' "$DIR/bin"
}

cmd_refresh() {
    [[ -e $DIR/$MARKER ]] || die "no control plane in $DIR; start one: hack/control-plane.sh up"
    lock_dir
    stop kube-controller-manager
    start_controller_manager
}

cmd_crds() {
    local started program
    started=$(now_ms)
    [[ -e $DIR/$MARKER ]] || die "no control plane in $DIR; start one: hack/control-plane.sh up"
    program=$("$ROOT/hack/modern-crds.sh" --cached)
    lock_dir
    start_crds "$program"
    say "Server of custom resources $(basename "$(dirname "$program")") ready after $(seconds_since "$started") s: $(crds_url)"
    say "export KUBECONFIG=$DIR/crds.kubeconfig"
}

cmd_install() {
    ensure_binaries
    say "Binaries in $(binaries_dir): $(cat "$(binaries_dir)/../source" 2>/dev/null || printf 'provided by KUBEBUILDER_ASSETS')"
}

main() {
    local verb=${1:-help}
    [[ $(uname -s) == Linux ]] || die "the control plane runs on Linux only."
    trap 'forget_work' EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM HUP
    case $verb in up | install) "$ROOT/hack/prerequisites.sh" openssl curl ;; esac
    shift || true
    case $verb in
        up | down | status | env | refresh | crds | install) ;;
        watch) trap '' HUP ;;
        help | --help | -h) usage && exit 0 ;;
        *) die "unknown verb '$verb'; see --help." ;;
    esac
    parse_options "$@"
    "cmd_$verb"
}

main "$@"
