"""Clearly defined purpose: each state by a case that one can count."""

from __future__ import annotations

import pytest

from tests.assessments.evidence.records import found, make_version, sign, state_of
from tests.factories import make_alliance, make_participant

pytestmark = pytest.mark.django_db


def stating(text="Dry feet by 2031."):
    return {"purpose": {"statement": text}}


def scoped(inside, outside=""):
    return {"scope": {"in": inside, "out": outside}}


@pytest.mark.parametrize(
    ("version", "written", "ratified"),
    [
        ({}, ("partly", "In the draft of version 1"), ("not", "Not yet")),
        (
            {"circulated": 5},
            ("met", "In version 1"),
            ("partly", "With the parties in version 1"),
        ),
        (
            {"circulated": 5, "ratified": 1},
            ("met", "In version 1"),
            ("met", "In force in version 1"),
        ),
        # ratified on the day itself; on the day after
        (
            {"circulated": 5, "ratified": 0},
            ("met", "In version 1"),
            ("met", "In force in version 1"),
        ),
        (
            {"circulated": 5, "ratified": -1},
            ("met", "In version 1"),
            ("partly", "With the parties in version 1"),
        ),
        # withdrawn: the alliance keeps a charter, and has no purpose in it
        ({"circulated": 5, "ended": 2}, ("not", "No version states it"), ("not", "Not yet")),
    ],
)
def test_purpose_written_and_ratified(version, written, ratified):
    alliance = make_alliance()
    make_version(alliance, sections=stating(), **version)
    checks = found(alliance, "clearly-defined-purpose")
    assert checks["purpose-written"] == (written[0], 1, written[1])
    assert checks["purpose-ratified"] == (ratified[0], 2, ratified[1])


def test_a_charter_without_a_purpose():
    alliance = make_alliance()
    make_version(alliance, circulated=9, ratified=5, sections=stating("  "), parties=0)
    checks = found(alliance, "clearly-defined-purpose")
    assert checks["purpose-written"] == ("not", 1, "No version states it")
    assert checks["purpose-ratified"] == ("not", 2, "Not yet")
    assert checks["purpose-short"][0] == "n/a"
    assert checks["purpose-signed"][0] == "n/a"
    assert checks["scope-steady"] == ("met", 1, "Not changed within a year")


def test_a_purpose_that_the_circulated_version_leaves_out():
    alliance = make_alliance()
    make_version(alliance, 1, circulated=9, parties=0)
    make_version(alliance, 2, sections=stating())
    checks = found(alliance, "clearly-defined-purpose")
    assert checks["purpose-written"] == ("partly", 1, "In the draft of version 2")
    assert checks["purpose-ratified"] == ("not", 2, "Not yet")
    assert checks["purpose-signed"][0] == "n/a"


def test_without_a_charter_nothing_is_said():
    checks = found(make_alliance(), "clearly-defined-purpose")
    assert {state for state, _points, _fact in checks.values()} == {"n/a"}


def test_a_version_that_was_circulated_later_was_not_there_yet():
    alliance = make_alliance()
    make_version(alliance, circulated=-1, sections=stating())
    checks = found(alliance, "clearly-defined-purpose")
    assert {state for state, _points, _fact in checks.values()} == {"n/a"}


@pytest.mark.parametrize(
    ("words", "state", "fact"),
    [
        (1, "met", "1 word"),
        (35, "met", "35 words"),
        (36, "partly", "36 words"),
        (60, "partly", "60 words"),
        (61, "not", "61 words"),
    ],
)
def test_purpose_short(words, state, fact):
    alliance = make_alliance()
    make_version(alliance, sections=stating("word\n  " * words))
    assert found(alliance, "clearly-defined-purpose")["purpose-short"] == (state, 1, fact)


def test_the_words_are_those_of_the_version_in_force():
    alliance = make_alliance()
    make_version(alliance, 1, circulated=90, ratified=80, sections=stating("one two"))
    make_version(alliance, 2, circulated=30, sections=stating("one two three"))
    make_version(alliance, 3, sections=stating("one two three four"))
    assert state_of(alliance, "purpose-short") == ("met", "2 words")


@pytest.mark.parametrize(
    ("parties", "signed", "state", "fact"),
    [
        (4, 4, "met", "4 of 4 signed version 1"),
        (4, 2, "partly", "2 of 4 signed version 1"),
        (5, 2, "not", "2 of 5 signed version 1"),
        (4, 0, "not", "0 of 4 signed version 1"),
    ],
)
def test_purpose_signed(parties, signed, state, fact):
    alliance = make_alliance()
    for _ in range(parties):
        make_participant(alliance)
    make_version(alliance, circulated=9, sections=stating(), parties=parties, signed=signed)
    make_participant(alliance)  # came later, and is no party to this version
    assert found(alliance, "clearly-defined-purpose")["purpose-signed"] == (state, 1, fact)


def test_a_signature_counts_from_its_day_on_and_on_the_very_text_alone():
    alliance = make_alliance()
    people = [make_participant(alliance) for _ in range(4)]
    version = make_version(alliance, circulated=9, sections=stating(), parties=4)
    sign(version, people[0], 0)
    sign(version, people[1], -1)
    sign(version, people[2], 3, digest="f" * 64)
    assert state_of(alliance, "purpose-signed") == ("not", "1 of 4 signed version 1")


@pytest.mark.parametrize(
    ("ratified", "state", "fact"),
    [
        # (ratified so many days ago, its scope), oldest first
        ([(300, "a")], "met", "Not changed within a year"),
        ([(300, "a"), (200, " a \n"), (100, "a")], "met", "Not changed within a year"),
        ([(300, "a"), (200, "b")], "partly", "Changed once within a year"),
        ([(300, "a"), (200, "b"), (100, "a")], "not", "Changed 2 times within a year"),
        # 365 days ago is no longer within the year, 364 days ago is
        ([(500, "a"), (365, "b")], "met", "Not changed within a year"),
        ([(500, "a"), (364, "b")], "partly", "Changed once within a year"),
        # ratified only later
        ([(300, "a"), (-1, "b")], "met", "Not changed within a year"),
    ],
)
def test_scope_steady(ratified, state, fact):
    alliance = make_alliance()
    for number, (days, scope) in enumerate(ratified, start=1):
        last = number == len(ratified)
        make_version(
            alliance,
            number,
            circulated=days + 5,
            ratified=days,
            ended=None if last else ratified[number][0],
            sections=scoped(scope, "  "),
        )
    assert found(alliance, "clearly-defined-purpose")["scope-steady"] == (state, 1, fact)


def test_a_wider_scope_out_is_a_change_too():
    alliance = make_alliance()
    make_version(alliance, 1, circulated=99, ratified=90, ended=9, sections=scoped("a", "b"))
    make_version(alliance, 2, circulated=19, ratified=9, sections=scoped("a", "c"))
    assert state_of(alliance, "scope-steady") == ("partly", "Changed once within a year")


def test_a_scope_that_was_never_ratified_is_no_change():
    alliance = make_alliance()
    make_version(alliance, 1, circulated=99, ratified=90, sections=scoped("a"))
    make_version(alliance, 2, circulated=60, ended=50, sections=scoped("b"))  # withdrawn
    make_version(alliance, 3, circulated=19, sections=scoped("c"))
    assert state_of(alliance, "scope-steady") == ("met", "Not changed within a year")
