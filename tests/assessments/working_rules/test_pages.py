"""The check among what a round can ask, on the rules' page, answered, and in its result."""

from __future__ import annotations

import html
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from alliances.models import Alliance, Membership, WorkingRule
from assessments.models import Bank, Round
from assessments.services.rounds import close_round
from assessments.services.working_rules_check import working_rules_bank
from tests.assessments.working_rules.conftest import terms, write_rule
from tests.factories import make_bank, make_response, make_round, make_user

pytestmark = pytest.mark.django_db

NASTY = '<script>alert(1)</script> "we" & =SUM(A1) %s'


def page(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status
    return html.unescape(answer.content.decode())


def new(alliance: Alliance) -> str:
    return reverse("round_new", args=[alliance.pk])


def sent(alliance: Alliance, **changes: Any) -> dict[str, Any]:
    given = terms(alliance)
    return {
        "name": given["name"],
        "bank": "working-rules",
        "mode": "open",
        "threshold": "1",
        "closes_on": given["closes_on"].isoformat(),
        "people": [person.pk for person in given["representatives"]],
    } | changes


def test_it_stands_among_what_can_be_asked(client, alliance, rules) -> None:
    make_bank()
    found = page(client, new(alliance))
    closer = found.split("Look closer")[1]
    assert f'href="{new(alliance)}?bank=working-rules">Working rules check</a>' in closer
    assert "We warn early · We ask why first · We answer in two days" in closer
    assert "2 minutes" in closer
    found = page(client, f"{new(alliance)}?bank=working-rules")
    assert "Open a round: Working rules check" in found
    assert 'value="Working rules check"' in found
    assert Bank.objects.exclude(code="small").count() == 0


def test_without_rules_it_says_what_to_do_first(client, alliance) -> None:
    make_bank("small")
    make_bank("other")
    closer = page(client, new(alliance)).split("Look closer")[1]
    assert "No working rules are written down yet." in closer
    assert f'href="{reverse("working_rules", args=[alliance.pk])}"' in closer
    assert "?bank=working-rules" not in closer
    write_rule(alliance, "We warn early.", agreed_on=None)
    assert "No working rule is agreed on yet." in page(client, new(alliance))
    answer = client.post(new(alliance), sent(alliance))
    assert answer.status_code == 422
    assert Round.objects.count() == 0


def test_a_convener_opens_it(client, alliance, rules, mailoutbox) -> None:
    make_bank()
    answer = client.post(new(alliance), sent(alliance))
    round_ = Round.objects.get()
    assert answer.headers["Location"] == reverse("round", args=[round_.pk])
    assert (round_.bank.alliance, round_.bank.version) == (alliance, 1)
    assert round_.bank.questions.count() == 3
    assert len(mailoutbox) == 4
    # Where it is under way, the way there stands in its place.
    make_bank("other")
    shown = page(client, f"{new(alliance)}?bank=working-rules")
    closer = shown.split("Look closer")[1].split("<footer")[0]
    assert "Go to First check" in closer
    assert "?bank=working-rules" not in closer
    assert client.post(new(alliance), sent(alliance, name="Second")).status_code == 422


def test_terms_that_are_refused_leave_nothing(client, alliance, rules) -> None:
    make_bank()
    answer = client.post(new(alliance), sent(alliance, mode="confidential", threshold="5"))
    assert answer.status_code == 422
    assert "A confidential round of fewer than 5 people" in html.unescape(answer.content.decode())
    assert Bank.objects.filter(alliance=alliance).count() == 0


def test_the_rules_page_leads_to_it_for_conveners(client, alliance, rules) -> None:
    path = reverse("working_rules", args=[alliance.pk])
    link = f'href="{new(alliance)}?bank=working-rules">Ask how well they are kept</a>'
    assert link in page(client, path)
    member = make_user()
    Membership.objects.create(alliance=alliance, user=member, role=Membership.Role.MEMBER)
    reads = Client()
    reads.force_login(member, backend="django.contrib.auth.backends.ModelBackend")
    assert "We warn early" in page(reads, path)
    assert "?bank=working-rules" not in page(reads, path)
    WorkingRule.objects.update(agreed_on=None)
    assert "?bank=working-rules" not in page(client, path)


def test_nasty_rules_are_asked_answered_and_told(client, alliance) -> None:
    made_of = [
        write_rule(alliance, text, example=NASTY * 30)
        for text in (NASTY, "y" * 300, "One\r\ntwo \x0b\u202e“three”", "=1+1")
    ]
    bank = working_rules_bank(alliance=alliance, by=None)
    made = make_round(alliance, bank, organisations=6, name="Check")
    respondent = Client()
    respondent.post(made.link(5))
    home = f"/questionnaire/{made.round.pk}/"
    for number in range(1, 5):
        answer = respondent.get(f"{home}{number}/")
        assert answer.status_code == 200
        assert b"<script>alert(1)" not in answer.content
    assert "We keep to this rule: <script>alert(1)</script>" in page(respondent, f"{home}1/")
    assert "We keep to this rule: One two “three”." in page(respondent, f"{home}3/")
    for place in range(5):
        answers: dict[str, Any] = {
            f"WR{rule.pk}": 2 + number % 3 for number, rule in enumerate(made_of)
        }
        make_response(made, place, answers=answers, submitted=True)
    result = close_round(round=made.round)
    for name in ("result", "report_pdf", "scorecard_pdf", "result_json", "result_csv"):
        answer = client.get(reverse(name, args=[made.round.pk]))
        assert answer.status_code == 200, name
        # A file of figures holds the title as it is, and no browser takes it for a page.
        if name in ("result_json", "result_csv"):
            assert answer["Content-Disposition"].startswith("attachment")
            assert not answer["Content-Type"].startswith("text/html")
            assert answer["X-Content-Type-Options"] == "nosniff"
        else:
            assert b"<script>alert(1)" not in answer.content
        if name == "result_csv":
            assert b",'=1+1," in answer.content
    assert result.document["reading"]["lowest"] == f"rule-{made_of[0].pk}"


# On 1 to 5, 5 is 100, 3 is 50, 2 is 25; strong from 75, mixed from 50.
@pytest.mark.parametrize(("value", "band"), [(5, "strong"), (3, "mixed"), (2, "weak")])
def test_a_single_rule_is_told_in_words(client, alliance, value: int, band: str) -> None:
    rule = write_rule(alliance, "We warn early.")
    bank = working_rules_bank(alliance=alliance, by=None)
    made = make_round(alliance, bank, organisations=5, mode="open", threshold=1)
    for place in range(5):
        make_response(made, place, answers={f"WR{rule.pk}": value}, submitted=True)
    close_round(round=made.round)
    found = " ".join(page(client, reverse("result", args=[made.round.pk])).split())
    assert f"<h1><strong>Working rules check:</strong> its one element is {band}." in found
