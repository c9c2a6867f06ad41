"""Who may what: all that an alliance has on record, on one page."""

from __future__ import annotations

from typing import Any

from tests.permissions.rows.row import A, Row, Seats, inside

ROWS: dict[str, Row] = {
    "records": inside("members", **A),
}


def make_objects(seats: Seats) -> dict[str, Any]:
    """What the rows name, by the name that they use."""
    return {}
