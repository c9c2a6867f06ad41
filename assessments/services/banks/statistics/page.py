"""The page of figures on a bank's questions: what is worth a look, then each dimension with its table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alliances.services.counts import first_capital, in_words
from alliances.services.figures import two_decimals
from assessments.models import Bank, Dimension, Question
from assessments.services.banks.statistics.findings import (
    COLLEAGUES_ALIKE,
    HOLDS_TOGETHER,
    RELIABLE_MEANS,
    Finding,
    findings_of,
)
from assessments.services.banks.statistics.gathering import read_statistics
from assessments.services.banks.statistics.words import lack_in_words, percent
from assessments.statistics import (
    LEAST_ALLIANCES,
    LEAST_OF_A_ROUND,
    LEAST_RESPONDENTS,
    Alpha,
    BankFigures,
    DimensionFigures,
    Intraclass,
    Lack,
    QuestionFigures,
    Values,
    WithoutValue,
)


@dataclass(frozen=True)
class Cell:
    """A figure of a question; `column` names it where the table is laid out as a list."""

    column: str
    text: str


@dataclass(frozen=True)
class Pointer:
    """Something worth a look: what it is about, the place of that on the page, and what it is."""

    about: str
    anchor: str
    text: str


@dataclass(frozen=True)
class QuestionRow:
    """A question with its figures in the order of the columns, those of values left out where withheld."""

    anchor: str
    code: str
    text: str
    is_reversed: bool
    cells: Sequence[Cell]
    is_withheld: bool
    """Whether what is told of its values, the last columns, is withheld."""


@dataclass(frozen=True)
class DimensionPart:
    """A dimension: what holds its questions together, and a row each."""

    anchor: str
    title: str
    consistency: str
    organisations: str
    questions: Sequence[QuestionRow]


@dataclass(frozen=True)
class StatisticsPage:
    """What a curator reads. Without `is_told` nothing but what is needed."""

    is_told: bool
    title: str
    lead: str
    note: str
    findings: Sequence[Pointer]
    columns: Sequence[str]
    values_columns: int
    """How many of the columns, the last ones, tell of values."""
    dimensions: Sequence[DimensionPart]


def read_statistics_page(bank: Bank) -> StatisticsPage:
    """The page of `bank`, a version that is published or retired. Seven queries at most."""
    figures = read_statistics(bank)
    if figures is not None:
        return _told(bank, figures)
    never = _never(bank)
    if never:
        return _untold(_("No figures of this bank"), never)
    return _untold(
        _("Too few answers yet"),
        _(
            "Figures stand here from %(people)s respondents of %(alliances)s alliances on, in rounds "
            "that are closed and that %(least)s people or more answered. This version is not there yet."
        )
        % {
            "people": LEAST_RESPONDENTS,
            "alliances": in_words(LEAST_ALLIANCES),
            "least": in_words(LEAST_OF_A_ROUND),
        },
        _(
            "With fewer, somebody could work out what one alliance answered. "
            "For the same reason this page does not say how many there are."
        ),
    )


def _never(bank: Bank) -> str:
    """Why no answers to `bank` go into figures, however many there are; empty where they do."""
    if bank.subject == Bank.Subject.INVITATION:
        return _("What people answer to an appraisal is stored nowhere.")
    if bank.is_about_oneself:
        return _("What is said of one person is that person’s to read, and goes into no figure.")
    if bank.audience == Bank.Audience.CONVENER:
        return _(
            "Conveners answer it alone, and rounds that fewer than %(least)s people answered go into no "
            "figure."
        ) % {"least": in_words(LEAST_OF_A_ROUND)}
    return ""


def _untold(title: str, lead: str, note: str = "") -> StatisticsPage:
    return StatisticsPage(
        is_told=False,
        title=title,
        lead=lead,
        note=note,
        findings=(),
        columns=(),
        values_columns=0,
        dimensions=(),
    )


def _told(bank: Bank, figures: BankFigures) -> StatisticsPage:
    dimensions = {
        dimension.code: dimension for dimension in bank.dimensions.prefetch_related("questions")
    }
    found = [_pointer(dimensions[one.dimension], one) for one in findings_of(figures)]
    before, values = _columns()
    return StatisticsPage(
        is_told=True,
        title=_title(len(found)),
        lead=_("The figures rest on %(people)s respondents of %(alliances)s alliances.")
        % {"people": figures.respondents, "alliances": in_words(figures.alliances)},
        note=_(
            "Rounds count once they are closed, in batches of %(people)s respondents of "
            "%(alliances)s alliances or more, so that nobody can work out what one alliance answered. "
            "The latest may not be in yet."
        )
        % {"people": LEAST_RESPONDENTS, "alliances": in_words(LEAST_ALLIANCES)},
        findings=found,
        columns=[*before, *values],
        values_columns=len(values),
        dimensions=[_part(dimensions[one.code], one) for one in figures.dimensions],
    )


def _pointer(dimension: Dimension, found: Finding) -> Pointer:
    if not found.question:
        return Pointer(dimension.title, _anchor(dimension), found.text)
    [question] = [one for one in dimension.questions.all() if one.code == found.question]
    return Pointer(question.code, _anchor(question), found.text)


def _anchor(part: Dimension | Question) -> str:
    """As on the page of the bank."""
    return f"{'d' if isinstance(part, Dimension) else 'q'}-{part.pk}"


def _title(findings: int) -> str:
    if not findings:
        return _("Nothing stands out in these questions")
    return first_capital(
        ngettext("one thing is worth a look", "%(n)s things are worth a look", findings)
        % {"n": in_words(findings)}
    )


def _columns() -> tuple[list[str], list[str]]:
    """The heads of the table: of all respondents, and of those who gave a value."""
    return (
        [_("Don’t know"), _("Not applicable"), _("Left out")],
        [
            _("Values"),
            _("Mean"),
            _("Spread"),
            _("Lowest end"),
            _("Highest end"),
            _("With the rest"),
        ],
    )


def _part(dimension: Dimension, figures: DimensionFigures) -> DimensionPart:
    questions = {question.code: question for question in dimension.questions.all()}
    return DimensionPart(
        anchor=_anchor(dimension),
        title=dimension.title,
        consistency=_consistency(figures.alpha),
        organisations=_organisations(figures.intraclass),
        questions=[_row(questions[one.code], one) for one in figures.questions],
    )


def _row(question: Question, figures: QuestionFigures) -> QuestionRow:
    before, values = _columns()
    cells = [Cell(name, text) for name, text in zip(before, _shares(figures.without), strict=True)]
    told = figures.values
    if isinstance(told, Values):
        texts = (
            str(told.people),
            two_decimals(told.mean),
            two_decimals(told.spread),
            _share(told.lowest),
            _share(told.highest),
            lack_in_words(figures.rest)
            if isinstance(figures.rest, Lack)
            else two_decimals(figures.rest),
        )
        cells += [Cell(name, text) for name, text in zip(values, texts, strict=True)]
    return QuestionRow(
        anchor=_anchor(question),
        code=question.code,
        text=question.text,
        is_reversed=question.reverse,
        cells=cells,
        is_withheld=isinstance(told, Lack),
    )


def _shares(without: WithoutValue | Lack) -> list[str]:
    if isinstance(without, Lack):
        return [lack_in_words(without)] * 3
    return [_share(s) for s in (without.dont_know, without.not_applicable, without.left_out)]


def _share(share: Fraction) -> str:
    return _("%(share)s%%") % {"share": percent(share)}


def _consistency(alpha: Alpha | Lack) -> str:
    if alpha is Lack.ALONE:
        return _("One question alone: there is nothing that it could go with.")
    if alpha is Lack.FLAT:
        return _("All who answered every question come to the same sum, so there is no alpha.")
    if isinstance(alpha, Lack):
        return _("Alpha is withheld.")
    said = _(
        "Alpha %(alpha)s, with 95%% certainty between %(low)s and %(high)s; "
        "%(people)s respondents answered every question."
    ) % {
        "alpha": two_decimals(alpha.value),
        "low": two_decimals(alpha.low),
        "high": two_decimals(alpha.high),
        "people": alpha.people,
    }
    if alpha.value >= HOLDS_TOGETHER > alpha.low:
        open_still = _("So few answers leave open whether the questions hold together.")
        return f"{said} {open_still}"
    return said


def _organisations(found: Intraclass | Lack) -> str:
    if isinstance(found, Lack):
        return _(
            "ICC is withheld: too few respondents have colleagues who answered, or too many agree."
        )
    told: dict[str, object] = {
        "icc1": two_decimals(found.icc1),
        "people": found.people,
        "organisations": found.organisations,
    }
    if found.icc2 is None:
        return (
            _(
                "ICC(1) %(icc1)s, over %(people)s respondents of %(organisations)s organisations: "
                "colleagues answer no more alike than others do. There is no ICC(2) then."
            )
            % told
        )
    told["icc2"] = two_decimals(found.icc2)
    said = (
        _(
            "ICC(1) %(icc1)s and ICC(2) %(icc2)s, over %(people)s respondents of %(organisations)s "
            "organisations."
        )
        % told
    )
    return f"{said} {_meaning(found.icc1, found.icc2)}"


def _meaning(icc1: float, icc2: float) -> str:
    if icc1 < COLLEAGUES_ALIKE:
        return _("Colleagues answer hardly more alike than others do.")
    if icc2 < RELIABLE_MEANS:
        return _(
            "Colleagues answer alike, but so few of each organisation do not tell the organisations "
            "apart reliably."
        )
    return _("Colleagues answer alike, and the organisations are told apart reliably.")
