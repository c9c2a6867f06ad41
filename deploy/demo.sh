#!/usr/bin/env bash
# Loads the demonstration and serves it on this machine alone, until Ctrl-C. Needs `setup.sh base`.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. deploy/system.sh

python=.venv/bin/python
port=${PORT:-8000}

is_free() {
  "$python" - "$1" <<'PYTHON'
import socket, sys
with socket.socket() as probe:
    probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        probe.bind(("127.0.0.1", int(sys.argv[1])))
    except OSError:
        sys.exit(1)
PYTHON
}

[[ $port =~ ^[1-9][0-9]{0,4}$ && $port -le 65535 ]] || fail "PORT: write a number from 1 to 65535."
is_free "$port" || fail "Port $port of this machine is taken, perhaps by a demonstration that still runs.
Stop that one, or choose another port: PORT=$([ "$port" = 8001 ] && echo 8002 || echo 8001) make demo"

"$python" manage.py migrate --verbosity 0
"$python" manage.py load_banks
logins=$("$python" manage.py load_demo --url "http://127.0.0.1:$port")

say "" "$logins" "" "Ctrl-C stops it; the data stays. Starting now."
exec "$python" -m gunicorn config.wsgi --config deploy/gunicorn.conf.py \
  --bind "127.0.0.1:$port" --log-level warning
