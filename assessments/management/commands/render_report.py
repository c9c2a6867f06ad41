"""manage.py render_report ROUND_ID --out FILE: the readiness report of a closed round as a PDF."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from alliances.models.audit import Action
from assessments.management.base import NorthboundCommand
from assessments.management.whole_files import write_whole
from assessments.models import Result, Round
from assessments.reports.pdf import render_report
from assessments.services.auditing import record_round


class Command(NorthboundCommand):
    """Writes the whole file or nothing."""

    help = "Writes the readiness report of a closed round as a PDF."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("round_id", help="the round's number, as in its address")
        parser.add_argument("--out", required=True, metavar="FILE", help="where the PDF goes")

    def handle(self, *args: Any, **options: Any) -> None:
        result = _result(options["round_id"])
        out = Path(options["out"])
        if out.is_dir():
            raise CommandError(f"{out} is a folder. Name a file in it, such as {out}/report.pdf.")
        if not out.parent.is_dir():
            raise CommandError(f"There is no folder {out.parent}. Make it first.")
        content = render_report(result=result)
        try:
            write_whole({out: content})
        except OSError as error:
            raise CommandError(f"{out} cannot be written: {error.strerror}.") from error
        record_round(Action.EXPORTED, result.round, what="report")
        self.stdout.write(f"{out}: {result.round.alliance}, {result.round}")


def _result(round_id: str) -> Result:
    """The result of the round with this number; CommandError where there is none."""
    # Longer numbers than any database counts to would not even make a query.
    if not (round_id.isascii() and round_id.isdecimal() and len(round_id) < 19):
        raise CommandError(f"“{round_id}” is no round. Give its number, as in its address.")
    round_ = (
        Round.objects.select_related("alliance", "bank", "result").filter(pk=int(round_id)).first()
    )
    if round_ is None:
        raise CommandError(f"There is no round {round_id}.")
    if round_.is_about_a_person:
        raise CommandError(f"Round {round_id} is about one person, who alone reads its result.")
    if round_.is_open or not hasattr(round_, "result"):
        raise CommandError(f"Round {round_id} has no result yet. It gets one when it closes.")
    result: Result = round_.result
    return result
