"""The result's page and files: who gets them, what they say, and how many queries they take."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader
from pytest_django import DjangoAssertNumQueries

from alliances.models import Alliance, Membership, Participant, User
from assessments.evidence import collect_evidence
from assessments.forms.banks.reading import RULE_TITLES
from assessments.models import Result, Round
from assessments.reports.record_pages import RECORD_PAGES
from tests.assessments.reports.documents import (
    SAMPLES,
    checks,
    document,
    element,
    member_of,
    not_ready,
    one_withheld,
    open_mode,
    stored_result,
)

pytestmark = pytest.mark.django_db

NAMES = ("result", "report_pdf", "scorecard_pdf", "result_json", "result_csv")
QUERIES_OF_THE_PAGE = 6
"""Session, user, round with alliance, bank and result, permission, dimensions, questions."""
ON_RECORD = 1
"""Whether this reading stands in the audit log already."""


def logged_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def member_client(result: Result, **kwargs: Any) -> Client:
    return logged_in(member_of(result.round.alliance, **kwargs))


class Headings(HTMLParser):
    """Levels of a page's headings, in order, and whether ids are doubled."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.levels: list[int] = []
        self.ids: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self.levels.append(int(tag[1]))
        self.ids += [value for name, value in attrs if name == "id" and value]


@pytest.mark.parametrize("name", NAMES)
def test_nobody_else_finds_the_result(name: str) -> None:
    result = stored_result()
    address = reverse(name, args=[result.round_id])
    stranger = logged_in(User.objects.create_user("stranger@example.org"))
    elsewhere = logged_in(
        member_of(Alliance.objects.create(name="Another alliance"), "other@example.org")
    )
    for client in (stranger, elsewhere):
        assert client.get(address).status_code == 404
    anonymous = Client().get(address)
    assert (anonymous.status_code, anonymous["Location"].split("?")[0]) == (
        302,
        reverse("account_login"),
    )
    assert member_client(result).post(address).status_code == 405


@pytest.mark.parametrize("name", NAMES)
def test_there_is_no_result_before_the_round_closes(name: str) -> None:
    result = stored_result()
    client = member_client(result)
    round_ = result.round
    Round.objects.filter(pk=round_.pk).update(status=Round.Status.OPEN, closed_at=None)
    assert client.get(reverse(name, args=[round_.pk])).status_code == 404
    result.delete()
    Round.objects.filter(pk=round_.pk).update(
        status=Round.Status.CLOSED, closed_at=round_.closed_at
    )
    assert client.get(reverse(name, args=[round_.pk])).status_code == 404
    assert client.get(reverse(name, args=[round_.pk + 1000])).status_code == 404


@pytest.mark.parametrize("name", NAMES)
def test_no_cache_keeps_it(name: str) -> None:
    result = stored_result()
    response = member_client(result).get(reverse(name, args=[result.round_id]))
    assert response.status_code == 200
    assert set(response["Cache-Control"].split(", ")) == {"private", "no-store"}


@pytest.mark.parametrize("name", SAMPLES)
def test_every_kind_of_result_has_a_page_in_good_order(name: str) -> None:
    result = stored_result(SAMPLES[name]())
    html = member_client(result).get(reverse("result", args=[result.round_id])).content.decode()
    page = Headings(html)
    assert page.levels[0] == 1
    assert page.levels.count(1) == 1
    assert all(
        after - before <= 1 for before, after in zip(page.levels, page.levels[1:], strict=False)
    )
    assert len(page.ids) == len(set(page.ids))
    assert html.count('class="nb-element"') == 8
    assert html.count("How this was reached") == 8
    assert html.count("btn-primary") == 1
    assert "style=" not in html
    assert "<script" not in html


def test_a_dimension_with_the_name_of_a_place_on_the_page_takes_none() -> None:
    codes = ["decides", "h-rows", "main", "h-decides"]
    result = stored_result(document([element(code, 40) for code in codes]))
    html = member_client(result).get(reverse("result", args=[result.round_id])).content.decode()
    ids = Headings(html).ids
    assert len(ids) == len(set(ids))
    for code in codes:
        assert f'<details class="nb-element" id="e-{code}"' in html


