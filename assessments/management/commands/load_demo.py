"""The demonstration, loaded once."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from assessments.demonstration.cast import LOGINS
from assessments.demonstration.load import load_demonstration
from assessments.management.base import NorthboundCommand


class Command(NorthboundCommand):
    """Makes the demonstration's alliance where it is not there yet, and prints who may log in."""

    help = "Load the demonstration alliance, once, and print its logins. Not in production."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--url", default="http://127.0.0.1:8000", help="where the server will answer"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        load_demonstration(base_url=options["url"].rstrip("/"))
        self.stdout.write(f"Northbound: {options['url']}")
        for login in LOGINS:
            self.stdout.write(f"  {login.role!s:<9} {login.email:<29} {login.password}")
