#!/bin/bash
# Shows that the packages work where this project's files are not: packs them, then in a folder elsewhere builds and runs a program with an ASN.1 module of its own,
# one with a client and a server of the CKI, and the tool.
#   eng/try-packages.sh [--no-build]    (exit 1 and what failed where one does not; with --no-build from what was built before)
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
. "$root/eng/environment.sh"
elsewhere=$(mktemp -d)
trap 'rm -rf "$elsewhere"' EXIT
feed=$elsewhere/feed
"$root/eng/pack.sh" "$feed" "$@"
version=$(basename "$feed"/CkiSdk.Asn1.Generator.*.nupkg .nupkg | sed 's/^CkiSdk\.Asn1\.Generator\.//')

# What others wrote comes from the folder of packages that this machine has anyway; ours is found in the feed alone.
export NUGET_PACKAGES=$elsewhere/packages
export RestoreFallbackFolders=${CKI_NUGET_PACKAGES:-$HOME/.nuget/packages}
cd "$elsewhere"
cat >nuget.config <<X
<configuration><packageSources><add key="feed" value="$feed" /></packageSources></configuration>
X

# project NAME PACKAGES… : a project with the programs of the sample NAME, and packages in the place of its references.
project() {
  local name=$1
  shift
  mkdir "$name"
  cp "$root/samples/$name"/*.cs "$name"
  {
    echo '<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><Nullable>enable</Nullable>'
    echo '<ImplicitUsings>enable</ImplicitUsings><InvariantGlobalization>true</InvariantGlobalization><TreatWarningsAsErrors>true</TreatWarningsAsErrors></PropertyGroup><ItemGroup>'
    printf '<PackageReference Include="%s" Version="'"$version"'" />\n' "$@"
    for module in "$root/samples/$name"/*.asn1; do
      [ -e "$module" ] || continue
      cp "$module" "$name"
      echo "<Asn1Module Include=\"$(basename "$module")\" />"
    done
    echo '</ItemGroup></Project>'
  } >"$name/$name.csproj"
}

# runs NAME PATTERN: builds and runs a project, whose output must have a line like PATTERN.
runs() {
  dotnet build "$1" -c Release -v q -nologo >log 2>&1 || { echo "FAILED $1: it does not build"; cat log; exit 1; }
  dotnet run --project "$1" -c Release --no-build >log 2>&1 || { echo "FAILED $1: exit $?"; cat log; exit 1; }
  grep -qE "$2" log || { echo "FAILED $1: no line like $2"; cat log; exit 1; }
  echo "ok $1"
}

project OwnModule CkiSdk.Asn1.Generator
runs OwnModule .
project ImportingModule CkiSdk.Asn1.Generator CkiSdk.Asn1.Modules
runs ImportingModule '^True$'

# An edit reaches the program, and a mistake is told with its place.
sed -i 's/ships  SEQUENCE/port UTF8String OPTIONAL,\n  ships  SEQUENCE/' ImportingModule/Fleet.asn1
sed -i 's/new Fleet { Owner = owner,/new Fleet { Owner = owner, Port = "Deptford",/' ImportingModule/Program.cs
runs ImportingModule '^True$'
sed -i 's/UTF8String OPTIONAL,/UTF9String OPTIONAL,/' ImportingModule/Fleet.asn1
if dotnet build ImportingModule -c Release -v q -nologo >log 2>&1 || ! grep -q 'Fleet\.asn1([0-9]*,[0-9]*): error CKI' log; then
  echo "FAILED ImportingModule: the mistake in Fleet.asn1 is not told"
  cat log
  exit 1
fi
echo "ok a mistake in a module"

project ClientAndServer CkiSdk CkiSdk.Transports CkiSdk.Transports.Kestrel CkiSdk.Storage.Sqlite
runs ClientAndServer 'octets sealed'

dotnet tool install cki --version "$version" --tool-path tool >log 2>&1 || { echo "FAILED cki: it cannot be installed"; cat log; exit 1; }
tool/cki asn1 check ImportingModule/Fleet.asn1 >log 2>&1 && { echo "FAILED cki: the mistake is not told"; exit 1; }
tool/cki demo --folder demo >log 2>&1 || { echo "FAILED cki demo: exit $?"; cat log; exit 1; }
echo "ok cki as a tool"
