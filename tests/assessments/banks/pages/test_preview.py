"""A bank as respondents see it: the introduction and each page, in each language, as either side, in either
mode; and the same on paper."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from assessments.models import Bank, Invitation, Round
from assessments.services.banks.drafts import draft_next_version
from assessments.services.banks.store import latest_bank
from tests.assessments.banks.german import german_bank
from tests.assessments.persons.rounds import bank_of_oneself
from tests.factories import make_bank, make_round

pytestmark = pytest.mark.django_db

OWN = "I can put an opponent’s case"
OF_PEERS = "This person can put an opponent’s case"


def html(client: Client, bank: Bank, number: int, query: str = "") -> str:
    answer = client.get(reverse("bank_preview", args=[bank.pk, number]) + query)
    assert answer.status_code == 200
    return spaced(answer.content.decode())


def spaced(page: str) -> str:
    return re.sub(r"\s+", " ", page)


def sections(page: str) -> list[str]:
    """What an introduction says below its facts, without the button."""
    return re.findall(r"<section.*?</section>", page)


def status(client: Client, bank: Bank, number: int, query: str) -> int:
    return client.get(reverse("bank_preview", args=[bank.pk, number]) + query).status_code


# The introduction


@pytest.mark.parametrize("mode", ["confidential", "open"])
def test_the_introduction_is_the_respondents(curator: Client, mode: str) -> None:
    bank = german_bank()
    made = make_round(bank=bank, organisations=5, people=1, mode=mode)
    respondent = Client()
    respondent.post(made.link())
    theirs = spaced(respondent.get(f"/questionnaire/{made.round.pk}/").content.decode())
    page = html(curator, bank, 0, f"?mode={mode}")
    # Who will see what, how to answer, saved is not sent in: three sections, word by word.
    assert sections(page) == sections(theirs)
    assert len(sections(page)) == 3
    for name in ("h1", 'p class="nb-stand"'):
        pattern = rf"<{name}>.*?</{name.split()[0]}>"
        assert re.findall(pattern, page) == re.findall(pattern, theirs) != []
    assert "Your alliance" in page
    assert Round.objects.count() == 1
    assert Invitation.objects.count() == 5


def test_it_leads_through_the_pages_in_the_way_that_was_chosen(curator: Client) -> None:
    bank = german_bank()
    query = "?language=de&mode=open"
    at = [
        reverse("bank_preview", args=[bank.pk, n]) + query.replace("&", "&amp;") for n in range(4)
    ]
    assert f'href="{at[1]}">Begin</a>' in html(curator, bank, 0, query)
    page = html(curator, bank, 1, query)
    assert f'href="{at[2]}">Next: Part B</a>' in page
    assert f'href="{at[0]}">Back to the introduction</a>' in page
    assert f'href="{at[0]}#h-seen">What others will see</a>' in page
    assert "This round is open: your organisation’s scores are shown with its name." in page
    page = html(curator, bank, 2, query)
    assert f'href="{at[1]}">Back to <span lang="de">Teil A</span></a>' in page
    assert at[3] not in page
    assert "csrf" not in page
    assert 'method="post"' not in page


def test_the_bank_leads_to_it(curator: Client) -> None:
    bank = make_bank()
    page = spaced(curator.get(reverse("bank", args=[bank.pk])).content.decode())
    assert reverse("bank_preview", args=[bank.pk, 0]) in page


def test_a_draft_without_anything_has_one_too(curator: Client) -> None:
    bank = make_bank(shape=(), status="draft")
    assert "Begin</a>" not in html(curator, bank, 0)
    assert status(curator, bank, 1, "") == 404


# Languages


def test_each_language_of_a_draft_has_its_link(curator: Client) -> None:
    draft = draft_next_version(bank=german_bank(), by=None)
    page = html(curator, draft, 1)
    for code, name in (("de", "Deutsch"), ("fr", "Français"), ("he", "עברית")):
        assert f'?language={code}" lang="{code}" hreflang="{code}">{name}</a>' in page
    page = html(curator, draft, 1, "?language=de")
    assert '<html lang="en">' in page
    assert '<h1 lang="de">Teil A</h1>' in page
    assert "<legend><small>2 of 2</small>We do A often.</legend>" in page
    assert 'nb-paragraphs" lang="de">' in html(curator, draft, 0, "?language=de")


def test_in_a_language_of_ours_all_of_it_is_in_that(curator: Client) -> None:
    bank = latest_bank("readiness")
    page = html(curator, bank, 0, "?language=fr")
    assert '<html lang="fr">' in page
    assert "Qui verra quoi" in page
    assert spaced(bank.translations["fr"]["introduction"])[:40] in page
    assert bank.introduction[:40] not in page
    # As it is for who has chosen French for all pages.
    assert '<html lang="en">' in html(curator, bank, 0)
    curator.get("/?lang=fr")
    assert spaced(bank.translations["fr"]["introduction"])[:40] in html(curator, bank, 0)


@pytest.mark.parametrize(
    "query",
    ["?language=nl", "?language=DE", "?of=peers", "?of=oneself", "?mode=secret", "?mode=x\0"],
)
def test_a_way_that_the_bank_does_not_have(curator: Client, query: str) -> None:
    bank = german_bank()
    for number in (0, 1):
        assert status(curator, bank, number, query) == 404


# Sides and modes


def test_the_wording_of_peers(curator: Client) -> None:
    bank = latest_bank("collaborative-intelligence")
    numbers = range(1, bank.dimensions.count() + 1)
    own = " ".join(html(curator, bank, number) for number in numbers)
    peers = " ".join(html(curator, bank, number, "?of=peers") for number in numbers)
    assert (OWN in own, OF_PEERS in own) == (True, False)
    assert (OWN in peers, OF_PEERS in peers) == (False, True)
    assert "This is for you alone" in own
    assert "Sam Example sees figures only" in peers
    question = bank.questions.exclude(text_of_peers="").first()
    assert question is not None
    french = question.translations["fr"]["text_of_peers"]
    page = html(curator, bank, 1, "?language=fr&of=peers")
    assert french.replace("'", "&#x27;") in page
    assert "?language=fr&amp;of=oneself" in page


def test_the_introduction_of_either_side(curator: Client) -> None:
    bank = bank_of_oneself()
    assert "This is about you, and for you alone." in html(curator, bank, 0)
    page = html(curator, bank, 0, "?of=peers")
    assert "Nobody sees what you answered about Sam Example." in page
    # Of one person the figures need as many peers as the bank says.
    assert "Figures of peers need at least five of them." in page
    # It is confidential always.
    assert status(curator, bank, 0, "?mode=open") == 404


def test_the_modes_are_those_that_a_round_of_it_can_have(curator: Client) -> None:
    either = make_bank("either")
    page = html(curator, either, 0)
    assert '<span aria-current="true">Confidential</span>' in page
    assert '?mode=open">Open by organisation</a>' in page
    assert "This round is open by organisation." in html(curator, either, 0, "?mode=open")
    # Who convenes is too few for a confidential round.
    convener = latest_bank("start-up-checklist")
    assert "This round is open by organisation." in html(curator, convener, 0)
    assert status(curator, convener, 0, "?mode=confidential") == 404


def test_the_appraisal_is_looked_at_as_an_appraisal(curator: Client) -> None:
    bank = latest_bank("invitation-appraisal")
    page = html(curator, bank, 0)
    assert "Nothing is stored" in page
    assert "Who will see what" not in page
    page = html(curator, bank, 1)
    assert "confidential" not in page
    assert "Anything to add?" not in page
    assert 'method="post"' not in page
    assert page.count("<fieldset") > 1
    assert status(curator, bank, 0, "?mode=open") == 404


# On paper


def paper(client: Client, bank: Bank, query: str = "") -> tuple[Any, str]:
    answer = client.get(reverse("bank_paper", args=[bank.pk]) + query)
    assert answer.status_code == 200
    pages = PdfReader(io.BytesIO(answer.content)).pages
    return answer, " ".join(" ".join(page.extract_text() for page in pages).split())


def test_the_form_on_paper_for_peers(curator: Client) -> None:
    bank = latest_bank("collaborative-intelligence")
    answer, own = paper(curator, bank)
    assert answer["Content-Disposition"].endswith(f'"{bank.code}-v{bank.version}.pdf"')
    answer, peers = paper(curator, bank, "?language=en&of=peers")
    assert answer["Content-Disposition"].endswith(f'"{bank.code}-v{bank.version}-en-peers.pdf"')
    assert (OWN in own, OF_PEERS in own) == (True, False)
    assert (OWN in peers, OF_PEERS in peers) == (False, True)
    assert "Person that you answer about" in peers
    assert "Person that you answer about" not in own
    assert f"{bank.title}, for peers, version {bank.version}" in peers


def test_every_form_on_paper_has_its_link(curator: Client) -> None:
    bank = latest_bank("collaborative-intelligence")
    page = spaced(curator.get(reverse("bank", args=[bank.pk])).content.decode())
    at = reverse("bank_paper", args=[bank.pk])
    for query, name in (
        ("language=en", "English"),
        ("language=fr", "French"),
        ("language=en&amp;of=peers", "English, for peers"),
        ("language=fr&amp;of=peers", "French, for peers"),
    ):
        assert f'<a href="{at}?{query}">{name}</a>' in page
    assert f'href="{at}?language=fr&amp;of=peers"' in html(
        curator, bank, 1, "?language=fr&of=peers"
    )


def test_a_form_in_german_under_english_pages(curator: Client) -> None:
    answer, text = paper(curator, german_bank(), "?language=de")
    assert "Wir tun A." in text
    assert "How to mark" in text
    assert PdfReader(io.BytesIO(answer.content)).trailer["/Root"]["/Lang"] == "en"
    for query in ("?language=nl", "?of=peers"):
        at = reverse("bank_paper", args=[Bank.objects.get().pk])
        assert curator.get(at + query).status_code == 404
