"""Which passwords are taken, and which somebody would try first."""

from __future__ import annotations

import time
from typing import Any

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from alliances.models import User
from tests.factories import make_alliance, make_user

pytestmark = pytest.mark.django_db


def refused(password: str, user: User | None = None) -> set[str]:
    try:
        validate_password(password, user)
    except ValidationError as error:
        return {str(one.code) for one in error.error_list}
    return set()


@pytest.mark.parametrize(
    "password",
    [
        "harbour-lantern-42",
        "four words of mine",
        # no rule says of what it has to be made
        "correcthorsebattery",
        "90417365281734650912",
        "90417365281734650912a",
        "ÖrtlicheÜbersichtß",
        "港の灯台と船と帆と海鳥",
        # a common word is no harm beside others
        "password-of-my-harbour",
        "x" + "-lantern" * 60,
    ],
)
def test_what_is_taken(password: str) -> None:
    assert refused(password) == set()


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("nine-char", "password_too_short"),
        # in the list of the 20,000 most used, as it stands
        ("qwertyuiop", "password_too_common"),
        ("1234567890", "password_too_common"),
        ("Password2026!", "password_easy"),
        ("***dragon***1", "password_easy"),
        ("2019Alexander", "password_easy"),
        ("dragondragon", "password_easy"),
        ("abcabcabcabc", "password_easy"),
        ("Northbound2026", "password_name"),
        ("northbound-example", "password_name"),
        ("Tessel-2026!", "password_name"),
    ],
)
def test_what_somebody_would_try_first(settings: Any, password: str, why: str) -> None:
    settings.OPERATOR_NAME = "Example Foundation"
    user = make_user("ada@example.org")
    make_alliance("Tessel", convener=user)
    assert why in refused(password, user)


@pytest.mark.parametrize("password", ["1" * 2_000_000 + "a", "ab" * 1_000_000 + "c"])
def test_a_long_one_takes_no_long_time(password: str) -> None:
    """Work that grows with the square of the length would take hours."""
    began = time.monotonic()
    assert refused(password, make_user("ada@example.org", name="Ada")) == set()
    assert time.monotonic() - began < 10


def test_the_name_of_ones_alliance_is_a_word_like_others_to_others() -> None:
    make_alliance("Tessel", convener=make_user("ada@example.org"))
    assert refused("Tessel-ship!", make_user("bert@example.org")) == set()


def test_the_page_says_why() -> None:
    user = User.objects.create_user("ada@example.org", "harbour-lantern-42")
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    sent = {
        "oldpassword": "harbour-lantern-42",
        "password1": "Password2026!",
        "password2": "Password2026!",
    }
    answer = client.post(reverse("account_change_password"), sent)
    assert "Many use this password, with digits or signs around it" in answer.content.decode()
    user.refresh_from_db()
    assert user.check_password("harbour-lantern-42")


@pytest.mark.parametrize(
    "password", ["  Two  blanks, kept  ", "Ünïcode-lanternö", "L" * 3 + "antern-" * 30]
)
def test_it_is_taken_as_it_was_typed(password: str) -> None:
    """To the letter: neither cut, nor in small letters, nor without what stands at its ends."""
    user = User.objects.create_user("ada@example.org", "harbour-lantern-42")
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    sent = {"oldpassword": "harbour-lantern-42", "password1": password, "password2": password}
    client.post(reverse("account_change_password"), sent)
    user.refresh_from_db()
    assert user.check_password(password)
    login = reverse("account_login")
    for other in (password.strip(), password[:-1], password.swapcase()):
        if other != password:
            away = Client()
            away.post(login, {"login": user.email, "password": other})
            assert "_auth_user_id" not in away.session
    there = Client()
    there.post(login, {"login": user.email, "password": password})
    assert there.session["_auth_user_id"] == str(user.pk)


def test_a_new_one_needs_the_old_one() -> None:
    user = User.objects.create_user("ada@example.org", "harbour-lantern-42")
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    new = {"password1": "ferry-harbour-7", "password2": "ferry-harbour-7"}
    for old in ({}, {"oldpassword": "ferry-harbour-7"}):
        client.post(reverse("account_change_password"), {**old, **new})
        user.refresh_from_db()
        assert user.check_password("harbour-lantern-42")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("account_login", {"email", "current-password"}),
        ("account_change_password", {"current-password", "new-password"}),
    ],
)
def test_password_managers_know_what_is_asked(name: str, expected: set[str]) -> None:
    """Each field says what it is for, hides what is typed, and hinders no pasting."""
    client = Client()
    if name != "account_login":
        user = User.objects.create_user("ada@example.org", "harbour-lantern-42")
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get(reverse(name))
    fields = answer.context["form"].fields.values()
    assert {one.widget.attrs.get("autocomplete") for one in fields} - {None} == expected
    for field in fields:
        if "password" in str(field.widget.attrs.get("autocomplete")):
            assert field.widget.input_type == "password"
    assert "onpaste" not in answer.content.decode()


def test_how_it_is_stored() -> None:
    """The tests hash quickly; the program does as Django does, whose work is not below what OWASP asks for
    PBKDF2 with SHA-256 (600,000 rounds)."""
    from django.conf import global_settings

    from config import settings as ours

    assert not hasattr(ours, "PASSWORD_HASHERS")
    assert global_settings.PASSWORD_HASHERS[0].endswith(".PBKDF2PasswordHasher")
    assert PBKDF2PasswordHasher.iterations >= 600_000
