"""Facts of an alliance as momentum reads them, by days before the tests' today."""

from __future__ import annotations

from decimal import Decimal

from alliances.services.attendance import MeetingAttendance
from alliances.services.momentum.facts import Arrival, Deadline, Measure, Promise, Read
from tests.alliances.journal.conftest import ago


def met(days: int, person: int, stand_in: int = 0, absent: int = 0) -> MeetingAttendance:
    return MeetingAttendance(days, ago(days), f"Meeting {days}", person, stand_in, absent)


def pledged(
    amount: int, due: int | None, *arrived: tuple[int, int], in_days: bool = False, made: int = 300
) -> Promise:
    return Promise(
        Decimal(amount),
        ago(made),
        None if due is None else ago(due),
        tuple(Arrival(ago(days), Decimal(sum_)) for days, sum_ in arrived),
        in_days,
    )


def due(days: int, done: int | None = None, dropped: int | None = None) -> Deadline:
    return Deadline(
        ago(days),
        None if done is None else ago(done),
        None if dropped is None else ago(dropped),
    )


def measured(
    *reads: tuple[int, str], higher: bool = True, target: str | None = None, name: str = "Pace"
) -> Measure:
    return Measure(
        name,
        "days",
        higher,
        None if target is None else Decimal(target),
        tuple(Read(ago(days), Decimal(value)) for days, value in reads),
    )
