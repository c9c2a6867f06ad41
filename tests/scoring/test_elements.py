"""Steps 1 to 4. Every expected figure is worked out by hand in the comment beside it."""

from fractions import Fraction as F

import pytest

from assessments.scoring import AnswerSheet, DimensionRules, QuestionRules, position, score_element
from assessments.scoring.elements import respondent_score


def dimension(*questions: QuestionRules) -> DimensionRules:
    return DimensionRules(
        "charter", questions or tuple(QuestionRules(f"Q{n}") for n in range(1, 5))
    )


def sheet(organisation: str, *answers: int | str | None) -> AnswerSheet:
    return AnswerSheet(
        organisation,
        {f"Q{n}": answer for n, answer in enumerate(answers, 1) if answer is not None},
    )


@pytest.mark.parametrize(
    ("minimum", "maximum", "reverse", "value", "expected"),
    [
        (1, 5, False, 1, F(0)),
        (1, 5, False, 4, F(75)),
        (1, 5, True, 4, F(25)),
        (1, 5, True, 1, F(100)),
        (0, 10, False, 3, F(30)),
        (0, 3, False, 1, F(100, 3)),
        (-2, 2, False, 0, F(50)),
        (1, 7, True, 2, F(250, 3)),  # 100 − 100·1/6
    ],
)
def test_position(minimum, maximum, reverse, value, expected):
    assert position(QuestionRules("Q", minimum, maximum, reverse), value) == expected


@pytest.mark.parametrize("value", [0, 6, -1])
def test_a_value_off_the_scale_has_no_position(value):
    with pytest.raises(ValueError, match="off the scale"):
        position(QuestionRules("Q"), value)


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        # 4 questions, positions 75 100 50 25: 250/4
        ((4, 5, 3, 2), F(125, 2)),
        # two of four have a position: half is enough. (75+100)/2
        ((4, 5, "dk", None), F(175, 2)),
        # one of four is less than half
        ((4, "dk", "dk", None), None),
        # one n/a leaves three; two of three is enough: (75+50)/2
        ((4, 3, "na", None), F(125, 2)),
        # one n/a leaves three; one of three is less than half
        ((4, None, "na", None), None),
        # two n/a leave two; one of two is half
        ((4, None, "na", "na"), F(75)),
        # three n/a leave one
        ((2, "na", "na", "na"), F(25)),
        # nothing but n/a: half of nothing, but no position
        (("na", "na", "na", "na"), None),
        (("dk", "dk", "dk", "dk"), None),
        ((None, None, None, None), None),
        ((1, 1, 1, 1), F(0)),
    ],
)
def test_respondents_score_needs_half_of_the_questions_that_apply(answers, expected):
    assert respondent_score(dimension(), sheet("A", *answers)) == expected


def test_weights_and_reversal():
    # positions: Q1 5→100 weight 3; Q2 reversed 5→0 weight 1; Q3 of 0..10 at 5→50 weight ½
    # (300 + 0 + 25) / 4.5 = 72.222…
    rules = dimension(
        QuestionRules("Q1", weight=F(3)),
        QuestionRules("Q2", reverse=True),
        QuestionRules("Q3", 0, 10, weight=F(1, 2)),
    )
    assert respondent_score(rules, sheet("A", 5, 5, 5)) == F(650, 9)


def test_one_organisation_one_voice():
    # A: three people at 100, 75 and 50 → 75. B: one at 25. C: nobody with a score.
    # Element (75 + 25) / 2 = 50; person mean (100 + 75 + 50 + 25) / 4 = 62.5.
    found = score_element(
        dimension(),
        [
            sheet("A", 5, 5, 5, 5),
            sheet("A", 4, 4, 4, 4),
            sheet("A", 3, 3, 3, 3),
            sheet("B", 2, 2, 2, 2),
            sheet("C", "dk", "dk", "dk", "dk"),
        ],
    )
    assert found.score == F(50)
    assert found.person_mean == F(125, 2)
    assert found.people == 4
    assert found.organisations == 2
    assert found.organisation_scores == (("A", F(75)), ("B", F(25)))
    # 4 don't know of 5 people × 4 questions
    assert found.dont_know == F(1, 5)


def test_counts_and_means_of_questions_are_of_the_values_as_given():
    rules = dimension(QuestionRules("Q1", reverse=True), QuestionRules("Q2"))
    found = score_element(rules, [sheet("A", 5, 1), sheet("B", 4, "dk"), sheet("B", 3, None)])
    first, second = found.questions
    assert (first.mean, first.people) == (F(4), 3)  # not reversed
    assert (second.mean, second.people) == (F(1), 1)


def test_nobody_answered():
    found = score_element(dimension(), [])
    assert found.score is None
    assert found.person_mean is None
    assert found.dont_know is None
    assert found.agreement is None
    assert [(question.mean, question.people) for question in found.questions] == [(None, 0)] * 4


@pytest.mark.parametrize(
    ("sheets", "expected"),
    [
        ([sheet("A", 5, 5), sheet("B", 5, "dk")], F(100)),
        ([sheet("A", 1, 1), sheet("B", 1, 1)], F(0)),
        ([sheet("A", 5, 5), sheet("B", 1, 1)], None),
        ([sheet("A", 5, 4), sheet("B", 5, 5)], None),
        ([], None),
    ],
)
def test_end(sheets, expected):
    rules = dimension(QuestionRules("Q1"), QuestionRules("Q2"))
    assert score_element(rules, sheets).end == expected
