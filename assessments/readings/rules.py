"""The further rules: opposed pairs, a checklist, a ladder, the mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from .decision import DECISION_VERSION, decide
from .part import Part

LEVEL = 5
"""Points around the middle, 50, within which opposed pairs lean to neither side."""


DONE, NOT_BEGUN = 95, 5
"""From where on a part of a checklist counts as done, and up to where as not begun: the ends that a
confidential round tells of a scale (disclosure.withholding), so that a reading tells no more."""


def read(
    reading: Mapping[str, Any], parts: Sequence[Part], change: Fraction | None = None
) -> dict[str, Any]:
    """The reading of `parts` by a bank's rule, as JSON-ready values; codes, no words.

    `reading` is as the bank's file has it; `change` the mean movement of all parts since the round
    before, in points, None where there is none to tell. Raises KeyError for a rule that is read
    elsewhere: the weakest dimension decides in scoring, oneself and peers are read person by person.
    """
    rule = reading["rule"]
    if rule == "decision":
        decision = decide(reading["outcomes"], parts)
        return {
            "rule": rule,
            "version": DECISION_VERSION,
            "outcome": decision.outcome,
            "because": list(decision.because),
            "conditions": list(decision.conditions),
            "open": list(decision.open),
        }
    return {"rule": rule} | {
        "mean": _mean,
        "pairs": _pairs,
        "checklist": _checklist,
        "ladder": _ladder,
    }[rule](parts, change)


def _mean(parts: Sequence[Part], change: Fraction | None) -> dict[str, Any]:
    """Which part is lowest and which highest, the first of equal ones; None where fewer than two
    have a score, or all the same."""
    told = [part for part in parts if part.score is not None]
    scores = {part.score for part in told}
    if len(scores) < 2:
        return {"lowest": None, "highest": None}
    return {
        "lowest": min(told, key=lambda part: part.score or 0).code,
        "highest": max(told, key=lambda part: part.score or 0).code,
    }


def _pairs(parts: Sequence[Part], change: Fraction | None) -> dict[str, Any]:
    """Which way the mean of all parts leans, and which way it moved since last time."""
    told = [part.score for part in parts if part.score is not None]
    lowest = min(
        (p for p in parts if p.score is not None), key=lambda p: p.score or 0, default=None
    )
    return {
        "direction": _way(Fraction(sum(told), len(told)) - 50) if len(told) == len(parts) else None,
        "since": None if change is None else _way(change),
        "lowest": lowest.code if lowest else None,
    }


def _way(points: Fraction) -> str:
    if abs(points) <= LEVEL:
        return "level"
    return "outward" if points > 0 else "inward"


def _checklist(parts: Sequence[Part], change: Fraction | None) -> dict[str, Any]:
    """Each part done, not begun or under way."""
    told = [(part.code, part.score) for part in parts if part.score is not None]
    return {
        "done": [code for code, score in told if score >= DONE],
        "under_way": [code for code, score in told if NOT_BEGUN < score < DONE],
        "not_begun": [code for code, score in told if score <= NOT_BEGUN],
        "open": [part.code for part in parts if part.score is None],
    }


def _ladder(parts: Sequence[Part], change: Fraction | None) -> dict[str, Any]:
    """How far up: the last rung before the first that is not strong. What is strong above is told."""
    reached = []
    for part in parts:
        if not part.is_strong:
            break
        reached.append(part.code)
    above = parts[len(reached) :]
    return {
        "reached": reached[-1] if reached else None,
        "next": above[0].code if above else None,
        "above": [part.code for part in above[1:] if part.is_strong],
    }
