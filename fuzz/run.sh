#!/usr/bin/env bash
# Fuzzes what reads logs. It needs cargo-fuzz and a nightly compiler; ends with a line for each target, and with
# 1 where anything was found.
#
#   fuzz/run.sh [SECONDS [LOG…]]     all targets for so long in all (3600), beginning with these logs too
#   SEED=2 fuzz/run.sh               looks at other inputs; the same seed begins the same way
set -euo pipefail
cd "$(dirname "$0")"

seconds=${1:-3600}
shift $(($# > 0))
seed=${SEED:-20261125}
# Hundredths of the time for each target.
targets=(triage:50 long:20 messages:10 linear:20)
# A target that found something goes on with another seed, so often.
most=20

cargo +nightly fuzz build --sanitizer none >&2
programs=target/$(rustc +nightly -vV | sed -n 's/^host: //p')/release
rm -rf corpus
"$programs/seeds" corpus/seeds "$@" >&2

row='%-10s %8s %12s %10s %10s %9s\n'
rows=$(printf "$row" target seconds executions coverage corpus findings)
status=0
for target in "${targets[@]}"; do
    name=${target%:*}
    end=$((SECONDS + seconds * ${target#*:} / 100))
    begun=$SECONDS executions=0 coverage=0 findings=0
    mkdir -p "corpus/$name" "artifacts/$name"
    while [ $SECONDS -lt $end ] && [ $findings -lt $most ]; do
        log=corpus/$name.log
        found=0
        "$programs/$name" "corpus/$name" corpus/seeds \
            -seed=$((seed + findings)) -max_total_time=$((end - SECONDS)) -dict=corpus/seeds.dict -max_len=4096 \
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
exit "$status"
