#!/bin/bash
# Runs everything that shows whether this checkout is sound, and ends with the line "N passed, N failed, N skipped".
#
#   eng/test.sh         what CI runs: build, format, all tests, a short fuzz run of each target, benchmarks once, corpora
#   eng/test.sh long    the same with full counts (CKI_LONG=1), 10,000 idle connections and an hour of AFL++
#
# Works from any directory. Needs the .NET 10 SDK and bash; other packages are installed with apt when that is permitted.
#   CI=true              locked restore; a skipped test is a failure
#   CKI_CORPORA=FOLDER   also compares verdicts with the corpora in FOLDER (eng/corpora.sh)
#   CKI_FUZZ_SECONDS=N   seconds of fuzzing, shared by the targets (default 120; long also 3600 of AFL++)
#   CKI_TEST_TIMEOUT=N   seconds after which the test run is ended (default 1800, long 14400)
#   CKI_SOAK_MINUTES=N   minutes of the soak (default 0.2, long 30)
set -uo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root" || exit 1

passed=0 failed=0 skipped=0 started=$SECONDS
logs=$(mktemp -d)
trap 'rm -rf "$logs"' EXIT

say() { printf '\n== %s\n' "$*"; }
check() { if [ "$1" -eq 0 ]; then passed=$((passed + 1)); else failed=$((failed + 1)); fi; }
plain() { sed 's/\x1b\[[0-9;?]*[a-zA-Z]//g' "$1"; }

# What failed, once more at the end, where it is found: the first lines of each failed test, and each failed step.
repeat_failures() {
  [ "$failed" -gt 0 ] || return 0
  say "failed"
  if [ -s "$logs/tests" ]; then plain "$logs/tests" | awk '/^failed /{left=12; tests++} /^[^ ]/&&!/^failed /{left=0} left-->0&&tests<=20'; fi
  if [ -s "$logs/steps" ]; then cat "$logs/steps"; fi
}

finish() {
  local code=0
  if [ "$failed" -gt 0 ]; then code=1; fi
  if [ "$passed" -eq 0 ]; then code=1; fi
  if [ "${CI:-}" = true ] && [ "$skipped" -gt 0 ]; then
    echo "test.sh: $skipped skipped; in CI nothing may be skipped, so this run counts as failed"
    code=1
  fi
  repeat_failures
  printf '\n== done in %d s\n' $((SECONDS - started))
  echo "$passed passed, $failed failed, $skipped skipped"
  exit "$code"
}

# Says what is wrong in words, counts it as one failure and ends the run.
give_up() { echo "test.sh: $*"; failed=$((failed + 1)); finish; }

# step TITLE COMMAND…: runs the command as one check and shows its wall clock.
step() {
  local title=$1 begin=$SECONDS code
  shift
  say "$title"
  "$@"
  code=$?
  echo "-- $title: $([ $code -eq 0 ] && echo ok || echo "FAILED (exit $code)"), $((SECONDS - begin)) s"
  [ $code -eq 0 ] || echo "step: $title (exit $code)" >>"$logs/steps"
  return $code
}

case "${1:-}" in
  "") ;;
  long) export CKI_LONG=1 ;;
  *) sed -n '2,13s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"; exit 2 ;;
esac
if [ "${CKI_LONG:-}" = 1 ]; then long=1; else long=0; fi

. eng/environment.sh
. eng/packages.sh
say "packages"
need openssl has_command openssl
need erlang-base has_command escript
need erlang-asn1 has_asn1ct
need ca-certificates test -s /etc/ssl/certs/ca-certificates.crt
need softhsm2 has_command softhsm2-util
need opensc has_command pkcs11-tool
need tcl has_command tclsh
need tcllib has_tcllib
need postgresql-15 test -x /usr/lib/postgresql/15/bin/postgres
need exim4-daemon-light test -x /usr/sbin/exim4
need dovecot-core test -x /usr/sbin/dovecot
need dovecot-imapd test -x /usr/lib/dovecot/imap
need dovecot-pop3d test -x /usr/lib/dovecot/pop3
need dovecot-lmtpd test -x /usr/lib/dovecot/lmtp
need chromium has_command chromium
need libssl3 has_library libcrypto.so.3
need systemd has_command systemd-analyze
need vsftpd test -x /usr/sbin/vsftpd
if [ $long = 1 ] && [ -d fuzz ]; then need afl++ has_command afl-fuzz; fi
install_missing || give_up "$missing_reason"

