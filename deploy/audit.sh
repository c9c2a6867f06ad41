#!/usr/bin/env bash
# Asks whether a locked package is known to be unsafe: pip-audit over requirements/base.txt, which is what
# a server installs, and over test.txt. Needs the network; what cannot be asked about fails. Arguments go
# to pip-audit: `--vulnerability-service osv` asks another list, `--ignore-vuln ID` leaves out a finding
# that docs/dependencies.md answers.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. deploy/system.sh

# pip-audit has packages of its own, which neither the application nor its tests should share.
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
.venv/bin/python -m venv "$folder"
"$folder/bin/python" -m pip install --quiet --disable-pip-version-check --no-input --no-deps \
  --only-binary :all: --require-hashes --requirement requirements/audit.txt

failed=0
for lock in base test; do
  say "== requirements/$lock.txt"
  # The lock names every package: nothing is left to resolve. `--strict`, because a package of which
  # nobody could say anything would otherwise pass.
  "$folder/bin/python" -m pip_audit --strict --disable-pip --require-hashes --progress-spinner off \
    --requirement "requirements/$lock.txt" "$@" || failed=1
done
exit "$failed"
