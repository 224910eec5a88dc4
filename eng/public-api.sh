#!/bin/bash
# Writes down what others may call of each library of src/, in its PublicAPI.Unshipped.txt: what is new is added, what is gone is taken out. `git diff` then shows the change.
#   eng/public-api.sh [PROJECT…]    (names such as CkiSdk.Pki; default: all that have such files)
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. eng/environment.sh
log=$(mktemp)
trap 'rm -f "$log" "$log.names"' EXIT
[ $# -gt 0 ] || set -- $(for file in src/*/PublicAPI.Unshipped.txt; do basename "$(dirname "$file")"; done)

# symbols CODE: what the last build named with that warning.
symbols() { sed -nE "s/.*warning $1: Symbol '(.*)' is (not )?part of the declared .*/\1/p" "$log" | sort -u; }

for project; do
  file=src/$project/PublicAPI.Unshipped.txt
  dotnet build "src/$project" -c Release -v q -nologo --no-incremental -p:TreatWarningsAsErrors=false -p:RunAnalyzers=true -p:BuildProjectReferences=false >"$log" || { cat "$log"; exit 1; }
  { tail -n +2 "$file" | grep -vxF -e "$(symbols RS0017)" || true; symbols RS0016; } | LC_ALL=C sort -u >"$log.names"
  { echo '#nullable enable'; cat "$log.names"; } >"$file"
  echo "$project: $(wc -l <"$log.names") names"
done
