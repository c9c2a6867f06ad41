"""The demonstration's journal holds the faults that it is there to show, whatever day it is loaded."""

from __future__ import annotations

import datetime as dt

import pytest

from alliances.models import Participant
from alliances.services.actions import actions_page
from alliances.services.attendance import attendance_by_meeting
from alliances.services.journal import journal_page
from alliances.services.momentum import Verdict, read_momentum
from assessments.demonstration import cast
from assessments.demonstration.journal import load_journal
from tests.alliances.conftest import House


@pytest.mark.parametrize(
    "today", [dt.date(2026, 11, 21), dt.date(2027, 3, 1), dt.date(2028, 2, 29)]
)
def test_the_train_loses_speed_for_reasons_one_can_follow(house: House, today: dt.date) -> None:
    Participant.objects.filter(alliance=house.alliance).delete()
    for seat in cast.SEATS:
        Participant.objects.create(alliance=house.alliance, name=seat.name, status=seat.status)
    load_journal(alliance=house.alliance, convener=house.convener, today=today)

    meetings = attendance_by_meeting(alliance=house.alliance, on=today)
    assert [(one.came, one.asked) for one in meetings] == [
        *[(8, 8)] * 5,
        (7, 8),
        (7, 8),
        (6, 8),
        (5, 8),
        (5, 8),
    ]
    actions = actions_page(alliance=house.alliance, today=today)
    assert (actions.finding, actions.addition) == (
        "Two actions are overdue.",
        "Both are with Tomas Rekdal.",
    )
    journal = journal_page(alliance=house.alliance, today=today)
    assert journal.overdue == "Overdue: two milestones and two actions."
    assert {one.kind for one in journal.kinds} == {
        "",
        "meeting",
        "milestone",
        "marker",
        "offer",
        "departure",
        "escalation",
        "expectation",
        "review",
        "problem",
    }
    momentum = read_momentum(alliance=house.alliance, on=today)
    assert momentum.verdict == Verdict.LOSING
    assert {"attendance", "milestones", "actions"} <= {sign.code for sign in momentum.losing}
    assert momentum.since is not None
    assert 2 <= (today.replace(day=1) - momentum.since).days // 30 <= 4
