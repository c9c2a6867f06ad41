"""What scoring is given: the rules of a bank, and what each respondent answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

Answer = int | Literal["dk", "na"]
"""A value on the question's scale, or don't know, or not applicable. A missing answer is absent."""


@dataclass(frozen=True)
class QuestionRules:
    """How a question's values are read: a scale of whole numbers, its direction, its weight."""

    code: str
    minimum: int = 1
    maximum: int = 5
    reverse: bool = False
    weight: Fraction = Fraction(1)

    def __post_init__(self) -> None:
        if self.maximum <= self.minimum:
            raise ValueError(f"{self.code}: the scale must rise")
        if self.weight <= 0:
            raise ValueError(f"{self.code}: the weight must be positive")


@dataclass(frozen=True)
class DimensionRules:
    """The questions that are scored as one: in the readiness bank, an element."""

    code: str
    questions: tuple[QuestionRules, ...]


@dataclass(frozen=True)
class Bands:
    """From which score on a dimension is strong, and from which it is mixed; below, it is weak."""

    strong: Fraction = Fraction(75)
    mixed: Fraction = Fraction(50)

    def of(self, score: Fraction) -> str:
        """`strong`, `mixed` or `weak`, decided on the exact score."""
        if score >= self.strong:
            return "strong"
        return "mixed" if score >= self.mixed else "weak"


@dataclass(frozen=True)
class AnswerSheet:
    """One respondent's answers by question code, and the organisation that they speak for."""

    organisation: str
    answers: Mapping[str, Answer] = field(default_factory=dict)
