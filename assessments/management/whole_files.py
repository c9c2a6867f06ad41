"""Files that are written whole, or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from errno import EISDIR
from pathlib import Path


def write_whole(files: Mapping[Path, bytes]) -> None:
    """Write each content to its path: all of them beside their places first, then moved there.

    Their folders exist. Raises OSError; then no file is there in part, and what could not be written
    leaves what stood in its place.
    """
    for path in files:
        if path.is_dir():
            raise IsADirectoryError(EISDIR, os.strerror(EISDIR), str(path))
    beside: dict[Path, str] = {}
    try:
        for path, content in files.items():
            descriptor, name = tempfile.mkstemp(prefix=f".{path.name[:40]}-", dir=path.parent)
            beside[path] = name
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            os.chmod(name, 0o666 & ~_umask())
        for path, name in beside.items():
            os.replace(name, path)
    finally:
        for name in beside.values():
            Path(name).unlink(missing_ok=True)


def _umask() -> int:
    """The mask of permissions; it can be read by setting it alone."""
    umask = os.umask(0)
    os.umask(umask)
    return umask
