# shellcheck shell=bash
# Today's server of custom resources beside the control plane in DIR, which says who somebody is and what they may do: with an etcd
# of its own, so that the two know nothing of one another's objects. Sourced by control-plane.sh, after servers.sh.

# What the admission plugins wait for is served by the control plane alone: namespaces, policies, webhooks.
CRDS_WITHOUT=NamespaceLifecycle,ValidatingAdmissionPolicy,MutatingAdmissionPolicy,MutatingAdmissionWebhook,ValidatingAdmissionWebhook

crds_url() { printf 'https://127.0.0.1:%s' "$(port_of crds)"; }

# start_crds PROGRAM: and leaves DIR/crds.kubeconfig, with the same administrator.
start_crds() {
    # As in start_all: nobody else chooses ports meanwhile.
    exec 8>"$CACHE_ROOT/ports.lock"
    flock 8
    grep -q '^crds=' "$DIR/ports" ||
        printf '%s\n' "crds=$(free_port)" "crds-etcd=$(free_port)" "crds-etcdpeer=$(free_port)" >>"$DIR/ports"
    sed "s#server: [^,]*#server: $(crds_url)#" "$DIR/kubeconfig" >"$DIR/crds.kubeconfig"
    running crds-etcd || start_etcd crds-etcd
    running crds || spawn crds "$1" \
        --etcd-servers="http://127.0.0.1:$(port_of crds-etcd)" \
        --bind-address=127.0.0.1 --secure-port="$(port_of crds)" \
        --tls-cert-file="$DIR/server.crt" --tls-private-key-file="$DIR/server.key" --cert-dir="$DIR/run" \
        --kubeconfig="$DIR/kubeconfig" --authentication-kubeconfig="$DIR/kubeconfig" --authorization-kubeconfig="$DIR/kubeconfig" \
        --authentication-skip-lookup=true --enable-priority-and-fairness=false --disable-admission-plugins="$CRDS_WITHOUT"
    wait_for crds 120 listening "$(port_of crds)"
    exec 8>&-
    wait_for crds 120 ready_at "$(crds_url)"
}
