#!/bin/bash
# Writes down what others may call of each library of src/, in its PublicAPI.Unshipped.txt: what is new is added, what is gone is taken out. `git diff` then shows the change.
#   eng/public-api.sh [PROJECT…]    (names such as CkiSdk.Pki; default: all that have such files)
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. eng/environment.sh
log=$(mktemp)
trap 'rm -f "$log"' EXIT
[ $# -gt 0 ] || set -- $(for file in src/*/PublicAPI.Unshipped.txt; do basename "$(dirname "$file")"; done)
for project; do
  file=src/$project/PublicAPI.Unshipped.txt
  for code in RS0016 RS0017; do
    dotnet build "src/$project" -c Release -v q -nologo --no-incremental -p:TreatWarningsAsErrors=false -p:RunAnalyzers=true -p:BuildProjectReferences=false >"$log" || { cat "$log"; exit 1; }
    found=$(sed -nE "s/.*warning $code: Symbol '(.*)' is (not part of the declared|part of the declared).*/\1/p" "$log" | sort -u)
    if [ $code = RS0016 ]; then known=$(tail -n +2 "$file"); else known=$(tail -n +2 "$file" | grep -vxF -e "$found" || true); found=; fi
    { echo '#nullable enable'; printf '%s\n%s\n' "$known" "$found" | grep . | LC_ALL=C sort -u; } >"$log.new" || true
    mv "$log.new" "$file"
    [ $code = RS0017 ] || grep -q RS0017 "$log" || break
  done
  echo "$project: $(($(wc -l <"$file") - 1)) names"
done
