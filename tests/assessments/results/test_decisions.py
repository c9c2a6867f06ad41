"""Why a decision by criteria came out as it did: what page, report and scorecard say of it.

Expected texts are worked out by hand from what was answered. Where a bank of `test_readings` is
asked, an answer of 9 is a score of 90.
"""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from pypdf import PdfReader

from assessments.models import Bank, Result, Round
from assessments.reports.report import make_report
from assessments.reports.texts import texts_of
from assessments.services.banks.store import latest_bank
from assessments.services.rounds import close_round
from tests.assessments.reports.documents import member_of
from tests.assessments.results.test_readings import KINDS, OUTCOMES, bank_read_by, shown
from tests.factories import make_response, make_round

pytestmark = pytest.mark.django_db

EVERYWHERE = ["result", "report_pdf", "scorecard_pdf"]
NOT_KNOWN = "It takes an answer to at least half of its statements."


def asked(bank: Bank, *given: dict[str, Any], mode: str = Round.Mode.OPEN) -> Result:
    """The result of a round in which each of so many organisations gave these answers."""
    threshold = 1 if mode == Round.Mode.OPEN else 5
    made = make_round(bank=bank, organisations=len(given), mode=mode, threshold=threshold)
    for place, answers in enumerate(given):
        make_response(made, place, answers=answers, submitted=True)
    return close_round(round=made.round)


def decided(people: Any, time: Any, money: Any) -> Result:
    """Stop where money is weak, go where all are strong, else go if; two organisations said this."""
    bank = bank_read_by("decision", outcomes=OUTCOMES)
    return asked(bank, *[{"P": people, "T": time, "M": money}] * 2)


def said(result: Result, name: str) -> str:
    """What stands there, before the page's table of figures."""
    return shown(result, name).split("In the order of the questionnaire")[0]


@pytest.mark.parametrize("name", EVERYWHERE)
def test_the_elements_that_made_it_so(name: str) -> None:
    text = said(decided(9, 9, 2), name)
    assert "Why" in text
    assert "Money: weak at 20, and views agree." in text
    assert "Money is missing." in text
    for other in ("The lowest is", "On these conditions", "Not known"):
        assert other not in text


@pytest.mark.parametrize("name", EVERYWHERE)
def test_what_speaks_for_it_and_what_are_its_conditions(name: str) -> None:
    text = said(decided(9, 7, 6), name)
    why, conditions = (text.index(title) for title in ("Why", "On these conditions"))
    assert why < conditions
    # Lowest first; each with what the bank says of where it stands.
    for sentence in (
        "People: strong at 90, and views agree.",
        "Money: mixed at 60, and views agree.",
        "Time: mixed at 70, and views agree.",
        "Money is there in part.",
        "Time is there in part.",
    ):
        assert sentence in text
    assert text.index("Money: mixed", conditions) < text.index("Time: mixed", conditions)
    assert "The lowest is" not in text


@pytest.mark.parametrize("name", EVERYWHERE)
def test_what_is_open_is_named_beside_the_outcome(name: str) -> None:
    # Money is mixed: neither stop nor go, whatever the people are.
    text = said(decided("dk", 9, 6), name)
    for sentence in ("Go if.", "Time: strong at 90", "Money: mixed at 60", "Not known", NOT_KNOWN):
        assert sentence in text
    assert text.index("Not known") < text.index("People.") < text.index(NOT_KNOWN)


@pytest.mark.parametrize("name", EVERYWHERE)
@pytest.mark.parametrize(
    ("answers", "names"),
    [
        ((9, 9, "dk"), "the money"),
        (("dk", 9, 9), "the people"),
        (("dk", "na", "dk"), "the people, the time and the money"),
    ],
)
def test_where_it_could_turn_there_is_no_outcome(
    name: str, answers: tuple[Any, ...], names: str
) -> None:
    text = said(decided(*answers), name)
    assert "No outcome:" in text
    assert f"too little is known of {names}." in text
    assert NOT_KNOWN in text
    for other in ("Go if", "Settle what is named", "Stop.", "Why"):
        assert other not in text


def test_an_element_that_is_withheld_is_named_as_such() -> None:
    bank = bank_read_by("decision", outcomes=OUTCOMES)
    few = [{"P": 9, "T": answer, "M": 6} for answer in (8, 9, 8, 9, "dk")]
    page = said(asked(bank, *few, mode=Round.Mode.CONFIDENTIAL), "result")
    assert "<b>Time.</b> Withheld: fewer than five answered, or too alike." in page
    assert NOT_KNOWN not in page


