"""Who came, and the trend of it."""

from __future__ import annotations

from fractions import Fraction

import pytest

from alliances.services.attendance import (
    MeetingAttendance,
    Trend,
    attendance_by_meeting,
    attendance_trend,
)
from tests.alliances.conftest import House
from tests.alliances.journal.conftest import TODAY, ago, make_entry, make_meeting


def test_meetings_with_attendance_oldest_first(house: House) -> None:
    late = make_meeting(house, ago(1), ["person", "stand-in", "absent", "person"], "Late")
    early = make_meeting(house, ago(40), ["stand-in"], "Early")
    make_meeting(house, ago(-1), ["person"], "Ahead")
    make_entry(house, on=ago(3), title="Nobody wrote down who came")
    make_entry(house, "milestone", on=ago(3))
    assert attendance_by_meeting(alliance=house.alliance, on=TODAY) == [
        MeetingAttendance(early.pk, ago(40), "Early", person=0, stand_in=1, absent=0),
        MeetingAttendance(late.pk, ago(1), "Late", person=2, stand_in=1, absent=1),
    ]
    assert attendance_by_meeting(alliance=house.other, on=TODAY) == []


def test_asked_and_came() -> None:
    meeting = MeetingAttendance(1, TODAY, "", person=4, stand_in=2, absent=3)
    assert (meeting.asked, meeting.came) == (9, 6)


def meetings(*counts: tuple[int, int, int]) -> list[MeetingAttendance]:
    return [MeetingAttendance(pk, ago(100 - pk), "", *count) for pk, count in enumerate(counts)]


EIGHT, FIVE = (8, 0, 0), (3, 2, 3)


@pytest.mark.parametrize(
    ("held", "trend"),
    [
        ([], None),
        ([EIGHT, EIGHT, FIVE], None),
        # two against two: 16 of 16, then 13 of 16
        ([EIGHT, EIGHT, EIGHT, FIVE], Trend(Fraction(1), Fraction(13, 16))),
        # five meetings: the first is left out; 16 of 16, then 10 of 16
        ([FIVE, EIGHT, EIGHT, FIVE, FIVE], Trend(Fraction(1), Fraction(5, 8))),
        # three against three, of seven
        (
            [FIVE, EIGHT, EIGHT, FIVE, FIVE, FIVE, (1, 0, 0)],
            Trend(Fraction(21, 24), Fraction(11, 17)),
        ),
    ],
)
def test_the_latest_meetings_against_those_before(
    held: list[tuple[int, int, int]], trend: Trend | None
) -> None:
    assert attendance_trend(meetings(*held)) == trend


@pytest.mark.parametrize("number", [3, 60])
def test_one_query(house: House, number: int, django_assert_num_queries) -> None:
    for days in range(number):
        make_meeting(house, ago(days), ["person", "absent"])
    with django_assert_num_queries(1):
        assert len(attendance_by_meeting(alliance=house.alliance, on=TODAY)) == number
