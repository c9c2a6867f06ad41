"""No address of ours leads to another server, whatever it is asked to."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, urljoin, urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from alliances.models import User

pytestmark = pytest.mark.django_db

PASSWORD = "harbour-lantern-42"
ELSEWHERE = [
    "https://evil.example/",
    "//evil.example/",
    "///evil.example/",
    "https:evil.example",
    "https:///evil.example/",
    "/\\evil.example/",
    "\\\\evil.example/",
    "/\t/evil.example/",
    "\t//evil.example/",
    "\x09//evil.example/",
    " //evil.example/",
    "\n//evil.example/",
    "/\r\n/evil.example/",
    "https://testserver@evil.example/",
    "https://testserver.evil.example/",
    "javascript:alert(1)",
    "data:text/html,hello",
]


def leads_to(location: str) -> str:
    """Scheme and host to which a browser goes: it drops tabs and line ends, takes \\ for /, and does not
    mind how many slashes there are."""
    said = "".join(mark for mark in location.strip() if mark not in "\t\r\n").replace("\\", "/")
    scheme, _colon, rest = said.partition(":")
    if scheme.lower() in ("http", "https"):
        said = f"{scheme}://{rest.lstrip('/')}"
    elif said.startswith("//"):
        said = f"//{said.lstrip('/')}"
    found = urlsplit(urljoin("http://testserver/accounts/login/", said))
    return f"{found.scheme}://{found.netloc}"


@pytest.mark.parametrize(
    ("location", "expected"),
    [
        ("/rules/", "http://testserver"),
        ("rules/", "http://testserver"),
        ("/accounts/login/?next=https://evil.example/", "http://testserver"),
        *((one, "http://evil.example") for one in ELSEWHERE[1:3]),
        *((one, "https://evil.example") for one in ("https:evil.example", "https:///evil.example")),
        *((one, "http://evil.example") for one in ELSEWHERE[5:13]),
        ("javascript:alert(1)", "javascript://"),
    ],
)
def test_this_reads_addresses_as_browsers_do(location: str, expected: str) -> None:
    assert leads_to(location) == expected


@pytest.fixture
def user() -> User:
    return User.objects.create_user("known@example.org", PASSWORD)


def inside(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.mark.parametrize("where", ELSEWHERE)
def test_what_is_asked_for_after_the_login(user: User, where: str) -> None:
    sent = {"login": user.email, "password": PASSWORD}
    asked = "?next=" + quote(where)
    login = reverse("account_login")
    answers: list[Any] = [
        Client().post(login, {**sent, "next": where}),
        Client().post(login + asked, sent),
        # who is in already
        inside(user).get(login + asked),
        inside(user).get(reverse("account_request_login_code") + asked),
        inside(user).post(reverse("mfa_login_webauthn") + asked),
        inside(user).post(reverse("account_reauthenticate") + asked, {"password": PASSWORD}),
        inside(user).post(reverse("account_reauthenticate"), {"password": PASSWORD, "next": where}),
        inside(user).post(reverse("account_logout"), {"next": where}),
        inside(user).post(reverse("account_logout") + asked),
        Client().get("/admin/login/" + asked),
        Client().post(reverse("account_request_login_code") + asked, {"email": user.email}),
    ]
    for place, answer in enumerate(answers):
        assert answer.status_code == 302, place
        assert leads_to(answer["Location"]) == "http://testserver", place


def test_where_one_wanted_to_go_is_where_one_comes(user: User) -> None:
    """Not that everything is refused."""
    answer = Client().post(
        reverse("account_login"),
        {"login": user.email, "password": PASSWORD, "next": "/alliances/new/"},
    )
    assert answer["Location"] == "/alliances/new/"


@pytest.mark.parametrize(
    "path", ["//evil.example/", "//evil.example", "/\\evil.example", "/%09/evil.example"]
)
@pytest.mark.parametrize("query", ["", "?lang=fr", "?lang=fr&lang=en&x=//evil.example"])
def test_an_address_with_another_one_in_it(path: str, query: str) -> None:
    answer = Client().get(f"http://testserver{path}{query}")
    if answer.status_code in (301, 302):
        assert leads_to(answer["Location"]) == "http://testserver"
    else:
        assert answer.status_code == 404
