# shellcheck shell=bash disable=SC2034
# Sourced by the other scripts: says things, and installs system packages where that is allowed.

say() { printf "%s\n" "$@"; }
fail() { printf '%s\n' "$*" >&2; exit 1; }

# What draws the PDF, by its names on Debian and on Fedora.
pdf_debian="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
pdf_fedora="pango harfbuzz"

# may_install: whether this user may install Debian packages without being asked for a password.
may_install() {
  command -v apt-get >/dev/null 2>&1 || return 1
  [ "$(id -u)" -eq 0 ] || { command -v sudo >/dev/null 2>&1 && sudo -n true >/dev/null 2>&1; }
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo -n "$@"; fi
}

# install_packages PACKAGE…: installs them with apt-get; the caller has asked may_install.
# The lists of packages are fetched only where the ones at hand do not serve.
install_packages() {
  local quiet=(env DEBIAN_FRONTEND=noninteractive apt-get -q -y --no-install-recommends install)
  local log
  say "Installing system packages: $*"
  log=$(mktemp)
  if as_root "${quiet[@]}" "$@" >"$log" 2>&1 </dev/null ||
    { as_root apt-get -q update >"$log" 2>&1 </dev/null &&
      as_root "${quiet[@]}" "$@" >>"$log" 2>&1 </dev/null; }; then
    rm -f "$log"
    return 0
  fi
  tail -n 15 "$log" >&2
  rm -f "$log"
  return 1
}
