# shellcheck shell=bash
# How the golden path dotnet-webapi is proved. Sourced by hack/golden-paths.sh, never run.

prepare() {
    command -v dotnet >/dev/null || { say "SKIPPED: dotnet is not installed." && return 3; }
    without_servers dotnet --version
}

check_lint() { without_servers make --no-print-directory -C "$1" lint; }

check_tests() { without_servers make --no-print-directory -C "$1" test; }

build_service() {
    cd "$1" || return
    without_servers dotnet publish src/Service --output artifacts/app
}

# As the image runs it.
run_service() {
    cd "$1/artifacts/app" || return
    exec dotnet Service.dll
}

# without_servers COMMAND...: leaves no compiler behind that waits for more to do.
without_servers() {
    MSBUILDDISABLENODEREUSE=1 UseSharedCompilation=false DOTNET_CLI_USE_MSBUILD_SERVER=0 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 "$@"
}
