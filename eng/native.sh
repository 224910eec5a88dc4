#!/bin/bash
# Makes `cki` a program of machine code for Linux on x64, which needs no .NET where it runs (docs/operations.md): FOLDER/cki, and SQLite beside it.
#   eng/native.sh FOLDER    (made where it is missing; takes some minutes; exit 1 also where the compiler warns of more than is known)
set -euo pipefail
[ $# -eq 1 ] && [ "${1#-}" = "$1" ] || { sed -n '2,3s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" >&2; exit 2; }
mkdir -p "$1"
folder=$(cd "$1" && pwd)
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. eng/environment.sh
. eng/packages.sh
has_compiler() { has_command clang || has_command gcc; }
has_start_files() { compgen -G "/usr/lib/*/crt1.o" >/dev/null; }
need gcc has_compiler
need libc6-dev has_start_files
install_missing >/dev/null || { echo "native.sh: $missing_reason" >&2; exit 1; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
dotnet publish src/CkiSdk.Cli -c Release -p:CkiNative=linux-x64 -o "$work/out" -v m -nologo >"$work/log" 2>&1 || { cat "$work/log" >&2; exit 1; }
# Pkcs11Interop reads and writes its structures by reflection; Native.rd.xml names them all, which the compiler does not take into account.
if grep -E 'warning IL[0-9]+' "$work/log" | grep -vF 'IL3050: Net.Pkcs11Interop.Common.Unmanaged' >"$work/warnings"; then
  cat "$work/warnings" >&2
  exit 1
fi

install -m 755 "$work/out/cki" "$work/out/libe_sqlite3.so" "$folder"
echo "$("$folder/cki" --version) in $folder"
