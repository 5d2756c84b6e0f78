# shellcheck shell=bash
# Finds, downloads or builds etcd, kube-apiserver, kube-controller-manager and kubectl. Sourced by control-plane.sh after debian.sh;
# control-plane.sh also gives check_binaries. docs/decisions/0002-control-plane.md says why there are three sources and what the build mends.

# Raise when the recipe changes: an older cache is then built anew.
RECIPE=1
ENVTEST_VERSION=1.30.0
DEBIAN_KUBERNETES=1.20.2
# The release of Debian that has the source of that Kubernetes and a compiler that can build it, wherever it is built.
DEBIAN_SUITE=bookworm
BRING="Set KUBEBUILDER_ASSETS to a folder with etcd, kube-apiserver, kubectl and kube-controller-manager: setup-envtest makes one on a machine
that reaches the network, and $CONTROL_PLANE_CACHE/bin of any machine on which this script has run is another."
GO_PACKAGE_VERSION=1.19
WORK=

# Published by the projects themselves: controller-tools' envtest-releases.yaml and Kubernetes' CHANGELOG-1.30.md.
envtest_sha512() {
    case $1 in
        amd64) printf d53870e1a6c9b3b50366489a9387f4e254c664955e932e3e25e2088bb437b270bfab75d241b50849233f9a34bb1f08b41567ebb81ea29352104ae0f5b1cb9e88 ;;
        arm64) printf 140748efaa394598f50175e809cd53896881ed046d93ebdfbd5442100f68b3d8d51fd22f8cf1ae06a6e43473897b789df0db6e0ae6c45c8320b000d5ee900005 ;;
    esac
}
server_sha512() {
    case $1 in
        amd64) printf 320c934728b8720b08da5a2d4c95cea111e4bc2efa508a8e48393f45037b0cb3c5331e3ec1f744f83dd57644c6fdd684bdcad9c2fa01108ed2cca6b1046cb821 ;;
        arm64) printf ddf0c4a47f1cd1ad44e9773b2cf8255c6fb11ef84fa42e73dd9479b9a8b8c94a8dd5ba6581ee3aa152354d9a2fe1ad219ba5289c64aa6b9ddd7ddbca000525d4 ;;
    esac
}

architecture() {
    case $(uname -m) in
        x86_64) printf amd64 ;;
        aarch64) printf arm64 ;;
        *) printf unknown ;;
    esac
}

# binaries_dir: the folder to run from. KUBEBUILDER_ASSETS wins, as everywhere in the Kubernetes world.
binaries_dir() { printf '%s' "${KUBEBUILDER_ASSETS:-$CONTROL_PLANE_CACHE/bin}"; }

have_binaries() {
    local tool
    for tool in etcd kube-apiserver kubectl; do
        [[ -x $(binaries_dir)/$tool ]] || return 1
    done
    [[ -n ${KUBEBUILDER_ASSETS:-} || $(cat "$CONTROL_PLANE_CACHE/recipe" 2>/dev/null) == "$RECIPE" ]]
}

# ensure_binaries makes sure that binaries_dir is filled; at most one caller on this machine fills it.
ensure_binaries() {
    local started
    have_binaries && return
    [[ -z ${KUBEBUILDER_ASSETS:-} ]] ||
        die "KUBEBUILDER_ASSETS=$KUBEBUILDER_ASSETS lacks etcd, kube-apiserver or kubectl; unset it to let this script provide them."
    mkdir -p "$CACHE_ROOT"
    exec 9>"$CACHE_ROOT/control-plane.lock"
    if ! flock -n 9; then
        started=$(now_ms)
        say "Another process is installing the control plane's binaries; waiting for it."
        until flock -w 15 9; do say "  waited $(seconds_since "$started") s so far"; done
    fi
    have_binaries || install_binaries
    exec 9>&-
}

# install_binaries fills a staging folder beside the cache, checks it, and moves it into place in one step.
install_binaries() {
    local started stage
    started=$(now_ms)
    rm -rf "$CACHE_ROOT"/.staging.*
    WORK=$(mktemp -d "${TMPDIR:-/tmp}/idp-control-plane.XXXXXX")
    stage=$(mktemp -d "$CACHE_ROOT/.staging.XXXXXX")
    STAGE=$stage
    mkdir "$stage/bin"
    fill "$stage"
    printf '%s\n' "$RECIPE" >"$stage/recipe"
    progress "checking that a custom resource keeps an empty string" "$WORK/log" check_binaries "$stage/bin"
    rm -rf "$CONTROL_PLANE_CACHE"
    mv "$stage" "$CONTROL_PLANE_CACHE"
    progress "removing what only the build needed" /dev/null rm -rf "$WORK"
    forget_work
    say "Installed in $(seconds_since "$started") s: $(cat "$CONTROL_PLANE_CACHE/source")"
}

