"""The purpose check as people go through it: three write, and all read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from alliances.models import Alliance, Membership, PurposeCheck, User
from alliances.services.purpose.check import open_check, write_sentence
from tests.browser.test_pages import assert_worthy
from tests.factories import make_alliance, make_participant, make_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def valley() -> tuple[Alliance, User, User]:
    """The alliance, its convener (of Ash), and a member of Birch; nobody can log in for Elm."""
    convener, member = make_user("convener@example.org"), make_user("member@example.org")
    alliance = make_alliance("Tessel Valley", convener=convener, member=member)
    for name, user in (("Ash", convener), ("Birch", member), ("E" * 120, None)):
        participant = make_participant(alliance, name)
        Membership.objects.filter(user=user).update(participant=participant)
    return alliance, convener, member


@pytest.mark.parametrize("screen", ["laptop", "scriptless"])
def test_from_opening_to_the_finding(
    screen: str,
    request: pytest.FixtureRequest,
    valley: tuple[Alliance, User, User],
    log_in: Callable[[Page, Any], None],
) -> None:
    page: Page = request.getfixturevalue(screen)
    alliance, convener, member = valley
    here = reverse("purpose_check", args=[alliance.pk])
    log_in(page, convener)
    page.goto(here)
    page.get_by_role("link", name="Open the purpose check").click()
    page.get_by_role("button", name="Open the purpose check").click()
    expect(page.locator("h1")).to_have_text("Nobody has written the purpose yet.")
    page.get_by_role("link", name="Write your sentence").click()
    page.get_by_label("The purpose in a sentence").fill("A dry valley by 2031")
    page.get_by_role("button", name="Save the sentence").click()
    expect(page.locator("h1")).to_contain_text("One of three parties has written the purpose.")
    log_in(page, member)
    page.goto(here)
    expect(page.locator("main")).not_to_contain_text("2031")
    page.get_by_role("link", name="Write your sentence").click()
    page.get_by_label("The purpose in a sentence").fill("Dry cellars")
    page.get_by_role("button", name="Save the sentence").click()
    expect(page.locator("blockquote")).to_have_text("Dry cellars")
    log_in(page, convener)
    page.goto(here)
    page.get_by_role("link", name="Close it before all have written").click()
    page.get_by_role("button", name="Close it and show the sentences").click()
    expect(page.locator("h1")).to_have_text(
        "Two parties, one word in common: dry. Nobody but Ash says when."
    )
    expect(page.get_by_role("row")).to_have_count(2)


@pytest.mark.parametrize("screen", ["phone", "laptop"])
def test_every_state_is_worthy(
    screen: str,
    request: pytest.FixtureRequest,
    valley: tuple[Alliance, User, User],
    log_in: Callable[[Page, Any], None],
    axe: Callable[[Page], None],
) -> None:
    page: Page = request.getfixturevalue(screen)
    alliance, convener, _member = valley
    log_in(page, convener)
    here = reverse("purpose_check", args=[alliance.pk])
    page.goto(here)
    assert_worthy(page, axe)
    for number in range(27):
        make_participant(alliance, f"Party {number:02}")
    check: PurposeCheck = open_check(alliance=alliance)
    parties = list(alliance.participants.all())
    for number, party in enumerate(parties[1:]):
        text = f"A dry valley {'x' * (20 * number % 400)} in {2028 + number % 3}"
        write_sentence(check=check, participant=party, text=text, edition=0, by=None)
    for address in (
        here,
        reverse("purpose_sentence", args=[check.pk]),
        reverse("purpose_close", args=[check.pk]),
    ):
        page.goto(address)
        assert_worthy(page, axe)
    sentence = page.context.new_page()
    sentence.goto(reverse("purpose_sentence", args=[check.pk]))
    write_sentence(check=check, participant=parties[0], text="Dry", edition=0, by=None)
    sentence.get_by_label("The purpose in a sentence").fill("Too late")
    sentence.get_by_role("button", name="Save the sentence").click()
    assert_worthy(sentence, axe)
    page.goto(here)
    expect(page.locator("h1")).to_contain_text("30 parties, one word in common: dry.")
    assert_worthy(page, axe)
