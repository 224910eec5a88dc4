# Sourced by the scripts of eng/: finds out which Debian packages are missing and installs them when that is permitted.
#   need PACKAGE CHECK…   remembers PACKAGE as missing unless the command CHECK… succeeds
#   install_missing       installs them; otherwise returns 1 with the reason in missing_reason

missing_packages=()
missing_reason=

has_command() { command -v "$1" >/dev/null; }

has_library() {
  PATH=$PATH:/sbin:/usr/sbin ldconfig -p 2>/dev/null | grep -q "$1" && return
  compgen -G "/usr/lib/*/$1" >/dev/null || compgen -G "/lib/*/$1" >/dev/null
}

has_asn1ct() { compgen -G "/usr/lib/erlang/lib/asn1-*/ebin/asn1ct.beam" >/dev/null; }

has_tcllib() { has_command tclsh && compgen -G "/usr/share/tcltk/tcllib*/pki/pkgIndex.tcl" >/dev/null; }

need() {
  local package=$1
  shift
  "$@" || missing_packages+=("$package")
}

install_missing() {
  [ ${#missing_packages[@]} -gt 0 ] || return 0
  local names="${missing_packages[*]}" as_root=() policy=/usr/sbin/policy-rc.d own_policy=0 code
  if ! has_command apt-get; then
    missing_reason="missing: $names (names of Debian 12; this machine has no apt-get, install them by its own means)"
    return 1
  fi
  if [ "$(id -u)" -ne 0 ]; then
    if ! { has_command sudo && sudo -n true 2>/dev/null; }; then
      missing_reason="missing: $names. They cannot be installed from here (not root, no passwordless sudo). Run: apt-get install $names"
      return 1
    fi
    as_root=(sudo -n)
  fi
  echo "installing $names"
  # No daemon may start just because its package was installed for a test.
  if [ ! -e "$policy" ]; then
    printf '#!/bin/sh\nexit 101\n' | "${as_root[@]}" tee "$policy" >/dev/null && "${as_root[@]}" chmod 755 "$policy" && own_policy=1
  fi
  apt_install "${missing_packages[@]}" || { "${as_root[@]}" apt-get update -q && apt_install "${missing_packages[@]}"; }
  code=$?
  if [ $own_policy = 1 ]; then "${as_root[@]}" rm -f "$policy"; fi
  [ $code -eq 0 ] || { missing_reason="missing: $names. apt-get could not install them (its words are above)"; return 1; }
}

apt_install() { "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@"; }
