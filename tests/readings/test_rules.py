"""The further rules of reading. Expected readings are worked out by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest

from assessments.readings import Part, read


def parts(*scores: float | None) -> list[Part]:
    """Parts a, b, c, … with these scores; strong from 75, mixed from 50."""
    found = []
    for code, score in zip("abcdefg", scores, strict=False):
        band = None
        if score is not None:
            band = "strong" if score >= 75 else "mixed" if score >= 50 else "weak"
        found.append(Part(code, None if score is None else Fraction(score), band))
    return found


@pytest.mark.parametrize(
    ("scores", "lowest", "highest"),
    [
        ((60, 20, 90), "b", "c"),
        ((60, 20, 20), "b", "a"),
        ((None, 20, 90), "b", "c"),
        ((50, 50, 50), None, None),
        ((None, None, 90), None, None),
        ((None, None), None, None),
    ],
)
def test_the_mean(scores: tuple[float | None, ...], lowest: str, highest: str) -> None:
    assert read({"rule": "mean"}, parts(*scores)) == {
        "rule": "mean",
        "lowest": lowest,
        "highest": highest,
    }


@pytest.mark.parametrize(
    ("scores", "change", "direction", "since"),
    [
        ((60, 60), None, "outward", None),
        ((55, 55), None, "level", None),  # five points are none yet
        ((55, 56), None, "outward", None),  # 55.5
        ((45, 45), None, "level", None),
        ((44, 45), None, "inward", None),
        ((90, 20), Fraction(-6), "level", "inward"),  # mean 55
        ((20, 20), Fraction(6), "inward", "outward"),
        ((20, 20), Fraction(5), "inward", "level"),
        ((20, None), Fraction(6), None, "outward"),  # not all is told
    ],
)
def test_opposed_pairs(
    scores: tuple[float | None, ...], change: Fraction | None, direction: str, since: str
) -> None:
    found = read({"rule": "pairs"}, parts(*scores), change)
    assert (found["direction"], found["since"]) == (direction, since)


def test_the_lowest_pair_is_named() -> None:
    assert read({"rule": "pairs"}, parts(60, None, 30, 30))["lowest"] == "c"
    assert read({"rule": "pairs"}, parts(None))["lowest"] is None


def test_a_checklist() -> None:
    assert read({"rule": "checklist"}, parts(100, 0, 50, None, 95, 5, 94.5)) == {
        "rule": "checklist",
        "done": ["a", "e"],
        "under_way": ["c", "g"],
        "not_begun": ["b", "f"],
        "open": ["d"],
    }


@pytest.mark.parametrize(
    ("scores", "reached", "next_", "above"),
    [
        ((80, 90, 75), "c", None, []),
        ((80, 74, 90), "a", "b", ["c"]),
        ((20, 80, 80), None, "a", ["b", "c"]),
        ((80, None, 80), "a", "b", ["c"]),
        ((10, 10), None, "a", []),
    ],
)
def test_a_ladder(
    scores: tuple[float | None, ...], reached: str | None, next_: str | None, above: list[str]
) -> None:
    assert read({"rule": "ladder"}, parts(*scores)) == {
        "rule": "ladder",
        "reached": reached,
        "next": next_,
        "above": above,
    }


def test_a_decision_is_read_as_values() -> None:
    outcomes = [
        {"code": "no", "when": {"any": [{"dimension": "a", "bands": ["weak"]}]}},
        {"code": "if", "conditions": True},
    ]
    assert read({"rule": "decision", "outcomes": outcomes}, parts(60, 20, None)) == {
        "rule": "decision",
        "version": 2,
        "outcome": "if",
        "because": [],
        "conditions": ["b", "a"],
        "open": ["c"],
    }


@pytest.mark.parametrize("rule", ["weakest", "self-peers", "none"])
def test_rules_that_are_read_elsewhere(rule: str) -> None:
    with pytest.raises(KeyError):
        read({"rule": rule}, parts(60))
