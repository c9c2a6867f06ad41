"""How a result is read: seven rules, what each takes, and what is said of each mistake."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from alliances.errors import Refused
from assessments.services.banks.documents import (
    BankDocument,
    Condition,
    Outcome,
    Reading,
    Told,
)
from assessments.services.banks.files import parse_bank
from assessments.services.banks.readings import RULES
from tests.assessments.banks.documents import READINGS, whole


def parse(reading: object, **changes: Any) -> BankDocument:
    data = whole("mean") | {"reading": reading} | changes
    return parse_bank(text=json.dumps(data))


def complaints(reading: object) -> list[str]:
    with pytest.raises(Refused) as refusal:
        parse(reading)
    return refusal.value.details


def test_there_are_seven_rules() -> None:
    assert list(RULES) == list(READINGS)
    assert len(RULES) == 7


def test_without_a_reading_the_weakest_decides() -> None:
    assert parse(None).reading == Reading("weakest")
    assert parse({"rule": "weakest"}).reading == Reading("weakest")


def test_numbers_have_usual_values() -> None:
    reading = READINGS["self-peers"] | {"peers_least": None}
    del reading["gap"]
    found = parse(reading).reading
    assert found.numbers == (("peers_least", 5), ("gap", 20))
    assert found.told[0] == ("higher", Told("Higher", "You see more than others do."))


def test_a_decision() -> None:
    assert parse(READINGS["decision"]).reading.outcomes == (
        Outcome(
            "stay-away",
            Told("Stay away", "Lead it yourself."),
            "any",
            (Condition("trust", ("weak",)),),
        ),
        Outcome(
            "join",
            Told("Join", ""),
            "every",
            (Condition("trust", ("strong",)), Condition("speed", ("strong", "mixed"))),
        ),
        Outcome("join-if", Told("Join if", ""), names_conditions=True),
    )


RULE = (
    "reading: 'rule' must be one of weakest, mean, self-peers, pairs, checklist, ladder, decision"
)


@pytest.mark.parametrize(
    ("reading", "told"),
    [
        ("mean", [RULE]),
        ({}, [RULE]),
        ({"rule": None}, [RULE]),
        ({"rule": "sum"}, [RULE]),
        ({"rule": ["mean"]}, [RULE]),
        (["mean"], [RULE]),
        (
            {"rule": "mean", "gap": 20},
            ["reading: 'gap' is not a key that is known here; take it out"],
        ),
        (
            {"rule": "weakest", "outcomes": []},
            ["reading: 'outcomes' is not a key that is known here; take it out"],
        ),
        (
            READINGS["self-peers"] | {"peers_least": 4, "gap": 0},
            [
                "reading: 'peers_least' must be a whole number from 5 to 50",
                "reading: 'gap' must be a whole number from 1 to 100",
            ],
        ),
        (
            READINGS["self-peers"] | {"peers_least": 51, "gap": 101},
            [
                "reading: 'peers_least' must be a whole number from 5 to 50",
                "reading: 'gap' must be a whole number from 1 to 100",
            ],
        ),
        (
            {"rule": "checklist", "done": {"title": "Done"}},
            ["reading, open: 'title' is missing"],
        ),
        (
            {"rule": "ladder", "top": {"title": "Top"}, "none": {"title": "", "text": "x"}},
            ["reading, none: 'title' is empty"],
        ),
        (
            READINGS["pairs"] | {"level": {"title": "x" * 121, "text": "x" * 1001}},
            [
                "reading, level: 'title' must not be longer than 120 characters",
                "reading, level: 'text' must not be longer than 1000 characters",
            ],
        ),
        (
            READINGS["pairs"] | {"level": "Level"},
            ["reading, level: must be a mapping of keys to values, such as 'code: …'"],
        ),
        ({"rule": "decision"}, ["reading: 'outcomes' is missing"]),
        ({"rule": "decision", "outcomes": []}, ["reading: 'outcomes' must have 1 to 10 entries"]),
        (
            {"rule": "decision", "outcomes": [{"code": f"o{n}", "title": "x"} for n in range(11)]},
            ["reading: 'outcomes' must have 1 to 10 entries"],
        ),
    ],
)
def test_each_mistake_is_told(reading: object, told: list[str]) -> None:
    assert complaints(reading) == told


def _first(**changes: Any) -> Callable[[list[dict[str, Any]]], None]:
    return lambda outcomes: outcomes[0].update(changes)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (_first(code="not a code"), ["outcome 1: 'code' must begin with a letter or figure; then also - and _ may follow"]),
        (_first(title=""), ["outcome 1: 'title' is empty"]),
        (_first(conditions="yes"), ["outcome 1: 'conditions' must be true or false"]),
        (_first(why="x"), ["outcome 1: 'why' is not a key that is known here; take it out"]),
        (_first(when=None), ["outcome 1: 'when' is missing; only the last outcome is without one"]),
        (
            _first(when={}),
            ["outcome 1, when: write either 'all' or 'any', with a list of dimensions and bands"],
        ),
        (
            _first(when={"all": [], "any": []}),
            [
                "outcome 1, when: write either 'all' or 'any', with a list of dimensions and bands",
                "outcome 1, when: 'any' must have 1 to 50 entries",
            ],
        ),
        (_first(when={"any": []}), ["outcome 1, when: 'any' must have 1 to 50 entries"]),
        (
            _first(when=["trust"]),
            ["outcome 1, when: must be a mapping of keys to values, such as 'code: …'"],
        ),
        (
            _first(when={"any": [{"dimension": "pain", "bands": ["weak"]}]}),
            ["outcome 1, when, condition 1: there is no dimension 'pain' in this bank"],
        ),
        (
            _first(when={"any": [{"bands": ["weak"]}]}),
            ["outcome 1, when, condition 1: 'dimension' is missing"],
        ),
        (
            _first(when={"any": [{"dimension": "trust", "bands": []}]}),
            ["outcome 1, when, condition 1: 'bands' must be a list of strong, mixed, weak, each at most once"],
        ),
        (
            _first(when={"any": [{"dimension": "trust", "bands": ["weak", "weak"]}]}),
            ["outcome 1, when, condition 1: 'bands' must be a list of strong, mixed, weak, each at most once"],
        ),
        (
            _first(when={"any": [{"dimension": "trust", "bands": ["bad"]}]}),
            ["outcome 1, when, condition 1: 'bands' must be a list of strong, mixed, weak, each at most once"],
        ),
        (
            lambda outcomes: outcomes.pop(),
            ["outcome 2: the last outcome must have no 'when', so that there is always one"],
        ),
        (_first(code="join"), ["the outcome 'join' stands there twice"]),
    ],
)  # fmt: skip
def test_each_mistake_in_a_decision_is_told(
    change: Callable[[list[dict[str, Any]]], object], told: list[str]
) -> None:
    reading = whole()["reading"]
    change(reading["outcomes"])
    found = complaints(reading)
    assert [line.removeprefix("reading, ").removeprefix("reading: ") for line in found] == told
