"""Steps 6 to 9, by hand."""

from fractions import Fraction as F

import pytest

from assessments.scoring import Bands, bounds, geometric_mean_rounded, is_firm, verdict

ENOUGH = {
    "roster_organisations": 8,
    "answered_organisations": 8,
    "respondents": 10,
    "threshold": 5,
}


def decide(scores, bands=None, **changes):
    found = verdict(scores, bands=bands or Bands(), **{**ENOUGH, **changes})
    return found.level, found.deciding


@pytest.mark.parametrize(
    ("score", "band"),
    [
        (F(100), "strong"),
        (F(75), "strong"),
        (F(7499999, 100000), "mixed"),
        (F(50), "mixed"),
        (F(49999, 1000), "weak"),
        (F(0), "weak"),
    ],
)
def test_bands_are_decided_on_the_exact_score(score, band):
    assert Bands().of(score) == band


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        ({"a": F(75), "b": F(100)}, ("ready", ())),
        ({"a": F(75), "b": F(74)}, ("conditional", ("b",))),
        ({"a": F(60), "b": F(50), "c": F(90)}, ("conditional", ("b", "a"))),
        ({"a": F(60), "b": F(49), "c": F(90)}, ("not-ready", ("b", "a"))),
        # equal ones in the bank's order
        ({"z": F(60), "a": F(60), "m": F(10)}, ("not-ready", ("m", "z", "a"))),
        ({"a": F(90), "b": None}, ("undecided", ())),
        ({"a": F(10), "b": None}, ("undecided", ())),
    ],
)
def test_verdict(scores, expected):
    assert decide(scores) == expected


@pytest.mark.parametrize(
    ("changes", "level"),
    [
        ({"answered_organisations": 4}, "ready"),  # half is not fewer than half
        ({"answered_organisations": 3}, "undecided"),
        ({"roster_organisations": 9, "answered_organisations": 4}, "undecided"),
        ({"respondents": 5}, "ready"),
        ({"respondents": 4}, "undecided"),
        ({"respondents": 4, "threshold": 4}, "ready"),
    ],
)
def test_verdict_needs_enough_answers(changes, level):
    assert decide({"a": F(80)}, **changes)[0] == level


def test_a_bank_may_set_other_bands():
    bands = Bands(strong=F(90), mixed=F(80))
    assert decide({"a": F(85)}, bands) == ("conditional", ("a",))
    assert decide({"a": F(79)}, bands) == ("not-ready", ("a",))


@pytest.mark.parametrize(
    ("scores", "roster", "expected"),
    [
        ([F(80), F(60)], 2, (F(70), F(70))),
        # 80 + 60 over four: 35 with two zeros, 85 with two hundreds
        ([F(80), F(60)], 4, (F(35), F(85))),
        ([], 3, (F(0), F(100))),
    ],
)
def test_bounds(scores, roster, expected):
    assert bounds(scores, roster) == expected


def test_more_scores_than_organisations_on_the_roster_are_refused():
    with pytest.raises(ValueError, match="roster"):
        bounds([F(1), F(2)], 1)


@pytest.mark.parametrize(
    ("lows", "highs", "firm"),
    [
        ({"a": F(75), "b": F(76)}, {"a": F(80), "b": F(90)}, True),
        ({"a": F(74), "b": F(76)}, {"a": F(80), "b": F(90)}, False),
        ({"a": F(20), "b": F(10)}, {"a": F(49), "b": F(90)}, True),
        ({"a": F(20), "b": F(10)}, {"a": F(50), "b": F(90)}, False),
    ],
)
def test_firm(lows, highs, firm):
    assert is_firm(lows, highs, Bands()) is firm


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        ([F(64), F(81)], F(72)),  # √5184
        ([F(50)], F(50)),
        ([F(0), F(100)], F(10)),  # 0 counts as 1: √100
        ([F(1, 2), F(100)], F(10)),
        ([F(2), F(4), F(8)], F(4)),  # ∛64
        ([F(2), F(3)], F(245, 100)),  # √6 = 2.44948…
        # √(50·75) = 61.2372…
        ([F(50), F(75)], F(6124, 100)),
        # half up at the exact middle: 2.345² = 5.499025
        ([F(5499025, 1000000), F(1)], F(235, 100)),
        ([F(5499024, 1000000), F(1)], F(234, 100)),
        ([F(100)] * 400, F(100)),
    ],
)
def test_index(scores, expected):
    assert geometric_mean_rounded(scores) == expected


def test_index_of_nothing_is_refused():
    with pytest.raises(ValueError, match="no scores"):
        geometric_mean_rounded([])
