"""Rows of a bank as they are read in another language: copies to show, which are never stored.

Each text of such a copy knows in which language it is (`Said`), so that a page can say it of what is
shown in another language than the rest.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import get_language

if TYPE_CHECKING:
    from assessments.models.bank import Bank, Dimension, Question

_OF_BANK = ("title", "introduction")
_OF_DIMENSION = ("title", "in_sentence", "question", "what_it_is")
_OF_QUESTION = ("text", "text_of_peers", "help", "facet")
_OF_STEP = ("title", "text")


class Said(str):
    """A text of a bank, in `language`: the one that was asked for, or the bank's own where the
    translation lacks the text."""

    __slots__ = ("language",)

    language: str

    def __new__(cls, text: str, language: str = "") -> Said:
        said = super().__new__(cls, text)
        said.language = language
        return said


def languages_of(bank: Bank) -> list[str]:
    """The codes of the languages that `bank` is in: its own first."""
    return [bank.language, *(code for code in bank.translations if code != bank.language)]


def find_language(bank: Bank, wanted: str) -> str:
    """That of the bank's languages which is `wanted`, or another kind of it (fr for fr-CA, and the other
    way round); "" for none."""
    return alike(wanted, languages_of(bank))


def alike(wanted: str, codes: Iterable[str]) -> str:
    """The one of these `codes` that is `wanted`, or else its language in general, or another kind of it;
    "" for none."""
    whole, short = wanted.lower(), wanted.lower().split("-")[0]
    known = {code.lower(): code for code in codes}
    kinds = (code for code in known if code.split("-")[0] == short)
    found = next((code for code in (whole, short, *kinds) if code in known), "")
    return known.get(found, "")


def pages_language(language: str) -> str:
    """The language of our pages and papers that is this one, or a kind of it; "" where they are not in it."""
    return alike(language, dict(settings.LANGUAGES))


def language_of(bank: Bank, wanted: str | None = None) -> str:
    """The language in which `bank` is read by who reads `wanted`, by default the active one.

    That language, or another kind of it (fr for fr-CA); the bank's own where it says neither.
    """
    return find_language(bank, wanted or get_language() or "") or bank.language


def bank_said(bank: Bank, wanted: str | None = None) -> Bank:
    """`bank` with its title, its introduction and what its reading tells, in that language."""
    language = language_of(bank, wanted)
    told = bank.translations.get(language, {})
    speaker = _Speaker(language, bank.language)
    said = copy.copy(bank)
    speaker.say(said, told, _OF_BANK)
    said.reading = speaker.reading(bank.reading, told.get("reading", {}))
    return said


def dimension_said(dimension: Dimension, language: str, bank: Bank) -> Dimension:
    """`dimension` of `bank` with its texts in `language`, as `language_of` gives it."""
    told = dimension.translations.get(language, {})
    speaker = _Speaker(language, bank.language)
    said = copy.copy(dimension)
    speaker.say(said, told, _OF_DIMENSION)
    readings = told.get("readings", {})
    said.readings = {
        band: speaker.text(text, readings.get(band)) for band, text in said.readings.items()
    }
    said.advice = speaker.steps(said.advice, told.get("advice", ()))
    said.asked_of_members = speaker.steps(said.asked_of_members, told.get("asked_of_members", ()))
    return said


def question_said(question: Question, language: str, bank: Bank) -> Question:
    """`question` of `bank` with its texts and labels in `language`, as `language_of` gives it."""
    speaker = _Speaker(language, bank.language)
    said = copy.copy(question)
    speaker.say(said, question.translations.get(language, {}), _OF_QUESTION)
    labels = bank.translations.get(language, {}).get("labels", {})
    said.labels = [speaker.text(label, labels.get(label)) for label in question.labels]
    return said


@dataclass(frozen=True)
class _Speaker:
    """Puts what a translation tells in the place of a bank's own texts."""

    language: str
    own_language: str

    def text(self, own: str, told: str | None) -> str:
        return Said(told, self.language) if told else Said(own, self.own_language)

    def say(self, row: Any, told: Mapping[str, Any], names: Iterable[str]) -> None:
        for name in names:
            setattr(row, name, self.text(getattr(row, name), told.get(name)))

    def steps(self, own: list[Any], told: Any) -> list[Any]:
        """Steps of advice, each a title and a text, or one sentence; by their places."""
        steps = list(told)
        return [
            self.step(one, steps[place] if place < len(steps) else None)
            for place, one in enumerate(own)
        ]

    def step(self, own: Any, told: Any) -> Any:
        if not isinstance(own, Mapping):
            return self.text(own, told)
        told = told if isinstance(told, Mapping) else {}
        return {
            key: self.text(value, told.get(key)) if key in _OF_STEP else value
            for key, value in own.items()
        }

    def reading(self, own: Mapping[str, Any], told: Mapping[str, Any]) -> dict[str, Any]:
        said = {
            name: self.step(one, told.get(name)) if isinstance(one, Mapping) else one
            for name, one in own.items()
        }
        outcomes = told.get("outcomes", {})
        if "outcomes" in own:
            said["outcomes"] = [
                self.step(one, outcomes.get(one["code"])) for one in own["outcomes"]
            ]
        return said
