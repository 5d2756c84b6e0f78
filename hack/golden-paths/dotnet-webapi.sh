# shellcheck shell=bash
# How the golden path dotnet-webapi is proved. Sourced by hack/golden-paths.sh, never run.

prepare() {
    command -v dotnet >/dev/null || { say "SKIPPED: dotnet is not installed." && return 3; }
    dotnet --version
}

check_lint() { make --no-print-directory -C "$1" lint; }

check_tests() { make --no-print-directory -C "$1" test; }

build_service() {
    cd "$1" || return
    dotnet publish src/Service --output artifacts/app
}

# As the image runs it.
run_service() {
    cd "$1/artifacts/app" || return
    exec dotnet Service.dll
}
