#!/usr/bin/env bash
# Builds today's server of custom resources from Debian's packages, for tests beside a control plane that is older.
set -euo pipefail
umask 077
# shellcheck source=lib/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"
# shellcheck source=lib/debian.sh
source "$ROOT/hack/lib/debian.sh"

# Raise when the recipe changes: what an older one built is then built anew.
RECIPE=1
CACHE=$CACHE_ROOT/modern-crds/$RECIPE
PROGRAM=kube-apiextensions-apiserver
LIBRARY=golang-k8s-apiextensions-apiserver-dev
WORK='' STAGE=''

usage() {
    cat <<'TEXT'
Builds today's server of custom resources (kube-apiextensions-apiserver) and prints the path of the program.

    hack/modern-crds.sh [--update | --cached]

It is built once, from the sources of Kubernetes' API machinery that Debian's development branch (sid) packages, with the compiler of
that branch, and kept. Everything happens in a temporary folder with an apt state of its own: nothing is installed on the machine, no
setting is touched, and no root is needed. It needs apt, Debian's keyring (package debian-archive-keyring) and Debian's mirror; that is
the one of this machine's own sources, else deb.debian.org. hack/control-plane.sh crds starts it, and
docs/decisions/0002-control-plane.md says what for.

--update  builds again if the branch has another version meanwhile; without it the newest that is kept will do
--cached  never builds

XDG_CACHE_HOME  it is kept in $XDG_CACHE_HOME/idp-operator/modern-crds, by its version; default ~/.cache
TMPDIR          the build needs 4 GB there while it lasts; default /tmp

Exit code 3, with a line that begins with SKIPPED, where it cannot be had.
TEXT
}

# skip REASON: not an error, since nothing but tests needs this server, and they say themselves that they were skipped.
skip() {
    say "SKIPPED: today's server of custom resources cannot be had: $*"
    exit 3
}

# newest: the path of the newest program that is kept; nothing where none is.
newest() {
    find "$CACHE" -mindepth 2 -maxdepth 2 -name "$PROGRAM" -perm -u+x 2>/dev/null | sort -V | tail -n 1
}

# lock_cache: at most one process of this machine builds; the others wait and use what it built.
lock_cache() {
    local started
    mkdir -p "$CACHE"
    exec 9>"$CACHE_ROOT/modern-crds.lock"
    flock -n 9 && return
    started=$(now_ms)
    say "Another process is building today's server of custom resources; waiting for it."
    until flock -w 15 9; do say "  waited $(seconds_since "$started") s so far"; done
}

# read_lists: an apt that knows nothing but sid.
read_lists() {
    { command -v apt-get && command -v dpkg-deb; } >/dev/null || skip "it is built from Debian's packages, and there is no apt here."
    debian_keyring >/dev/null || skip "Debian's keys are not here; install the package debian-archive-keyring."
    debian_apt_init "$WORK/apt" sid
    progress "reading the lists of Debian's development branch" "$WORK/log" debian_apt "$WORK/apt" update ||
        skip "the lists of sid could not be had from $(debian_mirror)."
}

# choose: the packages to take, as lines "NAME VERSION": the library with all that it is built from, and the compiler with which the
# branch builds its own packages. The branch moves, so this script names no version.
choose() {
    debian_apt "$WORK/apt" install --simulate --no-install-recommends "$LIBRARY" golang-go 2>>"$WORK/log" |
        sed -n -E 's/^Inst (golang-[^ ]+) \(([^ ]+) .*/\1 \2/p' >"$WORK/packages" || true
    { grep "^$LIBRARY " "$WORK/packages" && grep -E '^golang-[0-9.]+-go ' "$WORK/packages"; } >/dev/null ||
        skip "sid does not hold $LIBRARY with all that it needs at the moment."
}

# version: of the library and of the compiler: with another of either it is another program.
version() { sed -n -E "s/^$LIBRARY (.*)/\1/p; s/^(golang-[0-9.]+-go) (.*)/\2/p" "$WORK/packages" | sort | paste -s -d_ | tr -c 'a-zA-Z0-9.+~_\n-' -; }

