# shellcheck shell=bash
# What the scripts of this folder share. Sourced, never run.

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)

# Where built and downloaded tools live, outside the repository, so that a clean clone finds them again.
CACHE_ROOT=${XDG_CACHE_HOME:-${HOME:?HOME is not set}/.cache}/idp-operator
CONTROL_PLANE_CACHE=$CACHE_ROOT/control-plane

# What a command starts it also ends: the compiler's and MSBuild's servers would wait for the next build for a quarter of an hour.
export MSBUILDDISABLENODEREUSE=1 UseSharedCompilation=false DOTNET_CLI_USE_MSBUILD_SERVER=0
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

# Messages go to stderr: stdout is for what a caller may want to read, such as a path.
say() { printf '%s\n' "$*" >&2; }

die() {
    say "error: $*"
    exit 1
}

# need COMMAND HINT: ends with a hint if the command is not there.
need() { command -v "$1" >/dev/null 2>&1 || die "$1 is not installed. $2"; }

# now_ms and seconds_since turn the clock into "4.8".
now_ms() { printf '%s' "$((${EPOCHREALTIME/[.,]/} / 1000))"; }
seconds_since() {
    local ms=$(($(now_ms) - $1))
    printf '%d.%d' $((ms / 1000)) $((ms % 1000 / 100))
}

# progress TEXT LOG COMMAND...: runs a long command (or function) with its output in LOG and says at least every 15 seconds that it still
# lives and, where the function PROGRESS_SIGN is set, how far it is. The command gets a process group of its own (set -m), so that an
# interrupted caller can end all of it: see end_progress.
PROGRESS_PID=
PROGRESS_SIGN=
progress() {
    local text=$1 log=$2 started next status=0 sign
    shift 2
    started=$(now_ms)
    next=$((started + 10000))
    say "  $text"
    set -m
    ("$@") </dev/null >>"$log" 2>&1 9>&- &
    PROGRESS_PID=$!
    set +m
    while kill -0 "$PROGRESS_PID" 2>/dev/null; do
        if (($(now_ms) >= next)); then
            sign=${PROGRESS_SIGN:+$("$PROGRESS_SIGN")}
            say "  $text: $(seconds_since "$started") s so far${sign:+, $sign}"
            next=$(($(now_ms) + 10000))
        fi
        sleep 0.2
    done
    wait "$PROGRESS_PID" || status=$?
    PROGRESS_PID=
    if ((status != 0)); then
        say "  $text failed after $(seconds_since "$started") s; the end of its output:"
        tail -n 25 "$log" >&2
        return "$status"
    fi
    say "  $text: done in $(seconds_since "$started") s"
}

# end_progress: what is under way may clean up after itself, for five seconds.
end_progress() {
    local attempt
    [[ -n $PROGRESS_PID ]] || return 0
    kill -TERM -- "-$PROGRESS_PID" 2>/dev/null || return 0
    for attempt in {1..50}; do
        kill -0 -- "-$PROGRESS_PID" 2>/dev/null || return 0
        sleep 0.1
    done
    kill -KILL -- "-$PROGRESS_PID" 2>/dev/null || true
}
