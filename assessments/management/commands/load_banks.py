"""The banks that come with the product."""

from __future__ import annotations

from typing import Any

from assessments.management.base import NorthboundCommand
from assessments.services.banks import ensure_shipped_banks


class Command(NorthboundCommand):
    """Stores every shipped bank that is not there yet; safe to run again."""

    help = "Load the question banks that come with Northbound. Running it again changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        banks = ensure_shipped_banks()
        for bank in banks:
            self.stdout.write(f"{bank.code}, version {bank.version}, is there.")
