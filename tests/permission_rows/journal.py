"""Who may what: the journal, actions, and momentum."""

from __future__ import annotations

from typing import Any

from tests.permission_rows.row import Row, Seats

ROWS: dict[str, Row] = {}


def make_objects(seats: Seats) -> dict[str, Any]:
    """What the rows name, by the name that they use."""
    return {}
