#!/bin/bash
# Runs AFL++ on one fuzz target for some seconds, from the committed corpus; exit 1 when it finds a crash or a hang.
#   eng/fuzz.sh TARGET SECONDS     (dotnet run --project fuzz/CkiSdk.Fuzz -- --list tells the targets)
# The findings stay in artifacts/fuzz/TARGET/out.
set -euo pipefail
[ $# -eq 2 ] || { sed -n '2,4s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" >&2; exit 2; }
cd "$(dirname "${BASH_SOURCE[0]}")/.."
target=$1 seconds=$2 folder=$PWD/artifacts/fuzz/$1
[ -d "fuzz/corpus/$target" ] || { echo "fuzz.sh: there is no folder fuzz/corpus/$target" >&2; exit 2; }
. eng/environment.sh

. eng/packages.sh
need afl++ has_command afl-fuzz
install_missing || { echo "fuzz.sh: $missing_reason" >&2; exit 1; }
tools=$PWD/artifacts/tools
[ -x "$tools/sharpfuzz" ] || dotnet tool install SharpFuzz.CommandLine --version 2.3.0 --tool-path "$tools"

rm -rf "$folder"
mkdir -p "$folder"
dotnet publish fuzz/CkiSdk.Fuzz -c Release -o "$folder/bin" -v q -nologo
for library in "$folder"/bin/CkiSdk.*.dll; do
  case "$library" in */CkiSdk.Fuzz.dll) ;; *) "$tools/sharpfuzz" "$library" ;; esac
done

export AFL_SKIP_BIN_CHECK=1 AFL_SKIP_CPUFREQ=1 AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1 AFL_NO_UI=1 AFL_NO_AFFINITY=1 DOTNET_TieredPGO=0
afl-fuzz -V "$seconds" -m none -t 10000 -i "fuzz/corpus/$target" -o "$folder/out" -- dotnet "$folder/bin/CkiSdk.Fuzz.dll" "$target" >"$folder/afl.log" 2>&1 || {
  tail -20 "$folder/afl.log"
  echo "fuzz.sh: afl-fuzz failed; its words are above" >&2
  exit 1
}
stats() { sed -nE "s/^$1 *: (.*)\$/\\1/p" "$folder/out/default/fuzzer_stats"; }
echo "$target: $(stats execs_done) inputs ($(stats execs_per_sec)/s), $(stats edges_found) edges, $(stats saved_crashes) crashes, $(stats saved_hangs) hangs"
for finding in "$folder"/out/default/crashes/id* "$folder"/out/default/hangs/id*; do
  if [ -e "$finding" ]; then echo "  $finding: $(od -An -v -tx1 "$finding" | tr -d ' \n' | head -c 400)"; fi
done
[ "$(stats saved_crashes)" = 0 ] && [ "$(stats saved_hangs)" = 0 ]
