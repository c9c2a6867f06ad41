"""All figures of a bank from the answers of its rounds, each over batches of its own that are full.

A figure may take fewer respondents than were asked: who gave a value, who answered every question,
who has colleagues that answered. So each has its own batches, made of whole batches of the bank. A
round brings nothing to a figure that fewer of its people count in than its threshold.
"""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from math import lcm
from typing import TypeVar

from assessments.scoring import Answer, AnswerSheet, DimensionRules, QuestionRules
from assessments.scoring.elements import respondent_score

from .consistency import cronbach_alpha, rest_correlations
from .figures import (
    Alpha,
    BankFigures,
    DimensionFigures,
    Intraclass,
    Lack,
    QuestionFigures,
    Values,
    WithoutValue,
)
from .organisations import intraclass
from .releases import ClosedRound, Share, full_batches

Batch = Sequence[ClosedRound]
Counted = TypeVar("Counted")


def study_bank(dimensions: Sequence[DimensionRules], batches: Sequence[Batch]) -> BankFigures:
    """The figures of a bank over `batches` of its rounds, each full, one or more."""
    rounds = [round_ for batch in batches for round_ in batch]
    return BankFigures(
        respondents=sum(len(round_.sheets) for round_ in rounds),
        alliances=len({round_.alliance for round_ in rounds}),
        dimensions=tuple(_study_dimension(dimension, batches) for dimension in dimensions),
    )


def _study_dimension(dimension: DimensionRules, batches: Sequence[Batch]) -> DimensionFigures:
    values = [_values(question, batches) for question in dimension.questions]
    # That a question goes together with nothing would tell of one that is withheld.
    is_whole = Lack.WITHHELD not in values
    alpha, rest = _consistency(dimension, batches, is_whole=is_whole)
    return DimensionFigures(
        code=dimension.code,
        questions=tuple(
            QuestionFigures(question.code, _without_value(question, batches), found, correlation)
            for question, found, correlation in zip(dimension.questions, values, rest, strict=True)
        ),
        alpha=alpha,
        intraclass=_intraclass(dimension, batches),
    )


def _told(
    batches: Sequence[Batch],
    counted: Callable[[ClosedRound], Sequence[Counted]],
    share: Callable[[int, Sequence[Counted]], Share],
) -> list[Sequence[Counted]]:
    """What each round brings to a figure, by round, of the batches that are full; else nothing."""
    steps = [
        [
            (round_.alliance, found)
            for round_ in batch
            if len(found := counted(round_)) >= round_.threshold
        ]
        for batch in batches
    ]
    full = full_batches([[share(*brought) for brought in step] for step in steps])
    return [found for places in full for place in places for _alliance, found in steps[place]]


def _share(alliance: int, found: Sequence[object]) -> Share:
    return Share(alliance, len(found))


def _share_of_answers(alliance: int, found: Sequence[object]) -> Share:
    """What must not be told where it comes to the same for everybody."""
    return Share(alliance, len(found), Counter(found))


def _without_value(question: QuestionRules, batches: Sequence[Batch]) -> WithoutValue | Lack:
    def answers(round_: ClosedRound) -> list[object]:
        if not round_.asks(question.code):
            return []
        return [_kind(sheet.answers.get(question.code)) for sheet in round_.sheets]

    def share(alliance: int, found: Sequence[object]) -> Share:
        counts = Counter(found)
        # That everybody gave some value tells nothing of anybody.
        del counts["value"]
        return Share(alliance, len(found), counts)

    given = [answer for found in _told(batches, answers, share) for answer in found]
    if not given:
        return Lack.WITHHELD
    return WithoutValue(
        dont_know=Fraction(given.count("dk"), len(given)),
        not_applicable=Fraction(given.count("na"), len(given)),
        left_out=Fraction(given.count(None), len(given)),
    )


def _kind(answer: Answer | None) -> object:
    return "value" if isinstance(answer, int) else answer