forget_work() {
    end_progress
    [[ -z ${WORK:-} ]] || rm -rf "$WORK"
    [[ -z ${STAGE:-} ]] || rm -rf "$STAGE"
    WORK='' STAGE=''
}

# fill STAGE: the official archive where the network allows, else Debian's source.
fill() {
    case ${IDP_CONTROL_PLANE_SOURCE:-any} in
        envtest) fill_from_envtest "$1" || die "the official archives cannot be used from here." ;;
        debian) fill_from_debian "$1" ;;
        any)
            fill_from_envtest "$1" && return
            fill_from_debian "$1"
            ;;
        *) die "IDP_CONTROL_PLANE_SOURCE must be any, envtest or debian, not '$IDP_CONTROL_PLANE_SOURCE'." ;;
    esac
}

# download URL FILE SHA512: gives up fast where the network is closed, never accepts a file of another checksum.
download() {
    curl --fail --silent --show-error --location --connect-timeout 5 --max-time 900 --output "$2" "$1" || return 1
    printf '%s  %s\n' "$3" "$2" | sha512sum --check --status && return
    die "$1 has not the expected checksum; refusing to use it."
}

# unpack ARCHIVE DIR NAME...: those files, wherever in the archive they are.
unpack() {
    tar -xzf "$1" -C "$2" --no-anchored --transform='s|.*/||' "${@:3}" || die "cannot unpack the archive."
}

fill_from_envtest() {
    local stage=$1 arch url sum archive=$WORK/archive.tar.gz
    command -v curl >/dev/null || return 1
    arch=$(architecture)
    sum=$(envtest_sha512 "$arch")
    [[ -n $sum ]] || return 1
    url=https://github.com/kubernetes-sigs/controller-tools/releases/download
    say "Downloading the official test control plane $ENVTEST_VERSION."
    if ! download "$url/envtest-v$ENVTEST_VERSION/envtest-v$ENVTEST_VERSION-linux-$arch.tar.gz" "$archive" "$sum"; then
        say "  not reachable from here."
        return 1
    fi
    unpack "$archive" "$stage/bin" etcd kube-apiserver kubectl
    fill_controller_manager "$stage" "$arch" "$archive"
    printf 'official envtest archive, Kubernetes %s\n' "$ENVTEST_VERSION" >"$stage/source"
}

# That archive has no controller manager, and without one no namespace ever finishes being deleted.
fill_controller_manager() {
    say "Downloading the controller manager of the same version."
    if download "https://dl.k8s.io/v$ENVTEST_VERSION/kubernetes-server-linux-$2.tar.gz" "$3" "$(server_sha512 "$2")"; then
        unpack "$3" "$1/bin" kube-controller-manager
    else
        say "  not reachable from here: namespaces will not finish deleting and nothing will be garbage-collected."
    fi
}

# fill_from_debian STAGE: builds Debian's source package with Debian's compiler. Everything happens in a temporary folder with a
# package list of its own: nothing is installed on this machine, no setting is touched, and no root is needed.
fill_from_debian() {
    local tool tree
    for tool in apt-get apt-config dpkg-deb make; do
        need "$tool" "Without the official archives the control plane is built from Debian's packages. Elsewhere:
$BRING"
    done
    debian_apt_init "$WORK/apt" "$DEBIAN_SUITE" deb deb-src || die "the package sources of this machine name no archive of Debian, or its keys
(package debian-archive-keyring) are missing; the control plane is built from the packages of Debian 12. Elsewhere:
$BRING"
    say "Building the control plane from Debian's packages, once: 4 to 12 minutes on two cores, 2 GB of temporary space, 260 MB kept."
    fetch_debian
    tree=$(find "$WORK" -maxdepth 1 -type d -name 'kubernetes-*')
    [[ -n $tree ]] || die "the source package unpacked to an unexpected folder."
    mend_sources "$tree"
    build_kubernetes "$tree"
    cp "$WORK"/gopath/bin/{kube-apiserver,kube-controller-manager,kubectl} "$WORK/root/usr/bin/etcd" "$1/bin/"
    printf "built from Debian's source package, Kubernetes %s\n" "$DEBIAN_KUBERNETES" >"$1/source"
}

