"""Whether people see an element alike (step 5).

r_WG(J): James, Demaree & Wolf, Journal of Applied Psychology 69 (1984), pp. 85–98.
AD_M: Burke, Finkelstein & Dusig, Organizational Research Methods 2 (1999), pp. 49–68; its limit
A/6 for A options: Burke & Dunlap, Organizational Research Methods 5 (2002), pp. 159–172.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from .questions import QuestionScore

AGREED_FROM = Fraction(70, 100)


@dataclass(frozen=True)
class Agreement:
    """How alike people answered the questions of an element."""

    rwg: Fraction
    """r_WG(J), 0–1: 1 is full agreement, 0 no more than chance."""
    ad: Fraction
    """Mean absolute deviation from a question's mean, in steps of the scale."""
    agreed: bool


def agreement(questions: Sequence[QuestionScore]) -> Agreement | None:
    """Agreement over all respondents' values.

    None where the questions do not share one scale, or none has two values. Reversal mirrors a
    scale, which changes neither variance nor deviation, so the values are used as they were given.
    """
    if len({(question.minimum, question.maximum) for question in questions}) != 1:
        return None
    options = questions[0].maximum - questions[0].minimum + 1
    answered = [question.values for question in questions if len(question.values) >= 2]
    if not answered:
        return None
    count = len(answered)
    variance = sum((_sample_variance(values) for values in answered), Fraction(0)) / count
    by_chance = Fraction(options**2 - 1, 12)
    if variance >= by_chance:
        rwg = Fraction(0)
    else:
        kept = count * (1 - variance / by_chance)
        rwg = kept / (kept + variance / by_chance)
    ad = sum((_mean_deviation(values) for values in answered), Fraction(0)) / count
    return Agreement(rwg=rwg, ad=ad, agreed=rwg >= AGREED_FROM and ad <= Fraction(options, 6))


def _sample_variance(values: Sequence[int]) -> Fraction:
    mean = Fraction(sum(values), len(values))
    return sum(((value - mean) ** 2 for value in values), Fraction(0)) / (len(values) - 1)


def _mean_deviation(values: Sequence[int]) -> Fraction:
    mean = Fraction(sum(values), len(values))
    return sum((abs(value - mean) for value in values), Fraction(0)) / len(values)
