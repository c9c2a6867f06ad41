"""What the appraisal of an invitation comes to."""

from __future__ import annotations

from fractions import Fraction

import pytest

from assessments.models import Bank
from assessments.services.appraisal import appraise, readable_answers
from assessments.services.banks.store import latest_bank

pytestmark = pytest.mark.django_db

CODE = "invitation-appraisal"
CRITERIA = [
    "pain",
    "convener",
    "representatives",
    "leaders",
    "purpose",
    "charter",
    "train",
    "common-ground",
]


@pytest.fixture
def bank() -> Bank:
    return latest_bank(CODE)


def answers(bank: Bank, **changes: str) -> dict[str, str]:
    """Every statement answered well: 5, or 1 where agreeing is bad news; `changes` by criterion, with
    the answer to all its statements that are not reversed (6 less it for those that are)."""
    given = {}
    for question in bank.questions.select_related("dimension"):
        value = changes.get(question.dimension.code.replace("-", "_"), "5")
        given[question.code] = (
            value if not value.isdigit() or not question.reverse else str(6 - int(value))
        )
    return given


def test_where_all_is_well_one_joins(bank: Bank) -> None:
    found = appraise(bank=bank, answers=answers(bank))
    assert found.code == "join"
    assert [one.score for one in found.criteria] == [Fraction(100)] * 8
    assert [one.code for one in found.because] == CRITERIA
    assert (found.conditions, found.open) == ([], [])


@pytest.mark.parametrize(
    ("changes", "code", "because", "conditions", "open_"),
    [
        # 3 on every statement is 50, mixed; 2 is 25, weak.
        ({"leaders": "2"}, "stay-away", ["leaders"], [], []),
        ({"leaders": "2", "train": "2"}, "stay-away", ["leaders", "train"], [], []),
        ({"pain": "2"}, "join-if", [], ["pain"], []),
        (
            {"pain": "2", "charter": "3", "convener": "3"},
            "join-if",
            [],
            ["pain", "convener", "charter"],
            [],
        ),
        ({"purpose": "dk"}, "join-if", [], [], ["purpose"]),
        ({"purpose": "dk", "leaders": "2"}, "stay-away", ["leaders"], [], ["purpose"]),
        # Two of the five that turn one away are not known; three of all eight.
        ({"purpose": "dk", "train": "na"}, None, [], [], ["purpose", "train"]),
        ({"purpose": "dk", "train": "na", "pain": "3"}, None, [], [], ["purpose", "train"]),
        (
            dict.fromkeys(("pain", "convener", "charter"), "dk"),
            None,
            [],
            [],
            ["pain", "convener", "charter"],
        ),
        (
            dict.fromkeys((code.replace("-", "_") for code in CRITERIA), "dk"),
            None,
            [],
            [],
            CRITERIA,
        ),
        (
            dict.fromkeys((code.replace("-", "_") for code in CRITERIA), "na"),
            None,
            [],
            [],
            CRITERIA,
        ),
    ],
)
def test_what_it_comes_to(
    bank: Bank,
    changes: dict[str, str],
    code: str | None,
    because: list[str],
    conditions: list[str],
    open_: list[str],
) -> None:
    found = appraise(bank=bank, answers=answers(bank, **changes))
    assert found.code == code
    assert [one.code for one in found.because] == because
    assert [one.code for one in found.conditions] == conditions
    assert [one.code for one in found.open] == open_


def test_one_answer_decides_nothing(bank: Bank) -> None:
    found = appraise(bank=bank, answers={"PA1": "5"})
    assert (found.code, found.outcome) == (None, None)
    assert [one.code for one in found.open] == CRITERIA


def test_answers_that_no_question_has_are_left_out(bank: Bank) -> None:
    given = {"PA1": "5", "PA2": "6", "PA3": "0", "XX1": "3", "CO1": "dk", "LE1": "５", "PU1": ""}
    assert readable_answers(bank, given) == {"PA1": "5", "CO1": "dk"}
