"""Login and what belongs to it, in the house's clothes; the admin's site."""

from __future__ import annotations

import re
import time

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.urls import reverse

from alliances.models import User
from tests.alliances.conftest import House

PASSWORD = "harbour-lantern-42"


@pytest.fixture
def known(db: None) -> User:
    return User.objects.create_user("known@example.org", PASSWORD, name="Known Person")


@pytest.mark.parametrize(
    "name",
    [
        "account_login",
        "account_request_login_code",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key_done",
        "account_signup",
        "account_inactive",
        "account_email_verification_sent",
    ],
)
def test_pages_before_login_are_the_houses(db: None, name: str) -> None:
    answer = Client().get(reverse(name))
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "css/northbound.css" in text
    assert text.count("<h1>") == 1
    assert "style=" not in text
    assert re.search(r"<title>\S.* · Northbound</title>", text)


@pytest.mark.parametrize(
    "name", ["account_logout", "account_change_password", "account_email", "account_reauthenticate"]
)
def test_pages_after_login_are_the_houses(known: User, name: str) -> None:
    client = Client()
    client.force_login(known)
    answer = client.get(reverse(name))
    text = answer.content.decode()
    assert answer.status_code == 200
    assert text.count("<h1>") == 1
    assert text.count("btn-primary") == 1
    assert "<script" not in text


def test_login_by_password(known: User) -> None:
    client = Client()
    answer = client.post(
        reverse("account_login"), {"login": "KNOWN@example.org", "password": PASSWORD}
    )
    assert answer["Location"] == reverse("home")
    wrong = Client().post(reverse("account_login"), {"login": known.email, "password": "x"})
    assert wrong.status_code == 200
    assert wrong.context["form"].errors


def code_in_the_last_mail() -> str:
    found = re.search(
        r"^\s*([A-Z0-9]{3,}(?:-[A-Z0-9]{3,})*)\s*$", mail.outbox[-1].body, re.MULTILINE
    )
    assert found is not None, mail.outbox[-1].body
    return found.group(1)


def test_login_by_a_code_sent_by_mail(known: User) -> None:
    client = Client()
    answer = client.post(reverse("account_request_login_code"), {"email": "Known@example.org"})
    assert answer["Location"] == reverse("account_confirm_login_code")
    assert mail.outbox[-1].to == [known.email]
    code = code_in_the_last_mail()
    assert "_auth_user_id" not in client.session
    answer = client.post(reverse("account_confirm_login_code"), {"code": "WRONG1"})
    assert answer.status_code == 200
    assert "_auth_user_id" not in client.session
    client.post(reverse("account_confirm_login_code"), {"code": code})
    assert client.session["_auth_user_id"] == str(known.pk)
    # It served once.
    other = Client()
    other.post(reverse("account_request_login_code"), {"email": known.email})
    other.post(reverse("account_confirm_login_code"), {"code": code})
    assert "_auth_user_id" not in other.session


def test_a_code_ends_after_ten_minutes(known: User, monkeypatch: pytest.MonkeyPatch) -> None:
    client = Client()
    client.post(reverse("account_request_login_code"), {"email": known.email})
    code = code_in_the_last_mail()
    later = time.time() + 601
    monkeypatch.setattr("time.time", lambda: later)
    client.post(reverse("account_confirm_login_code"), {"code": code})
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("text", ["a\0@example.org", "x" * 1_000_000, "nobody@example.org"])
@pytest.mark.parametrize(
    "name", ["account_login", "account_request_login_code", "account_reset_password"]
)
def test_bad_input_before_login_is_no_500(db: None, name: str, text: str) -> None:
    answer = Client().post(reverse(name), {"login": text, "email": text, "password": f"{text}\0"})
    assert answer.status_code in {200, 302}


def test_nobody_signs_up(db: None) -> None:
    answer = Client().post(
        reverse("account_signup"),
        {"email": "new@example.org", "password1": PASSWORD, "password2": PASSWORD},
    )
    assert "Nobody signs up here" in answer.content.decode()
    assert not User.objects.exists()


