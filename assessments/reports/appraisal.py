"""An appraisal as a page and a sheet of paper show it."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from assessments.models import Bank
from assessments.services.appraisal import Appraisal, Criterion

from .elements import band_word
from .marks import TALLY
from .pdf import paper

STYLES = ("tokens.css", "report_appraisal.css")
LINE = 840
"""How long the line from 0 to 100 is on paper, in its picture’s own units."""


@dataclass(frozen=True)
class CriterionRow:
    """A criterion: its band in a word and in bars, and where it stands on the line."""

    title: str
    means: str
    question: str
    step: str
    step_text: str
    band: str
    word: str
    figure: str
    """Its score in whole figures, rounded down; "" where there is none."""
    tally: tuple[bool, bool, bool]
    place: str
    paper_place: int


@dataclass(frozen=True)
class AppraisalReport:
    """What an appraisal says: a headline, a text, reasons, conditions, open questions, all criteria."""

    bank: str
    version: int
    headline: str
    text: str
    why: list[CriterionRow]
    conditions: list[CriterionRow]
    open: list[CriterionRow]
    rows: list[CriterionRow]
    mixed_from: int
    strong_from: int

    @property
    def paper_limits(self) -> tuple[int, int]:
        return self.mixed_from * LINE // 100, self.strong_from * LINE // 100


def appraisal_report(*, appraisal: Appraisal, bank: Bank) -> AppraisalReport:
    """The appraisal in words and places."""
    outcome = appraisal.outcome
    return AppraisalReport(
        bank=appraisal.title,
        version=bank.version,
        headline=outcome.title if outcome else _("Too little is known"),
        text=outcome.text if outcome else _("Ask about what is open below, then come back."),
        # Where there are conditions, they are the reasons.
        why=[] if appraisal.conditions else [_row(one) for one in appraisal.because],
        conditions=[_row(one) for one in appraisal.conditions],
        open=[_row(one) for one in appraisal.open],
        rows=[_row(one) for one in appraisal.criteria],
        mixed_from=bank.band_mixed,
        strong_from=bank.band_strong,
    )


def _row(criterion: Criterion) -> CriterionRow:
    tally = TALLY.get(criterion.band or "", 0)
    step = next(iter(criterion.advice), None)
    score = criterion.score
    return CriterionRow(
        title=criterion.title,
        means=criterion.means,
        question=criterion.question,
        step=step.title if step else "",
        step_text=step.text if step else "",
        band=criterion.band or "",
        word=band_word(criterion.band),
        figure="" if score is None else str(floor(score)),
        tally=(tally > 0, tally > 1, tally > 2),
        place="" if score is None else f"{float(score):.2f}%",
        paper_place=0 if score is None else round(score * LINE / 100),
    )


def render_appraisal(*, appraisal: Appraisal, bank: Bank) -> bytes:
    """The appraisal on one page, as the bytes of a PDF: its reasons in short where they are many."""
    language = get_language() or bank.language
    report = appraisal_report(appraisal=appraisal, bank=bank)
    for in_short in (False, True):
        rendered = paper(
            "reports/appraisal.html",
            {"report": report, "in_short": in_short, "language": language},
            language=language,
            made=None,
            styles=STYLES,
        )
        if rendered.pages == 1:
            break
    return rendered.content
