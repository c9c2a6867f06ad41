"""Steps 10 and 11, by hand."""

import math
from fractions import Fraction as F

import pytest

from assessments.scoring import Check, State, paired_change, record_score
from assessments.scoring.change import t_quantile_975


def checks(*states_and_points):
    return [
        Check(f"c{n}", "", state, points, "") for n, (state, points) in enumerate(states_and_points)
    ]


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (checks((State.MET, 2), (State.NOT, 2)), F(50)),
        # (2·1 + 1·½ + 3·0) / 6
        (checks((State.MET, 2), (State.PARTLY, 1), (State.NOT, 3)), F(125, 3)),
        # what does not apply is left out: 1·½ / 1
        (checks((State.PARTLY, 1), (State.NOT_APPLICABLE, 9)), F(50)),
        (checks((State.NOT_APPLICABLE, 9)), None),
        ([], None),
    ],
)
def test_record_score(found, expected):
    assert record_score(found) == expected


@pytest.mark.parametrize(
    # From the table of critical values in any textbook, two-sided 5 %.
    ("degrees", "expected"),
    [(1, 12.706), (2, 4.303), (4, 2.776), (5, 2.571), (9, 2.262), (30, 2.042), (120, 1.980)],
)
def test_students_t(degrees, expected):
    assert round(t_quantile_975(degrees), 3) == expected


def test_paired_change_over_five_organisations():
    # Differences 4 6 8 10 12: mean 8, s² = (16+4+0+4+16)/4 = 10, standard error √2.
    # t(4) = 2.776445: 8 ± 3.926486.
    before = dict(zip("abcde", map(F, (50, 50, 50, 50, 50)), strict=True))
    now = dict(zip("abcde", map(F, (54, 56, 58, 60, 62)), strict=True))
    found = paired_change(now, before)
    assert (found.pairs, found.difference) == (5, F(8))
    assert math.isclose(found.low, 4.073514, abs_tol=1e-5)
    assert math.isclose(found.high, 11.926486, abs_tol=1e-5)
    assert found.more_than_noise is True


def test_change_within_noise():
    # Differences −10 10 −10 10 5: mean 1.
    now = dict(zip("abcde", map(F, (40, 60, 40, 60, 55)), strict=True))
    found = paired_change(now, dict.fromkeys("abcde", F(50)))
    assert found.difference == F(1)
    assert found.more_than_noise is False


def test_fewer_than_five_pairs_are_no_comparison():
    assert paired_change(dict.fromkeys("abcd", F(60)), dict.fromkeys("abcde", F(50))) is None


def test_who_answered_once_is_left_out():
    found = paired_change(
        dict.fromkeys("abcde", F(60)) | {"new": F(0)}, dict.fromkeys("abcde", F(50)) | {"old": F(9)}
    )
    assert (found.pairs, found.difference) == (5, F(10))


def test_the_same_step_everywhere_is_more_than_noise():
    found = paired_change(dict.fromkeys("abcde", F(51)), dict.fromkeys("abcde", F(50)))
    assert (found.low, found.high, found.more_than_noise) == (1.0, 1.0, True)
