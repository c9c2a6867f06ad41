"""A decision by criteria. Expected outcomes are worked out by hand."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml

from assessments.readings import Decision, Part, decide, looked_at

BANDS = {"s": ("strong", 80), "m": ("mixed", 60), "w": ("weak", 20), "?": (None, None)}


def parts(**letters: str) -> list[Part]:
    """Parts by code: s strong, m mixed, w weak, ? without a score; a figure makes it that much lower."""
    found = []
    for code, letter in letters.items():
        band, score = BANDS[letter[0]]
        lower = int(letter[1:] or 0)
        found.append(Part(code, None if score is None else Fraction(score - lower), band))
    return found


def when(kind: str, **bands: str) -> dict[str, Any]:
    return {kind: [{"dimension": code, "bands": named.split()} for code, named in bands.items()]}


INVITATION = [
    {"code": "stay-away", "when": when("any", leaders="weak", purpose="weak")},
    {"code": "join", "when": when("all", leaders="strong", purpose="strong", pain="strong")},
    {"code": "join-if", "conditions": True},
]
TYPES = [
    {"code": "partnership", "when": when("all", one="strong mixed", own="strong mixed")},
    {"code": "network", "when": when("all", one="strong mixed", own="weak")},
    {"code": "coalition", "when": when("all", one="weak", own="strong mixed")},
    {"code": "alliance"},
]


@pytest.mark.parametrize(
    ("found", "decision"),
    [
        (
            {"leaders": "s", "purpose": "s", "pain": "s"},
            Decision("join", ("leaders", "purpose", "pain")),
        ),
        ({"leaders": "w", "purpose": "s", "pain": "s"}, Decision("stay-away", ("leaders",))),
        (
            {"leaders": "w", "purpose": "w5", "pain": "?"},
            Decision("stay-away", ("leaders", "purpose"), (), ("pain",)),
        ),
        # Pain alone turns nobody away.
        (
            {"leaders": "s", "purpose": "m", "pain": "w"},
            Decision("join-if", (), ("pain", "purpose")),
        ),
        # Of three, two are known: pain alone tells join from join if.
        (
            {"leaders": "s", "purpose": "s", "pain": "?"},
            Decision(None, (), (), ("pain",)),
        ),
        # Of the two that turn one away, one is known.
        (
            {"leaders": "?", "purpose": "m", "pain": "m3"},
            Decision(None, (), (), ("leaders",)),
        ),
        # Join is out of the question, and nobody is turned away.
        (
            {"leaders": "s", "purpose": "m", "pain": "?"},
            Decision("join-if", (), ("purpose",), ("pain",)),
        ),
        # A weak one is enough, whatever else is not known.
        (
            {"leaders": "?", "purpose": "w", "pain": "s"},
            Decision("stay-away", ("purpose",), (), ("leaders",)),
        ),
    ],
)
def test_whether_to_join(found: dict[str, str], decision: Decision) -> None:
    assert decide(INVITATION, parts(**found)) == decision


@pytest.mark.parametrize(
    ("one", "own", "outcome"),
    [
        ("s", "m", "partnership"),
        ("m", "w", "network"),
        ("w", "s", "coalition"),
        ("w", "w", "alliance"),
        # Half of what is asked is not known: it may be either of two, so it is none.
        ("s", "?", None),
        ("?", "w", None),
        ("?", "?", None),
        ("w", "?", None),
    ],
)
def test_which_type(one: str, own: str, outcome: str | None) -> None:
    assert decide(TYPES, parts(one=one, own=own)).outcome == outcome


def test_a_part_that_no_condition_names_is_not_needed() -> None:
    found = decide(TYPES, parts(one="w", own="w", drivers="?"))
    assert (found.outcome, found.open) == ("alliance", ("drivers",))


BY_EIGHT = ("a", "b", "c", "d", "e", "f", "g", "h")
EIGHT = [
    {"code": "no", "when": when("any", **dict.fromkeys(BY_EIGHT[:5], "weak"))},
    {"code": "yes", "when": when("all", **dict.fromkeys(BY_EIGHT, "strong"))},
    {"code": "yes-if", "conditions": True},
]


@pytest.mark.parametrize(
    ("letters", "decision"),
    [
        # Three quarters of eight are six, of five 3.75: one of the five and two of the eight may be
        # open. What is not known never adds up to yes.
        ("ssssssss", Decision("yes", BY_EIGHT)),
        ("ssss?sss", Decision("yes-if", open=("e",))),
        ("sssssss?", Decision("yes-if", open=("h",))),
        ("ssss?ss?", Decision("yes-if", open=("e", "h"))),
        ("sss??sss", Decision(None, open=("d", "e"))),
        ("sssss???", Decision(None, open=("f", "g", "h"))),
        ("????????", Decision(None, open=BY_EIGHT)),
        ("s???????", Decision(None, open=BY_EIGHT[1:])),
        # Here yes is out of the question, and only no is not: four of its five are known.
        ("ssss?m??", Decision("yes-if", conditions=("f",), open=("e", "g", "h"))),
        ("ssssm???", Decision("yes-if", conditions=("e",), open=("f", "g", "h"))),
        ("sss??m??", Decision(None, open=("d", "e", "g", "h"))),
        # One that is weak is enough, whatever else is not known.
        ("w???????", Decision("no", ("a",), open=BY_EIGHT[1:])),
        ("?????w??", Decision(None, open=("a", "b", "c", "d", "e", "g", "h"))),
    ],
)
def test_past_how_much_that_is_not_known(letters: str, decision: Decision) -> None:
    assert decide(EIGHT, parts(**dict(zip(BY_EIGHT, letters, strict=True)))) == decision


def shipped(code: str) -> Any:
    """The outcomes of a bank as its file has them."""
    file = Path("assessments/banks") / f"{code}.yaml"
    return yaml.safe_load(file.read_text("utf-8"))["reading"]["outcomes"]


NEED, LEAD, BODY = "ongoing-need", "better-together", "permanent-structure"
SIDES, VALUE, YEARS = "multidimensional", "incremental-value", "long-term"


@pytest.mark.parametrize(
    ("bank", "codes", "letters", "decision"),
    [
        ("continue-as-enterprise", (NEED, LEAD, BODY), "???", Decision(None, open=(NEED, LEAD, BODY))),
        # It may be extend, or the one that comes before it.
        ("continue-as-enterprise", (NEED, LEAD, BODY), "?ss", Decision(None, open=(NEED,))),
        ("continue-as-enterprise", (NEED, LEAD, BODY), "s?s", Decision(None, open=(LEAD,))),
        ("continue-as-enterprise", (NEED, LEAD, BODY), "ss?", Decision(None, open=(BODY,))),
        ("continue-as-enterprise", (NEED, LEAD, BODY), "?sm", Decision(None, open=(NEED,))),
        # It is no enterprise either way.
        ("continue-as-enterprise", (NEED, LEAD, BODY), "sm?", Decision("extend", (), (LEAD,), (BODY,))),
        ("continue-as-enterprise", (NEED, LEAD, BODY), "ssw", Decision("extend", (), (BODY,))),
        ("continue-as-enterprise", (NEED, LEAD, BODY), "w??", Decision("disband", (NEED,), (), (LEAD, BODY))),
        ("strategic-or-tactical", (SIDES, VALUE, YEARS), "???", Decision(None, open=(SIDES, VALUE, YEARS))),
        ("strategic-or-tactical", (SIDES, VALUE, YEARS), "ss?", Decision(None, open=(YEARS,))),
        ("strategic-or-tactical", (SIDES, VALUE, YEARS), "sm?", Decision("tactical", (), (VALUE,), (YEARS,))),
        ("strategic-or-tactical", (SIDES, VALUE, YEARS), "?w?", Decision("tactical", (), (VALUE,), (SIDES, YEARS))),
    ],
)  # fmt: skip
def test_what_is_shipped_decides_nothing_that_is_not_known(
    bank: str, codes: tuple[str, ...], letters: str, decision: Decision
) -> None:
    assert decide(shipped(bank), parts(**dict(zip(codes, letters, strict=True)))) == decision


def test_what_an_outcome_looks_at() -> None:
    assert [looked_at(outcome) for outcome in TYPES] == [("one", "own")] * 3 + [()]


def test_a_part_that_is_not_there_has_no_score() -> None:
    assert decide(TYPES, parts(one="w")).outcome is None
