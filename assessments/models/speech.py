"""Rows of a bank as they are read in another language: copies to show, which are never stored."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language

if TYPE_CHECKING:
    from assessments.models.bank import Bank, Dimension, Question

_OF_BANK = ("title", "introduction")
_OF_DIMENSION = ("title", "in_sentence", "question", "what_it_is")
_OF_QUESTION = ("text", "text_of_peers", "help", "facet")


def language_of(bank: Bank, wanted: str | None = None) -> str:
    """The language in which `bank` is read by who reads `wanted`, by default the active one.

    That language, or another kind of it (fr for fr-CA); the bank's own where it says neither.
    """
    wanted = wanted or get_language() or bank.language
    known = [bank.language, *bank.translations]
    for code in (wanted, wanted.split("-")[0]):
        for language in known:
            if language.lower() == code.lower() or language.split("-")[0].lower() == code.lower():
                return language
    return bank.language


def bank_said(bank: Bank, wanted: str | None = None) -> Bank:
    """`bank` with its title, its introduction and what its reading tells, in that language."""
    told = bank.translations.get(language_of(bank, wanted), {})
    said = copy.copy(bank)
    _say(said, told, _OF_BANK)
    said.reading = _reading(bank.reading, told.get("reading", {}))
    return said


def dimension_said(dimension: Dimension, language: str) -> Dimension:
    """`dimension` with its texts in `language`, as `language_of` gives it."""
    told = dimension.translations.get(language, {})
    said = copy.copy(dimension)
    _say(said, told, _OF_DIMENSION)
    said.readings = {
        band: told.get("readings", {}).get(band) or text for band, text in said.readings.items()
    }
    said.advice = _steps(said.advice, told.get("advice", ()))
    said.asked_of_members = _steps(said.asked_of_members, told.get("asked_of_members", ()))
    return said


def question_said(question: Question, language: str, bank: Bank) -> Question:
    """`question` of `bank` with its texts and labels in `language`, as `language_of` gives it."""
    said = copy.copy(question)
    _say(said, question.translations.get(language, {}), _OF_QUESTION)
    labels = bank.translations.get(language, {}).get("labels", {})
    said.labels = [labels.get(label) or label for label in question.labels]
    return said


def _say(row: Any, told: Mapping[str, Any], names: Iterable[str]) -> None:
    for name in names:
        if told.get(name):
            setattr(row, name, told[name])


def _steps(own: list[Any], told: Any) -> list[Any]:
    """Steps of advice, each a title and a text, or one sentence; by their places."""
    steps = list(told)
    return [
        _step(one, steps[place]) if place < len(steps) and steps[place] else one
        for place, one in enumerate(own)
    ]


def _step(own: Any, told: Any) -> Any:
    if isinstance(own, Mapping) and isinstance(told, Mapping):
        return {**own, **{key: text for key, text in told.items() if text}}
    return told


def _reading(own: Mapping[str, Any], told: Mapping[str, Any]) -> dict[str, Any]:
    said = {
        name: _step(one, told[name]) if isinstance(one, Mapping) and told.get(name) else one
        for name, one in own.items()
    }
    outcomes = told.get("outcomes", {})
    if "outcomes" in own:
        said["outcomes"] = [
            _step(one, outcomes[one["code"]]) if outcomes.get(one["code"]) else one
            for one in own["outcomes"]
        ]
    return said
