"""Who may what: contributions and costs, value expected, metrics."""

from __future__ import annotations

import datetime as dt
from typing import Any

from alliances.models import Contribution, Metric, Reading, Receipt, RunningCost
from tests.permissions.rows.row import A, Row, Seats, inside

ROWS: dict[str, Row] = {
    "contributions": inside("members", **A),
    # for one's own organisation; a convener says for whom
    "contribution_new": inside("members", "wrong, members", **A),
    "contribution": inside("members", pk="contribution"),
    "contribution_edit": inside("own", "wrong, own", pk="contribution"),
    "contribution_remove": inside("own", "does, own", pk="contribution_unkept"),
    # never by who pledged
    "receipt_new": inside("conveners", "wrong", pk="contribution"),
    "receipt_edit": inside("conveners", "wrong", pk="receipt"),
    "receipt_remove": inside("conveners", "does", pk="receipt"),
    "cost_new": inside("conveners", "wrong", **A),
    "cost_edit": inside("conveners", "wrong", pk="cost"),
    "cost_remove": inside("conveners", "does", pk="cost"),
    "values": inside("members", **A),
    "values_edit": inside(
        "own",
        # Sent empty it says that nothing is expected, but not what it began from: told, not stored.
        "L L 409 404 404 409 404 409 404 404",
        pk="participant",
    ),
    "metrics": inside("members", **A),
    "metric_new": inside("conveners", "wrong", **A),
    "metric": inside("members", pk="metric"),
    "metric_edit": inside("conveners", "wrong", pk="metric"),
    "metric_remove": inside("conveners", "does", pk="metric"),
    "reading_new": inside("conveners", "wrong", pk="metric"),
    "reading_edit": inside("conveners", "wrong", pk="reading"),
    "reading_remove": inside("conveners", "does", pk="reading"),
}


def make_objects(seats: Seats) -> dict[str, Any]:
    """What the rows name, by the name that they use. The pledges are Ash's."""
    day = dt.date(2026, 3, 2)
    pledges = [
        Contribution.objects.create(
            participant=seats.ash,
            kind="money",
            what=what,
            amount=100,
            pledged_on=day,
            changed_by=seats.users["member"],
        )
        for what in ("Boatsby", "Sandbags")
    ]
    receipt = Receipt.objects.create(
        contribution=pledges[0], on=day, amount=40, changed_by=seats.users["convener"]
    )
    cost = RunningCost.objects.create(
        alliance=seats.alliance, what="Roomscote", amount=10, begins_on=day, ends_on=day
    )
    metric = Metric.objects.create(
        alliance=seats.alliance, kind="means", name="Days to decide at Metricfold"
    )
    reading = Reading.objects.create(
        metric=metric, on=day, value=12, changed_by=seats.users["convener"]
    )
    return {
        "contribution": pledges[0].pk,
        "contribution_unkept": pledges[1].pk,
        "receipt": receipt.pk,
        "cost": cost.pk,
        "metric": metric.pk,
        "reading": reading.pk,
    }
