"""Whoever guesses links is told that there is none, and then to stop; whoever has one is not kept waiting."""

from __future__ import annotations

import secrets
import time
from collections import Counter
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments.views.questionnaire import link
from assessments.views.respondents import cookie_name
from tests.factories import MadeRound, make_alliance, make_bank, make_round

pytestmark = pytest.mark.django_db

GUESSER, HONEST = "203.0.113.7", "198.51.100.20"
ALLOWED = 30
"""Wrong links an address may open within ten minutes, as docs/operating.md says."""


@pytest.fixture
def round_() -> MadeRound:
    return make_round(make_alliance(), make_bank(), name="Open")


def guess(client: Client, **where: Any) -> Any:
    return client.get(f"/a/{secrets.token_urlsafe(32)}/", **where)


def open_link(round_: MadeRound, **where: Any) -> tuple[int, int]:
    """The status of a right link's page, and how many queries it took."""
    with CaptureQueriesContext(connection) as queries:
        answer = Client().get(f"/a/{round_.tokens[0]}/", **where)
    assert "btn-primary" in answer.content.decode()
    return answer.status_code, len(queries)


def test_ten_thousand_wrong_links(round_: MadeRound) -> None:
    """Of the view itself: what stands around it is the same for every page, and takes as long again."""
    before = open_link(round_, REMOTE_ADDR=HONEST)
    answers: Counter[tuple[int, bytes]] = Counter()
    for number in range(10_000):
        token = secrets.token_urlsafe(32)
        request = RequestFactory().get(f"/a/{token}/", REMOTE_ADDR=GUESSER)
        request.user, request.LANGUAGE_CODE = AnonymousUser(), "en"  # type: ignore[attr-defined]
        answer = link(request, token)
        answers[answer.status_code, answer.content] += 1
        if number in (0, ALLOWED, 5000):
            assert open_link(round_, REMOTE_ADDR=HONEST) == before
    assert sorted((status, count) for (status, _body), count in answers.items()) == [
        (404, ALLOWED),
        (429, 10_000 - ALLOWED),
    ]
    assert open_link(round_, REMOTE_ADDR=HONEST) == before
    assert before[0] == 200


def test_who_goes_on_guessing_costs_two_queries_and_writes_nothing(round_: MadeRound) -> None:
    client = Client(REMOTE_ADDR=GUESSER)
    for _ in range(ALLOWED + 1):
        guess(client)
    with CaptureQueriesContext(connection) as queries:
        answer = guess(client)
    assert answer.status_code == 429
    # the link is looked for, and then the note that this address shall pause
    assert [query["sql"].split()[0] for query in queries] == ["SELECT", "SELECT"]


def test_the_page_says_what_to_do(round_: MadeRound) -> None:
    client = Client(REMOTE_ADDR=GUESSER)
    for _ in range(ALLOWED):
        assert guess(client).status_code == 404
    answer = guess(client, headers={"accept-language": "en"})
    assert answer["Retry-After"] == "60"
    assert answer["Referrer-Policy"] == "strict-origin"
    assert "Wait ten minutes, then try again" in answer.content.decode()


def test_a_right_link_opens_whoever_guesses_beside_it(round_: MadeRound) -> None:
    client = Client(REMOTE_ADDR=GUESSER)
    for _ in range(ALLOWED + 1):
        guess(client)
    assert open_link(round_, REMOTE_ADDR=GUESSER)[0] == 200


def test_right_links_are_never_counted(round_: MadeRound) -> None:
    client = Client(REMOTE_ADDR=GUESSER)
    for _ in range(ALLOWED * 2):
        client.get(f"/a/{round_.tokens[0]}/")
        # nor does a browser guess that holds no link
        client.get(reverse("questionnaire", args=[round_.round.pk]))
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM northbound_counted")
        assert cursor.fetchone() == (0,)
    assert guess(client).status_code == 404


