"""A day, and a journal that grows as far as a test needs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pytest

from alliances.models import Attendance, JournalEntry, Participant
from tests.alliances.conftest import House

TODAY = dt.date(2026, 11, 21)


def ago(days: int) -> dt.date:
    return TODAY - dt.timedelta(days=days)


def make_entry(house: House, kind: str = "meeting", on: dt.date = TODAY, **fields: object):
    """An entry past the services, with what its kind has to have."""
    needed = {
        "milestone": {"due_on": on},
        "marker": {"level": "expect"},
    }.get(kind, {})
    return JournalEntry.objects.create(
        alliance=house.alliance, kind=kind, on=on, **{"title": kind, **needed, **fields}
    )


def make_meeting(
    house: House, on: dt.date, presences: Sequence[str], title: str = "Meeting"
) -> JournalEntry:
    """A meeting with one more organisation for each of `presences`."""
    entry = make_entry(house, on=on, title=title)
    for place, presence in enumerate(presences):
        participant, _made = Participant.objects.get_or_create(
            alliance=house.alliance, name=f"Organisation {place}", defaults={"status": "accepted"}
        )
        Attendance.objects.create(entry=entry, participant=participant, presence=presence)
    return entry


@pytest.fixture
def today() -> dt.date:
    return TODAY
