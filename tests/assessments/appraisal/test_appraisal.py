"""The appraisal of an invitation: what it comes to, page by page, and that nothing of it is stored."""

from __future__ import annotations

import io
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from assessments.models import Answer, Bank, Response
from assessments.services.appraisal import appraisal_banks, appraise, readable_answers
from assessments.services.banks.drafts import draft_digest, draft_next_version, publish_draft
from assessments.services.banks.rows import document_of
from assessments.services.banks.store import find_bank, latest_bank
from tests.assessments.reports.test_pdf import assert_accessible
from tests.form_fields import forms_of

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


# The pages ---------------------------------------------------------------------------------------


def text(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def sent_by(page: Any, go: str = "on") -> dict[str, str]:
    """What the page's form sends with what it was given, and the button."""
    form = next(form for form in forms_of(page.content.decode()) if form.method == "post")
    fields = {
        name: (field.chosen or [""])[0] if field.kind == "radio" else field.value
        for name, field in form.fields.items()
        if field.kind != "radio" or field.chosen
    }
    return fields | {"go": go}


def walk(client: Client, given: dict[str, str]) -> Any:
    """From the start page to the result, as somebody goes who answers this."""
    start = client.get("/")
    address = reverse("appraisal", args=[CODE])
    assert address in start.content.decode()
    page = client.get(address)
    for _number in range(9):
        page = client.post(address, sent_by(page) | _here(page, given))
        assert page.status_code == 200
        assert "no-store" in page.headers["Cache-Control"]
    return page


def _here(page: Any, given: dict[str, str]) -> dict[str, str]:
    content = page.content.decode()
    return {f"q-{code}": one for code, one in given.items() if f'name="q-{code}"' in content}


def test_from_the_start_page_to_a_pdf_of_one_page(
    client: Client, bank: Bank, tmp_path: Path
) -> None:
    given = answers(bank, pain="3", charter="dk")
    result = walk(client, given)
    assert "Join if" in text(result)
    assert "Find out first" in text(result)
    assert "Not known: each of these takes an answer to at least half" in text(result)
    kept = {
        name.removeprefix("kept-"): value
        for name, value in sent_by(result).items()
        if name.startswith("kept-")
    }
    assert kept == given
    pdf = client.post(reverse("appraisal_pdf", args=[CODE]), sent_by(result))
    assert pdf.headers["Content-Type"] == "application/pdf"
    assert "no-store" in pdf.headers["Cache-Control"]
    [page] = PdfReader(io.BytesIO(pdf.content)).pages
    words = " ".join(page.extract_text().split())
    assert "Join if" in words
    assert "On these conditions Common pain." in words
    assert "50 Mixed" in words  # every answer in the middle of its scale
    assert (
        "Find out first Not known: each of these takes an answer to at least half of its statements. "
        "Formal charter." in words
    )
    assert_accessible(pdf.content, tmp_path)
    assert (Response.objects.count(), Answer.objects.count()) == (0, 0)


def test_nothing_is_written_to_the_database(client: Client, bank: Bank) -> None:
    given = answers(bank)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        result = walk(client, given)
        client.post(reverse("appraisal_pdf", args=[CODE]), sent_by(result))
    assert queries.captured_queries
    assert {query["sql"].split()[0] for query in queries} == {"SELECT"}


@pytest.mark.parametrize("weak", ["2", "1"])
def test_the_most_that_there_is_to_say_fits_on_a_page(
    client: Client, bank: Bank, weak: str
) -> None:
    worst = answers(bank, **{code.replace("-", "_"): weak for code in CRITERIA})
    mixed = dict.fromkeys((code.replace("-", "_") for code in CRITERIA), "3")
    half = answers(bank, **mixed | {"charter": "dk", "train": "dk"})
    for given in (worst, half):
        result = walk(client, given)
        pdf = client.post(reverse("appraisal_pdf", args=[CODE]), sent_by(result))
        assert len(PdfReader(io.BytesIO(pdf.content)).pages) == 1


@pytest.mark.parametrize("answer", ["dk", "na"])
def test_who_knows_nothing_is_told_what_to_find_out(
    client: Client, bank: Bank, answer: str
) -> None:
    nothing = answers(bank, **dict.fromkeys((code.replace("-", "_") for code in CRITERIA), answer))
    result = walk(client, nothing)
    pdf = client.post(reverse("appraisal_pdf", args=[CODE]), sent_by(result))
    [page] = PdfReader(io.BytesIO(pdf.content)).pages
    titles = [dimension.title for dimension in bank.dimensions.order_by("position")]
    for words in (text(result), " ".join(page.extract_text().split())):
        assert "Too little is known" in words
        assert "Ask about what is open below, then come back." in words
        for outcome in ("Join", "Stay away", "may work", "On these conditions"):
            assert outcome not in words
        first = words.index("Find out first")
        assert all(words.index(title, first) < words.index("One by one") for title in titles)


def test_one_goes_back_and_changes_an_answer(client: Client, bank: Bank) -> None:
    address = reverse("appraisal", args=[CODE])
    result = walk(client, answers(bank))
    page = client.post(address, sent_by(result, "change"))
    assert "1 of 8" in text(page)
    assert sent_by(page)["q-PA1"] == "5"
    page = client.post(address, sent_by(page) | {"q-PA1": "1"})
    assert "2 of 8" in text(page)
    back = client.post(address, sent_by(page, "back"))
    assert sent_by(back)["q-PA1"] == "1"
    start = client.post(address, sent_by(back, "back"))
    assert sent_by(start)["kept-PA1"] == "1"
    assert "Begin" in text(start)


def test_without_an_answer_there_is_nothing_to_read(client: Client, bank: Bank) -> None:
    address = reverse("appraisal", args=[CODE])
    page = client.post(address, {"version": "1", "page": "8", "go": "on"})
    assert page.status_code == 422
    assert "Answer at least one statement" in text(page)
    assert client.post(reverse("appraisal_pdf", args=[CODE]), {"version": "1"}).status_code == 404


def test_the_version_that_one_began_with_is_read_to_the_end(client: Client, bank: Bank) -> None:
    address = reverse("appraisal", args=[CODE])
    page = client.post(address, sent_by(client.get(address)))
    draft = draft_next_version(bank=bank, by=None)
    publish_draft(bank=draft, seen=draft_digest(document_of(draft)), by=None)
    assert [one.version for one in appraisal_banks()] == [2]
    page = client.post(address, sent_by(page))
    assert sent_by(page)["version"] == "1"
    assert sent_by(client.get(address))["version"] == "2"


@pytest.mark.parametrize(
    "sent",
    [
        {"version": "99"},
        {"version": "0"},
        {"version": "1" * 9},
    ],
)
def test_versions_that_are_not_there(client: Client, bank: Bank, sent: dict[str, str]) -> None:
    assert client.post(reverse("appraisal", args=[CODE]), sent).status_code == 404


@pytest.mark.parametrize(
    "sent",
    [
        {"version": "²", "page": "²"},
        {"version": "x" * 5000, "page": "-1", "go": "elsewhere"},
        {"page": "9" * 5000, "q-PA1": "5" * 5000, "kept-PA1": "<script>alert(1)</script>"},
        {"page": "7", "go": "on", "q-PA1": "\0", "kept-": "5", "q-": "5"},
    ],
)
def test_what_no_form_sends_is_answered_by_a_page(
    client: Client, bank: Bank, sent: dict[str, str]
) -> None:
    answer = client.post(reverse("appraisal", args=[CODE]), sent)
    assert answer.status_code in (200, 422)
    assert "<script>alert" not in text(answer)


def test_only_banks_about_an_invitation_are_appraised(client: Client, bank: Bank) -> None:
    readiness = find_bank(code="readiness")
    address = reverse("appraisal", args=[readiness.code])
    assert client.get(address).status_code == 404
    assert client.post(address, {"version": "1"}).status_code == 404
    assert client.get(reverse("appraisal", args=["none"])).status_code == 404
