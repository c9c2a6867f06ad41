"""In which language a page, a mail and a paper is: the address, the cookie, the account, the browser."""

from __future__ import annotations

import datetime as dt
import io
import re
from typing import Any

import pytest
from django.test import Client
from django.utils import translation
from pypdf import PdfReader

from alliances.models import Membership, User
from alliances.services.access_mail import mail_access
from alliances.services.people import add_representative
from assessments.models import Invitation
from assessments.services.banks.store import latest_bank
from assessments.services.invitations import send_invitations
from assessments.services.rounds import close_round, open_round
from tests.factories import (
    make_alliance,
    make_bank,
    make_participant,
    make_representative,
    make_response,
    make_round,
    make_user,
)

pytestmark = pytest.mark.django_db

FRENCH = {"accept-language": "fr-FR,fr;q=0.9,en;q=0.5"}
COOKIE = "django_language"


def language_of(answer: Any) -> str:
    found = re.search(r'<html lang="(\w+)"', answer.content.decode())
    assert found is not None
    return found[1]


def logged_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.mark.parametrize(
    ("browser", "language"),
    [
        ("fr", "fr"),
        ("fr-CA", "fr"),
        ("en-GB", "en"),
        ("de", "en"),
        ("de, fr;q=0.5", "fr"),
        ("", "en"),
    ],
)
def test_the_browser_says(browser: str, language: str) -> None:
    answer = Client().get("/", headers={"accept-language": browser})
    assert language_of(answer) == language
    assert "Accept-Language" in answer.headers["Vary"]


def test_the_foot_of_a_page_offers_both() -> None:
    page = Client().get("/").content.decode()
    assert '<a class="nb-tap" href="?lang=fr" lang="fr" hreflang="fr">Français</a>' in page
    assert '<span lang="en" aria-current="true">English</span>' in page


def test_what_is_chosen_is_kept() -> None:
    client = Client()
    answer = client.get("/rules/?lang=fr")
    assert (answer.status_code, answer["Location"]) == (302, "/rules/")
    cookie = answer.cookies[COOKIE]
    assert (cookie.value, cookie["httponly"], cookie["samesite"]) == ("fr", True, "Lax")
    assert language_of(client.get("/rules/")) == "fr"
    # It outweighs the browser.
    assert language_of(client.get("/", headers={"accept-language": "en"})) == "fr"
    client.get("/?lang=en")
    assert language_of(client.get("/", headers=FRENCH)) == "en"


def test_the_rest_of_the_address_stays() -> None:
    answer = Client().get("/rules/?a=1&lang=fr&b=%26")
    assert answer["Location"] == "/rules/?a=1&b=%26"
    page = Client().get("/?a=1").content.decode()
    assert "?a=1&amp;lang=fr" in page


@pytest.mark.parametrize("wanted", ["de", "", "fr-FR", "../fr", "x" * 3000, "fr\0"])
def test_what_is_no_language_changes_nothing(wanted: str) -> None:
    answer = Client().get("/", {"lang": wanted})
    assert answer.status_code == 200
    assert COOKIE not in answer.cookies


@pytest.mark.parametrize("path", ["//evil.example/", "///evil.example", "/\\evil.example"])
def test_it_leads_nowhere_else(path: str) -> None:
    answer = Client().get("/", {"lang": "fr"}, PATH_INFO=path)
    assert answer["Location"].startswith("/")
    assert not answer["Location"].startswith(("//", "/\\"))


def test_what_is_sent_is_not_led_away() -> None:
    made = make_round()
    client = Client()
    client.post(made.link())
    home = f"/questionnaire/{made.round.pk}/"
    answer = client.post(f"{home}save/?lang=fr", {"code": "A1", "value": "4"})
    assert answer.json() == {"saved": True}


def test_the_account_keeps_it_for_the_next_browser() -> None:
    user = make_user()
    make_alliance(member=user)
    logged_in(user).get("/?lang=fr")
    user.refresh_from_db()
    assert user.language == "fr"
    assert language_of(logged_in(user).get("/")) == "fr"
    other = logged_in(user)
    other.get("/?lang=en")
    assert language_of(other.get("/")) == "en"


