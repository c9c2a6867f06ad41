"""What momentum is read from: the alliance's records as plain values."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from alliances.services.attendance import MeetingAttendance


@dataclass(frozen=True)
class Deadline:
    """Something due by a day (a milestone, an action), and the day it was done, None for not yet.

    What was dropped by the day it was due is left out of everything.
    """

    due_on: dt.date
    done_on: dt.date | None
    dropped_on: dt.date | None = None

    @property
    def counts(self) -> bool:
        return self.dropped_on is None or self.dropped_on > self.due_on

    @property
    def in_time(self) -> bool:
        return self.done_on is not None and self.done_on <= self.due_on


@dataclass(frozen=True)
class Arrival:
    """An amount that arrived on a day."""

    on: dt.date
    amount: Decimal


@dataclass(frozen=True)
class Promise:
    """A contribution that was pledged: `amount` in the alliance's currency, or in days of people's
    time where `in_days`. Without a day it is due from the pledge on, and never late."""

    amount: Decimal
    pledged_on: dt.date
    due_on: dt.date | None = None
    arrivals: tuple[Arrival, ...] = ()
    in_days: bool = False

    def due(self, on: dt.date) -> Decimal:
        """What of it is due at the end of the day `on`; a dated one from the day after its day."""
        is_due = self.pledged_on <= on if self.due_on is None else self.due_on < on
        return self.amount if is_due else Decimal(0)

    def arrived(self, on: dt.date) -> Decimal:
        """What of it had arrived by the end of the day `on`; it may be more than was pledged."""
        return sum((one.amount for one in self.arrivals if one.on <= on), Decimal(0))

    def due_arrived(self, on: dt.date) -> Decimal:
        """What of it was due by then and had arrived: too much of one makes up for no other."""
        return min(self.due(on), self.arrived(on))

    def late(self, on: dt.date) -> Decimal:
        """What is due by a day that is over, and has not arrived."""
        if self.due_on is None:
            return Decimal(0)
        return max(self.due(on) - self.arrived(on), Decimal(0))


@dataclass(frozen=True)
class Read:
    """What a measure read on a day."""

    on: dt.date
    value: Decimal


@dataclass(frozen=True)
class Measure:
    """A measure of how people work together (means, HW), its readings oldest first."""

    name: str
    unit: str
    higher_is_better: bool
    target: Decimal | None
    reads: tuple[Read, ...]

    def last(self, since: dt.date, until: dt.date) -> Read | None:
        """The last reading after the day `since`, up to the day `until`."""
        within = [read for read in self.reads if since < read.on <= until]
        return within[-1] if within else None

    def reaches(self, value: Decimal) -> bool:
        """Whether `value` is at the target or beyond it; never without a target."""
        if self.target is None:
            return False
        return value >= self.target if self.higher_is_better else value <= self.target


@dataclass(frozen=True)
class Marker:
    """A progress marker: how much is hoped of it (expect, like, love), and when it was seen."""

    level: str
    seen_on: dt.date | None


@dataclass(frozen=True)
class Facts:
    """All of it, for one alliance. `meetings` oldest first; `offers` and `departures` are days."""

    currency: str = "EUR"
    meetings: tuple[MeetingAttendance, ...] = ()
    promises: tuple[Promise, ...] = ()
    milestones: tuple[Deadline, ...] = ()
    actions: tuple[Deadline, ...] = ()
    offers: tuple[dt.date, ...] = ()
    departures: tuple[dt.date, ...] = ()
    measures: tuple[Measure, ...] = ()
    markers: tuple[Marker, ...] = ()
