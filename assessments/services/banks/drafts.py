"""A bank's draft: begun, held while somebody changes it, published or discarded.

What is in it is written by `parts` and put in order by `order`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, TypeVar

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from alliances.errors import Refused
from alliances.models import User
from alliances.models.audit import Action
from alliances.services.records import stamp
from assessments.models import Bank, Dimension, Question
from assessments.services.auditing import record_bank
from assessments.services.banks.changes import settled_marks
from assessments.services.banks.checks import bank_document
from assessments.services.banks.documents import BankDocument, bank_digest
from assessments.services.banks.own_codes import refuse_own_code
from assessments.services.banks.rows import data_of, document_of
from assessments.services.banks.store import (
    check_marks,
    made_from,
    seal,
    shipped_codes,
    store_rows,
)

Data = dict[str, Any]
Part = TypeVar("Part", Dimension, Question)


@transaction.atomic
def create_bank(
    *, code: str, title: str, language: str, by: User | None, like: Bank | None = None
) -> Bank:
    """The first draft of a new bank, empty, or saying all that `like` says under another code.

    Raises Refused where the code is taken or none.
    """
    data: Data = {"dimensions": []} if like is None else data_of(like)
    data |= {"code": code, "version": 1, "since": None, "title": title}
    if like is None:
        data["language"] = language
    for texts in data.get("translations", {}).values():
        texts.pop("title", None)
    _without_marks(data)
    document = bank_document(data=data, draft=True)
    refuse_taken_code(document.code)
    return store_draft(document, by=by)


def refuse_taken_code(code: str) -> None:
    """Raise Refused where a bank has this code, or one that comes with the product will have, or an
    alliance's own."""
    refuse_own_code(code)
    if code in shipped_codes() or Bank.objects.filter(code=code).exists():
        raise Refused(
            _("There is a question bank %(code)s already. Choose another code.") % {"code": code}
        )


def store_draft(document: BankDocument, *, by: User | None) -> Bank:
    """A new draft of what the document says. Raises Refused where somebody else was quicker."""
    try:
        with transaction.atomic():
            return store_rows(document, by=by)
    except IntegrityError as error:
        raise overtaken_by_another(document) from error


def overtaken_by_another(document: BankDocument) -> Refused:
    return Refused(
        _("Somebody else began a version of %(code)s at this moment. Look at it, then try again.")
        % {"code": document.code}
    )


@transaction.atomic
def draft_next_version(*, bank: Bank, by: User | None) -> Bank:
    """A draft of the bank's next version: all that `bank` says, each question under its code.

    `bank` is published or retired. Raises Refused where there is a draft already.
    """
    versions = Bank.objects.select_for_update().filter(code=bank.code)
    draft = next((one for one in versions if one.status == Bank.Status.DRAFT), None)
    if draft is not None:
        raise Refused(
            _("Version %(version)d is being drafted already. Publish or discard it first.")
            % {"version": draft.version}
        )
    data = data_of(bank)
    data |= {"version": max(one.version for one in versions) + 1, "since": bank.version}
    _without_marks(data)
    return store_draft(bank_document(data=data), by=by)


@transaction.atomic
def publish_draft(
    *, bank: Bank, seen: str, by: User | None, marks: Mapping[str, str] | None = None
) -> Bank:
    """Publishes the draft for good, as it was when whoever publishes it looked.

    `seen` is the `draft_digest` of what they saw; `marks` say of changed questions, by code, whether
    it was "wording" or "meaning". Raises Refused where the draft is not whole, where a changed
    question is not marked, or where the draft says something else by now.
    """
    held = held_draft(bank.pk, bank)
    document = document_of(held)
    if draft_digest(document) != seen:
        raise Refused(
            _("Somebody changed the draft while you were looking. Look at it again, then publish.")
        )
    before = made_from(document)
    if before is not None:
        _mark(held, settled_marks(before, document, marks or {}), by)
        document = document_of(held)
    check_marks(document)
    stamp(held, by)
    seal(held, document, by=by)
    record_bank(Action.BANK_PUBLISHED, held, by)
    return held


def draft_digest(document: BankDocument) -> str:
    """What `publish_draft` and `import_draft` take to know what was seen: all but the marks."""
    dimensions = (
        replace(dimension, questions=tuple(replace(q, change="") for q in dimension.questions))
        for dimension in document.dimensions
    )
    return bank_digest(replace(document, dimensions=tuple(dimensions)))


@transaction.atomic
def discard_draft(*, bank: Bank, by: User | None = None) -> None:
    """The draft is gone, with all in it. It is no error where it was gone already."""
    if Bank.objects.filter(pk=bank.pk).exists():
        held = held_draft(bank.pk, bank)
        gone = Bank(pk=held.pk, code=held.code, version=held.version)
        held.delete()
        record_bank(Action.BANK_DISCARDED, gone, by)


@transaction.atomic
def retire_bank(*, bank: Bank, by: User | None) -> Bank:
    """No further round asks this version. Rounds that do so go on, results stay."""
    held = Bank.objects.select_for_update().get(pk=bank.pk)
    if held.status == Bank.Status.DRAFT:
        raise Refused(_("A draft is not retired. Publish it, or discard it."))
    if held.status == Bank.Status.PUBLISHED:
        held.status = Bank.Status.RETIRED
        held.retired_at = timezone.now()
        stamp(held, by)
        held.save()
        record_bank(Action.BANK_RETIRED, held, by)
    return held


def held_draft(pk: int, wanted: Bank | Part) -> Bank:
    """The draft as it is stored now, held until the transaction ends. Raises Refused.

    `wanted` is what somebody asked for: the bank or a part of it.
    """
    held = Bank.objects.select_for_update(of=("self",)).filter(pk=pk).first()
    if held is None:
        raise Refused(_("“%(wanted)s” has been removed meanwhile.") % {"wanted": wanted})
    if held.status != Bank.Status.DRAFT:
        raise Refused(
            _(
                "Version %(version)d is published by now and never changes. Make a new version to "
                "change it."
            )
            % {"version": held.version}
        )
    return held


def current_part(part: Part) -> Part:
    """The dimension or question as it is stored now, its draft held. Raises Refused."""
    bank = held_draft(part.bank_id, part)
    current = type(part)._default_manager.filter(pk=part.pk, bank=bank).first()
    if current is None:
        raise Refused(_("“%(part)s” has been removed meanwhile.") % {"part": part})
    current.bank = bank
    return current


def _mark(bank: Bank, marks: Mapping[str, str], by: User | None) -> None:
    if set(marks.values()) - {"", *Question.Change.values}:
        raise Refused(_("Mark each changed question as wording or as meaning."))
    changed = []
    for question in bank.questions.all():
        mark = marks.get(question.code, "")
        if question.change != mark:
            question.change = mark
            stamp(question, by)
            changed.append(question)
    Question.objects.bulk_update(changed, ["change", "edition", "changed_at", "changed_by"])


def _without_marks(data: Data) -> None:
    for dimension in data["dimensions"]:
        for question in dimension["questions"]:
            question["change"] = ""
