# shellcheck shell=bash
# The servers that all golden paths share: one PostgreSQL, one Prometheus, one API server. Sourced by hack/golden-paths.sh, never run.
# begin_servers begins them, end_servers ends them; what cannot begin says why in NO_POSTGRES and the like. WORK is the folder of the run.

SERVERS=()
POSTGRES_URL='' PROMETHEUS_URL='' API_SERVER='' KUBECTL='' POSTGRES_DATA=''
NO_POSTGRES='' NO_PROMETHEUS='' NO_API_SERVER=''

begin_servers() {
    say "Starting PostgreSQL, Prometheus and an API server."
    begin_postgres || say "  $NO_POSTGRES"
    begin_prometheus || say "  $NO_PROMETHEUS"
    begin_collector
    begin_api_server || say "  $NO_API_SERVER"
}

# free_port: below the range from which the system takes ports for outgoing connections.
free_port() {
    local port
    while port=$((20000 + RANDOM % 12000)); do
        (: <>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || break
    done
    printf '%s' "$port"
}

# wait_until WHAT SECONDS COMMAND...: fails, and says of what, when the command does not succeed in time.
wait_until() {
    local what=$1 end=$((SECONDS + $2))
    shift 2
    until "$@" >/dev/null 2>&1; do
        ((SECONDS < end)) || { say "not in time: $what" && return 1; }
        sleep 0.1
    done
}

# end_process PID: asks it to end, and makes it after ten seconds.
end_process() {
    local tries
    kill -TERM "$1" 2>/dev/null || return 0
    for ((tries = 0; tries < 100; tries++)); do
        kill -0 "$1" 2>/dev/null || return 0
        sleep 0.1
    done
    kill -KILL "$1" 2>/dev/null || true
}

end_servers() {
    local pid
    for pid in "${SERVERS[@]}"; do end_process "$pid"; done
    SERVERS=()
    [[ -z $POSTGRES_DATA ]] || rm -rf "$POSTGRES_DATA"
    [[ -z $API_SERVER ]] || hack/control-plane.sh down --dir "$WORK/control-plane" >/dev/null 2>&1 || true
    API_SERVER=''
}

# postgres_programs: where the package puts them, outside the PATH.
postgres_programs() {
    local found
    found=$(command -v initdb || find /usr/lib/postgresql -name initdb -path '*/bin/*' 2>/dev/null | sort -V | tail -n 1)
    [[ -n $found ]] && dirname "$(readlink -f "$found")"
}

# as_postgres COMMAND...: PostgreSQL refuses to run as root.
as_postgres() {
    if ((EUID == 0)); then
        exec setpriv --reuid=postgres --regid=postgres --clear-groups "$@"
    fi
    exec "$@"
}

# begin_postgres: sets POSTGRES_URL, of a server whose databases are made by new_database.
begin_postgres() {
    local programs port data
    NO_POSTGRES="PostgreSQL is not installed (Debian's package postgresql)."
    programs=$(postgres_programs) || return 1
    NO_POSTGRES="PostgreSQL does not start here."
    # Another user's, who may not get into a folder of root's.
    data=$(TMPDIR=$( ((EUID == 0)) && printf /tmp || printf '%s' "$WORK") mktemp -d -t idp-postgres.XXXXXX)
    POSTGRES_DATA=$data
    ((EUID != 0)) || chown postgres "$data"
    (as_postgres "$programs/initdb" --pgdata="$data/cluster" --username=postgres --auth=trust --no-sync) >"$WORK/initdb.log" 2>&1 ||
        { tail -n 5 "$WORK/initdb.log" >&2 && return 1; }
    port=$(free_port)
    (as_postgres "$programs/postgres" -D "$data/cluster" -c "port=$port" -c listen_addresses=127.0.0.1 -c "unix_socket_directories=$data" -c fsync=off) \
        >"$WORK/postgres.log" 2>&1 &
    SERVERS+=($!)
    wait_until "PostgreSQL takes connections" 30 "$programs/pg_isready" -h 127.0.0.1 -p "$port" || return 1
    POSTGRES_PROGRAMS=$programs POSTGRES_PORT=$port POSTGRES_URL=postgresql://postgres@127.0.0.1:$port
}

# new_database NAME: makes it, with a user who owns nothing else, and prints its address.
new_database() {
    "$POSTGRES_PROGRAMS/psql" --quiet --no-psqlrc -h 127.0.0.1 -p "$POSTGRES_PORT" -U postgres -v ON_ERROR_STOP=1 \
        -c "CREATE ROLE \"$1\" LOGIN PASSWORD 'secret'" -c "CREATE DATABASE \"$1\" OWNER \"$1\"" >&2 || return 1
    printf 'postgresql://%s:secret@127.0.0.1:%s/%s' "$1" "$POSTGRES_PORT" "$1"
}

# begin_prometheus: sets PROMETHEUS_URL, of one that scrapes each address that scrape is called with.
begin_prometheus() {
    local port
    NO_PROMETHEUS="Prometheus is not installed (Debian's package prometheus)."
    command -v prometheus >/dev/null || return 1
    NO_PROMETHEUS="Prometheus does not start here."
    port=$(free_port)
    mkdir -p "$WORK/prometheus/targets"
    cat >"$WORK/prometheus/prometheus.yml" <<TEXT
global: {scrape_interval: 1s}
scrape_configs:
  - job_name: golden-paths
    file_sd_configs: [{files: ["$WORK/prometheus/targets/*.json"], refresh_interval: 1s}]
TEXT
    prometheus --config.file="$WORK/prometheus/prometheus.yml" --storage.tsdb.path="$WORK/prometheus/data" \
        --web.listen-address="127.0.0.1:$port" >"$WORK/prometheus.log" 2>&1 &
    SERVERS+=($!)
    wait_until "Prometheus is ready" 30 curl -fsS "http://127.0.0.1:$port/-/ready" || return 1
    PROMETHEUS_URL=http://127.0.0.1:$port
}

# scrape ADDRESS
scrape() { printf '[{"targets": ["%s"]}]\n' "$1" >"$WORK/prometheus/targets/${1//:/-}.json"; }

# begin_collector: sets COLLECTOR_URL, which takes traces and keeps them in WORK/traces.
begin_collector() {
    local port
    port=$(free_port)
    mkdir -p "$WORK/traces"
    /usr/bin/python3 "$ROOT/hack/golden-paths/collector.py" "$port" "$WORK/traces" >"$WORK/collector.log" 2>&1 &
    SERVERS+=($!)
    COLLECTOR_URL=http://127.0.0.1:$port
    wait_until "the collector listens" 30 curl -sS "$COLLECTOR_URL"
}

# begin_api_server: sets API_SERVER to its kubeconfig, and KUBECTL. What it serves is in WORK/served.
begin_api_server() {
    NO_API_SERVER="no API server could be started (hack/control-plane.sh)."
    hack/control-plane.sh up --dir "$WORK/control-plane" --watch-pid $$ >"$WORK/control-plane.log" 2>&1 ||
        { tail -n 5 "$WORK/control-plane.log" >&2 && return 1; }
    API_SERVER=$WORK/control-plane/kubeconfig
    KUBECTL=$(hack/kubectl.sh)
    kube api-versions >"$WORK/served"
}

# kube ARGUMENT...: what kubectl learns of this server is not kept in the home folder.
kube() { "$KUBECTL" --kubeconfig "$API_SERVER" --cache-dir "$WORK/kubectl" "$@"; }