command -v dotnet >/dev/null || give_up "the .NET 10 SDK is missing: the command 'dotnet' was not found (https://dotnet.microsoft.com/download)"
sdk=$(dotnet --version 2>&1) || give_up "the .NET 10 SDK that global.json asks for is missing: $sdk"
echo "packages: all there; .NET SDK $sdk"

build() { dotnet restore CkiSdk.sln -v q && dotnet build CkiSdk.sln -c Release --no-restore -warnaserror -v q -nologo; }
step "build" build || give_up "the build failed"
check 0

# The variable makes it look at what was built; there is no option for that.
format() { Configuration=Release dotnet format CkiSdk.sln --verify-no-changes --no-restore -v q; }
step "format" format
check $?

tests() { timeout -k 10 "${CKI_TEST_TIMEOUT:-$([ $long = 1 ] && echo 14400 || echo 1800)}" \
  dotnet test --solution CkiSdk.sln -c Release --no-build --no-progress 2>&1 | tee "$logs/tests"; }
step "tests" tests
code=$?
count() { plain "$logs/tests" | grep -E "^ +$1: [0-9]+\$" | tail -1 | grep -oE '[0-9]+' || echo 0; }
tests_failed=$(($(count failed) + $(count error)))   # error: programs that crashed or held no test
if [ $code -ne 0 ] && [ "$tests_failed" -eq 0 ]; then
  echo "test.sh: the test run itself failed (exit $code) without naming a failed test"
  tests_failed=1
fi
passed=$((passed + $(count succeeded))) failed=$((failed + tests_failed)) skipped=$((skipped + $(count skipped)))

# The first command of README.md, word for word; what it makes goes away with the logs.
demo() { local command; command=$(grep -m1 '^dotnet run --project src/CkiSdk.Cli' README.md) && TMPDIR="$logs" bash -c "$command"; }
step "demo as README.md has it" demo
check $?

step "packages in a folder elsewhere" eng/try-packages.sh --no-build
check $?

if [ $long = 1 ]; then
  step "the newcomer's path" eng/newcomer.sh
  check $?
  # The tests that run cki as a process of its own, with the one of machine code; of it all that is resident counts (SealingMemoryTests).
  native() { eng/native.sh "$logs/native" && CKI_NATIVE="$logs/native/cki" timeout -k 10 3600 dotnet run --project tests/CkiSdk.Cli.Tests -c Release --no-build; }
  step "cki as machine code" native
  check $?
fi

if [ -d fuzz/CkiSdk.Fuzz ]; then
  fuzz() { dotnet run --project fuzz/CkiSdk.Fuzz -c Release --no-build -- "$@"; }
  targets=$(fuzz --list)
  for target in $targets; do
    step "fuzz $target" fuzz --smoke $(((${CKI_FUZZ_SECONDS:-120} + $(wc -w <<<"$targets") - 1) / $(wc -w <<<"$targets"))) "$target"
    check $?
  done
  if [ $long = 1 ]; then
    step "fuzz with AFL++" eng/fuzz.sh all "${CKI_FUZZ_SECONDS:-3600}"
    check $?
  fi
fi

if [ -d benchmarks/CkiSdk.Benchmarks ]; then
  step "benchmarks (each once)" eng/bench.sh --smoke
  check $?
  if [ $long = 1 ]; then
    # Memory, which other programs do not change: exit code 1 above 512 MB.
    step "10,000 idle bound connections" dotnet run --project benchmarks/CkiSdk.Benchmarks -c Release --no-build -- --load 0 10000
    check $?
  fi
fi

if [ -n "${CKI_CORPORA:-}" ] && [ -d tests/CkiSdk.Corpora ]; then
  corpora() { eng/corpora.sh "$CKI_CORPORA" 2>&1 | tee "$logs/corpora"; }
  step "corpora" corpora
  code=$?
  verdicts() { plain "$logs/corpora" | tail -1 | sed -nE "s/^([0-9]+) agreed, ([0-9]+) disagreed\$/\\$1/p"; }
  agreed=$(verdicts 1) disagreed=$(verdicts 2)
  if [ -z "$agreed" ] || { [ $code -ne 0 ] && [ "$disagreed" -eq 0 ]; }; then agreed=${agreed:-0} disagreed=1; fi
  passed=$((passed + agreed)) failed=$((failed + disagreed))
fi

finish
