"""ICC(1) and ICC(2), held to published examples and to scipy’s analysis of variance."""

from __future__ import annotations

import pytest
from scipy import stats

from assessments.statistics import Intraclass
from assessments.statistics.organisations import intraclass

# Six targets, rated four times: Shrout & Fleiss, Psychological Bulletin 86 (1979), table 2. Their ICC(1,1)
# is .17 and ICC(1,4) .44 (table 4); to four decimals, from their mean squares 11.24 and 6.26.
SHROUT_AND_FLEISS = [
    (9, 2, 5, 8),
    (6, 1, 3, 2),
    (8, 4, 6, 8),
    (7, 1, 2, 6),
    (10, 5, 6, 9),
    (6, 2, 4, 7),
]

# Widths of scutum of ticks from four rabbits: Sokal & Rohlf, Biometry, box 9.1, groups of unequal size. Mean
# squares 602.6 and 114.5, F 5.26, n0 9.009; 32.1 % of the variance lies between the rabbits.
SOKAL_AND_ROHLF = [
    (380, 376, 360, 368, 372, 366, 374, 382),
    (350, 356, 358, 376, 338, 342, 366, 350, 344, 364),
    (354, 360, 362, 352, 366, 372, 362, 344, 342, 358, 351, 348, 348),
    (376, 344, 342, 372, 374, 360),
]


def icc_of(groups: object) -> Intraclass:
    found = intraclass(groups)  # type: ignore[arg-type]
    assert found is not None
    return found


def test_groups_of_equal_size() -> None:
    found = icc_of(SHROUT_AND_FLEISS)
    assert (found.people, found.organisations) == (24, 6)
    assert found.icc1 == pytest.approx(0.1657, abs=5e-5)
    assert found.icc2 == pytest.approx(0.4428, abs=5e-5)


def test_groups_of_unequal_size() -> None:
    found = icc_of(SOKAL_AND_ROHLF)
    assert (found.people, found.organisations) == (37, 4)
    assert found.icc1 == pytest.approx(0.321, abs=5e-4)
    # 1 − 114.5/602.6
    assert found.icc2 == pytest.approx(0.8100, abs=5e-5)


def test_both_follow_from_the_f_of_an_analysis_of_variance() -> None:
    """ICC(1) = (F − 1)/(F − 1 + n0) and ICC(2) = 1 − 1/F, with scipy’s F; sizes from two to six."""
    groups = [[who + (5 * who * n) % 11 for n in range(1, 3 + who % 5)] for who in range(14)]
    sizes = [len(group) for group in groups]
    size = (sum(sizes) - sum(n * n for n in sizes) / sum(sizes)) / (len(sizes) - 1)
    f = stats.f_oneway(*groups).statistic
    assert f > 1
    found = icc_of(groups)
    assert found.icc1 == pytest.approx((f - 1) / (f - 1 + size), abs=1e-12)
    assert found.icc2 == pytest.approx(1 - 1 / f, abs=1e-12)


def test_colleagues_who_differ_more_than_others_give_a_figure_below_nothing() -> None:
    """By hand: both means are 2, so the mean square between is 0; within, 4 squares of 1 over 2 is 2. So
    (0 − 2)/(0 + 1 · 2)."""
    found = icc_of([(1, 3), (1, 3)])
    assert found.icc1 == pytest.approx(-1)
    assert found.icc2 is None


def test_colleagues_who_are_all_of_one_mind() -> None:
    found = icc_of([(0.1, 0.1, 0.1), (0.7, 0.7), (0.3, 0.3)])
    assert (found.icc1, found.icc2) == (1, 1)


def test_where_all_scores_are_the_same_there_is_nothing_to_say() -> None:
    assert intraclass([(50, 50), (50, 50, 50)]) is None
