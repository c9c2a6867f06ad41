"""Formal charter: each state by a case that one can count."""

from __future__ import annotations

import pytest

from alliances.models import WorkingRule
from tests.assessments.evidence.records import (
    ago,
    found,
    make_decision,
    make_step,
    make_version,
    state_of,
)
from tests.factories import make_alliance, make_participant

pytestmark = pytest.mark.django_db

# All that a light charter needs: seven sections.
LIGHT = {
    "problem": {"problem": "Floods"},
    "scope": {"in": "The valley", "out": "The coast"},
    "purpose": {"statement": "Dry feet by 2031."},
    "decisions": {"method": "consensus", "fallback": "The chair decides."},
    "roles": {"roles": "The council convenes."},
    "term": {"review": "2026-07-01"},
}


def without(*codes):
    return {code: content for code, content in LIGHT.items() if code not in codes}


@pytest.mark.parametrize(
    ("missing", "state", "fact"),
    [
        ((), "met", "6 of 6 in version 1"),
        (("problem", "roles"), "partly", "4 of 6 in version 1"),  # two thirds
        (("problem", "roles", "term"), "not", "3 of 6 in version 1"),
    ],
)
def test_sections_done(missing, state, fact):
    alliance = make_alliance()
    make_version(alliance, sections=without(*missing))
    assert found(alliance, "formal-charter")["sections-done"] == (state, 2, fact)


def test_a_section_that_is_half_done_is_not_done():
    alliance = make_alliance()
    make_version(alliance, sections=LIGHT | {"scope": {"in": "The valley", "out": " "}})
    assert state_of(alliance, "sections-done") == ("partly", "5 of 6 in version 1")


def test_a_full_charter_needs_all_twelve():
    alliance = make_alliance()
    make_version(alliance, depth="full", sections=LIGHT)
    # problem, scope and purpose ask no more of a full charter; decisions nothing more by consensus;
    # roles ask for the time pledged too; the term is as light
    assert state_of(alliance, "sections-done") == ("not", "5 of 12 in version 1")


FULL = LIGHT | {
    "governance": {"structure": "A board of all", "free-standing": "yes"},
    "roles": {"roles": "The council convenes.", "time": "Two days a month each"},
    "resources": {"model": "own"},
    "information": {"principles": "What one measures, all may read."},
    "rules": {"rules": "We talk first."},
    "disputes": {"settling": "Face to face", "escalating": "Upstairs together"},
    "membership": {"joining": "By consent of all", "leaving": "With half a year’s notice"},
}


@pytest.mark.parametrize(
    ("missing", "state", "fact"),
    [("", "met", "12 of 12 in version 1"), ("disputes", "partly", "11 of 12 in version 1")],
)
def test_all_sections_but_one_are_not_all(missing, state, fact):
    alliance = make_alliance()
    sections = {code: content for code, content in FULL.items() if code != missing}
    make_version(alliance, depth="full", sections=sections)
    assert state_of(alliance, "sections-done") == (state, fact)


def test_the_version_in_force_counts_then_the_circulated_one_then_the_draft():
    alliance = make_alliance()
    make_version(alliance, 3, sections=LIGHT)
    assert state_of(alliance, "sections-done") == ("met", "6 of 6 in version 3")
    make_version(alliance, 2, circulated=30, sections=without("problem"))
    assert state_of(alliance, "sections-done") == ("partly", "5 of 6 in version 2")
    make_version(alliance, 1, circulated=90, ratified=80, sections=without("problem", "roles"))
    assert state_of(alliance, "sections-done") == ("partly", "4 of 6 in version 1")


