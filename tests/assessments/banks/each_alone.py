"""Files read one by one, each in a process of its own, whose time on the processor and memory are told."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
SECONDS = 2
MEGABYTES = 200

# One process, with Django's settings and nothing else of Django, that becomes two for each file.
# What the second needed is what the operating system says of it when it ends: seconds on the processor,
# which other work on the machine does not lengthen; and memory, which begins with the some 30 MB that
# Python, Django and the services take.
_BEFORE = """
import json, os, sys
from pathlib import Path
from django.conf import settings

settings.configure(USE_I18N=False)
from alliances.errors import Refused
"""
_AFTER = """
def told(path):
    try:
        return f"{len(read(path).dimensions)} dimensions"
    except Refused as refusal:
        return f"Refused: {refusal}"

bytes_a_unit = 1 if sys.platform == "darwin" else 1024
for name in json.load(sys.stdin):
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        os.write(writer, told(Path(name)).encode()[:10_000])
        os._exit(0)
    os.close(writer)
    _child, status, usage = os.wait4(child, 0)
    seconds = usage.ru_utime + usage.ru_stime
    with os.fdopen(reader, "rb") as answer:
        text = answer.read().decode()
    megabytes = usage.ru_maxrss * bytes_a_unit / 1024 / 1024
    print(json.dumps([status, seconds, megabytes, text]), flush=True)
"""


def read_each(program: str, paths: list[Path]) -> list[Any]:
    """For each file its process's status, seconds, megabytes, and what was read or refused.

    `program` is Python that defines `read(path)`, which gives a bank's document.
    """
    done = subprocess.run(
        [sys.executable, "-c", _BEFORE + program + _AFTER],
        input=json.dumps([str(path) for path in paths]),
        capture_output=True,
        cwd=ROOT,
        text=True,
        timeout=300,
        check=True,
    )
    return [json.loads(line) for line in done.stdout.splitlines()]
