#!/usr/bin/env bash
# Compiles the operator ahead of time: one native program that needs no .NET beside it.
set -euo pipefail
# shellcheck source=lib/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"

usage() {
    cat <<'TEXT'
Compiles the operator to a native program for this machine's kind of processor; takes some minutes.

    hack/publish.sh FOLDER

FOLDER   gets the program (idp), the libraries that it loads and the golden paths; what else is in it stays

Needs the .NET SDK, a C compiler (clang or gcc) as linker, and zlib's headers. Fails on every warning of the native compiler except those
about the code of Octokit, and where the program cannot read every model of Octokit (idp self-check). Exit code 0: published.
TEXT
}

# shellcheck disable=SC2317 # called by progress
stage() {
    if grep -q 'Generating native code' "$LOG"; then printf 'compiling to native code'; else printf 'building'; fi
}

# Octokit is read by reflection and kept as a whole: its warnings are known, and summed up by the compiler in two of this name.
check_warnings() {
    local unknown
    unknown=$(grep -E '(warning|error) IL[0-9]+' "$LOG" | grep -vE "IL(2104|3053): Assembly 'Octokit'" | sort -u || true)
    [[ -z $unknown ]] || die "the native compiler warns of code that may not work in the program:
$unknown"
}

main() {
    local folder
    case ${1:-} in
        --help | -h) usage && exit 0 ;;
        '' | -*) die "which folder? See --help." ;;
    esac
    folder=$(realpath -m "$1")
    "$ROOT/hack/prerequisites.sh" dotnet native:compiler
    trap end_progress EXIT
    cd "$ROOT"
    mkdir -p artifacts
    LOG=$ROOT/artifacts/publish.log
    : >"$LOG"
    PROGRESS_SIGN=stage progress "publishing idp" "$LOG" \
        dotnet publish src/Idp.Operator --nologo --configuration Release --use-current-runtime --verbosity minimal -p:UseSharedCompilation=false \
        -p:PublishAot=true -p:PublishDocumentationFiles=false -p:DebugType=none --output "$folder"
    check_warnings
    "$folder/idp" self-check >>"$LOG" || die "the program cannot read all of GitHub's answers; see $LOG"
    say "  $folder/idp: $(($(stat -c %s "$folder/idp") / 1000000)) MB, $("$folder/idp" version)"
}

main "$@"