@pytest.mark.parametrize(
    ("version", "term", "state", "fact"),
    [
        ({}, {}, "not", "A draft alone"),
        ({"circulated": 3}, {}, "partly", "Version 1 lies with the parties"),
        ({"circulated": 3, "ratified": 1}, {}, "met", "Version 1 in force"),
        ({"circulated": 3, "ended": 1}, {}, "not", "None in force"),
        ({"circulated": 3, "ratified": 1}, {"until": "2026-06-30"}, "met", "Version 1 in force"),
        (
            {"circulated": 3, "ratified": 1},
            {"until": "2026-06-29"},
            "partly",
            "Version 1 held until 29 June 2026",
        ),
        ({"circulated": 3, "ratified": 1}, {"until": "soon"}, "met", "Version 1 in force"),
    ],
)
def test_charter_ratified(version, term, state, fact):
    alliance = make_alliance()
    make_version(alliance, sections={"term": term}, **version)
    assert found(alliance, "formal-charter")["charter-ratified"] == (state, 2, fact)


def test_a_version_that_was_replaced_later_was_still_in_force():
    alliance = make_alliance()
    make_version(alliance, 1, circulated=99, ratified=90, ended=10, sections=LIGHT)
    make_version(alliance, 2, circulated=30, ratified=10, sections=LIGHT)
    assert state_of(alliance, "charter-ratified", ago(11)) == ("met", "Version 1 in force")
    assert state_of(alliance, "charter-ratified", ago(10)) == ("met", "Version 2 in force")
    assert state_of(alliance, "charter-ratified", ago(95)) == (
        "partly",
        "Version 1 lies with the parties",
    )
    assert state_of(alliance, "charter-ratified", ago(100))[0] == "n/a"


@pytest.mark.parametrize(
    ("parties", "signed", "state", "fact"),
    [
        (9, 9, "met", "9 of 9 signed version 1"),
        (9, 6, "partly", "6 of 9 signed version 1"),
        (8, 5, "not", "5 of 8 signed version 1"),
    ],
)
def test_charter_signed(parties, signed, state, fact):
    alliance = make_alliance()
    for _ in range(parties):
        make_participant(alliance)
    make_version(alliance, circulated=3, parties=parties, signed=signed)
    assert found(alliance, "formal-charter")["charter-signed"] == (state, 2, fact)


@pytest.mark.parametrize(
    ("circulated", "state", "fact"),
    [
        # an amendment has two weeks to be signed before it is looked at
        (13, "met", "3 of 3 signed version 1"),
        (14, "not", "1 of 3 signed version 2"),
    ],
)
def test_an_amendment_has_time_to_be_signed(circulated, state, fact):
    alliance = make_alliance()
    for _ in range(3):
        make_participant(alliance)
    make_version(alliance, 1, circulated=200, ratified=190, parties=3, signed=3)
    make_version(alliance, 2, circulated=circulated, parties=3, signed=1)
    assert state_of(alliance, "charter-signed") == (state, fact)


def test_a_draft_is_signed_by_nobody():
    alliance = make_alliance()
    make_version(alliance, sections=LIGHT)
    assert state_of(alliance, "charter-signed")[0] == "n/a"


@pytest.mark.parametrize(
    ("content", "state", "fact"),
    [
        (LIGHT["decisions"], "met", "Method and fallback named"),
        ({"method": "consensus"}, "partly", "Method named, fallback missing"),
        ({"fallback": "The chair decides."}, "partly", "Fallback named, method missing"),
        (
            {"method": "consensus", "fallback": " \n"},
            "partly",
            "Method named, fallback missing",
        ),
        ({}, "not", "Neither method nor fallback named"),
    ],
)
def test_decisions_settled(content, state, fact):
    alliance = make_alliance()
    make_version(alliance, sections={"decisions": content})
    assert found(alliance, "formal-charter")["decisions-settled"] == (state, 2, fact)


