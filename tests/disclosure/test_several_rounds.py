"""What one round told binds the next: three rounds, and what was withheld in between."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from assessments.disclosure import EarlierRound
from assessments.scoring import score_element

from .builders import earlier, element, former, person, published, rules

ONE = rules(1)


def single(values: list[int]) -> list[Any]:
    """People of O1, O2, …, one each, who answer one question of each element so."""
    return [person(f"O{n}", (value,), (value,)) for n, value in enumerate(values, 1)]


def before(values: list[int], *, broken_down: bool) -> EarlierRound:
    sheets = single(values)
    told = earlier(sheets, elements={rule.code: score_element(rule, sheets) for rule in ONE})
    return replace(
        told,
        published={
            code: replace(one, broken_down=broken_down) for code, one in told.published.items()
        },
    )


def pain_change(values: list[int], since: EarlierRound) -> dict[str, Any]:
    found: dict[str, Any] = published(single(values), rules=ONE, earlier=since)["change"][
        "elements"
    ][0]
    return found


# Eleven answered, then the first six; of the eleven, five answered a round before them as well.
ELEVEN = [4, 5, 3, 4, 4, 1, 5, 3, 4, 2, 2]
SIX = [5, 4, 3, 4, 5, 3]


def test_two_groups_that_differ_by_one_organisation_are_not_both_told() -> None:
    """Else the mean of five of the eleven follows from their own paired change, and that of six from the
    later one: six times the one less five times the other is what the sixth said."""
    assert pain_change(SIX, before(ELEVEN, broken_down=False))["pairs"] == 6
    told = pain_change(SIX, before(ELEVEN, broken_down=True))
    assert (told["pairs"], told["paired_difference"]) == (None, None)
    assert told["previous"] is not None


def test_all_of_them_are_no_second_group() -> None:
    later = [5, 4, 3, 4, 5, 3, 4, 3, 5, 2, 1]
    assert pain_change(later, before(ELEVEN, broken_down=True))["pairs"] == 11


@pytest.mark.parametrize(
    "told", [{"score": None}, {"withheld_questions": frozenset(["pain1"])}, {"extreme": True}]
)
def test_no_change_is_told_from_what_was_told_otherwise(told: dict[str, Any]) -> None:
    """Else it would give the score that was withheld, or a check would miss what was told besides."""
    since = before(ELEVEN, broken_down=False)
    since = replace(
        since, published={code: replace(one, **told) for code, one in since.published.items()}
    )
    change = pain_change([5, 4, 3, 4, 5, 3, 4, 3, 5, 2, 1], since)
    assert (change["pairs"], change["paired_difference"]) == (None, None)
    if "score" in told:
        assert (change["previous"], change["difference"]) == (None, None)


def test_beside_a_round_of_nearly_the_same_people_the_score_stands_alone() -> None:
    """How far views differ would be a figure of both rounds, if all others said the same."""
    values = [(1, 4, 2), (2, 2, 3), (4, 3, 3), (3, 5, 4), (5, 1, 2), (2, 4, 5)] * 2
    sheets = [person(f"O{n}", value, value) for n, value in enumerate(values)]
    first = published(sheets)
    entry = element(first, "pain")
    assert entry["agreed"] is not None
    beside = published(sheets[1:], former=[former(sheets, first, joined=0, left=1)])
    entry = element(beside, "pain")
    assert entry["score"] is not None
    for figure in ("person_mean", "rwg", "ad", "ad_up_to", "agreed"):
        assert entry[figure] is None
    assert {question["mean"] for question in entry["questions"]} == {None}


def test_a_question_less_does_not_undo_it() -> None:
    """Eight answered three questions, then seven of them two of these: 8 times the one mean less 7 times the
    other would be what the eighth said."""
    values = [
        (1, 4, 2),
        (2, 2, 3),
        (4, 3, 3),
        (3, 5, 4),
        (5, 1, 2),
        (2, 4, 5),
        (3, 2, 4),
        (4, 4, 1),
    ]
    sheets = [person(f"O{n}", value, value) for n, value in enumerate(values)]
    first = published(sheets)
    now = [
        person(sheet.organisation, value[:2], value[:2])
        for sheet, value in zip(sheets, values, strict=True)
    ][1:]
    alike = {"alike": frozenset(), "elements": {}}
    beside = former(sheets, first, joined=0, left=1, **alike)
    entry = element(published(now, rules=rules(2), former=[beside]), "pain")
    assert {question["mean"] for question in entry["questions"]} == {None}
    assert entry["score"] is not None
    # Without the round before, they are told.
    assert None not in {
        q["mean"] for q in element(published(now, rules=rules(2)), "pain")["questions"]
    }
