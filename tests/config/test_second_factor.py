"""Second factor: an app's digits, passkeys, recovery codes; who must have one, and what stands open until then."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import struct
import time
from typing import Any

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import GCM
from django.contrib.auth.models import Permission
from django.core import mail
from django.test import Client
from django.urls import reverse

from alliances.models import User
from alliances.models.audit import AuditEntry
from tests.factories import make_user

pytestmark = pytest.mark.django_db

PASSWORD = "harbour-lantern-42"


def digits(key: str, moment: float) -> str:
    """What an app shows at `moment`, seconds since 1970, by RFC 6238: six digits, SHA-1, 30 seconds."""
    counter = struct.pack(">Q", int(moment) // 30)
    mac = hmac.new(base64.b32decode(key), counter, hashlib.sha1).digest()
    at = mac[19] & 15
    number = int.from_bytes(mac[at : at + 4], "big") & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"


@pytest.mark.parametrize(
    ("moment", "expected"), [(59, "287082"), (1111111109, "081804"), (20000000000, "353130")]
)
def test_this_computes_what_the_standard_prints(moment: int, expected: str) -> None:
    """RFC 6238, appendix B, the last six of its eight digits."""
    assert digits(base64.b32encode(b"12345678901234567890").decode(), moment) == expected


@pytest.fixture
def known() -> User:
    return User.objects.create_user("known@example.org", PASSWORD, name="Known Person")


def code_mailed() -> str:
    found = re.search(r"^\s*([A-Z0-9]{3,}(?:-[A-Z0-9]{3,})*)\s*$", mail.outbox[-1].body, re.M)
    assert found is not None, mail.outbox[-1].body
    return found[1]


def by_code(client: Client, email: str) -> Any:
    client.post(reverse("account_request_login_code"), {"email": email})
    return client.post(reverse("account_confirm_login_code"), {"code": code_mailed()})


def by_password(client: Client) -> Any:
    return client.post(
        reverse("account_login"), {"login": "known@example.org", "password": PASSWORD}
    )


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def set_up(client: Client, *, password: str = "") -> str:
    """Sets up an app for whoever is logged in; gives its key."""
    page = client.get(reverse("mfa_activate_totp"), follow=True)
    if password:
        assert page.redirect_chain[-1][0].startswith(reverse("account_reauthenticate"))
        page = client.post(
            page.request["PATH_INFO"],
            {"password": password, "next": reverse("mfa_activate_totp")},
            follow=True,
        )
    key = page.context["form"].secret
    assert f'<code class="nb-key">{key}</code>' in page.content.decode()
    done = client.post(reverse("mfa_activate_totp"), {"code": digits(key, time.time())})
    assert done["Location"] == reverse("mfa_view_recovery_codes")
    return str(key)


@pytest.fixture
def guarded(known: User) -> str:
    """The account has an app; its key."""
    client = Client()
    by_password(client)
    return set_up(client, password=PASSWORD)


@pytest.mark.parametrize("way", ["password", "code by mail"])
def test_who_has_an_app_is_asked_for_its_digits(known: User, guarded: str, way: str) -> None:
    client = Client()
    answer = by_password(client) if way == "password" else by_code(client, known.email)
    assert answer["Location"] == reverse("mfa_authenticate")
    assert not is_in(client)
    assert client.get(reverse("alliance_new")).status_code == 302
    now = time.time()
    wrong = f"{(int(digits(guarded, now)) + 1) % 1_000_000:06}"
    assert client.post(reverse("mfa_authenticate"), {"code": wrong}).status_code == 200
    assert not is_in(client)
    client.post(reverse("mfa_authenticate"), {"code": digits(guarded, now)})
    assert is_in(client)


def test_digits_serve_once(known: User, guarded: str) -> None:
    now = time.time()
    first, second = Client(), Client()
    for client in (first, second):
        by_password(client)
        client.post(reverse("mfa_authenticate"), {"code": digits(guarded, now)})
    assert (is_in(first), is_in(second)) == (True, False)


def test_digits_of_yesterday_are_none(known: User, guarded: str) -> None:
    client = Client()
    by_password(client)
    client.post(reverse("mfa_authenticate"), {"code": digits(guarded, time.time() - 86_400)})
    assert not is_in(client)


def test_digits_are_not_guessed(known: User, guarded: str) -> None:
    """After five wrong ones the right one is refused too, whoever asks."""
    for _ in range(5):
        client = Client(REMOTE_ADDR=f"203.0.113.{_}")
        by_password(client)
        client.post(reverse("mfa_authenticate"), {"code": "no"})
    client = Client(REMOTE_ADDR="203.0.113.99")
    by_password(client)
    client.post(reverse("mfa_authenticate"), {"code": digits(guarded, time.time())})
    assert not is_in(client)


def test_a_recovery_code_serves_once(known: User, guarded: str) -> None:
    codes = Authenticator.objects.get(user=known, type="recovery_codes").wrap().get_unused_codes()
    assert len(set(codes)) == 10
    first, second = Client(), Client()
    for client in (first, second):
        by_password(client)
        client.post(reverse("mfa_authenticate"), {"code": codes[0]})
    assert (is_in(first), is_in(second)) == (True, False)


def test_the_database_alone_does_not_give_the_next_digits(known: User, guarded: str) -> None:
    for row in Authenticator.objects.filter(user=known):
        assert guarded not in str(row.data)
        [locked] = [value for value in row.data.values() if str(value).startswith("1.")]
        held = base64.urlsafe_b64decode(locked[2:])
        # not merely written otherwise
        assert guarded.encode() not in held
        assert base64.b32decode(guarded) not in held


def test_what_is_locked_shows_a_change_and_is_never_the_same_twice() -> None:
    adapter = get_adapter()
    first, second = adapter.encrypt("HARBOUR"), adapter.encrypt("HARBOUR")
    assert first != second
    assert adapter.decrypt(first) == adapter.decrypt(second) == "HARBOUR"
    held = bytearray(base64.urlsafe_b64decode(first[2:]))
    for place in range(len(held)):
        changed = bytes(held[:place]) + bytes([held[place] ^ 1]) + bytes(held[place + 1 :])
        assert adapter.decrypt("1." + base64.urlsafe_b64encode(changed).decode()) != "HARBOUR"
    for text in ("", "1.", "1.x", "no base64 ö", first[:-8], "gAAAAABnorthbound"):
        assert adapter.decrypt(text) != "HARBOUR"


def test_it_is_locked_as_the_standard_locks(settings: Any) -> None:
    """By OpenSSL's AES-256-GCM: nonce of 12 bytes, text, mark of 16; the key is the digest of SECRET_KEY."""
    settings.SECRET_KEY = "n" * 25 + "orthbound" * 5
    held = base64.urlsafe_b64decode(get_adapter().encrypt("HARBOUR")[2:])
    assert len(held) == 12 + len("HARBOUR") + 16
    key = hashlib.sha256(b"northbound.second-factor/1:" + settings.SECRET_KEY.encode()).digest()
    opened = Cipher(AES(key), GCM(held[:12], held[-16:])).decryptor()
    opened.authenticate_additional_data(b"1.")
    assert opened.update(held[12:-16]) + opened.finalize() == b"HARBOUR"


