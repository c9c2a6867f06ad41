#!/usr/bin/env bash
# Runs every check that the project has, each under its name, all of them whatever fails, and ends
# with the list of those that failed. Needs `setup.sh test`.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit
. deploy/system.sh

python=.venv/bin/python
pytest=("$python" -m pytest -n 2 --dist worksteal)
failed=()
postgresql=${DATABASE_URL:-}
unset DATABASE_URL

# Nothing of this run touches the data of a demonstration in the same folder, or follows the
# settings of this shell.
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export DATA_DIR=$scratch/data
unset ALLOWED_HOSTS DEBUG DEFAULT_FROM_EMAIL EMAIL_URL HTTPS SECRET_KEY SECRET_KEY_FALLBACKS TIME_ZONE TRUSTED_PROXIES
unset OPERATOR_CONTACT OPERATOR_NAME RETENTION_ANSWERS_DAYS RETENTION_COMMENTS_DAYS RETENTION_INVITATIONS_DAYS
production=(env ALLOWED_HOSTS=northbound.example.org DEBUG=0 HTTPS=1
  EMAIL_URL=smtp+tls://mail.example.org OPERATOR_NAME=Example OPERATOR_CONTACT=privacy@example.org
  SECRET_KEY="$("$python" -c 'import secrets; print(secrets.token_urlsafe(50))')")

# check NAME COMMAND…
check() {
  local name=$1 began=$SECONDS
  shift
  say "" "== $name"
  if "$@" </dev/null; then
    say "   $name: good, $((SECONDS - began)) s"
  else
    say "   $name: FAILED, $((SECONDS - began)) s"
    failed+=("$name")
  fi
}

tests_on_postgresql() {
  local tests=("${pytest[@]}" -m "database and not browser")
  if [ -n "$postgresql" ]; then
    DATABASE_URL=$postgresql "${tests[@]}"
  else
    "$python" tests/postgresql.py "${tests[@]}"
  fi
}

check "a browser for the tests" bash deploy/browser.sh
check "formatting" "$python" -m ruff format --check .
check "lint" "$python" -m ruff check .
check "types" "$python" -m mypy config alliances assessments
check "import rules" "$python" -c "from importlinter.cli import lint_imports_command as run; run()" --no-logo
check "migrations in step" "$python" manage.py makemigrations --check --dry-run
check "settings of the demonstration" "$python" manage.py check
check "settings of production" "${production[@]}" "$python" manage.py check --deploy --fail-level WARNING
check "static files of production" "${production[@]}" "$python" manage.py collectstatic --no-input --verbosity 0
check "tests on PostgreSQL" tests_on_postgresql
check "tests on SQLite, browser tests among them" "${pytest[@]}" --durations 5

say ""
if [ ${#failed[@]} -eq 0 ]; then
  say "All checks are good after $SECONDS s."
else
  say "Failed after $SECONDS s: $(printf '%s; ' "${failed[@]}" | sed 's/; $//')"
  exit 1
fi
