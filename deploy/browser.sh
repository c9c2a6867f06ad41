#!/usr/bin/env bash
# Looks for what the browser tests run on, Playwright's driver and a Chromium, by starting both, and
# installs them where it may. Needs `setup.sh test`.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. deploy/system.sh

driver_starts() {
  .venv/bin/python -m playwright --version >/dev/null 2>&1
}

chromium_starts() {
  local name own
  for name in chromium chromium-browser google-chrome google-chrome-stable; do
    if "$name" --version >/dev/null 2>&1; then return 0; fi
  done
  own=$(.venv/bin/python -c '
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    print(playwright.chromium.executable_path)
' 2>/dev/null) || return 1
  "$own" --version >/dev/null 2>&1
}

# Ubuntu's package of that name only points to its store, so there Playwright's own serves.
fetch_chromium() {
  if may_install && ! grep -qs '^ID=ubuntu' /etc/os-release; then
    install_packages chromium && return 0
  fi
  say "Fetching Playwright's Chromium"
  timeout 300 .venv/bin/python -m playwright install chromium >/dev/null 2>&1
}

driver_starts || { may_install && install_packages libatomic1 && driver_starts; } || fail "Playwright, which drives the browser in the tests, does not start. It needs a system library. Install it:
  Debian, Ubuntu:  sudo apt-get install libatomic1
  Fedora:          sudo dnf install libatomic
  macOS:           nothing is known to be missing there; see what .venv/bin/python -m playwright --version says
Then run this again."

chromium_starts || { fetch_chromium && chromium_starts; } || fail "The browser tests need Chromium, and this machine has none that starts. Install it:
  Debian:   sudo apt-get install chromium
  Ubuntu:   .venv/bin/python -m playwright install --with-deps chromium
  Fedora:   sudo dnf install chromium
  macOS:    .venv/bin/python -m playwright install chromium
Then run this again."