download_packages() {
    cd "$WORK" || return
    debian_apt "$WORK/apt" source --download-only kubernetes
    debian_apt "$WORK/apt" download "golang-$GO_PACKAGE_VERSION-go" "golang-$GO_PACKAGE_VERSION-src" \
        golang-github-modern-go-reflect2-dev etcd-server
}

megabytes_so_far() { printf '%s MB' "$(du -sm --exclude=apt "$WORK" | cut -f1)"; }
packages_so_far() { printf '%s packages compiled' "$(grep -c -E '^[a-z0-9./_-]+$' "$WORK/log" || true)"; }

fetch_debian() {
    local package
    mkdir -p "$WORK/root"
    progress "reading the package lists" "$WORK/log" debian_apt "$WORK/apt" update ||
        die "this machine reaches neither the official archives nor the archive of Debian that its package sources name.
$BRING"
    debian_apt "$WORK/apt" source --print-uris kubernetes 2>/dev/null | grep -qF "really${DEBIAN_KUBERNETES}.orig" ||
        die "$(debian_mirror) does not hold the source of Kubernetes $DEBIAN_KUBERNETES any more.
$BRING"
    PROGRESS_SIGN=megabytes_so_far progress "downloading the packages" "$WORK/log" download_packages
    progress "unpacking them" "$WORK/log" unpack_packages
}

unpack_packages() {
    local package
    for package in "$WORK"/*.deb; do
        dpkg-deb -x "$package" "$WORK/root"
    done
    tar -xzf "$WORK"/kubernetes_*.orig.tar.gz -C "$WORK"
}

# mend_sources TREE: this Go is newer than that Kubernetes, and without these two mends the server cannot hold custom resources.
mend_sources() {
    local file reflect=$1/vendor/github.com/modern-go/reflect2
    # reflect2 1.0.1 reads Go's maps in a way that ended with Go 1.18: the server dies of a memory fault. 1.0.2 is the fix.
    rm -rf "$reflect"
    cp -r "$WORK/root/usr/share/gocode/src/github.com/modern-go/reflect2" "$reflect"
    find "$reflect" -name '*_test.go' -delete
    # Since Go 1.19 reflect.DeepEqual of two reflect.Values compares what they hold: every empty string would count as null.
    for file in vendor/github.com/go-openapi/validate/type.go vendor/k8s.io/kube-openapi/pkg/validation/validate/type.go; do
        sed -i 's/if data == nil || reflect\.DeepEqual(.*{$/if data == nil {/' "$1/$file"
        grep -q 'if data == nil {' "$1/$file" || die "the mend does not fit $file of this source package."
    done
    # Kubernetes' makefile places its own tools with rsync, which for two local files is cp.
    mkdir "$WORK/shim"
    printf '#!/bin/sh\nexec cp -p "$2" "$3"\n' >"$WORK/shim/rsync"
    chmod +x "$WORK/shim/rsync"
}

build_kubernetes() {
    mkdir -p "$WORK/gopath/src/k8s.io" "$WORK/home"
    mv "$1" "$WORK/gopath/src/k8s.io/kubernetes"
    progress "generating code" "$WORK/log" in_build make generated_files "KUBE_GIT_VERSION=v$DEBIAN_KUBERNETES"
    PROGRESS_SIGN=packages_so_far progress "compiling kube-apiserver, kube-controller-manager and kubectl" "$WORK/log" \
        in_build go install -v -ldflags "$(version_flags)" ./cmd/kube-apiserver ./cmd/kube-controller-manager ./cmd/kubectl
}

# in_build COMMAND...: in an environment that nothing of the user's can leak into.
in_build() {
    local go=$WORK/root/usr/lib/go-$GO_PACKAGE_VERSION
    cd "$WORK/gopath/src/k8s.io/kubernetes" || return
    env -i HOME="$WORK/home" PATH="$go/bin:$WORK/shim:/usr/bin:/bin" TMPDIR="$WORK" GOROOT="$go" GOPATH="$WORK/gopath" \
        GOCACHE="$WORK/gocache" GO111MODULE=off CGO_ENABLED=0 "$@"
}

version_flags() {
    local package minor=${DEBIAN_KUBERNETES#*.}
    printf -- '-s -w'
    for package in client-go/pkg component-base; do
        printf ' -X k8s.io/kubernetes/vendor/k8s.io/%s/version.%s' "$package" "gitVersion=v$DEBIAN_KUBERNETES" \
            "$package" gitMajor=1 "$package" "gitMinor=${minor%.*}" "$package" gitTreeState=archive
    done
}
