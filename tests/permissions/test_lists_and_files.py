"""Lists, searches, filters and files: what a role is given by them is what it may read, and no more. That
none gives away a word that the role may not read, `World.ask` asserts of each."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.urls import reverse

from assessments.reports.charter import render_certificate, render_charter
from assessments.reports.pdf import render_report, render_scorecard
from tests.permissions.rows.row import ROLES
from tests.permissions.world import STAFF, World

pytestmark = pytest.mark.django_db

# --- lists of our own pages: which role, which query, and a word that stands in it or not

LISTS: list[tuple[str, str, str, str, bool]] = [
    ("convener", "audit", "group=people", "Loggedham", True),
    ("convener", "audit", "group=rounds", "Loggedham", False),
    ("convener", "audit", "group=people&since=2000-01-01&until=2000-12-31", "Loggedham", False),
    ("convener", "audit", "page=999", "Loggedham", True),
    ("convener", "audit_table", "group=people", "Loggedham", True),
    ("convener", "audit_table", "group=rounds", "Loggedham", False),
    ("admin", "installation_audit", "group=people", "Bygonethorpe", True),
    ("admin", "installation_audit", "group=banks", "Bygonethorpe", False),
    ("admin", "installation_audit_table", "group=people", "Bygonethorpe", True),
    ("member", "journal", "kind=meeting", "Springmeet", True),
    ("member", "journal", "kind=milestone", "Springmeet", False),
    ("member", "journal", "page=2", "Springmeet", True),
    ("member", "actions", "page=2", "Quayside", True),
    ("curator", "banks", "page=2", "A small bank", True),
]


@pytest.mark.parametrize(("role", "name", "query", "word", "stands"), LISTS)
def test_lists(world: World, role: str, name: str, query: str, word: str, stands: bool) -> None:
    address = f"{world.address(name)}?{query}"
    answer = world.ask(role, "GET", address)
    assert answer.status == 200
    assert (word in answer.readable) == stands
    for other in ROLES:  # none of them is let in by a query
        bare = world.ask(other, "GET", world.address(name))
        assert world.ask(other, "GET", address).told == bare.told


def test_home_lists_ones_own_alone(world: World) -> None:
    known = {"Marlinspike", "Quillmere", "Faroffwick"}
    mine = {
        "stranger": set(),
        "respondent": set(),
        "member": {"Marlinspike"},
        "fellow": {"Marlinspike"},
        "foreign": {"Quillmere"},
        "convener": {"Marlinspike"},
        "rival": {"Quillmere"},
        "admin": known,
        "curator": set(),
        "operator": set(),
    }
    for role in ROLES:
        text = world.ask(role, "GET", "/").readable
        assert {name for name in known if name in text} == mine[role], role


# --- searches and filters of Django's admin

SEARCHES = [
    ("alliances/user/", "q=vault", "vault@example.org"),
    ("alliances/user/", "is_active__exact=1", "vault@example.org"),
    ("alliances/alliance/", "q=Quill", "Quillmere"),
    ("alliances/membership/", "q=Quill", "foreign@example.org"),
    ("alliances/membership/", "role__exact=member", "foreign@example.org"),
    ("assessments/round/", "status__exact=open", "Vernalscan"),
    ("mfa/authenticator/", "q=vault", "vault@example.org"),
]


@pytest.mark.parametrize(("page", "query", "word"), SEARCHES)
def test_searches_of_the_admin(world: World, page: str, query: str, word: str) -> None:
    address = f"/admin/{page}?{query}"
    assert word in world.ask("admin", "GET", address).readable
    for role, told in (("operator", "403"), (STAFF, "403"), ("curator", "302"), ("rival", "302")):
        answer = world.ask(role, "GET", address)
        assert (role, answer.told) == (role, told)
        assert word not in answer.readable


def test_search_finds_no_more_than_it_is_asked_for(world: World) -> None:
    found = world.ask("admin", "GET", "/admin/alliances/alliance/?q=Quill").readable
    assert "Marlinspike" not in found


# By such lookups a list would answer yes or no to anything that hangs on its rows: what people said, whose
# link it is, how a password begins, when somebody was last here.
LOOKUPS = [
    "assessments/round/?responses__comments__text__icontains=Whisper",
    "assessments/round/?responses__answers__value=3",
    "assessments/round/?invitations__email__startswith=a",
    "assessments/round/?invitations__links__token_hash__startswith=a",
    "assessments/round/?result__document__contains=5",
    "assessments/bank/?questions__answers__value=3",
    "assessments/bank/?rounds__name__startswith=V",
    "alliances/user/?password__startswith=md5",
    "alliances/user/?last_login__gte=2026-03-02",
    "alliances/membership/?user__password__startswith=md5",
    "alliances/membership/?user__last_login__gte=2026-03-02",
    "alliances/membership/?participant__internal_stakeholders__unit__startswith=B",
    "alliances/alliance/?participants__internal_stakeholders__unit__startswith=B",
    "alliances/alliance/?difference_pairs__views__itself__contains=Veil",
    "alliances/user/?_to_field=password&_popup=1",
    "account/emailaddress/?user__password__startswith=md5",
    "mfa/authenticator/?data__icontains=JBSW",
    "mfa/authenticator/?data__secret__startswith=J",
    "mfa/authenticator/?last_used_at__gte=2026-03-02",
    "mfa/authenticator/?user__password__startswith=md5",
    "mfa/authenticator/?user__last_login__gte=2026-03-02",
]


@pytest.mark.parametrize("lookup", LOOKUPS)
def test_no_list_of_the_admin_answers_other_questions(world: World, lookup: str) -> None:
    address = f"/admin/{lookup}"
    bare = address.partition("?")[0]
    for role in ("admin", STAFF):
        # As nonsense: to a plain list, or as a mistake; never to a shorter list
        answer = world.ask(role, "GET", address)
        allowed = world.ask(role, "GET", bare).told == "200"
        assert answer.told in (("302", "400") if allowed else ("403",)), role


AUTOCOMPLETE = "/admin/autocomplete/?app_label={}&model_name={}&field_name={}&term=a"


@pytest.mark.parametrize(
    ("app", "model", "field"),
    [
        ("alliances", "membership", "user"),
        ("alliances", "membership", "participant"),
        ("assessments", "response", "organisation"),
        ("assessments", "round", "alliance"),
        ("account", "emailaddress", "user"),
    ],
)
def test_autocomplete_gives_nothing_to_who_may_not_read(
    world: World, app: str, model: str, field: str
) -> None:
    address = AUTOCOMPLETE.format(app, model, field)
    for role in ("operator", STAFF):
        answer = world.ask(role, "GET", address)
        assert answer.told == "403"
        assert "@example.org" not in answer.readable.replace(f"{role}@example.org", "")
    assert world.ask("curator", "GET", address).told == "302"
    # Participants and answers are listed nowhere in the admin, to an admin neither.
    if field in ("participant", "organisation"):
        assert world.ask("admin", "GET", address).told == "403"


# --- files, as they are


@pytest.fixture
def real_papers(monkeypatch: pytest.MonkeyPatch) -> None:
    """The world's papers are blank; these are drawn."""
    for name, drawn in (
        ("results.render_report", render_report),
        ("results.render_scorecard", render_scorecard),
        ("charter_pdf.render_charter", render_charter),
        ("charter_pdf.render_certificate", render_certificate),
    ):
        monkeypatch.setattr(f"assessments.views.{name}", drawn)


