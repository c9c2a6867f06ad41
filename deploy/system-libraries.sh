#!/usr/bin/env bash
# Looks for the system libraries that draw the PDF, by loading them, and installs what is missing
# where it may. Needs .venv.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. deploy/system.sh

found() {
  .venv/bin/python -W ignore -c '
from weasyprint.text import ffi
raise SystemExit(ffi.harfbuzz_subset is None)
' >/dev/null 2>&1
}

found && exit 0
# The list is several words on purpose.
# shellcheck disable=SC2086
if may_install && install_packages $pdf_debian && found; then
  exit 0
fi
fail "The PDF reports need the libraries Pango and HarfBuzz, and this machine lacks them. Install them:
  Debian, Ubuntu:  sudo apt-get install $pdf_debian
  Fedora:          sudo dnf install $pdf_fedora
  macOS:           brew install pango
Then run this again."