def test_what_an_older_key_locked_opens(known: User, guarded: str, settings: Any) -> None:
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "n" * 25 + "orthbound" * 5
    client = Client()
    by_password(client)
    client.post(reverse("mfa_authenticate"), {"code": digits(guarded, time.time())})
    assert is_in(client)


def test_another_key_lets_nobody_in_and_breaks_nothing(
    known: User, guarded: str, settings: Any
) -> None:
    settings.SECRET_KEY = "n" * 25 + "orthbound" * 5
    client = Client()
    by_password(client)
    answer = client.post(reverse("mfa_authenticate"), {"code": digits(guarded, time.time())})
    assert answer.status_code == 200
    assert not is_in(client)


def test_a_new_password_by_mail_leads_past_none(known: User, guarded: str) -> None:
    client = Client()
    client.post(reverse("account_reset_password"), {"email": known.email})
    link = next(line for line in mail.outbox[-1].body.splitlines() if line.startswith("http"))
    page = client.get(link.removeprefix("http://testserver"), follow=True)
    new = {"password1": "ferry-harbour-7", "password2": "ferry-harbour-7"}
    client.post(page.request["PATH_INFO"], new)
    known.refresh_from_db()
    assert known.check_password("ferry-harbour-7")
    assert not is_in(client)
    answer = client.post(
        reverse("account_login"), {"login": known.email, "password": "ferry-harbour-7"}
    )
    assert answer["Location"] == reverse("mfa_authenticate")
    assert not is_in(client)


@pytest.mark.django_db(transaction=True)
def test_changing_it_asks_who_it_is_and_tells_by_mail(known: User, guarded: str) -> None:
    assert [(one.subject, one.to) for one in mail.outbox] == [
        ("An authenticator app was set up", ["known@example.org"])
    ]
    client = Client()
    by_password(client)
    client.post(reverse("mfa_authenticate"), {"code": digits(guarded, time.time())})
    for name in ("mfa_deactivate_totp", "mfa_generate_recovery_codes", "mfa_view_recovery_codes"):
        answer = client.get(reverse(name))
        assert answer["Location"].startswith(reverse("account_reauthenticate")), name
    session = client.session
    session["account_authentication_methods"] = [
        *session["account_authentication_methods"],
        {"method": "password", "at": time.time(), "reauthenticated": True},
    ]
    session.save()
    client.post(reverse("mfa_deactivate_totp"))
    assert mail.outbox[-1].subject == "Your authenticator app was taken off"
    # Recovery codes alone are no second factor.
    assert not Authenticator.objects.filter(user=known).exists()


