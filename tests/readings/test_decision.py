"""A decision by criteria. Expected outcomes are worked out by hand."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from assessments.readings import Decision, Part, decide

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
        # What is not known never adds up to join, and is a condition like others.
        (
            {"leaders": "s", "purpose": "s", "pain": "?"},
            Decision("join-if", (), (), ("pain",)),
        ),
        (
            {"leaders": "?", "purpose": "m", "pain": "m3"},
            Decision("join-if", (), ("pain", "purpose"), ("leaders",)),
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


def test_a_part_that_is_not_there_has_no_score() -> None:
    assert decide(TYPES, parts(one="w")).outcome is None
