#!/usr/bin/env bash
# setup.sh base|test: makes .venv and installs what the application (base) or its tests (test) need.
# A second run finds all of it in place and takes a second.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. deploy/system.sh

kind=${1:-base}
python=.venv/bin/python

find_python() {
  local candidate
  for candidate in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11}; do
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      command -v "$candidate"
      return
    fi
  done
  return 1
}

make_venv() {
  local found package
  found=$(find_python) || fail "Northbound needs Python 3.11 or later, and finds none. Install it:
  Debian, Ubuntu:  sudo apt-get install python3
  Fedora:          sudo dnf install python3
  macOS:           brew install python3
Then run this again, or name it: PYTHON=/path/to/python3 make setup"
  if ! "$found" -c 'import ensurepip, venv' 2>/dev/null; then
    # Debian keeps the part of Python that makes virtual environments in a package of its own.
    package=$("$found" -c 'import sys; print("python3.%d-venv" % sys.version_info[1])')
    { may_install && install_packages "$package"; } || fail "Python cannot make virtual environments here. Install that part of it, and what draws the PDF:
  Debian, Ubuntu:  sudo apt-get install $package $pdf_debian
  Fedora:          sudo dnf install python3 $pdf_fedora
  macOS:           brew install python3 pango
Then run this again."
  fi
  say "Making .venv with $("$found" --version)"
  "$found" -m venv --clear .venv
}

# What is in place is known by the digest of the lock file and the version of Python.
stamp_of() {
  "$python" - "$1" <<'PYTHON'
import hashlib, pathlib, sys
print(sys.version_info[:2], hashlib.sha256(pathlib.Path(sys.argv[1]).read_bytes()).hexdigest())
PYTHON
}

is_stamped() {
  [ -f ".venv/installed-$1" ] && [ "$(cat ".venv/installed-$1")" = "$(stamp_of "requirements/$1.txt")" ]
}

if ! "$python" -m pip --version >/dev/null 2>&1; then make_venv; fi

if ! is_stamped "$kind"; then
  say "Installing the packages of requirements/$kind.txt"
  # The lock names every package with its hashes, so nothing is left to resolve or to build.
  "$python" -m pip install --quiet --disable-pip-version-check --no-input --no-deps \
    --only-binary :all: --require-hashes --requirement "requirements/$kind.txt"
  stamp_of "requirements/$kind.txt" >".venv/installed-$kind"
  # The test lock holds all of the base lock in the same versions.
  if [ "$kind" = test ]; then stamp_of requirements/base.txt >.venv/installed-base; fi
fi

bash deploy/system-libraries.sh
