# shellcheck shell=bash
# Debian's packages without touching the machine: where its mirror is, and an apt whose lists, cache and settings are a folder's own.
# Sourced after common.sh. Works for ordinary users, and where the machine's own package lists are empty: only the files are read
# that say where packages come from.

# apt_sources: what the machine's apt is told, in either format of its files, as lines "TYPE URI SUITE COMPONENT...".
apt_sources() {
    local list='' parts='' file
    eval "$(apt-config shell list Dir::Etc::sourcelist/f parts Dir::Etc::sourceparts/d)"
    for file in "$list" "${parts%/}"/*.list; do
        [[ ! -f $file ]] || one_line_sources "$file"
    done
    for file in "${parts%/}"/*.sources; do
        [[ ! -f $file ]] || deb822_sources "$file"
    done
}

# one_line_sources FILE: "deb [signed-by=/a/keyring] http://host/debian bookworm main".
one_line_sources() {
    sed -n -E 's/[[:space:]]*(#.*)?$//; s/^[[:space:]]*(deb|deb-src)[[:space:]]+(\[[^]]*\][[:space:]]*)?([^[:space:]]+.*)$/\1 \3/p' "$1"
}

# deb822_sources FILE: paragraphs of fields, of which a value may go on in lines that begin with a space.
deb822_sources() {
    awk '
        function flush(    t, u, s, type, uri, suite, i, j, k) {
            t = split(field["types"], type); u = split(field["uris"], uri); s = split(field["suites"], suite)
            if (tolower(field["enabled"]) !~ /^(no|false|0|off|disable)$/)
                for (i = 1; i <= t; i++) for (j = 1; j <= u; j++) for (k = 1; k <= s; k++)
                    print type[i], uri[j], suite[k], field["components"]
            split("", field); name = ""
        }
        { sub(/[ \t\r]+$/, "") }
        /^#/ { next }
        /^$/ { flush(); next }
        /^[ \t]/ { sub(/^[ \t]+/, ""); field[name] = field[name] " " $0; next }
        {
            name = tolower($0); sub(/:.*/, "", name)
            sub(/^[^:]*:[ \t]*/, ""); field[name] = $0
        }
        END { flush() }
    ' "$1"
}

# debian_mirror: the root of the archive from which this machine takes Debian; fails where it takes nothing from one. Archives of
# others name their suites as Debian does at times; a folder that is called debian is the better sign, so it comes first.
debian_mirror() {
    local found
    found=$(apt_sources | awk '
        $3 ~ /^(bullseye|bookworm|trixie|forky|duke|sid|(old)*stable|testing|unstable)$/ && $2 !~ /^cdrom:/ && / main( |$)/ {
            sub(/\/+$/, "", $2)
            if ($2 ~ /\/debian(\/|$)/) { if (best == "") best = $2 } else if (other == "") other = $2
        }
        END { print (best != "" ? best : other) }
    ')
    [[ -n $found ]] && printf '%s' "$found"
}

# debian_keyring: the keys that Debian signs its lists with; fails where the machine has none (package debian-archive-keyring).
debian_keyring() {
    local keyring
    for keyring in /usr/share/keyrings/debian-archive-keyring.{gpg,pgp} /etc/apt/trusted.gpg.d/debian-archive-keyring.gpg; do
        [[ ! -r $keyring ]] || { printf '%s' "$keyring" && return; }
    done
    return 1
}

# debian_apt_init DIR SUITE [TYPE...]: makes DIR the state of an apt of its own, which knows that suite and nothing of what is
# installed here. TYPE is deb (default) or deb-src. Fails where there is no apt or no keyring.
debian_apt_init() {
    local dir=$1 suite=$2 keyring mirror type
    shift 2
    command -v apt-get >/dev/null || return 1
    keyring=$(debian_keyring) || return 1
    mirror=$(debian_mirror) || return 1
    mkdir -p "$dir"/{lists,cache/archives}/partial
    : >"$dir/status"
    for type in "${@:-deb}"; do
        printf '%s [signed-by=%s] %s %s main\n' "$type" "$keyring" "$mirror" "$suite"
    done >"$dir/sources.list"
}

# debian_apt DIR ARGUMENTS...: apt-get on that state. The machine's own apt.conf (a proxy, say) still holds; unsigned lists never do.
debian_apt() {
    local dir=$1
    shift
    apt-get --quiet=2 -o Dir::Etc::sourcelist="$dir/sources.list" -o Dir::Etc::sourceparts=/dev/null \
        -o Dir::Etc::preferences=/dev/null -o Dir::Etc::preferencesparts=/dev/null \
        -o Dir::State="$dir" -o Dir::State::lists="$dir/lists" -o Dir::State::status="$dir/status" -o Dir::Cache="$dir/cache" \
        -o APT::Sandbox::User=root -o APT::Update::Error-Mode=any -o APT::Default-Release= \
        -o Acquire::AllowInsecureRepositories=false -o APT::Get::AllowUnauthenticated=false \
        -o Acquire::Languages=none -o Acquire::Retries=3 -o Acquire::http::Timeout=20 -o Acquire::https::Timeout=20 "$@"
}
