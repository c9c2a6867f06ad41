"""What is in a draft: its own texts and reading, its dimensions and questions.

Every change is checked as part of the whole bank, by the checks that a file passes through
(`checks.bank_document`), so that a draft lacks things at most and never holds what a file could not
say. Whoever changes something says from which edition they began; where somebody else saved first,
`Overtaken` shows them both.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from alliances.errors import Refused
from alliances.models import User
from alliances.services.records import Overtaken, stamp
from assessments.models import Bank, Dimension, Question
from assessments.services.banks.checks import bank_document
from assessments.services.banks.documents import BankDocument
from assessments.services.banks.drafts import (
    Data,
    current_part,
    held_draft,
    overtaken_by_another,
    refuse_taken_code,
)
from assessments.services.banks.order import number_anew, place_question
from assessments.services.banks.rows import (
    columns_of_bank,
    columns_of_dimension,
    columns_of_question,
    data_of,
)
from assessments.services.banks.sections import Unfit, clean_text


@transaction.atomic
def change_bank(*, bank: Bank, edition: int, by: User | None, data: Data) -> Bank:
    """The draft with these keys of its file (docs/banks.md); what is not named stays.

    `translations` holds those of the bank's own texts alone, by language.
    """
    held = held_draft(bank.pk, bank)
    if held.edition != edition:
        raise Overtaken(held)
    whole = data_of(held)
    own = dict(data)
    translations = own.pop("translations", None)
    whole |= own
    if translations is not None:
        _put_translations(whole, (), translations)
    document = bank_document(data=whole, draft=True)
    _check_version(held, document)
    try:
        with transaction.atomic():
            return _saved(held, columns_of_bank(document), by)
    except IntegrityError as error:
        raise overtaken_by_another(document) from error


def _check_version(bank: Bank, document: BankDocument) -> None:
    if document.code != bank.code:
        refuse_taken_code(document.code)
    others = Bank.objects.filter(code=document.code).exclude(pk=bank.pk)
    latest = others.aggregate(latest=Max("version"))["latest"] or 0
    if document.version <= latest:
        raise Refused(
            _("Version %(version)d is stored already. The draft needs a higher one.")
            % {"version": latest}
        )


@transaction.atomic
def add_dimension(*, bank: Bank, by: User | None, data: Data) -> Dimension:
    """A dimension at the draft's end, with these keys of a file."""
    held = held_draft(bank.pk, bank)
    whole = data_of(held)
    own = dict(data)
    translations = own.pop("translations", {})
    whole["dimensions"].append(own | {"questions": []})
    _put_translations(whole, ("dimensions", _code(own)), translations)
    document = bank_document(data=whole, draft=True)
    columns = columns_of_dimension(document, document.dimensions[-1])
    place = len(document.dimensions)
    return Dimension.objects.create(bank=held, position=place, changed_by=by, **columns)


@transaction.atomic
def change_dimension(
    *, dimension: Dimension, edition: int, by: User | None, data: Data
) -> Dimension:
    """The dimension with these keys of its file; what is not named stays, and so do its questions."""
    current = current_part(dimension)
    if current.edition != edition:
        raise Overtaken(current)
    whole = data_of(current.bank)
    own = dict(data)
    translations = own.pop("translations", None)
    part = _part(whole, current.code)
    before = dict(part)
    part |= own
    code = _code(part)
    _rename(whole, ("dimensions",), current.code, code)
    _realign(whole, code, before, part)
    _rename_in_reading(whole, current.code, code)
    if translations is not None:
        _put_translations(whole, ("dimensions", code), translations)
    document = bank_document(data=whole, draft=True)
    found = next(one for one in document.dimensions if one.code == code)
    _saved(current.bank, {"reading": columns_of_bank(document)["reading"]}, by)
    return _saved(current, columns_of_dimension(document, found), by)


@transaction.atomic
def remove_dimension(*, dimension: Dimension) -> None:
    """The dimension is gone, with its questions. Raises Refused where the reading speaks of it."""
    current = current_part(dimension)
    whole = data_of(current.bank)
    whole["dimensions"].remove(_part(whole, current.code))
    whole.pop("translations", None)
    try:
        bank_document(data=whole, draft=True)
    except Refused as refused:
        raise Refused(
            _("The reading of this bank speaks of “%(title)s”. Change the reading first.")
            % {"title": current.title},
            refused.details,
        ) from refused
    current.delete()
    number_anew(current.bank.dimensions.order_by("position"))


