"""Banks in the database. They are published as they are stored; nothing here changes one after."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from alliances.errors import Refused
from assessments.models import Bank, Dimension, Question
from assessments.services.bank_checks import bank_document
from assessments.services.bank_documents import BankDocument, bank_digest
from assessments.services.bank_files import parse_bank, read_bank_file, write_bank
from assessments.services.bank_sections import CODE, shown

__all__ = [
    "bank_digest",
    "bank_text",
    "ensure_shipped_banks",
    "find_bank",
    "import_bank",
    "latest_bank",
    "parse_bank",
    "read_bank_file",
    "shipped_bank",
    "shipped_codes",
    "write_bank",
]

SHIPPED = Path(__file__).resolve().parent.parent / "banks"


@transaction.atomic
def import_bank(*, document: BankDocument) -> Bank:
    """Store and publish a bank; give back the stored one where it is the same to the letter.

    Raises Refused where this version exists with other content: a published version never changes.
    """
    digest = bank_digest(document)
    bank = _stored(document, digest)
    if bank is not None:
        return bank
    try:
        with transaction.atomic():
            return _store(document, digest)
    except IntegrityError:
        # Somebody else stored this version in the meantime.
        bank = _stored(document, digest)
        if bank is None:
            raise
        return bank


def bank_text(*, bank: Bank, format: str) -> str:
    """The bank as the text of a file, "yaml" or "json", from which an equal one can be imported."""
    return write_bank(document=_document_of(bank), format=format)


@cache
def shipped_bank(code: str) -> BankDocument:
    """The bank of that code that comes with the product. Raises Refused where there is none."""
    if code not in shipped_codes():
        raise _unknown(code)
    return read_bank_file(path=SHIPPED / f"{code}.yaml")


@cache
def shipped_codes() -> tuple[str, ...]:
    """Codes of the banks that come with the product: the names of their files."""
    return tuple(sorted(path.stem for path in SHIPPED.glob("*.yaml")))


@transaction.atomic
def ensure_shipped_banks() -> list[Bank]:
    """Store every shipped bank that is not there yet. Gives all of them; a second run changes nothing.

    Raises Refused where one is there in other words under the same version.
    """
    return [import_bank(document=shipped_bank(code)) for code in shipped_codes()]


def latest_bank(code: str) -> Bank:
    """The highest published version of a bank; a shipped one is loaded where none is stored.

    Raises Refused where there is no such bank.
    """
    bank = _published(code)
    if bank is None:
        bank = import_bank(document=shipped_bank(code))
    return bank


def find_bank(*, code: str, version: int | None = None) -> Bank:
    """That version of a bank, of whatever status; the latest published one without a version.

    Raises Refused where there is no such bank.
    """
    if version is None:
        return latest_bank(code)
    bank = Bank.objects.filter(code=code, version=version).first() if _is_code(code) else None
    if bank is None and code in shipped_codes() and shipped_bank(code).version == version:
        bank = import_bank(document=shipped_bank(code))
    if bank is None:
        raise Refused(
            _("There is no version %(version)d of a question bank %(code)s.")
            % {"version": version, "code": shown(code)}
        )
    return bank


def _is_code(code: str) -> bool:
    return len(code) <= 60 and CODE.fullmatch(code) is not None


def _published(code: str) -> Bank | None:
    if not _is_code(code):
        return None
    return Bank.objects.filter(code=code, status=Bank.Status.PUBLISHED).order_by("-version").first()


def _unknown(code: str) -> Refused:
    published = Bank.objects.filter(status=Bank.Status.PUBLISHED).values_list("code", flat=True)
    return Refused(
        _("There is no question bank %(code)s. There are: %(codes)s.")
        % {"code": shown(code), "codes": ", ".join(sorted({*published, *shipped_codes()}))}
    )


def _stored(document: BankDocument, digest: str) -> Bank | None:
    bank = Bank.objects.filter(code=document.code, version=document.version).first()
    if bank is not None and bank.digest != digest:
        raise Refused(
            _("version %(version)d of %(code)s exists with other content; give it a new version")
            % {"version": document.version, "code": document.code}
        )
    return bank


def _store(document: BankDocument, digest: str) -> Bank:
    bank = Bank.objects.create(
        code=document.code,
        version=document.version,
        title=document.title,
        introduction=document.introduction,
        language=document.language,
        copyright=document.copyright,
        sources=dict(document.sources),
        band_strong=document.band_strong,
        band_mixed=document.band_mixed,
        minutes=document.minutes,
        status=Bank.Status.PUBLISHED,
        digest=digest,
    )
    dimensions = Dimension.objects.bulk_create(
        Dimension(
            bank=bank,
            code=dimension.code,
            position=position,
            title=dimension.title,
            in_sentence=dimension.in_sentence,
            question=dimension.question,
            what_it_is=dimension.what_it_is,
            advice=[{"title": step.title, "text": step.text} for step in dimension.advice],
            asked_of_members=list(dimension.asked_of_members),
            source=dimension.source,
        )
        for position, dimension in enumerate(document.dimensions, 1)
    )
    Question.objects.bulk_create(
        Question(
            dimension=stored,
            bank=bank,
            code=question.code,
            position=position,
            text=question.text,
            help=question.help,
            facet=question.facet,
            minimum=question.minimum,
            maximum=question.maximum,
            labels=list(question.labels),
            reverse=question.reverse,
            weight=question.weight,
            source=question.source,
        )
        for stored, dimension in zip(dimensions, document.dimensions, strict=True)
        for position, question in enumerate(dimension.questions, 1)
    )
    return bank


def _document_of(bank: Bank) -> BankDocument:
    """The stored rows as a document, through the same checks as any file."""
    dimensions = bank.dimensions.order_by("position").prefetch_related("questions")
    return bank_document(
        data={
            "code": bank.code,
            "version": bank.version,
            "title": bank.title,
            "language": bank.language,
            "copyright": bank.copyright,
            "minutes": bank.minutes,
            "introduction": bank.introduction,
            "sources": bank.sources,
            "bands": {"strong": bank.band_strong, "mixed": bank.band_mixed},
            "dimensions": [
                {
                    "code": dimension.code,
                    "title": dimension.title,
                    "in_sentence": dimension.in_sentence,
                    "question": dimension.question,
                    "what_it_is": dimension.what_it_is,
                    "advice": dimension.advice,
                    "asked_of_members": dimension.asked_of_members,
                    "source": dimension.source,
                    "questions": [
                        {
                            "code": question.code,
                            "text": question.text,
                            "help": question.help,
                            "facet": question.facet,
                            "source": question.source,
                            "min": question.minimum,
                            "max": question.maximum,
                            "labels": question.labels,
                            "reverse": question.reverse,
                            "weight": question.weight,
                        }
                        for question in sorted(
                            dimension.questions.all(), key=lambda question: question.position
                        )
                    ],
                }
                for dimension in dimensions
            ],
        }
    )
