"""Whether published question banks still are what was published."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError

from assessments.management.base import NorthboundCommand
from assessments.services.banks.verification import verify_banks


class Command(NorthboundCommand):
    """Ends with exit code 1, and a line for each thing that does not fit; else a line a version."""

    help = (
        "Recompute the digest of every published question bank, compare it with what results name, "
        "and try whether the database keeps it from being changed. Changes nothing."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        banks = verify_banks()
        faults = 0
        for bank in banks:
            name = f"{bank.code}, version {bank.version}, {bank.status}"
            for fault in bank.faults:
                self.stdout.write(f"{name}: {fault}")
            if not bank.faults:
                self.stdout.write(f"{name}: {bank.digest}. All fits.")
            faults += len(bank.faults)
        if faults:
            raise CommandError(f"{faults} {'thing does' if faults == 1 else 'things do'} not fit.")
        if not banks:
            self.stdout.write("No question bank is published yet. Nothing to check.")
