"""A question bank from a file."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from assessments.management.base import NorthboundCommand
from assessments.services.banks import import_bank, read_bank_file


class Command(NorthboundCommand):
    """Stores and publishes the bank in FILE; the same file a second time changes nothing."""

    help = "Store and publish a question bank from a YAML or JSON file. All of it, or nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        document = read_bank_file(path=options["file"])
        bank = import_bank(document=document)
        questions = sum(len(dimension.questions) for dimension in document.dimensions)
        self.stdout.write(
            f"{bank.code}, version {bank.version}, is published: "
            f"dimensions {len(document.dimensions)}, questions {questions}."
        )
        self.stdout.write(bank.digest)