# Who must have one


def admin() -> User:
    return make_user("admin@example.org", is_staff=True, is_superuser=True)


def staff() -> User:
    """Who opens the front page of Django's admin, and may do nothing yet."""
    return make_user("staff@example.org", is_staff=True)


def curator() -> User:
    user = make_user("curator@example.org")
    user.user_permissions.add(Permission.objects.get(codename="change_bank"))
    return user


PAGES = ["home", "own_data", "alliance_new", "banks", "admin:index", "account_email"]


@pytest.mark.parametrize("who", [admin, staff, curator])
def test_an_admin_does_nothing_before_it(settings: Any, who: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    client = Client()
    by_code(client, who().email)
    assert is_in(client)
    setup = reverse("mfa_index")
    for name in PAGES:
        assert client.get(reverse(name)).headers.get("Location") == setup, name
        assert client.post(reverse(name)).headers.get("Location") == setup, name
    page = client.get(setup).content.decode()
    assert "Before you go on" in page
    assert client.get(reverse("account_logout")).status_code == 200
    # The foot of the page leads to what anybody may read, and to nothing that leads back.
    assert reverse("own_data") not in page
    for name in ["privacy", "rules"]:
        assert reverse(name) in page
        assert client.get(reverse(name)).status_code == 200
    set_up(client)
    assert client.get(reverse("home")).status_code == 200
    assert "Before you go on" not in client.get(setup).content.decode()


def test_whoever_takes_it_off_is_led_back(settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    client = Client()
    by_code(client, admin().email)
    set_up(client)
    Authenticator.objects.filter(type="totp").delete()
    assert client.get(reverse("home"))["Location"] == reverse("mfa_index")


def test_others_are_offered_it(settings: Any, known: User) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    client = Client()
    by_password(client)
    assert client.get(reverse("alliance_new")).status_code == 200
    assert reverse("mfa_index") in client.get(reverse("home")).content.decode()
    page = client.get(reverse("mfa_index")).content.decode()
    assert "Before you go on" not in page
    assert reverse("mfa_add_webauthn") in page
    assert reverse("mfa_activate_totp") in page


def test_the_demonstration_offers_it_to_its_admin() -> None:
    client = Client()
    by_code(client, admin().email)
    assert client.get(reverse("banks")).status_code == 200


def test_an_admin_takes_it_off_who_has_lost_it_and_sees_no_key(known: User, guarded: str) -> None:
    client = Client()
    client.force_login(admin(), backend="django.contrib.auth.backends.ModelBackend")
    row = Authenticator.objects.get(user=known, type="totp")
    page = client.get(f"/admin/mfa/authenticator/{row.pk}/change/").content.decode()
    assert "known@example.org" in page or "Known Person" in page
    assert row.data["secret"] not in page
    assert client.get("/admin/mfa/authenticator/add/").status_code == 403
    client.post(f"/admin/mfa/authenticator/{row.pk}/delete/", {"post": "yes"})
    assert not Authenticator.objects.filter(pk=row.pk).exists()
    last = AuditEntry.objects.latest("pk")
    assert (last.action, last.thing, last.details) == (
        "factor_removed",
        known.pk,
        '{"factor":"totp"}',
    )
    assert last.account == User.objects.get(is_superuser=True).pk


def test_the_log_tells_what_becomes_of_a_second_factor(known: User) -> None:
    client = Client()
    by_password(client)
    before = AuditEntry.objects.latest("pk").pk
    set_up(client, password=PASSWORD)
    client.post(reverse("mfa_generate_recovery_codes"))
    client.post(reverse("mfa_deactivate_totp"))
    told = AuditEntry.objects.filter(pk__gt=before).order_by("pk")
    assert [(one.action, one.details, one.account) for one in told] == [
        ("factor_added", '{"factor":"totp"}', known.pk),
        ("factor_added", '{"factor":"recovery_codes"}', known.pk),
        ("factor_added", '{"factor":"recovery_codes"}', known.pk),
        ("factor_removed", '{"factor":"totp"}', known.pk),
    ]


def test_what_goes_with_an_account_is_told_with_it(known: User, guarded: str) -> None:
    before = AuditEntry.objects.latest("pk").pk
    known.delete()
    told = AuditEntry.objects.filter(pk__gt=before).values_list("action", flat=True)
    assert list(told) == ["account_deleted"]
