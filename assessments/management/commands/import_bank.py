"""A question bank from a file."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from assessments.management.base import NorthboundCommand
from assessments.models import Bank
from assessments.services.banks.changes import Difference
from assessments.services.banks.documents import BankDocument
from assessments.services.banks.findings import findings_of
from assessments.services.banks.imports import Plan, import_draft, plan_import
from assessments.services.banks.store import check_marks, import_bank, made_from
from assessments.services.banks.uploads import read_file


class Command(NorthboundCommand):
    """Stores and publishes the bank in FILE; the same file a second time changes nothing."""

    help = "Store and publish a question bank from a file, YAML, JSON, Excel or CSV. All of it, or nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument(
            "--draft", action="store_true", help="store it as a draft, to be published later"
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="tell what would change, and store nothing"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        document = read_file(path=options["file"], draft=options["draft"])
        if options["dry_run"]:
            self._tell(plan_import(document), published=not options["draft"])
        elif options["draft"]:
            plan = plan_import(document)
            self._stored(import_draft(document=document, by=None, over=plan.over), document)
        else:
            self._stored(import_bank(document=document), document)

    def _stored(self, bank: Bank, document: BankDocument) -> None:
        questions = sum(len(dimension.questions) for dimension in document.dimensions)
        self.stdout.write(
            f"{bank.code}, version {bank.version}, is {_status(bank)}: "
            f"dimensions {len(document.dimensions)}, questions {questions}."
        )
        if bank.digest:
            self.stdout.write(bank.digest)

    def _tell(self, plan: Plan, *, published: bool) -> None:
        document = plan.document
        name = f"{document.code}, version {document.version}"
        if published and plan.kind != "same":
            check_marks(document)
        self.stdout.write(
            {
                "new": f"{name}, would be a new bank.",
                "version": f"{name}, would be a new version.",
                "replaces": f"{name}, would take the place of the draft.",
                "same": f"{name}, is stored already and says the same.",
            }[plan.kind]
        )
        if plan.difference is not None:
            self._tell_difference(plan.difference)
        for finding in findings_of(document, made_from(document)):
            where = finding.question or finding.dimension or "the bank"
            self.stdout.write(f"worth a look, {where}: {finding.says}")
        self.stdout.write("Nothing is stored.")

    def _tell_difference(self, difference: Difference) -> None:
        for change in difference.bank:
            self.stdout.write(f"changed, the bank: {change.label}")
        for part in (*difference.dimensions, *difference.questions):
            what = ", ".join(change.label for change in part.changes)
            self.stdout.write(f"{part.kind}, {part.code}{': ' + what if what else ''}")
        if difference.moved:
            self.stdout.write("moved: some of what is in both stands in another order")


def _status(bank: Bank) -> str:
    return "a draft" if bank.status == Bank.Status.DRAFT else bank.get_status_display().lower()