@pytest.mark.parametrize(
    ("review", "state", "fact"),
    [
        ("2026-07-01", "met", "Due on 1 July 2026"),
        ("2026-06-30", "met", "Due on 30 June 2026"),  # the day itself
        ("2026-06-29", "partly", "Was due on 29 June 2026"),
        ("2026-04-01", "partly", "Was due on 1 April 2026"),  # 90 days
        ("2026-03-31", "not", "Was due on 31 March 2026"),
        ("", "n/a", "No day set"),
        ("next spring", "n/a", "No day set"),  # changed by hand, past the services
    ],
)
def test_review_due(review, state, fact):
    alliance = make_alliance()
    make_version(alliance, circulated=300, ratified=290, sections={"term": {"review": review}})
    assert found(alliance, "formal-charter")["review-due"] == (state, 1, fact)


@pytest.mark.parametrize(
    ("review", "state", "fact"),
    [
        ("2026-07-01", "met", "The draft names a day that lies ahead"),
        ("2026-06-01", "partly", "The draft names a day that has passed"),
    ],
)
def test_what_day_a_draft_names_stays_with_its_writers(review, state, fact):
    alliance = make_alliance()
    make_version(alliance, sections={"term": {"review": review}})
    assert found(alliance, "formal-charter")["review-due"] == (state, 1, fact)


@pytest.mark.parametrize(
    ("clear", "unclear", "state", "fact"),
    [
        (2, 0, "met", "2 of 2 decisions"),
        (3, 1, "partly", "3 of 4 decisions"),
        (2, 1, "not", "2 of 3 decisions"),
        (1, 0, "met", "1 of 1 decision"),
    ],
)
def test_decisions_mapped(clear, unclear, state, fact):
    alliance = make_alliance()
    one = make_participant(alliance)
    for _ in range(clear):
        make_decision(alliance, one)
    for _ in range(unclear):
        make_decision(alliance)
    assert found(alliance, "formal-charter")["decisions-mapped"] == (state, 1, fact)


def test_who_decides():
    alliance = make_alliance()
    one, two = make_participant(alliance), make_participant(alliance)
    gone = make_participant(alliance, status="left")
    make_decision(alliance, by_alliance=True)  # clear
    make_decision(alliance, one, gone)  # clear: who left decides nothing
    make_decision(alliance, one, two)  # two decide
    make_decision(alliance, one, by_alliance=True)  # two decide: it, and all together
    make_decision(alliance, gone)  # nobody decides
    assert state_of(alliance, "decisions-mapped") == ("not", "2 of 5 decisions")


@pytest.mark.parametrize(
    ("steps", "state", "fact"),
    [
        ([(9, 9), (5, 30)], "met", "2 of 2 steps done in time"),
        ([(9, 9), (9, 8)], "partly", "1 of 2 steps done in time"),
        ([(9, 9), (9, 8), (1, None)], "not", "1 of 3 steps done in time"),
    ],
)
def test_launch_on_track(steps, state, fact):
    alliance = make_alliance()
    for due, done in steps:
        make_step(alliance, due, done)
    make_step(alliance, 0)  # the day is not over
    assert found(alliance, "formal-charter")["launch-on-track"] == (state, 1, fact)


@pytest.mark.parametrize(
    ("days", "state", "fact"),
    [
        # agreed so many days ago; None is a proposal
        ([9, 9, 0], "met", "3 of 3 rules agreed"),
        ([9, 9, -1], "partly", "2 of 3 rules agreed"),
        ([9, None], "partly", "1 of 2 rules agreed"),
        ([None], "not", "0 of 1 rule agreed"),
        ([], "n/a", "Nothing on record yet"),
    ],
)
def test_rules_agreed(days, state, fact):
    alliance = make_alliance()
    for number in days:
        WorkingRule.objects.create(
            alliance=alliance, text="Rule", agreed_on=None if number is None else ago(number)
        )
    assert found(alliance, "formal-charter")["rules-agreed"] == (state, 1, fact)


def test_without_any_of_it_nothing_is_said():
    alliance = make_alliance()
    make_step(alliance, 0)  # the day is not over
    checks = found(alliance, "formal-charter")
    assert {state for state, _points, _fact in checks.values()} == {"n/a"}
