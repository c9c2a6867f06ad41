"""All figures of a small bank, worked out by hand, and attacks on them by who knows a part."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.scoring import AnswerSheet, DimensionRules, QuestionRules
from assessments.statistics import (
    Alpha,
    BankFigures,
    ClosedRound,
    Intraclass,
    Lack,
    QuestionFigures,
    Share,
    Values,
    WithoutValue,
    full_batches,
)
from assessments.statistics.study import study_bank

TRUST = DimensionRules("trust", (QuestionRules("T1"), QuestionRules("T2", reverse=True)))


def a_round(
    alliance: int, rows: Sequence[Sequence[Any]], *, codes: str = "T1 T2", threshold: int = 5
) -> ClosedRound:
    """One sheet a row, two of each organisation; None is no answer."""
    sheets = [
        AnswerSheet(
            f"{place // 2}",
            {code: a for code, a in zip(codes.split(), row, strict=True) if a is not None},
        )
        for place, row in enumerate(rows)
    ]
    return ClosedRound(alliance, threshold, tuple(sheets))


def study(*rounds: ClosedRound, of: DimensionRules = TRUST) -> BankFigures | None:
    """The figures over those of `rounds` that make full batches; None where none is full."""
    steps = [[Share(one.alliance, len(one.sheets))] for one in rounds]
    batches = [[rounds[place] for place in batch] for batch in full_batches(steps)]
    return study_bank([of], batches) if batches else None


def questions_of(figures: BankFigures | None) -> tuple[QuestionFigures, ...]:
    assert figures is not None
    return figures.dimensions[0].questions


# Values 1 to 5 twice each.
EVENLY = [1, 2, 3, 4, 5] * 2


def test_the_figures_of_a_dimension() -> None:
    """Three alliances, ten people each, with values 1 to 5 twice each; who says v to T1 says 6 − v to T2,
    which is reversed. Sum of squares of T1: 6 · (4 + 1 + 0 + 1 + 4) = 60, so the variance is 60/29."""
    figures = study(*[a_round(alliance, [(v, 6 - v) for v in EVENLY]) for alliance in (1, 2, 3)])
    assert figures is not None
    assert (figures.respondents, figures.alliances) == (30, 3)
    [trust] = figures.dimensions
    for question in trust.questions:
        values = question.values
        assert isinstance(values, Values)
        assert (values.people, values.mean) == (30, 3)
        assert values.spread == pytest.approx((60 / 29) ** 0.5)
        assert (values.lowest, values.highest) == (Fraction(1, 5), Fraction(1, 5))
        assert question.rest == pytest.approx(1)
    assert trust.alpha == Alpha(people=30, value=pytest.approx(1), low=pytest.approx(1), high=1)
    # Positions 0, 25, …, of neighbours 1 and 2, 3 and 4, 5 and 1, 2 and 3, 4 and 5: means 12.5, 62.5, 50,
    # 37.5, 87.5, thrice. Between: 2 · 3 · (37.5² + 12.5² + 0 + 12.5² + 37.5²)/14 = 18750/14; within:
    # 3 · (4 · 2 · 12.5² + 2 · 50²)/15 = 18750/15.
    between, within = 18750 / 14, 18750 / 15
    assert trust.intraclass == Intraclass(
        people=30,
        organisations=15,
        icc1=pytest.approx((between - within) / (between + within)),
        icc2=pytest.approx((between - within) / between),
    )


def test_who_gave_no_value_counts_among_all() -> None:
    """Of 14 in each round, two do not know, one is not concerned, one leaves it out."""
    rows = [(v, v) for v in EVENLY] + [("dk", 3)] * 2 + [("na", 3), (None, 3)]
    first, second = questions_of(study(*[a_round(alliance, rows) for alliance in range(3)]))
    assert first.without == WithoutValue(Fraction(1, 7), Fraction(1, 14), Fraction(1, 14))
    assert second.without == WithoutValue(Fraction(0), Fraction(0), Fraction(0))
    assert isinstance(first.values, Values)
    assert isinstance(second.values, Values)
    assert (first.values.people, second.values.people) == (30, 42)


def test_scales_of_different_length_weigh_the_same() -> None:
    """0 to 10 beside 1 to 3: 0, 5 and 10 stand where 1, 2 and 3 do, so both say the same."""
    of = DimensionRules(
        "mixed", (QuestionRules("T1", 0, 10), QuestionRules("T2", 1, 3, reverse=True))
    )
    rows = [(0, 3), (5, 2), (10, 1), (5, 2)] * 3
    figures = study(*[a_round(alliance, rows) for alliance in range(3)], of=of)
    assert figures is not None
    alpha = figures.dimensions[0].alpha
    assert isinstance(alpha, Alpha)
    assert alpha.value == pytest.approx(1)


def test_a_question_few_answered_is_withheld_and_its_shares_are_told() -> None:
    """Of the third alliance four gave a value, fewer than its threshold; the others are two."""
    whole = [(v, v) for v in EVENLY]
    scarce = [(v, 3) for v in (1, 2, 3, 4)] + [("dk", 3)] * 6
    first, second = questions_of(
        study(a_round(1, whole * 2), a_round(2, whole), a_round(3, scarce))
    )
    assert first.values is Lack.WITHHELD
    assert first.without == WithoutValue(Fraction(6, 40), Fraction(0), Fraction(0))
    assert first.rest is Lack.WITHHELD
    assert isinstance(second.values, Values)
    assert second.rest is Lack.WITHHELD


def test_a_question_with_all_at_one_end_is_withheld_with_what_would_tell_of_it() -> None:
    rows = [(v, 1) for v in EVENLY]
    figures = study(*[a_round(alliance, rows) for alliance in range(3)])
    first, second = questions_of(figures)
    assert isinstance(first.values, Values)
    assert second.values is Lack.WITHHELD
    assert first.rest is second.rest is Lack.WITHHELD
    assert figures is not None
    assert figures.dimensions[0].alpha is Lack.WITHHELD


def test_a_question_with_all_in_the_middle_is_withheld_too() -> None:
    """A spread of 0 would tell each answer."""
    figures = study(*[a_round(alliance, [(v, 3) for v in EVENLY]) for alliance in range(3)])
    first, second = questions_of(figures)
    assert isinstance(first.values, Values)
    assert second.values is Lack.WITHHELD


def test_who_answered_all_may_have_answered_one_alike() -> None:
    """Ten in each round say 3 to T2, and two who leave out T1 say something else."""
    rows = [(v, 3) for v in EVENLY] + [("dk", 1), ("dk", 5)]
    figures = study(*[a_round(alliance, rows) for alliance in range(3)])
    assert figures is not None
    [trust] = figures.dimensions
    assert all(isinstance(question.values, Values) for question in trust.questions)
    assert trust.alpha is Lack.WITHHELD
    assert [question.rest for question in trust.questions] == [Lack.WITHHELD, Lack.WITHHELD]


@pytest.mark.parametrize("answers", [(3, 3), (5, 1)])
def test_everybody_says_the_same(answers: tuple[int, int]) -> None:
    figures = study(*[a_round(alliance, [answers] * 10) for alliance in range(3)])
    assert figures is not None
    [trust] = figures.dimensions
    assert trust.alpha is trust.intraclass is Lack.WITHHELD
    assert {question.values for question in trust.questions} == {Lack.WITHHELD}
    # That everybody gave some value is told.
    nothing = WithoutValue(Fraction(0), Fraction(0), Fraction(0))
    assert {question.without for question in trust.questions} == {nothing}


@pytest.mark.parametrize("answer", ["dk", "na", None])
def test_nobody_else_gave_a_value(answer: str | None) -> None:
    """One alliance answers T1; whoever knows it would know of all others that they did not."""
    silent = [(answer, v) for v in EVENLY]
    first, second = questions_of(
        study(a_round(1, [(v, v) for v in EVENLY]), a_round(2, silent), a_round(3, silent))
    )
    assert first.without is first.values is Lack.WITHHELD
    assert isinstance(second.without, WithoutValue)


def test_sums_that_are_the_same_for_all() -> None:
    """T2 is reversed, so whoever says v to both comes to the same sum; both differ from one to the next."""
    figures = study(*[a_round(alliance, [(v, v) for v in EVENLY]) for alliance in range(3)])
    assert figures is not None
    [trust] = figures.dimensions
    assert trust.alpha is Lack.FLAT
    assert [question.rest for question in trust.questions] == pytest.approx([-1, -1])
    # All scores are the same too, and that would tell each.
    assert trust.intraclass is Lack.WITHHELD


def test_colleagues_who_never_differ() -> None:
    """Each would know the other's score."""
    rows = [(1, 5), (1, 5), (3, 3), (3, 3), (4, 2), (4, 2), (5, 1), (5, 1), (2, 4), (2, 4)]
    figures = study(*[a_round(alliance, rows) for alliance in range(3)])
    assert figures is not None
    assert figures.dimensions[0].intraclass is Lack.WITHHELD


