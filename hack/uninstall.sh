#!/usr/bin/env bash
# Takes the operator out of the cluster of the current kubeconfig, in an order in which nothing waits for an operator that is gone.
set -euo pipefail
# What cannot be read must end the run, not count as nothing: also inside $(...).
shopt -s inherit_errexit
# shellcheck source=lib/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"

NAMESPACE=idp-system
LABEL=app.kubernetes.io/name=idp-operator
# The order in which finalizers come off: environments before the applications that own them.
KINDS=(applicationenvironments.idp.dev backendapps.idp.dev)

usage() {
    cat <<'TEXT'
Takes the operator out of the cluster of the current kubeconfig.

    hack/uninstall.sh                 everything: kinds, operator, rights, namespace; refuses while there are applications
    hack/uninstall.sh --keep          the operator and its rights only; an installation afterwards takes everything up again
    hack/uninstall.sh --release-all   everything, and lets go of every application first

Without an option, BackendApps and ApplicationEnvironments that exist are named, and nothing is changed.

--keep leaves the kinds, every application with all that it consists of, and the namespace idp-system with its Secrets and settings.
--release-all writes all manifests into a file in the current folder, stops the operator, takes its finalizers off the applications, and
removes the kinds and with them the BackendApps and ApplicationEnvironments. Nothing else of an application is touched: its repositories,
namespaces, databases, secrets and Argo CD Applications stay as they are, and keep running.

Where the namespace goes, the operator's key and its record of adoptions are written into a second file first, which only you can read.

An interrupted run can be repeated; so can one that is done. The operator need not run, nor be installed.

--timeout SECONDS   how long one step may wait for the cluster; default 300

Exit code 0: done; 1: refused, or something did not go in time, and the message says what; 2: the command line, or the cluster does not answer.
TEXT
}

refuse_usage() {
    say "error: $*"
    exit 2
}

parse_options() {
    MODE=all TIMEOUT=300
    while (($# > 0)); do
        case $1 in
            --help | -h) usage && exit 0 ;;
            --keep | --release-all)
                [[ $MODE == all ]] || refuse_usage "--keep and --release-all exclude each other."
                MODE=${1#--}
                ;;
            --timeout)
                [[ ${2:-} =~ ^[1-9][0-9]*$ ]] || refuse_usage "--timeout needs a number of seconds."
                TIMEOUT=$2
                shift
                ;;
            *) refuse_usage "unknown option '$1'; see --help." ;;
        esac
        shift
    done
}

kube() { "$KUBECTL" "$@"; }

# remove ARGUMENTS...: what is there of it.
remove() { kube delete --ignore-not-found --timeout="${TIMEOUT}s" "$@"; }

# find_kinds: those of ours that the cluster knows, in the order of KINDS.
find_kinds() {
    local kind there
    there=$(kube get customresourcedefinitions --output name --request-timeout=30s) || refuse_usage "the cluster of the current kubeconfig does not answer."
    SERVED=()
    for kind in "${KINDS[@]}"; do
        [[ $'\n'$there$'\n' != *"/$kind"$'\n'* ]] || SERVED+=("$kind")
    done
}

# applications: one line for each object of our kinds.
applications() {
    local kind
    for kind in "${SERVED[@]}"; do
        kube get "$kind" --all-namespaces --output go-template='{{range .items}}{{.kind}} {{.metadata.namespace}}/{{.metadata.name}}{{if .metadata.deletionTimestamp}} (is being deleted{{with .metadata.finalizers}}, held by{{range .}} {{.}}{{end}}{{end}}){{end}}{{"\n"}}{{end}}'
    done
}

refuse_while_there_are_applications() {
    local there
    there=$(applications)
    [[ -n $there ]] || return 0
    say "Nothing was changed, because these exist:"
    head -n 50 <<<"$there" | sed 's/^/  /' >&2
    (($(wc -l <<<"$there") <= 50)) || say "  and $(($(wc -l <<<"$there") - 50)) more"
    say "Delete them while the operator runs (kubectl delete backendapps --all -n NAMESPACE), which does with repositories and data as"
    say "their manifests say; or keep them (make uninstall KEEP=1), or let go of them as they are (make uninstall RELEASE=all)."
    exit 1
}

# manifests: those that people wrote, as they can be applied again. What a BackendApp makes comes back with it.
manifests() {
    local kind objects namespace name
    for kind in "${SERVED[@]}"; do
        objects=$(kube get "$kind" --all-namespaces --output go-template='{{range .items}}{{if not .metadata.ownerReferences}}{{.metadata.namespace}} {{.metadata.name}}{{"\n"}}{{end}}{{end}}')
        while read -r namespace name; do
            [[ -z $name ]] || kube get "$kind" "$name" --namespace "$namespace" --output jsonpath='---
apiVersion: {.apiVersion}
kind: {.kind}
metadata:
  namespace: "{.metadata.namespace}"
  name: "{.metadata.name}"
  labels: {.metadata.labels}
  annotations: {.metadata.annotations}
spec: {.spec}
'
        done <<<"$objects"
    done
}

