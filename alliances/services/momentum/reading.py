"""Momentum out of the database, in seven queries however much is on record."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from decimal import Decimal
from typing import NamedTuple

from alliances.models import (
    Action,
    Alliance,
    Contribution,
    JournalEntry,
    Metric,
    Reading,
    Receipt,
)
from alliances.services.attendance import attendance_by_meeting
from alliances.services.momentum.facts import (
    Arrival,
    Deadline,
    Facts,
    Marker,
    Measure,
    Promise,
    Read,
)
from alliances.services.momentum.sentence import Momentum, momentum_of
from alliances.services.overview import AT_THE_TABLE

Kind = JournalEntry.Kind


class Entry(NamedTuple):
    """The days of a journal entry, and how much is hoped of it."""

    on: dt.date
    due_on: dt.date | None
    done_on: dt.date | None
    level: str


def read_momentum(*, alliance: Alliance, on: dt.date) -> Momentum:
    """Which way the alliance's train goes on the day `on`, and the facts that say so."""
    return momentum_of(read_facts(alliance=alliance, on=on), on)


def read_facts(*, alliance: Alliance, on: dt.date) -> Facts:
    """What is on record up to the day `on`."""
    entries: dict[str, list[Entry]] = defaultdict(list)
    for kind, day, due_on, done_on, level in (
        JournalEntry.objects.filter(
            alliance=alliance,
            kind__in=[Kind.MILESTONE, Kind.MARKER, Kind.OFFER, Kind.DEPARTURE],
            on__lte=on,
        )
        .order_by("on", "pk")
        .values_list("kind", "on", "due_on", "done_on", "level")
    ):
        entries[kind].append(Entry(day, due_on, done_on, level))
    return Facts(
        currency=alliance.currency,
        meetings=tuple(attendance_by_meeting(alliance=alliance, on=on)),
        promises=_promises(alliance),
        milestones=tuple(
            Deadline(entry.due_on, entry.done_on)
            for entry in entries[Kind.MILESTONE]
            if entry.due_on is not None
        ),
        actions=tuple(
            Deadline(due_on, done_on, dropped_on)
            for due_on, done_on, dropped_on in Action.objects.filter(alliance=alliance).values_list(
                "due_on", "done_on", "dropped_on"
            )
        ),
        offers=tuple(entry.on for entry in entries[Kind.OFFER]),
        departures=tuple(entry.on for entry in entries[Kind.DEPARTURE]),
        measures=_measures(alliance),
        markers=tuple(Marker(entry.level, entry.done_on) for entry in entries[Kind.MARKER]),
    )


def _promises(alliance: Alliance) -> tuple[Promise, ...]:
    """What was pledged by those at the table, and when it arrived; influence is not counted."""
    arrivals: dict[int, list[Arrival]] = defaultdict(list)
    for contribution, day, amount in (
        Receipt.objects.filter(contribution__participant__alliance=alliance, amount__isnull=False)
        .order_by("on", "pk")
        .values_list("contribution", "on", "amount")
    ):
        arrivals[contribution].append(Arrival(day, amount or Decimal(0)))
    return tuple(
        Promise(
            amount=amount or Decimal(0),
            pledged_on=pledged_on,
            due_on=due_on,
            arrivals=tuple(arrivals[pk]),
            in_days=kind == Contribution.Kind.TIME,
        )
        for pk, kind, amount, pledged_on, due_on in Contribution.objects.filter(
            participant__alliance=alliance,
            participant__status__in=AT_THE_TABLE,
            amount__isnull=False,
        )
        .order_by("pledged_on", "pk")
        .values_list("pk", "kind", "amount", "pledged_on", "due_on")
    )


def _measures(alliance: Alliance) -> tuple[Measure, ...]:
    """The means metrics with their readings: they lead, where ends only follow (HW)."""
    reads: dict[int, list[Read]] = defaultdict(list)
    for metric, day, value in (
        Reading.objects.filter(metric__alliance=alliance, metric__kind=Metric.Kind.MEANS)
        .order_by("on", "pk")
        .values_list("metric", "on", "value")
    ):
        reads[metric].append(Read(day, value))
    return tuple(
        Measure(
            name=metric.name,
            unit=metric.unit,
            higher_is_better=metric.better == Metric.Better.HIGHER,
            target=metric.target,
            reads=tuple(reads[metric.pk]),
        )
        for metric in Metric.objects.filter(alliance=alliance, kind=Metric.Kind.MEANS)
    )
