"""What page and paper show of the shipped checklist and the shipped trust spiral."""

from __future__ import annotations

from pathlib import Path

import pytest

from assessments.models import Bank, Result, Round
from assessments.services.banks.files import parse_bank
from assessments.services.banks.store import import_bank
from assessments.services.rounds import close_round
from tests.factories import make_response, make_round

from .test_readings import shown

pytestmark = pytest.mark.django_db

PAPERS = ("report_pdf", "scorecard_pdf")
POLES = ("One member’s gain is another’s loss", "There is enough for every member")


def shipped(code: str) -> Bank:
    text = Path(f"assessments/banks/{code}.yaml").read_text(encoding="utf-8")
    return import_bank(document=parse_bank(text=text))


def closed(bank: Bank, *each: dict[str, int | str], mode: str = Round.Mode.OPEN) -> Result:
    """The result of a round in which each organisation's one person gave these answers."""
    threshold = 1 if mode == Round.Mode.OPEN else 5
    made = make_round(None, bank, organisations=len(each), mode=mode, threshold=threshold)
    for place, answers in enumerate(each):
        make_response(made, place, answers=answers, submitted=True)
    return close_round(round=made.round)


def start_up(*history: int) -> dict[str, int | str]:
    """The history in its four parts, the mandates done, all else not begun."""
    given: dict[str, int | str] = {}
    for prefix, parts in {"HA": 4, "MC": 5}.items():
        for number in range(1, parts + 1):
            given[f"{prefix}{number}"] = history[number - 1] if prefix == "HA" else 2
    return given


def rest_not_begun(bank: Bank, given: dict[str, int | str]) -> dict[str, int | str]:
    codes = bank.questions.values_list("code", flat=True)
    return {code: given.get(code, 0) for code in codes}


def test_a_start_up_checklist_of_one_convener() -> None:
    bank = shipped("start-up-checklist")
    result = closed(bank, rest_not_begun(bank, start_up(2, 2, 2, 1)))
    # (100 + 100 + 100 + 50) / 4 = 87.5, which a band would call strong.
    assert result.document["elements"][0]["score"] == 87.5
    assert result.document["reading"]["under_way"] == ["history-analysed"]
    page = shown(result)
    assert "Start-up is still open:</strong> one of five elements is done." in page
    assert "<h3>History analysed: under way</h3>" in page
    assert "Of four parts: three “Done”, one “Under way”." in page
    assert "Done: 3 of 4" in page
    assert '<span class="answer">Under way</span>' in page
    for gone in (
        "Weak",
        "Mixed",
        "Strong",
        "weak",
        " strong",
        "m-strong",
        "nb-axis",
        "How far people",
    ):
        assert gone not in page, gone
    assert "The lowest" not in page
    for name in PAPERS:
        paper = shown(result, name)
        assert "Under way" in paper
        assert "Done: 3 of 4" in paper
        for gone in ("Weak", "Mixed", "Strong", "weak", "cannot be told"):
            assert gone not in paper.split("How the figures are made")[0], gone
    assert "Weak, mixed, strong" not in shown(result, "report_pdf")


def test_a_checklist_on_which_two_conveners_differ() -> None:
    bank = shipped("start-up-checklist")
    one, other = start_up(2, 2, 2, 2), start_up(2, 2, 0, 0)
    result = closed(bank, rest_not_begun(bank, one), rest_not_begun(bank, other))
    page = shown(result)
    # Two parts at 2 of 2 by both; two at a mean of 1, which neither of them said.
    assert page.count('<span class="answer">On average: Under way</span>') == 2
    assert "Done: 2 of 4" in page
    # Over two values s² is 0 or 2, m = 1 ≥ σ² = 8/12: divided.
    assert result.document["elements"][0]["agreed"] is False
    assert "People see it differently." in page


def spiral(bank: Bank, value: int) -> dict[str, int | str]:
    return dict.fromkeys(bank.questions.values_list("code", flat=True), value)


def test_a_spiral_on_which_half_stand_at_either_end() -> None:
    bank = shipped("trust-spiral")
    result = closed(
        bank, *[spiral(bank, 1)] * 3, *[spiral(bank, 7)] * 3, mode=Round.Mode.CONFIDENTIAL
    )
    # What is published stays what it was: the mean of 0 and 100 is 50.
    assert result.document["reading"]["direction"] == "level"
    page = shown(result)
    assert "Views divide:</strong> people see all five pairs differently." in page
    assert "The mean of all lines lies near the middle. Where views divide" in page
    for gone in ("Holding", "Answers lie near the middle", "Mixed", "weak", ">75<", "The lowest"):
        assert gone not in page, gone
    for pole in POLES:
        assert pole in page
        for name in PAPERS:
            assert pole in shown(result, name)
    for name in PAPERS:
        paper = shown(result, name)
        assert "Views divide: people see all five pairs differently." in paper
        assert "Holding" not in paper
        for gone in ("Weak", "Mixed", "Strong"):
            assert gone not in paper, gone


def test_a_spiral_on_which_all_stand_in_the_middle() -> None:
    bank = shipped("trust-spiral")
    result = closed(bank, *[spiral(bank, 4)] * 6, mode=Round.Mode.CONFIDENTIAL)
    page = shown(result)
    assert "<strong>Holding.</strong>" in page
    assert "Answers lie near the middle." in page
    assert "Views divide" not in page
    assert "The lowest is" not in page
    for pole in POLES:
        assert pole in page
