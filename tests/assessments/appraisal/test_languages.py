"""An appraisal is read in any language of its bank; what is answered comes along from one to another."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from assessments.models import Bank
from assessments.views.appraisal_kept import COOKIE
from tests.assessments.banks.german import IN_GERMAN, german_bank
from tests.assessments.reports.test_pdf import assert_accessible

pytestmark = pytest.mark.django_db

AT = reverse("appraisal", args=["german"])
FIRST = reverse("appraisal_page", args=["german", 1])
RESULT = reverse("appraisal_result", args=["german"])
STRONG = {"all": [{"dimension": "a", "bands": ["strong"]}]}
OUTCOMES = [
    {"code": "join", "title": "Join", "text": "All is well.", "when": STRONG},
    {"code": "wait", "title": "Wait", "text": "Not yet."},
]


@pytest.fixture(autouse=True)
def bank() -> Bank:
    """In English, German and French; of the first outcome the title alone is in German."""
    return german_bank(
        subject="invitation",
        reading={"rule": "decision", "outcomes": OUTCOMES},
        translations={
            "de": IN_GERMAN | {"reading": {"outcomes": {"join": {"title": "Mitmachen"}}}},
            "fr": {"title": "Contrôle", "dimensions": {"a": {"title": "Partie A"}}},
        },
    )


def html(answer: Any) -> str:
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.content.decode())


def test_the_browser_is_asked_and_the_page_offers_the_others(client: Client) -> None:
    page = html(client.get(AT, headers={"accept-language": "de"}))
    assert '<html lang="en">' in page
    assert '<h1 lang="de"><strong>Prüfung</strong></h1>' in page
    assert 'href="?language=fr&amp;lang=fr" lang="fr"' in page
    assert client.cookies.get(COOKIE) is None


def test_what_is_picked_is_kept_for_all_its_pages(client: Client) -> None:
    answer = client.get(AT + "?language=de")
    assert (answer.status_code, answer["Location"]) == (302, AT)
    assert "Prüfung" in html(client.get(AT))
    page = html(client.get(FIRST))
    assert '<h1 lang="de">Teil A</h1>' in page
    assert '<span lang="de">Wir tun A.</span></legend>' in page
    assert "<legend><small>2 of 2</small>We do A often.</legend>" in page
    assert client.cookies.get("django_language") is None
    # The pages too, where they are in it.
    assert '<html lang="fr">' in html(client.get(AT + "?language=fr&lang=fr", follow=True))
    assert "<h1>Partie A</h1>" in html(client.get(FIRST))


def test_a_button_changes_it_and_brings_along_what_is_answered(client: Client) -> None:
    client.cookies[COOKIE] = "1~de~..2"
    sent = {"q-A1": "3", "read_in": "en"}
    answer = client.post(FIRST, sent)
    assert (answer.status_code, answer["Location"]) == (302, FIRST)
    assert client.cookies[COOKIE].value == "1~en~3..2"
    page = html(client.get(FIRST))
    assert "<h1>Part A</h1>" in page
    assert 'name="q-A1" value="3" checked' in page
    # The pages too, where they are in it, now and from now on.
    page = html(client.post(FIRST, sent | {"read_in": "fr"}, follow=True))
    assert '<html lang="fr">' in page
    assert "<h1>Partie A</h1>" in page
    assert 'name="q-A1" value="3" checked' in page
    assert '<html lang="fr">' in html(client.get("/"))


def test_the_foot_of_a_page_of_questions_brings_them_along(client: Client) -> None:
    client.get(AT + "?language=de")
    page = html(client.get(FIRST))
    assert 'href="?lang=' not in page
    assert '<button class="nb-link" type="submit" form="answers" name="lang" value="fr"' in page
    page = html(client.post(FIRST, {"q-A1": "3", "lang": "fr"}, follow=True))
    assert '<html lang="fr">' in page
    assert "<h1>Partie A</h1>" in page
    assert 'name="q-A1" value="3" checked' in page


def test_what_nobody_speaks_changes_nothing(client: Client) -> None:
    client.get(AT + "?language=de")
    for name, value in (("read_in", "x"), ("lang", "nl"), ("read_in", "de\0")):
        page = html(client.post(FIRST, {name: value}, follow=True))
        assert '<html lang="en">' in page
        assert '<h1 lang="de">Teil A</h1>' in page
    assert client.get(AT + "?language=nl").status_code == 200


def test_the_result_and_its_paper_are_in_it(client: Client, tmp_path: Path) -> None:
    client.cookies[COOKIE] = "1~de~3.3.3"
    page = html(client.get(RESULT))
    assert '<h1 lang="de"><strong>Mitmachen</strong></h1>' in page
    assert '<p class="nb-stand">All is well.</p>' in page
    assert '<span lang="de">Teil A</span>' in page
    paper = client.get(reverse("appraisal_pdf", args=["german"]))
    [sheet] = PdfReader(io.BytesIO(paper.content)).pages
    words = " ".join(sheet.extract_text().split())
    assert "Mitmachen All is well." in words
    assert "Teil A" in words
    assert_accessible(paper.content, tmp_path)
    # Read in another language it is the result still.
    page = html(client.get(RESULT + "?language=en", follow=True))
    assert "<h1><strong>Join</strong></h1>" in page