# save: a run that finds nothing leaves no file.
save() {
    local file text
    text=$(manifests)
    [[ -n $text ]] || return 0
    file=idp-released-$(date -u +%Y%m%dT%H%M%SZ).yaml
    (umask 077 && printf '%s\n' "$text" >"$file")
    say "The manifests are in $file."
}

operator_pods() { kube get pods --namespace "$NAMESPACE" --selector "$LABEL" --output name; }

# stop_operator: its processes end before its rights do, and both before anything is let go: nobody is left who could take it up again.
stop_operator() {
    local deadline pods
    say "Stopping the operator."
    remove deployment idp-operator --namespace "$NAMESPACE"
    deadline=$((SECONDS + TIMEOUT))
    pods=$(operator_pods)
    while [[ -n $pods ]]; do
        ((SECONDS < deadline)) || die "after $TIMEOUT s there are still pods of the operator: kubectl get pods -n $NAMESPACE"
        sleep 1
        pods=$(operator_pods)
    done
    remove clusterrolebinding,clusterrole idp-operator
    remove rolebinding,role,serviceaccount idp-operator --namespace "$NAMESPACE"
    remove poddisruptionbudget,service,networkpolicy,ingress --selector "$LABEL" --namespace "$NAMESPACE"
}

# finalizers_of KIND: namespace, name, and the place of our finalizer among the object's.
finalizers_of() {
    kube get "$1" --all-namespaces --output go-template='{{range .items}}{{$item := .}}{{range $place, $name := .metadata.finalizers}}{{if or (eq $name "idp.dev/backendapp") (eq $name "idp.dev/applicationenvironment")}}{{$item.metadata.namespace}} {{$item.metadata.name}} {{$place}} {{$name}}{{"\n"}}{{end}}{{end}}{{end}}'
}

# release: only our own finalizers come off; one of somebody else keeps its object until that somebody has done with it.
release() {
    local kind held namespace name place finalizer
    for kind in "${SERVED[@]}"; do
        held=$(finalizers_of "$kind")
        while read -r namespace name place finalizer; do
            [[ -z $name ]] || kube patch "$kind" "$name" --namespace "$namespace" --type json --patch \
                "[{\"op\": \"test\", \"path\": \"/metadata/finalizers/$place\", \"value\": \"$finalizer\"}, {\"op\": \"remove\", \"path\": \"/metadata/finalizers/$place\"}]"
        done <<<"$held"
    done
}

# remove_kinds: with nothing of them there, or nothing that holds it, this takes a moment.
remove_kinds() {
    remove customresourcedefinition "${KINDS[@]}" || {
        say "error: the kinds did not go in time; what is left of them:"
        find_kinds
        applications | sed 's/^/  /' >&2
        exit 1
    }
}

# ownership: the key by which the operator knows its repositories again, and its record of adoptions.
ownership() {
    local kind name
    for kind in secret/idp-ownership-key configmap/idp-adoptions; do
        name=$(kube get "$kind" --namespace "$NAMESPACE" --ignore-not-found --output name)
        [[ -z $name ]] || kube get "$kind" --namespace "$NAMESPACE" --output jsonpath='---
apiVersion: {.apiVersion}
kind: {.kind}
metadata:
  namespace: "{.metadata.namespace}"
  name: "{.metadata.name}"
data: {.data}
'
    done
}

# save_ownership: repositories outlive the operator, and whoever is installed next must know them again.
save_ownership() {
    local file text
    text=$(ownership)
    [[ -n $text ]] || return 0
    file=idp-ownership-$(date -u +%Y%m%dT%H%M%SZ).yaml
    (umask 077 && printf '%s\n' "$text" >"$file")
    say "What proves whose the repositories are is in $file: keep it secret, and apply it before the manifests after another installation."
}

remove_rest() {
    save_ownership
    remove clusterrole idp-view idp-edit
    remove namespace "$NAMESPACE"
}

main() {
    parse_options "$@"
    KUBECTL=$("$ROOT/hack/kubectl.sh")
    find_kinds
    case $MODE in
        keep) stop_operator ;;
        release-all)
            save
            stop_operator
            release
            remove_kinds
            remove_rest
            ;;
        all)
            refuse_while_there_are_applications
            # The kinds go first: should somebody make an application in between, the operator still runs and takes it down.
            remove_kinds
            stop_operator
            remove_rest
            ;;
    esac
    say "Done."
}

main "$@"
