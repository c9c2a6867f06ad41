"""Alpha, its interval and correlations with the rest, held to published examples and to scipy."""

from __future__ import annotations

import pytest
from scipy import stats

from assessments.statistics import Alpha
from assessments.statistics.consistency import alpha_interval, cronbach_alpha, rest_correlations

# Weight, length, and height and width in per cent of the length, of 34 bream from Laengelmavesi. Base SAS 9.4
# Procedures Guide: Statistical Procedures, the CORR procedure, example 2.6, “Computing Cronbach’s
# Coefficient Alpha”, without the one fish that was not weighed.
BREAM = """
242 30.0 38.4 13.4   290 31.2 40.0 13.8   340 31.1 39.8 15.1   363 33.5 38.0 13.3
430 34.0 36.6 15.1   450 34.7 39.2 14.2   500 34.5 41.1 15.3   390 35.0 36.2 13.4
450 35.1 39.9 13.8   500 36.2 39.3 13.7   475 36.2 39.4 14.1   500 36.2 39.7 13.3
500 36.4 37.8 12.0   600 37.2 40.2 13.9   600 37.2 41.5 15.0   700 38.3 38.8 13.8
700 38.5 38.8 13.5   610 38.6 40.5 13.3   650 38.7 37.4 14.8   575 39.5 38.3 14.1
685 39.2 40.8 13.7   620 39.7 39.1 13.3   680 40.6 38.1 15.1   700 40.5 40.1 13.8
725 40.9 40.0 14.8   720 40.6 40.3 15.0   714 41.5 39.8 14.1   850 41.6 40.6 14.9
1000 42.6 44.5 15.5  920 44.1 40.9 14.3   955 44.0 41.1 14.3   925 45.3 41.4 14.9
975 45.9 40.6 14.7   950 46.5 37.9 13.7
"""

# Ten people, five items: Denis, Applied Univariate, Bivariate, and Multivariate Statistics (2016), with
# what SPSS makes of them.
TEN_PEOPLE = [
    (10, 12, 15, 11, 12),
    (12, 18, 12, 12, 1),
    (8, 16, 14, 14, 4),
    (6, 8, 16, 8, 6),
    (4, 7, 8, 7, 5),
    (6, 6, 3, 7, 3),
    (3, 4, 6, 5, 8),
    (7, 3, 7, 9, 9),
    (8, 9, 4, 10, 10),
    (9, 5, 6, 11, 12),
]


def bream() -> list[list[float]]:
    """As the example takes them: the cube root of the weight, and all lengths in centimetres."""
    figures = [float(figure) for figure in BREAM.split()]
    fish = [figures[at : at + 4] for at in range(0, len(figures), 4)]
    return [
        [weight ** (1 / 3), length, height * length / 100, width * length / 100]
        for weight, length, height, width in fish
    ]


def alpha_of(rows: list[list[float]]) -> Alpha:
    found = cronbach_alpha(rows)
    assert found is not None
    return found


def test_alpha_and_correlations_of_the_bream() -> None:
    assert len(bream()) == 34
    assert alpha_of(bream()).value == pytest.approx(0.822134, abs=5e-7)
    assert rest_correlations(bream()) == pytest.approx(
        [0.975379, 0.967602, 0.964715, 0.934635], abs=5e-7
    )


def test_alpha_of_ten_people() -> None:
    """One of the items goes against the others."""
    rows = [list(map(float, row)) for row in TEN_PEOPLE]
    assert alpha_of(rows).value == pytest.approx(0.633, abs=5e-4)
    assert rest_correlations(rows)[0] == pytest.approx(0.712, abs=5e-4)
    assert min(rest_correlations(rows)) == rest_correlations(rows)[4] < 0  # type: ignore[type-var, operator]


def test_the_interval_of_a_published_alpha() -> None:
    """Chris Evans’ code for Feldt’s interval, in the wiki of statistics of the MRC Cognition and Brain
    Sciences Unit, Cambridge (FAQ/cafun): alpha .913, n 873, 20 items gives 0.9044024 to 0.9211588."""
    low, high = alpha_interval(0.913, people=873, questions=20)
    assert (low, high) == pytest.approx((0.9044024, 0.9211588), abs=5e-8)


def test_alpha_comes_with_its_interval() -> None:
    """By Feldt’s formulas, with the quantiles of scipy.stats, which the code does not use."""
    found = alpha_of(bream())
    quantile = stats.f(33, 99).ppf
    assert found.people == 34
    assert found.low == pytest.approx(1 - (1 - 0.8221342) * quantile(0.975), abs=5e-7)
    assert found.high == pytest.approx(1 - (1 - 0.8221342) * quantile(0.025), abs=5e-7)


def test_alpha_is_what_an_analysis_of_variance_says() -> None:
    """Hoyt’s way (Psychometrika 6, 1941): 1 less what people leave unexplained over what they explain;
    and correlations are Pearson’s as scipy.stats has them."""
    rows = [[float(who + (who * item + 3 * item) % 7) for item in range(1, 5)] for who in range(12)]
    people, items = len(rows), 4
    grand = sum(map(sum, rows)) / (people * items)
    columns = list(zip(*rows, strict=True))
    of_people = items * sum((sum(row) / items - grand) ** 2 for row in rows)
    of_items = people * sum((sum(column) / people - grand) ** 2 for column in columns)
    whole = sum((value - grand) ** 2 for row in rows for value in row)
    left = (whole - of_people - of_items) / ((people - 1) * (items - 1))
    assert alpha_of(rows).value == pytest.approx(1 - left / (of_people / (people - 1)), abs=1e-12)
    assert rest_correlations(rows) == pytest.approx(
        [
            stats.pearsonr(column, [sum(row) - row[place] for row in rows]).statistic
            for place, column in enumerate(columns)
        ],
        abs=1e-12,
    )


def test_questions_that_say_the_same_have_an_alpha_of_one() -> None:
    rows = [[float(value), float(value)] for value in (1, 2, 3, 4)]
    assert alpha_of(rows) == Alpha(people=4, value=1.0, low=1.0, high=1.0)
    assert rest_correlations(rows) == pytest.approx([1.0, 1.0])


def test_alpha_falls_below_nothing_where_questions_contradict_each_other() -> None:
    """By hand: three people, variances 1 and 7/3, of the sum 1/3: 2 · (1 − (10/3)/(1/3)) = −18."""
    found = alpha_of([[1.0, 4.0], [2.0, 3.0], [3.0, 1.0]])
    assert found.value == pytest.approx(-18)
    assert found.low < -18 < found.high < 1


def test_without_differences_there_is_nothing_to_say() -> None:
    same = [[3, 3], [3, 3]]
    assert cronbach_alpha(same) is None
    assert rest_correlations(same) == [None, None]
    # One question is the same for all: it goes with nothing, and nothing with it.
    assert rest_correlations([[3, 1], [3, 2], [3, 5]]) == [None, None]
    # Two that even each other out: each differs, their sum does not.
    assert cronbach_alpha([[1, 5], [5, 1]]) is None
