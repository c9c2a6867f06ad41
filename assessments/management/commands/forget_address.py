"""Erases somebody from the lists of all closed rounds, on request."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from assessments.management.base import NorthboundCommand
from assessments.services.forgetting import forget_address


class Command(NorthboundCommand):
    """For whoever has no account, and is on no list of people any more."""

    help = (
        "Erase an address, and the name beside it, from the lists of those who were asked in rounds "
        "that are closed. Results stay as they are; lists of open rounds do too."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("address", help="the e-mail address, in whatever capitals")

    def handle(self, *args: Any, **options: Any) -> None:
        number = forget_address(email=options["address"].strip())
        self.stdout.write(f"Erased from the lists of closed rounds: {number}.")
