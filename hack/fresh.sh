#!/usr/bin/env bash
# A newcomer's first five minutes as a test: a bare Debian, an empty home, a clone, and the commands of the README.
set -euo pipefail
# shellcheck source=lib/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"
# shellcheck source=lib/debian.sh
source "$ROOT/hack/lib/debian.sh"

MINUTES=90
SILENCE_ALLOWED=15

usage() {
    cat <<TEXT
Makes the root file system of a bare Debian, lays the .NET SDK of this machine into it, clones the committed state of this repository,
and runs the README's commands there. Needs root; everything that runs or is mounted ends with it.

    hack/fresh.sh [OPTION]...

--run COMMANDS    what to run, in this order; default "make demo CHECK=1,make test"; separated by commas
--suite SUITE     the release of Debian; default bookworm
--lists           leaves apt its package lists; without it they are empty, as in most container images
--no-openssl      takes the openssl program away
--root            runs as root, who may install what is missing; default is an ordinary user without sudo, who is told what to install
--own-binaries    runs the commands once more with that Debian's own etcd and kubectl beside the same API server
--keep            leaves the file system there, and says where
--log FILE        the whole output; default artifacts/fresh/SUITE.log

Prints of each command: its exit code, its seconds, and the longest time without a line of output, which is to be at most $SILENCE_ALLOWED s.
Exit code 0: every command ended well (or, for an ordinary user who was told which packages to install, did so after that).
TEXT
}

parse_options() {
    RUN='make demo CHECK=1,make test' SUITE=bookworm LISTS='' OPENSSL=1 AS=dev OWN='' KEEP='' LOG=''
    while (($# > 0)); do
        case $1 in
            --help | -h) usage && exit 0 ;;
            --run | --suite | --log) (($# > 1)) || die "$1 needs a value." ;;&
            --run) RUN=$2 && shift ;;
            --suite) SUITE=$2 && shift ;;
            --log) LOG=$2 && shift ;;
            --lists) LISTS=1 ;;
            --no-openssl) OPENSSL='' ;;
            --root) AS=root ;;
            --own-binaries) OWN=1 ;;
            --keep) KEEP=1 ;;
            *) die "unknown option '$1'; see --help." ;;
        esac
        shift
    done
    LOG=$(realpath -m "${LOG:-$ROOT/artifacts/fresh/$SUITE.log}")
}

# within COMMAND...: in the new root, as root, with nothing of this machine's environment but its way out.
within() {
    env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 HOME=/root DEBIAN_FRONTEND=noninteractive "${WAY_OUT[@]}" chroot "$FRESH" "$@"
}

# way_out: what a machine behind a proxy has to be told, whoever uses it.
way_out() {
    local name
    WAY_OUT=()
    for name in http_proxy https_proxy no_proxy HTTP_PROXY HTTPS_PROXY NO_PROXY NUGET_CERT_REVOCATION_MODE; do
        [[ -z ${!name:-} ]] || WAY_OUT+=("$name=${!name}")
    done
}

make_root() {
    local mirror
    mirror=$(debian_mirror) || die "the package sources of this machine name no archive of Debian."
    debootstrap --variant=minbase --include=ca-certificates,git,make,curl "$SUITE" "$FRESH" "$mirror"
    cp /etc/resolv.conf /etc/hosts "$FRESH/etc/"
    find /usr/local/share/ca-certificates -name '*.crt' -exec cp {} "$FRESH/usr/local/share/ca-certificates/" \;
    within update-ca-certificates
    within apt-get update
    # What Microsoft lists as the dependencies of .NET on Debian.
    within apt-get install -y --no-install-recommends libc6 libgcc-s1 '^libicu[0-9]+$' libssl3 libstdc++6 tzdata zlib1g
    within useradd --create-home --shell /bin/bash dev
}

lay_sdk_and_clone() {
    local sdk
    sdk=$(dirname "$(readlink -f "$(command -v dotnet)")")
    mkdir -p "$FRESH/usr/share/dotnet"
    mount --bind "$sdk" "$FRESH/usr/share/dotnet"
    ln -s /usr/share/dotnet/dotnet "$FRESH/usr/bin/dotnet"
    mount --rbind /dev "$FRESH/dev"
    mount -t proc proc "$FRESH/proc"
    git clone --quiet --bare "$ROOT" "$FRESH/srv/project.git"
    # git refuses what belongs to somebody else.
    chown -R --reference="$FRESH$(home_of_newcomer)" "$FRESH/srv/project.git"
}