@transaction.atomic
def add_question(*, dimension: Dimension, by: User | None, data: Data) -> Question:
    """A question at the dimension's end, with these keys of a file."""
    current = current_part(dimension)
    whole = data_of(current.bank)
    own = dict(data)
    translations = own.pop("translations", {})
    _part(whole, current.code)["questions"].append(own)
    at = ("dimensions", current.code, "questions", _code(own))
    _put_translations(whole, at, translations)
    document = bank_document(data=whole, draft=True)
    part = next(one for one in document.dimensions if one.code == current.code)
    return Question.objects.create(
        bank=current.bank,
        dimension=current,
        position=len(part.questions),
        changed_by=by,
        **columns_of_question(document, part, part.questions[-1]),
    )


@transaction.atomic
def change_question(
    *,
    question: Question,
    edition: int,
    by: User | None,
    data: Data,
    place: tuple[Dimension, Question | None] | None = None,
) -> Question:
    """The question with these keys of its file; what is not named stays.

    `place` is where it is to stand: a dimension of the same bank, and the question before it there,
    None for the first place. Without `place` it stays where it is.
    """
    current = current_part(question)
    if current.edition != edition:
        raise Overtaken(current)
    bank = current.bank
    whole = data_of(bank)
    own = dict(data)
    translations = own.pop("translations", None)
    home = current.dimension.code
    part = next(one for one in _part(whole, home)["questions"] if one["code"] == current.code)
    part |= own
    code = _code(part)
    at = ("dimensions", home, "questions")
    _rename(whole, at, current.code, code)
    if translations is not None:
        _put_translations(whole, (*at, code), translations)
    document = bank_document(data=whole, draft=True)
    dimension = next(one for one in document.dimensions if one.code == home)
    found = next(one for one in dimension.questions if one.code == code)
    saved = _saved(current, columns_of_question(document, dimension, found), by)
    if place is None:
        return saved
    dimension_row, after = place
    return place_question(question=saved, dimension=dimension_row, after=after)


@transaction.atomic
def remove_question(*, question: Question) -> None:
    """The question is gone."""
    current = current_part(question)
    dimension = current.dimension
    current.delete()
    number_anew(dimension.questions.order_by("position"))


def _saved(row: Any, columns: Mapping[str, Any], by: User | None) -> Any:
    """Stores the columns; a change that changes nothing is not counted as one."""
    if any(getattr(row, name) != value for name, value in columns.items()):
        for name, value in columns.items():
            setattr(row, name, value)
        stamp(row, by)
        row.save()
    return row


def _part(whole: Data, code: str) -> Data:
    part: Data = next(one for one in whole["dimensions"] if one["code"] == code)
    return part


def _code(part: Data) -> str:
    """The code of a dimension or question as the checks will read it; "" where it is none."""
    code = clean_text(part.get("code"), lines=False)
    return "" if isinstance(code, Unfit) else code


def _put_translations(whole: Data, at: tuple[str, ...], texts: Mapping[str, Data]) -> None:
    """Puts, for each language, `texts` below the place `at`; what hangs on other rows stays."""
    translations = whole.setdefault("translations", {})
    for language in {*texts, *translations}:
        own = dict(texts.get(language, {}))
        place = translations.setdefault(language, {})
        for key in at:
            place = place.setdefault(key, {})
        beside = {key: place[key] for key in ("dimensions", "questions") if key in place}
        place.clear()
        place.update(own | beside)


def _rename(whole: Data, at: tuple[str, ...], before: str, after: str) -> None:
    """Lets translations follow a code that was changed."""
    if before == after:
        return
    for texts in whole.get("translations", {}).values():
        place = texts
        for key in at:
            place = place.get(key, {})
        if before in place:
            place[after] = place.pop(before)


def _rename_in_reading(whole: Data, before: str, after: str) -> None:
    """Lets the conditions of a reading follow the code of a dimension that was changed."""
    # A copy: what the row itself holds tells whether it has to be saved.
    whole["reading"] = copy.deepcopy(whole.get("reading"))
    for outcome in (whole["reading"] or {}).get("outcomes", ()):
        for conditions in outcome.get("when", {}).values():
            for condition in conditions:
                if condition["dimension"] == before:
                    condition["dimension"] = after


def _realign(whole: Data, code: str, before: Data, after: Data) -> None:
    """Lets translations of listed texts follow them to other places in their list.

    One that was reworded where it stands keeps its translation; one that is new has none.
    """
    for key, empty in (("advice", {}), ("asked_of_members", "")):
        old, new = before[key] or [], after[key] or []
        if old == new or not isinstance(new, list):
            continue
        for texts in whole.get("translations", {}).values():
            below = texts.get("dimensions", {}).get(code, {})
            known = dict(enumerate(below.get(key, ())))
            if known:
                below[key] = [known.get(place, empty) for place in _came_from(old, new)]


def _came_from(old: list[Any], new: list[Any]) -> list[int]:
    """The place in `old` of each entry of `new`; -1 for one that was not there."""
    reworded = {place for place, entry in enumerate(old) if entry not in new}
    return [
        old.index(entry) if entry in old else place if place in reworded else -1
        for place, entry in enumerate(new)
    ]
