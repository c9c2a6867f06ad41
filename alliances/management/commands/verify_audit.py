"""Whether the audit log still is what was written."""

from __future__ import annotations

import re
from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, ProgrammingError

from alliances.services.audit.verification import Walked, verify_audit


def noted(text: str) -> tuple[str, str]:
    """CHAIN:DIGEST as it was printed earlier."""
    found = re.fullmatch(r"(installation|alliance-[0-9]+):([0-9a-f]{64})", text.strip())
    if found is None:
        raise ArgumentTypeError(
            f"“{text}” is no chain with its digest. Write it as it was printed: "
            "installation:DIGEST or alliance-NUMBER:DIGEST."
        )
    return found[1], found[2]


class Command(BaseCommand):
    """Ends with exit code 1, and a line for each chain that is broken, with its first broken link."""

    help = (
        "Walk every chain of the audit log and name the first link that does not fit. Prints the "
        "length and the last digest of each; note them elsewhere, and give them back by --expect. "
        "Changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--alliance", type=int, metavar="ID", help="that alliance's chain alone"
        )
        parser.add_argument(
            "--expect",
            type=noted,
            action="append",
            default=[],
            metavar="CHAIN:DIGEST",
            help="an entry with this digest must still be there; may be given for several chains",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        alliance = options["alliance"]
        expected = dict(options["expect"])
        if len(expected) < len(options["expect"]):
            raise CommandError("Give --expect once for each chain: the last digest that you noted.")
        try:
            chains = verify_audit(alliance=alliance, expected=expected)
        except (OperationalError, ProgrammingError) as error:
            said = str(error).strip().splitlines()[0]
            raise CommandError(f"The database cannot be used ({said}).") from error
        for chain in chains:
            self.stdout.write(_line(chain))
        if not chains:
            self.stdout.write("Nothing is recorded yet. Nothing to check.")
        broken = sum(bool(chain.fault) for chain in chains)
        if broken:
            raise CommandError(f"{broken} {'chain is' if broken == 1 else 'chains are'} broken.")


def _line(chain: Walked) -> str:
    if chain.fault:
        where = f", entry {chain.number}" if chain.number else ""
        return f"{chain.chain}{where}: {chain.fault}."
    entries = "entry" if chain.length == 1 else "entries"
    return f"{chain.chain}:{chain.digest} {chain.length} {entries}. All fits."
