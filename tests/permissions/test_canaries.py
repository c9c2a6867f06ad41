"""What one role reads and another never does. That none reads what it may not, `World.ask` asserts of every
answer in this folder; here it is asked of more, and that each word can be found at all."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse

from assessments.views.questionnaire import cookie_name
from tests.permissions.asking import answer_of
from tests.permissions.canaries import CANARIES, found_in
from tests.permissions.rows.row import ROLES
from tests.permissions.rows.table import TABLE
from tests.permissions.world import World

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("word", [word for word, one in CANARIES.items() if one.shown])
def test_who_may_read_it_does(world: World, word: str) -> None:
    for row, roles in CANARIES[word].shown.items():
        name, _of, which = row.partition(" of ")
        address = reverse(name, args=[world.objects[which]]) if which else world.address(name)
        for role in roles:
            answer = world.ask(role, "GET", address)
            assert (row, role, answer.status) == (row, role, 200)
            assert word in answer.readable, (row, role)


def test_every_answer_is_looked_through(world: World) -> None:
    """The look itself, on an answer that gives away what it may not."""
    answer = world.ask("member", "GET", world.address("people"))
    with pytest.raises(AssertionError, match=r"Tablegate.*foreign"):
        world.look_through("foreign", "/", answer)
    assert found_in("Marlinspike", ["Marlinspike"], holds_link=True) == []


@pytest.mark.parametrize("role", ROLES)
def test_the_same_rows_in_another_alliance(world: World, role: str) -> None:
    """Its own people read their own words and none of ours; ours read nothing there."""
    there = {
        key: world.objects[f"other {key}"]
        for key in ("alliance", "participant", "representative", "entry", "closed", "open")
    }
    there |= {
        "membership": world.objects["other membership"],
        "charter out": world.objects["other charter"],
        "invitation": world.objects["other invitation"],
    }
    asked = 0
    for name, row in TABLE.items():
        if not any(value in there for value in row.arguments.values() if isinstance(value, str)):
            continue
        given = {key: there.get(value, value) for key, value in row.arguments.items()}
        try:
            address = reverse(name, kwargs=given)
        except NoReverseMatch:  # no such thing there
            continue
        asked += 1
        told = world.ask(role, "GET", address).told
        if role in ("stranger", "respondent"):
            assert told in ("L", "404", "405"), name
        elif role not in ("foreign", "rival", "admin"):
            assert told in ("404", "405"), name
    assert asked > 70


def test_whom_a_round_is_about_reads_it_and_no_single_voice(world: World) -> None:
    pk, token = world.objects["subject"]
    client = Client()
    client.cookies[cookie_name(pk)] = token
    page = answer_of(client.get(reverse("questionnaire_result", args=[pk])))
    assert page.status == 200
    assert "Peerthorpe" in page.readable
    for word in ("Murmurkeld", "Whisperholm", "Duetmoor", "Tablegate", "solitarby@", token):
        assert word not in page.readable


@pytest.mark.parametrize("role", ["admin", "operator", "clerk", "curator"])
def test_no_key_to_an_account_is_read(world: World, role: str) -> None:
    """Password, second factor and codes of an account: no page of Django's admin shows them."""
    vault, factor = world.objects["vault"], world.objects["factor"]
    for address in (
        f"/admin/alliances/user/{vault}/change/",
        f"/admin/alliances/user/{vault}/history/",
        f"/admin/alliances/user/{vault}/delete/",
        f"/admin/mfa/authenticator/{factor}/change/",
        f"/admin/mfa/authenticator/{factor}/history/",
        f"/admin/mfa/authenticator/{factor}/delete/",
        "/admin/mfa/authenticator/",
    ):
        answer = world.ask(role, "GET", address)
        if role == "admin":
            assert (address, answer.status) == (address, 200)
            assert "vault@example.org" in answer.readable or "authenticator" in address
        else:
            assert answer.status in (302, 403)
            assert "vault@example.org" not in answer.readable
