"""Who may what: the charter, its signing, and the purpose check."""

from __future__ import annotations

from typing import Any

from tests.permission_rows.row import A, Row, Seats, inside

ROWS: dict[str, Row] = {
    "charter": inside("members", **A),
}


def make_objects(seats: Seats) -> dict[str, Any]:
    """What the rows name, by the name that they use."""
    return {}