def test_the_page_opens_the_deciding_element_with_its_advice() -> None:
    result = stored_result()
    html = member_client(result).get(reverse("result", args=[result.round_id])).content.decode()
    assert "<strong>Not ready:</strong> two of eight elements are weak." in html
    assert "<span>The formal charter decides.</span>" in html
    assert '<details class="nb-element" id="e-formal-charter" open>' in html
    assert html.count(" open>") == 1
    section = html[html.index('id="decides"') : html.index('id="h-table"')]
    for said in (
        "The formal charter decides",
        "Put the hardest question first.",
        "On record: 30 of 100",
        "38.20, shown as 38: the mean of eight organisations, one voice each.",
        "r<sub>WG(J)</sub> is 0.46",
        "Scoring 1, question bank “Readiness” version 1.",
    ):
        assert said in section


def test_each_check_leads_to_its_record_on_the_page_and_nowhere_else() -> None:
    published = not_ready()
    made = checks("met", "not", "n/a", "partly")
    codes = ("charter-signed", "rules-agreed", "launch-on-track", "made-up")
    for check, code in zip(made["checks"], codes, strict=True):
        check["code"] = code
    published["elements"][5]["records"] = made
    result = stored_result(published)
    member = member_client(result)
    html = member.get(reverse("result", args=[result.round_id])).content.decode()
    section = html[html.index('id="decides"') : html.index('id="h-table"')]
    alliance = result.round.alliance_id
    for name, label in (
        ("charter", "Recorded fact 1"),
        ("working_rules", "Recorded fact 2"),
        ("launch", "Recorded fact 3"),
    ):
        address = reverse(name, args=[alliance])
        assert f'<th scope="row"><a href="{address}">{label}</a></th>' in section
        assert member.get(address).status_code == 200
    assert '<th scope="row">Recorded fact 4</th>' in section  # nobody knows what it looked at
    # what did not apply comes last
    assert section.index("Recorded fact 4") < section.index("Recorded fact 3")
    report = PdfReader(
        io.BytesIO(member.get(reverse("report_pdf", args=[result.round_id])).content)
    )
    links = {
        annotation.get_object()["/A"]["/URI"]
        for page in report.pages
        for annotation in page.get("/Annots", [])
        if "/URI" in annotation.get_object().get("/A", {})
    }
    assert links == set()
    assert "Did not apply: Recorded fact 3." in " ".join(
        page.extract_text() for page in report.pages
    ).replace("\n", " ")
    assert (
        "/charter/"
        not in member.get(reverse("result_json", args=[result.round_id])).content.decode()
    )


def test_every_check_has_a_page_that_members_may_open() -> None:
    alliance = Alliance.objects.create(name="Tessel Valley")
    member = logged_in(member_of(alliance))
    known = {
        check.code
        for found in collect_evidence(alliance, dt.date(2026, 6, 30)).values()
        for check in found
    }
    assert set(RECORD_PAGES) == known
    answers = {
        name: member.get(reverse(name, args=[alliance.pk])).status_code
        for name in set(RECORD_PAGES.values())
    }
    assert answers == dict.fromkeys(answers, 200)


def test_comments_are_shown_as_text() -> None:
    comments = {"formal-charter": [{"text": "<b>Bold</b>\n\nSecond", "organisation": "Mill & Co"}]}
    result = stored_result(open_mode(), comments=comments)
    html = member_client(result).get(reverse("result", args=[result.round_id])).content.decode()
    assert "<p>&lt;b&gt;Bold&lt;/b&gt;</p>" in html
    assert "Mill &amp; Co" in html


def test_organisations_are_shown_in_open_rounds_alone() -> None:
    closed, opened = stored_result(), stored_result(open_mode())
    for result, shown in ((closed, False), (opened, True)):
        client = member_client(result, email=f"{result.pk}@example.org")
        html = client.get(reverse("result", args=[result.round_id])).content.decode()
        assert ("Organisation by organisation" in html) is shown
        assert ("Organisation 009" in html) is shown


