"""Whether the questions of a dimension hold together: correlation with the rest, and alpha.

Alpha: Cronbach, Psychometrika 16 (1951), pp. 297–334. Its interval: Feldt, Woodruff & Salih, Applied
Psychological Measurement 11 (1987), pp. 93–103, formulas 6 and 7.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

# The whole of scipy.stats takes three times as long to load, for the same quantile.
from scipy.special import fdtri

from .figures import Alpha

CONFIDENCE = 0.95

Row = Sequence[float]
"""What one respondent answered to each question, after reversal. Whole numbers keep sums exact."""


def rest_correlations(rows: Sequence[Row]) -> list[float | None]:
    """Of each question, Pearson's correlation with the sum of the others.

    None where the question or that sum is the same for all. `rows` are of two questions or more.
    """
    answers = np.asarray(rows)
    whole = answers.sum(axis=1)
    return [_correlation(column, whole - column) for column in answers.T]


def _correlation(one: np.ndarray, other: np.ndarray) -> float | None:
    if not np.ptp(one) or not np.ptp(other):
        return None
    return float(np.corrcoef(one, other)[0, 1])


def cronbach_alpha(rows: Sequence[Row]) -> Alpha | None:
    """Alpha over `rows`, two or more of them, of two questions or more.

    None where the sum of the answers is the same for all.
    """
    answers = np.asarray(rows)
    people, questions = answers.shape
    whole = answers.sum(axis=1)
    if not np.ptp(whole):
        return None
    within = answers.var(axis=0, ddof=1).sum() / whole.var(ddof=1)
    alpha = float(questions / (questions - 1) * (1 - within))
    low, high = alpha_interval(alpha, people=people, questions=questions)
    return Alpha(people=people, value=alpha, low=low, high=high)


def alpha_interval(alpha: float, *, people: int, questions: int) -> tuple[float, float]:
    """The lower and upper end of the 95 % interval of `alpha`, both at most 1."""
    tail = (1 - CONFIDENCE) / 2
    freedom = (people - 1, (people - 1) * (questions - 1))
    low, high = (1 - (1 - alpha) * fdtri(*freedom, at) for at in (1 - tail, tail))
    return float(low), float(high)
