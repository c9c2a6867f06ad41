"""Nobody finds out by asking who has an account; and who has left is out with the next page."""

from __future__ import annotations

import logging
import re
from typing import Any

import pytest
from allauth.account.adapter import get_adapter
from allauth.core import context
from django.core import mail
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alliances.models import Alliance, Membership, User
from tests.factories import make_alliance, make_user
from tests.mail_server import Post
from tests.mail_server import smtp as smtp

pytestmark = pytest.mark.django_db

DRAWN = r'(?:name="csrfmiddlewaretoken" value|nonce)="[^"]*"'
"""What each page draws anew."""

PASSWORD = "harbour-lantern-42"
UNKNOWN = "nobody-here@example.org"


@pytest.fixture(params=["with a password", "without", "switched off"])
def known(request: pytest.FixtureRequest) -> User:
    password = None if request.param == "without" else PASSWORD
    active = request.param != "switched off"
    return User.objects.create_user("somebody@example.org", password, is_active=active)


def seen(name: str, sent: dict[str, str], email: str) -> dict[str, Any]:
    """All that somebody sees who sends it: status, where it leads, the page there, what is set, and
    how many mails go out."""
    client = Client()
    mail.outbox.clear()
    answer = client.post(reverse(name), sent)
    last = client.get(answer["Location"]) if answer.status_code == 302 else answer
    body = re.sub(DRAWN, "", last.content.decode())
    return {
        "status": answer.status_code,
        "leads to": answer.headers.get("Location"),
        "headers": sorted(answer.headers),
        "cookies": sorted(answer.cookies),
        "page": body.replace(email, "ADDRESS"),
        "mails": [len(one.to) for one in mail.outbox],
    }


@pytest.mark.parametrize(
    "name", ["account_login", "account_request_login_code", "account_reset_password"]
)
def test_a_known_address_is_answered_as_an_unknown_one(known: User, name: str) -> None:
    found = [
        seen(name, {"login": email, "email": email, "password": "wrong-wrong-9"}, email)
        for email in (known.email, UNKNOWN)
    ]
    assert found[0] == found[1]
    assert found[0]["mails"] == ([] if name == "account_login" else [1])
    assert "ADDRESS" in found[0]["page"] or name == "account_reset_password"


REFUSED = "somebody@refused.example"


def journal(caplog: pytest.LogCaptureFixture) -> str:
    """What the server wrote to it, without what the mail server of this test did."""
    return "\n".join(caplog.handler.format(one) for one in caplog.records if one.name != "mail.log")


@pytest.mark.parametrize("email", [REFUSED, "nobody-here@refused.example"])
@pytest.mark.parametrize("name", ["account_request_login_code", "account_reset_password"])
def test_a_mail_that_is_not_taken_is_said_to_everybody(
    db: None, smtp: Post, caplog: pytest.LogCaptureFixture, name: str, email: str
) -> None:
    """Nothing breaks, and the journal does not tell whose mail it was."""
    User.objects.create_user(REFUSED, PASSWORD)
    client = Client()
    with caplog.at_level(logging.INFO):
        answer = client.post(reverse(name), {"email": email})
    assert answer.status_code == 503
    assert "No mail could be sent" in answer.content.decode()
    assert "sessionid" not in client.cookies
    assert "A mail about an account was not sent: SMTPRecipientsRefused" in journal(caplog)
    assert "refused.example" not in journal(caplog)


def test_no_mail_server_at_all(db: None, smtp: Post, settings: Any) -> None:
    settings.EMAIL_PORT = 1
    answer = Client().post(reverse("account_request_login_code"), {"email": UNKNOWN})
    assert answer.status_code == 503
    assert "No mail could be sent" in answer.content.decode()


def test_what_was_changed_stays_where_no_mail_tells_of_it(
    db: None, smtp: Post, caplog: pytest.LogCaptureFixture
) -> None:
    user = User.objects.create_user(REFUSED, PASSWORD)
    request = RequestFactory().post("/")
    request.user = user
    with context.request_context(request), caplog.at_level(logging.INFO):
        get_adapter(request).send_notification_mail("account/email/password_changed", user)
    assert "A mail about an account was not sent: SMTPRecipientsRefused" in journal(caplog)
    assert "refused.example" not in journal(caplog)


def test_a_wrong_code_is_answered_as_if_there_were_one(known: User) -> None:
    found = []
    for email in (known.email, UNKNOWN):
        client = Client()
        client.post(reverse("account_request_login_code"), {"email": email})
        tries = [
            client.post(reverse("account_confirm_login_code"), {"code": "WRNG-CDXX"})
            for _ in range(4)
        ]
        found.append(
            [
                (
                    one.status_code,
                    one.headers.get("Location"),
                    re.sub(DRAWN, "", one.content.decode()).replace(email, "ADDRESS"),
                )
                for one in tries
            ]
        )
    assert found[0] == found[1]
    # three tries, and the code has ended
    assert [status for status, _where, _page in found[0]] == [200, 200, 302, 302]


def test_a_password_takes_as_much_work_for_nobody(db: None) -> None:
    """The slow part, hashing, is done for unknown addresses too; statements differ by a few at most."""
    User.objects.create_user("somebody@example.org", PASSWORD)
    counts = []
    for email in ("somebody@example.org", UNKNOWN):
        with CaptureQueriesContext(connection) as queries:
            Client().post(reverse("account_login"), {"login": email, "password": "wrong-wrong-9"})
        counts.append(len(queries))
    assert abs(counts[0] - counts[1]) <= 2


