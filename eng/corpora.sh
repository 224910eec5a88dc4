#!/bin/bash
# Compares our verdicts with those of real corpora and ends with the line "N agreed, M disagreed".
#   eng/corpora.sh FOLDER [--set NAME]    (FOLDER as described in tests/CkiSdk.Corpora/README.md; exit 1 when anything disagrees)
set -euo pipefail
[ $# -ge 1 ] && [ -d "$1" ] || { echo "usage: eng/corpora.sh FOLDER [--set NAME]" >&2; exit 2; }
folder=$(cd "$1" && pwd)
shift
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. eng/environment.sh
exec dotnet run --project tests/CkiSdk.Corpora -c Release -- "$folder" "$@"
