"""Short ways to pledges, receipts and costs; they go past the services on purpose."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from alliances.models import (
    Alliance,
    Contribution,
    Metric,
    Participant,
    Reading,
    Receipt,
    RunningCost,
)

TODAY = dt.date(2026, 11, 20)


def day(text: str) -> dt.date:
    """ "2026-11-20" as a date."""
    return dt.date.fromisoformat(text)


def pledge(
    participant: Participant,
    amount: str | None,
    *,
    kind: str = "money",
    on: str = "2026-01-01",
    due: str | None = None,
    what: str = "Pumps",
    arrived: tuple[tuple[str, str | None], ...] = (),
) -> Contribution:
    """A pledge, with receipts as (day, amount)."""
    contribution = Contribution.objects.create(
        participant=participant,
        kind=kind,
        what=what,
        amount=None if amount is None else Decimal(amount),
        pledged_on=day(on),
        due_on=None if due is None else day(due),
    )
    for when, much in arrived:
        Receipt.objects.create(
            contribution=contribution,
            on=day(when),
            amount=None if much is None else Decimal(much),
        )
    return contribution


def cost(alliance: Alliance, amount: str, begins: str, ends: str) -> RunningCost:
    return RunningCost.objects.create(
        alliance=alliance,
        what="Secretary",
        amount=Decimal(amount),
        begins_on=day(begins),
        ends_on=day(ends),
    )


def metric(
    alliance: Alliance,
    *readings: tuple[str, str],
    kind: str = "means",
    better: str = "lower",
    target: str | None = None,
    name: str = "Days to decide",
    unit: str = "days",
    due: str | None = None,
) -> Metric:
    """A metric, with readings as (day, value)."""
    made = Metric.objects.create(
        alliance=alliance,
        kind=kind,
        name=name,
        unit=unit,
        better=better,
        target=None if target is None else Decimal(target),
        due_on=None if due is None else day(due),
    )
    for when, value in readings:
        Reading.objects.create(metric=made, on=day(when), value=Decimal(value))
    return made
