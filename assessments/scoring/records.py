"""What is on record beside what people say (step 10). Never mixed into an element's score."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class State(StrEnum):
    """How far a check of the record is met."""

    MET = "met"
    PARTLY = "partly"
    NOT = "not"
    NOT_APPLICABLE = "n/a"


WORTH = {State.MET: Fraction(1), State.PARTLY: Fraction(1, 2), State.NOT: Fraction(0)}


@dataclass(frozen=True)
class Check:
    """One look at the alliance's own records."""

    code: str
    label: str
    state: State
    points: int
    fact: str
    """In words, such as "7 of 9 signed version 2"."""


def record_score(checks: Sequence[Check]) -> Fraction | None:
    """R, 0–100: the share of points met. None where no check applies."""
    applicable = [check for check in checks if check.state is not State.NOT_APPLICABLE]
    points = sum(check.points for check in applicable)
    if not points:
        return None
    met = sum((check.points * WORTH[check.state] for check in applicable), Fraction(0))
    return 100 * met / points
