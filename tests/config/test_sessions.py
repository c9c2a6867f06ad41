"""How long one stays logged in, logging out elsewhere, and another way in where there are codes by mail alone."""

from __future__ import annotations

import datetime as dt
import re
import time
from typing import Any
from unittest.mock import Mock

import pytest
from django.conf import settings
from django.contrib.auth.models import Permission
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alliances.models import User
from config.sessions import SessionStore
from tests.factories import make_user

pytestmark = pytest.mark.django_db

PASSWORD = "harbour-lantern-42"
HOUR, DAY = 3600, 24 * 3600


def inside(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def is_in(client: Client) -> bool:
    return client.get(reverse("own_data")).status_code == 200


def pass_by(monkeypatch: pytest.MonkeyPatch, seconds: int) -> None:
    """From now on it is so much later."""
    before, moment = time.time, timezone.now
    monkeypatch.setattr("time.time", lambda: before() + seconds)
    monkeypatch.setattr(
        "django.utils.timezone.now", lambda: moment() + dt.timedelta(seconds=seconds)
    )


def admin() -> User:
    return make_user("admin@example.org", is_staff=True, is_superuser=True)


def curator() -> User:
    user = make_user("curator@example.org")
    user.user_permissions.add(Permission.objects.get(codename="change_bank"))
    return user


def member() -> User:
    return make_user("member@example.org")


# Its end


@pytest.mark.parametrize(
    ("who", "lasts"), [(admin, 12 * HOUR), (curator, 12 * HOUR), (member, 14 * DAY)]
)
def test_a_session_ends_by_its_age(who: Any, lasts: int, monkeypatch: pytest.MonkeyPatch) -> None:
    client = inside(who())
    pass_by(monkeypatch, lasts - 60)
    assert is_in(client)
    # What is done in it makes it no younger: this stores it anew.
    session = client.session
    session["seen"] = "something"
    session.save()
    pass_by(monkeypatch, 120)
    assert not is_in(client)


def test_who_asks_to_be_remembered_is_not_for_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    """The box on the login page counts from each use of the session; its end does not."""
    User.objects.create_user("boss@example.org", PASSWORD, is_staff=True, is_superuser=True)
    client = Client()
    sent = {"login": "boss@example.org", "password": PASSWORD, "remember": "on"}
    client.post(reverse("account_login"), sent)
    assert is_in(client)
    pass_by(monkeypatch, 12 * HOUR + 60)
    assert not is_in(client)


def test_a_session_does_not_say_when_it_was_used() -> None:
    client = inside(member())
    before = Session.objects.values().get()
    client.get(reverse("home"))
    client.get(reverse("own_data"))
    assert Session.objects.values().get() == before


# Elsewhere


def test_the_other_devices_are_logged_out_and_nobody_else() -> None:
    ada, bert = make_user("ada@example.org"), make_user("bert@example.org")
    here, lost, shared, his = inside(ada), inside(ada), inside(ada), inside(bert)
    page = here.get(reverse("mfa_index")).content.decode()
    assert f'action="{reverse("own_sessions_end")}"' in page
    answer = here.post(reverse("own_sessions_end"), follow=True)
    assert "You are logged out everywhere else." in answer.content.decode()
    assert [is_in(one) for one in (here, lost, shared, his)] == [True, False, False, True]


def test_looking_at_the_address_ends_nothing() -> None:
    ada = make_user("ada@example.org")
    here, other = inside(ada), inside(ada)
    assert here.get(reverse("own_sessions_end")).status_code == 405
    assert is_in(other)


# Who has nothing but codes by mail


WAYS_IN = ["account_set_password", "mfa_activate_totp", "mfa_add_webauthn"]


@pytest.mark.parametrize("name", WAYS_IN)
def test_another_way_in_needs_a_fresh_login(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever finds a session open does not make the account theirs."""
    user = member()
    client = inside(user)
    assert client.get(reverse(name)).status_code == 200
    pass_by(monkeypatch, 16 * 60)
    there = f"{reverse('account_request_login_code')}?next=" + reverse(name).replace("/", "%2F")
    sent = {"password1": "ferry-harbour-7", "password2": "ferry-harbour-7"}
    assert client.post(reverse(name), sent)["Location"] == there
    assert not is_in(client)
    user.refresh_from_db()
    assert not user.has_usable_password()
    again = inside(user)
    pass_by(monkeypatch, 16 * 60)
    assert again.get(reverse(name))["Location"] == there


def test_who_has_a_password_is_asked_for_it_instead(monkeypatch: pytest.MonkeyPatch) -> None:
    client = inside(User.objects.create_user("known@example.org", PASSWORD))
    pass_by(monkeypatch, 16 * 60)
    answer = client.get(reverse("mfa_activate_totp"))
    assert answer["Location"].startswith(reverse("account_reauthenticate"))
    assert is_in(client)


def test_a_stranger_is_led_to_the_login() -> None:
    answer = Client().get(reverse("account_set_password"))
    assert answer["Location"].startswith(reverse("account_login"))


# Its key


def key_of(client: Client) -> str:
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def with_key(key: str) -> Client:
    """Another browser that somehow got hold of it."""
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = key
    return client


def test_who_logs_in_gets_a_key_of_their_own() -> None:
    """32 characters of 36, drawn by the system: 165 bits."""
    user = User.objects.create_user("known@example.org", PASSWORD)
    client, keys = Client(), set()
    for _ in range(3):
        client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
        assert is_in(client)
        assert re.fullmatch("[0-9a-z]{32}", key_of(client))
        keys.add(key_of(client))
        client.post(reverse("account_logout"))
    assert len(keys) == 3


def test_a_key_that_was_planted_before_the_login_opens_nothing() -> None:
    user = User.objects.create_user("known@example.org", PASSWORD)
    store = SessionStore()
    store["language"] = "fr"
    store.save()
    planted = str(store.session_key)
    client = with_key(planted)
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    assert is_in(client)
    assert not is_in(with_key(planted))


def test_who_logs_out_leaves_a_key_that_opens_nothing() -> None:
    client = inside(member())
    key = key_of(client)
    assert is_in(with_key(key))
    client.post(reverse("account_logout"))
    assert not is_in(with_key(key))


def test_every_page_leads_to_the_logout() -> None:
    client = inside(member())
    link = f'href="{reverse("account_logout")}"'
    for name in ("home", "own_data", "mfa_index", "alliance_new", "rules", "privacy"):
        assert link in client.get(reverse(name)).content.decode(), name


@pytest.mark.parametrize(("password", "proven"), [(PASSWORD, True), ("wrong-wrong-9", False)])
def test_who_proves_it_once_more_gets_a_new_key(password: str, proven: bool) -> None:
    client = inside(User.objects.create_user("known@example.org", PASSWORD))
    key = key_of(client)
    page = client.get(reverse("mfa_activate_totp"), follow=True)
    sent = {"password": password, "next": reverse("mfa_activate_totp")}
    client.post(page.request["PATH_INFO"], sent)
    assert (key_of(client) != key) is proven
    assert is_in(with_key(key)) is not proven
    assert is_in(client)
    # and it counts, where it was right
    assert (client.get(reverse("mfa_activate_totp")).status_code == 200) is proven


# A forgotten password


def test_a_link_to_a_new_password_ends_after_an_hour(
    mailoutbox: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    user = User.objects.create_user("known@example.org", PASSWORD)
    for minutes, serves in ((59, True), (61, False)):
        mailoutbox.clear()
        Client().post(reverse("account_reset_password"), {"email": user.email})
        (message,) = mailoutbox
        link = next(line for line in message.body.splitlines() if line.startswith("http"))
        with monkeypatch.context() as later:
            moment = dt.datetime.now() + dt.timedelta(minutes=minutes)  # noqa: DTZ005
            clock = Mock(return_value=moment)
            later.setattr("django.contrib.auth.tokens.PasswordResetTokenGenerator._now", clock)
            page = Client().get(link.removeprefix("http://testserver"), follow=True)
        assert ("This link has ended" not in page.content.decode()) is serves
