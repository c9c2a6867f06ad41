"""What was found of the questions of a bank, as far as it may be told."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from fractions import Fraction


class Lack(Enum):
    """Why there is no figure."""

    WITHHELD = "withheld"
    """Too few respondents or alliances for a batch, or all gave the same. Which of these is not told."""
    ALONE = "alone"
    """The dimension has one question, so there is no rest of it."""
    FLAT = "flat"
    """All come to the same sum, so there is nothing that could go together."""


@dataclass(frozen=True)
class WithoutValue:
    """Shares (0–1) of all respondents that gave one question no value."""

    dont_know: Fraction
    not_applicable: Fraction
    left_out: Fraction
    """Neither a value, nor don't know, nor not applicable."""


@dataclass(frozen=True)
class Values:
    """What was answered to one question by those who gave a value, as they gave it, not reversed."""

    people: int
    mean: Fraction
    """On the question's own scale."""
    spread: float
    """Sample standard deviation (n − 1), in steps of the scale."""
    lowest: Fraction
    """The share (0–1) that gave the lowest value of the scale."""
    highest: Fraction


@dataclass(frozen=True)
class QuestionFigures:
    """How one question was answered."""

    code: str
    without: WithoutValue | Lack
    values: Values | Lack
    rest: float | Lack
    """Correlation with the other questions of its dimension, −1 to 1 (corrected item-rest)."""


@dataclass(frozen=True)
class Alpha:
    """Cronbach's alpha, at most 1, with its 95 % interval, over who answered every question."""

    people: int
    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Intraclass:
    """How alike people of one organisation answer: one-way random analysis of variance."""

    people: int
    organisations: int
    icc1: float
    """How much of the differences lies between organisations; at most 1, below 0 where less than chance."""
    icc2: float | None
    """How reliable the organisations' means are, 0–1; None where they differ no more than by chance."""


@dataclass(frozen=True)
class DimensionFigures:
    """How the questions of one dimension go together, and each of them."""

    code: str
    questions: tuple[QuestionFigures, ...]
    alpha: Alpha | Lack
    intraclass: Intraclass | Lack


@dataclass(frozen=True)
class BankFigures:
    """All that is told of one version, over the full batches of its closed rounds."""

    respondents: int
    alliances: int
    dimensions: tuple[DimensionFigures, ...]