strip() {
    [[ -n $OPENSSL ]] || within dpkg --force-depends --remove openssl
    [[ -n $LISTS ]] || rm -rf "$FRESH"/var/lib/apt/lists/*
}

home_of_newcomer() { [[ $AS == dev ]] && printf /home/dev || printf /root; }

# newcomer COMMAND: as the newcomer, at the top of the clone.
newcomer() {
    timeout "${MINUTES}m" env -i PATH=/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin LANG=C.UTF-8 HOME="$(home_of_newcomer)" USER="$AS" "${WAY_OUT[@]}" \
        chroot --userspec="$AS" "$FRESH" bash -c "cd ~ && { [ -d project ] || git clone --quiet /srv/project.git project; } && cd project && $1" 2>&1
}

# listen: passes lines on, and writes down the longest time in between and the line before it.
listen() {
    local line last before='(the start)' longest=0 where='' gap
    last=$(now_ms)
    while IFS= read -r line || [[ -n $line ]]; do
        gap=$(($(now_ms) - last))
        ((gap <= longest)) || { longest=$gap where=$before; }
        last=$(now_ms) before=$line
        printf '%s\n' "$line"
    done
    gap=$(($(now_ms) - last))
    ((gap <= longest)) || { longest=$gap where=$before; }
    printf '%s %s\n' "$longest" "$where" >"$WORK/silence"
}

# attempt COMMAND: runs it; sets STATUS and prints the row of the table.
attempt() {
    local started seconds silence where status=0
    started=$(now_ms)
    printf '\n$ %s\n' "$1"
    { newcomer "$1" || status=$?; printf '%s' "$status" >"$WORK/status"; } | listen | tee "$WORK/output"
    STATUS=$(cat "$WORK/status") seconds=$(seconds_since "$started")
    read -r silence where <"$WORK/silence"
    ROWS+=("$(printf 'exit code %-3s %8s s   longest silence %3s.%s s, after "%.60s"   %s' \
        "$STATUS" "$seconds" $((silence / 1000)) $((silence % 1000 / 100)) "$where" "$1")")
    ((silence <= SILENCE_ALLOWED * 1000)) || SILENT=1
}

# told: the packages that an ordinary user was told to install.
told() { sed -n 's/.*Install the packages: //p' "$WORK/output" | tail -n 1; }

run_all() {
    local command commands packages
    IFS=, read -r -a commands <<<"$RUN"
    for command in "${commands[@]}"; do
        attempt "$1$command"
        packages=$(told)
        if ((STATUS != 0)) && [[ -n $packages ]]; then
            printf '\nThe newcomer was told to install: %s\n' "$packages"
            within apt-get update -q
            # shellcheck disable=SC2086 # several packages
            within apt-get install -q -y --no-install-recommends $packages
            strip_lists_again
            attempt "$1$command"
        fi
        ((STATUS == 0)) || FAILED=1
    done
}

strip_lists_again() { [[ -n $LISTS ]] || rm -rf "$FRESH"/var/lib/apt/lists/*; }

# own_binaries: prints the assignment that has the commands use that Debian's etcd and kubectl beside the API server made before.
own_binaries() {
    local home
    home=$(home_of_newcomer)
    within apt-get update -q
    within apt-get install -q -y --no-install-recommends etcd-server kubernetes-client
    within bash -c "mkdir -p $home/assets && cd $home/assets && ln -sf $home/.cache/idp-operator/control-plane/bin/kube-{apiserver,controller-manager} /usr/bin/etcd /usr/bin/kubectl . && etcd --version && kubectl version --client"
}

inside() {
    local FAILED='' SILENT='' STATUS ROWS=()
    FRESH=$WORK/root
    way_out
    progress "making the root of a bare Debian ($SUITE)" "$WORK/log" make_root
    lay_sdk_and_clone
    strip >>"$WORK/log" 2>&1
    run_all ''
    if [[ -n $OWN ]]; then
        own_binaries
        run_all "KUBEBUILDER_ASSETS=\$HOME/assets "
    fi
    printf '\nDebian %s, %s, %s package lists, %s openssl:\n' "$SUITE" "$([[ $AS == dev ]] && echo 'an ordinary user' || echo root)" \
        "$([[ -n $LISTS ]] && echo with || echo without)" "$([[ -n $OPENSSL ]] && echo with || echo without)"
    printf '%s\n' "${ROWS[@]}"
    [[ -z $SILENT ]] || { say "error: a step was silent for more than $SILENCE_ALLOWED seconds." && return 1; }
    [[ -z $FAILED ]]
}

# forget: the processes and mounts are those of the namespaces and end with them; what was mounted must not be deleted.
forget() {
    local mounted
    end_progress
    kill -KILL -1 2>/dev/null || true
    for mounted in dev proc usr/share/dotnet; do umount --recursive --lazy "$WORK/root/$mounted" 2>/dev/null || true; done
    if [[ -n $KEEP ]] || grep -qF " $WORK/" /proc/self/mountinfo; then
        say "The file system is in $WORK/root."
    else
        rm -rf --one-file-system "$WORK"
    fi
}

main() {
    parse_options "$@"
    if [[ -z ${FRESH_INSIDE:-} ]]; then
        ((EUID == 0)) || die "this needs root, for chroot and mount: sudo hack/fresh.sh"
        "$ROOT/hack/prerequisites.sh" dotnet git debootstrap unshare
        mkdir -p "$(dirname "$LOG")"
        # Its own mounts and processes: whatever happens, nothing stays mounted and nothing goes on running.
        FRESH_INSIDE=1 unshare --mount --pid --fork --kill-child --propagation private "$0" "$@" 2>&1 | tee "$LOG"
        return
    fi
    mount -t proc proc /proc
    WORK=$(mktemp -d "${TMPDIR:-/tmp}/idp-fresh.XXXXXX")
    chmod 755 "$WORK"
    trap forget EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM HUP
    inside
}

main "$@"