def test_a_kind_tells_where_the_elements_stand_that_the_others_look_at() -> None:
    bank = bank_read_by("decision", outcomes=KINDS)
    result = asked(bank, *[{"P": 2, "T": 3, "M": 9}] * 2)
    page = said(result, "result")
    assert "<b>People: 20.</b> People is missing." in page
    for name in ("report_pdf", "scorecard_pdf"):
        paper = said(result, name)
        assert "People: 20. People is missing." in paper
        # No outcome looks at these, so they stand beside it, statement by statement.
        assert "Time: 30" in paper
        assert "There is enough time." in paper
        reasons = paper[paper.index("Why") :]
        assert reasons.index("People: 20") < reasons.index("Time: 30")


DRIVERS = {
    # 1 to 5 is 0 to 100; DR2 and DR6 are turned round.
    "DR1": (5, "Capacity: skills", 100),
    "DR2": (2, "Capacity: hands", 75),
    "DR3": (4, "Critical mass: being heard", 75),
    "DR4": (3, "Critical mass: the whole subject", 50),
    "DR5": (1, "New financing: sources", 0),
    "DR6": ("dk", "New financing: amounts", None),
}


def one_type() -> Result:
    """Each member manages its part, and results are each one's own: 2 of 5 is 25, turned round 75."""
    bank = latest_bank("type-of-collaboration")
    answers: dict[str, Any] = {code: answer for code, (answer, _facet, _score) in DRIVERS.items()}
    for question in bank.questions.exclude(code__in=DRIVERS):
        answers[question.code] = 4 if question.reverse else 2
    return asked(bank, answers)


def test_the_drivers_are_named_one_by_one() -> None:
    result = one_type()
    # (100 + 75 + 75 + 50 + 0) / 5
    assert [element["score"] for element in result.document["elements"]] == [25, 25, 60]
    report = make_report(result.document, texts_of(result.round.bank))
    assert report.decision
    assert [element.title for element in report.decision.why] == [
        "Integration of management: 25",
        "Joint ownership and communication: 25",
    ]
    [drivers] = report.decision.beside
    assert [(row.facet, row.score) for row in drivers.as_asked] == [
        (facet, "" if score is None else str(score)) for _answer, facet, score in DRIVERS.values()
    ]
    for name in EVERYWHERE:
        text = said(result, name)
        places = [text.index(facet) for _answer, facet, _score in DRIVERS.values()]
        assert places == sorted(places)
        for sentence in ("Drivers: 60", "Each member manages its own part."):
            assert sentence in text
        assert "The lowest is" not in text
    with translation.override("fr"):
        report = make_report(result.document, texts_of(result.round.bank))
    assert report.decision
    assert report.decision.beside[0].as_asked[0].facet == "Capacité\N{NO-BREAK SPACE}: compétences"


@pytest.mark.parametrize("code", ["continue-as-enterprise", "strategic-or-tactical"])
@pytest.mark.parametrize("value", ["dk", 3])
def test_a_scorecard_keeps_to_its_two_pages(code: str, value: Any) -> None:
    bank = latest_bank(code)
    result = asked(bank, {question.code: value for question in bank.questions.all()})
    client = Client()
    user = member_of(result.round.alliance)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    for language in ("en", "fr"):
        pdf = client.get(
            reverse("scorecard_pdf", args=[result.round_id]), headers={"accept-language": language}
        )
        assert len(PdfReader(io.BytesIO(pdf.content)).pages) == 2


def test_what_was_published_before_keeps_its_outcome() -> None:
    result = decided("dk", "dk", "dk")
    first = {
        "rule": "decision",
        "outcome": "go-if",
        "because": [],
        "conditions": [],
        "open": ["people", "time", "money"],
    }
    texts = texts_of(result.round.bank)
    before = make_report({**result.document, "reading": first}, texts)
    assert str(before.headline) == "Go if."
    assert before.decision
    assert [part.name for part in before.decision.open] == ["People", "Time", "Money"]
    # Its rule was another one, and nothing is said of the later one.
    assert "three quarters" not in before.reading
    assert make_report(result.document, texts).reading.endswith(
        "If an element without a score could have led to an earlier outcome, none is given. Only an "
        "outcome with conditions is given even then, as long as at least three quarters of the "
        "elements that the earlier outcome depends on have a score."
    )


def test_where_no_outcome_names_conditions_nothing_is_said_of_them() -> None:
    result = asked(bank_read_by("decision", outcomes=KINDS), {"P": 2, "T": 3, "M": 9})
    assert "three quarters" not in make_report(result.document, texts_of(result.round.bank)).reading
