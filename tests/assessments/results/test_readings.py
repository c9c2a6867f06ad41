"""Results that the weakest element does not decide: what is published, and what page and paper say.

The banks here ask one question an element on a scale from 0 to 10, so that an answer of 9 is a score
of 90; every respondent says the same unless told.
"""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from alliances.models import Alliance, User
from assessments.desk import read_desk, read_shelf
from assessments.models import Bank, Result, Round
from assessments.reports.readings import rule_in_words
from assessments.reports.texts import texts_of
from assessments.services.banks.files import parse_bank
from assessments.services.banks.store import import_bank
from assessments.services.rounds import close_round
from tests.assessments.reports.documents import member_of
from tests.assessments.reports.schema import complaints
from tests.factories import make_alliance, make_response, make_round

pytestmark = pytest.mark.django_db

SCHEMA = json.loads(Path("docs/result.schema.json").read_text())
TOLD = {
    "outward": {"title": "Spiralling out", "text": "Take a larger step."},
    "inward": {"title": "Spiralling in", "text": "Take a small step."},
    "level": {"title": "Holding", "text": "Keep one promise."},
}
CHECKLIST = {
    "done": {"title": "All is there", "text": ""},
    "open": {"title": "Some is missing", "text": ""},
}
LADDER = {
    "top": {"title": "The top", "text": "Every rung holds."},
    "none": {"title": "Before the first rung", "text": "Set dates."},
}
OUTCOMES = [
    {
        "code": "stop",
        "title": "Stop",
        "text": "It would not hold.",
        "when": {"any": [{"dimension": "money", "bands": ["weak"]}]},
    },
    {
        "code": "go",
        "title": "Go",
        "text": "All is strong.",
        "when": {
            "all": [
                {"dimension": code, "bands": ["strong"]} for code in ("people", "time", "money")
            ]
        },
    },
    {"code": "go-if", "title": "Go if", "text": "Settle what is named.", "conditions": True},
]
KINDS = [
    {
        "code": "close",
        "title": "A close one",
        "text": "Much is shared.",
        "when": {"any": [{"dimension": "people", "bands": ["strong"]}]},
    },
    {"code": "loose", "title": "A loose one", "text": "Little is shared."},
]


def bank_read_by(rule: str, **more: Any) -> Bank:
    """People, time and money, read by this rule."""
    data = {
        "code": "three",
        "version": 1,
        "title": "Three things",
        "reading": {"rule": rule, **more},
        "scale": {"min": 0, "max": 10, "labels": ["None", *[""] * 9, "Enough"]},
        "dimensions": [
            {
                "code": title.lower(),
                "title": title,
                "in_sentence": f"the {title.lower()}",
                "readings": {
                    "strong": f"{title} is there.",
                    "mixed": f"{title} is there in part.",
                    "weak": f"{title} is missing.",
                },
                "advice": [{"title": f"Find {title.lower()}.", "text": "Ask."}],
                "asked_of_members": [f"Bring {title.lower()}."],
                "questions": [{"code": title[0], "text": f"There is enough {title.lower()}."}],
            }
            for title in ("People", "Time", "Money")
        ],
    }
    return import_bank(document=parse_bank(text=json.dumps(data)))


def held(
    bank: Bank,
    people: int,
    time: int,
    money: int,
    *,
    alliance: Alliance | None = None,
    name: str = "First round",
    mode: str = Round.Mode.OPEN,
    respondents: int = 2,
) -> Result:
    """The result of a round in which each of so many organisations said this."""
    made = make_round(
        alliance,
        bank,
        name=name,
        organisations=respondents,
        mode=mode,
        threshold=1 if mode == Round.Mode.OPEN else 5,
    )
    for place in range(respondents):
        answers: dict[str, int | str] = {"P": people, "T": time, "M": money}
        make_response(made, place, answers=answers, submitted=True)
    return close_round(round=made.round)


