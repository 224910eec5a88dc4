#!/bin/bash
# Tests statistically whether operations with secrets take a time that tells something of them (dudect's way: two classes, Welch's t).
# It takes some minutes on a quiet machine, and is no part of CI: docs/constant-time.md has the results. Exit 1 when one shows more than it should.
#   eng/timing.sh [--count N] [FILTER…]
# --count N  N measurements of each operation; FILTER  operations whose name contains it, such as "control" or "P-256"
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. eng/environment.sh
exec dotnet run --project benchmarks/CkiSdk.Benchmarks -c Release -- --timing "$@"
