# shellcheck shell=bash
# Starts, watches and ends the three servers of one control plane in DIR. Sourced by control-plane.sh.

# Says that DIR is ours: nothing without it is ever removed.
MARKER=.idp-control-plane
# The processes that a namespace needs to die, a token to appear and a child to go with its owner, and no others.
CONTROLLERS=namespace,garbagecollector,serviceaccount,serviceaccount-token,resourcequota,root-ca-cert-publisher,clusterrole-aggregation

# --- one folder, one caller --------------------------------------------------------------------------------------------------------

# lock_dir takes DIR for this process. The file may have been removed by the one who held it before: then once more.
lock_dir() {
    while :; do
        if [[ -d $DIR && ! -e $DIR/$MARKER && -n $(ls -A "$DIR") ]]; then
            die "$DIR is not empty and not a control plane's folder; choose another with --dir."
        fi
        mkdir -p "$DIR"
        exec 7>>"$DIR/$MARKER"
        flock 7
        [[ $DIR/$MARKER -ef /proc/self/fd/7 ]] && break
    done
    mkdir -p "$DIR/log" "$DIR/run"
}

remove_all_but() { find "$DIR" -mindepth 1 -maxdepth 1 ! -name "$MARKER" ! -name "$1" -exec rm -rf {} +; }

# remove_dir: the mark goes last, so that whoever looks at a half removed folder still knows it for ours.
remove_dir() {
    [[ -e $DIR/$MARKER ]] || return 0
    remove_all_but "$MARKER"
    rm -f "$DIR/$MARKER"
    rmdir "$DIR" 2>/dev/null || true
    exec 7>&-
}

# --- processes ---------------------------------------------------------------------------------------------------------------------

pid_of() { cat "$DIR/run/$1.pid" 2>/dev/null; }

# running NAME: its pid lives and is really ours, which the command line shows because each server is given a path in DIR.
# A dead process that nobody has collected yet has no command line.
running() {
    local pid
    pid=$(pid_of "$1") && [[ $(tr '\0' ' ' 2>/dev/null <"/proc/$pid/cmdline") == *"$DIR"[/\ ]* ]]
} 2>/dev/null

server_names() {
    printf '%s\n' etcd kube-apiserver
    [[ ! -x $DIR/bin/kube-controller-manager ]] || printf 'kube-controller-manager\n'
}

all_running() {
    local name
    for name in $(server_names); do
        running "$name" || return 1
    done
}

# spawn NAME COMMAND...: detached from the terminal, so that an interrupt there does not reach it.
spawn() {
    local name=$1
    shift
    setsid "$@" </dev/null >>"$DIR/log/$name.log" 2>&1 7>&- 8>&- 9>&- &
    printf '%s\n' $! >"$DIR/run/$name.pid"
    disown
}

# wait_for NAME SECONDS COMMAND...: until the command succeeds; says the log and fails if the server dies or takes too long.
wait_for() {
    local name=$1 deadline=$(($(now_ms) + $2 * 1000))
    shift 2
    until "$@"; do
        if ! kill -0 "$(pid_of "$name")" 2>/dev/null || (($(now_ms) > deadline)); then
            say "$name did not become ready; the end of $DIR/log/$name.log:"
            tail -n 20 "$DIR/log/$name.log" >&2
            return 1
        fi
        sleep 0.05
    done
}

# stop NAME: the data goes with the process, so there is nothing to wait for.
stop() {
    local pid
    running "$1" || return 0
    pid=$(pid_of "$1")
    [[ $pid != "$$" ]] || return 0
    kill -KILL "$pid" 2>/dev/null || true
    while running "$1"; do sleep 0.02; done
}

stop_all() {
    local name
    for name in watchdog crds crds-etcd kube-controller-manager kube-apiserver etcd; do
        stop "$name"
    done
}

# --- ports, keys, kubeconfig -------------------------------------------------------------------------------------------------------

port_of() { sed -n "s/^$1=//p" "$DIR/ports"; }

server_url() { printf 'https://127.0.0.1:%s' "$(port_of apiserver)"; }

# ready [URL]
ready_at() { [[ $(curl --silent --max-time 2 --cacert "$DIR/ca.crt" "$1/readyz") == ok ]]; }
ready() { ready_at "$(server_url)"; }

server_version() { "$DIR/bin/kube-apiserver" --version | sed 's/^Kubernetes //'; }

