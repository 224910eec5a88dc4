#!/bin/bash
# Runs AFL++ on fuzz targets from the committed corpus and the inputs that they make themselves; exit 1 when it finds a crash or a hang.
#   eng/fuzz.sh TARGET SECONDS      (dotnet run --project fuzz/CkiSdk.Fuzz -- --list tells the targets)
#   eng/fuzz.sh all SECONDS         the targets one after the other, SECONDS in all
#   eng/fuzz.sh --minimise TARGET   finds the fewest inputs that reach all that the last run reached, and puts the shortest of them, 20,000 octets in all, into fuzz/corpus/TARGET
# The findings stay in artifacts/fuzz/TARGET/out.
set -euo pipefail
[ $# -eq 2 ] || { sed -n '2,6s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" >&2; exit 2; }
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. eng/environment.sh

. eng/packages.sh
need afl++ has_command afl-fuzz
install_missing || { echo "fuzz.sh: $missing_reason" >&2; exit 1; }
tools=$PWD/artifacts/tools bin=$PWD/artifacts/fuzz/bin
export AFL_SKIP_BIN_CHECK=1 AFL_SKIP_CPUFREQ=1 AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1 AFL_NO_UI=1 AFL_NO_AFFINITY=1 AFL_ALLOW_TMP=1 AFL_FORKSRV_INIT_TMOUT=600000 DOTNET_TieredPGO=0

# Instruments what is ours, once for all targets.
instrument() {
  [ -x "$tools/sharpfuzz" ] || dotnet tool install SharpFuzz.CommandLine --version 2.3.0 --tool-path "$tools"
  rm -rf "$bin"
  dotnet publish fuzz/CkiSdk.Fuzz -c Release -o "$bin" -v q -nologo
  # What is instrumented runs only under AFL++; the seeds are made before.
  local library target
  for target in $(dotnet "$bin/CkiSdk.Fuzz.dll" --list | tee "$bin/targets"); do dotnet "$bin/CkiSdk.Fuzz.dll" --seeds "$target" "$bin/seeds/$target"; done
  for library in "$bin"/CkiSdk.*.dll; do
    case "$library" in */CkiSdk.Fuzz.dll) ;; *) "$tools/sharpfuzz" "$library" ;; esac
  done
}

run() {
  local target=$1 seconds=$2 folder=$PWD/artifacts/fuzz/$1 finding
  rm -rf "$folder"
  mkdir -p "$folder/in"
  cp -r "fuzz/corpus/$target/." "$bin/seeds/$target/." "$folder/in"
  # An exception that escapes ends the program, and afl-fuzz with it; what it was is among the findings.
  afl-fuzz -V "$seconds" -m none -t 10000 -i "$folder/in" -o "$folder/out" -- dotnet "$bin/CkiSdk.Fuzz.dll" "$target" "$folder/in" >"$folder/afl.log" 2>&1 || {
    tail -20 "$folder/afl.log"
    echo "fuzz.sh: afl-fuzz failed; its words are above" >&2
    findings
    return 1
  }
  stats() { sed -nE "s/^$1 *: (.*)\$/\\1/p" "$folder/out/default/fuzzer_stats"; }
  echo "$target: $(stats execs_done) inputs ($(stats execs_per_sec)/s), $(stats edges_found) edges, $(stats saved_crashes) crashes, $(stats saved_hangs) hangs"
  findings
  [ "$(stats saved_crashes)" = 0 ] && [ "$(stats saved_hangs)" = 0 ]
}

# The names and octets of what was found, in the folder of run.
findings() {
  for finding in "$folder"/out/default/crashes/id* "$folder"/out/default/hangs/id*; do
    if [ -e "$finding" ]; then echo "  $finding: $(od -An -v -tx1 "$finding" | tr -d ' \n' | head -c 400)"; fi
  done
}

minimise() {
  local target=$1 queue=$PWD/artifacts/fuzz/$1/out/default/queue fewest=$PWD/artifacts/fuzz/$1/fewest room=20000 length file
  [ -d "$queue" ] || { echo "fuzz.sh: run eng/fuzz.sh $target SECONDS first" >&2; exit 2; }
  rm -rf "$fewest"
  afl-cmin -m none -t 10000 -i "$queue" -o "$fewest" -- "$(command -v dotnet)" "$bin/CkiSdk.Fuzz.dll" "$target" "$queue"
  rm -f "fuzz/corpus/$target"/afl-*
  find "$fewest" -type f -printf '%s %p\n' | sort -n | while read -r length file; do
    if [ $((room -= length)) -ge 0 ]; then cp "$file" "fuzz/corpus/$target/afl-$(sha256sum "$file" | head -c 12)"; fi
  done
}

if [ "$1" = --minimise ]; then minimise "$2"; exit; fi
instrument
names=$1 seconds=$2 failed=0
if [ "$names" = all ]; then
  names=$(<"$bin/targets")
  seconds=$((seconds / $(wc -w <<<"$names")))
fi
for name in $names; do
  [ -d "fuzz/corpus/$name" ] || { echo "fuzz.sh: there is no folder fuzz/corpus/$name" >&2; exit 2; }
done
for name in $names; do run "$name" "$seconds" || failed=1; done
exit $failed