fetch() {
    local names
    mapfile -t names < <(cut -d' ' -f1 "$WORK/packages")
    mkdir "$WORK/debs"
    cd "$WORK/debs" || return
    debian_apt "$WORK/apt" download "${names[@]}"
}

# unpack: Debian splits its compiler over two folders that are joined by links to where they would be installed.
unpack() {
    local package share
    for package in "$WORK"/debs/*.deb; do
        dpkg-deb -x "$package" "$WORK/root" || return
        rm "$package"
    done
    share=$(compgen -G "$WORK/root/usr/share/go-*")
    mv "$share" "$WORK/go" || return
    find "$WORK"/root/usr/lib/go-* -type l -delete
    cp -r "$WORK"/root/usr/lib/go-*/. "$WORK/go/"
}

# compile PROGRAM: in an environment that nothing of the user's can leak into.
compile() {
    mkdir -p "$WORK/home"
    cd "$WORK/root/usr/share/gocode/src/k8s.io/apiextensions-apiserver" || return
    env -i HOME="$WORK/home" PATH="$WORK/go/bin:/usr/bin:/bin" TMPDIR="$WORK" GOROOT="$WORK/go" GOPATH="$WORK/root/usr/share/gocode" \
        GOCACHE="$WORK/gocache" GO111MODULE=off CGO_ENABLED=0 go build -trimpath -ldflags "-s -w $(version_flags)" -o "$1" .
}

# version_flags: what the server says of itself, as Kubernetes' own builds do: library 0.36.4 is Kubernetes 1.36.4.
version_flags() {
    local package=k8s.io/component-base/version library minor
    library=$(sed -n -E "s/^$LIBRARY ([0-9]+:)?([0-9.]+).*/\2/p" "$WORK/packages")
    minor=${library#*.}
    printf -- '-X %s.gitVersion=v1.%s -X %s.gitMajor=1 -X %s.gitMinor=%s' "$package" "$minor" "$package" "$package" "${minor%%.*}"
}

# build: into a folder beside the cache, moved into place in one step.
build() {
    local version started
    started=$(now_ms)
    WORK=$(mktemp -d "${TMPDIR:-/tmp}/idp-modern-crds.XXXXXX")
    read_lists
    choose
    version=$(version)
    if [[ ! -x $CACHE/$version/$PROGRAM ]]; then
        say "Building $PROGRAM $version from Debian's packages: about five minutes on two cores, once."
        progress "downloading $(wc -l <"$WORK/packages") packages" "$WORK/log" fetch || skip "not all packages could be downloaded."
        progress "unpacking" "$WORK/log" unpack || skip "the packages are not laid out as this script expects."
        rm -rf "$CACHE"/.staging.*
        STAGE=$(mktemp -d "$CACHE/.staging.XXXXXX")
        progress "compiling" "$WORK/log" compile "$STAGE/$PROGRAM" || skip "sid's sources do not compile at the moment."
        mv "$STAGE" "$CACHE/$version"
        say "Built in $(seconds_since "$started") s."
    fi
}

forget_work() {
    end_progress
    [[ -z $WORK ]] || rm -rf "$WORK"
    [[ -z $STAGE ]] || rm -rf "$STAGE"
}

main() {
    case ${1:-} in
        --help | -h) usage && exit 0 ;;
        '' | --update | --cached) (($# < 2)) || die "too many arguments; see --help." ;;
        *) die "unknown option '$1'; see --help." ;;
    esac
    trap 'forget_work' EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM HUP
    if [[ ${1:-} == --update || -z $(newest) ]]; then
        [[ ${1:-} != --cached ]] || skip "it was not built here; hack/modern-crds.sh does that."
        lock_cache
        [[ ${1:-} != --update && -n $(newest) ]] || build
    fi
    newest
}

main "$@"