def test_hashing_is_done_for_nobody(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    hashed: list[str] = []
    from django.contrib.auth.hashers import MD5PasswordHasher

    encode = MD5PasswordHasher.encode

    def counted(self: Any, password: str, salt: str) -> str:
        hashed.append(password)
        return str(encode(self, password, salt))

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    Client().post(reverse("account_login"), {"login": UNKNOWN, "password": "wrong-wrong-9"})
    assert "wrong-wrong-9" in hashed


def test_who_is_switched_off_does_not_get_in(db: None) -> None:
    user = User.objects.create_user("somebody@example.org", PASSWORD, is_active=False)
    client = Client()
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    assert "_auth_user_id" not in client.session


# Who tries too often


@pytest.mark.parametrize(
    ("name", "allowed"),
    [
        ("account_login", 30),
        ("account_reset_password", 20),
        ("mfa_login_webauthn", 10),
    ],
)
def test_who_tries_too_often_is_told_so(db: None, name: str, allowed: int) -> None:
    """Each time another address is named: it is who asks that counts, in whatever browser."""
    for number in range(allowed + 1):
        email = f"person{number}@example.org"
        answer = Client(REMOTE_ADDR="203.0.113.7").post(
            reverse(name), {"login": email, "email": email, "password": "wrong-wrong-9"}
        )
        assert (answer.status_code == 429) is (number == allowed)
    assert "Wait ten minutes, then try again" in answer.content.decode()
    assert answer["Retry-After"] == "60"
    beside = Client(REMOTE_ADDR="203.0.113.8").post(reverse(name), {"email": UNKNOWN})
    assert beside.status_code != 429


def test_who_asks_for_too_many_codes_gets_no_more(db: None) -> None:
    for number in range(22):
        email = f"person{number}@example.org"
        answer = Client(REMOTE_ADDR="203.0.113.7").post(
            reverse("account_request_login_code"), {"email": email}
        )
    assert len(mail.outbox) == 20
    assert "tried too often" in answer.content.decode().lower()


def test_one_account_is_not_guessed_from_many_places(db: None) -> None:
    user = User.objects.create_user("somebody@example.org", PASSWORD)
    for place in range(6):
        sent = {"login": user.email, "password": PASSWORD if place == 5 else "wrong-wrong-9"}
        client = Client(REMOTE_ADDR=f"203.0.113.{place}")
        answer = client.post(reverse("account_login"), sent)
    assert "_auth_user_id" not in client.session
    assert "tried too often" in answer.content.decode()


@pytest.mark.parametrize("host", ["testserver:{n}", "{n}.northbound.example.org"])
def test_nor_by_another_name_of_the_server_each_time(db: None, settings: Any, host: str) -> None:
    """It is whoever asks who names the server."""
    settings.ALLOWED_HOSTS = ["testserver", ".northbound.example.org"]
    user = User.objects.create_user("somebody@example.org", PASSWORD)
    for place in range(6):
        sent = {"login": user.email, "password": PASSWORD if place == 5 else "wrong-wrong-9"}
        client = Client(REMOTE_ADDR=f"203.0.113.{place}", headers={"host": host.format(n=place)})
        answer = client.post(reverse("account_login"), sent)
    assert "_auth_user_id" not in client.session
    assert "tried too often" in answer.content.decode()


# Who has left is out with the next page that they ask for


@pytest.fixture
def member() -> tuple[User, Alliance, Client]:
    user = make_user("ada@example.org")
    alliance = make_alliance(convener=user)
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return user, alliance, client


def test_a_convener_who_is_a_member_now(member: tuple[User, Alliance, Client]) -> None:
    user, alliance, client = member
    edit = reverse("alliance_edit", args=[alliance.pk])
    assert client.get(edit).status_code == 200
    Membership.objects.filter(user=user).update(role=Membership.Role.MEMBER)
    assert client.get(edit).status_code == 404
    assert client.post(edit, {"name": "Mine"}).status_code == 404
    assert client.get(reverse("people", args=[alliance.pk])).status_code == 200


def test_a_member_who_is_nobody_now(member: tuple[User, Alliance, Client]) -> None:
    user, alliance, client = member
    Membership.objects.filter(user=user).update(role=Membership.Role.MEMBER)
    people = reverse("people", args=[alliance.pk])
    assert client.get(people).status_code == 200
    Membership.objects.filter(user=user).delete()
    assert client.get(people).status_code == 404
    assert alliance.name not in client.get(reverse("home")).content.decode()


def test_an_account_that_is_switched_off(member: tuple[User, Alliance, Client]) -> None:
    user, alliance, client = member
    people = reverse("people", args=[alliance.pk])
    assert client.get(people).status_code == 200
    User.objects.filter(pk=user.pk).update(is_active=False)
    answer = client.get(people)
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_login"))


def test_an_admin_who_is_none_now(db: None) -> None:
    user = make_user("boss@example.org", is_staff=True, is_superuser=True)
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(reverse("banks")).status_code == 200
    User.objects.filter(pk=user.pk).update(is_staff=False, is_superuser=False)
    assert client.get(reverse("banks")).status_code == 404
    assert client.get("/admin/", follow=True).status_code == 404


def test_a_new_password_ends_the_other_sessions(db: None) -> None:
    user = User.objects.create_user("somebody@example.org", PASSWORD)
    here, elsewhere = Client(), Client()
    for client in (here, elsewhere):
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    user.set_password("ferry-harbour-7")
    user.save()
    for client in (here, elsewhere):
        assert client.get(reverse("alliance_new")).status_code == 302
