"""The words of a question bank that a result is shown with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from assessments.models import Bank, Dimension, Question
from assessments.models.speech import bank_said, dimension_said, language_of, question_said
from assessments.readings import looked_at


@dataclass(frozen=True)
class Advice:
    """One thing to do: a title that can stand alone, and how."""

    title: str
    text: str = ""


@dataclass(frozen=True)
class StatementText:
    """A statement, what it covers, its scale, and whether agreeing to it counts against the element."""

    code: str
    text: str
    minimum: int = 1
    maximum: int = 5
    reverse: bool = False
    labels: tuple[str, ...] = ()
    """One a value, lowest first; those between the ends may be empty."""
    facet: str = ""


@dataclass(frozen=True)
class ElementText:
    """What a bank says of one dimension."""

    code: str
    title: str
    in_sentence: str
    question: str = ""
    what_it_is: str = ""
    readings: Mapping[str, str] = field(default_factory=dict)
    """What it means that it is strong, mixed, weak."""
    advice: tuple[Advice, ...] = ()
    asked_of_members: tuple[Advice, ...] = ()
    statements: Mapping[str, StatementText] = field(default_factory=dict)

    @property
    def scale(self) -> tuple[int, int] | None:
        """(min, max) where all statements share one; agreement is told on no other element."""
        scales = {(s.minimum, s.maximum) for s in self.statements.values()}
        return scales.pop() if len(scales) == 1 else None


@dataclass(frozen=True)
class BankTexts:
    """A bank's words and the limits of its bands (scores from which mixed and strong begin)."""

    title: str
    code: str
    version: int
    mixed_from: int = 50
    strong_from: int = 75
    elements: Mapping[str, ElementText] = field(default_factory=dict)
    told: Mapping[str, Advice] = field(default_factory=dict)
    """What a reading may say: by name, such as `outward`, or by an outcome's code."""
    looked_at: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The elements that each outcome of a decision looks at, by its code; empty for the last."""
    judges: bool = True
    """Whether a high score is better than a low one. Not where the outcomes are mere kinds."""

    of_partners: bool = False
    """Whether two partners are asked, and nobody else."""

    def element(self, code: str) -> ElementText:
        """The element's words; its code, made readable, where the bank has none."""
        known = self.elements.get(code)
        if known is not None:
            return known
        title = code.replace("-", " ").replace("_", " ").strip().capitalize() or code
        return ElementText(code=code, title=title, in_sentence=title.lower())


def texts_of(bank: Bank, language: str = "") -> BankTexts:
    """The words of `bank` in `language`, by default the active one, in its own where it says nothing in
    that; by two queries."""
    dimensions = bank.dimensions.order_by("position").prefetch_related("questions")
    language = language_of(bank, language)
    said = bank_said(bank, language)
    return BankTexts(
        title=said.title,
        code=bank.code,
        version=bank.version,
        mixed_from=bank.band_mixed,
        strong_from=bank.band_strong,
        elements={dimension.code: _element(dimension, language, bank) for dimension in dimensions},
        told=_told(said.reading),
        looked_at={one["code"]: looked_at(one) for one in said.reading.get("outcomes", ())},
        judges=_judges(said.reading),
        of_partners=bank.is_workbook,
    )


def _told(reading: Mapping[str, Any]) -> dict[str, Advice]:
    named = {name: one for name, one in reading.items() if isinstance(one, Mapping)}
    named |= {outcome["code"]: outcome for outcome in reading.get("outcomes", ())}
    return {name: Advice(one["title"], one["text"]) for name, one in named.items()}


def _judges(reading: Mapping[str, Any]) -> bool:
    """Whether the bands tell good from bad: a decision of which no outcome names what is not strong
    tells one kind from another."""
    outcomes = reading.get("outcomes", ())
    return not outcomes or any(outcome.get("conditions") for outcome in outcomes)


def _element(row: Dimension, language: str, bank: Bank) -> ElementText:
    dimension = dimension_said(row, language, bank)
    return ElementText(
        code=dimension.code,
        title=dimension.title,
        in_sentence=dimension.in_sentence or dimension.title[:1].lower() + dimension.title[1:],
        question=dimension.question,
        what_it_is=dimension.what_it_is,
        readings=dimension.readings,
        advice=_advice(dimension.advice),
        asked_of_members=_advice(dimension.asked_of_members),
        statements={
            question.code: _statement(question_said(question, language, bank))
            for question in row.questions.all()
        },
    )


def _statement(question: Question) -> StatementText:
    return StatementText(
        code=question.code,
        text=question.text,
        minimum=question.minimum,
        maximum=question.maximum,
        reverse=question.reverse,
        labels=tuple(str(label) for label in question.labels),
        facet=question.facet,
    )


def _advice(items: Any) -> tuple[Advice, ...]:
    """A bank's list of {title, text}, or of plain sentences."""
    return tuple(
        Advice(item.get("title", ""), item.get("text", ""))
        if isinstance(item, Mapping)
        else Advice(item)
        for item in items or ()
    )