def shown(result: Result, name: str = "result") -> str:
    """The page's text, or the PDF's, with single blanks."""
    client = Client()
    user = User.objects.filter(memberships__alliance=result.round.alliance).first()
    user = user or member_of(result.round.alliance)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    response = client.get(reverse(name, args=[result.round_id]))
    assert response.status_code == 200
    if name == "result":
        return " ".join(response.content.decode().split("<main", 1)[1].split())
    pages = PdfReader(io.BytesIO(response.content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


READINGS: list[tuple[str, dict[str, Any], tuple[int, int, int], dict[str, Any], list[str]]] = [
    (
        "mean",
        {},
        (9, 6, 2),
        {"rule": "mean", "lowest": "money", "highest": "people"},
        ["Three things:", "one of three elements is strong, one weak.", "The money: the lowest."],
    ),
    (
        # (90 + 60 + 20) / 3 = 56.67, more than 5 above the middle
        "pairs",
        TOLD,
        (9, 6, 2),
        {"rule": "pairs", "direction": "outward", "since": None, "lowest": "money"},
        ["Spiralling out.", "Take a larger step."],
    ),
    (
        # (40 + 50 + 60) / 3 = 50
        "pairs",
        TOLD,
        (4, 5, 6),
        {"rule": "pairs", "direction": "level", "since": None, "lowest": "people"},
        ["Holding.", "Keep one promise."],
    ),
    (
        "checklist",
        CHECKLIST,
        (10, 6, 0),
        {
            "rule": "checklist",
            "done": ["people"],
            "under_way": ["time"],
            "not_begun": ["money"],
            "open": [],
        },
        ["Some is missing:", "one of three elements is done.", "Not begun: the money."],
    ),
    (
        "checklist",
        CHECKLIST,
        (10, 10, 10),
        {
            "rule": "checklist",
            "done": ["people", "time", "money"],
            "under_way": [],
            "not_begun": [],
            "open": [],
        },
        ["All is there:", "three of three elements are done."],
    ),
    (
        "ladder",
        LADDER,
        (9, 8, 2),
        {"rule": "ladder", "reached": "time", "next": "money", "above": []},
        ["Time:", "the highest rung that is reached.", "Next: the money."],
    ),
    (
        "ladder",
        LADDER,
        (7, 9, 9),
        {"rule": "ladder", "reached": None, "next": "people", "above": ["time", "money"]},
        ["Before the first rung.", "Set dates."],
    ),
    (
        "ladder",
        LADDER,
        (9, 9, 9),
        {"rule": "ladder", "reached": "money", "next": None, "above": []},
        ["The top.", "Every rung holds."],
    ),
    (
        "decision",
        {"outcomes": OUTCOMES},
        (9, 9, 2),
        {
            "rule": "decision",
            "version": 2,
            "outcome": "stop",
            "because": ["money"],
            "conditions": [],
            "open": [],
        },
        ["Stop.", "It would not hold."],
    ),
    (
        "decision",
        {"outcomes": OUTCOMES},
        (9, 7, 6),
        {
            "rule": "decision",
            "version": 2,
            "outcome": "go-if",
            "because": [],
            "conditions": ["money", "time"],
            "open": [],
        },
        ["Go if.", "Settle what is named.", "Conditions: the money and the time."],
    ),
]


@pytest.mark.parametrize(("rule", "more", "said", "reading", "finding"), READINGS)
def test_what_is_published_and_said(
    rule: str,
    more: dict[str, Any],
    said: tuple[int, int, int],
    reading: dict[str, Any],
    finding: list[str],
) -> None:
    result = held(bank_read_by(rule, **more), *said)
    assert result.document["reading"] == reading
    assert result.document["verdict"] == {"level": "none", "deciding": [], "firm": False}
    assert result.document["index"] is None
    assert not list(complaints(result.document, SCHEMA, SCHEMA))
    # Its scores are told like any others.
    scores = [element["score"] for element in result.document["elements"]]
    assert scores == [10 * figure for figure in said]
    page = shown(result)
    for sentence in finding:
        assert sentence in page
    for verdict in ("Ready", "Not ready", "No verdict", "make up for a weak one", "On record"):
        assert verdict not in page


@pytest.mark.parametrize("name", ["report_pdf", "scorecard_pdf"])
@pytest.mark.parametrize(("rule", "more", "said", "reading", "finding"), READINGS[::3])
def test_it_is_on_paper_too(
    rule: str,
    more: dict[str, Any],
    said: tuple[int, int, int],
    reading: dict[str, Any],
    finding: list[str],
    name: str,
) -> None:
    paper = shown(held(bank_read_by(rule, **more), *said), name)
    for sentence in finding:
        assert sentence in paper
    assert "readiness" not in paper
    assert "make up for a weak one" not in paper or name == "report_pdf"  # the rules in general


def test_what_an_element_means_is_said() -> None:
    page = shown(held(bank_read_by("mean"), 9, 6, 2))
    for sentence in ("People is there.", "Time is there in part.", "Money is missing."):
        assert page.count(sentence) == 1


def test_the_direction_since_last_time() -> None:
    bank, alliance = bank_read_by("pairs", **TOLD), make_alliance()
    held(bank, 9, 9, 9, alliance=alliance)
    second = held(bank, 9, 9, 7, alliance=alliance, name="Second round")
    third = held(bank, 6, 7, 6, alliance=alliance, name="Third round")
    # −20/3 = −6.67; then (−30 − 20 − 10)/3 = −20
    assert second.document["reading"]["since"] == "inward"
    assert third.document["reading"]["since"] == "inward"
    assert third.document["reading"]["direction"] == "outward"
    assert "Since the last round it moved inward." in shown(third)
    fourth = held(bank, 7, 7, 6, alliance=alliance, name="Fourth round")
    assert fourth.document["reading"]["since"] == "level"
    assert "Since the last round it held its place." in shown(fourth)


def test_kinds_are_neither_good_nor_bad() -> None:
    result = held(bank_read_by("decision", outcomes=KINDS), 2, 3, 9)
    page = shown(result)
    assert "A loose one." in page
    assert "A high one is no better than a low one." in page
    # No bands are drawn, so that the rule says what is low and what is high.
    assert "must be low, in the middle or high for it: low is below 50, high from 75 on." in page
    assert "People is missing." in page
    for word in ("Weak", "Mixed", "Strong", ">weak<", "is-weak", "m-weak"):
        assert word not in page
    for name in ("report_pdf", "scorecard_pdf"):
        paper = shown(result, name).split("How the figures are made")[0]
        for word in ("Weak", "Mixed", "Strong", "weak", "mixed"):
            assert word not in paper


def test_one_voice_is_not_weighed() -> None:
    bank, alliance = bank_read_by("mean"), make_alliance()
    alone = held(bank, 9, 6, 2, alliance=alliance, name="Alone", respondents=1)
    both = held(bank, 9, 6, 2, alliance=alliance, name="Both")
    for name in ("result", "report_pdf"):
        said = shown(alone, name)
        assert "1 of 1 person" in said
        for sentence in ("Each organisation counts as one voice", "If all had answered"):
            assert sentence not in said
            assert sentence in shown(both, name)


def test_one_element_stands_beside_none() -> None:
    result = held(bank_read_by("mean"), 9, 6, 2)
    elements = result.document["elements"]
    texts = texts_of(result.round.bank)
    beside = "The elements stand side by side. None decides, and no average is made of them."
    assert rule_in_words(result.document, texts) == beside
    only = {**result.document, "elements": elements[:1]}
    assert rule_in_words(only, texts) == "The one element decides nothing."


def test_too_few_answered() -> None:
    result = held(
        bank_read_by("pairs", **TOLD), 9, 9, 9, mode=Round.Mode.CONFIDENTIAL, respondents=4
    )
    assert result.document["reading"] == {
        "rule": "pairs",
        "direction": None,
        "since": None,
        "lowest": None,
    }
    assert "No figures:</strong> four people answered, and five are needed." in shown(result)


def test_a_confidential_round_tells_no_more_than_its_scores() -> None:
    # Everybody is at the top of one line: 95 stands for it, and the reading is made of that.
    result = held(
        bank_read_by("checklist", **CHECKLIST),
        10,
        9,
        0,
        mode=Round.Mode.CONFIDENTIAL,
        respondents=5,
    )
    assert [element["score"] for element in result.document["elements"]] == [95, 90, 5]
    assert result.document["reading"]["done"] == ["people"]
    assert result.document["reading"]["under_way"] == ["time"]
    assert result.document["reading"]["not_begun"] == ["money"]


def test_the_desk_goes_by_rounds_that_say_whether_it_is_ready() -> None:
    alliance = make_alliance()
    held(bank_read_by("mean"), 9, 6, 2, alliance=alliance)
    desk = read_desk(alliance=alliance, convener=False)
    assert desk.scored == ""
    shelf = read_shelf(alliances=Alliance.objects.all(), user=AnonymousUser())
    assert shelf[0].state.startswith("Result published, First round, ")
    make_round(alliance, name="Readiness")
    assert (
        "Readiness is open"
        in read_shelf(alliances=Alliance.objects.all(), user=AnonymousUser())[0].state
    )
