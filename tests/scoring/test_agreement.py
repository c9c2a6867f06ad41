"""Step 5, by hand."""

from fractions import Fraction as F

import pytest

from assessments.scoring import AnswerSheet, DimensionRules, QuestionRules, score_element


def agreement_of(columns, *, scales=None, reverse=()):
    """Agreement where `columns` holds each question's values, one a person; None is no answer."""
    people = max(len(column) for column in columns)
    rules = DimensionRules(
        "d",
        tuple(
            QuestionRules(f"Q{n}", *(scales or {}).get(n, (1, 5)), reverse=n in reverse)
            for n in range(len(columns))
        ),
    )
    sheets = [
        AnswerSheet(
            f"O{person}",
            {
                f"Q{n}": column[person]
                for n, column in enumerate(columns)
                if person < len(column) and column[person] is not None
            },
        )
        for person in range(people)
    ]
    return score_element(rules, sheets).agreement


def test_two_questions():
    # Q0: 4 4 5 5 → mean 4.5, s² = 4·0.25/3 = 1/3, deviation 1/2.
    # Q1: 3 4 4 5 → mean 4, s² = (1+0+0+1)/3 = 2/3, deviation 2/4 = 1/2.
    # m = 1/2; σ² = (25−1)/12 = 2; m/σ² = 1/4.
    # r = 2·(3/4) / (2·(3/4) + 1/4) = 1.5/1.75 = 6/7. AD = 1/2 ≤ 5/6: agreed.
    found = agreement_of([[4, 4, 5, 5], [3, 4, 4, 5]])
    assert (found.rwg, found.ad, found.agreed) == (F(6, 7), F(1, 2), True)


def test_no_more_than_chance():
    # 1 1 5 5: mean 3, s² = 16/3 ≥ 2 → 0; deviation 2.
    found = agreement_of([[1, 1, 5, 5]])
    assert (found.rwg, found.ad, found.agreed) == (F(0), F(2), False)


def test_variance_equal_to_chance_is_zero():
    # 2 and 4: mean 3, s² = 2 = σ² → 0; deviation 1.
    found = agreement_of([[2, 4]])
    assert (found.rwg, found.ad, found.agreed) == (F(0), F(1), False)


def test_full_agreement():
    found = agreement_of([[4, 4, 4]])
    assert (found.rwg, found.ad, found.agreed) == (F(1), F(0), True)


def test_exactly_at_the_limit_of_agreement():
    # J = 1: r = 1 − s²/2. 3 3 4 4 5 5: s² = 4/5 → r = 0.6, AD = 4/6: r divides.
    found = agreement_of([[3, 3, 4, 4, 5, 5]])
    assert (found.rwg, found.ad, found.agreed) == (F(3, 5), F(2, 3), False)
    # Three 3s, five 4s, three 5s: s² = 6/10 → r = 0.7 exactly, AD = 6/11.
    found = agreement_of([[3] * 3 + [4] * 5 + [5] * 3])
    assert (found.rwg, found.ad, found.agreed) == (F(7, 10), F(6, 11), True)


def test_a_large_deviation_divides_although_r_is_high():
    # Many questions raise r_WG(J): J = 10 of 2 2 4 4: s² = 4/3, m/σ² = 2/3.
    # r = 10·(1/3) / (10·(1/3) + 2/3) = (10/3)/4 = 5/6 ≥ 0.7, but AD = 1 > 5/6.
    found = agreement_of([[2, 2, 4, 4]] * 10)
    assert (found.rwg, found.ad, found.agreed) == (F(5, 6), F(1), False)


def test_deviation_equal_to_a_sixth_of_the_options_still_agrees():
    # A = 6 (0..5): σ² = 35/12, limit 1. Values 2 2 4 4: s² = 4/3, AD = 1 = limit.
    # m/σ² = 16/35; J = 10: r = 10·(19/35)/(10·19/35 + 16/35) = 190/206 = 95/103.
    found = agreement_of([[2, 2, 4, 4]] * 10, scales=dict.fromkeys(range(10), (0, 5)))
    assert (found.rwg, found.ad, found.agreed) == (F(95, 103), F(1), True)


def test_questions_with_fewer_than_two_values_do_not_count():
    # Only Q0 counts: 4 4 → r 1.
    found = agreement_of([[4, 4], [1, None], [None, None]])
    assert (found.rwg, found.ad) == (F(1), F(0))


def test_reversal_changes_nothing():
    columns = [[4, 4, 5, 5], [3, 4, 4, 5]]
    assert agreement_of(columns) == agreement_of(columns, reverse={0})


@pytest.mark.parametrize(
    ("columns", "scales"),
    [
        ([[4], [5]], None),  # nobody twice
        ([[4, 4], [5, 5]], {1: (1, 7)}),  # two scales
    ],
)
def test_none(columns, scales):
    assert agreement_of(columns, scales=scales) is None
