"""What disclosure is given, and what it gives back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from assessments.scoring import Bands, Check, ElementScore


@dataclass(frozen=True)
class Published:
    """What the result of a round told of an element."""

    score: Fraction | None
    """To two decimals."""
    extreme: bool
    withheld_questions: frozenset[str]
    broken_down: bool
    """Whether a paired change is told that part of this round's organisations go into."""


@dataclass(frozen=True)
class EarlierRound:
    """The closed round before this one, of the same bank, scored anew with the same rules."""

    name: str
    closed_at: str
    confidential: bool
    threshold: int
    respondents: int
    elements: Mapping[str, ElementScore]
    """By code; organisations under the names that they have in the present round. Without those of which
    answers were deleted since."""
    published: Mapping[str, Published]
    """By code; of the elements that asked the same."""


@dataclass(frozen=True)
class Told:
    """What a published result tells of a question."""

    mean: Fraction
    """As the answers were given; to two decimals."""
    people: int


@dataclass(frozen=True)
class FormerRound:
    """Any published round of the same bank beside this one, and how far its people are others."""

    told: Mapping[str, Mapping[str, Told]]
    """By element and question, both by code; questions that asked the same."""
    confidential: bool
    threshold: int
    respondents: int
    elements: Mapping[str, ElementScore]
    """By code, its organisations as they are called now; without those that asked other questions, or of which
    answers were deleted since."""
    alike: frozenset[str]
    """Elements that asked the same questions."""
    fewest: int
    """So many people at least answered one of the two rounds and not the other."""
    joined: int
    """So many at most answered this and not that."""
    left: int
    """So many at most answered that and not this."""
    changed: frozenset[str]
    """The organisations that those are of, as they are called now."""


@dataclass(frozen=True)
class Findings:
    """All that is known of a closed round. Nothing of it may be shown before it went through here."""

    alliance: str
    round: str
    closed_at: str
    confidential: bool
    threshold: int
    bank_code: str
    bank_version: int
    bank_digest: str
    bands: Bands
    roster_organisations: int
    roster_people: int
    answered_organisations: tuple[str, ...]
    respondents: int
    elements: tuple[ElementScore, ...]
    """In the bank's order."""
    records: Mapping[str, Sequence[Check]] = field(default_factory=dict)
    forecast: Mapping[str, int] = field(default_factory=dict)
    comments: Mapping[str, Sequence[tuple[str, str]]] = field(default_factory=dict)
    """By element, each the commenter's organisation and the text."""
    earlier: EarlierRound | None = None
    former: Sequence[FormerRound] = ()
    """All published rounds of the same bank, `earlier` among them."""
    reading: Mapping[str, Any] | None = None
    """How the bank asks its result to be read; None where the weakest element decides."""


@dataclass(frozen=True)
class Publication:
    """What may be known: the result as JSON-ready values, and the comments beside it."""

    document: dict[str, Any]
    comments: dict[str, list[dict[str, str | None]]]
