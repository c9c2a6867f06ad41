"""A bank's rows as the values of a file, and a document's parts as columns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from alliances.errors import Refused
from assessments.models import Bank, Dimension, Question
from assessments.services.banks.checks import bank_document
from assessments.services.banks.documents import (
    BankDocument,
    DimensionDocument,
    QuestionDocument,
)
from assessments.services.banks.texts import Path, flat_texts, nested_texts, texts_of


def document_of(bank: Bank, *, draft: bool = False) -> BankDocument:
    """The stored rows as a document, through the same checks as any file. Two queries.

    Raises Refused where they make no bank; a `draft` may lack dimensions and questions.
    """
    try:
        data = data_of(bank)
    except (AttributeError, LookupError, TypeError, ValueError) as error:
        # Written past every check, a column may hold anything.
        raise Refused(
            _("The rows of “%(bank)s” make no question bank.") % {"bank": bank}, [str(error)]
        ) from error
    return bank_document(data=data, draft=draft)


def data_of(bank: Bank) -> dict[str, Any]:
    """The stored rows as the values of a file. Two queries.

    Translations of what the bank does not say any more are left out.
    """
    dimensions = list(bank.dimensions.order_by("position").prefetch_related("questions"))
    data: dict[str, Any] = {
        "code": bank.code,
        "version": bank.version,
        "since": bank.since,
        "title": bank.title,
        "language": bank.language,
        "copyright": bank.copyright,
        "minutes": bank.minutes,
        "audience": bank.audience,
        "subject": bank.subject,
        "introduction": bank.introduction,
        "sources": bank.sources,
        "bands": {"strong": bank.band_strong, "mixed": bank.band_mixed},
        **({"reading": bank.reading} if bank.reading else {}),
        "dimensions": [_data_of_dimension(dimension) for dimension in dimensions],
    }
    places = texts_of(data)
    translations: dict[str, dict[Path, str]] = {}
    for at, translated in _translated(bank, dimensions):
        for language, texts in translated.items():
            for below, text in flat_texts(texts):
                if (*at, *below) in places:
                    translations.setdefault(language, {})[*at, *below] = text
    nested = {language: nested_texts(texts) for language, texts in translations.items()}
    return data | ({"translations": nested} if nested else {})


def _data_of_dimension(dimension: Dimension) -> dict[str, Any]:
    questions = sorted(dimension.questions.all(), key=lambda question: question.position)
    return {
        "code": dimension.code,
        "title": dimension.title,
        "in_sentence": dimension.in_sentence,
        "question": dimension.question,
        "what_it_is": dimension.what_it_is,
        "readings": dimension.readings,
        "advice": dimension.advice,
        "asked_of_members": dimension.asked_of_members,
        "source": dimension.source,
        "facets": dimension.facets,
        "questions": [data_of_question(question) for question in questions],
    }


def data_of_question(question: Question) -> dict[str, Any]:
    """The row as a file's values, without its translations."""
    return {
        "code": question.code,
        "text": question.text,
        "text_of_peers": question.text_of_peers,
        "help": question.help,
        "facet": question.facet,
        "source": question.source,
        "min": question.minimum,
        "max": question.maximum,
        "labels": question.labels,
        "reverse": question.reverse,
        "weight": question.weight,
        "change": question.change,
    }


def _translated(
    bank: Bank, dimensions: list[Dimension]
) -> list[tuple[Path, Mapping[str, Mapping[str, Any]]]]:
    """The translations on each row, with the place below which their texts stand."""
    found: list[tuple[Path, Mapping[str, Mapping[str, Any]]]] = [((), bank.translations)]
    for dimension in dimensions:
        at: Path = ("dimensions", dimension.code)
        found.append((at, dimension.translations))
        found += [
            ((*at, "questions", question.code), question.translations)
            for question in dimension.questions.all()
        ]
    return found


def columns_of_bank(document: BankDocument) -> dict[str, Any]:
    """The columns of Bank that its document fills, dimensions and questions left out.

    `translations` has each language of the document, also where only its questions are in it: they are
    the languages that a respondent is offered.
    """
    texts = {
        translation.language: nested_texts(
            {at: text for at, text in translation.texts if at[0] != "dimensions"}
        )
        for translation in document.translations
    }
    data = document.as_data()
    return {
        "code": document.code,
        "version": document.version,
        "since": document.since,
        "title": document.title,
        "language": document.language,
        "copyright": document.copyright,
        "minutes": document.minutes,
        "audience": document.audience,
        "subject": document.subject,
        "introduction": document.introduction,
        "sources": dict(document.sources),
        "band_strong": document.band_strong,
        "band_mixed": document.band_mixed,
        "reading": data.get("reading", {}),
        "translations": texts,
    }


def columns_of_dimension(document: BankDocument, dimension: DimensionDocument) -> dict[str, Any]:
    """The columns of Dimension for one of the document's, its questions left out."""
    texts = _translations_below(document, ("dimensions", dimension.code))
    return {
        "code": dimension.code,
        "title": dimension.title,
        "in_sentence": dimension.in_sentence,
        "question": dimension.question,
        "what_it_is": dimension.what_it_is,
        "readings": dict(dimension.readings),
        "advice": [step.as_data() for step in dimension.advice],
        "asked_of_members": list(dimension.asked_of_members),
        "source": dimension.source,
        "facets": list(dimension.facets),
        "translations": {
            language: nested_texts(own)
            for language, found in texts.items()
            if (own := {at: text for at, text in found.items() if at[0] != "questions"})
        },
    }


def columns_of_question(
    document: BankDocument, dimension: DimensionDocument, question: QuestionDocument
) -> dict[str, Any]:
    """The columns of Question for one of the document's."""
    texts = _translations_below(
        document, ("dimensions", dimension.code, "questions", question.code)
    )
    return {
        "code": question.code,
        "text": question.text,
        "text_of_peers": question.text_of_peers,
        "help": question.help,
        "facet": question.facet,
        "minimum": question.minimum,
        "maximum": question.maximum,
        "labels": list(question.labels),
        "reverse": question.reverse,
        "weight": question.weight,
        "source": question.source,
        "change": question.change,
        "translations": {language: nested_texts(found) for language, found in texts.items()},
    }


def _translations_below(document: BankDocument, beginning: Path) -> dict[str, dict[Path, str]]:
    found: dict[str, dict[Path, str]] = {}
    for translation in document.translations:
        for at, text in translation.texts:
            if at[: len(beginning)] == beginning:
                found.setdefault(translation.language, {})[at[len(beginning) :]] = text
    return found
