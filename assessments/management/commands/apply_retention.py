"""Deletes what is past its time."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from assessments.management.base import NorthboundCommand
from assessments.services.retention import apply_retention, forget_deleted_rows


class Command(NorthboundCommand):
    """Says what it did in numbers alone: a line a kind, in the order in which it is done."""

    help = (
        "Delete answers, comments, names, links, sessions and mail files that are past their time "
        "(RETENTION_… in docs/operating.md). Run it once a day; twice does no harm."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--dry-run", action="store_true", help="count what would be deleted, and delete nothing"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        for done in apply_retention(dry_run=options["dry_run"]):
            self.stdout.write(f"{done.number} {done.kind}")
        if options["dry_run"]:
            self.stdout.write("Nothing was deleted.")
        else:
            forget_deleted_rows()
