"""The page that says what happens with what people say: from the settings, for everybody."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from config.sessions import OF_OTHERS
from tests.factories import make_response, make_round

pytestmark = pytest.mark.django_db


def read(**asked: Any) -> str:
    html = Client(**asked).get(reverse("privacy")).content.decode()
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_who_runs_the_server_is_named(settings: Any) -> None:
    settings.OPERATOR_NAME, settings.OPERATOR_CONTACT = "Example <Foundation>", "p@example.org"
    html = Client().get(reverse("privacy")).content.decode()
    assert "<dt>Example &lt;Foundation&gt;</dt>" in html
    assert '<a href="mailto:p@example.org">p@example.org</a>' in html


def test_a_contact_that_is_no_address_is_no_link(settings: Any) -> None:
    settings.OPERATOR_CONTACT = "by post, or p@example.org"
    html = Client().get(reverse("privacy")).content.decode()
    assert "by post, or p@example.org" in html
    assert "mailto:" not in html


def test_a_demonstration_says_that_it_is_nobodys() -> None:
    assert "Whoever started this demonstration" in read()


def test_the_periods_are_those_that_are_carried_out(settings: Any) -> None:
    settings.RETENTION_ANSWERS_DAYS = 90
    settings.RETENTION_COMMENTS_DAYS = 365
    settings.RETENTION_INVITATIONS_DAYS = None
    text = read()
    answers = "Answers that you sent in, and the link that leads to them"
    assert f"{answers} 90 days after the round is over" in text
    # They go with the answers, whatever else is set.
    assert "Your comments, as you wrote them 90 days after the round is over" in text
    assert "on the list of a round until somebody deletes it" in text


def test_the_log_that_stays_is_told() -> None:
    text = read()
    assert "The log of who did what for good; in it stands no person’s name or address" in text
    assert "The conveners and the administrators read this log." in text
    assert "the day of your last login" in text
    assert f"A login until you log out, and {OF_OTHERS.days} days at most" in text


def test_production_keeps_no_mail(settings: Any) -> None:
    assert "Mail of this demonstration 30 days" in read()
    settings.DEMONSTRATION = False
    assert "Mail of this demonstration" not in read()


def test_every_foot_leads_there_and_so_does_the_first_page_of_a_questionnaire() -> None:
    made = make_round()
    make_response(made, answers={"A1": 1})
    client = Client()
    client.post(made.link())
    base = f"/questionnaire/{made.round.pk}/"
    link = f'href="{reverse("privacy")}"'
    for address in (made.link(), base, f"{base}1/", f"{base}review/", f"{base}data/"):
        assert link in client.get(address).content.decode(), address
    for address in ("/", "/rules/", "/accounts/login/", "/nothing-here/", "/a/unknown/"):
        assert link in Client().get(address).content.decode(), address
    seen = client.get(base).content.decode().partition('id="h-seen"')[2].partition("</section>")[0]
    assert link in seen


def test_no_session_is_read_or_made() -> None:
    answer = Client().get(reverse("privacy"))
    assert answer.status_code == 200
    assert answer.cookies == {}


# --- whom to tell of a weakness, in the form that RFC 9116 gives it


def told(**asked: Any) -> list[str]:
    answer = Client(**asked).get("/.well-known/security.txt", secure=True)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    return answer.content.decode("utf-8").splitlines()


def test_weaknesses_are_told_to_the_operator(settings: Any) -> None:
    settings.OPERATOR_CONTACT = "o'brien+privacy@example.org"
    contact, expires = told()
    assert contact == "Contact: mailto:o%27brien%2Bprivacy@example.org"
    name, _colon, moment = expires.partition(": ")
    assert name == "Expires"
    left = dt.datetime.strptime(moment, "%Y-%m-%dT%H:%M:%S%z") - dt.datetime.now(dt.UTC)
    assert dt.timedelta(days=28) < left <= dt.timedelta(days=30)


def test_whoever_is_reached_in_another_way_is_reached_by_the_page(settings: Any) -> None:
    settings.OPERATOR_CONTACT = "by post: 1 Quay Street"
    assert told()[0] == "Contact: https://testserver/privacy/"
    # the standard takes no address of the web that is not encrypted
    assert Client().get("/.well-known/security.txt").status_code == 404


def test_where_nobody_is_named_nobody_is_to_be_told() -> None:
    assert Client().get("/.well-known/security.txt", secure=True).status_code == 404