# free_port: below the range from which the system takes ports for outgoing connections.
free_port() {
    local port
    while port=$((20000 + RANDOM % 12000)); do
        (: <>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || break
    done
    printf '%s' "$port"
}

# choose_ports: all of them or none, and no number twice.
choose_ports() {
    [[ ! -e $DIR/ports ]] || return 0
    local apiserver=${PORT:-$(free_port)} etcd peer
    until etcd=$(free_port) && [[ $etcd != "$apiserver" ]]; do :; done
    until peer=$(free_port) && [[ $peer != "$apiserver" && $peer != "$etcd" ]]; do :; done
    printf '%s\n' "apiserver=$apiserver" "etcd=$etcd" "etcdpeer=$peer" >"$DIR/ports"
}

# make_keys: a certificate authority, the server's certificate, and the key that signs service account tokens.
make_keys() {
    [[ ! -e $DIR/server.crt ]] || return 0
    local key names=subjectAltName=DNS:localhost,DNS:kubernetes,DNS:kubernetes.default,DNS:kubernetes.default.svc,IP:127.0.0.1
    for key in ca server serviceaccount; do
        openssl ecparam -name prime256v1 -genkey -noout -out "$DIR/$key.key"
    done
    openssl req -x509 -new -key "$DIR/ca.key" -subj /CN=idp-control-plane -days 365 -out "$DIR/ca.crt" 2>>"$DIR/log/openssl.log"
    openssl req -new -key "$DIR/server.key" -subj /CN=kube-apiserver 2>>"$DIR/log/openssl.log" |
        openssl x509 -req -CA "$DIR/ca.crt" -CAkey "$DIR/ca.key" -set_serial "$(now_ms)" -days 365 \
            -extfile <(printf '%s\n' "$names" extendedKeyUsage=serverAuth) -out "$DIR/server.crt" 2>>"$DIR/log/openssl.log"
}

make_kubeconfig() {
    [[ ! -e $DIR/kubeconfig ]] || return 0
    local token
    token=$(openssl rand -hex 20)
    printf '%s,admin,admin,system:masters\n' "$token" >"$DIR/tokens.csv"
    cat >"$DIR/kubeconfig" <<YAML
apiVersion: v1
kind: Config
current-context: control-plane
clusters:
- name: control-plane
  cluster: {server: $(server_url), certificate-authority-data: $(base64 -w0 "$DIR/ca.crt")}
users:
- name: admin
  user: {token: $token}
contexts:
- name: control-plane
  context: {cluster: control-plane, user: admin, namespace: default}
YAML
}

# --- the servers -------------------------------------------------------------------------------------------------------------------

start_all() {
    mkdir -p "$CACHE_ROOT"
    ln -sfn "$(binaries_dir)" "$DIR/bin"
    make_keys
    until start_on_ports && wait_for kube-apiserver 120 ready; do
        lost_a_port || exit 1
        say "Somebody else took a port meanwhile; starting again on others."
        stop_all
        rm -f "$DIR/ports" "$DIR/kubeconfig" "$DIR"/log/*
    done
    start_controller_manager
}

start_on_ports() {
    # From choosing a port to listening on it no other instance may choose: it could choose the same.
    exec 8>"$CACHE_ROOT/ports.lock"
    flock 8
    choose_ports
    make_kubeconfig
    running etcd || start_etcd etcd || return 1
    running kube-apiserver || start_apiserver
    wait_for kube-apiserver 120 listening "$(port_of apiserver)" || return 1
    exec 8>&-
}

# lost_a_port: whoever does not ask for our lock may listen on a port between the choice and the start. A port that was asked for is not changed.
lost_a_port() { [[ -z $PORT ]] && grep -qs 'address already in use' "$DIR"/log/etcd.log "$DIR"/log/kube-apiserver.log; }

listening() { (: <>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# start_etcd NAME: on the ports NAME and NAMEpeer, with its data in the folder of its name.
start_etcd() {
    local url peer
    url=http://127.0.0.1:$(port_of "$1")
    peer=http://127.0.0.1:$(port_of "$1peer")
    # One member elects itself: with the usual timeouts it would wait for others for a second.
    spawn "$1" "$DIR/bin/etcd" --data-dir="$DIR/$1" --logger=zap --log-level=warn --heartbeat-interval=10 --election-timeout=100 \
        --listen-client-urls="$url" --advertise-client-urls="$url" \
        --listen-peer-urls="$peer" --initial-advertise-peer-urls="$peer" --initial-cluster="default=$peer"
    wait_for "$1" 60 curl --silent --fail --output /dev/null --max-time 2 "$url/health"
}

start_apiserver() {
    spawn kube-apiserver "$DIR/bin/kube-apiserver" \
        --etcd-servers="http://127.0.0.1:$(port_of etcd)" \
        --bind-address=127.0.0.1 --secure-port="$(port_of apiserver)" \
        --advertise-address=127.0.0.1 --endpoint-reconciler-type=none \
        --tls-cert-file="$DIR/server.crt" --tls-private-key-file="$DIR/server.key" --cert-dir="$DIR/run" \
        --token-auth-file="$DIR/tokens.csv" --authorization-mode=RBAC \
        --service-account-key-file="$DIR/serviceaccount.key" --service-account-signing-key-file="$DIR/serviceaccount.key" \
        --service-account-issuer=https://kubernetes.default.svc \
        --service-cluster-ip-range=10.0.0.0/16 --disable-admission-plugins=ServiceAccount
}

start_controller_manager() {
    local old=()
    if [[ ! -x $DIR/bin/kube-controller-manager ]]; then
        say "WARNING: there is no kube-controller-manager in $(readlink "$DIR/bin"): namespaces will not finish deleting,"
        say "WARNING: nothing is garbage-collected, and service accounts get neither tokens nor the cluster's certificate."
        return
    fi
    running kube-controller-manager && return
    # Until 1.23 it would also listen without encryption, on every address.
    [[ ! $(server_version) =~ ^v1\.(1[0-9]|2[0-3])\. ]] || old=(--port=0)
    spawn kube-controller-manager "$DIR/bin/kube-controller-manager" --kubeconfig="$DIR/kubeconfig" \
        --controllers="$CONTROLLERS" --secure-port=0 "${old[@]}" --leader-elect=false \
        --service-account-private-key-file="$DIR/serviceaccount.key" --root-ca-file="$DIR/ca.crt" \
        --kube-api-qps=500 --kube-api-burst=1000 --concurrent-namespace-syncs=20
    wait_for kube-controller-manager 60 default_account
}

# kube: what kubectl learns of this server goes when the server does, and is not kept among what it knows of others.
kube() { "$DIR/bin/kubectl" --kubeconfig "$DIR/kubeconfig" --cache-dir "$DIR/kubectl-cache" "$@"; }

# default_account: the first thing that the controller manager makes, so it is at work.
default_account() {
    kube get serviceaccount default --namespace default >/dev/null 2>&1
}

# --- nothing stays behind ----------------------------------------------------------------------------------------------------------

# started_at PID: with the pid it names a process for good, even if the pid is given out again. Nothing for one that is dead,
# be it collected by its parent (no file) or not (Z).
started_at() { sed -n -E 's/.*\) [^ZX] (.*)/\1/p' "/proc/$1/stat" 2>/dev/null | cut -d' ' -f19; }

start_watchdog() {
    stop watchdog
    spawn watchdog "$ROOT/hack/control-plane.sh" watch --dir "$DIR" --watch-pid "$1" --watch-start "$(started_at "$1")"
}

# cmd_watch: not for people; what `up --watch-pid` leaves in the background.
cmd_watch() {
    while [[ -n $WATCH_START && $(started_at "$WATCH") == "$WATCH_START" ]]; do sleep 1; done
    cmd_down
}

# --- the check of fresh binaries ---------------------------------------------------------------------------------------------------

# check_binaries BIN: a server that was built wrongly dies of a custom resource, or refuses an empty string in it.
check_binaries() (
    export KUBEBUILDER_ASSETS=$1
    DIR=$WORK/check PORT=''
    trap 'stop_all' EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM HUP
    lock_dir
    start_all
    check_definition | kube apply -f - >/dev/null
    kube wait --for=condition=Established --timeout=30s customresourcedefinition/checks.idp.dev >/dev/null
    kube apply -f - >/dev/null <<<'{"apiVersion": "idp.dev/v1", "kind": "Check", "metadata": {"name": "empty"}, "spec": {"text": ""}}'
    kube get check empty -o json | grep -q '"text": ""' || die "these binaries lose an empty string; not installing them."
)

check_definition() {
    cat <<'YAML'
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: checks.idp.dev}
spec:
  group: idp.dev
  scope: Namespaced
  names: {plural: checks, singular: check, kind: Check}
  versions:
  - name: v1
    served: true
    storage: true
    schema:
      openAPIV3Schema:
        type: object
        properties: {spec: {type: object, properties: {text: {type: string}}}}
YAML
}
