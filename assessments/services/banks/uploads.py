"""A bank's file of whatever kind, as it arrives from a browser or lies in a folder."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path, PurePosixPath

from django.utils.translation import gettext as _

from alliances.errors import Refused
from assessments.models import Bank
from assessments.services.banks.checks import bank_document
from assessments.services.banks.documents import BankDocument
from assessments.services.banks.files import content_of, parse_bank_bytes, read_bank_file
from assessments.services.banks.rows import data_of
from assessments.services.banks.tables.documents import table_document
from assessments.services.banks.tables.sheets import read_table

TABLES = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls", ".ods")


def is_table(name: str) -> bool:
    """Whether a file of that name is read as a table."""
    return PurePosixPath(name.lower()).suffix in TABLES


def read_upload(*, content: bytes, name: str, into: Bank | None) -> BankDocument:
    """The document that the file comes to; with `into`, as that draft would say it afterwards.

    A table fills in the draft's questions and keeps what it has no column for. Raises Refused.
    """
    if is_table(name):
        return _from_table(content, name, into)
    document = parse_bank_bytes(content=content, draft=True)
    return document if into is None else _within(into, document)


def read_file(*, path: Path, draft: bool) -> BankDocument:
    """The document that a file of the operator's comes to; a `draft` may lack what a bank must have.

    A table takes what it has no column for from the bank's latest version. Raises Refused.
    """
    if not is_table(path.name):
        return read_bank_file(path=path, draft=draft)
    document = _from_table(content_of(path), path.name, None)
    return document if draft else bank_document(data=document.as_data())


def _within(draft: Bank, document: BankDocument) -> BankDocument:
    """The document as it would stand in the draft, which keeps its version."""
    if document.code != draft.code:
        raise Refused(
            _("The file holds the bank %(code)s, and this is the draft of %(own)s.")
            % {"code": document.code, "own": draft.code}
        )
    return replace(document, version=draft.version, since=draft.since)


def _from_table(content: bytes, name: str, into: Bank | None) -> BankDocument:
    table = read_table(content=content, name=name)
    if into is not None:
        return _within(into, table_document(base=data_of(into), table=table))
    if table.bank is None:
        raise Refused(
            _(
                "A table of questions says nothing of the bank that they belong to. Open its draft, "
                "or begin one, and bring the table in there."
            )
        )
    # What the table does not hold is that of the bank's latest version, if it has one.
    code = table_document(base={}, table=table).code
    latest = Bank.objects.shared().filter(code=code).order_by("-version").first()
    return table_document(base=data_of(latest) if latest else {}, table=table)
