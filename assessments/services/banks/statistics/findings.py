"""What a careful reader would look at in the figures of a bank, in sentences. Nothing here decides.

Limits. One end of the scale from 80 %: Streiner & Norman, Health Measurement Scales. Correlation with
the rest from 0.30: Nunnally & Bernstein, Psychometric Theory, 1994. Alpha from 0.70 to 0.95: Terwee
and others, Journal of Clinical Epidemiology 60 (2007), pp. 34–42. ICC(2) from 0.70: Klein and others, in
Klein & Kozlowski (eds), Multilevel Theory, Research, and Methods in Organizations, 2000. The others are
our own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from alliances.services.figures import two_decimals
from assessments.services.banks.statistics.words import percent
from assessments.statistics import (
    Alpha,
    BankFigures,
    DimensionFigures,
    QuestionFigures,
    Values,
    WithoutValue,
)

MANY_DO_NOT_KNOW = Fraction(20, 100)
MANY_NOT_APPLICABLE = Fraction(20, 100)
MANY_LEFT_OUT = Fraction(10, 100)
NEARLY_ALL = Fraction(80, 100)
GOES_WITH_THE_REST = 0.30
HOLDS_TOGETHER = 0.70
SAYS_THE_SAME = 0.95
COLLEAGUES_ALIKE = 0.05
RELIABLE_MEANS = 0.70


@dataclass(frozen=True)
class Finding:
    """One thing that is worth a look, of a dimension, or of a question of it."""

    dimension: str
    question: str
    """Codes; the second empty where it is about the dimension."""
    text: str


def findings_of(figures: BankFigures) -> list[Finding]:
    """What is worth a look, in the order of the bank."""
    return [
        Finding(dimension.code, question, text)
        for dimension in figures.dimensions
        for question, text in _in_dimension(dimension)
    ]


def _in_dimension(dimension: DimensionFigures) -> Iterator[tuple[str, str]]:
    if isinstance(dimension.alpha, Alpha):
        yield from (("", text) for text in _in_alpha(dimension.alpha.value))
    for question in dimension.questions:
        yield from ((question.code, text) for text in _in_question(question))


def _in_question(question: QuestionFigures) -> Iterator[str]:
    if isinstance(question.without, WithoutValue):
        yield from _without_value(question.without)
    if isinstance(question.values, Values):
        yield from _at_the_ends(question.values)
    if isinstance(question.rest, float):
        yield from _in_rest(question.rest)


def _in_alpha(alpha: float) -> Iterator[str]:
    told = {"alpha": two_decimals(alpha)}
    if alpha < 0:
        yield (
            _(
                "Its questions contradict each other (alpha %(alpha)s). "
                "Look at which of them are reversed."
            )
            % told
        )
    elif alpha < HOLDS_TOGETHER:
        yield (
            _(
                "Its questions hold together little (alpha %(alpha)s). "
                "They may ask about several things, and one score for all of them says less."
            )
            % told
        )
    elif alpha >= SAYS_THE_SAME:
        yield (
            _("Its questions say nearly the same (alpha %(alpha)s). Fewer of them would do.") % told
        )


def _without_value(without: WithoutValue) -> Iterator[str]:
    if without.dont_know >= MANY_DO_NOT_KNOW:
        yield _(
            "%(share)s%% don’t know. It may be unclear, or ask for what these people cannot see."
        ) % {"share": percent(without.dont_know)}
    if without.not_applicable >= MANY_NOT_APPLICABLE:
        yield _("For %(share)s%% it is not applicable. It may not be for these people.") % {
            "share": percent(without.not_applicable)
        }
    if without.left_out >= MANY_LEFT_OUT:
        yield _("%(share)s%% left it out. It may be hard to answer, or ask for too much.") % {
            "share": percent(without.left_out)
        }


def _at_the_ends(values: Values) -> Iterator[str]:
    if values.lowest >= NEARLY_ALL:
        yield _(
            "%(share)s%% stand at the lowest end of the scale. It tells next to nothing apart."
        ) % {"share": percent(values.lowest)}
    if values.highest >= NEARLY_ALL:
        yield _(
            "%(share)s%% stand at the highest end of the scale. It tells next to nothing apart."
        ) % {"share": percent(values.highest)}


def _in_rest(rest: float) -> Iterator[str]:
    told = {"rest": two_decimals(rest)}
    if rest < 0:
        yield (
            _(
                "Whoever is high on it is rather low on the rest of its dimension (%(rest)s). "
                "It asks for the opposite, or its direction is set wrongly."
            )
            % told
        )
    elif rest < GOES_WITH_THE_REST:
        yield (
            _(
                "It goes little with the rest of its dimension (%(rest)s). "
                "It may ask about something else."
            )
            % told
        )