def _values(question: QuestionRules, batches: Sequence[Batch]) -> Values | Lack:
    def given(round_: ClosedRound) -> list[int]:
        answers = (sheet.answers.get(question.code) for sheet in round_.sheets)
        return [answer for answer in answers if isinstance(answer, int)]

    values = [value for found in _told(batches, given, _share_of_answers) for value in found]
    if not values:
        return Lack.WITHHELD
    return Values(
        people=len(values),
        mean=Fraction(sum(values), len(values)),
        spread=statistics.stdev(values),
        lowest=Fraction(values.count(question.minimum), len(values)),
        highest=Fraction(values.count(question.maximum), len(values)),
    )


def _consistency(
    dimension: DimensionRules, batches: Sequence[Batch], *, is_whole: bool
) -> tuple[Alpha | Lack, Sequence[float | Lack]]:
    """Alpha, and of each question its correlation with the rest; over who answered every question.

    Both withheld unless the dimension `is_whole`, with none of its questions withheld.
    """

    def complete(round_: ClosedRound) -> list[list[int]]:
        rows = (_positions(dimension, sheet) for sheet in round_.sheets)
        return [row for row in rows if row is not None]

    alone, withheld = ([lack] * len(dimension.questions) for lack in (Lack.ALONE, Lack.WITHHELD))
    if len(alone) < 2:
        return Lack.ALONE, alone
    rows = [row for found in _told(batches, complete, _share) for row in found] if is_whole else []
    if not rows:
        return Lack.WITHHELD, withheld
    correlations = rest_correlations(rows)
    rest = [found for found in correlations if found is not None]
    # Who answered all may have answered one of them alike, and each figure would tell of that.
    if len(rest) < len(correlations):
        return Lack.WITHHELD, withheld
    return cronbach_alpha(rows) or Lack.FLAT, rest


def _positions(dimension: DimensionRules, sheet: AnswerSheet) -> list[int] | None:
    """Where the answers stand after reversal, on scales that are made as long as each other.

    Whole numbers from 0, so that sums are exact. None unless every question has a value.
    """
    length = lcm(*(question.maximum - question.minimum for question in dimension.questions))
    row = []
    for question in dimension.questions:
        value = sheet.answers.get(question.code)
        if not isinstance(value, int):
            return None
        steps = question.maximum - value if question.reverse else value - question.minimum
        row.append(steps * (length // (question.maximum - question.minimum)))
    return row


def _intraclass(dimension: DimensionRules, batches: Sequence[Batch]) -> Intraclass | Lack:
    """Over respondents with a score whose organisation has another one in the same round."""

    def with_colleagues(round_: ClosedRound) -> list[tuple[str, Fraction]]:
        by_organisation: dict[str, list[Fraction]] = {}
        if not round_.asks(*(question.code for question in dimension.questions)):
            return []
        for sheet in round_.sheets:
            score = respondent_score(dimension, sheet)
            if score is not None:
                by_organisation.setdefault(sheet.organisation, []).append(score)
        return [
            (organisation, score)
            for organisation, scores in by_organisation.items()
            if len(scores) >= 2
            for score in scores
        ]

    def share(alliance: int, found: Sequence[tuple[str, Fraction]]) -> Share:
        return _share_of_answers(alliance, [score for _organisation, score in found])

    groups = [group for found in _told(batches, with_colleagues, share) for group in _groups(found)]
    # Where colleagues never differ, each would know the other's score.
    if all(len(set(group)) == 1 for group in groups):
        return Lack.WITHHELD
    return intraclass(groups) or Lack.WITHHELD


def _groups(found: Iterable[tuple[str, Fraction]]) -> list[list[float]]:
    by_organisation: dict[str, list[float]] = {}
    for organisation, score in found:
        by_organisation.setdefault(organisation, []).append(float(score))
    return list(by_organisation.values())
