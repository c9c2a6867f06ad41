"""A question bank as a file."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from alliances.models.audit import Action
from assessments.management.base import NorthboundCommand
from assessments.services.auditing import record_bank
from assessments.services.banks.files import FORMATS, YAML
from assessments.services.banks.store import bank_text, find_bank


class Command(NorthboundCommand):
    """Writes one version of a bank to standard output; `import_bank` takes it back."""

    help = "Print a question bank, as YAML (the default) or JSON."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", metavar="CODE", help="such as readiness")
        parser.add_argument("--version", type=int, dest="bank_version", help="else the latest one")
        parser.add_argument("--format", choices=FORMATS, default=YAML)

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> Any:
        # Django's own --version tells Django's version; here it names the bank's.
        return super().create_parser(prog_name, subcommand, conflict_handler="resolve", **kwargs)

    def handle(self, *args: Any, **options: Any) -> None:
        bank = find_bank(code=options["code"], version=options["bank_version"])
        text = bank_text(bank=bank, format=options["format"])
        record_bank(Action.EXPORTED, bank, None, what=f"bank_{options['format']}")
        self.stdout.write(text, ending="")
