"""The pages of an appraisal: from the start page to a PDF, kept in a cookie and stored nowhere."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from assessments.models import Bank
from assessments.services.appraisal import appraisal_banks
from assessments.services.banks.drafts import draft_digest, draft_next_version, publish_draft
from assessments.services.banks.rows import document_of
from assessments.services.banks.store import find_bank, latest_bank
from assessments.views.appraisal_kept import COOKIE
from tests.assessments.appraisal.test_appraisal import CODE, CRITERIA, answers
from tests.assessments.reports.test_pdf import assert_accessible
from tests.form_fields import forms_of

pytestmark = pytest.mark.django_db

START = reverse("appraisal", args=[CODE])
RESULT = reverse("appraisal_result", args=[CODE])
PDF = reverse("appraisal_pdf", args=[CODE])


@pytest.fixture
def bank() -> Bank:
    return latest_bank(CODE)


def at(number: int) -> str:
    return reverse("appraisal_page", args=[CODE, number])


def text(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def sent_by(page: Any, go: str = "on") -> dict[str, str]:
    """What the page's form sends with what it was given, and the button."""
    form = next(form for form in forms_of(page.content.decode()) if "version" in form.fields)
    fields = {
        name: (field.chosen or [""])[0] if field.kind == "radio" else field.value
        for name, field in form.fields.items()
        if field.kind != "radio" or field.chosen
    }
    return fields | {"go": go}


def turn(client: Client, number: int, given: dict[str, str], go: str = "on") -> Any:
    """Sends that page with what is `given` of it, and the page to which it leads."""
    page = client.get(at(number))
    answer = client.post(at(number), sent_by(page, go) | _here(page, given))
    assert answer.status_code == 302
    assert "no-store" in answer.headers["Cache-Control"]
    return client.get(answer["Location"])


def _here(page: Any, given: dict[str, str]) -> dict[str, str]:
    content = page.content.decode()
    return {f"q-{code}": one for code, one in given.items() if f'name="q-{code}"' in content}


def walk(client: Client, given: dict[str, str]) -> Any:
    """From the start page to the result, as somebody goes who answers this."""
    assert START in client.get("/").content.decode()
    page = client.get(START)
    assert f'href="{at(1)}">Begin' in text(page)
    for number in range(1, 9):
        page = turn(client, number, given)
        assert page.status_code == 200
        assert "no-store" in page.headers["Cache-Control"]
    assert page.request["PATH_INFO"] == RESULT
    return page


def pages_of(client: Client) -> Sequence[Any]:
    """Those of the PDF."""
    pdf = client.get(PDF)
    assert pdf.headers["Content-Type"] == "application/pdf"
    assert "no-store" in pdf.headers["Cache-Control"]
    return PdfReader(io.BytesIO(pdf.content)).pages


def test_from_the_start_page_to_a_pdf_of_one_page(
    client: Client, bank: Bank, tmp_path: Path
) -> None:
    result = walk(client, answers(bank, pain="3", charter="dk"))
    assert "Join if" in text(result)
    assert "Find out first" in text(result)
    assert "Not known: each of these takes an answer to at least half" in text(result)
    [page] = pages_of(client)
    words = " ".join(page.extract_text().split())
    assert "Join if" in words
    assert "On these conditions Common pain." in words
    assert "50 Mixed" in words  # every answer in the middle of its scale
    assert (
        "Find out first Not known: each of these takes an answer to at least half of its statements. "
        "Formal charter." in words
    )
    assert_accessible(client.get(PDF).content, tmp_path)


def test_nothing_is_written_to_the_database(client: Client, bank: Bank) -> None:
    """But that this address has had a PDF drawn, which is counted and names nothing of it."""
    given = answers(bank)
    with CaptureQueriesContext(connection) as queries:
        walk(client, given)
        client.get(PDF)
        client.post(START)
    assert queries.captured_queries
    of_answers = [sql for query in queries if "northbound_counted" not in (sql := query["sql"])]
    # what is counted is one step each
    steps = {"SELECT", "SAVEPOINT", "RELEASE", "BEGIN", "COMMIT"}
    assert {sql.split()[0] for sql in of_answers} <= steps
    assert sum("SELECT" in sql for sql in of_answers) > 10


def test_the_cookie_goes_to_this_appraisal_alone_and_with_the_browser(
    client: Client, bank: Bank, settings: Any
) -> None:
    settings.SESSION_COOKIE_SECURE = True
    # The questions in their order; the first two of four are of the page that is sent.
    turn(client, 1, {"PA1": "5", "PA2": "dk"})
    kept = client.cookies[f"__Secure-{COOKIE}"]
    assert kept.value.startswith("1~~5.dk.")
    assert kept.value.count(".") == bank.questions.count() - 1
    assert (kept["path"], kept["samesite"]) == (START, "Lax")
    assert kept["httponly"]
    assert kept["secure"]
    assert kept["max-age"] == kept["expires"] == ""


def test_answers_are_let_go_of(client: Client, bank: Bank) -> None:
    result = walk(client, answers(bank))
    assert "Forget my answers" in text(result)
    start = client.get(START)
    assert f'href="{RESULT}">Go on' in text(start)
    answer = client.post(START)
    gone = answer.cookies[COOKIE]
    assert (gone.value, gone["path"], gone["max-age"]) == ("", START, 0)
    start = client.get(answer["Location"])
    assert "Your answers are forgotten." in text(start)
    assert "Begin" in text(start)
    assert "Forget my answers" not in text(start)


