#!/usr/bin/env bash
# Prints the path of a usable kubectl: the one on PATH if it works, else the one that came with the control plane.
set -euo pipefail
# shellcheck source=lib/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"

usage() {
    cat <<'TEXT'
Prints the path of a usable kubectl.

    hack/kubectl.sh [--version]

The one on PATH is taken if it knows its own version and `kubectl kustomize`; else the one of the test control plane, which is
installed if need be (hack/control-plane.sh install). With --version its version follows on stderr: KUBECTL_VERSION=v1.30.0.
The control plane that is built from Debian's source has kubectl 1.20.2, whose kustomize is 2.0.3: it knows `bases:` but takes no
folder in `resources:`, and knows neither `replicas:` nor `labels:` nor `components:` nor the `patches:` of today.
TEXT
}

usable() { "$1" version --client >/dev/null 2>&1 && "$1" kustomize --help >/dev/null 2>&1; }

version_of() { "$1" version --client --output=yaml | sed -n 's/^ *gitVersion: //p' | head -n 1; }

main() {
    local kubectl
    case ${1:-} in
        --help | -h) usage && exit 0 ;;
        --version | '') ;;
        *) die "unknown option '$1'; see --help." ;;
    esac
    kubectl=$(command -v kubectl || true)
    if [[ -z $kubectl ]] || ! usable "$kubectl"; then
        "$ROOT/hack/control-plane.sh" install
        kubectl=${KUBEBUILDER_ASSETS:-$CONTROL_PLANE_CACHE/bin}/kubectl
        usable "$kubectl" || die "$kubectl does not work."
    fi
    [[ -z ${1:-} ]] || say "KUBECTL_VERSION=$(version_of "$kubectl")"
    printf '%s\n' "$kubectl"
}

main "$@"
