"""Whether an alliance's charter still is what was circulated and signed."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, ProgrammingError

from alliances.models import Alliance
from alliances.services.charter.verification import Checked, Fault, verify_charter


class Command(BaseCommand):
    """Ends with exit code 1, and a line for each thing that does not fit; else a line a version."""

    help = (
        "Recompute the texts, digests, signatures and seals of an alliance's charter, and name what "
        "does not fit."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("alliance_id", type=int, metavar="ID", help="The alliance's number.")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            alliance = Alliance.objects.filter(pk=options["alliance_id"]).first()
            verification = verify_charter(alliance=alliance) if alliance else None
        except (OperationalError, ProgrammingError) as error:
            said = str(error).strip().splitlines()[0]
            raise CommandError(f"The database cannot be used ({said}).") from error
        if alliance is None or verification is None:
            raise CommandError(
                f"There is no alliance {options['alliance_id']}. Its number stands in the address "
                "of its pages: /alliances/NUMBER/."
            )
        if verification.faults:
            for fault in verification.faults:
                self.stdout.write(_line(fault))
            number = len(verification.faults)
            raise CommandError(f"{number} {'thing does' if number == 1 else 'things do'} not fit.")
        for checked in verification.versions:
            self.stdout.write(_said(checked))
        if not verification.versions:
            self.stdout.write(f"{alliance.name} has circulated no charter yet. Nothing to check.")


def _line(fault: Fault) -> str:
    where = "All versions" if fault.version is None else f"Version {fault.version}"
    if fault.signature is not None:
        where += f", signature {fault.signature}"
    return f"{where}: {fault.message}"


def _said(checked: Checked) -> str:
    version, number = checked.version, checked.signatures
    signatures = f"{number} {'signature' if number == 1 else 'signatures'}"
    return f"Version {version.number}, {version.status}: {signatures}, {version.digest}. All fits."