def test_one_question_alone() -> None:
    of = DimensionRules("trust", (QuestionRules("T1"),))
    rounds = [a_round(n, [(v,) for v in EVENLY], codes="T1") for n in range(3)]
    figures = study(*rounds, of=of)
    assert figures is not None
    assert figures.dimensions[0].alpha is Lack.ALONE
    assert questions_of(figures)[0].rest is Lack.ALONE


def test_respondents_without_a_colleague_count_in_no_icc() -> None:
    """Ten a round, but of ten organisations."""
    apart = [
        ClosedRound(
            alliance,
            5,
            tuple(AnswerSheet(f"{n}", {"T1": v, "T2": v}) for n, v in enumerate(EVENLY)),
        )
        for alliance in range(3)
    ]
    figures = study(*apart)
    assert figures is not None
    assert figures.dimensions[0].intraclass is Lack.WITHHELD


def test_organisations_of_one_name_in_two_rounds_are_two() -> None:
    """All rounds call theirs 0 to 4; as five of six people each they would come to something else."""
    figures = study(*[a_round(alliance, [(v, 6 - v) for v in EVENLY]) for alliance in range(3)])
    assert figures is not None
    intraclass = figures.dimensions[0].intraclass
    assert isinstance(intraclass, Intraclass)
    assert intraclass.organisations == 15


