"""The banks that come with the product."""

from __future__ import annotations

from typing import Any

from assessments.management.base import NorthboundCommand
from assessments.services.banks.store import ensure_shipped_banks


class Command(NorthboundCommand):
    """Stores every shipped bank that is not there yet; safe to run again.

    Ends with exit code 0 where a version is another one here, so that no server stays down for it.
    """

    help = "Load the question banks that come with Northbound. Running it again changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        for bank, why_not in ensure_shipped_banks():
            name = f"{bank.code}, version {bank.version},"
            self.stdout.write(
                f"{name} is not stored: {why_not}" if why_not else f"{name} is there."
            )
