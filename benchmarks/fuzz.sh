#!/bin/sh
# Fuzzes one target with Jazzer, against the model in its test.
#
#   benchmarks/fuzz.sh TARGET SECONDS
#
#   path       the grammar of paths
#   plan       the parser and editor of task plans
#   claude     the resolver of CLAUDE.md
#   eventlog   what a session log makes of damaged files
#   grams      the trigrams that grep asks its index for
#   stdio      what a client sends over the standard streams
#   http       what a client sends on a connection
#
# Logs seed, executions and coverage to benchmarks/target/fuzz-TARGET.log and prints them in one
# line. On a finding it exits 1 and says where the input is that shows it: add it to the target's
# inputs in the module's src/test/resources, where every build replays it.
set -eu
cd "$(dirname "$0")/.."

usage() {
  sed -n '2,/^[^#]/s/^# \{0,1\}//p' benchmarks/fuzz.sh
  exit "$1"
}

module=memory-files
case ${1-} in
path) class=PathFuzzTest package=memory ;;
plan) class=PlanFuzzTest package=plan ;;
claude) class=ClaudeFuzzTest package=claude ;;
eventlog) class=EventLogFuzzTest package=session ;;
grams) class=GramFilterFuzzTest package=search/gram module=indexer ;;
stdio) class=StdioFuzzTest package=server/transport module=mcp-server ;;
http) class=HttpFuzzTest package=server/transport module=mcp-server ;;
-h | --help) usage 0 ;;
*) usage 2 >&2 ;;
esac
case ${2-} in
'' | *[!0-9]*) usage 2 >&2 ;;
esac

target=$1
log=benchmarks/target/fuzz-$target.log
mkdir -p benchmarks/target
status=0
JAZZER_FUZZ=1 ./mvnw -B -ntp -pl "$module" -am test -Dtest="$class" \
  -Dsurefire.failIfNoSpecifiedTests=false -Dspotless.check.skip \
  "-Dfuzz.options=-Djazzer.internal.arg.0=fuzz -Djazzer.internal.arg.1=-max_total_time=$2 -Djazzer.internal.arg.2=-timeout=20" \
  >"$log" 2>&1 || status=$?

seed=$(sed -n 's/.*Seed: \([0-9]*\).*/\1/p' "$log" | tail -1)
last=$(grep -aE '^#[0-9]+.*cov:' "$log" | tail -1 | tr -s '\t ' ' ')
if [ -z "$seed" ] || [ -z "$last" ]; then
  echo "fuzz $target: did not begin, perhaps as a known input fails; see $log" >&2
  exit 1
fi
echo "fuzz $target: seed $seed, $last"
if [ "$status" -ne 0 ]; then
  inputs=$module/src/test/resources/dev/homeport/$package/${class}Inputs/$target
  echo "fuzz $target: FOUND something; the input is the newest file in $inputs, the report in $log" >&2
  grep -aE -m 5 -A 3 '^(Caused by: |[a-z.]+[A-Z][A-Za-z.]*(Exception|Error))' "$log" | cut -c1-300 >&2
  echo "fuzz $target: the input in base64: $(base64 -w 0 "$inputs/$(ls -t "$inputs" | head -1)")" >&2
  exit 1
fi