def test_an_unknown_address_gets_a_mail_that_says_so(db: None) -> None:
    Client().post(reverse("account_request_login_code"), {"email": "nobody@example.org"})
    (message,) = mail.outbox
    assert message.subject == "No account with this address"
    assert "sign up" not in message.body


def test_a_forgotten_password_is_chosen_anew(known: User) -> None:
    client = Client()
    client.post(reverse("account_reset_password"), {"email": known.email})
    (message,) = mail.outbox
    assert message.subject == "A new password for Northbound"
    link = re.search(r"http://testserver(/\S+)", message.body)
    assert link
    page = client.get(link.group(1), follow=True)
    assert "Choose a new password" in page.content.decode()
    client.post(
        page.request["PATH_INFO"], {"password1": "ferry-harbour-7", "password2": "ferry-harbour-7"}
    )
    known.refresh_from_db()
    assert known.check_password("ferry-harbour-7")
    assert "This link has ended" in Client().get(link.group(1), follow=True).content.decode()


def test_who_has_no_password_sets_one(house: House, member: Client) -> None:
    User.objects.filter(pk=house.member.pk).update(password="!")
    member.force_login(User.objects.get(pk=house.member.pk))
    assert member.get(reverse("account_change_password"))["Location"] == reverse(
        "account_set_password"
    )
    assert "Set a password" in member.get(reverse("account_set_password")).content.decode()


def test_nobody_takes_anothers_address_and_is_given_their_access(known: User) -> None:
    client = Client()
    client.force_login(known)
    for action in ("action_add", "action_primary"):
        client.post(reverse("account_email"), {action: "", "email": "boss@example.org"})
    known.refresh_from_db()
    assert known.email == "known@example.org"
    assert list(EmailAddress.objects.values_list("email", flat=True)) == ["known@example.org"]


# The admin's site


def test_the_admin_site_is_for_admins(house: House) -> None:
    client = Client()
    assert client.get("/admin/", follow=True).redirect_chain[-1][0].startswith("/accounts/login/")
    client.force_login(house.convener)
    assert client.get("/admin/", follow=True).status_code == 404
    client.force_login(house.admin)
    for address in (
        "/admin/",
        "/admin/alliances/user/",
        "/admin/alliances/user/add/",
        f"/admin/alliances/user/{house.member.pk}/change/",
        "/admin/alliances/alliance/",
        f"/admin/alliances/alliance/{house.alliance.pk}/change/",
        "/admin/alliances/membership/",
        f"/admin/alliances/membership/{house.member.memberships.get().pk}/change/",
    ):
        assert client.get(address).status_code == 200, address


def test_an_admin_makes_an_account(house: House) -> None:
    client = Client()
    client.force_login(house.admin)
    address = "/admin/alliances/user/add/"
    fields = {"email": "New@Example.org", "name": "New", "usable_password": "false"}
    client.post(address, fields)
    user = User.objects.get(email="new@example.org")
    assert (user.name, user.has_usable_password()) == ("New", False)
    again = client.post(address, fields)
    assert again.status_code == 200
    assert "email" in again.context["adminform"].form.errors
    wrong = client.post(address, {"email": "x", "usable_password": "false"})
    assert "email" in wrong.context["adminform"].form.errors


def test_an_address_that_an_admin_changed_logs_in_no_more(house: House) -> None:
    EmailAddress.objects.create(user=house.member, email="member@example.org", verified=True)
    client = Client()
    client.force_login(house.admin)
    client.post(
        f"/admin/alliances/user/{house.member.pk}/change/",
        {"email": "Moved@example.org", "name": "Member", "is_active": "on"},
    )
    house.member.refresh_from_db()
    assert house.member.email == "moved@example.org"
    Client().post(reverse("account_request_login_code"), {"email": "member@example.org"})
    assert [message.subject for message in mail.outbox] == ["No account with this address"]
