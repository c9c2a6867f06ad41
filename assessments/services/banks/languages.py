"""A draft's texts in further languages: what is missing, and what is written part by part."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from alliances.errors import Refused
from alliances.models import User
from alliances.services.records import stamp
from assessments.models import Bank
from assessments.services.banks.checks import bank_document
from assessments.services.banks.documents import BankDocument
from assessments.services.banks.drafts import held_draft
from assessments.services.banks.rows import (
    columns_of_bank,
    columns_of_dimension,
    columns_of_question,
    data_of,
    document_of,
)
from assessments.services.banks.stale import stale_texts
from assessments.services.banks.texts import Path, flat_texts, nested_texts, texts_of


class Retranslated(Refused):
    """Somebody saved these texts first, or changed what they translate. `now` is as it stands."""

    def __init__(self, now: PartTexts) -> None:
        super().__init__(
            _(
                "Somebody else changed these texts while you were writing. Nothing of yours is "
                "stored yet, and nothing is lost: compare the two below, and save what shall stand."
            )
        )
        self.now = now


@dataclass(frozen=True)
class PartTexts:
    """The texts of one part of a bank in its own language, and in another so far, by place.

    `mark` is another one where any of them is. `stale` are the places where the own text has changed
    since the version before, and the translation has not.
    """

    own: Mapping[Path, str]
    translated: Mapping[Path, str]
    stale: frozenset[Path] = frozenset()

    @property
    def mark(self) -> str:
        texts = [[list(at), text, self.translated.get(at, "")] for at, text in self.own.items()]
        return hashlib.sha256(json.dumps(texts).encode()).hexdigest()

    @property
    def missing(self) -> int:
        return sum(1 for at in self.own if not self.translated.get(at))


def parts_in(
    document: BankDocument, language: str, before: BankDocument | None = None
) -> list[PartTexts]:
    """The bank's own texts, then those of each dimension with its questions, in that language.

    `before` is the version that it was made from, where what is stale is asked for.
    """
    stale = {} if before is None else stale_texts(before, document)
    translated = next(
        (dict(one.texts) for one in document.translations if one.language == language), {}
    )
    own = texts_of(document.as_data())
    parts = [{at: text for at, text in own.items() if at[0] != "dimensions"}]
    parts += [
        {at: text for at, text in own.items() if at[:2] == ("dimensions", dimension.code)}
        for dimension in document.dimensions
    ]
    return [
        PartTexts(
            part,
            {at: translated[at] for at in part if at in translated},
            stale.get(language, frozenset()) & part.keys(),
        )
        for part in parts
    ]


@transaction.atomic
def translate_part(
    *, bank: Bank, language: str, number: int, texts: Mapping[Path, str], seen: str, by: User | None
) -> None:
    """Stores the texts of part `number` of `parts_in`, each at its place; "" for none.

    `seen` is the part's `mark` when whoever writes began. Raises Retranslated where it is another one
    by now, and Refused where a text may not stand there.
    """
    held = held_draft(bank.pk, bank)
    parts = parts_in(document_of(held, draft=True), language)
    if number >= len(parts):
        raise Refused(_("This part has been removed meanwhile."))
    part = parts[number]
    if part.mark != seen:
        raise Retranslated(part)
    _store(held, language, {at: texts.get(at, "") for at in part.own}, by)


@transaction.atomic
def remove_language(*, bank: Bank, language: str, by: User | None) -> None:
    """The draft without its texts in that language."""
    held = held_draft(bank.pk, bank)
    parts = parts_in(document_of(held, draft=True), language)
    _store(held, language, {at: "" for part in parts for at in part.own}, by)


def _store(bank: Bank, language: str, texts: Mapping[Path, str], by: User | None) -> None:
    whole = data_of(bank)
    translations = whole.setdefault("translations", {})
    flat = {**dict(flat_texts(translations.get(language, {}))), **texts}
    translations[language] = nested_texts({at: text for at, text in flat.items() if text})
    document = bank_document(data=whole, draft=True)
    rows = {dimension.code: dimension for dimension in bank.dimensions.all()}
    questions = {question.code: question for question in bank.questions.all()}
    _save([(bank, columns_of_bank(document))], by)
    _save(
        [(rows[one.code], columns_of_dimension(document, one)) for one in document.dimensions], by
    )
    _save(
        [
            (questions[question.code], columns_of_question(document, one, question))
            for one in document.dimensions
            for question in one.questions
        ],
        by,
    )


def _save(rows: Sequence[tuple[Any, Mapping[str, Any]]], by: User | None) -> None:
    """Stores the translations of the rows, which are of one model, where they are others than before."""
    changed = []
    for row, columns in rows:
        if row.translations != columns["translations"]:
            row.translations = columns["translations"]
            stamp(row, by)
            changed.append(row)
    if changed:
        written = ["translations", "edition", "changed_at", "changed_by"]
        type(changed[0])._default_manager.bulk_update(changed, written)
