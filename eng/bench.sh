#!/bin/bash
# Runs the benchmarks, ours and the peers' in one process, and writes the figures.
#   eng/bench.sh [--json FILE] [--smoke] [FILTER…]
# --json FILE  the rows as JSON; --smoke  each row once, only to show that it runs; FILTER  rows whose name contains it
set -euo pipefail
here=$PWD
cd "$(dirname "${BASH_SOURCE[0]}")/.."
if [ ! -d benchmarks/CkiSdk.Benchmarks ]; then echo "bench.sh: this version has no benchmarks" >&2; exit 1; fi
. eng/environment.sh
# As deploy/cki-cma@.service and deploy/Containerfile have it.
export DOTNET_GCgen0size=2000000
arguments=()
while [ $# -gt 0 ]; do
  case "$1" in
    --json)
      [ $# -ge 2 ] || { echo "bench.sh: --json needs a file name" >&2; exit 2; }
      case "$2" in /*) file=$2 ;; *) file=$here/$2 ;; esac
      arguments+=(--json "$file"); shift ;;
    *) arguments+=("$1") ;;
  esac
  shift
done
exec dotnet run --project benchmarks/CkiSdk.Benchmarks -c Release -- "${arguments[@]+"${arguments[@]}"}"
