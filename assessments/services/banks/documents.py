"""A question bank as a frozen document: what files hold, and what digests are made of."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from assessments.services.banks.texts import Path, nested_texts

EVERYONE = "everyone"
ALLIANCE = "alliance"
INVITATION = "invitation"


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
    text_of_peers: str = ""
    change: str = ""

    def as_data(self) -> dict[str, Any]:
        """What a file holds of it, as plain values."""
        whole = self.weight == self.weight.to_integral_value()
        return {
            "code": self.code,
            "text": self.text,
            **_said(text_of_peers=self.text_of_peers),
            "help": self.help,
            "facet": self.facet,
            "source": self.source,
            "min": self.minimum,
            "max": self.maximum,
            "labels": list(self.labels),
            "reverse": self.reverse,
            # Up to three decimals below 1001 go into a float and back unchanged.
            "weight": int(self.weight) if whole else float(self.weight),
            **_said(change=self.change),
        }


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that a result may say, or one step of its advice: a title and a text."""

    title: str
    text: str

    def as_data(self) -> dict[str, Any]:
        return {"title": self.title, "text": self.text}


@dataclass(frozen=True, slots=True)
class DimensionDocument:
    """What is scored as one, with its questions in order."""

    code: str
    title: str
    in_sentence: str
    question: str
    what_it_is: str
    advice: tuple[Told, ...]
    asked_of_members: tuple[str, ...]
    source: str
    questions: tuple[QuestionDocument, ...]
    readings: tuple[tuple[str, str], ...] = ()
    """What it means that it is strong, mixed, weak: some of these bands with their text."""
    facets: tuple[str, ...] = ()
    """What its questions are to cover; each names its own facet."""

    def as_data(self) -> dict[str, Any]:
        """What a file holds of it, as plain values."""
        return {
            "code": self.code,
            "title": self.title,
            "in_sentence": self.in_sentence,
            "question": self.question,
            "what_it_is": self.what_it_is,
            **_said(readings=dict(self.readings)),
            "advice": [step.as_data() for step in self.advice],
            "asked_of_members": list(self.asked_of_members),
            "source": self.source,
            **_said(facets=list(self.facets)),
            "questions": [question.as_data() for question in self.questions],
        }


@dataclass(frozen=True, slots=True)
class Condition:
    """That a dimension is in one of these bands."""

    dimension: str
    bands: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a reading may come to. It does where `every` or `any` of `conditions` holds, and where
    there are none. With `names_conditions`, the dimensions that are not strong are named in it."""

    code: str
    told: Told
    match: str = "every"
    conditions: tuple[Condition, ...] = ()
    names_conditions: bool = False

    def as_data(self) -> dict[str, Any]:
        when = [
            {"dimension": condition.dimension, "bands": list(condition.bands)}
            for condition in self.conditions
        ]
        return {
            "code": self.code,
            **self.told.as_data(),
            **_said(when={"all" if self.match == "every" else "any": when} if when else None),
            **_said(conditions=self.names_conditions),
        }


@dataclass(frozen=True, slots=True)
class Reading:
    """How a result of the bank is read: a rule (`readings.RULES`), its numbers, what it may say."""

    rule: str
    numbers: tuple[tuple[str, int], ...] = ()
    told: tuple[tuple[str, Told], ...] = ()
    outcomes: tuple[Outcome, ...] = ()

    def as_data(self) -> dict[str, Any]:
        """What a file holds of it, as plain values."""
        return {
            "rule": self.rule,
            **dict(self.numbers),
            **{name: told.as_data() for name, told in self.told},
            **_said(outcomes=[outcome.as_data() for outcome in self.outcomes]),
        }


WEAKEST_DECIDES = Reading("weakest")


@dataclass(frozen=True, slots=True)
class Translation:
    """Texts of a bank in a further language, each with its place (`texts`), in their order.

    What is missing is read in the bank's own language.
    """

    language: str
    texts: tuple[tuple[Path, str], ...]


@dataclass(frozen=True, slots=True)
class BankDocument:
    """One version of a bank, with everything it says. `checks.bank_document` makes it."""

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
    since: int | None = None
    """The version that this one was made from, and that `change` of its questions speaks of."""
    audience: str = EVERYONE
    subject: str = ALLIANCE
    reading: Reading = WEAKEST_DECIDES
    translations: tuple[Translation, ...] = ()

    def as_data(self) -> dict[str, Any]:
        """The whole bank as plain values, in the order in which a file tells it.

        Written to a file and read again they make an equal document. What a bank seldom says is left
        out where it does not, so that the digest of a bank outlives new keys.
        """
        data = {
            "code": self.code,
            "version": self.version,
            **_said(since=self.since),
            "title": self.title,
            "language": self.language,
            "copyright": self.copyright,
            "minutes": self.minutes,
            **_said(audience="" if self.audience == EVERYONE else self.audience),
            **_said(subject="" if self.subject == ALLIANCE else self.subject),
            "introduction": self.introduction,
            "sources": dict(self.sources),
            "bands": {"strong": self.band_strong, "mixed": self.band_mixed},
            **_said(reading={} if self.reading == WEAKEST_DECIDES else self.reading.as_data()),
            "dimensions": [dimension.as_data() for dimension in self.dimensions],
        }
        texts = {
            translation.language: nested_texts(dict(translation.texts))
            for translation in self.translations
        }
        return data | _said(translations=texts)

    @property
    def languages(self) -> tuple[str, ...]:
        """The language it was written in, then those of its translations."""
        return (self.language, *(translation.language for translation in self.translations))


def _said(**values: Any) -> dict[str, Any]:
    """Those of `values` that say something."""
    return {key: value for key, value in values.items() if value}


def bank_digest(document: BankDocument) -> str:
    """ "sha256:" and 64 hexadecimal digits over all that the bank says.

    Taken over its JSON with sorted keys and no spaces, in UTF-8. Keys' order, comments, layout and
    defaults left out do not change it; any other difference does.
    """
    canonical = json.dumps(
        document.as_data(), sort_keys=True, separators=(",", ":"), ensure_ascii=False
    )
    return "sha256:" + hashlib.sha256(canonical.encode()).hexdigest()