def test_one_goes_on_where_one_left_off(client: Client, bank: Bank) -> None:
    given = answers(bank)
    turn(client, 1, given)
    turn(client, 3, given)
    assert f'href="{at(2)}">Go on' in text(client.get(START))
    # Of the second page one statement is left open.
    opened = bank.questions.filter(dimension__position=2).values_list("code", flat=True)[1]
    turn(client, 2, {code: one for code, one in given.items() if code != opened})
    assert f'href="{at(2)}">Go on' in text(client.get(START))
    turn(client, 2, given)
    assert f'href="{at(4)}">Go on' in text(client.get(START))


@pytest.mark.parametrize("weak", ["2", "1"])
def test_the_most_that_there_is_to_say_fits_on_a_page(
    client: Client, bank: Bank, weak: str
) -> None:
    worst = answers(bank, **{code.replace("-", "_"): weak for code in CRITERIA})
    mixed = dict.fromkeys((code.replace("-", "_") for code in CRITERIA), "3")
    half = answers(bank, **mixed | {"charter": "dk", "train": "dk"})
    for given in (worst, half):
        walk(client, given)
        assert len(pages_of(client)) == 1
        client.post(START)


@pytest.mark.parametrize("answer", ["dk", "na"])
def test_who_knows_nothing_is_told_what_to_find_out(
    client: Client, bank: Bank, answer: str
) -> None:
    nothing = answers(bank, **dict.fromkeys((code.replace("-", "_") for code in CRITERIA), answer))
    result = walk(client, nothing)
    [page] = pages_of(client)
    titles = [dimension.title for dimension in bank.dimensions.order_by("position")]
    for words in (text(result), " ".join(page.extract_text().split())):
        assert "Too little is known" in words
        assert "Ask about what is open below, then come back." in words
        for outcome in ("Join", "Stay away", "may work", "On these conditions"):
            assert outcome not in words
        first = words.index("Find out first")
        assert all(words.index(title, first) < words.index("One by one") for title in titles)


def test_one_goes_back_and_changes_an_answer(client: Client, bank: Bank) -> None:
    result = walk(client, answers(bank))
    assert f'href="{at(1)}">Change an answer' in text(result)
    page = client.get(at(1))
    assert sent_by(page)["q-PA1"] == "5"
    page = turn(client, 1, {"PA1": "1"})
    assert "2 of 8" in text(page)
    back = turn(client, 2, {}, "back")
    assert sent_by(back)["q-PA1"] == "1"
    start = turn(client, 1, {}, "back")
    assert start.request["PATH_INFO"] == START
    assert sent_by(client.get(at(1)))["q-PA1"] == "1"


def test_without_an_answer_there_is_nothing_to_read(client: Client, bank: Bank) -> None:
    page = client.post(at(8), {"version": "1", "go": "on"})
    assert page.status_code == 422
    assert "Answer at least one statement" in text(page)
    for address in (RESULT, PDF):
        answer = client.get(address)
        assert (answer.status_code, answer["Location"]) == (302, START)


def test_the_version_that_one_began_with_is_read_to_the_end(client: Client, bank: Bank) -> None:
    first = client.get(at(1))
    draft = draft_next_version(bank=bank, by=None)
    publish_draft(bank=draft, seen=draft_digest(document_of(draft)), by=None)
    assert [one.version for one in appraisal_banks()] == [2]
    client.post(at(1), sent_by(first) | {"q-PA1": "5"})
    for number in (1, 2):
        assert sent_by(client.get(at(number)))["version"] == "1"
    client.post(START)
    assert sent_by(client.get(at(1)))["version"] == "2"


@pytest.mark.parametrize(
    "kept",
    [
        "",
        "~",
        "99~~5.5",
        "²~~5",
        f"{'1' * 3000}~~5",
        "1~xx~" + "6." * 500,
        "1~~<script>alert(1)</script>",
        "1~fr~².\x00.dk.999",
    ],
)
def test_a_cookie_that_we_did_not_write(client: Client, bank: Bank, kept: str) -> None:
    for address in (START, at(1), RESULT, PDF):
        answer = client.get(address, headers={"cookie": f'{COOKIE}="{kept}"'})
        assert answer.status_code in (200, 302)
        assert "<script>alert" not in answer.content.decode("latin-1")


@pytest.mark.parametrize(
    "sent",
    [
        {"version": "99"},
        {"version": "²"},
        {"version": "x" * 5000, "go": "elsewhere"},
        {"q-PA1": "5" * 5000, "q-": "5"},
        {"go": "on", "q-PA1": "\0"},
        {"q-PA1": "<script>alert(1)</script>"},
    ],
)
def test_what_no_form_sends_leads_on(client: Client, bank: Bank, sent: dict[str, str]) -> None:
    answer = client.post(at(1), sent)
    assert (answer.status_code, answer["Location"]) == (302, at(2))
    assert set(client.cookies[COOKIE].value) == {"1", "~", "."}


def test_pages_that_are_not_there(client: Client, bank: Bank) -> None:
    for number in (0, 9, 10**9):
        assert client.get(at(number)).status_code == 404
        assert client.post(at(number), {}).status_code == 404


def test_only_banks_about_an_invitation_are_appraised(client: Client, bank: Bank) -> None:
    readiness = find_bank(code="readiness").code
    for code in (readiness, "none"):
        for name, more in (
            ("appraisal", []),
            ("appraisal_page", [1]),
            ("appraisal_result", []),
            ("appraisal_pdf", []),
        ):
            assert client.get(reverse(name, args=[code, *more])).status_code == 404
        assert client.post(reverse("appraisal_page", args=[code, 1]), {}).status_code == 404
        assert client.post(reverse("appraisal", args=[code])).status_code == 404
