"""Who came to the meetings, and whether fewer come than before (VA: a train loses speed in its
meetings first)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alliances.models import Alliance, Attendance, JournalEntry
from alliances.services.figures import alone_in_words

# How many meetings are held against as many before them, and how many where there are fewer.
STRETCH = 3
SHORT_STRETCH = 2


@dataclass(frozen=True)
class MeetingAttendance:
    """How many organisations were asked to one meeting, and how they answered by their feet.

    `person` came in person, `stand_in` sent somebody else, `absent` stayed away. An organisation
    that was not asked is in none of them.
    """

    entry_id: int
    on: dt.date
    title: str
    person: int
    stand_in: int
    absent: int

    @property
    def asked(self) -> int:
        return self.person + self.stand_in + self.absent

    @property
    def came(self) -> int:
        return self.person + self.stand_in


@dataclass(frozen=True)
class Trend:
    """The share (0 to 1) of those asked who came, in person or by a stand-in: in the latest meetings
    (`now`) and in as many before them (`before`)."""

    before: Fraction
    now: Fraction


def came_in_words(*, came: int, asked: int, stand_ins: int) -> str:
    """Such as "five of eight came, two by stand-ins"."""
    values = {
        "came": alone_in_words(came),
        "asked": alone_in_words(asked),
        "number": alone_in_words(stand_ins),
    }
    if not stand_ins:
        return _("%(came)s of %(asked)s came") % values
    return (
        ngettext(
            "%(came)s of %(asked)s came, %(number)s by a stand-in",
            "%(came)s of %(asked)s came, %(number)s by stand-ins",
            stand_ins,
        )
        % values
    )


def attendance_by_meeting(*, alliance: Alliance, on: dt.date) -> list[MeetingAttendance]:
    """The meetings up to the day `on` that have any attendance recorded, oldest first. One query."""
    meetings = (
        JournalEntry.objects.filter(
            alliance=alliance,
            kind=JournalEntry.Kind.MEETING,
            on__lte=on,
            attendances__isnull=False,
        )
        .annotate(
            person=Count("attendances", filter=Q(attendances__presence=Attendance.Presence.PERSON)),
            stand_in=Count(
                "attendances", filter=Q(attendances__presence=Attendance.Presence.STAND_IN)
            ),
            absent=Count("attendances", filter=Q(attendances__presence=Attendance.Presence.ABSENT)),
        )
        .order_by("on", "pk")
        .values_list("pk", "on", "title", "person", "stand_in", "absent")
    )
    return [MeetingAttendance(*meeting) for meeting in meetings]


def attendance_trend(meetings: Sequence[MeetingAttendance]) -> Trend | None:
    """The last three of `meetings` (oldest first) against the three before them.

    With four or five meetings it is two against two; None below four. Meetings are taken together:
    all who came, of all who were asked.
    """
    stretch = STRETCH if len(meetings) >= 2 * STRETCH else SHORT_STRETCH
    if len(meetings) < 2 * stretch:
        return None
    now, before = meetings[-stretch:], meetings[-2 * stretch : -stretch]
    return Trend(before=share_that_came(before), now=share_that_came(now))


def share_that_came(meetings: Sequence[MeetingAttendance]) -> Fraction:
    """Those who came, of those who were asked; 0 where nobody was asked."""
    asked = sum(meeting.asked for meeting in meetings)
    came = sum(meeting.came for meeting in meetings)
    return Fraction(came, asked) if asked else Fraction(0)
