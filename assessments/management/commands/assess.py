"""From a spreadsheet of answers to a result and a report."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.db import transaction

from alliances.models.audit import Action
from assessments.management.base import NorthboundCommand
from assessments.management.whole_files import write_whole
from assessments.models import Bank, Round
from assessments.reports.findings import headline
from assessments.reports.pdf import render_report
from assessments.reports.texts import texts_of
from assessments.services.auditing import record_round
from assessments.services.banks.files import read_bank_file
from assessments.services.banks.store import import_bank, latest_bank
from assessments.services.file_rounds import Assessment, assess_file
from assessments.services.response_files import MAXIMUM_BYTES


class Command(NorthboundCommand):
    """Makes an alliance and a round from RESPONSES.csv, closes it, writes the result and the report."""

    help = (
        "Assess an alliance from a CSV of responses: columns respondent, organisation, then one for "
        "each question's code. Writes DIR/result.json and DIR/report.pdf and prints the finding."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("responses", type=Path, metavar="RESPONSES.csv")
        parser.add_argument("--name", required=True, help="the alliance's name")
        parser.add_argument("--bank", default="readiness", help="a bank's code, or a YAML file")
        parser.add_argument("--mode", choices=Round.Mode.values, default=Round.Mode.CONFIDENTIAL)
        parser.add_argument(
            "--roster", type=int, help="organisations invited, if more than answered"
        )
        parser.add_argument(
            "--k", type=int, default=5, help="the threshold; 5 or more if confidential"
        )
        parser.add_argument("--out", type=Path, required=True, metavar="DIR")

    def handle(self, *args: Any, **options: Any) -> None:
        content = _read(options["responses"])
        out: Path = options["out"]
        try:
            with transaction.atomic():
                assessment = assess_file(
                    name=options["name"],
                    bank=_bank(options["bank"]),
                    content=content,
                    mode=options["mode"],
                    threshold=options["k"],
                    roster_organisations=options["roster"],
                )
                # Inside the transaction: a report that fails, or a full disk, leaves nothing stored.
                _write(out, assessment)
                for what in ("result_json", "report"):
                    record_round(Action.EXPORTED, assessment.result.round, what=what)
        except OSError as error:
            raise CommandError(
                f"{out} cannot be written ({error.strerror}). Nothing was stored."
            ) from error
        result = assessment.result
        for code in assessment.missing_columns:
            self.stderr.write(f"No column for {code}: it counts as not answered.")
        self.stdout.write(str(headline(result.document, texts_of(result.round.bank))))
        self.stdout.write(f"Round {result.round_id}: {out / 'result.json'}, {out / 'report.pdf'}")


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAXIMUM_BYTES:
            raise CommandError(f"{path} is larger than 10 MB.")
        return path.read_bytes()
    except OSError as error:
        raise CommandError(f"{path} cannot be read ({error.strerror}).") from error


def _bank(name: str) -> Bank:
    """The published bank of that code, or the one in that file. A file that exists goes first."""
    path = Path(name)
    if path.suffix.lower() in (".yaml", ".yml", ".json") or path.is_file():
        return import_bank(document=read_bank_file(path=path))
    return latest_bank(name)


def _write(out: Path, assessment: Assessment) -> None:
    document = json.dumps(assessment.result.document, ensure_ascii=False, indent=2)
    files = {
        out / "result.json": f"{document}\n".encode(),
        out / "report.pdf": render_report(result=assessment.result),
    }
    out.mkdir(parents=True, exist_ok=True)
    write_whole(files)
