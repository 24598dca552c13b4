#!/usr/bin/env bash
# Fuzzes what reads logs, or what reads zips. It needs cargo-fuzz and a nightly compiler; ends with a line for each
# target, and with 1 where anything was found.
#
#   fuzz/run.sh [logs|zips] [SECONDS [FILE…]]   all targets of a kind for so long in all (logs, 3600), beginning with
#                                               these logs, or zips and folders of zips, too
#   SEED=2 fuzz/run.sh                          looks at other inputs; the same seed begins the same way
set -euo pipefail
cd "$(dirname "$0")"

kind=logs
if [[ ${1:-} = logs || ${1:-} = zips ]]; then
    kind=$1
    shift
fi
seconds=${1:-3600}
shift $(($# > 0))
seed=${SEED:-20261125}
# What writes the first inputs, and hundredths of the time for each target.
case $kind in
logs) writer=seeds targets=(triage:50 long:20 messages:10 linear:20) ;;
zips) writer=zip_seeds targets=(zip:100) ;;
esac
seeds=corpus/$writer
# A target that found something goes on with another seed, so often.
most=20
# The zip target writes a file each time: into memory, where there is such a folder.
scratch=${TMPDIR:-/tmp}
[ ! -d /dev/shm ] || scratch=/dev/shm

cargo +nightly fuzz build --sanitizer none >&2
programs=target/$(rustc +nightly -vV | sed -n 's/^host: //p')/release
rm -rf "$seeds"
"$programs/$writer" "$seeds" "$@" >&2

row='%-10s %8s %12s %10s %10s %9s\n'
rows=$(printf "$row" target seconds executions coverage corpus findings)
status=0
for target in "${targets[@]}"; do
    name=${target%:*}
    end=$((SECONDS + seconds * ${target#*:} / 100))
    begun=$SECONDS executions=0 coverage=0 findings=0
    rm -rf "corpus/$name"
    mkdir -p "corpus/$name" "artifacts/$name"
    while [ $SECONDS -lt $end ] && [ $findings -lt $most ]; do
        log=corpus/$name.log
        found=0
        TMPDIR=$scratch "$programs/$name" "corpus/$name" "$seeds" \
            -seed=$((seed + findings)) -max_total_time=$((end - SECONDS)) -dict="$seeds.dict" -max_len=4096 \
            -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 -artifact_prefix="artifacts/$name/" \
            >"$log" 2>&1 || found=1
        ran=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
        covered=$(grep -ao ' cov: [0-9]*' "$log" | tail -1 | tr -dc 0-9) || covered=0
        executions=$((executions + ${ran:-0}))
        coverage=$((covered > coverage ? covered : coverage))
        if [ $found = 1 ]; then
            findings=$((findings + 1)) status=1
            grep -aE -A4 'panicked at|ERROR: libFuzzer|Test unit written' "$log" >&2 || tail -5 "$log" >&2
        fi
    done
    inputs=$(find "corpus/$name" -type f | wc -l)
    rows+=$'\n'$(printf "$row" "$name" $((SECONDS - begun)) "$executions" "$coverage" "$inputs" "$findings")
done
echo "$rows"
if [ $kind = zips ]; then
    # Every input that showed something new, and every one that was found, held against go itself.
    for folder in "$seeds" corpus/zip artifacts/zip; do
        "$programs/by_go" "$folder" || status=1
    done
fi
exit "$status"