def test_a_respondent_reads_no_session(django_assert_num_queries) -> None:
    made = make_round()
    with django_assert_num_queries(2):
        assert language_of(Client().get(made.link(), headers=FRENCH)) == "fr"


def test_the_questionnaire_is_in_it_bank_and_all() -> None:
    made = make_round(bank=latest_bank("readiness"))
    client = Client(headers=FRENCH)
    client.post(made.link())
    page = client.get(f"/questionnaire/{made.round.pk}/1/").content.decode()
    for words in ("Difficulté commune", "Tout à fait d’accord", "Je ne sais pas", "1 sur 8"):
        assert words in page
    assert "Strongly agree" not in page
    assert "I don’t know" not in page


# Mail


def test_mail_is_in_the_language_of_who_reads_it(mailoutbox) -> None:
    ada = make_user("ada@example.org", name="Ada")
    bob = make_user("bob@example.org", name="Bob")
    alliance = make_alliance(convener=ada, member=bob)
    User.objects.filter(pk=bob.pk).update(language="fr")
    for who in (ada, bob):
        mail_access(
            membership=Membership.objects.select_related("user", "alliance").get(user=who),
            login_url="https://here.example/",
        )
    english, french = mailoutbox
    assert "Dear Ada" in english.body
    assert "Bonjour" in french.body
    assert alliance.name in french.subject
    assert translation.get_language() == "en"


def test_an_invitation_is_in_the_language_on_record(mailoutbox) -> None:
    alliance = make_alliance()
    participant = make_participant(alliance, "Ash")
    person = add_representative(
        participant=participant, name="Zoé", email="zoe@example.org", language="fr"
    )
    assert person.language == "fr"
    made = make_round(alliance, organisations=2)
    Invitation.objects.filter(pk=made.invitations[0].pk).update(language="fr")
    for invitation in Invitation.objects.all():
        invitation.links.all().delete()
    with translation.override("fr"):
        send_invitations(round=made.round, base_url="https://here.example/")
    french, english = mailoutbox
    assert french.subject.endswith("quel est notre état de préparation\u00a0?")
    assert "Bonjour Person 1 of Organisation A," in french.body
    assert english.subject.endswith("how ready are we?")


def test_a_round_takes_over_the_language_of_each() -> None:
    alliance = make_alliance()
    participant = make_participant(alliance, "Ash")
    people = [
        make_representative(participant, "Zoé", language="fr"),
        make_representative(participant, "Ann"),
    ]
    round_ = open_round(
        alliance=alliance,
        bank=make_bank(),
        name="First",
        mode="open",
        threshold=1,
        closes_on=dt.date(2999, 1, 1),
        representatives=people,
    )
    assert dict(round_.invitations.values_list("name", "language")) == {"Zoé": "fr", "Ann": ""}


# Paper


def text_of(content: bytes) -> str:
    return " ".join(
        " ".join(p.extract_text() for p in PdfReader(io.BytesIO(content)).pages).split()
    )


def test_report_and_scorecard_are_in_it() -> None:
    ada = make_user()
    alliance = make_alliance(convener=ada)
    made = make_round(alliance, latest_bank("readiness"), mode="open", threshold=1)
    codes = list(made.round.bank.questions.values_list("code", flat=True))
    make_response(made, 0, answers=dict.fromkeys(codes, 3), submitted=True)
    close_round(round=made.round)
    client = logged_in(ada)
    for name, words in (
        ("report.pdf", ("Sommaire", "Difficulté commune", "Que faire", "2 sur ")),
        ("scorecard.pdf", ("Synthèse", "Terrain d’entente")),
    ):
        french = client.get(f"/rounds/{made.round.pk}/{name}", headers=FRENCH).content
        english = client.get(f"/rounds/{made.round.pk}/{name}").content
        assert PdfReader(io.BytesIO(french)).trailer["/Root"]["/Lang"] == "fr"
        assert PdfReader(io.BytesIO(english)).trailer["/Root"]["/Lang"] == "en"
        for word in words:
            assert word in text_of(french)
        assert "Common pain" not in text_of(french)
        assert "Common pain" in text_of(english)
        # Each time the same.
        assert client.get(f"/rounds/{made.round.pk}/{name}", headers=FRENCH).content == french
