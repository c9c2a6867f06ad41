"""What people read where they log in: our words, true, and with a next step where something went wrong."""

from __future__ import annotations

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from alliances.models import User
from tests.config.test_second_factor import PASSWORD, by_code, by_password, set_up

FOREIGN = re.compile(
    "Remember Me|Forgot your|Incorrect|Current Password|New Password|Authenticator code|"
    "address and/or|personal information|Please type|must type"
)
"""Words of the packages that we build on."""


@pytest.fixture
def known(db: None) -> User:
    return User.objects.create_user("known@example.org", PASSWORD, name="Known Person")


@pytest.fixture
def within(known: User) -> Client:
    client = Client()
    by_password(client)
    return client


@pytest.fixture
def guarded(known: User, within: Client) -> str:
    """Their account has an app; its key."""
    return set_up(within, password=PASSWORD)


def page(client: Client, name: str, **sent: str) -> str:
    answer = client.post(reverse(name), sent) if sent else client.get(reverse(name))
    assert answer.status_code == 200
    text = answer.content.decode()
    assert not FOREIGN.search(text), name
    return text


def test_before_login(db: None) -> None:
    text = page(Client(), "account_login")
    for words in ["E-mail address", "Stay logged in on this device", "Password forgotten?"]:
        assert words in text
    for name in ["account_request_login_code", "account_reset_password"]:
        assert "E-mail address" in page(Client(), name)


def test_a_wrong_password(known: User) -> None:
    text = page(Client(), "account_login", login=known.email, password="wrong-wrong-9")
    assert "The address or the password is not right." in text
    assert "This is missing." in page(Client(), "account_login", login=known.email)


def test_a_new_password(within: Client) -> None:
    text = page(within, "account_change_password")
    assert "10 characters or more." in text
    assert f'href="{reverse("mfa_index")}">Back' in text
    text = page(within, "account_change_password", oldpassword="x", password1="x", password2="x")
    assert "This is not your current password." in text
    # where there is an error, the cursor stands
    assert len(re.findall("<input[^>]* autofocus", text)) == 1
    text = page(
        within,
        "account_change_password",
        oldpassword=PASSWORD,
        password1=f"{PASSWORD}3",
        password2="x",
    )
    assert "The two differ." in text


def test_who_has_a_new_password_is_not_asked_to_change_it_again(within: Client) -> None:
    new = {"oldpassword": PASSWORD, "password1": f"{PASSWORD}3", "password2": f"{PASSWORD}3"}
    answer = within.post(reverse("account_change_password"), new, follow=True)
    assert answer.redirect_chain[-1][0] == reverse("account_login")
    assert "The password is changed." in answer.content.decode()


@pytest.mark.parametrize("email", ["known@example.org", "nobody@example.org"])
def test_where_a_code_was_asked_for_nothing_is_said_that_may_be_untrue(
    known: User, email: str
) -> None:
    client = Client()
    answer = client.post(reverse("account_request_login_code"), {"email": email}, follow=True)
    text = answer.content.decode()
    assert f"If {email} has an account" in text
    assert "is sent to" not in text
    assert "ten minutes" in text
    assert "Ask for another code" in text
    again = {"next": reverse("account_request_login_code")}
    answer = client.post(reverse("account_logout"), again, follow=True)
    assert answer.redirect_chain[-1][0] == reverse("account_request_login_code")
    assert "Send the code" in answer.content.decode()


def test_a_wrong_code(known: User) -> None:
    client = Client()
    client.post(reverse("account_request_login_code"), {"email": known.email})
    for _ in range(2):
        text = page(client, "account_confirm_login_code", code="WRONG1")
        assert "This code does not fit." in text
    answer = client.post(reverse("account_confirm_login_code"), {"code": "WRONG1"}, follow=True)
    text = answer.content.decode()
    assert "tried too often" in text
    assert "Send the code" in text
    assert "has ended" not in text


def test_a_code_that_has_ended_is_said_to_have(
    known: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = Client()
    client.post(reverse("account_request_login_code"), {"email": known.email})
    later = time.time() + 601
    monkeypatch.setattr("time.time", lambda: later)
    answer = client.post(reverse("account_confirm_login_code"), {"code": "ABCD-EFGH"}, follow=True)
    assert answer.redirect_chain[-1][0] == reverse("account_request_login_code")
    assert "That code has ended." in answer.content.decode()


def test_whoever_looks_long_for_the_app_begins_anew_and_knows_it(
    known: User, guarded: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = Client()
    by_password(client)
    assert "took too long" not in page(client, "mfa_authenticate")
    later = time.time() + 3600
    monkeypatch.setattr("time.time", lambda: later)
    answer = client.post(reverse("mfa_authenticate"), {"code": "123456"}, follow=True)
    assert answer.redirect_chain[-1][0] == reverse("account_login")
    assert "That took too long." in answer.content.decode()


@pytest.mark.parametrize("way", ["password", "code by mail"])
def test_who_has_no_passkey_is_not_offered_it(known: User, guarded: str, way: str) -> None:
    client = Client()
    by_password(client) if way == "password" else by_code(client, known.email)
    text = page(client, "mfa_authenticate")
    assert "six digits" in text
    assert "passkey" not in text
    assert "has ended" not in text
    assert "This does not fit." in page(client, "mfa_authenticate", code="12")


def test_a_page_that_asks_once_more_has_a_way_back(known: User, guarded: str) -> None:
    client = Client()
    by_password(client)
    codes = Authenticator.objects.get(user=known, type="recovery_codes").wrap().get_unused_codes()
    client.post(reverse("mfa_authenticate"), {"code": codes[0]})
    for name in ["account_reauthenticate", "mfa_reauthenticate"]:
        assert f'href="{reverse("mfa_index")}">Back' in page(client, name)
    text = page(client, "account_reauthenticate", password="x")
    assert "This is not your password." in text


def test_an_app_on_the_same_device_is_opened_by_a_link(within: Client) -> None:
    within.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    text = page(within, "mfa_activate_totp")
    assert 'href="otpauth://totp/known%40example.org?secret=' in text
    assert "This does not fit." in page(within, "mfa_activate_totp", code="12")


def test_the_file_of_recovery_codes_says_what_it_is(within: Client, guarded: str) -> None:
    answer = within.get(reverse("mfa_download_recovery_codes"))
    assert answer["Content-Disposition"] == 'attachment; filename="recovery-codes.txt"'
    text = answer.content.decode()
    assert "Northbound (testserver)" in text
    assert "known@example.org" in text
    assert len(re.findall(r"^\d{8}$", text, re.M)) == 10
    # Whoever was away for long proves first who they are: a page, which must not be saved as the file.
    assert " download" not in page(within, "mfa_view_recovery_codes")


def test_a_passkey_that_is_not_known_is_said_to_be_none(db: None) -> None:
    answer = Client().post(
        reverse("mfa_login_webauthn"), {"credential": '{"id": "x"}'}, follow=True
    )
    assert "This passkey is not known here." in answer.content.decode()


def test_from_ones_data_to_a_login_by_code(within: Client) -> None:
    text = page(within, "own_data")
    following = f"{reverse('account_request_login_code')}?next={reverse('own_data')}"
    assert f'name="next" value="{following}"' in text
    answer = within.post(reverse("account_logout"), {"next": following})
    assert answer["Location"] == following


def test_ones_data_names_the_language(known: User, within: Client) -> None:
    User.objects.filter(pk=known.pk).update(language="fr")
    text = within.get(reverse("own_data")).content.decode()
    assert "Français</dd>" in text
