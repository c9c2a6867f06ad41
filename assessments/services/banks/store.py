"""Banks in the database: published as files say them, found again, written as files."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from alliances.errors import Refused
from alliances.models import Alliance, User
from alliances.models.audit import Action
from alliances.services.audit.acting import acting_for
from assessments.models import Bank, Dimension, Question
from assessments.services.auditing import record_bank
from assessments.services.banks.changes import comparable_questions, complaints_about_marks
from assessments.services.banks.documents import BankDocument, bank_digest
from assessments.services.banks.files import parse_bank, read_bank_file, write_bank
from assessments.services.banks.own_codes import refuse_own_code
from assessments.services.banks.rows import (
    columns_of_bank,
    columns_of_dimension,
    columns_of_question,
    document_of,
)
from assessments.services.banks.sections import CODE, shown

__all__ = [
    "bank_digest",
    "bank_text",
    "comparable_codes",
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

SHIPPED = Path(__file__).resolve().parents[2] / "banks"


@transaction.atomic
def import_bank(*, document: BankDocument, by: User | None = None) -> Bank:
    """Store and publish a bank; give back the stored one where it is the same to the letter.

    Raises Refused where this version exists with other content, since a published version never
    changes; where it is a draft here; and where a question was changed since the version that the
    file names, and the file does not say whether in wording or in meaning.
    """
    bank = stored_version(document)
    if bank is not None:
        return bank
    check_marks(document)
    try:
        with transaction.atomic():
            bank = store_rows(document, by=by)
            seal(bank, document, by=by)
            record_bank(Action.BANK_IMPORTED, bank, by, status=bank.status)
            return bank
    except IntegrityError:
        # Somebody else stored this version in the meantime, or drafts another.
        bank = stored_version(document)
        if bank is not None:
            return bank
        draft = Bank.objects.filter(code=document.code, status=Bank.Status.DRAFT).first()
        if draft is None:
            raise
        raise Refused(
            _(
                "Version %(version)d of %(code)s is being drafted here. Publish or discard the "
                "draft, then import the file again."
            )
            % {"version": draft.version, "code": draft.code}
        ) from None


def stored_version(document: BankDocument) -> Bank | None:
    """The bank that is stored under the document's code and version, if it says the same.

    Raises Refused where it says something else, or is a draft, or has the code of an alliance's own.
    """
    refuse_own_code(document.code)
    bank = Bank.objects.filter(code=document.code, version=document.version).first()
    if bank is None:
        return None
    about = {"version": document.version, "code": document.code}
    if bank.status == Bank.Status.DRAFT:
        raise Refused(
            _(
                "Version %(version)d of %(code)s is a draft here. Publish or discard the draft, or "
                "give the file another version."
            )
            % about
        )
    if bank.digest != bank_digest(document):
        raise Refused(
            _(
                "Version %(version)d of %(code)s is published with other content, and never "
                "changes. Give the file a new version."
            )
            % about
        )
    return bank


def check_marks(document: BankDocument) -> None:
    """Raise Refused where a question was changed since an earlier version and that is not marked."""
    before = made_from(document)
    if before is None:
        return
    complaints = complaints_about_marks(before, document)
    if complaints:
        raise Refused(
            _(
                "Some questions differ from version %(version)d. Say of each whether its earlier "
                "answers may still be compared."
            )
            % {"version": before.version},
            complaints,
        )


def made_from(document: BankDocument) -> BankDocument | None:
    """The version that the document says it was made from, where that is stored and published."""
    bank = (
        Bank.objects.filter(code=document.code, version=document.since)
        .exclude(status=Bank.Status.DRAFT)
        .first()
        if document.since is not None
        else None
    )
    return None if bank is None else document_of(bank)


def comparable_codes(one: Bank, other: Bank) -> frozenset[str]:
    """Codes of the questions of which answers in these two versions of a bank mean the same.

    Those that ask the same to the letter and count the same; and those that were changed on the way
    from one to the other, each time in wording alone. None where one of them has been spoilt, so
    that a round still closes (`manage.py verify_banks` names it).
    """
    try:
        return _comparable_codes(one, other)
    except Refused:
        return frozenset()


def _comparable_codes(one: Bank, other: Bank) -> frozenset[str]:
    older, newer = sorted((one, other), key=lambda bank: bank.version)
    first, last = document_of(older), document_of(newer)
    to_the_letter = comparable_questions(first, last)
    step, through = last, None
    while step.version > first.version:
        before = made_from(step)
        if before is None or before.version < first.version:
            # The way there is not known: nothing is vouched for but what is the same.
            return to_the_letter
        alike = comparable_questions(before, step)
        through = alike if through is None else through & alike
        step = before
    return to_the_letter | (through or frozenset())


def bank_text(*, bank: Bank, format: str) -> str:
    """The bank as the text of a file, "yaml" or "json", from which an equal one can be imported."""
    return write_bank(document=document_of(bank), format=format)


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


def ensure_shipped_banks() -> list[tuple[BankDocument, str]]:
    """Store every shipped bank that is not there yet; a second run changes nothing.

    Gives each with why it is not stored, or "". One whose version has other words here, or is being
    drafted, stands in the way of no other.
    """
    return [(shipped_bank(code), _why_not_stored(shipped_bank(code))) for code in shipped_codes()]


def _why_not_stored(document: BankDocument) -> str:
    try:
        import_bank(document=document)
    except Refused as refused:
        return refused.message
    return ""


def latest_bank(code: str) -> Bank:
    """The highest published version of a bank; a shipped one is loaded where none was ever stored.

    Raises Refused where there is no such bank, all its versions are retired, or it is one alliance's
    own.
    """
    refuse_own_code(code)
    bank = _published(code)
    if bank is None:
        bank = _load_shipped(code)
        if bank.status != Bank.Status.PUBLISHED:
            raise Refused(_("Every version of %(code)s is retired.") % {"code": shown(code)})
    return bank


def find_bank(*, code: str, version: int | None = None) -> Bank:
    """That version of a bank, of whatever status; the latest published one without a version.

    Raises Refused where there is no such bank, and where it is one alliance's own.
    """
    refuse_own_code(code)
    if version is None:
        return latest_bank(code)
    bank = Bank.objects.filter(code=code, version=version).first() if _is_code(code) else None
    if bank is None and code in shipped_codes() and shipped_bank(code).version == version:
        bank = _load_shipped(code)
    if bank is None:
        raise Refused(
            _("There is no version %(version)d of a question bank %(code)s.")
            % {"version": version, "code": shown(code)}
        )
    return bank


def _load_shipped(code: str) -> Bank:
    """The shipped bank, stored. The server does that for itself, whoever looks at a page first."""
    with acting_for(None):
        return import_bank(document=shipped_bank(code))


def _is_code(code: str) -> bool:
    return len(code) <= 60 and CODE.fullmatch(code) is not None


def _published(code: str) -> Bank | None:
    if not _is_code(code):
        return None
    return Bank.objects.filter(code=code, status=Bank.Status.PUBLISHED).order_by("-version").first()


def _unknown(code: str) -> Refused:
    published = (
        Bank.objects.shared().filter(status=Bank.Status.PUBLISHED).values_list("code", flat=True)
    )
    return Refused(
        _("There is no question bank %(code)s. There are: %(codes)s.")
        % {"code": shown(code), "codes": ", ".join(sorted({*published, *shipped_codes()}))}
    )


def store_rows(
    document: BankDocument, *, by: User | None, alliance: Alliance | None = None
) -> Bank:
    """A new draft that says what `document` says, with its dimensions and questions; `alliance`'s
    own, where one is given."""
    bank = Bank.objects.create(**columns_of_bank(document), alliance=alliance, changed_by=by)
    store_parts(bank, document, by=by)
    return bank


def store_parts(bank: Bank, document: BankDocument, *, by: User | None) -> None:
    """The dimensions and questions of a draft that has none yet."""
    dimensions = Dimension.objects.bulk_create(
        Dimension(
            bank=bank,
            position=position,
            changed_by=by,
            **columns_of_dimension(document, dimension),
        )
        for position, dimension in enumerate(document.dimensions, 1)
    )
    Question.objects.bulk_create(
        Question(
            dimension=stored,
            bank=bank,
            position=position,
            changed_by=by,
            **columns_of_question(document, dimension, question),
        )
        for stored, dimension in zip(dimensions, document.dimensions, strict=True)
        for position, question in enumerate(dimension.questions, 1)
    )


def seal(bank: Bank, document: BankDocument, *, by: User | None) -> None:
    """Publish a draft that says what `document` says. From here on the database keeps it as it is."""
    bank.status = Bank.Status.PUBLISHED
    bank.digest = bank_digest(document)
    bank.published_at = timezone.now()
    bank.published_by = by
    bank.save()
