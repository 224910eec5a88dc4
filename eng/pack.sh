#!/bin/bash
# Packs everything that others use: NuGet packages with their symbols, `cki` as a dotnet tool, and for each what it contains (CycloneDX).
#   eng/pack.sh FOLDER [--no-build]    (FOLDER is made where it is missing; packages of the same version in it are replaced)
set -euo pipefail
[ $# -ge 1 ] && [ "${1#-}" = "$1" ] && { [ $# -eq 1 ] || [ "$2" = --no-build ]; } || { sed -n '2,3s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" >&2; exit 2; }
mkdir -p "$1"
folder=$(cd "$1" && pwd)
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. eng/environment.sh
cyclonedx=6.3.1

if [ "${2:-}" != --no-build ]; then
  dotnet restore CkiSdk.sln -v q
  dotnet build CkiSdk.sln -c Release --no-restore -warnaserror -v q -nologo
fi
dotnet pack CkiSdk.sln -c Release --no-build -o "$folder" -v q -nologo

tools=$(mktemp -d)
trap 'rm -rf "$tools"' EXIT
dotnet tool install CycloneDX --version $cyclonedx --tool-path "$tools" >/dev/null
for project in src/*/*.csproj; do
  name=$(basename "$project" .csproj)
  "$tools/dotnet-CycloneDX" "$project" --disable-package-restore -F json -o "$folder" -fn "$name.cdx.json" >"$tools/log" || { cat "$tools/log" >&2; exit 1; }
done
echo "$(ls "$folder"/*.nupkg | wc -l) packages and $(ls "$folder"/*.cdx.json | wc -l) bills of materials in $folder"
