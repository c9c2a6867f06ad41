"""Passkeys, with Chromium's own virtual authenticator, and the app's digits, under the strict policy."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse
from playwright.sync_api import Page, expect

from alliances.models import User
from tests.browser.test_pages import assert_worthy
from tests.config.test_second_factor import digits
from tests.factories import make_user

pytestmark = pytest.mark.django_db(transaction=True)

LogIn = Callable[[Page, Any], None]
Axe = Callable[[Page], None]


def with_key(page: Page, *, resident: bool = True) -> Any:
    """Puts an authenticator into the browser that says yes to everything; gives what steers it."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal" if resident else "usb",
                "hasResidentKey": resident,
                "hasUserVerification": resident,
                "isUserVerified": resident,
                "automaticPresenceSimulation": True,
            }
        },
    )
    return session


@pytest.fixture
def person() -> User:
    return make_user("ada@example.org", name="Ada")


def add_passkey(page: Page, axe: Axe) -> None:
    page.goto(reverse("mfa_index"))
    assert_worthy(page, axe)
    page.get_by_role("link", name="Add a passkey").click()
    assert_worthy(page, axe)
    page.get_by_label("Name").fill("My laptop")
    page.get_by_role("button", name="Add it").click()
    page.wait_for_url("**/recovery-codes/")
    assert_worthy(page, axe)


@pytest.mark.parametrize("screen", ["laptop", "phone"])
def test_a_passkey_is_added_and_logs_in_by_itself(
    screen: str, request: pytest.FixtureRequest, person: User, log_in: LogIn, axe: Axe
) -> None:
    page: Page = request.getfixturevalue(screen)
    with_key(page)
    log_in(page, person)
    add_passkey(page, axe)
    key = Authenticator.objects.get(user=person, type="webauthn")
    assert key.data["name"] == "My laptop"
    page.goto(reverse("mfa_list_webauthn"))
    expect(page.locator("main")).to_contain_text("My laptop")
    assert_worthy(page, axe)
    page.context.clear_cookies()
    page.goto(reverse("account_login"))
    page.get_by_role("button", name="Log in by a passkey").click()
    page.wait_for_url("**/")
    expect(page.get_by_role("link", name="Log out")).to_be_visible()
    # and serves once more where the account is changed
    page.goto(reverse("mfa_remove_webauthn", args=[key.pk]))
    assert_worthy(page, axe)
    expect(page.get_by_role("link", name="Use a recovery code")).to_be_visible()
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.locator("h1")).to_contain_text("My laptop")
    assert_worthy(page, axe)
    page.locator("main .btn-primary").click()
    page.wait_for_url("**/webauthn/")
    assert not Authenticator.objects.filter(user=person).exists()


def test_a_security_key_is_asked_for_after_the_password(
    laptop: Page, person: User, log_in: LogIn, axe: Axe
) -> None:
    person.set_password("harbour-lantern-42")
    person.save()
    with_key(laptop, resident=False)
    log_in(laptop, person)
    laptop.goto(reverse("mfa_add_webauthn"))
    laptop.get_by_label("Password").fill("harbour-lantern-42")
    laptop.locator("main .btn-primary").click()
    laptop.get_by_label("It logs me in by itself").uncheck()
    laptop.get_by_role("button", name="Add it").click()
    laptop.wait_for_url("**/recovery-codes/")
    laptop.context.clear_cookies()
    laptop.goto(reverse("account_login"))
    laptop.get_by_label("E-mail address").fill(person.email)
    laptop.get_by_label("Password").fill("harbour-lantern-42")
    laptop.get_by_role("button", name="Log in", exact=True).click()
    laptop.wait_for_url("**/authenticate/")
    assert_worthy(laptop, axe)
    # Nobody is asked for the digits of an app that they do not have.
    expect(laptop.get_by_label("Recovery code")).to_be_visible()
    expect(laptop.locator("main")).not_to_contain_text("six digits")
    laptop.get_by_role("button", name="Use a passkey").click()
    expect(laptop.get_by_role("link", name="Log out")).to_be_visible()


def test_a_browser_without_a_passkey_says_so(laptop: Page) -> None:
    with_key(laptop)
    laptop.goto(reverse("account_login"))
    said = laptop.locator("#passkey-failed")
    expect(said).to_be_hidden()
    laptop.get_by_role("button", name="Log in by a passkey").click()
    expect(said).to_be_visible(timeout=30_000)


def test_an_app_is_set_up(phone: Page, person: User, log_in: LogIn, axe: Axe) -> None:
    log_in(phone, person)
    phone.goto(reverse("mfa_activate_totp"))
    assert_worthy(phone, axe)
    picture = phone.locator("img.nb-scan")
    assert picture.evaluate("image => image.complete && image.naturalWidth > 0")
    key = phone.locator(".nb-key").inner_text()
    phone.get_by_label("The six digits").fill(digits(key, time.time()))
    phone.locator("main .btn-primary").click()
    phone.wait_for_url("**/recovery-codes/")
    expect(phone.locator(".nb-codes li")).to_have_count(10)
    assert_worthy(phone, axe)
