"""Two people edit the same participant: the second is told, sees both texts, and loses nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.browser.test_pages import assert_worthy
from tests.factories import make_alliance, make_participant, make_representative, make_user

pytestmark = pytest.mark.django_db(transaction=True)

LogIn = Callable[[Page, Any], None]
Axe = Callable[[Page], None]


@pytest.mark.parametrize("second_sits_at", ["phone", "scriptless"])
def test_two_change_one_participant(
    laptop: Page, second_sits_at: str, request: pytest.FixtureRequest, log_in: LogIn, axe: Axe
) -> None:
    second_page: Page = request.getfixturevalue(second_sits_at)
    first, second = make_user(name="Ada First"), make_user(name="Bo Second")
    alliance = make_alliance(convener=first)
    alliance.memberships.create(user=second, role="convener")
    council = make_participant(alliance, "County Council", interest="households")
    log_in(laptop, first)
    log_in(second_page, second)
    address = reverse("participant_edit", args=[council.pk])

    laptop.goto(address)
    second_page.goto(address)
    laptop.get_by_label("Interest spoken for").fill("households along the river")
    laptop.get_by_role("button", name="Save").click()
    expect(laptop.get_by_text("Saved.")).to_be_visible()

    second_page.get_by_label("Interest spoken for").fill("households and tenants")
    second_page.get_by_role("button", name="Save").click()
    expect(second_page.get_by_text("Ada First saved this while you were writing.")).to_be_visible()
    beside = second_page.get_by_role("region", name="Stored now, and written by you")
    expect(beside).to_contain_text("households along the river")
    expect(beside).to_contain_text("households and tenants")
    expect(second_page.get_by_label("Interest spoken for")).to_have_value("households and tenants")
    second_page.get_by_text("What differs, word by word").click()
    expect(beside.locator("del")).to_have_text("(gone:) along the river")
    if second_sits_at == "phone":  # axe is a script itself
        assert_worthy(second_page, axe)
    council.refresh_from_db()
    assert council.interest == "households along the river"

    # both texts before them, they write what shall stand
    second_page.get_by_label("Interest spoken for").fill("households and tenants along the river")
    second_page.get_by_role("button", name="Save").click()
    expect(second_page.get_by_text("Saved.")).to_be_visible()
    council.refresh_from_db()
    assert (council.interest, council.edition) == ("households and tenants along the river", 3)


def test_two_pains_as_long_as_people_paste_them(
    laptop: Page, scriptless: Page, log_in: LogIn, axe: Axe
) -> None:
    convener, member = make_user(name="Ada First"), make_user(name="Bo Second")
    alliance = make_alliance(convener=convener, member=member)
    council = make_participant(
        alliance, "County Council", pain="Two floods.", drive="fear", strength=8
    )
    alliance.memberships.filter(user=member).update(participant=council)
    log_in(laptop, convener)
    log_in(scriptless, member)
    address = reverse("participant_pain", args=[council.pk])
    laptop.goto(address)
    scriptless.goto(address)
    scriptless.get_by_label("Pain").fill("Three floods.\n<b>Each</b> cost us a school.")
    scriptless.get_by_role("button", name="Save").click()
    expect(scriptless.get_by_text("Saved.")).to_be_visible()

    # too long as well: first that is told, with the text still there, then that somebody was faster
    long = "Wassernot " * 250
    laptop.get_by_label("Pain").fill(long)
    laptop.get_by_role("button", name="Save").click()
    expect(laptop.get_by_text("there is room for 2000. Shorten it.")).to_be_visible()
    expect(laptop.get_by_label("Pain")).to_have_value(long)
    laptop.get_by_label("Pain").fill("W" * 1900)
    laptop.get_by_role("button", name="Save").click()
    expect(laptop.get_by_text("Bo Second saved this while you were writing.")).to_be_visible()
    expect(laptop.get_by_text("<b>Each</b> cost us a school.").first).to_be_visible()
    assert_worthy(laptop, axe)
    council.refresh_from_db()
    assert council.pain == "Three floods.\n<b>Each</b> cost us a school."


def test_the_days_of_a_leader(laptop: Page, log_in: LogIn, axe: Axe) -> None:
    convener = make_user()
    alliance = make_alliance(convener=convener)
    leader = make_representative(
        make_participant(alliance, "County Council"), "Ines Arroyo", role="leader"
    )
    log_in(laptop, convener)
    people = reverse("people", args=[alliance.pk])
    laptop.goto(people)
    expect(laptop.get_by_text("Days a month missing")).to_be_visible()
    laptop.get_by_role("link", name="Ines Arroyo").click()
    laptop.get_by_label("Days a month for this work").fill("2.5")
    assert_worthy(laptop, axe)
    laptop.get_by_role("button", name="Save").click()
    expect(laptop.get_by_text("2.5 days a month for it")).to_be_visible()
    assert_worthy(laptop, axe)
    leader.refresh_from_db()
    assert str(leader.days_a_month) == "2.5"
