"""What the pages of the banks show: all of them, and one with all that is in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from alliances.errors import Refused
from assessments.models import Bank, Dimension, Question, Round
from assessments.services.banks.changes import Difference, difference_of
from assessments.services.banks.documents import BankDocument
from assessments.services.banks.findings import Finding, findings_of, languages_worth_a_look
from assessments.services.banks.rows import document_of
from assessments.services.banks.store import made_from


@dataclass(frozen=True)
class Shelved:
    """A bank with its versions, the highest first, each with `questions_count` and `rounds_count`."""

    code: str
    versions: Sequence[Bank]

    @property
    def title(self) -> str:
        return self.versions[0].title

    @property
    def in_use(self) -> Bank | None:
        """The version that a new round would ask."""
        return next((v for v in self.versions if v.status == Bank.Status.PUBLISHED), None)

    @property
    def draft(self) -> Bank | None:
        return next((v for v in self.versions if v.status == Bank.Status.DRAFT), None)


def read_shelf() -> list[Shelved]:
    """Every shared bank, by title. One query."""
    banks = _counted().order_by("code", "-version")
    shelf = [Shelved(code, list(versions)) for code, versions in groupby(banks, lambda b: b.code)]
    return sorted(shelf, key=lambda shelved: (shelved.title.casefold(), shelved.code))


def versions_of(code: str) -> list[Bank]:
    """The versions of a shared bank, the highest first, counted as on the shelf. One query."""
    return list(_counted().filter(code=code).order_by("-version"))


def _counted() -> Any:
    return Bank.objects.shared().annotate(
        questions_count=_number_of(Question), rounds_count=_number_of(Round)
    )


def _number_of(model: type[Question] | type[Round]) -> Coalesce:
    rows = model._default_manager.filter(bank=OuterRef("pk")).order_by().values("bank")
    return Coalesce(Subquery(rows.annotate(number=Count("pk")).values("number")), 0)


@dataclass(frozen=True)
class Listed:
    """A question on its bank's page."""

    question: Question
    number: int
    findings: Sequence[Finding]
    is_first: bool
    is_last: bool
    """Whether it stands at the very beginning or end, where it cannot go further."""


@dataclass(frozen=True)
class ListedDimension:
    """A dimension on its bank's page, with its questions in order."""

    dimension: Dimension
    questions: Sequence[Listed]
    findings: Sequence[Finding]


@dataclass(frozen=True)
class BankPage:
    """All that is in one version. `broken` says why it could not be published as it stands; `before` is
    the version that a draft was made from, None where there is none."""

    bank: Bank
    document: BankDocument
    dimensions: Sequence[ListedDimension]
    findings: Sequence[Finding]
    broken: Sequence[str]
    before: BankDocument | None

    @property
    def changes(self) -> Difference | None:
        """What is different since the version that it was made from."""
        return None if self.before is None else difference_of(self.before, self.document)

    @property
    def questions(self) -> int:
        return sum(len(listed.questions) for listed in self.dimensions)

    @property
    def findings_count(self) -> int:
        return len(self.findings) + sum(
            len(listed.findings) + sum(len(question.findings) for question in listed.questions)
            for listed in self.dimensions
        )


def read_bank(bank: Bank) -> BankPage:
    """The bank with its dimensions, questions and what is worth a look in them. Four queries; of a draft
    three more, where it was made from another version.

    What is published never changes, so of that only its languages are worth a look: a next version
    may bring more of them.
    """
    is_draft = bank.status == Bank.Status.DRAFT
    document = document_of(bank, draft=is_draft)
    before = made_from(document) if is_draft else None
    found = findings_of(document, before) if is_draft else [*languages_worth_a_look(document)]
    number = 0
    dimensions = []
    rows = list(bank.dimensions.order_by("position").prefetch_related("questions"))
    for dimension in rows:
        questions = []
        of_dimension = sorted(dimension.questions.all(), key=lambda one: one.position)
        for question in of_dimension:
            number += 1
            questions.append(
                Listed(
                    question,
                    number,
                    [f for f in found if f.question == question.code],
                    is_first=dimension == rows[0] and question == of_dimension[0],
                    is_last=dimension == rows[-1] and question == of_dimension[-1],
                )
            )
        own = [f for f in found if f.dimension == dimension.code and not f.question]
        dimensions.append(ListedDimension(dimension, questions, own))
    return BankPage(
        bank=bank,
        document=document,
        dimensions=dimensions,
        findings=[f for f in found if not f.dimension and not f.question],
        broken=_broken(bank) if is_draft else [],
        before=before,
    )


def _broken(bank: Bank) -> list[str]:
    try:
        document_of(bank)
    except Refused as refused:
        return refused.details
    return []
