#!/bin/bash
# Walks the newcomer's path as it is written: the first command of README.md and every block of docs/getting-started.md, word for word, in a fresh clone,
# with an empty home directory, by a user who is not root where the machine lets one be made. Nothing is left behind.
#   eng/newcomer.sh    (exit 1 and the failed command where one fails)
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
mkdir "$place/home"
git clone -q "$root" "$place/home/CkiSdk"

{
  echo 'set -euo pipefail; cd CkiSdk'
  grep -m1 '^dotnet run --project src/CkiSdk.Cli' "$root/README.md"
  awk '/^```$/ { inside = !inside; next } /^```/ { inside = !inside; skip = inside; next } inside && !skip; !inside { skip = 0 }' "$root/docs/getting-started.md"
  echo 'grep -q "the train leaves at noon" received.txt'
} >"$place/home/path.sh"

as=()
if [ "$(id -u)" = 0 ]; then
  chown -R nobody: "$place"
  as=(setpriv --reuid=nobody --regid="$(id -g nobody)" --clear-groups)
fi
chmod 755 "$place"
cd "$place/home"
"${as[@]}" env -i HOME="$place/home" PATH="$PATH" TMPDIR="$place/home" LANG=C.UTF-8 DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 ${NUGET_CONFIG:+NUGET_CONFIG="$NUGET_CONFIG"} \
  bash -x path.sh 2>"$place/trace" || {
  echo "newcomer.sh: this failed:" >&2
  tail -20 "$place/trace" >&2
  exit 1
}
echo "newcomer.sh: every step went as it is written"