def test_a_round_counts_by_its_own_threshold() -> None:
    """Of each round ten gave a value to T1: enough for ten, too few for eleven."""
    rows = [(v, v) for v in EVENLY] + [("dk", 2)] * 2
    told = [a_round(n, rows, threshold=10) for n in range(3)]
    strict = [a_round(n, rows, threshold=11) for n in range(3)]
    assert isinstance(questions_of(study(*told))[0].values, Values)
    assert questions_of(study(*strict))[0].values is Lack.WITHHELD


# Attacks ----------------------------------------------------------------------------------------

BASE = 10_000
SECRET = DimensionRules("secret", (QuestionRules("S1", -1, BASE**6),))
"""One question, to which each alliance answers with a power of its own: the sum of all values then says
how many of each alliance are in it, as it would to somebody who knows all but one of them."""


def told_of(rounds: Sequence[ClosedRound]) -> list[int]:
    """How many of each alliance are in the mean of the one question, read from the mean itself."""
    figures = study(*rounds, of=SECRET)
    values = questions_of(figures)[0].values if figures else None
    if not isinstance(values, Values):
        return [0] * 6
    total = int(values.mean * values.people)
    return [total // BASE**alliance % BASE for alliance in range(6)]


def secret_round(alliance: int, valued: int, silent: int = 0) -> ClosedRound:
    rows = [(BASE**alliance,)] * valued + [("dk",)] * silent
    return a_round(alliance, rows, codes="S1")


def assert_nobody_is_alone(counts: Sequence[int]) -> None:
    """What somebody has in hand: nothing, or three alliances at least; so that who takes out their own
    keeps two, with ten people."""
    present = [count for count in counts if count]
    if not present:
        return
    assert sum(present) >= 30
    assert len(present) >= 3
    for own in present:
        assert sum(present) - own >= 10


def test_taking_out_ones_own_alliance_leaves_two() -> None:
    """One big alliance and two tiny ones."""
    rounds = [secret_round(0, 300), secret_round(1, 5), secret_round(2, 5)]
    assert told_of(rounds) == [300, 5, 5, 0, 0, 0]
    # Without the second tiny one, nothing is told.
    assert study(*rounds[:2], of=SECRET) is None


def test_one_round_more_tells_nothing_of_it() -> None:
    first = [secret_round(alliance, 10) for alliance in (0, 1, 2)]
    more = [secret_round(3, 12), secret_round(4, 12), secret_round(0, 9)]
    before = study(*first, of=SECRET)
    assert told_of(first) == [10, 10, 10, 0, 0, 0]
    assert study(*first, *more[:1], of=SECRET) == before
    assert study(*first, *more[:2], of=SECRET) == before
    assert told_of([*first, *more]) == [19, 10, 10, 12, 12, 0]


def test_a_question_few_of_the_others_answered_waits_for_more() -> None:
    """Forty people in a full batch; of the question itself, only one alliance said anything."""
    rounds = [secret_round(0, 30), secret_round(1, 1, 4), secret_round(2, 2, 3)]
    assert told_of(rounds) == [0] * 6
    # Another batch, in which two more alliances answer it: told then, and with the first.
    rounds += [secret_round(3, 10), secret_round(4, 10), secret_round(5, 1, 14)]
    assert told_of(rounds) == [30, 0, 0, 10, 10, 0]


ROUNDS = st.lists(
    st.tuples(st.integers(0, 5), st.integers(0, 30), st.integers(0, 12)).filter(
        lambda made: made[1] + made[2] >= 5
    ),
    max_size=14,
)


@given(ROUNDS)
def test_no_two_releases_leave_an_alliance_alone(made: Any) -> None:
    """Whatever rounds are closed one after the other, and whoever compares any two days."""
    rounds = [secret_round(*one) for one in made]
    days = [told_of(rounds[:day]) for day in range(len(rounds) + 1)]
    for earlier in range(len(days)):
        for later in range(earlier, len(days)):
            new = [b - a for a, b in zip(days[earlier], days[later], strict=True)]
            assert min(new) >= 0
            assert_nobody_is_alone(new)


def test_spreads_are_those_of_a_sample() -> None:
    """As the standard library has it, which the code uses too: that it is n − 1, not n."""
    figures = study(*[a_round(n, [(v, v) for v in EVENLY]) for n in range(3)])
    values = questions_of(figures)[0].values
    assert isinstance(values, Values)
    assert values.spread == statistics.stdev(EVENLY * 3) > statistics.pstdev(EVENLY * 3)
