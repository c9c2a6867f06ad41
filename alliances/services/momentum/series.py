"""The months behind the signs, as rows of figures: a table reads them, and a picture."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from alliances.services.attendance import MeetingAttendance
from alliances.services.momentum.facts import Deadline, Facts, Measure, Read
from alliances.services.momentum.sentence import month_ends
from alliances.services.momentum.signs import DAY

MONTHS = 12
MEETINGS = 12
MEASURES = 6


@dataclass(frozen=True)
class OfMonth:
    """What was due in one month, by `first`, its first day: in time, later, or not at all."""

    first: dt.date
    in_time: int
    late: int
    missing: int

    @property
    def due(self) -> int:
        return self.in_time + self.late + self.missing


@dataclass(frozen=True)
class Cumulated:
    """All that was due by the end of a month, and what of it had arrived."""

    first: dt.date
    due: Decimal
    arrived: Decimal


@dataclass(frozen=True)
class Moves:
    """How many offered to come or help in a month, and how many left."""

    first: dt.date
    offers: int
    departures: int


def months_up_to(on: dt.date) -> list[tuple[dt.date, dt.date]]:
    """Twelve months, the oldest first, each by its first day and its last; the last one ends `on`."""
    ends = [on, *month_ends(on, MONTHS - 1)]
    return [(end.replace(day=1), end) for end in reversed(ends)]


def latest_meetings(facts: Facts, on: dt.date) -> list[MeetingAttendance]:
    """The last twelve meetings, oldest first."""
    return [meeting for meeting in facts.meetings if meeting.on <= on][-MEETINGS:]


def deadlines_by_month(deadlines: Iterable[Deadline], on: dt.date) -> list[OfMonth]:
    """What was due in each month; what is due `on` counts from tomorrow, when the day is over."""
    counted = [one for one in deadlines if one.counts and one.due_on < on]
    rows = []
    for first, end in months_up_to(on):
        due = [one for one in counted if first <= one.due_on <= end]
        in_time = sum(one.in_time for one in due)
        late = sum(one.done_on is not None and one.done_on <= on and not one.in_time for one in due)
        rows.append(OfMonth(first, in_time, late, len(due) - in_time - late))
    return rows


def resources_by_month(facts: Facts, on: dt.date, *, in_days: bool) -> list[Cumulated]:
    """What was due by the end of each month and what of it had arrived, in money or in days."""
    promises = [promise for promise in facts.promises if promise.in_days == in_days]
    return [
        Cumulated(
            first,
            sum((promise.due(end) for promise in promises), Decimal(0)),
            sum((promise.due_arrived(end) for promise in promises), Decimal(0)),
        )
        for first, end in months_up_to(on)
    ]


def moves_by_month(facts: Facts, on: dt.date) -> list[Moves]:
    """Offers and departures of each month."""
    return [
        Moves(
            first,
            sum(first <= day <= end for day in facts.offers),
            sum(first <= day <= end for day in facts.departures),
        )
        for first, end in months_up_to(on)
    ]


def markers_seen(facts: Facts, on: dt.date, level: str) -> list[bool]:
    """Whether each progress marker of `level` has been seen, those that were first."""
    return sorted(
        (
            marker.seen_on is not None and marker.seen_on <= on
            for marker in facts.markers
            if marker.level == level
        ),
        reverse=True,
    )


def measures_shown(facts: Facts, on: dt.date) -> list[tuple[Measure, list[Read]]]:
    """Means metrics with two readings or more in the last twelve months, the first six of them."""
    start = months_up_to(on)[0][0] - DAY
    shown = [
        (measure, [read for read in measure.reads if start < read.on <= on])
        for measure in facts.measures
    ]
    return [(measure, reads) for measure, reads in shown if len(reads) > 1][:MEASURES]
