"""Whether the banks that are published still say what they said when they were."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from alliances.errors import Refused
from alliances.services.counts import labelled
from assessments.models import Bank, Dimension, Question, Result
from assessments.services.banks.changes import difference_of
from assessments.services.banks.documents import BankDocument, bank_digest
from assessments.services.banks.rows import document_of
from assessments.services.banks.store import shipped_bank, shipped_codes


@dataclass(frozen=True)
class VerifiedBank:
    """A version that was published, and what does not fit; nothing where all does."""

    code: str
    version: int
    status: str
    digest: str
    faults: tuple[str, ...]


def verify_banks() -> list[VerifiedBank]:
    """Every version that is published or retired, by code and version. Changes nothing."""
    banks = Bank.objects.exclude(status=Bank.Status.DRAFT).order_by("code", "version")
    return [
        VerifiedBank(bank.code, bank.version, bank.status, bank.digest, tuple(_faults(bank)))
        for bank in banks
    ]


def _faults(bank: Bank) -> Iterator[str]:
    try:
        document = document_of(bank)
    except Refused as refused:
        yield _("its rows make no question bank any more: %(why)s") % {
            "why": " ".join(refused.details) or refused.message
        }
        return
    if bank_digest(document) != bank.digest:
        said = _("its content is not what was published (%(digest)s)") % {
            "digest": bank_digest(document)
        }
        where = _where(bank, document)
        yield labelled(said, where) if where else said
    elsewhere = {
        digest
        for digest in Result.objects.filter(round__bank=bank).values_list(
            "document__bank__digest", flat=True
        )
        if digest != bank.digest
    }
    if elsewhere:
        yield _("results were published with other content under this version: %(digests)s") % {
            "digests": ", ".join(sorted(str(digest) for digest in elsewhere))
        }
    unguarded = [what for what, trial in _trials(bank).items() if _is_let(trial)]
    if unguarded:
        yield _(
            "the database would let it be changed (%(what)s): triggers of the migration assessments "
            "0003_published_banks are missing"
        ) % {"what": ", ".join(unguarded)}


def _where(bank: Bank, document: BankDocument) -> str:
    """Which questions differ, where the product ships what was published."""
    if bank.code not in shipped_codes() or bank_digest(shipped_bank(bank.code)) != bank.digest:
        return ""
    difference = difference_of(shipped_bank(bank.code), document)
    codes = [change.code for change in (*difference.dimensions, *difference.questions)]
    return ", ".join(codes)


def _trials(bank: Bank) -> dict[str, Callable[[], object]]:
    """Changes that the database must refuse, by what is changed; each gives how many rows it would."""
    dimension = bank.dimensions.first()
    return {
        _("the bank"): lambda: Bank.objects.filter(pk=bank.pk).update(minutes=F("minutes") + 1),
        _("its dimensions"): lambda: bank.dimensions.update(position=F("position") + 1000),
        _("its questions"): lambda: bank.questions.update(position=F("position") + 1000),
        # No code is empty, so that nothing else is in their way.
        _("a new dimension"): lambda: Dimension.objects.create(bank=bank, code="", position=9999),
        _("a new question"): lambda: (
            dimension
            and Question.objects.create(bank=bank, dimension=dimension, code="", position=9999)
        ),
    }


class _TakeBack(Exception):
    """Ends the trial without a trace."""


def _is_let(trial: Callable[[], object]) -> bool:
    """Whether the database lets it happen; it is taken back."""
    try:
        with transaction.atomic():
            if trial():
                raise _TakeBack
    except IntegrityError:
        return False
    except _TakeBack:
        return True
    return False