def test_a_withheld_element_says_so_and_shows_nothing() -> None:
    result = stored_result(one_withheld())
    html = member_client(result).get(reverse("result", args=[result.round_id])).content.decode()
    charter = html[html.index('id="e-formal-charter"') :]
    charter = charter[: charter.index("</summary>")]
    assert "Withheld: fewer than five answered, or too alike" in charter
    assert "<svg" not in charter


def test_the_page_takes_the_same_queries_for_few_and_many(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    few = stored_result(open_mode(1))
    client = member_client(few)
    client.get(reverse("result", args=[few.round_id]))  # recorded
    with django_assert_num_queries(QUERIES_OF_THE_PAGE + ON_RECORD):
        client.get(reverse("result", args=[few.round_id]))

    many = open_mode(120)
    many["round"] = "Another round"
    alliance = few.round.alliance
    comments = {e["code"]: [{"text": "x", "organisation": "y"}] * 60 for e in many["elements"]}
    result = stored_result(many, comments=comments, alliance=alliance)
    for number in range(3):
        member_of(alliance, f"m{number}@example.org")
    client.get(reverse("result", args=[result.round_id]))
    with django_assert_num_queries(QUERIES_OF_THE_PAGE + ON_RECORD):
        client.get(reverse("result", args=[result.round_id]))


def test_the_json_is_the_document_itself() -> None:
    published = not_ready()
    published["alliance"] = "Überflut 水"
    result = stored_result(published)
    response = member_client(result).get(reverse("result_json", args=[result.round_id]))
    assert response["Content-Type"] == "application/json"
    assert response["Content-Disposition"] == (
        'attachment; filename="uberflut-readiness-second-round-result.json"'
    )
    assert json.loads(response.content) == published
    assert "Überflut 水" in response.content.decode()


def test_the_csv_has_a_row_an_element() -> None:
    result = stored_result()
    response = member_client(result).get(reverse("result_csv", args=[result.round_id]))
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(response.content.decode())))
    assert [row["element"] for row in rows] == [e["code"] for e in result.document["elements"]]
    assert rows[5]["score"] == "38.2"


def test_the_scorecard_is_that_of_the_members_organisation() -> None:
    result = stored_result()
    alliance = result.round.alliance
    mill = Participant.objects.create(alliance=alliance, name="Upper Mill")
    with_organisation = member_client(result, participant=mill)
    without = logged_in(User.objects.create_superuser("admin@example.org"))
    address = reverse("scorecard_pdf", args=[result.round_id])
    for client, said in (
        (with_organisation, "What is asked next of Upper Mill"),
        (without, "What is asked next of your organisation"),
    ):
        response = client.get(address)
        assert response["Content-Type"] == "application/pdf"
        reader = PdfReader(io.BytesIO(response.content))
        assert len(reader.pages) == 2
        assert said in " ".join(reader.pages[1].extract_text().split())


def test_a_member_who_left_finds_nothing() -> None:
    result = stored_result()
    client = member_client(result)
    Membership.objects.all().delete()
    assert client.get(reverse("result", args=[result.round_id])).status_code == 404


def test_the_service_says_that_it_is_up(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        response = client.get(reverse("healthz"))
    assert (response.status_code, response.content) == (200, b"ok")
    assert client.post(reverse("healthz")).status_code == 405


def test_the_rules_are_there_for_everyone(client: Client) -> None:
    response = client.get(reverse("rules"))
    html = response.content.decode()
    assert response.status_code == 200
    assert set(Headings(html).levels) == {1, 2}
    for said in ("one organisation, one voice", "r<sub>WG(J)</sub>", "Burke, Finkelstein"):
        assert said in html


def test_the_rules_page_tells_every_reading(client) -> None:
    page = client.get("/rules/").content.decode()
    for title, _text in RULE_TITLES.values():
        assert (f"<dt>{title}</dt>" in page) is (title != RULE_TITLES["weakest"][0])
    assert "lies more than 5 points from the middle" in page
