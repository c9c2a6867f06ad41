"""Why a decision by criteria came out as it did: its reasons, its conditions, and what is not known.

Pure functions, like those of `findings`: from the published result and the bank's words alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from .element_report import ElementReport
from .findings import NAMED_AT_MOST, Document, lowest_first, nobody_is_told, standfirst
from .texts import BankTexts

STATEMENTS_AT_MOST = 12
"""As many statements beside a decision have room on the first page of a scorecard."""


@dataclass(frozen=True)
class OpenPart:
    """An element that the decision does not know, and why not."""

    name: str
    why: str


@dataclass(frozen=True)
class DecisionReport:
    """The reasons of an outcome, each element with where it stands and what the bank says of that.

    `beside` are the elements that no outcome looks at: they speak for the outcome or against it,
    statement by statement, and do not decide it.
    """

    why: list[ElementReport]
    conditions: list[ElementReport]
    open: list[OpenPart]
    beside: list[ElementReport]

    @property
    def is_long(self) -> bool:
        """Whether a scorecard has room for names alone."""
        parts = len(self.why) + len(self.conditions) + len(self.open)
        statements = sum(len(element.as_asked) for element in self.beside)
        return parts > NAMED_AT_MOST or statements > STATEMENTS_AT_MOST


def decides_by_criteria(document: Document) -> bool:
    """Whether the result is a decision of which anything is told."""
    rule = document.get("reading", {}).get("rule")
    return rule == "decision" and not nobody_is_told(document)


def decision_report(
    document: Document, texts: BankTexts, reports: Mapping[str, ElementReport]
) -> DecisionReport | None:
    """The reasons of a decision, with the elements' `reports` by code; None of any other reading."""
    if not decides_by_criteria(document):
        return None
    reading = document["reading"]
    deciding = {code for codes in texts.looked_at.values() for code in codes}
    return DecisionReport(
        why=[reports[code] for code in _reasons(reading, reports, deciding)],
        conditions=[reports[code] for code in reading["conditions"]],
        open=[OpenPart(reports[code].name, _why_open(reports[code])) for code in reading["open"]],
        beside=[report for code, report in reports.items() if report.told and code not in deciding],
    )


def _reasons(
    reading: Mapping[str, Any], reports: Mapping[str, ElementReport], deciding: set[str]
) -> list[str]:
    """The elements that made it so. Of the outcome that is left when no other holds: those that the
    others look at, less its own conditions, which are told as such."""
    if reading["outcome"] is None or reading["because"]:
        return list(reading["because"])
    return [
        code
        for code, report in reports.items()
        if report.told and code in deciding and code not in reading["conditions"]
    ]


def _why_open(report: ElementReport) -> str:
    if report.withheld:
        return f"{report.missing}."
    return _("It takes an answer to at least half of its statements.")


def beside_the_finding(document: Document, texts: BankTexts) -> list[str]:
    """What stands under the finding of any result. Of a decision, where people agree, as far as that is
    told, and not which element is the lowest: its reasons say where each stands."""
    if not decides_by_criteria(document):
        return standfirst(document, texts)
    if all(element["agreed"] is None for element in document["elements"]):
        return []
    unplaced = [{**element, "score": None} for element in lowest_first(document)]
    return standfirst({**document, "elements": unplaced}, texts)


def past_what_is_not_known(document: Document, texts: BankTexts) -> str:
    """How a decision deals with what is not known (docs/scoring.md), as part of its rule; "" where no
    outcome names its conditions, and of the rule's first form."""
    reading = document.get("reading", {})
    if reading.get("rule") != "decision" or reading.get("version", 1) < 2 or not texts.judges:
        return ""
    return _(
        "If an element without a score could have led to an earlier outcome, none is given. Only an "
        "outcome with conditions is given even then, as long as at least three quarters of the elements "
        "that the earlier outcome depends on have a score."
    )
