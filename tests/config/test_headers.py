"""What every answer says to the browser, at every address, and that no page holds a script or a style of its own."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.test.client import ClientHandler
from django.urls import reverse

from alliances.models import Alliance
from assessments.models import Round
from tests.addresses import FILES
from tests.factories import make_user
from tests.permissions.rows.accounts import ACCOUNTS
from tests.permissions.rows.admin import ADMIN
from tests.permissions.rows.table import TABLE
from tests.permissions.world import World, world_of_a_module  # noqa: F401

pytestmark = pytest.mark.django_db

POLICY = {
    "default-src": "'none'",
    "object-src": "'none'",
    "style-src": "'self'",
    "font-src": "'self'",
    "img-src": "'self' data:",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
RUNS = re.compile(
    r"<script(?![^>]*\b(?:src=|type=\"application/json\"))[^>]*>|<style|\sstyle=|\son\w+=\"|javascript:",
    re.I,
)
"""A script or a style that stands in the page itself. JSON in a script element is read, never run."""
SCRIPTS = re.compile(r"<script\b[^>]*\bsrc=[^>]*>")
NONCE = re.compile(r"'nonce-[A-Za-z0-9+/]{22}=='")
"""128 bits."""


def assert_safe(answer: Any, address: str) -> None:
    headers = answer.headers
    parts = (part.strip() for part in headers["Content-Security-Policy"].split(";"))
    policy = {name: told for name, _space, told in (part.partition(" ") for part in parts)}
    scripts = policy.pop("script-src")
    assert policy == POLICY, address
    assert_scripts_are_ours(answer, scripts, address)
    assert headers["X-Content-Type-Options"] == "nosniff", address
    assert headers["X-Frame-Options"] == "DENY", address
    assert headers["Referrer-Policy"] in {"same-origin", "strict-origin"}, address
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin", address
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin", address
    assert "camera=()" in headers["Permissions-Policy"], address
    assert "no-store" in headers["Cache-Control"], address
    assert "Access-Control-Allow-Origin" not in headers, address
    kind = headers.get("Content-Type", "").lower().replace('"', "")
    assert kind or not answer.content, address
    assert "charset=utf-8" in kind or not kind.startswith("text/"), address
    if headers.get("Content-Type", "").startswith("text/html"):
        found = RUNS.search(answer.content.decode())
        assert found is None, (address, found)


def assert_scripts_are_ours(answer: Any, told: str, address: str) -> None:
    """Each script of a page bears the nonce of its header; where there is none, none may run. Django's admin
    gives its scripts no nonce, and runs those that come from here."""
    tags = SCRIPTS.findall(answer.content.decode(errors="replace"))
    if told == "'self'":
        assert address.startswith("/admin/"), address
    elif is_page(answer) and tags:
        assert NONCE.fullmatch(told), (address, told)
        nonce = told.removeprefix("'nonce-").removesuffix("'")
        assert {f'nonce="{nonce}"' in tag for tag in tags} == {True}, address
    else:
        assert told == "", (address, told)


def is_page(answer: Any) -> bool:
    return bool(answer.headers.get("Content-Type", "").startswith("text/html"))


def addresses(world: World) -> list[str]:
    rows = [
        *((name, row.arguments) for name, row in TABLE.items()),
        *((name, page.arguments) for name, page in ACCOUNTS.items()),
    ]
    ours = [
        reverse(name, kwargs={key: world.objects.get(value, value) for key, value in given.items()})
        for name, given in rows
    ]
    return [
        *ours,
        *("/admin/" + page.path.format(**world.objects) for page in ADMIN.values()),
    ]


@pytest.mark.parametrize("role", ["stranger", "respondent", "admin"])
def test_every_address(world: World, role: str) -> None:
    pages = 0
    for address in addresses(world):
        # some lead away and back: each as somebody who has just come in
        answer = world.client(role).get(address)
        assert_safe(answer, address)
        pages += answer.headers.get("Content-Type", "").startswith("text/html")
    assert pages > {"stranger": 15, "respondent": 15, "admin": 100}[role]
    assert {"result_csv", "report_pdf"} <= FILES  # and these were among them


@pytest.mark.parametrize("role", ["respondent", "admin"])
def test_every_address_refuses_the_form_of_another_site(world: World, role: str) -> None:
    """Whatever is sent without the mark that its page was ours; nothing is exempt."""
    client = world.client(role)
    client.handler = ClientHandler(enforce_csrf_checks=True)
    found = {address: client.post(address).status_code for address in addresses(world)}
    assert {address for address, status in found.items() if status != 403} == set()
    assert len(found) > 150


def test_each_answer_draws_its_own_nonce() -> None:
    said = {Client().get(reverse("account_login"))["Content-Security-Policy"] for _ in range(3)}
    assert len(said) == 3


def test_a_file_is_called_by_letters_alone(world: World) -> None:
    """Whatever the alliance, the round and the bank are called: no quotation mark or line end that would be
    part of the header, no folder, no ending of another kind."""
    odd = 'Ash"; x=.html\u2028../é<b>'
    said = {}
    with transaction.atomic():
        Alliance.objects.update(name=odd)
        for one in Round.objects.all():
            Round.objects.filter(pk=one.pk).update(name=f"{odd}{one.pk}")
        for name in FILES - {"own_result_pdf", "appraisal_pdf"}:
            row = TABLE[name]
            given = {key: world.objects.get(at, at) for key, at in row.arguments.items()}
            role = "respondent" if name.startswith("own_answers") else "admin"
            answer = world.client(role).get(reverse(name, kwargs=given))
            assert answer.status_code == 200, name
            said[name] = answer.headers["Content-Disposition"]
            assert not answer.headers["Content-Type"].startswith("text/html"), name
        transaction.set_rollback(True)
    assert len(said) > 10
    for name, header in said.items():
        safe = r'(attachment|inline); filename="[\w.-]+\.(csv|json|pdf|txt|yaml|xlsx)"'
        assert re.fullmatch(safe, header, re.A), (name, header)


@pytest.mark.parametrize("address", ["/", "/rules/", "/accounts/login/", "/healthz", "/a/wrong/"])
def test_nothing_is_sent_back_as_it_came(db: None, address: str) -> None:
    """TRACE would show a script the cookies that it may not read."""
    answer = Client().trace(address, headers={"cookie": "secret=1"})
    assert answer.status_code == 405
    assert b"secret=1" not in answer.content


@pytest.mark.parametrize(
    ("html", "runs"),
    [
        ('<script src="/static/js/autosave.js" defer></script>', False),
        ('<script id="js_data" type="application/json">{}</script>', False),
        ("<script>go()</script>", True),
        ('<script type="module">go()</script>', True),
        ('<p style="color: red">', True),
        ('<a onclick="go()">', True),
        ('<a href="javascript:go()">', True),
        ("<p>In style; on time, javascript</p>", False),
    ],
)
def test_what_counts_as_running(html: str, runs: bool) -> None:
    assert bool(RUNS.search(html)) is runs


@pytest.mark.parametrize("address", ["/nothing-is-here/", "/a/wrong/", "/healthz"])
def test_whatever_went_wrong(db: None, address: str) -> None:
    assert_safe(Client().get(address), address)


@pytest.mark.parametrize(
    ("method", "tail"),
    [
        # what a mail program took for a part of the address
        ("get", ")./"),
        ("get", "/more/"),
        # without its last slash, which leads on
        ("get", ""),
        # a browser that keeps no cookies sends no mark
        ("post", "/"),
        ("delete", "/"),
        ("options", "/"),
        ("get", "/?" + "x=1&" * 6000),
    ],
)
def test_no_page_at_a_link_tells_where_it_was(method: str, tail: str) -> None:
    """Of the pages for what went wrong either: their style sheets would be asked for with the token, and
    a proxy writes down from where it was asked."""
    answer = getattr(Client(enforce_csrf_checks=True), method)(f"/a/token{tail}")
    assert answer.headers["Referrer-Policy"] == "strict-origin", answer.status_code
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"


def test_a_page_that_broke_at_a_link_tells_nothing_either(monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(**_given: object) -> None:
        raise RuntimeError("It broke.")

    monkeypatch.setattr("assessments.views.questionnaire.find_visit", breaks)
    answer = Client(raise_request_exception=False).get("/a/token/")
    assert answer.status_code == 500
    assert answer.headers["Referrer-Policy"] == "strict-origin"


def test_nor_does_a_page_at_a_link_to_a_new_password() -> None:
    answer = Client().get("/accounts/password/reset/key/3-d1w2rt-5f1c/")
    assert answer.headers["Referrer-Policy"] == "strict-origin"


def test_other_pages_tell_it_to_ourselves_alone() -> None:
    assert Client().get("/nothing-is-here/").headers["Referrer-Policy"] == "same-origin"


def test_who_logs_out_leaves_no_page_in_the_browser() -> None:
    """But the cookies of a questionnaire that they are answering by the way."""
    client = Client()
    client.force_login(make_user("ada@example.org"))
    assert "Clear-Site-Data" not in client.get(reverse("home")).headers
    answer = client.post(reverse("account_logout"))
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert "Clear-Site-Data" not in Client().post(reverse("account_logout")).headers


def test_static_files_are_kept_by_browsers() -> None:
    answer = Client().get("/static/css/northbound.css")
    assert answer.status_code == 200
    assert "no-store" not in answer.headers.get("Cache-Control", "")
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "Access-Control-Allow-Origin" not in answer.headers
