"""Committed leaders: each state by a case that one can count."""

from __future__ import annotations

import pytest

from tests.assessments.evidence.records import found, make_action, state_of
from tests.factories import make_alliance, make_participant, make_representative

pytestmark = pytest.mark.django_db


def lead(alliance, days=None, **fields):
    return make_representative(
        make_participant(alliance, **fields), role="leader", days_a_month=days
    )


@pytest.mark.parametrize(
    ("leaders", "state", "fact"),
    [
        (0, "not", "Nobody named"),
        (1, "met", "1 leader"),
        (3, "met", "3 leaders"),
        (4, "partly", "4 leaders"),
    ],
)
def test_leaders_named(leaders, state, fact):
    alliance = make_alliance()
    make_participant(alliance, people=1)
    for _ in range(leaders):
        lead(alliance)
    lead(alliance, status="invited")  # does not take part
    assert found(alliance, "committed-leaders")["leaders-named"] == (state, 2, fact)


def test_nobody_is_expected_to_lead_before_anybody_is_recorded():
    alliance = make_alliance()
    make_participant(alliance)
    make_participant(alliance, status="invited", people=1)
    assert state_of(alliance, "leaders-named")[0] == "n/a"


@pytest.mark.parametrize(
    ("days", "state", "fact"),
    [
        ([4, 2], "met", "2 of 2 leaders with days pledged"),
        ([0.5], "met", "1 of 1 leader with days pledged"),
        ([4, None], "partly", "1 of 2 leaders with days pledged"),
        ([4, None, None], "not", "1 of 3 leaders with days pledged"),
    ],
)
def test_leaders_time(days, state, fact):
    alliance = make_alliance()
    for number in days:
        lead(alliance, number)
    assert found(alliance, "committed-leaders")["leaders-time"] == (state, 1, fact)


def test_a_field_that_nobody_has_filled_in_is_held_against_nobody():
    alliance = make_alliance()
    lead(alliance)
    other = make_representative(make_participant(alliance))
    assert state_of(alliance, "leaders-time")[0] == "n/a"
    # once days are noted of anybody, the leader's are missing
    other.days_a_month = 3
    other.save()
    assert state_of(alliance, "leaders-time") == ("not", "0 of 1 leader with days pledged")


def test_without_a_leader_no_time_is_asked_for():
    alliance = make_alliance()
    make_representative(make_participant(alliance), days_a_month=3)
    assert state_of(alliance, "leaders-time")[0] == "n/a"


@pytest.mark.parametrize(
    ("actions", "state", "fact"),
    [
        # (due, done) so many days ago
        ([(9, 9)] * 4 + [(9, 8)], "met", "4 of 5 done by their date"),  # a day late is late
        ([(9, 20)] * 3 + [(9, None)], "partly", "3 of 4 done by their date"),
        ([(9, 9), (1, None)], "partly", "1 of 2 done by their date"),
        ([(9, 9), (9, None), (1, 0)], "not", "1 of 3 done by their date"),
    ],
)
def test_actions_in_time(actions, state, fact):
    alliance = make_alliance()
    for due, done in actions:
        make_action(alliance, due, done)
    make_action(alliance, 0)  # the day is not over
    make_action(alliance, 0, 0)
    make_action(alliance, 9, dropped=5)
    assert found(alliance, "committed-leaders")["actions-in-time"] == (state, 2, fact)


def test_an_action_that_is_dropped_only_later_still_counts():
    alliance = make_alliance()
    make_action(alliance, 9, dropped=-1)
    assert state_of(alliance, "actions-in-time") == ("not", "0 of 1 done by their date")


def test_what_is_not_due_yet_says_nothing():
    alliance = make_alliance()
    make_action(alliance, -1)
    make_action(alliance, 1, dropped=1)
    assert state_of(alliance, "actions-in-time")[0] == "n/a"
