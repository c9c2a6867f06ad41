"""A question bank as a frozen document: what files hold, and what digests are made of."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from decimal import Decimal
from typing import Any


@dataclass(frozen=True, slots=True)
class QuestionDocument:
    """One question, as a file tells it; `minimum` and `maximum` are written min and max there."""

    code: str
    text: str
    help: str
    facet: str
    source: str
    minimum: int
    maximum: int
    labels: tuple[str, ...]
    reverse: bool
    weight: Decimal

    def as_data(self) -> dict[str, Any]:
        """What a file holds of it, as plain values."""
        whole = self.weight == self.weight.to_integral_value()
        return {
            "code": self.code,
            "text": self.text,
            "help": self.help,
            "facet": self.facet,
            "source": self.source,
            "min": self.minimum,
            "max": self.maximum,
            "labels": list(self.labels),
            "reverse": self.reverse,
            # Up to three decimals below 1001 go into a float and back unchanged.
            "weight": int(self.weight) if whole else float(self.weight),
        }


@dataclass(frozen=True, slots=True)
class AdviceStep:
    """One step of what to do when a dimension is weak."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class DimensionDocument:
    """What is scored as one, with its questions in order."""

    code: str
    title: str
    in_sentence: str
    question: str
    what_it_is: str
    advice: tuple[AdviceStep, ...]
    asked_of_members: tuple[str, ...]
    source: str
    questions: tuple[QuestionDocument, ...]

    def as_data(self) -> dict[str, Any]:
        """What a file holds of it, as plain values."""
        return {
            "code": self.code,
            "title": self.title,
            "in_sentence": self.in_sentence,
            "question": self.question,
            "what_it_is": self.what_it_is,
            "advice": [{"title": step.title, "text": step.text} for step in self.advice],
            "asked_of_members": list(self.asked_of_members),
            "source": self.source,
            "questions": [question.as_data() for question in self.questions],
        }


@dataclass(frozen=True, slots=True)
class BankDocument:
    """One version of a bank, with everything it says. `bank_checks.bank_document` makes it."""

    code: str
    version: int
    title: str
    introduction: str
    language: str
    copyright: str
    minutes: int
    sources: tuple[tuple[str, str], ...]
    band_strong: int
    band_mixed: int
    dimensions: tuple[DimensionDocument, ...]

    def as_data(self) -> dict[str, Any]:
        """The whole bank as plain values, in the order in which a file tells it.

        `bank_document(data=document.as_data()) == document`.
        """
        return {
            "code": self.code,
            "version": self.version,
            "title": self.title,
            "language": self.language,
            "copyright": self.copyright,
            "minutes": self.minutes,
            "introduction": self.introduction,
            "sources": dict(self.sources),
            "bands": {"strong": self.band_strong, "mixed": self.band_mixed},
            "dimensions": [dimension.as_data() for dimension in self.dimensions],
        }


def bank_digest(document: BankDocument) -> str:
    """ "sha256:" and 64 hexadecimal digits over all that the bank says.

    Taken over its JSON with sorted keys and no spaces, in UTF-8. Keys' order, comments, layout and
    defaults left out do not change it; any other difference does.
    """
    canonical = json.dumps(
        document.as_data(), sort_keys=True, separators=(",", ":"), ensure_ascii=False
    )
    return "sha256:" + hashlib.sha256(canonical.encode()).hexdigest()