def test_guesses_by_cookie_count_as_well(round_: MadeRound) -> None:
    client = Client(REMOTE_ADDR=GUESSER)
    page = reverse("questionnaire", args=[round_.round.pk])
    save = reverse("questionnaire_save", args=[round_.round.pk])
    for _ in range(ALLOWED // 2):
        client.cookies[cookie_name(round_.round.pk)] = secrets.token_urlsafe(32)
        assert client.get(page).status_code == 404
        assert client.post(save, {"code": "A1", "value": "4"}).status_code == 404
    assert client.get(page).status_code == 429
    assert client.post(save, {"code": "A1", "value": "4"}).status_code == 429
    assert guess(client).status_code == 429


def test_after_ten_minutes_one_may_try_again(monkeypatch: pytest.MonkeyPatch) -> None:
    client = Client(REMOTE_ADDR=GUESSER)
    for _ in range(ALLOWED + 1):
        guess(client)
    later = time.time() + 601
    monkeypatch.setattr("time.time", lambda: later)
    cache.clear()  # the pause of a minute: the database's clock cannot be moved
    assert guess(client).status_code == 404


def test_the_token_stands_in_no_page_and_no_address(round_: MadeRound) -> None:
    """Of whoever holds it: else it would be copied, printed and shown with the page."""
    token, home = round_.tokens[0], reverse("questionnaire", args=[round_.round.pk])
    client = Client()
    looked = client.get(round_.link())
    begun = client.post(round_.link())
    assert begun["Location"] == home
    assert begun.cookies[cookie_name(round_.round.pk)]["path"] == home
    client.post(f"{home}save/", {"code": "A1", "value": "4"})
    answers = [
        looked,
        begun,
        client.get(home),
        client.get(f"{home}1/"),
        client.get(f"{home}review/"),
    ]
    client.post(f"{home}submit/")
    answers += [client.get(f"{home}done/"), client.get(f"{home}review/")]
    for answer in answers:
        assert token not in answer.content.decode()
        assert token not in answer.headers.get("Location", "")
        assert answer["Referrer-Policy"] == "strict-origin"
    for answer in answers[2:]:
        assert answer.status_code == 200


def test_looking_at_a_link_changes_nothing(round_: MadeRound) -> None:
    client = Client()
    for method in (client.get, client.head, client.get):
        assert method(round_.link()).status_code == 200
    assert set(client.cookies) == {"csrftoken"}
    assert not round_.round.responses.exists()
    assert set(round_.round.invitations.values_list("progress", flat=True)) == {"invited"}


# Who counts as one


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        # nobody is believed: every request counts for who connected
        (0, "1.2.3.{n}", GUESSER),
        # our proxy has added who connected to it, whatever they said before
        (1, f"1.2.3.{{n}}, {GUESSER}", "127.0.0.1"),
        (1, f"1.2.3.{{n}},5.6.7.8,{GUESSER}", "127.0.0.1"),
        (2, f"1.2.3.{{n}}, {GUESSER}, 10.0.0.5", "127.0.0.1"),
        # fewer proxies than were said, and words instead of an address: all share one count
        (2, "1.2.3.{n}", "127.0.0.1"),
        (1, "nobody-{n}", "127.0.0.1"),
        (1, "", "127.0.0.1"),
    ],
)
def test_a_forged_header_does_not_lift_the_limit(
    settings: Any, proxies: int, forwarded: str, address: str
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    found = [
        guess(
            Client(),
            REMOTE_ADDR=address,
            headers={"x-forwarded-for": forwarded.format(n=n), "x-real-ip": f"9.9.9.{n}"},
        ).status_code
        for n in range(ALLOWED + 2)
    ]
    assert found == [404] * ALLOWED + [429] * 2


@pytest.mark.parametrize("proxies", [1, 2])
def test_behind_proxies_each_is_counted_alone(settings: Any, proxies: int) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    behind = ", 10.0.0.5" if proxies == 2 else ""
    found = {
        guess(
            Client(), REMOTE_ADDR="127.0.0.1", headers={"x-forwarded-for": f"203.0.113.{n}{behind}"}
        ).status_code
        for n in range(ALLOWED + 2)
    }
    assert found == {404}


@pytest.mark.parametrize(
    ("addresses", "expected"),
    [
        # one household's network
        ("2001:db8:1:2::{n:x}", 429),
        # many households
        ("2001:db8:1:{n:x}::1", 404),
        # IPv4 as a server that listens on both writes it
        ("::ffff:203.0.113.{n}", 404),
    ],
)
def test_an_ipv6_network_counts_as_one(addresses: str, expected: int) -> None:
    for n in range(ALLOWED + 1):
        answer = guess(Client(REMOTE_ADDR=addresses.format(n=n)))
    assert answer.status_code == expected


def test_what_is_counted_names_nobody(round_: MadeRound) -> None:
    guess(Client(REMOTE_ADDR=GUESSER))
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key, value FROM northbound_counted")
        rows = cursor.fetchall()
    assert len(rows) == 1
    assert GUESSER not in str(rows)
    assert "link" not in str(rows)
