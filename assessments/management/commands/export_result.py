"""A published result as JSON or CSV."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from alliances.models.audit import Action
from assessments.management.base import NorthboundCommand
from assessments.models import Result, Round
from assessments.reports.table import result_table
from assessments.services.auditing import record_round
from assessments.services.questionnaire import read_dimensions


class Command(NorthboundCommand):
    """Writes the published result of a round to standard output."""

    help = "Print the published result of a closed round, as JSON (the default) or CSV."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("round_id", type=int, metavar="ROUND_ID")
        parser.add_argument("--format", choices=["json", "csv"], default="json")

    def handle(self, *args: Any, **options: Any) -> None:
        result = (
            Result.objects.select_related("round__bank")
            .filter(round__in=Round.objects.filter(pk=options["round_id"], about_name=""))
            .first()
        )
        if result is None:
            raise CommandError(
                f"There is no published result of round {options['round_id']}. "
                "A result is published when its round closes."
            )
        record_round(Action.EXPORTED, result.round, what=f"result_{options['format']}")
        if options["format"] == "csv":
            titles = {one.code: one.title for one in read_dimensions(result.round.bank)}
            self.stdout.write(result_table(result.document, titles), ending="")
        else:
            self.stdout.write(json.dumps(result.document, ensure_ascii=False, indent=2))