@pytest.mark.parametrize(
    ("role", "name", "words"),
    [
        ("member", "report_pdf", ["Marlinspike", "Autumnscan"]),
        ("convener", "report_pdf", ["Marlinspike", "Autumnscan"]),
        ("fellow", "scorecard_pdf", ["Marlinspike", "Autumnscan"]),
        ("member", "charter_pdf", ["Marlinspike", "Oakhanger"]),
        ("fellow", "certificate_pdf", ["Marlinspike", "Ash"]),
    ],
)
def test_papers(world: World, real_papers: None, role: str, name: str, words: list[str]) -> None:
    answer = world.ask(role, "GET", world.address(name))
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.body != b"%PDF-"
    for word in words:
        assert word in answer.readable


def test_a_draft_on_paper_is_its_conveners(world: World, real_papers: None) -> None:
    address = reverse("charter_pdf", args=[world.objects["charter draft"]])
    assert "Draughtwick" in world.ask("convener", "GET", address).readable
    assert world.ask("member", "GET", address).told == "404"


def test_another_alliances_papers_hold_its_own_words(world: World, real_papers: None) -> None:
    address = reverse("report_pdf", args=[world.objects["other closed"]])
    text = world.ask("foreign", "GET", address).readable
    assert "Quillmere" in text
    assert "Zennorby" in text


def test_tables_and_documents(world: World) -> None:
    table = world.ask("member", "GET", world.address("result_csv")).readable
    assert "Part 1" in table
    document = json.loads(world.ask("member", "GET", world.address("result_json")).body)
    assert document["round"] == "Autumnscan"
    assert "by_organisation" not in json.dumps(document)
    own: dict[str, Any] = json.loads(
        world.ask("member", "GET", world.address("own_data_json")).body
    )
    assert "Marlinspike" in json.dumps(own)
    answers = world.ask("respondent", "GET", world.address("own_answers_csv")).readable
    assert "Murmurkeld" in answers
    log = world.ask("convener", "GET", world.address("audit_table"))
    assert log.headers["Content-Type"].startswith("text/csv")
    assert "Loggedham" in log.readable


@pytest.mark.parametrize("format", ["yaml", "json", "xlsx", "csv"])
@pytest.mark.parametrize("role", ["admin", "curator"])
def test_banks_as_files(world: World, role: str, format: str) -> None:
    def at(which: str) -> str:
        return reverse("bank_export", args=[world.objects[which], format])

    assert "Statement A1." in world.ask(role, "GET", at("published bank")).readable
    # a CSV holds the questions alone
    word = "Statement A1." if format == "csv" else "Draftbankle"
    assert word in world.ask(role, "GET", at("draft bank")).readable
    assert world.ask(role, "GET", at("own bank")).told == "404"
