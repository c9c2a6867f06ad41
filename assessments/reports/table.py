"""The figures as a CSV file: a row an element, numbers as numbers, no text that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import Any

from alliances.services.cells import harmless

FIGURES = (
    "score",
    "person_mean",
    "band",
    "people",
    "organisations",
    "dont_know",
    "low",
    "high",
    "rwg",
    "ad",
    "ad_up_to",
    "agreed",
    "extreme",
    "withheld",
    "forecast",
)
CHANGES = ("previous", "difference", "pairs", "paired_difference", "more_than_noise")


def result_table(document: Mapping[str, Any], titles: Mapping[str, str]) -> str:
    """The published document as CSV, with the elements' `titles` by code. In open rounds each
    organisation has a column of its own."""
    organisations = sorted(
        {
            entry["organisation"]
            for element in document["elements"]
            for entry in element.get("by_organisation") or ()
        }
    )
    changes = {e["code"]: e for e in (document.get("change") or {}).get("elements", ())}
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(
        [
            harmless(name)
            for name in ("element", "title", *FIGURES, "record", *CHANGES, *organisations)
        ]
    )
    for element in document["elements"]:
        change = changes.get(element["code"], {})
        scores = {
            entry["organisation"]: entry["score"] for entry in element.get("by_organisation") or ()
        }
        writer.writerow(
            [
                harmless(value)
                for value in (
                    element["code"],
                    titles.get(element["code"], ""),
                    *(element.get(name) for name in FIGURES),
                    element["records"]["score"],
                    *(change.get(name) for name in CHANGES),
                    *(scores.get(name) for name in organisations),
                )
            ]
        )
    return out.getvalue()
