#!/bin/bash
# Compares our verdicts with those of real corpora and ends with the line "N agreed, M disagreed".
#   eng/corpora.sh FOLDER    (FOLDER as described in tests/CkiSdk.Corpora; exit 1 when anything disagrees)
set -euo pipefail
[ $# -eq 1 ] && [ -d "$1" ] || { echo "usage: eng/corpora.sh FOLDER" >&2; exit 2; }
CKI_CORPORA=$(cd "$1" && pwd)
export CKI_CORPORA
cd "$(dirname "${BASH_SOURCE[0]}")/.."
if [ ! -d tests/CkiSdk.Corpora ]; then
  echo "corpora.sh: this version has no corpora harness yet" >&2
  echo "0 agreed, 0 disagreed"
  exit 1
fi
. eng/environment.sh
exec dotnet run --project tests/CkiSdk.Corpora -c Release -- "$CKI_CORPORA"
