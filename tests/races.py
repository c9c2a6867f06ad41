"""Tasks in threads that start together, each with a connection of its own to the database."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from django.db import connection

from alliances.errors import Refused
from alliances.services.records import Overtaken

Task = Callable[[], Any]


def _together(tasks: tuple[Task, ...], told: Callable[[Task], Any]) -> list[Any]:
    """What `told` makes of each task; None where it broke or did not end within a minute."""
    found: list[Any] = [None] * len(tasks)
    gate = threading.Barrier(len(tasks))

    def run(place: int, task: Task) -> None:
        try:
            gate.wait()
            found[place] = told(task)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(tasks)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return found


def at_once(*tasks: Task) -> list[str | None]:
    """What came of each task: "done", "overtaken" or "refused"; None where it broke."""

    def told(task: Task) -> str:
        try:
            task()
        except Overtaken:
            return "overtaken"
        except Refused:
            return "refused"
        return "done"

    return _together(tasks, told)


def asked_at_once(*requests: Task) -> list[int | None]:
    """The status of the answer to each request; None where it broke."""
    return _together(requests, lambda request: request().status_code)
