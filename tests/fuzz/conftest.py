"""Tells at the end of a run what came of it."""

from __future__ import annotations

from typing import Any

from tests.fuzz.outcomes import OUTCOMES


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Nothing where other processes did the work (xdist)."""
    if OUTCOMES.statuses:
        terminalreporter.section("whatever is sent")
        for line in OUTCOMES.lines():
            terminalreporter.write_line(line)
