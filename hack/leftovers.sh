#!/usr/bin/env bash
# Runs a command, and fails if something of it stays behind: files in the temporary folder, a process, what kubectl learned of a server.
set -euo pipefail
# shellcheck source=lib/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"

usage() {
    cat <<'TEXT'
Runs a command, and says what it left behind.

    hack/leftovers.sh COMMAND [ARGUMENT]...

The command gets a temporary folder of its own (TMPDIR). When it has ended, nothing may be in there, no process that was given that folder
may live, and kubectl's cache in the home folder (~/.kube/cache) may know no server on this machine more than before. What is left is
named; files and processes are removed.
The build servers of the .NET SDK and the SDK's own files are none of the command's: they go without a word.

Exit code: that of the command; where that is 0, 1 if something was left.
TEXT
}

# What the SDK leaves in the temporary folder, whatever it is asked for; two empty folders with a name of six characters among it.
is_the_sdks() {
    case ${1##*/} in
        NuGetScratch* | MSBuild* | VBCSCompiler* | .dotnet | .NETCore* | system-commandline-*) return 0 ;;
        ??????) [[ -d $1 && ! -L $1 && -z $(ls -A "$1") && ${1##*/} =~ ^[A-Za-z0-9]{6}$ ]] ;;
        *) return 1 ;;
    esac
}

# marked: the living processes that were given the folder.
marked() { grep -lsxz "TMPDIR=$FOLDER" /proc/[0-9]*/environ | cut -d/ -f3 || true; }

command_line() { tr '\0' ' ' <"/proc/$1/cmdline" 2>/dev/null || true; }

# end_build_servers: they would outlive the folder. Their sockets for diagnostics go with them.
end_build_servers() {
    local pid
    for pid in $(marked); do
        case $(command_line "$pid") in
            *VBCSCompiler* | *MSBuild.dll*)
                kill -KILL "$pid" 2>/dev/null || true
                rm -f "$FOLDER"/*-"$pid"-*
                ;;
        esac
    done
}

# left_processes: those that do not end within a few seconds by themselves, ended.
left_processes() {
    local pid tries
    for ((tries = 0; tries < 50; tries++)); do
        [[ -n $(marked) ]] || return 0
        sleep 0.1
    done
    for pid in $(marked); do
        printf 'process %s: %s\n' "$pid" "$(command_line "$pid")"
        kill -KILL "$pid" 2>/dev/null || true
    done
}

left_files() {
    local entry
    shopt -s nullglob dotglob
    for entry in "$FOLDER"/*; do
        is_the_sdks "$entry" || printf 'file %s\n' "$entry"
    done
}

known_servers() {
    shopt -s nullglob
    printf '%s\n' "$HOME"/.kube/cache/discovery/127.0.0.1_* | sort
}

left_servers() { comm -13 <(printf '%s\n' "$KNOWN") <(known_servers) | sed '/^$/d; s/^/kubectl cache /'; }

main() {
    local status=0 left
    case ${1:-} in
        --help | -h) usage && exit 0 ;;
        '' | -*) die "which command? See --help." ;;
    esac
    KNOWN=$(known_servers)
    FOLDER=$(mktemp -d "${TMPDIR:-/tmp}/idp-run.XXXXXX")
    trap 'rm -rf "$FOLDER"' EXIT
    # An interrupt is the command's to hear; what it leaves is looked at then, too.
    trap : INT TERM
    TMPDIR=$FOLDER "$@" || status=$?
    end_build_servers
    left=$(left_processes && left_files && left_servers)
    [[ -n $left ]] || exit "$status"
    say "error: left behind by $1:"
    # shellcheck disable=SC2001
    say "$(sed 's/^/  /' <<<"$left")"
    exit $((status == 0 ? 1 : status))
}

main "$@"
